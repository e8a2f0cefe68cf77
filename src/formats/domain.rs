//! `domain`: the domain in whatever people paste, lower-cased, in ASCII.
//!
//! Cleaning is idempotent. The steps, in the order that decides which code wins:
//!
//! | step | what | here |
//! |---|---|---|
//! | 1 | trim; `empty`, `placeholder` | [`steps`] |
//! | 2, 3 | schemes, the end of the authority; `unsupported_scheme` | `address::Address::split` |
//! | 4, 5, 6 | lists, `@`, IPv6, port; `multiple_values`, `invalid_character`, `email_address`, `ip_address`, `invalid_port` | `address::Address::host` |
//! | 7 | percent-decoding, UTS #46; `invalid_idna` | `host::decode`, `host::map` |
//! | 8 | IPv4, a number at the end; `ip_address`, `numeric_tld` | `host::check_number` |
//! | 9 | labels; `empty_label`, `invalid_character`, `bad_hyphen`, `label_too_long`, `domain_too_long` | `host::check_labels` |
//! | 10 | `single_label` | [`steps`] |
//! | 11 | a leading `www.` | [`strip_www`] |
//!
//! Most domains take none of these steps: [`place`](place::place) knows them in one pass over their
//! bytes.

use std::borrow::Cow;

use super::address::Address;
use super::placeholder::is_placeholder;
use super::{Cleaned, Format, Refusal, Remark, Settings, host};
use crate::{code, unicode};

mod place;
mod suggestion;

#[cfg(target_family = "wasm")]
pub use place::first_nul;
pub use place::{Place, place};

pub static FORMAT: Format = Format { name: "domain", clean };

/// What would pass, in messages.
const EXAMPLE: &str = "acme.com";

/// The domain in a text.
///
/// # Errors
///
/// See the table above; with a suggestion where a domain that passes is near.
pub fn clean(text: &str, _: Settings) -> Result<Cleaned<'_>, Refusal> {
    if let Some(domain) = plain(text) {
        return Ok(Cleaned::plain(domain));
    }
    if is_single_label(text) {
        return Err(single_label());
    }
    steps(text).map_err(|refusal| {
        let suggestion = suggestion::near(unicode::trim(text), &refusal);
        refusal.suggest(suggestion).refuse()
    })
}

/// All the steps, one after the other.
fn steps(text: &str) -> Result<Cleaned<'_>, Refusal> {
    // Step 1.
    let text = unicode::trim(text);
    if text.is_empty() {
        return Err(empty());
    }
    if is_placeholder(text) {
        return Err(placeholder());
    }
    // Steps 2 to 6.
    let bare = Address::split(text, EXAMPLE)?.host(EXAMPLE)?;
    if bare.host.is_empty() {
        return Err(empty());
    }
    // Steps 7 to 9.
    let host = host::map(&host::decode(bare.host), EXAMPLE)?;
    if host.ascii.is_empty() {
        return Err(empty());
    }
    host::check_number(&host.ascii, EXAMPLE)?;
    host::check_labels(&host, EXAMPLE)?;
    let name = host::without_root(&host.ascii);
    // Step 10.
    if !name.contains('.') {
        return Err(single_label());
    }
    // Step 11.
    let domain = strip_www(name);
    // `www.n.a` comes down to a stand-in, which would be refused if it were cleaned once more.
    if is_placeholder(domain) {
        return Err(placeholder());
    }

    let mut warnings = Vec::new();
    if bare.had_user {
        warnings.push(Remark::new(&code::USERINFO_DROPPED).text("host", domain));
    }
    warnings.extend(host.warnings());
    let unicode = host.unicode.as_deref().map(host::without_root).map(strip_www).map(str::to_owned);
    let start = name.len() - domain.len();
    let range = start..name.len();
    Ok(Cleaned { value: host::slice(host.ascii, range), unicode, warnings })
}

