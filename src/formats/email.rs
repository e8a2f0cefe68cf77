//! `email`: what mail servers may take, which is more than web forms do.
//!
//! | rule | here |
//! |---|---|
//! | trim | [`clean`] |
//! | error: no or two `@`, an empty side, white space or a control character, over 64 octets before the `@` or 254 in all (RFC 5321, section 4.5.3.1; RFC 3696, erratum 1690) | [`parse`] |
//! | error: a domain that UTS #46 refuses | `host::map` |
//! | warning: what the pattern of [HTML] does not match; a host that is no domain | [`clean`] |
//! | the domain in ASCII and lower case, the local part as it is | [`parse`] |
//!
//! [HTML]: https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address

use std::borrow::Cow;

use super::address::trim_punctuation;
use super::host::{self, Mapped};
use super::{Cleaned, Format, Refusal, Remark, Settings};
use crate::{code, unicode};

pub static FORMAT: Format = Format { name: "email", clean };

/// What would pass, in messages.
const EXAMPLE: &str = "jane@acme.com";
/// The longest local part, in octets.
pub const LOCAL: usize = 64;
/// The longest address, in octets.
pub const ADDRESS: usize = 254;
/// The longest text that is worth a guess, in bytes.
const LONGEST_GUESS: usize = 1024;

/// An address in its two parts.
struct Email<'t> {
    local: &'t str,
    domain: Mapped<'t>,
}

fn clean(text: &str, _: Settings) -> Result<Cleaned<'_>, Refusal> {
    if let Some(at) = plain(text.as_bytes()) {
        let domain = &text[at..];
        return Ok(Cleaned::plain(match domain.bytes().any(|byte| byte.is_ascii_uppercase()) {
            true => Cow::Owned([&text[..at], &domain.to_ascii_lowercase()].concat()),
            false => Cow::Borrowed(text),
        }));
    }
    let text = unicode::trim(text);
    let Some(email) = parse(text) else {
        let remark = Remark::new(&code::EMAIL).name("example", EXAMPLE);
        return Err(remark.suggest(near(text)).refuse());
    };
    let mut warnings = Vec::new();
    if !is_usual(&email) {
        let remark = Remark::new(&code::EMAIL_UNUSUAL).name("example", EXAMPLE);
        warnings.push(remark.suggest(near(text)));
    }
    warnings.extend(email.domain.warnings());
    let unicode = email.domain.unicode.as_deref().map(|domain| format!("{}@{domain}", email.local));
    let value = if text.ends_with(&*email.domain.ascii) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(format!("{}@{}", email.local, email.domain.ascii))
    };
    Ok(Cleaned { value, unicode, warnings })
}

/// Where the domain of an address begins about which there is nothing to say, and of which only the
/// domain is to be put in lower case. Nothing otherwise: then all the steps judge it.
fn plain(text: &[u8]) -> Option<usize> {
    let local = text.iter().take_while(|byte| is_local(**byte)).count();
    let domain = text.get(local + 1..).filter(|_| text[local] == b'@')?;
    let mut labels = domain.split(|byte| *byte == b'.');
    // A digit may start a number.
    let last = labels.next_back();
    let last = last.filter(|last| host::is_plain_label(last) && !last[0].is_ascii_digit())?;
    let fits = (1..=LOCAL).contains(&local)
        && last.len() < domain.len()
        && domain.len() <= host::DOMAIN
        && text.len() <= ADDRESS
        && labels.all(host::is_plain_label);
    fits.then_some(local + 1)
}

fn is_local(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&byte)
}

fn parse(text: &str) -> Option<Email<'_>> {
    let (local, domain) = text.split_once('@')?;
    let is_space = |char: char| char.is_whitespace() || char.is_control();
    if local.is_empty() || local.len() > LOCAL || domain.contains('@') || text.contains(is_space) {
        return None;
    }
    // An address in brackets is no name (RFC 5321, section 4.1.3).
    let domain = if domain.starts_with('[') {
        Mapped::literal(domain)
    } else {
        host::map(&Cow::Borrowed(domain), EXAMPLE).ok()?
    };
    // UTS #46 maps `´` to a space and an accent, `＠` to `@`.
    if domain.ascii.is_empty() || domain.ascii.contains(|char| char == '@' || is_space(char)) {
        return None;
    }
    let length = local.len() + 1 + domain.ascii.len();
    (length <= ADDRESS).then_some(Email { local, domain })
}

