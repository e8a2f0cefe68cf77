//! `date-time`: RFC 3339, section 5.6, `date-time`: `2024-02-29T12:30:00Z`. Nothing is cleaned.
//!
//! | rule | here |
//! |---|---|
//! | `full-date "T" full-time`, `T` in either case (section 5.6, note) | [`is_date_time`] |
//! | `full-date` | `date::is_full_date` |
//! | `full-time` | `time::is_full_time` |

use super::date::is_full_date;
use super::time::{is_full_time, respell};
use super::{Cleaned, Format, Refusal, Remark, Settings};
use crate::code;

pub static FORMAT: Format = Format { name: "date-time", clean };

fn clean(text: &str, _: Settings) -> Result<Cleaned<'_>, Refusal> {
    if is_date_time(text.as_bytes()) {
        return Ok(Cleaned::plain(text));
    }
    let remark = Remark::new(&code::DATE_TIME).name("example", "2024-02-29T12:30:00Z");
    Err(remark.suggest(near(text)).refuse())
}

fn is_date_time(text: &[u8]) -> bool {
    match text.split_at_checked(10) {
        Some((date, [b'T' | b't', time @ ..])) => is_full_date(date) && is_full_time(time),
        _ => false,
    }
}

/// The time in another spelling of ISO 8601. A zone that is missing is not guessed.
fn near(text: &str) -> Option<String> {
    let text = text.trim();
    let (date, time) = (text.get(..10)?, text.get(10..)?);
    let time = respell(time.trim_start_matches(['T', 't', ' ', '_']))?;
    is_full_date(date.as_bytes()).then(|| format!("{date}T{time}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_pass_as_they_are() {
        for text in [
            "1963-06-19T08:30:06.283185Z",
            "1963-06-19t08:30:06z",
            "1990-12-31T15:59:50.123-08:00",
            "1998-12-31T23:59:60Z",
            "1998-12-31T15:59:60.123-08:00",
            "1999-01-01T05:29:60+05:30",
        ] {
            assert_eq!(clean(text, Settings::default()), Ok(Cleaned::plain(text)), "{text}");
        }
    }

    #[test]
    fn other_spellings_are_refused_with_the_right_one() {
        for (text, suggestion) in [
            ("2024-02-29 12:30:00Z", Some("2024-02-29T12:30:00Z")),
            ("2024-02-29T12:30Z", Some("2024-02-29T12:30:00Z")),
            ("2024-02-29 12:30:00 UTC", Some("2024-02-29T12:30:00Z")),
            ("2024-02-29T12:30:00+0100", Some("2024-02-29T12:30:00+01:00")),
            ("2024-02-29T12:30:00+01", Some("2024-02-29T12:30:00+01:00")),
            ("2024-02-29T12:30:00Z\n", Some("2024-02-29T12:30:00Z")),
            ("2024-02-29T12:30:00", None),
            ("2024-02-29", None),
            ("2023-02-29T12:30:00Z", None),
            ("1998-12-31T23:58:60Z", None),
            ("1998-12-31T22:59:60Z", None),
            ("1998-12-31T23:59:61Z", None),
            ("1990-12-31T24:00:00Z", None),
            ("1990-12-31T10:00:00+24:00", None),
            ("1990-12-31T10:00:00+10:60", None),
            ("1990-12-31T10:00:00.Z", None),
            ("1963-06-1৪T00:00:00Z", None),
            ("", None),
        ] {
            let refusal = clean(text, Settings::default()).unwrap_err();
            let found = (refusal.code, refusal.suggestion.as_deref());
            assert_eq!(found, (&code::DATE_TIME, suggestion), "{text}");
        }
    }
}
