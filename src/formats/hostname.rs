//! `hostname` and `idn-hostname`: names of hosts, of one label or more. Nothing is cleaned.
//!
//! | rule | here |
//! |---|---|
//! | letters, digits and inner hyphens; 63 octets a label, 253 in all (RFC 1123, section 2.1; RFC 1035, section 2.3.4) | [`is_ldh`], [`is_idn_hostname`] |
//! | no IP address: a host name never has the form `1.2.3.4` (RFC 1123, section 2.1) | [`is_dotted_decimal`] |
//! | a label that starts with `xn--` is an A-label (RFC 5890, section 2.3.2.1) | `idna::is_a_label` |
//! | `idn-hostname`: U-labels too (RFC 5890, section 2.3.2.3) | `idna::is_u_label` |
//! | `idn-hostname`: four dots (RFC 3490, section 3.1) | [`DOTS`] |
//! | the Bidi rule, across labels (RFC 5893, section 2); joiners (RFC 5892, appendices A.1 and A.2) | `unicode::to_ascii` |
//!
//! Other labels with hyphens in third and fourth place (`r3---sn`) are in use, and pass.

use super::address::Address;
use super::{Cleaned, Format, Refusal, Settings, check, host, idna};
use crate::{code, unicode};

pub static ASCII: Format = Format { name: "hostname", clean: clean_ascii };
pub static UNICODE: Format = Format { name: "idn-hostname", clean: clean_unicode };

/// What separates labels.
const DOTS: [char; 4] = ['.', '\u{3002}', '\u{ff0e}', '\u{ff61}'];

fn clean_ascii(text: &str, _: Settings) -> Result<Cleaned<'_>, Refusal> {
    check(text, is_hostname, &code::HOSTNAME, "www.acme.com", near)
}

fn clean_unicode(text: &str, _: Settings) -> Result<Cleaned<'_>, Refusal> {
    check(text, is_idn_hostname, &code::IDN_HOSTNAME, "www.münchen.de", near_unicode)
}

fn is_hostname(text: &str) -> bool {
    text.is_ascii() && is_idn_hostname(text)
}

/// Whether a text is a host name, its labels in ASCII or in Unicode.
pub fn is_idn_hostname(text: &str) -> bool {
    // No label gets shorter in ASCII.
    if text.chars().nth(host::DOMAIN).is_some() || is_dotted_decimal(text) {
        return false;
    }
    let is_label = |label: &str| match label.is_ascii() {
        true => is_ldh(label) && (!host::is_punycode(label.as_bytes()) || idna::is_a_label(label)),
        false => idna::is_u_label(label),
    };
    if !text.split(DOTS).all(is_label) {
        return false;
    }
    let Some(ascii) = unicode::to_ascii(text) else { return false };
    ascii.len() <= host::DOMAIN && ascii.split('.').all(|label| label.len() <= host::LABEL)
}

/// Whether a label is of letters, digits and hyphens (RFC 5890, section 2.3.1).
fn is_ldh(label: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    (1..=host::LABEL).contains(&label.len())
        && label.bytes().all(is_allowed)
        && !label.starts_with('-')
        && !label.ends_with('-')
}

fn is_dotted_decimal(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') && text.split('.').count() == 4
}

/// The name in ASCII that a text holds: in an address, in Unicode, with a root dot.
fn near(text: &str) -> Option<String> {
    let address = Address::split(unicode::trim(text), "").ok()?;
    let mapped = host::map(&host::decode(address.host("").ok()?.host), "").ok()?;
    Some(host::without_root(&mapped.ascii).to_owned())
}

/// The name in Unicode that a text holds: in an address, with capitals, with a root dot.
pub fn near_unicode(text: &str) -> Option<String> {
    near(text).map(|ascii| unicode::to_unicode(&ascii).into_owned())
}

#[cfg(test)]
mod tests {
    use super::super::table::{passes, refuses};
    use super::*;

    #[test]
    fn names_pass_as_they_are() {
        let names = [
            "localhost",
            "WWW.Acme.com",
            "1host",
            "123",
            "1.2.3.4.5",
            "r3---sn.acme.com",
            "xn--mnchen-3ya.de",
            "XN--MNCHEN-3YA.de",
        ];
        passes(&ASCII, &names);
        passes(&UNICODE, &names);
        passes(
            &UNICODE,
            &["münchen.de", "faß.de", "例え。テスト", "l·l", "α\u{375}β", "\u{5d0}\u{5f3}", "a｡b"],
        );
    }

    #[test]
    fn other_texts_are_refused_with_the_name_that_is_near() {
        refuses(
            &ASCII,
            &code::HOSTNAME,
            &[
                ("acme.com.", Some("acme.com")),
                ("acme.com\n", Some("acme.com")),
                ("https://www.acme.com:80/about", Some("www.acme.com")),
                ("münchen.de", Some("xn--mnchen-3ya.de")),
                ("\u{212a}elvin.com", Some("kelvin.com")),
                ("acme_corp.com", None),
                ("-acme.com", None),
                ("acme-.com", None),
                ("acme..com", None),
                ("127.0.0.1", None),
                ("xn--X", None),
                ("xn--al-0ea", None),
                ("jane@acme.com", None),
                (".", None),
                ("", None),
            ],
        );
        refuses(
            &UNICODE,
            &code::IDN_HOSTNAME,
            &[
                ("München.de", Some("münchen.de")),
                ("mu\u{308}nchen.de", Some("münchen.de")),
                ("https://münchen.de/", Some("münchen.de")),
                ("münchen。", Some("münchen")),
                ("a·l", None),
                ("0a.\u{5d0}", None),
                ("üb--c", None),
                ("ü-", None),
                ("☕.de", None),
                ("a\u{200c}b", None),
                ("127.0.0.1", None),
                ("。", None),
                ("", None),
            ],
        );
    }

    #[test]
    fn lengths_are_those_of_the_ascii_form() {
        let name = |last| ["a".repeat(63), "b".repeat(63), "c".repeat(63), last].join(".");
        let is = |text: &str| is_idn_hostname(text);
        assert!(is(&"a".repeat(63)) && !is(&"a".repeat(64)));
        assert!(is(&"ü".repeat(57)) && !is(&"ü".repeat(58)));
        assert!(is(&name("d".repeat(61))) && !is(&name("d".repeat(62))));
        assert!(is(&name("ü".repeat(20))) && !is(&name("ü".repeat(56))));
    }
}
