//! `idn-email`: RFC 6531, section 3.3, `Mailbox`: an e-mail address with letters of any script.
//! Nothing is cleaned.
//!
//! | rule | here |
//! |---|---|
//! | `Dot-string`, `Quoted-string` (RFC 5321, section 4.1.2), with any character that is not ASCII | [`is_local`] |
//! | 64 octets before the `@`, 254 in all (RFC 5321, section 4.5.3.1; RFC 3696, erratum 1690) | [`is_mailbox`] |
//! | a domain of U-labels and ASCII, in any normalization form | `hostname::is_idn_hostname` |
//! | `address-literal` of IPv4 and IPv6, for which alone there is a tag (RFC 5321, section 4.1.3) | [`is_literal`] |

use super::email::{self, ADDRESS, LOCAL};
use super::hostname::{is_idn_hostname, near_unicode};
use super::ip::{is_v4, is_v6};
use super::{Cleaned, Format, Refusal, Settings, check};
use crate::{code, unicode};

pub static FORMAT: Format = Format { name: "idn-email", clean };

fn clean(text: &str, _: Settings) -> Result<Cleaned<'_>, Refusal> {
    check(text, is_mailbox, &code::IDN_EMAIL, "jörg@münchen.de", near)
}

fn is_mailbox(text: &str) -> bool {
    if text.len() > ADDRESS {
        return false;
    }
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    local.len() <= LOCAL
        && is_local(local)
        && (is_literal(domain) || is_idn_hostname(&unicode::nfc(domain)))
}

fn is_local(local: &str) -> bool {
    match local.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(quoted) => is_quoted(quoted),
        None => local.split('.').all(|atom| !atom.is_empty() && atom.chars().all(is_atext)),
    }
}

/// Whether a text may stand between quotation marks.
fn is_quoted(text: &str) -> bool {
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        let passes = match char {
            '"' => false,
            '\\' => matches!(chars.next(), Some(' '..='~')),
            _ => !char.is_ascii_control(),
        };
        if !passes {
            return false;
        }
    }
    true
}

fn is_atext(char: char) -> bool {
    !char.is_ascii() || char.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(char)
}

fn is_literal(domain: &str) -> bool {
    let inside = domain.strip_prefix('[').and_then(|domain| domain.strip_suffix(']'));
    inside.is_some_and(|address| match address.split_at_checked(5) {
        Some((tag, address)) if tag.eq_ignore_ascii_case("IPv6:") => is_v6(address),
        _ => is_v4(address),
    })
}

/// The address with its domain as it should be, or the one that `email` would suggest.
fn near(text: &str) -> Option<String> {
    let text = unicode::trim(text);
    let with_domain = text
        .rsplit_once('@')
        .and_then(|(local, domain)| Some(format!("{local}@{}", near_unicode(domain)?)));
    with_domain.filter(|guess| is_mailbox(guess)).or_else(|| email::near(text))
}

#[cfg(test)]
mod tests {
    use super::super::table::{passes, refuses};
    use super::*;

    #[test]
    fn addresses_pass_as_they_are() {
        passes(
            &FORMAT,
            &[
                "jane@acme.com",
                "jörg@münchen.de",
                "실례@실례.테스트",
                "Jane.Doe+x@ACME.com",
                "\"jane doe@home\\\"é\"@acme.com",
                "user@cafe\u{301}.com",
                "\u{85}@acme.com",
                "jane@localhost",
                "jane@[127.0.0.1]",
                "jane@[IPv6:::1]",
            ],
        );
    }

    #[test]
    fn other_texts_are_refused_with_the_address_that_is_near() {
        let local = "ü".repeat(33);
        refuses(
            &FORMAT,
            &code::IDN_EMAIL,
            &[
                (" jörg@münchen.de ", Some("jörg@münchen.de")),
                ("jörg@München.de", Some("jörg@münchen.de")),
                ("jörg@münchen.de.", Some("jörg@münchen.de")),
                ("jane＠acme.com", Some("jane@acme.com")),
                ("Jane Doe <jane@acme.com>", Some("jane@acme.com")),
                ("jane@acme,com", Some("jane@acme.com")),
                ("jane doe@acme.com", None),
                ("jane@acme@acme.com", None),
                (".jane@acme.com", Some("jane@acme.com")),
                ("ja..ne@acme.com", None),
                ("\"jane\"doe@acme.com", None),
                ("\"jane\\\"@acme.com", None),
                ("\"@acme.com", None),
                ("jane@acme_corp.com", None),
                ("jane@127.0.0.1", None),
                ("jane@[127.0.0.300]", None),
                ("jane@[IPv6:1]", None),
                ("jane@[X:1]", None),
                ("@acme.com", None),
                ("jane@", None),
                ("2962", None),
                ("", None),
                (&format!("{local}@acme.com"), None),
            ],
        );
    }
}
