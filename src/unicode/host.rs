//! Unicode by the tables of a host: its URL parser (`url`), its regular expressions (`pattern`) and
//! its `String.prototype.normalize` and `toLowerCase`.
//!
//! The [URL Standard] runs UTS #46 with the flags that `unicode` lists. A URL parser does more than
//! that with a host, which is why it is given no more than it must:
//!
//! | what it does | here |
//! |---|---|
//! | drops tabs and line breaks, decodes `%61`, ends the host at `/`, `:`, `@`, … | such a name is refused unasked |
//! | reads a name that ends in a number as an IPv4 address | a last label is added and taken off again |
//! | refuses an empty name | the same label |
//! | lower-cases | as UTS #46 does; what older hosts do otherwise is done before |
//!
//! What is left: hosts differ in how they check joiners and the Bidi rule (Node lets names pass that
//! the tables refuse), and the version of Unicode is the host's.
//!
//! Natively, where no host is, `url` and `pattern` are crates, [`nfc`] gives the text as it is, and
//! [`lower_case`] knows ASCII alone.
//!
//! [URL Standard]: https://url.spec.whatwg.org/#concept-domain-to-ascii

use std::borrow::Cow;
use std::sync::OnceLock;

use crate::pattern::Pattern;
use crate::url;

/// What a host does with a text.
#[derive(Clone, Copy, Debug)]
pub struct Text {
    /// Puts it into Normalization Form C.
    pub nfc: fn(&str) -> String,
    /// Puts it in lower case.
    pub lower_case: fn(&str) -> String,
}

static TEXT: OnceLock<Text> = OnceLock::new();

/// Makes the host's functions the ones to use. The first call holds.
pub fn use_text(text: Text) {
    let _ = TEXT.set(text);
}

/// The text in Normalization Form C.
pub fn nfc(text: &str) -> String {
    TEXT.get().map_or_else(|| text.to_owned(), |host| (host.nfc)(text))
}

/// The text in lower case.
pub fn lower_case(text: &str) -> String {
    TEXT.get().map_or_else(|| text.to_ascii_lowercase(), |host| (host.lower_case)(text))
}

/// The label that is added to a name: no number, and no letter of a script that is read from right to
/// left.
const LAST: &str = ".a";

/// The name in ASCII (ToASCII of UTS #46), or nothing where the host finds an error. Lower-cases;
/// borrows where nothing changes.
pub fn to_ascii(name: &str) -> Option<Cow<'_, str>> {
    if name.is_ascii() && !name.split('.').any(is_punycode) {
        return Some(match name.bytes().any(|byte| byte.is_ascii_uppercase()) {
            true => Cow::Owned(name.to_ascii_lowercase()),
            false => Cow::Borrowed(name),
        });
    }
    // `<` with a stroke over it is U+226E, which may stand in a name.
    let composed: String = nfc(name).chars().map(small).collect();
    if composed.bytes().any(ends_host) {
        return None;
    }
    let url = url::parse(&["http://", &composed, LAST, "/"].concat())?;
    let ascii = url.host.strip_suffix(LAST)?;
    // Not every host looks into a label of Punycode: what it stands for must come to the label again.
    if ascii.split('.').any(is_punycode) {
        let read = decoded(ascii)?;
        if read.bytes().any(ends_host)
            || url::parse(&["http://", &read, LAST, "/"].concat())?.host != url.host
        {
            return None;
        }
    }
    Some(if ascii == name { Cow::Borrowed(name) } else { Cow::Owned(ascii.to_owned()) })
}

/// The small letter for a capital that UTS #46 maps since Unicode 15.1. A host before that refuses it, or
/// takes `ẞ` for `ss`, which is another name.
fn small(char: char) -> char {
    match char {
        'ẞ' => 'ß',
        '\u{4c0}' => '\u{4cf}',
        '\u{10a0}'..='\u{10c5}' => char::from_u32(char as u32 - 0x10a0 + 0x2d00).unwrap_or(char),
        '\u{2132}' => '\u{214e}',
        '\u{2183}' => '\u{2184}',
        _ => char,
    }
}

/// Whether a byte is one of a host's "forbidden domain code points", for the URL Standard.
fn ends_host(byte: u8) -> bool {
    matches!(byte, 0..=b' ' | b'#' | b'%' | b'/' | b':' | b'<' | b'>' | b'?' | b'@')
        || matches!(byte, b'[' | b'\\' | b']' | b'^' | b'|' | 0x7f)
}

/// Whether a label is one of Punycode.
fn is_punycode(label: &str) -> bool {
    label.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("xn--"))
}

/// The name in Unicode, for people to read. A label that is no Punycode stays what it is.
pub fn to_unicode(name: &str) -> Cow<'_, str> {
    let Some(ascii) = to_ascii(name) else { return Cow::Borrowed(name) };
    if !ascii.split('.').any(is_punycode) {
        return ascii;
    }
    decoded(&ascii).map_or(ascii, Cow::Owned)
}

/// A name with each label of Punycode as what it stands for; nothing if one stands for nothing.
fn decoded(name: &str) -> Option<String> {
    let label = |label: &str| match label.strip_prefix("xn--") {
        Some(label) => decode(label),
        None => Some(label.to_owned()),
    };
    let labels: Option<Vec<_>> = name.split('.').map(label).collect();
    Some(labels?.join("."))
}

