//! `duration`: RFC 3339, appendix A, `duration`: `P1DT12H`. Nothing is cleaned.
//!
//! | rule | here |
//! |---|---|
//! | weeks alone; or a date, a time after `T`, or both | [`is_duration`] |
//! | each unit follows the one before it in `Y M D` or `H M S`, with none left out between them; no fractions | [`is_amounts`] |
//! | letters in either case: those of ABNF have none (RFC 5234, section 2.3) | [`is_duration`], [`is_amounts`] |

use super::{Cleaned, Format, Refusal, Settings, check};
use crate::{code, unicode};

pub static FORMAT: Format = Format { name: "duration", clean };

/// The units of a date and of a time, from the largest.
const UNITS: [&str; 2] = ["YMD", "HMS"];

fn clean(text: &str, _: Settings) -> Result<Cleaned<'_>, Refusal> {
    check(text, is_duration, &code::DURATION, "P1DT12H", near)
}

fn is_duration(text: &str) -> bool {
    let Some(rest) = text.strip_prefix(['P', 'p']) else { return false };
    match rest.split_once(['T', 't']) {
        Some(("", time)) => is_amounts(time, UNITS[1]),
        Some((date, time)) => is_amounts(date, UNITS[0]) && is_amounts(time, UNITS[1]),
        None => is_amounts(rest, UNITS[0]) || is_amounts(rest, "W"),
    }
}

/// Whether a text is one amount or more: the first of any of the units, each of the others of the
/// unit after the one before it.
fn is_amounts(text: &str, units: &str) -> bool {
    let mut rest = text.as_bytes();
    let mut next = None;
    while let Some((unit, after)) = amount(rest) {
        let at = units.bytes().position(|known| known.eq_ignore_ascii_case(&unit));
        if at.is_none() || next.is_some() && at != next {
            return false;
        }
        next = at.map(|at| at + 1);
        rest = after;
    }
    next.is_some() && rest.is_empty()
}

/// The unit of the amount at the start of a text, and what comes after it.
fn amount(text: &[u8]) -> Option<(u8, &[u8])> {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (unit, after) = text[digits..].split_first()?;
    (digits > 0).then_some((*unit, after))
}

/// The duration with the `P`, the `T` and the zeros that it lacks: `1h30m`, `P1D2H`, `PT1H5S`.
/// Weeks are not reckoned up with other units, and fractions are not split.
fn near(text: &str) -> Option<String> {
    let text = unicode::trim(text).to_ascii_uppercase();
    let (rest, has_p) = match text.strip_prefix('P') {
        Some(rest) => (rest, true),
        None => (&*text, false),
    };
    if let Some(weeks) = rest.strip_suffix('W') {
        return Some(format!("P{weeks}W"));
    }
    let mut amounts = [None; 6];
    let mut least = 0;
    let mut bytes = rest.as_bytes();
    while !bytes.is_empty() {
        if let Some(after) = bytes.strip_prefix(b"T") {
            (bytes, least) = (after, least.max(3));
            continue;
        }
        let (unit, after) = amount(bytes)?;
        let at = match unit {
            b'Y' => 0,
            // Months or minutes.
            b'M' if least > 1 => 4,
            b'M' if least == 1 || has_p => 1,
            b'D' => 2,
            b'H' => 3,
            b'S' => 5,
            _ => return None,
        };
        if at < least {
            return None;
        }
        amounts[at] = str::from_utf8(&bytes[..bytes.len() - after.len() - 1]).ok();
        (bytes, least) = (after, at + 1);
    }
    let mut out = "P".to_owned();
    for (units, amounts) in UNITS.into_iter().zip(amounts.chunks(3)) {
        let Some(first) = amounts.iter().position(Option::is_some) else { continue };
        let last = amounts.iter().rposition(Option::is_some)?;
        if units == UNITS[1] {
            out.push('T');
        }
        for at in first..=last {
            out.push_str(amounts[at].unwrap_or("0"));
            out.push_str(&units[at..=at]);
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::super::table::{passes, refuses};
    use super::*;

    #[test]
    fn durations_pass_as_they_are() {
        passes(
            &FORMAT,
            &[
                "P1Y2M3DT4H5M6S",
                "P1Y",
                "P1M2D",
                "PT1H30M",
                "PT36H",
                "P0D",
                "P2W",
                "P01D",
                "p1dt12h",
            ],
        );
    }

    #[test]
    fn other_texts_are_refused_with_the_duration_that_is_near() {
        refuses(
            &FORMAT,
            &code::DURATION,
            &[
                (" P1D ", Some("P1D")),
                ("1h30m", Some("PT1H30M")),
                ("4DT12H30M5S", Some("P4DT12H30M5S")),
                ("P1D2H", Some("P1DT2H")),
                ("P1D30M", Some("P1DT30M")),
                ("P2S", Some("PT2S")),
                ("P1Y2D", Some("P1Y0M2D")),
                ("PT1H2S", Some("PT1H0M2S")),
                ("P1YT", Some("P1Y")),
                ("2w", Some("P2W")),
                ("90s", Some("PT90S")),
                ("5M", None),
                ("P1Y2W", None),
                ("PT1D", None),
                ("P2D1Y", None),
                ("PT0.5S", None),
                ("-P1D", None),
                ("P1", None),
                ("P", None),
                ("PT", None),
                ("P২Y", None),
                ("two days", None),
                ("", None),
            ],
        );
    }
}
