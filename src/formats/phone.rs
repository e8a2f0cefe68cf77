//! `phone`: free text, trimmed. There is no form that every vendor wants, and none to refuse:
//! extensions, names of lines and vanity numbers all occur.

use super::{Cleaned, Format, Refusal, Settings};
use crate::unicode;

pub static FORMAT: Format = Format { name: "phone", clean };

fn clean(text: &str, _: Settings) -> Result<Cleaned<'_>, Refusal> {
    Ok(Cleaned::plain(unicode::trim(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phones_are_trimmed_and_never_refused() {
        for (text, phone) in [
            ("+1-555-123-4567", "+1-555-123-4567"),
            (" \u{202a}+49 (89) 1234\u{202c}\t", "+49 (89) 1234"),
            ("ask Jane", "ask Jane"),
            ("", ""),
        ] {
            assert_eq!(clean(text, Settings::default()), Ok(Cleaned::plain(phone)));
        }
    }
}