/// Whether a web form would take the address, and its host is a domain.
fn is_usual(email: &Email) -> bool {
    let domain = &email.domain;
    email.local.bytes().all(is_local)
        && domain.ascii.contains('.')
        && !domain.ascii.ends_with('.')
        && host::check_number(&domain.ascii, EXAMPLE).is_ok()
        && host::check_labels(domain, EXAMPLE).is_ok()
}

/// A usual address near a text that is none.
pub fn near(text: &str) -> Option<String> {
    // None of the guesses makes up the sign.
    let has_sign = text.bytes().any(|byte| byte == b'@') || text.contains('\u{ff20}');
    if text.len() > LONGEST_GUESS || !has_sign {
        return None;
    }
    let pass = |guess: &str| {
        let email = parse(guess).filter(is_usual)?;
        Some(format!("{}@{}", email.local, email.domain.ascii))
    };
    let bare = |text: &str| {
        let text = trim_punctuation(text);
        let is_mailto = text.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("mailto:"));
        let text = if is_mailto { text[7..].split('?').next().unwrap_or("") } else { text };
        trim_punctuation(text).to_owned()
    };
    pass(&bare(text))
        // `Jane Doe <jane@acme.com>`
        .or_else(|| pass(&bare(text.split_once('<')?.1.split_once('>')?.0)))
        // `jane@acme,com`, `jane@acme..com`
        .or_else(|| {
            let (local, domain) = text.split_once('@')?;
            let labels: Vec<_> =
                domain.split([',', ';', '.']).filter(|label| !label.is_empty()).collect();
            pass(&bare(&format!("{local}@{}", labels.join("."))))
        })
        // `jane @ acme.com`
        .or_else(|| {
            let (local, domain) = text.split_once('@')?;
            pass(&format!("{}@{}", local.trim(), domain.trim()))
        })
        // `jane＠acme.com`
        .or_else(|| pass(&text.replace('\u{ff20}', "@")))
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::{Index, select};

    use super::*;

    /// The address, its Unicode form, and the warnings by code and suggestion.
    type Outcome = (String, Option<String>, Vec<(&'static str, Option<String>)>);

    #[track_caller]
    fn cleaned(text: &str) -> Outcome {
        let cleaned = clean(text, Settings::default()).unwrap();
        let warnings =
            cleaned.warnings.into_iter().map(|warning| (warning.code.name, warning.suggestion));
        (cleaned.value.into_owned(), cleaned.unicode, warnings.collect())
    }

    #[test]
    fn addresses_are_cleaned() {
        for (text, value) in [
            ("jane@acme.com", "jane@acme.com"),
            (" Jane.Doe+x@ACME.com\n", "Jane.Doe+x@acme.com"),
            ("o'neil@acme.com", "o'neil@acme.com"),
            ("\u{200b}jane@www.acme.com", "jane@www.acme.com"),
        ] {
            assert_eq!(cleaned(text), (value.to_owned(), None, vec![]), "{text}");
        }
        let unicode = Some("jane@münchen.de".to_owned());
        assert_eq!(
            cleaned("jane@München.de"),
            ("jane@xn--mnchen-3ya.de".to_owned(), unicode, vec![])
        );
    }

    #[test]
    fn unusual_addresses_pass_with_a_warning() {
        for (text, value, suggestion) in [
            ("jane@localhost", "jane@localhost", None),
            ("jane@acme_corp.com", "jane@acme_corp.com", None),
            ("jane@[127.0.0.1]", "jane@[127.0.0.1]", None),
            ("jane@[IPv6:::1]", "jane@[IPv6:::1]", None),
            ("jane@127.0.0.1", "jane@127.0.0.1", None),
            ("jané@acme.com", "jané@acme.com", None),
            ("jane@acme.com.", "jane@acme.com.", Some("jane@acme.com")),
            ("jane@acme,com", "jane@acme,com", Some("jane@acme.com")),
            ("jane@acme.com;", "jane@acme.com;", Some("jane@acme.com")),
            ("jane@acme..com", "jane@acme..com", Some("jane@acme.com")),
            ("mailto:jane@Acme.com", "mailto:jane@acme.com", Some("jane@acme.com")),
            ("<jane@acme.com>", "<jane@acme.com>", Some("jane@acme.com")),
        ] {
            let warning = ("email_unusual", suggestion.map(str::to_owned));
            assert_eq!(cleaned(text), (value.to_owned(), None, vec![warning]), "{text}");
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        let local = "a".repeat(65);
        let domain = format!("{0}.{0}.{0}.com", "a".repeat(63));
        for (text, suggestion) in [
            ("", None),
            ("jane", None),
            ("@acme.com", None),
            ("jane@", None),
            ("jane@acme@acme.com", None),
            ("jane@acme.com, joe@acme.com", None),
            ("Jane Doe <jane@acme.com>", Some("jane@acme.com")),
            ("jane @ acme.com", Some("jane@acme.com")),
            ("jane doe@acme.com", None),
            ("jane＠acme.com", Some("jane@acme.com")),
            ("jane@acme＠acme.com", None),
            ("jane@acme´.com", None),
            ("ja\u{0}ne@acme.com", None),
            ("jane@ac\u{200d}me.com", None),
            (&format!("{local}@acme.com"), None),
            (&format!("{}@{domain}", "a".repeat(60)), None),
        ] {
            let refusal = clean(text, Settings::default()).unwrap_err();
            let found = (refusal.code, refusal.suggestion.as_deref());
            assert_eq!(found, (&code::EMAIL, suggestion), "{text}");
        }
    }

    /// Addresses, or nearly so.
    fn near_addresses() -> impl Strategy<Value = String> {
        let long = ["a".repeat(63), "b".repeat(64), "c".repeat(60)];
        let label = prop_oneof![
            20 => "[a-zA-Z][a-zA-Z0-9]{1,3}(-[a-z0-9]{1,2})?",
            2 => select(["acme", "com", "XN--a", "xn--mnchen-3ya", "7", "0x7", "-a", "a-", ""].as_slice())
                .prop_map(str::to_owned),
            1 => select(long.to_vec()),
        ];
        let local =
            prop_oneof![8 => "[a-z.+'!#$%&*/=?^_`{|}~A-Z0-9-]{1,9}", 1 => select(long.to_vec())];
        let marks =
            [" ", "@", ".", "..", "_", "é", "\u{ad}", "\u{0}", "[", "]", ",", ";", "\u{200d}", "'"];
        let marks = vec((any::<Index>(), select(marks.to_vec())), 0..2);
        (local, vec(label, 1..6), marks).prop_map(|(local, labels, marks)| {
            let mut text = format!("{local}@{}", labels.join("."));
            for (at, mark) in marks {
                let mut places = text.char_indices().map(|(at, _)| at).collect::<Vec<_>>();
                places.push(text.len());
                text.insert_str(places[at.index(places.len())], mark);
            }
            text
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn all_the_steps_find_a_plain_address_plain(text in near_addresses()) {
            if plain(text.as_bytes()).is_none() {
                return Ok(());
            }
            prop_assert_eq!(unicode::trim(&text), &text);
            let email = parse(&text);
            prop_assert!(email.as_ref().is_some_and(is_usual), "{text}");
            let Some(Email { local, domain }) = email else { return Ok(()) };
            prop_assert!(domain.warnings().next().is_none() && domain.unicode.is_none(), "{text}");
            prop_assert_eq!(cleaned(&text), (format!("{local}@{}", domain.ascii), None, vec![]));
        }
    }
}
