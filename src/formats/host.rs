//! A host to its ASCII form, and whether a domain may look so: steps 7 to 9 of the domain rule.
//!
//! | step | here |
//! |---|---|
//! | 7 percent-decode once | [`decode`] |
//! | 7 UTS #46 (flags: see `unicode`) | [`map`] |
//! | 8 IPv4 in any spelling, a number at the end ([URL Standard], host parsing) | [`check_number`] |
//! | 9 root dot, empty labels, letters-digits-hyphens, hyphens, lengths (RFC 1123, RFC 1035) | [`check_labels`] |
//!
//! [URL Standard]: https://url.spec.whatwg.org/#concept-host-parser

use std::borrow::Cow;
use std::net::Ipv4Addr;
use std::ops::Range;

use percent_encoding::percent_decode_str;

use super::address::{excerpt, invalid_character};
use super::{Refusal, Remark};
use crate::{code, unicode};

/// The longest label, in octets (RFC 1035, section 2.3.4).
pub const LABEL: usize = 63;
/// The longest domain without its root dot, in octets.
pub const DOMAIN: usize = 253;

/// The most characters that can end up as one: U+1F82 and its like are four before normalization.
const COMPOSED: usize = 4;

/// Decodes `%61` to `a`, once. Bytes that are no UTF-8 become U+FFFD, which UTS #46 refuses.
pub fn decode(host: &str) -> Cow<'_, str> {
    if host.contains('%') {
        percent_decode_str(host).decode_utf8_lossy()
    } else {
        Cow::Borrowed(host)
    }
}

/// The host in ASCII, and the invisible characters that it lost on the way. ASCII without a
/// Punycode label is only lower-cased, whatever it holds.
///
/// # Errors
///
/// `invalid_idna`. A name so long that its ASCII form cannot fit is refused unmapped, with
/// `label_too_long` or `domain_too_long`: decoding Punycode takes time that is quadratic in a
/// label's length.
pub fn map<'t>(host: &Cow<'t, str>, example: &str) -> Result<(Cow<'t, str>, Vec<char>), Refusal> {
    if host.is_ascii() && !has_punycode(host) {
        return Ok((lower_case(host.clone()), Vec::new()));
    }
    check_mappable(host)?;
    let mapped = match host {
        Cow::Borrowed(host) => unicode::to_ascii(host),
        Cow::Owned(host) => unicode::to_ascii(host).map(|ascii| Cow::Owned(ascii.into_owned())),
    };
    let Some(mapped) = mapped else {
        let culprit = host.split('.').find(|label| unicode::to_ascii(label).is_none());
        let refusal =
            Remark::new(&code::INVALID_IDNA).text("label", excerpt(culprit.unwrap_or(host)));
        return Err(refusal.text("example", example).refuse());
    };
    let mut lost: Vec<char> = host.chars().filter(|char| unicode::is_ignored(*char)).collect();
    lost.sort_unstable();
    lost.dedup();
    Ok((mapped, lost))
}

fn lower_case(text: Cow<'_, str>) -> Cow<'_, str> {
    if !text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return text;
    }
    let mut text = text.into_owned();
    text.make_ascii_lowercase();
    Cow::Owned(text)
}

/// Whether a label starts with `xn--`, in any case.
pub fn has_punycode(host: &str) -> bool {
    host.as_bytes().split(|byte| *byte == b'.').any(is_punycode)
}

/// Whether a label is one of Punycode.
pub fn is_punycode(label: &[u8]) -> bool {
    matches!(label, [b'x' | b'X', b'n' | b'N', b'-', b'-', ..])
}

fn check_mappable(host: &str) -> Result<(), Refusal> {
    if host.len() <= COMPOSED * DOMAIN {
        return Ok(());
    }
    let kept = |text: &str| text.chars().filter(|char| !unicode::is_ignored(*char)).count();
    let kept_in_all = kept(host);
    if kept_in_all <= COMPOSED * DOMAIN {
        return Ok(());
    }
    for label in host.split(['.', '\u{3002}', '\u{ff0e}', '\u{ff61}']) {
        let length = kept(label);
        if length > COMPOSED * LABEL {
            return Err(label_too_long(label, length));
        }
    }
    Err(domain_too_long(kept_in_all))
}

/// Refuses an IPv4 address in any spelling, and a last label that is a number. `host` is in lower
/// case.
///
/// # Errors
///
/// `ip_address`, `numeric_tld`.
pub fn check_number(host: &str, example: &str) -> Result<(), Refusal> {
    let parts = match host.strip_suffix('.') {
        Some(parts) if !parts.is_empty() => parts,
        _ => host,
    };
    let last = parts.rsplit('.').next().unwrap_or("");
    if !last.starts_with(|char: char| char.is_ascii_digit())
        || !last.bytes().all(|byte| byte.is_ascii_digit()) && ipv4_number(last).is_none()
    {
        return Ok(());
    }
    Err(match ipv4(parts) {
        Some(address) => Remark::new(&code::IP_ADDRESS).text("address", address.to_string()),
        None => Remark::new(&code::NUMERIC_TLD).text("label", excerpt(last)),
    }
    .text("example", example)
    .refuse())
}

