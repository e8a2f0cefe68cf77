//! `date`: RFC 3339, section 5.6, `full-date`: `2024-02-29`, a day that the calendar has
//! (section 5.7 and appendix C). Nothing is cleaned.

use super::{Cleaned, Format, Refusal, Remark, Settings};
use crate::code;

pub static FORMAT: Format = Format { name: "date", clean };

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

fn clean(text: &str, _: Settings) -> Result<Cleaned<'_>, Refusal> {
    if is_full_date(text.as_bytes()) {
        return Ok(Cleaned::plain(text));
    }
    Err(Remark::new(&code::DATE).name("example", "2024-02-29").suggest(near(text)).refuse())
}

/// Whether these bytes are a `full-date`.
pub fn is_full_date(text: &[u8]) -> bool {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text else { return false };
    number(&[*y1, *y2, *y3, *y4])
        .zip(number(&[*m1, *m2]))
        .zip(number(&[*d1, *d2]))
        .is_some_and(|((year, month), day)| is_day(year, month, day))
}

/// The number that digits write.
pub fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |number, digit| {
        digit.is_ascii_digit().then(|| number * 10 + u32::from(digit - b'0'))
    })
}

fn is_day(year: u32, month: u32, day: u32) -> bool {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        _ => return false,
    };
    (1..=days).contains(&day)
}

/// The date in another spelling, where that spelling leaves no choice between day and month.
fn near(text: &str) -> Option<String> {
    let text = text.trim();
    if text.len() > 40 {
        return None;
    }
    // A date with a time.
    if let Some(date) = text.get(..10)
        && is_full_date(date.as_bytes())
        && text[10..].starts_with(['T', 't', ' ', 'Z', '_'])
    {
        return Some(date.to_owned());
    }
    let words: Vec<_> =
        text.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let (year, month, day) = match words[..] {
        [date] if date.len() == 8 && date.is_ascii() => {
            (plain(&date[..4])?, plain(&date[4..6])?, plain(&date[6..])?)
        }
        [year, month, day] if year.len() == 4 && plain(year).is_some() => {
            (plain(year)?, month_of(month)?, plain(day)?)
        }
        [a, b, year] if year.len() == 4 => match (plain(a), plain(b)) {
            (Some(a), Some(b)) if a == b || b > 12 => (plain(year)?, a, b),
            (Some(a), Some(b)) if a > 12 => (plain(year)?, b, a),
            (Some(_), Some(_)) => return None,
            _ => match named(a) {
                Some(month) => (plain(year)?, month, ordinal(b)?),
                None => (plain(year)?, named(b)?, ordinal(a)?),
            },
        },
        _ => return None,
    };
    is_day(year, month, day).then(|| format!("{year:04}-{month:02}-{day:02}"))
}

fn plain(word: &str) -> Option<u32> {
    (word.len() <= 4).then(|| number(word.as_bytes()))?
}

fn month_of(word: &str) -> Option<u32> {
    plain(word).or_else(|| named(word))
}

/// The month of an English name, whole or of its first three letters or more.
fn named(word: &str) -> Option<u32> {
    let word = word.to_ascii_lowercase();
    let at = MONTHS.iter().position(|month| word.len() > 2 && month.starts_with(&word))?;
    Some(at as u32 + 1)
}

/// `3`, `3rd`
fn ordinal(word: &str) -> Option<u32> {
    plain(word.trim_end_matches(|char: char| char.is_ascii_alphabetic()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_pass_as_they_are() {
        for text in ["2024-02-29", "2000-02-29", "0001-01-01", "1582-10-10", "9999-12-31"] {
            assert_eq!(clean(text, Settings::default()), Ok(Cleaned::plain(text)));
        }
    }

    #[test]
    fn other_spellings_are_refused_with_the_right_one() {
        for (text, suggestion) in [
            ("2024/3/1", Some("2024-03-01")),
            ("2024.03.01", Some("2024-03-01")),
            (" 2024-03-01 ", Some("2024-03-01")),
            ("20240301", Some("2024-03-01")),
            ("2024-3-1", Some("2024-03-01")),
            ("2024-03-01T10:00:00Z", Some("2024-03-01")),
            ("March 1, 2024", Some("2024-03-01")),
            ("1st of March 2024", None),
            ("1st March 2024", Some("2024-03-01")),
            ("1-Mar-2024", Some("2024-03-01")),
            ("Sept. 3, 2024", Some("2024-09-03")),
            ("06/19/1963", Some("1963-06-19")),
            ("19.06.1963", Some("1963-06-19")),
            ("5/5/2024", Some("2024-05-05")),
            ("3/1/2024", None),
            ("3/1/24", None),
            ("13/13/2024", None),
            ("2024-02-30", None),
            ("2023-02-29", None),
            ("1900-02-29", None),
            ("2024-W01", None),
            ("yesterday", None),
            ("৪৪৪৪", None),
            ("", None),
        ] {
            let refusal = clean(text, Settings::default()).unwrap_err();
            let found = (refusal.code, refusal.suggestion.as_deref());
            assert_eq!(found, (&code::DATE, suggestion), "{text}");
        }
    }
}