/// Decodes Punycode (RFC 3492, section 6.2), without its `xn--`.
fn decode(label: &str) -> Option<String> {
    const BASE: u32 = 36;
    let (basic, extended) = label.rsplit_once('-').unwrap_or(("", label));
    let mut out: Vec<char> = basic.chars().collect();
    let (mut point, mut bias, mut at) = (0x80_u32, 72, 0_u32);
    let mut digits = extended.bytes();
    while digits.len() > 0 {
        let before = at;
        let mut weight = 1_u32;
        for threshold in (1..).map(|step: u32| (step * BASE).saturating_sub(bias).clamp(1, 26)) {
            let digit = match digits.next()? {
                letter @ b'a'..=b'z' => letter - b'a',
                digit @ b'0'..=b'9' => digit - b'0' + 26,
                _ => return None,
            };
            let digit = u32::from(digit);
            at = at.checked_add(digit.checked_mul(weight)?)?;
            if digit < threshold {
                break;
            }
            weight = weight.checked_mul(BASE - threshold)?;
        }
        let length = out.len() as u32 + 1;
        bias = adapt(at - before, length, before == 0);
        point = point.checked_add(at / length)?;
        at %= length;
        out.insert(at as usize, char::from_u32(point)?);
        at += 1;
    }
    Some(out.into_iter().collect())
}

/// The bias for the next character (RFC 3492, section 6.1).
fn adapt(delta: u32, length: u32, first: bool) -> u32 {
    let mut delta = if first { delta / 700 } else { delta / 2 };
    delta += delta / length;
    let mut bias = 0;
    while delta > 455 {
        delta /= 35;
        bias += 36;
    }
    bias + 36 * delta / (delta + 38)
}

/// Whether IDNA 2008 lets a character stand in a name whatever is around it: PVALID, derived as
/// RFC 5892, section 3, does it.
pub fn is_name_character(char: char) -> bool {
    // Letters and digits (section 2.1) that are stable (section 2.2) and not ignorable (section 2.3).
    const STABLE: &str = r"^(?!\p{CWKCF})[\p{Ll}\p{Lu}\p{Lo}\p{Nd}\p{Lm}\p{Mn}\p{Mc}]$";
    static PATTERN: OnceLock<Option<Pattern>> = OnceLock::new();
    super::is_exceptional(char).unwrap_or_else(|| is(&PATTERN, STABLE, char))
}

/// Whether a character is a mark, which needs a character before it.
pub fn is_mark(char: char) -> bool {
    static PATTERN: OnceLock<Option<Pattern>> = OnceLock::new();
    is(&PATTERN, r"^\p{M}$", char)
}

fn is(pattern: &OnceLock<Option<Pattern>>, text: &str, char: char) -> bool {
    let pattern = pattern.get_or_init(|| Pattern::compile(text).ok());
    pattern
        .as_ref()
        .is_some_and(|pattern| pattern.matches(char.encode_utf8(&mut [0; 4])) == Some(true))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn punycode_is_decoded() {
        // RFC 3492, section 7.1, and others.
        for (label, expected) in [
            ("mnchen-3ya", Some("münchen")),
            ("egbpdaj6bu4bxfgehfvwxn", Some("ليهمابتكلموشعربي؟")),
            (
                "n8jok5ay5dzabd5bym9f0cm5685rrjetr6pdxa",
                Some("なぜみんな日本語を話してくれないのか"),
            ),
            ("-> $1.00 <--", Some("-> $1.00 <-")),
            ("53h", Some("☕")),
            ("a", Some("\u{80}")),
            ("acme-", Some("acme")),
            ("99999999", None),
            ("é", None),
            ("", Some("")),
        ] {
            assert_eq!(decode(label).as_deref(), expected, "{label}");
        }
    }

    #[cfg(feature = "tables")]
    mod beside_the_tables {
        use proptest::prelude::*;

        use super::super::*;
        use crate::unicode::tables;

        #[test]
        fn characters_are_told_alike() {
            // Those that the other has no name for yet.
            let mut unknown = 0;
            for char in '\0'..=char::MAX {
                let ours = (is_name_character(char), is_mark(char));
                let theirs = (tables::is_name_character(char), tables::is_mark(char));
                if ours != theirs {
                    eprintln!("{:04x} {ours:?} {theirs:?}", char as u32);
                    unknown += 1;
                }
            }
            assert_eq!(unknown, 0);
        }

        proptest! {
            #[test]
            fn names_are_mapped_alike(name in r"([a-zA-Z1-9é-]|[üßアé١א一。ﬁ\u{ad}\u{200d}\u{94d}☕]|xn--|-3ya|\.|_){0,12}") {
                // Validity criterion 4 of UTS #46, which `idna` leaves out and `formats::host` adds.
                let theirs = tables::to_ascii(&name)
                    .filter(|ascii| !tables::to_unicode(ascii).split('.').any(is_punycode));
                prop_assert_eq!(to_ascii(&name), theirs.clone());
                if let Some(ascii) = theirs {
                    prop_assert_eq!(to_unicode(&ascii), tables::to_unicode(&ascii));
                }
            }
        }
    }
}
