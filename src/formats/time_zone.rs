//! `time-zone`: a name of the IANA time zone database, compared without regard to case and spelled
//! as IANA spells it. Old names that link to another stay what they are. An unknown name is a
//! warning: vendors may know names that IANA does not.

use std::cmp::Ordering;

use super::{Cleaned, Format, Refusal, Remark, Settings};
use crate::nearest::nearest;
use crate::{code, unicode};

pub static FORMAT: Format = Format { name: "time-zone", clean };

/// Every name, each on a line, sorted without regard to case.
static NAMES: &str = include_str!(concat!(env!("OUT_DIR"), "/time_zones.txt"));

fn clean(text: &str, _: Settings) -> Result<Cleaned<'_>, Refusal> {
    let name = unicode::trim(text);
    Ok(match find(name) {
        Some(known) if known == name => Cleaned::plain(name),
        Some(known) => Cleaned::plain(known),
        None => {
            let remark = Remark::new(&code::TIME_ZONE).name("example", "Europe/Berlin");
            Cleaned { warnings: vec![remark.suggest(near(name))], ..Cleaned::plain(name) }
        }
    })
}

/// The name as IANA spells it.
fn find(name: &str) -> Option<&'static str> {
    let mut names = NAMES;
    while !names.is_empty() {
        let (before, after) = names.split_at(names.len() / 2);
        let start = before.rfind('\n').map_or(0, |end| end + 1);
        let end = after.find('\n').map_or(names.len(), |end| before.len() + end);
        let known = &names[start..end];
        match compare(known, name) {
            Ordering::Equal => return Some(known),
            Ordering::Less => names = names.get(end + 1..).unwrap_or(""),
            Ordering::Greater => names = &names[..start.saturating_sub(1)],
        }
    }
    None
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
    let mut at_place = NAMES.lines().filter(|known| {
        known.rsplit_once('/').is_some_and(|(_, last)| last.eq_ignore_ascii_case(&place))
    });
    match (at_place.next(), at_place.next()) {
        (Some(only), None) => return Some(only.to_owned()),
        (Some(_), Some(_)) => return None,
        (None, _) => {}
    }
    nearest(name, NAMES.lines().filter(|known| known.contains('/'))).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_as_they_are_looked_up() {
        let names: Vec<_> = NAMES.lines().collect();
        assert!(names.len() > 500 && names.is_sorted_by(|a, b| compare(a, b).is_lt()));
        assert!(names.iter().all(|name| find(&name.to_ascii_uppercase()) == Some(*name)));
        assert!(["", "A", "Zz", "Europe/", "\n"].iter().all(|name| find(name).is_none()));
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
