//! `time-zone`: a name of the IANA time zone database, compared without regard to case and spelled
//! as IANA spells it. Old names that link to another stay what they are. An unknown name is a
//! warning: vendors may know names that IANA does not.

use std::cmp::Ordering;

use super::{Cleaned, Format, Refusal, Remark, Settings};
use crate::nearest::nearest;
use crate::{code, unicode};

pub static FORMAT: Format = Format { name: "time-zone", clean };

/// Every name, sorted without regard to case.
static NAMES: &[&str] = include!(concat!(env!("OUT_DIR"), "/time_zones.rs"));

fn clean(text: &str, _: Settings) -> Result<Cleaned<'_>, Refusal> {
    let name = unicode::trim(text);
    let found = NAMES.binary_search_by(|known| compare(known, name));
    Ok(match found {
        Ok(at) if NAMES[at] == name => Cleaned::plain(name),
        Ok(at) => Cleaned::plain(NAMES[at]),
        Err(_) => {
            let remark = Remark::new(&code::TIME_ZONE).text("example", "Europe/Berlin");
            Cleaned { warnings: vec![remark.suggest(near(name))], ..Cleaned::plain(name) }
        }
    })
}

fn compare(a: &str, b: &str) -> Ordering {
    let lower = |byte: u8| byte.to_ascii_lowercase();
    a.bytes().map(lower).cmp(b.bytes().map(lower))
}

/// The name that was probably meant: the place alone (`New York`), or a region and a place with a
/// typing error. Names with numbers are never guessed: `GMT+3` is one letter from `GMT+0`.
fn near(name: &str) -> Option<String> {
    if name.contains(|char: char| char.is_numeric()) {
        return None;
    }
    let place = name.replace(' ', "_");
    let mut at_place = NAMES.iter().filter(|known| {
        known.rsplit_once('/').is_some_and(|(_, last)| last.eq_ignore_ascii_case(&place))
    });
    match (at_place.next(), at_place.next()) {
        (Some(only), None) => return Some((*only).to_owned()),
        (Some(_), Some(_)) => return None,
        (None, _) => {}
    }
    nearest(name, NAMES.iter().copied().filter(|known| known.contains('/'))).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_as_they_are_looked_up() {
        assert!(NAMES.len() > 500 && NAMES.is_sorted_by(|a, b| compare(a, b).is_lt()));
    }

    #[test]
    fn names_are_spelled_as_iana_spells_them() {
        for (text, name) in [
            ("Europe/Berlin", "Europe/Berlin"),
            (" europe/berlin ", "Europe/Berlin"),
            ("AMERICA/NEW_YORK", "America/New_York"),
            ("us/pacific", "US/Pacific"),
            ("utc", "UTC"),
            ("etc/gmt+3", "Etc/GMT+3"),
        ] {
            assert_eq!(clean(text, Settings::default()), Ok(Cleaned::plain(name)), "{text}");
        }
    }

    #[test]
    fn unknown_names_are_warned_about() {
        for (text, suggestion) in [
            ("Europe/Berln", Some("Europe/Berlin")),
            ("America/New York", Some("America/New_York")),
            ("New York", Some("America/New_York")),
            ("berlin", Some("Europe/Berlin")),
            ("Asia/Calcuta", Some("Asia/Calcutta")),
            ("Pacific Standard Time", None),
            ("Pacific", None),
            ("PST", None),
            ("GMT+3", None),
            ("UTC+2", None),
            ("+02:00", None),
            ("", None),
        ] {
            let cleaned = clean(text, Settings::default()).unwrap();
            assert_eq!(cleaned.value, text);
            let [warning] = &cleaned.warnings[..] else { panic!("{text}: {cleaned:?}") };
            let found = (warning.code, warning.suggestion.as_deref());
            assert_eq!(found, (&code::TIME_ZONE, suggestion), "{text}");
        }
    }
}
