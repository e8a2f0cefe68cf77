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
//! Most domains take none of these steps: [`plain`] knows them in one pass over their bytes.

use std::borrow::Cow;

use super::address::Address;
use super::placeholder::is_placeholder;
use super::{Cleaned, Format, Refusal, Remark, Settings, host};
use crate::{code, unicode};

mod suggestion;

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
    let (name, lost) = host::map(&host::decode(bare.host), EXAMPLE)?;
    if name.is_empty() {
        return Err(empty());
    }
    host::check_number(&name, EXAMPLE)?;
    let mut range = host::check_labels(&name, EXAMPLE)?;
    // Step 10.
    if !name[range.clone()].contains('.') {
        return Err(Remark::new(&code::SINGLE_LABEL).text("example", EXAMPLE).refuse());
    }
    // Step 11.
    range.start = range.end - strip_www(&name[range.clone()]).len();
    let value = host::slice(name, range);
    // `www.n.a` comes down to a stand-in, which would be refused if it were cleaned once more.
    if is_placeholder(&value) {
        return Err(placeholder());
    }

    let mut warnings = Vec::new();
    if bare.had_user {
        warnings.push(Remark::new(&code::USERINFO_DROPPED).text("host", &*value));
    }
    warnings.extend(host::invisible_removed(&lost));
    let unicode = host::to_unicode(&value, &mut warnings);
    Ok(Cleaned { value, unicode, warnings })
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
    Remark::new(&code::EMPTY).text("example", EXAMPLE).refuse()
}

fn placeholder() -> Refusal {
    Remark::new(&code::PLACEHOLDER).text("example", EXAMPLE).refuse()
}

/// What a byte means to [`plain`].
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// `a` to `z`, `0` to `9`, `-`
    Plain,
    /// `A` to `Z`
    Upper,
    Dot,
    /// `/ \ ? #`: the authority is over.
    End,
    Other,
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::Other; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b'a'..=b'z' | b'0'..=b'9' | b'-' => Class::Plain,
            b'A'..=b'Z' => Class::Upper,
            b'.' => Class::Dot,
            b'/' | b'\\' | b'?' | b'#' => Class::End,
            _ => Class::Other,
        };
        byte += 1;
    }
    classes
};

/// The domain in a text that needs no more than its edges cut off and its letters lower-cased:
/// borrowed where its letters are lower case already. Nothing if there may be more to it, in which
/// case the steps judge it.
fn plain(text: &str) -> Option<Cow<'_, str>> {
    let text = text.trim_ascii();
    let text = strip_http(text).unwrap_or(text);
    let bytes = text.as_bytes();
    let (mut label, mut end, mut labels, mut has_upper) = (0, bytes.len(), 1, false);
    for (at, byte) in bytes.iter().enumerate() {
        match CLASSES[usize::from(*byte)] {
            Class::Plain => {}
            Class::Upper => has_upper = true,
            Class::Dot if is_plain_label(&bytes[label..at]) => {
                label = at + 1;
                labels += 1;
            }
            Class::End => {
                end = at;
                break;
            }
            Class::Dot | Class::Other => return None,
        }
    }
    let last = &bytes[label..end];
    // A digit may start a number, and three characters may be the stand-in `n.a`.
    if labels < 2
        || !is_plain_label(last)
        || last[0].is_ascii_digit()
        || !(4..=host::DOMAIN).contains(&end)
    {
        return None;
    }
    let mut start = 0;
    while labels > 2 && bytes[start..].get(..4).is_some_and(|www| www.eq_ignore_ascii_case(b"www."))
    {
        start += 4;
        labels -= 1;
    }
    if end - start < 4 {
        return None;
    }
    let domain = &text[start..end];
    Some(if has_upper { Cow::Owned(domain.to_ascii_lowercase()) } else { Cow::Borrowed(domain) })
}

/// The text after `http://` or `https://`.
fn strip_http(text: &str) -> Option<&str> {
    let rest = text.get(4..).filter(|_| text[..4].eq_ignore_ascii_case("http"))?;
    rest.strip_prefix(['s', 'S']).unwrap_or(rest).strip_prefix("://")
}

fn is_plain_label(label: &[u8]) -> bool {
    matches!(label, [first, .., last] if *first != b'-' && *last != b'-' && label.len() <= host::LABEL)
        && !host::is_punycode(label)
        || matches!(label, [only] if *only != b'-')
}
