//! Labels of international names by IDNA 2008, which maps nothing and lets fewer characters pass
//! than UTS #46 does.
//!
//! | rule | here |
//! |---|---|
//! | an A-label is a U-label in Punycode, and no other spelling of it (RFC 5890, section 2.3.2.1) | [`is_a_label`] |
//! | Normalization Form C, hyphens, no mark at the start (RFC 5891, sections 5.3 and 5.4) | [`is_u_label`] |
//! | characters that always pass (RFC 5892, section 3) | `unicode::is_name_character` |
//! | characters that pass in some places (RFC 5892, appendices A.3 to A.9) | [`fits`] |
//! | joiners (RFC 5892, appendices A.1 and A.2), the Bidi rule (RFC 5893): of whole names | `hostname` |

use super::host;
use crate::unicode;

/// Whether a label in ASCII that starts with `xn--` is an A-label.
pub fn is_a_label(label: &str) -> bool {
    // Decoding Punycode takes time that is quadratic in a label's length.
    if label.len() > host::LABEL {
        return false;
    }
    let decoded = unicode::to_unicode(label);
    is_u_label(&decoded)
        && unicode::to_ascii(&decoded).is_some_and(|ascii| ascii.eq_ignore_ascii_case(label))
}

/// Whether a label is a U-label.
pub fn is_u_label(label: &str) -> bool {
    let chars: Vec<_> = label.chars().collect();
    !label.is_ascii()
        && unicode::nfc(label) == label
        && !label.starts_with('-')
        && !label.ends_with('-')
        && chars.get(2..4) != Some(&['-', '-'])
        && !chars.first().is_some_and(|first| unicode::is_mark(*first))
        && (0..chars.len()).all(|at| unicode::is_name_character(chars[at]) || fits(&chars, at))
}

/// Whether a character that passes in some places only may stand where it does in a label.
fn fits(label: &[char], at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| label[before]);
    let after = label.get(at + 1).copied();
    match label[at] {
        // Joiners: `unicode::to_ascii` looks at what is around them.
        '\u{200c}' | '\u{200d}' => true,
        // A.3: the dot of `l·l` in Catalan.
        '\u{b7}' => before == Some('l') && after == Some('l'),
        // A.4: the Greek lower numeral sign.
        '\u{375}' => after.is_some_and(unicode::is_greek),
        // A.5, A.6: Hebrew geresh and gershayim.
        '\u{5f3}' | '\u{5f4}' => before.is_some_and(unicode::is_hebrew),
        // A.7: the Katakana middle dot.
        '\u{30fb}' => label.iter().any(|char| unicode::is_kana_or_han(*char)),
        // A.8, A.9: digits of Arabic, not mixed with the extended ones.
        '\u{660}'..='\u{669}' => !label.iter().any(|char| matches!(char, '\u{6f0}'..='\u{6f9}')),
        '\u{6f0}'..='\u{6f9}' => !label.iter().any(|char| matches!(char, '\u{660}'..='\u{669}')),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn u_labels_are_told_from_others() {
        for (label, expected) in [
            ("münchen", true),
            ("ß\u{3c2}\u{f0b}\u{3007}", true),
            ("\u{6fd}\u{6fe}", true),
            ("l·l", true),
            ("α\u{375}β", true),
            ("\u{5d0}\u{5f3}\u{5d1}", true),
            ("\u{5d0}\u{5f4}", true),
            ("\u{30fb}\u{4e08}", true),
            ("\u{628}\u{660}", true),
            ("\u{6f0}0", true),
            ("acme", false),
            ("München", false),
            ("mu\u{308}nchen", false),
            ("-é", false),
            ("é-", false),
            ("ab--é", false),
            ("\u{300}a", false),
            ("\u{488}a", false),
            ("é.a", false),
            ("☕", false),
            ("é☕", false),
            ("é!", false),
            ("\u{1100}\u{1161}é", false),
            ("\u{640}\u{7fa}", false),
            ("\u{5d0}\u{302e}", false),
            ("·l", false),
            ("L·L", false),
            ("α\u{375}", false),
            ("\u{5f3}\u{5d1}", false),
            ("a\u{30fb}b", false),
            ("\u{628}\u{660}\u{6f0}", false),
            ("é\u{ad}", false),
            ("", false),
        ] {
            assert_eq!(is_u_label(label), expected, "{label:?}");
        }
    }

    #[test]
    fn a_labels_stand_for_u_labels() {
        for (label, expected) in [
            ("xn--mnchen-3ya", true),
            ("XN--Mnchen-3YA", true),
            ("xn--fa-hia", true),
            ("xn--ll-0ea", true),
            ("xn--11b2ezcw70k", true),
            ("xn--", false),
            ("xn--a", false),
            ("xn--acme-", false),
            ("xn---9uc", false),
            ("xn--7a", false),
            ("xn--53h", false),
            ("xn--al-0ea", false),
            ("xn--hello-zed", false),
            ("xn--11b2er09f", false),
        ] {
            assert_eq!(is_a_label(label), expected, "{label}");
        }
        assert!(!is_a_label(&format!("xn--{}", "a".repeat(1_000_000))));
    }
}
