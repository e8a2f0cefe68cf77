//! What this crate asks of Unicode: UTS #46, normalization, white space and invisible characters,
//! scripts that pass for one another.
//!
//! What needs large tables is in `tables`, which has them, or in `host`, which asks a host that has
//! them (a browser's URL parser, `String.prototype.normalize` and `RegExp`): the feature `tables` says
//! which. The rest is here.
//!
//! | flag of [UTS #46] | here |
//! |---|---|
//! | CheckHyphens | off: names with hyphens in third and fourth place exist |
//! | CheckBidi, CheckJoiners | on |
//! | UseSTD3ASCIIRules | off: `formats::host` looks at ASCII itself and says which character it is |
//! | Transitional_Processing, IgnoreInvalidPunycode | off |
//! | VerifyDnsLength | off: `formats::host` counts, and says which label is too long |
//!
//! [UTS #46]: https://www.unicode.org/reports/tr46/

// Beside the tables it is only compared with them.
#[cfg(any(not(feature = "tables"), test))]
#[cfg_attr(feature = "tables", allow(dead_code))]
mod host;
#[cfg(feature = "tables")]
mod tables;

use std::borrow::Cow;

#[cfg(not(feature = "tables"))]
pub use host::{Text, is_mark, is_name_character, to_ascii, to_unicode, use_text};
#[cfg(feature = "tables")]
pub use tables::{is_mark, is_name_character, to_ascii, to_unicode};

/// Normalization Form C.
pub fn nfc(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    #[cfg(feature = "tables")]
    return tables::nfc(text);
    #[cfg(not(feature = "tables"))]
    return Cow::Owned(host::nfc(text));
}

/// The text in lower case.
pub fn lower_case(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return match text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            true => Cow::Owned(text.to_ascii_lowercase()),
            false => Cow::Borrowed(text),
        };
    }
    #[cfg(feature = "tables")]
    return Cow::Owned(text.to_lowercase());
    #[cfg(not(feature = "tables"))]
    return Cow::Owned(host::lower_case(text));
}

/// Whether a character passes or fails by the sections of RFC 5892 that list characters; nothing for
/// the others.
fn is_exceptional(char: char) -> Option<bool> {
    match char {
        '\0'..='\u{7f}' => Some(matches!(char, 'a'..='z' | '0'..='9' | '-')),
        // Exceptions (section 2.6): first those that pass, then those that pass in some places.
        '\u{df}' | '\u{3c2}' | '\u{6fd}' | '\u{6fe}' | '\u{f0b}' | '\u{3007}' => Some(true),
        '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}' => Some(false),
        '\u{640}' | '\u{7fa}' | '\u{302e}' | '\u{302f}' | '\u{3031}'..='\u{3035}' | '\u{303b}' => {
            Some(false)
        }
        // Ignorable blocks (section 2.4).
        '\u{20d0}'..='\u{20ff}' | '\u{1d100}'..='\u{1d24f}' => Some(false),
        // Old Hangul Jamo (section 2.9).
        '\u{1100}'..='\u{11ff}' | '\u{a960}'..='\u{a97c}' | '\u{d7b0}'..='\u{d7fb}' => Some(false),
        _ => None,
    }
}

/// Whether a character of names is of the Greek script. This and the two below are right only of
/// what [`is_name_character`] lets pass, which keeps their ranges few.
pub fn is_greek(char: char) -> bool {
    matches!(char,
        '\u{370}'..='\u{3e1}' | '\u{3f0}'..='\u{3ff}' | '\u{1d26}'..='\u{1d2a}'
        | '\u{1f00}'..='\u{1fff}' | '\u{ab65}')
}

/// Whether a character of names is of the Hebrew script.
pub fn is_hebrew(char: char) -> bool {
    matches!(char, '\u{591}'..='\u{5f2}' | '\u{fb1e}')
}

/// Whether a character of names is of the scripts Hiragana, Katakana or Han.
pub fn is_kana_or_han(char: char) -> bool {
    matches!(char,
        '\u{3005}' | '\u{3007}' | '\u{3041}'..='\u{3096}' | '\u{309d}'..='\u{30fa}'
        | '\u{30fd}'..='\u{30fe}' | '\u{31f0}'..='\u{9fff}' | '\u{fa0e}'..='\u{fa29}'
        | '\u{16fe3}' | '\u{16ff0}'..='\u{16ff3}' | '\u{1aff0}'..='\u{1b167}'
        | '\u{20000}'..='\u{33479}')
}

