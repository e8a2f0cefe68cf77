//! `time`: RFC 3339, section 5.6, `full-time`: `12:30:00Z`. Nothing is cleaned.
//!
//! | rule | here |
//! |---|---|
//! | `partial-time time-offset`, `Z` in either case (section 5.6, note) | [`is_full_time`] |
//! | `time-secfrac`, any number of digits | [`is_full_time`] |
//! | `time-numoffset`: hours to 23, minutes to 59 | [`offset`] |
//! | second 60 where a leap second can be: 23:59 in UTC (section 5.7, appendix D) | [`is_full_time`] |

use super::date::{is_full_date, number};
use super::{Cleaned, Format, Refusal, Settings, check};
use crate::{code, unicode};

pub static FORMAT: Format = Format { name: "time", clean };

/// The longest text that can be a time in another spelling, in bytes.
const LONGEST: usize = 60;

fn clean(text: &str, _: Settings) -> Result<Cleaned<'_>, Refusal> {
    check(text, |text| is_full_time(text.as_bytes()), &code::TIME, "12:30:00Z", near)
}

/// Whether these bytes are a `full-time`.
pub fn is_full_time(text: &[u8]) -> bool {
    let [h1, h2, b':', m1, m2, b':', s1, s2, rest @ ..] = text else { return false };
    let fields = (number(&[*h1, *h2]), number(&[*m1, *m2]), number(&[*s1, *s2]));
    let (Some(hour), Some(minute), Some(second)) = fields else { return false };
    let zone = match rest {
        [b'.', rest @ ..] => {
            let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
            if digits == 0 {
                return false;
            }
            &rest[digits..]
        }
        _ => rest,
    };
    let Some(offset) = offset(zone) else { return false };
    let in_utc = (hour as i32 * 60 + minute as i32 - offset).rem_euclid(24 * 60);
    let seconds = if in_utc == 24 * 60 - 1 { 60 } else { 59 };
    hour <= 23 && minute <= 59 && second <= seconds
}

/// The minutes that a zone is ahead of UTC.
fn offset(zone: &[u8]) -> Option<i32> {
    let (sign, h1, h2, m1, m2) = match zone {
        [b'Z' | b'z'] => return Some(0),
        [b'+', h1, h2, b':', m1, m2] => (1, h1, h2, m1, m2),
        [b'-', h1, h2, b':', m1, m2] => (-1, h1, h2, m1, m2),
        _ => return None,
    };
    let (hours, minutes) = (number(&[*h1, *h2])?, number(&[*m1, *m2])?);
    (hours <= 23 && minutes <= 59).then(|| sign * (hours * 60 + minutes) as i32)
}

/// The time in another spelling, or of a date with a time.
fn near(text: &str) -> Option<String> {
    let text = unicode::trim(text);
    match text.get(..10) {
        Some(date) if is_full_date(date.as_bytes()) => respell(text[10..].strip_prefix('T')?),
        _ => respell(text),
    }
}

/// A time in another spelling of ISO 8601, as RFC 3339 has it. A zone that is missing is not
/// guessed.
pub fn respell(time: &str) -> Option<String> {
    if time.len() > LONGEST {
        return None;
    }
    let zone_at =
        time.find(|char: char| !char.is_ascii_digit() && !matches!(char, ':' | '.' | ','))?;
    let (clock, zone) = time.split_at(zone_at);
    let mut clock = clock.replace(',', ".");
    if clock.find(':') == Some(1) {
        clock.insert(0, '0');
    }
    if clock.len() == 5 {
        clock.push_str(":00");
    }
    let zone = zone.trim();
    let zone = match zone.as_bytes() {
        _ if ["Z", "UTC", "GMT"].iter().any(|utc| zone.eq_ignore_ascii_case(utc)) => "Z".to_owned(),
        [b'+' | b'-', _, _] => format!("{zone}:00"),
        [b'+' | b'-', _, _, _, _] => format!("{}:{}", zone.get(..3)?, zone.get(3..)?),
        _ => zone.to_owned(),
    };
    let time = clock + &zone;
    is_full_time(time.as_bytes()).then_some(time)
}

#[cfg(test)]
mod tests {
    use super::super::table::{passes, refuses};
    use super::*;

    #[test]
    fn times_pass_as_they_are() {
        passes(
            &FORMAT,
            &[
                "08:30:06Z",
                "08:30:06z",
                "08:30:06.283185Z",
                "23:20:50.52-08:00",
                "12:34:56-00:00",
                "23:59:60Z",
                "01:29:60+01:30",
                "15:59:60-08:00",
            ],
        );
    }

    #[test]
    fn other_spellings_are_refused_with_the_right_one() {
        refuses(
            &FORMAT,
            &code::TIME,
            &[
                (" 12:30:00Z\n", Some("12:30:00Z")),
                ("12:30Z", Some("12:30:00Z")),
                ("8:30:06 UTC", Some("08:30:06Z")),
                ("12:30:00,5Z", Some("12:30:00.5Z")),
                ("12:30:00+01", Some("12:30:00+01:00")),
                ("12:30:00 +0100", Some("12:30:00+01:00")),
                ("2020-11-28T23:55:45Z", Some("23:55:45Z")),
                ("12:30:00", None),
                ("12:30:00 PST", None),
                ("12:30 PM", None),
                ("24:00:00Z", None),
                ("23:58:60Z", None),
                ("23:59:60+01:00", None),
                ("10:00:00+24:00", None),
                ("10:00:00.Z", None),
                ("1২:00:00Z", None),
                ("2020-11-28", None),
                ("", None),
            ],
        );
    }
}