/// The domain without `www.` at its start, in lower case, while two labels are left.
fn strip_www(domain: &str) -> &str {
    let mut domain = domain;
    while let Some(rest) = domain.strip_prefix("www.")
        && rest.contains('.')
    {
        domain = rest;
    }
    domain
}

fn empty() -> Refusal {
    Remark::new(&code::EMPTY).name("example", EXAMPLE).refuse()
}

fn placeholder() -> Refusal {
    Remark::new(&code::PLACEHOLDER).name("example", EXAMPLE).refuse()
}

fn single_label() -> Refusal {
    Remark::new(&code::SINGLE_LABEL).name("example", EXAMPLE).refuse()
}

/// Whether a text is a single name of which the steps say no more, and no domain is near.
fn is_single_label(text: &str) -> bool {
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
    let bytes = text.as_bytes();
    matches!(bytes, [first, .., last] if first.is_ascii_alphabetic() && *last != b'-')
        && bytes.len() <= host::LABEL
        && bytes.iter().all(is_plain)
        && !host::is_punycode(bytes)
        && !is_placeholder(text)
}

/// The domain in a text that needs no more than its edges cut off and its letters lower-cased:
/// borrowed where its letters are lower case already. Nothing if there may be more to it, in which
/// case the steps judge it.
fn plain(text: &str) -> Option<Cow<'_, str>> {
    let Place { range, has_upper } = place(text.as_bytes())?;
    let domain = &text[range];
    Some(if has_upper { Cow::Owned(domain.to_ascii_lowercase()) } else { Cow::Borrowed(domain) })
}
#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::option::of;
    use proptest::prelude::*;
    use proptest::sample::{Index, select};

    use super::*;

    #[track_caller]
    fn refusal(text: &str) -> (&'static str, Option<String>) {
        let refusal = clean(text, Settings::default()).unwrap_err();
        if let Some(suggestion) = &refusal.suggestion {
            let passed = clean(suggestion, Settings::default()).map(|cleaned| cleaned.value);
            assert_eq!(passed, Ok(Cow::Borrowed(suggestion.as_str())), "{text}");
        }
        (refusal.code.name, refusal.suggestion)
    }

    #[test]
    fn what_people_paste_comes_down_to_a_domain() {
        for (text, domain) in [
            ("acme.com", "acme.com"),
            ("Acme-7.COM.", "acme-7.com"),
            ("http:/acme.com", "acme.com"),
            ("https:///acme.com", "acme.com"),
            ("///acme.com", "acme.com"),
            ("HTTP:\\\\//acme.com", "acme.com"),
            ("ws:https:ftp://acme.com", "acme.com"),
            ("//https://acme.com", "acme.com"),
            ("https://www.www.acme.com/x", "acme.com"),
            ("WWW.www.com", "www.com"),
            ("acme.com:08080/x", "acme.com"),
            ("acme.com:/x", "acme.com"),
            ("acme.com/a b;c|d@e", "acme.com"),
            ("acme%2Ecom", "acme.com"),
            ("%77ww.acme.com", "acme.com"),
            ("http://0x.org", "0x.org"),
            ("acme.c0m", "acme.c0m"),
            ("a.b", "a.b"),
        ] {
            let cleaned = clean(text, Settings::default());
            assert_eq!(cleaned, Ok(Cleaned::plain(domain)), "{text}");
        }
    }

    #[test]
    fn international_names_have_two_forms() {
        for (text, ascii, unicode) in [
            ("www.MÜNCHEN.de.", "xn--mnchen-3ya.de", "münchen.de"),
            ("XN--MNCHEN-3YA.de", "xn--mnchen-3ya.de", "münchen.de"),
            ("faß。de", "xn--fa-hia.de", "faß.de"),
            ("m%C3%BCnchen.de", "xn--mnchen-3ya.de", "münchen.de"),
            ("👍.ws", "xn--yp8h.ws", "👍.ws"),
            ("e\u{301}cole.fr", "xn--cole-9oa.fr", "école.fr"),
        ] {
            let expected = Cleaned { unicode: Some(unicode.to_owned()), ..Cleaned::plain(ascii) };
            assert_eq!(clean(text, Settings::default()), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_is_odd_is_told() {
        let list = |items: &[&str]| items.iter().map(|item| (*item).to_owned()).collect();
        for (text, domain, warnings) in [
            (
                "https://jane:secret@acme.com/",
                "acme.com",
                vec![Remark::new(&code::USERINFO_DROPPED).text("host", "acme.com")],
            ),
            (
                "ac\u{200b}me\u{ad}\u{200b}.com",
                "acme.com",
                vec![
                    Remark::new(&code::INVISIBLE_REMOVED)
                        .list("characters", list(&["U+00AD", "U+200B"])),
                ],
            ),
            (
                "аcme.com",
                "xn--cme-5cd.com",
                vec![
                    Remark::new(&code::MIXED_SCRIPT)
                        .text("label", "аcme")
                        .list("scripts", list(&["Cyrillic", "Latin"])),
                ],
            ),
        ] {
            let cleaned = clean(text, Settings::default()).unwrap();
            assert_eq!((&*cleaned.value, cleaned.warnings), (domain, warnings), "{text}");
        }
    }

    #[test]
    fn what_has_no_domain_is_refused_with_the_one_that_is_near() {
        for (text, code, suggestion) in [
            ("", "empty", None),
            (" \u{200b}", "empty", None),
            ("\u{fe0f}", "empty", None),
            ("https://\u{200b}/", "empty", None),
            ("https:://acme.com", "empty", Some("acme.com")),
            ("/acme.com", "empty", Some("acme.com")),
            (":8080", "empty", None),
            ("N/A", "placeholder", None),
            ("n.a.", "placeholder", None),
            ("www.n.a", "placeholder", None),
            ("no website", "placeholder", None),
            ("mailto:jane@acme.com?subject=x", "unsupported_scheme", Some("acme.com")),
            ("ssh://git@github.com/x", "unsupported_scheme", Some("github.com")),
            ("htttps://acme.com", "unsupported_scheme", Some("acme.com")),
            ("javascript:alert(1)", "unsupported_scheme", None),
            ("tel:911", "unsupported_scheme", None),
            ("acme.com, foo.com", "multiple_values", None),
            ("acme.com\nfoo.com", "multiple_values", None),
            ("acme.com / foo.com", "multiple_values", None),
            ("https://acme.com; https://foo.com/x", "multiple_values", None),
            ("acme.com、foo.com", "multiple_values", None),
            ("jane@acme.com joe@foo.com", "multiple_values", None),
            ("acme.com www.acme.com", "multiple_values", Some("acme.com")),
            ("acme,com", "invalid_character", Some("acme.com")),
            ("acme.co,uk", "invalid_character", Some("acme.co.uk")),
            ("acme.com,us", "invalid_character", Some("acme.com")),
            ("acme . com", "invalid_character", Some("acme.com")),
            ("acme corp.com", "invalid_character", None),
            ("Acme Inc. acme.com", "invalid_character", Some("acme.com")),
            ("acme.com (US)", "invalid_character", Some("acme.com")),
            ("acme.com;", "invalid_character", Some("acme.com")),
            ("\"acme.com\"", "invalid_character", Some("acme.com")),
            ("<https://acme.com/x>", "invalid_character", Some("acme.com")),
            ("[acme](https://acme.com)", "invalid_character", Some("acme.com")),
            ("http;//acme.com", "invalid_character", Some("acme.com")),
            ("https%3A%2F%2Facme.com", "invalid_character", Some("acme.com")),
            ("ｈｔｔｐｓ：／／ａｃｍｅ．ｃｏｍ", "invalid_character", Some("acme.com")),
            ("acme\0.com", "invalid_character", Some("acme.com")),
            ("ac\tme.com", "invalid_character", None),
            ("acme%zz.com", "invalid_character", None),
            ("acme%2520.com", "invalid_character", None),
            ("jane@acme.com", "email_address", Some("acme.com")),
            ("git@github.com:acme/prewash", "email_address", Some("github.com")),
            ("@acme", "email_address", None),
            ("fe80::1%25eth0", "ip_address", None),
            ("http://[::1]:99999/", "ip_address", None),
            ("0300.0250.1", "ip_address", None),
            ("0X7F.1", "ip_address", None),
            ("１.２.３.４", "ip_address", None),
            ("%31.2.3.4", "ip_address", None),
            ("acme.com:abc", "invalid_port", Some("acme.com")),
            ("acme.com:65536", "invalid_port", Some("acme.com")),
            ("https://jane:pw@acme.com:+80", "invalid_port", Some("acme.com")),
            ("ac\u{200e}me.com", "invalid_idna", Some("acme.com")),
            ("acme%FF.com", "invalid_idna", None),
            ("xn--xn--a--gua.pt", "invalid_idna", None),
            ("xn--.com", "invalid_idna", None),
            ("1.2.3.08", "numeric_tld", None),
            ("1.2.3.4.5", "numeric_tld", None),
            ("acme.123", "numeric_tld", None),
            ("99999999999", "numeric_tld", None),
            (".acme.com", "empty_label", Some("acme.com")),
            ("acme.com..", "empty_label", Some("acme.com")),
            ("..", "empty_label", None),
            ("acme_corp.com", "invalid_character", None),
            ("acme-.com", "bad_hyphen", Some("acme.com")),
            ("é-.com", "bad_hyphen", Some("xn--9ca.com")),
            ("http//acme.com", "single_label", Some("acme.com")),
            ("http.//www.acme.com/x", "single_label", Some("acme.com")),
            ("com.", "single_label", None),
        ] {
            assert_eq!(refusal(text), (code, suggestion.map(str::to_owned)), "{text:?}");
        }
    }

    #[test]
    fn lengths_are_those_of_the_ascii_form() {
        let label = |length| "a".repeat(length);
        let domain = |last| [label(63), label(63), label(63), label(last)].join(".");
        for (text, length) in [
            (format!("{}.com", label(63)), Ok(67)),
            (format!("{}.com", label(64)), Err("label_too_long")),
            (domain(61), Ok(253)),
            (format!("{}.", domain(61)), Ok(253)),
            (domain(62), Err("domain_too_long")),
            (format!("{}.de", "ü".repeat(63)), Err("label_too_long")),
            (format!("a{}b.de", "\u{200b}".repeat(100_000)), Ok(5)),
        ] {
            let outcome = clean(&text, Settings::default());
            let outcome = outcome.map(|cleaned| cleaned.value.len()).map_err(|err| err.code.name);
            assert_eq!(outcome, length, "{text}");
        }
        assert_eq!(refusal(&format!("www.{}", domain(61))), ("domain_too_long", Some(domain(61))));
    }

    #[test]
    fn huge_texts_take_linear_time() {
        let many = 2_000_000;
        for (text, code) in [
            ("a".repeat(many), "label_too_long"),
            ("a.".repeat(many), "domain_too_long"),
            ("http:".repeat(many), "empty"),
            ("ü".repeat(many), "label_too_long"),
            ("xn--mnchen-3ya.".repeat(many / 10), "domain_too_long"),
            ("acme.com,".repeat(many / 10), "multiple_values"),
            ("%C3%BC.".repeat(many / 10), "domain_too_long"),
            ("1.".repeat(many), "numeric_tld"),
            (" ".repeat(many), "empty"),
        ] {
            assert_eq!(refusal(&text), (code, None));
        }
    }

    #[test]
    fn plain_domains_agree_with_the_steps() {
        for text in [
            "acme.com",
            "ACME.com",
            "www.acme.com",
            "www.com",
            "https://acme.com/x",
            "n.a",
            "www.n.a",
            "a-b.c",
            "a-.b",
            "1.2",
            "a.1",
            "a.1b",
            "acme.com#",
            "httpsacme.com",
            "https://www.a.b.c.d",
            "http://http",
            "xn--a.com",
            "a..b",
            "http:/acme.com",
        ] {
            assert_agrees(text);
        }
    }

    /// What has a place is what the steps make of it, and what is a single name is refused by them.
    #[track_caller]
    fn assert_agrees(text: &str) {
        if let Some(domain) = plain(text) {
            assert_eq!(steps(text), Ok(Cleaned::plain(domain)), "{text:?}");
        }
        if is_single_label(text) {
            assert_eq!(steps(text), Err(single_label()), "{text:?}");
            assert_eq!(suggestion::near(text, &single_label()), None, "{text:?}");
        }
    }

    #[test]
    fn most_domains_are_plain() {
        let label = "a".repeat(63);
        for text in [
            "a.bc",
            "acme.com",
            "www.acme.com",
            "WWW.www.Acme.com",
            "acme-corp.co.uk",
            "http://acme.com",
            "HTTPS://acme.com/foo?x=1",
            "HttP://acme.com\\\\",
            " \tacme.com \r\n",
            "\nhttps://www.acme.com \n",
            "acme.com/ü",
            "acme.com#\0",
            "1.2.3.a4",
            &format!("{label}.com"),
            &format!("https://www.{label}.{label}.{label}.a"),
        ] {
            assert!(plain(text).is_some(), "{text:?}");
            assert_agrees(text);
        }
    }

    /// Texts that are domains, or nearly so: of each length and at each offset within a word.
    fn near_domains() -> impl Strategy<Value = String> {
        const BEFORE: &[&str] = &[
            "",
            "",
            " ",
            "\t\n",
            "\u{a0}",
            "http://",
            "HTTPS://",
            "https:/",
            "httpss://",
            "www.",
            "//",
        ];
        const AFTER: &[&str] =
            &["", "", " ", "\r\n", "/x?y#z", ":80", "?ü", "\\a b", "\0", ".", " x", "@a.b"];
        const MARKS: &[&str] = &[
            "-", "--", ".", "_", "%41", "xn--", "é", "\0", "@", "\u{ad}", "[", "`", "{", "\u{80}",
        ];
        let label = prop_oneof![
            20 => "[a-zA-Z0-9]{1,12}",
            6 => "[a-z0-9-]{1,9}",
            2 => "[0-9]{1,3}",
            3 => Just("www".to_owned()),
            1 => "[a-z]{60,66}",
            1 => Just("n".to_owned()),
        ];
        let labels = prop_oneof![8 => vec(label.clone(), 1..5), 1 => vec(label, 5..45)];
        let mark = (any::<Index>(), select(MARKS));
        (select(BEFORE), labels, select(AFTER), of(mark)).prop_map(
            |(before, labels, after, mark)| {
                let mut text = [before, &labels.join("."), after].concat();
                if let Some((at, mark)) = mark {
                    let at = at.index(text.len() + 1);
                    if text.is_char_boundary(at) {
                        text.insert_str(at, mark);
                    }
                }
                text
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn near_domains_agree_with_the_steps(text in near_domains()) {
            assert_agrees(&text);
        }

        #[test]
        fn any_text_agrees_with_the_steps(text in "\\PC{0,20}") {
            assert_agrees(&text);
        }

        #[test]
        fn single_names_agree_with_the_steps(text in "(http|www|xn-|n)?[a-zA-Z0-9:/-]{1,12}") {
            assert_agrees(&text);
        }
    }

    #[test]
    fn only_what_changes_is_copied() {
        for text in
            ["acme.com", " https://www.acme.com/x ", "acme.com.", "acme.com:80", "//acme.com"]
        {
            let value = clean(text, Settings::default()).unwrap().value;
            assert!(matches!(value, Cow::Borrowed("acme.com")), "{text}");
        }
    }
}
