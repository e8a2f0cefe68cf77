//! `uuid`: RFC 9562, section 4: 8-4-4-4-12 hexadecimal digits of any version and variant. The
//! canonical form is in lower case. Nothing may stand around it.

use std::borrow::Cow;

use super::{Cleaned, Format, Refusal, Remark, Settings};
use crate::code;

pub static FORMAT: Format = Format { name: "uuid", clean };

/// Where the hyphens are.
const HYPHENS: [usize; 4] = [8, 13, 18, 23];

fn clean(text: &str, _: Settings) -> Result<Cleaned<'_>, Refusal> {
    if !is_uuid(text) {
        let remark =
            Remark::new(&code::UUID).text("example", "2eb8aa08-aa98-11ea-b4aa-73b441d16380");
        return Err(remark.suggest(near(text)).refuse());
    }
    Ok(Cleaned::plain(if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(text.to_ascii_lowercase())
    } else {
        Cow::Borrowed(text)
    }))
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| {
            if HYPHENS.contains(&at) { byte == b'-' } else { byte.is_ascii_hexdigit() }
        })
}

/// The uuid of 32 digits in another dress: in braces, as a URN, with hyphens missing or misplaced.
fn near(text: &str) -> Option<String> {
    if text.len() > 80 {
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
}