/// The text without the white space and the invisible format characters at both ends: what the
/// keyword `x-trim` does.
pub fn trim(text: &str) -> &str {
    let text = text.trim_ascii();
    match text.as_bytes() {
        [first, .., last] if first.is_ascii() && last.is_ascii() => trim_vertical_tabs(text),
        _ => text.trim_matches(|char: char| char.is_whitespace() || is_invisible(char)),
    }
}

/// `trim_ascii` leaves U+000B alone; Unicode counts it as white space.
fn trim_vertical_tabs(text: &str) -> &str {
    let edge = |byte: Option<&u8>| byte == Some(&0x0b);
    if edge(text.as_bytes().first()) || edge(text.as_bytes().last()) {
        text.trim_matches(|char: char| char.is_whitespace() || is_invisible(char))
    } else {
        text
    }
}

/// Whether a character has no shape of its own and only directs the text around it: Unicode's
/// format characters (general category Cf) but for those that show (signs that enclose digits) and
/// for tags, which end the flag of England; and the combining grapheme joiner.
pub fn is_invisible(char: char) -> bool {
    matches!(char,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}'
        | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}')
}

/// Whether UTS #46 drops a character without a word (status "ignored").
pub fn is_ignored(char: char) -> bool {
    matches!(char,
        '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}' | '\u{2060}'..='\u{2064}'
        | '\u{206a}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{ffa0}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0100}'..='\u{e01ef}')
}

/// Two scripts that a label mixes although letters of the one pass for letters of the other:
/// `аcme` with a Cyrillic а. Scripts that nobody takes for Latin (Han, kana, Arabic, …) do not
/// count, since names mix them in earnest.
pub fn look_alike_scripts(label: &str) -> Option<[&'static str; 2]> {
    let mut scripts = label.chars().filter_map(look_alike_script);
    let first = scripts.next()?;
    let other = scripts.find(|script| *script != first)?;
    Some([first, other])
}

