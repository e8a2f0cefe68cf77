//! `uuid`: RFC 9562, section 4: 8-4-4-4-12 hexadecimal digits of any version and variant. The
//! canonical form is in lower case. Nothing may stand around it.

use super::{Cleaned, Format, Refusal, Remark, Settings};
use crate::code;

pub static FORMAT: Format = Format { name: "uuid", clean };

/// Where the hyphens are.
const HYPHENS: [usize; 4] = [8, 13, 18, 23];

fn clean(text: &str, _: Settings) -> Result<Cleaned<'_>, Refusal> {
    match digits_of(text) {
        Some(Digit::Lower) => Ok(Cleaned::plain(text)),
        Some(_) => Ok(Cleaned::plain(text.to_ascii_lowercase())),
        None => {
            let remark =
                Remark::new(&code::UUID).name("example", "2eb8aa08-aa98-11ea-b4aa-73b441d16380");
            Err(remark.suggest(near(text)).refuse())
        }
    }
}

/// What a byte is as a hexadecimal digit; of several, the last of them in this order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Digit {
    /// `0` to `9`, `a` to `f`
    Lower,
    /// `A` to `F`
    Upper,
    None,
}

const DIGITS: [Digit; 256] = {
    let mut digits = [Digit::None; 256];
    let mut byte = 0;
    while byte < 256 {
        digits[byte] = match byte as u8 {
            b'0'..=b'9' | b'a'..=b'f' => Digit::Lower,
            b'A'..=b'F' => Digit::Upper,
            _ => Digit::None,
        };
        byte += 1;
    }
    digits
};

/// Whether all digits of a uuid are in lower case; nothing if it is none.
fn digits_of(text: &str) -> Option<Digit> {
    let bytes: &[u8; 36] = text.as_bytes().try_into().ok()?;
    let groups = [&bytes[..8], &bytes[9..13], &bytes[14..18], &bytes[19..23], &bytes[24..]];
    let digits = groups.into_iter().flatten().map(|byte| DIGITS[usize::from(*byte)]);
    let most = digits.fold(Digit::Lower, Ord::max);
    (most != Digit::None && HYPHENS.iter().all(|at| bytes[*at] == b'-')).then_some(most)
}

/// The uuid of 32 digits in another dress: in braces, as a URN, with hyphens missing or misplaced.
fn near(text: &str) -> Option<String> {
    if !(32..=80).contains(&text.len()) {
        return None;
    }
    let text = text.to_ascii_lowercase();
    let text = text.trim();
    let text = text.strip_prefix("urn:").unwrap_or(text);
    let text = text.strip_prefix("uuid:").unwrap_or(text);
    let is_dress = |char: char| {
        char.is_whitespace()
            || matches!(char, '{' | '}' | '(' | ')' | '"' | '\'' | ',' | ';' | '-')
            || matches!(char, '\u{2010}'..='\u{2015}')
    };
    let digits: String = text.chars().filter(|char| !is_dress(*char)).collect();
    let is_hex = digits.len() == 32 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hex.then(|| {
        let [a, b, c, d] = [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20]];
        format!("{a}-{b}-{c}-{d}-{}", &digits[20..])
    })
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use proptest::prelude::*;
    use proptest::sample::Index;

    use super::*;

    const CLEAN: &str = "2eb8aa08-aa98-11ea-b4aa-73b441d16380";

    #[test]
    fn uuids_are_lower_cased() {
        for text in [CLEAN, "2EB8AA08-aa98-11EA-B4Aa-73B441D16380"] {
            assert_eq!(clean(text, Settings::default()), Ok(Cleaned::plain(CLEAN)));
        }
        assert!(matches!(
            clean(CLEAN, Settings::default()),
            Ok(Cleaned { value: Cow::Borrowed(CLEAN), .. })
        ));
    }

    #[test]
    fn other_spellings_are_refused_with_the_right_one() {
        for (text, suggestion) in [
            ("{2EB8AA08-AA98-11EA-B4AA-73B441D16380}", Some(CLEAN)),
            ("urn:uuid:2eb8aa08-aa98-11ea-b4aa-73b441d16380", Some(CLEAN)),
            ("2eb8aa08aa9811eab4aa73b441d16380", Some(CLEAN)),
            (" 2eb8aa08-aa98-11ea-b4aa-73b441d16380\n", Some(CLEAN)),
            ("2eb8aa08–aa98–11ea–b4aa–73b441d16380", Some(CLEAN)),
            ("2eb8aa08-aa98-11ea-b4aa-73b441d1638", None),
            ("2eb8aa08-aa98-11ea-b4ga-73b441d16380", None),
            ("\u{9e8}eb8aa08-aa98-11ea-b4aa-73b441d16380", None),
            ("Jane", None),
            ("", None),
        ] {
            let refusal = clean(text, Settings::default()).unwrap_err();
            assert_eq!((refusal.code, refusal.suggestion.as_deref()), (&code::UUID, suggestion));
        }
    }

    proptest! {
        #[test]
        fn digits_are_told_as_one_by_one(
            text in "[0-9a-f]{8}-[0-9a-fA-F]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
            marks in proptest::collection::vec((any::<Index>(), "[-0-9a-gA-G@`:/é]"), 0..3),
        ) {
            let mut chars: Vec<_> = text.chars().collect();
            for (at, mark) in marks {
                let at = at.index(chars.len());
                chars.splice(at..=at, mark.chars());
            }
            let text: String = chars.into_iter().collect();
            let fits = |(at, char): (usize, char)| match at {
                8 | 13 | 18 | 23 => char == '-',
                _ => char.is_ascii_hexdigit(),
            };
            let expected = (text.len() == 36 && text.chars().enumerate().all(fits)).then(|| {
                match text.contains(|char: char| char.is_ascii_uppercase()) {
                    true => Digit::Upper,
                    false => Digit::Lower,
                }
            });
            prop_assert!(digits_of(&text) == expected, "{text}");
        }
    }
}