/// One to four numbers; the last fills the octets that are left.
fn ipv4(host: &str) -> Option<Ipv4Addr> {
    let mut numbers = [0; 4];
    let mut count = 0;
    for part in host.split('.') {
        *numbers.get_mut(count)? = ipv4_number(part)?;
        count += 1;
    }
    let (last, octets) = numbers[..count].split_last()?;
    let left = 8 * (5 - count as u32);
    if octets.iter().any(|octet| *octet > 255) || *last >= 1 << left {
        return None;
    }
    let high = octets.iter().zip([24, 16, 8]).fold(0, |sum, (octet, shift)| sum | octet << shift);
    Some(Ipv4Addr::from_bits((high | last) as u32))
}

/// A number in decimal, octal (`0177`) or hexadecimal (`0x7f`); too large a one is as large as fits.
fn ipv4_number(part: &str) -> Option<u64> {
    let (digits, radix) = if let Some(hex) = part.strip_prefix("0x") {
        (hex, 16)
    } else if part.len() > 1 && part.starts_with('0') {
        (&part[1..], 8)
    } else if part.is_empty() {
        return None;
    } else {
        (part, 10)
    };
    digits.chars().try_fold(0_u64, |number, digit| {
        let digit = digit.to_digit(radix)?;
        Some(number.saturating_mul(radix.into()).saturating_add(digit.into()))
    })
}

/// Drops one root dot and checks the labels; the range of what is left. `host` is in ASCII.
///
/// # Errors
///
/// `empty_label`, `invalid_character`, `bad_hyphen`, `label_too_long`, `domain_too_long`, in this
/// order.
pub fn check_labels(host: &str, example: &str) -> Result<Range<usize>, Refusal> {
    let name = host.strip_suffix('.').unwrap_or(host);
    if name.split('.').any(str::is_empty) {
        return Err(Remark::new(&code::EMPTY_LABEL).text("example", example).refuse());
    }
    let is_allowed = |char: char| char.is_ascii_alphanumeric() || matches!(char, '-' | '.');
    if let Some(character) = name.chars().find(|char| !is_allowed(*char)) {
        return Err(invalid_character(character, example));
    }
    if let Some(label) =
        name.split('.').find(|label| label.starts_with('-') || label.ends_with('-'))
    {
        let refusal = Remark::new(&code::BAD_HYPHEN).text("label", excerpt(label));
        return Err(refusal.text("example", example).refuse());
    }
    if let Some(label) = name.split('.').find(|label| label.len() > LABEL) {
        return Err(label_too_long(label, label.len()));
    }
    if name.len() > DOMAIN {
        return Err(domain_too_long(name.len()));
    }
    Ok(0..name.len())
}

fn label_too_long(label: &str, length: usize) -> Refusal {
    let refusal = Remark::new(&code::LABEL_TOO_LONG).text("label", excerpt(label));
    refusal.count("length", length).count("max", LABEL).refuse()
}

fn domain_too_long(length: usize) -> Refusal {
    Remark::new(&code::DOMAIN_TOO_LONG).count("length", length).count("max", DOMAIN).refuse()
}

/// The warning about invisible characters that were dropped, if any were.
pub fn invisible_removed(lost: &[char]) -> Option<Remark> {
    let names = lost.iter().map(|char| format!("U+{:04X}", *char as u32)).collect();
    (!lost.is_empty()).then(|| Remark::new(&code::INVISIBLE_REMOVED).list("characters", names))
}

/// The Unicode form of a name in ASCII where it is another, with a warning about each label that
/// mixes scripts as a look-alike would.
pub fn to_unicode(ascii: &str, warnings: &mut Vec<Remark>) -> Option<String> {
    if !has_punycode(ascii) {
        return None;
    }
    let name = unicode::to_unicode(ascii);
    for label in name.split('.') {
        if let Some(scripts) = unicode::look_alike_scripts(label) {
            let remark = Remark::new(&code::MIXED_SCRIPT).text("label", label);
            warnings.push(remark.list("scripts", scripts.map(str::to_owned).to_vec()));
        }
    }
    (name != ascii).then(|| name.into_owned())
}

/// A part of a text, borrowed where the text is.
pub fn slice<'t>(text: Cow<'t, str>, range: Range<usize>) -> Cow<'t, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(&text[range]),
        Cow::Owned(mut text) => {
            text.truncate(range.end);
            text.drain(..range.start);
            Cow::Owned(text)
        }
    }
}