/// The script of a letter, where that script has letters shaped as those of another.
fn look_alike_script(char: char) -> Option<&'static str> {
    Some(match char {
        'a'..='z' | 'A'..='Z' => "Latin",
        '\0'..='\u{a9}' | '\u{d7}' | '\u{f7}' => return None,
        '\u{aa}'
        | '\u{ba}'
        | '\u{c0}'..='\u{2b8}'
        | '\u{1d00}'..='\u{1d25}'
        | '\u{1e00}'..='\u{1eff}'
        | '\u{2c60}'..='\u{2c7f}'
        | '\u{a722}'..='\u{a787}'
        | '\u{a78b}'..='\u{a7ff}'
        | '\u{ab30}'..='\u{ab5a}' => "Latin",
        '\u{37e}' | '\u{385}' | '\u{387}' => return None,
        '\u{3e2}'..='\u{3ef}' | '\u{2c80}'..='\u{2cff}' => "Coptic",
        '\u{370}'..='\u{3ff}' | '\u{1d26}'..='\u{1d2a}' | '\u{1f00}'..='\u{1fff}' | '\u{ab65}' => {
            "Greek"
        }
        '\u{400}'..='\u{484}'
        | '\u{487}'..='\u{52f}'
        | '\u{1c80}'..='\u{1c8f}'
        | '\u{1d2b}'
        | '\u{2de0}'..='\u{2dff}'
        | '\u{a640}'..='\u{a69f}' => "Cyrillic",
        '\u{531}'..='\u{58a}' => "Armenian",
        '\u{10a0}'..='\u{10ff}' | '\u{1c90}'..='\u{1cbf}' | '\u{2d00}'..='\u{2d2f}' => "Georgian",
        '\u{13a0}'..='\u{13ff}' | '\u{ab70}'..='\u{abbf}' => "Cherokee",
        '\u{a4d0}'..='\u{a4ff}' => "Lisu",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(feature = "tables")]
    #[test]
    fn the_tables_are_those_of_the_version_that_is_told() {
        // U+11DE0 came with Unicode 17, U+3D000 comes with Unicode 18.
        assert_eq!(crate::UNICODE_VERSION, "17.0");
        assert!(super::to_ascii("\u{11de0}.com").is_some());
        assert!(super::to_ascii("\u{3d000}.com").is_none());
    }

    #[test]
    fn edges_are_trimmed() {
        for (text, trimmed) in [
            ("", ""),
            (" ", ""),
            ("a", "a"),
            ("  a b\t", "a b"),
            ("\u{b}a\u{b}", "a"),
            ("\u{b}\u{200b} a\u{b}\u{feff}", "a"),
            ("\u{3000}é\u{a0}", "é"),
            ("\u{200e}a\u{202c}", "a"),
            ("\0a\u{7f}", "\0a\u{7f}"),
            ("❤\u{fe0f}", "❤\u{fe0f}"),
            ("🏴\u{e0067}\u{e007f}", "🏴\u{e0067}\u{e007f}"),
        ] {
            assert_eq!(trim(text), trimmed, "{text:?}");
        }
    }

    #[test]
    fn ignored_characters_are_those_that_uts_46_drops() {
        for char in ('\0'..=char::MAX).filter(|char| !char.is_ascii()) {
            let dropped = to_ascii(&format!("a{char}b")).is_some_and(|ascii| ascii == "ab");
            assert_eq!(is_ignored(char), dropped, "U+{:04X}", char as u32);
        }
    }

    #[test]
    fn names_to_ascii_and_back() {
        for (name, ascii) in [
            ("acme.com", Some("acme.com")),
            ("Faß.de", Some("xn--fa-hia.de")),
            ("1--2.com", Some("1--2.com")),
            ("(1)_.com", Some("(1)_.com")),
            ("xn--acme-.com", None),
            ("a\u{5d0}.com", None),
            ("ac\u{200d}me.com", None),
        ] {
            assert_eq!(to_ascii(name).as_deref(), ascii, "{name}");
        }
        assert_eq!(to_unicode("xn--fa-hia.de"), "faß.de");
        assert_eq!(nfc("e\u{301}cole"), "école");
    }

    #[cfg(feature = "tables")]
    #[test]
    fn scripts_are_those_of_unicode() {
        use icu_properties::{CodePointMapData, props::Script};
        let scripts = CodePointMapData::<Script>::new();
        for char in ('\0'..=char::MAX).filter(|char| is_name_character(*char)) {
            let script = scripts.get(char);
            assert_eq!(is_greek(char), script == Script::Greek, "U+{:04X}", char as u32);
            assert_eq!(is_hebrew(char), script == Script::Hebrew, "U+{:04X}", char as u32);
            let is_one = [Script::Hiragana, Script::Katakana, Script::Han].contains(&script);
            assert_eq!(is_kana_or_han(char), is_one, "U+{:04X}", char as u32);
        }
    }

    #[test]
    fn characters_of_names_are_those_of_idna_2008() {
        for (char, expected) in [
            ('a', true),
            ('A', false),
            ('-', true),
            ('_', false),
            ('é', true),
            ('É', false),
            ('ß', true),
            ('ẞ', false),
            ('\u{300}', true),
            ('\u{488}', false),
            ('\u{ad}', false),
            ('\u{b7}', false),
            ('\u{19da}', false),
            ('\u{200d}', false),
            ('\u{1e9b}', false),
            ('\u{2c2f}', false),
            ('\u{3007}', true),
            ('\u{3164}', false),
            ('\u{3031}', false),
            ('\u{13a0}', true),
            ('\u{ab70}', false),
            ('한', true),
            ('☕', false),
            ('ﬁ', false),
            ('\u{e000}', false),
            ('\u{3d000}', false),
            ('\u{10ffff}', false),
        ] {
            assert_eq!(is_name_character(char), expected, "{char:?}");
        }
    }

    #[test]
    fn look_alikes_are_told_from_honest_mixes() {
        for (label, scripts) in [
            ("аcme", Some(["Cyrillic", "Latin"])),
            ("gοοgle", Some(["Latin", "Greek"])),
            ("münchen", None),
            ("аррӏе", None),
            ("例えacme", None),
            ("ab-12", None),
            ("アcme한", None),
        ] {
            assert_eq!(look_alike_scripts(label), scripts, "{label}");
        }
    }
}
