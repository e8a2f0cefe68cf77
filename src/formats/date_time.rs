//! `date-time`: RFC 3339, section 5.6, `date-time`: `2024-02-29T12:30:00Z`. Nothing is cleaned.
//!
//! | rule | here |
//! |---|---|
//! | `full-date "T" full-time`, `T` and `Z` in either case (section 5.6, note) | [`is_date_time`] |
//! | `time-secfrac`, any number of digits | [`is_date_time`] |
//! | `time-numoffset`: hours to 23, minutes to 59 | [`offset`] |
//! | second 60 where a leap second can be: 23:59 in UTC (section 5.7, appendix D) | [`is_date_time`] |

use super::date::{is_full_date, number};
use super::{Cleaned, Format, Refusal, Remark, Settings};
use crate::code;

pub static FORMAT: Format = Format { name: "date-time", clean };

fn clean(text: &str, _: Settings) -> Result<Cleaned<'_>, Refusal> {
    if is_date_time(text.as_bytes()) {
        return Ok(Cleaned::plain(text));
    }
    let remark = Remark::new(&code::DATE_TIME).text("example", "2024-02-29T12:30:00Z");
    Err(remark.suggest(near(text)).refuse())
}

fn is_date_time(text: &[u8]) -> bool {
    let Some((date, time)) = text.split_at_checked(10) else { return false };
    let [b'T' | b't', h1, h2, b':', m1, m2, b':', s1, s2, rest @ ..] = time else { return false };
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
    is_full_date(date) && hour <= 23 && minute <= 59 && second <= seconds
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

/// The time in another spelling of ISO 8601. A zone that is missing is not guessed.
fn near(text: &str) -> Option<String> {
    let text = text.trim();
    if text.len() > 60 {
        return None;
    }
    let (date, time) = (text.get(..10)?, text.get(10..)?);
    let time = time.trim_start_matches(['T', 't', ' ', '_']);
    let zone_at =
        time.find(|char: char| !char.is_ascii_digit() && !matches!(char, ':' | '.' | ','))?;
    let (clock, zone) = time.split_at(zone_at);
    let clock = clock.replace(',', ".");
    let clock = if clock.len() == 5 { format!("{clock}:00") } else { clock };
    let zone = zone.trim();
    let zone = match zone.as_bytes() {
        _ if ["Z", "UTC", "GMT"].iter().any(|utc| zone.eq_ignore_ascii_case(utc)) => "Z".to_owned(),
        [b'+' | b'-', _, _] => format!("{zone}:00"),
        [b'+' | b'-', _, _, _, _] => format!("{}:{}", zone.get(..3)?, zone.get(3..)?),
        _ => zone.to_owned(),
    };
    let guess = format!("{date}T{clock}{zone}");
    is_date_time(guess.as_bytes()).then_some(guess)
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
