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
use std::ops::Range;

use super::address::{excerpt, invalid_character};
use super::{Refusal, Remark};
use crate::{code, ip, order, percent, unicode};

/// The longest label, in octets (RFC 1035, section 2.3.4).
pub const LABEL: usize = 63;
/// The longest domain without its root dot, in octets.
pub const DOMAIN: usize = 253;

/// The most characters that can end up as one: U+1F82 and its like are four before normalization.
const COMPOSED: usize = 4;

/// Decodes `%61` to `a`, once. Bytes that are no UTF-8 become U+FFFD, which UTS #46 refuses.
pub fn decode(host: &str) -> Cow<'_, str> {
    percent::decode_lossy(host)
}

/// A host by UTS #46.
#[derive(Debug)]
pub struct Mapped<'t> {
    /// In ASCII, and in lower case.
    pub ascii: Cow<'t, str>,
    /// In Unicode, where that is another form.
    pub unicode: Option<String>,
    /// The invisible characters that were dropped.
    lost: Vec<char>,
}

impl<'t> Mapped<'t> {
    /// A host that is left as it is.
    pub fn literal(host: &'t str) -> Self {
        Mapped { ascii: Cow::Borrowed(host), unicode: None, lost: Vec::new() }
    }
}

/// Maps a host. ASCII without a Punycode label is only lower-cased, whatever it holds.
///
/// # Errors
///
/// `invalid_idna`. A name so long that its ASCII form cannot fit is refused unmapped, with
/// `label_too_long` or `domain_too_long`: decoding Punycode takes time that is quadratic in a
/// label's length.
pub fn map<'t>(host: &Cow<'t, str>, example: &'static str) -> Result<Mapped<'t>, Refusal> {
    if host.is_ascii() && !has_punycode(host) {
        let ascii = lower_case(host.clone());
        return Ok(Mapped { ascii, unicode: None, lost: Vec::new() });
    }
    check_mappable(host)?;
    let ascii = match host {
        Cow::Borrowed(host) => unicode::to_ascii(host),
        Cow::Owned(host) => unicode::to_ascii(host).map(|ascii| Cow::Owned(ascii.into_owned())),
    };
    let Some(ascii) = ascii else {
        let culprit = host.split('.').find(|label| unicode::to_ascii(label).is_none());
        return Err(invalid_idna(culprit.unwrap_or(host), example));
    };
    let unicode = has_punycode(&ascii).then(|| unicode::to_unicode(&ascii).into_owned());
    // Validity criterion 4 of UTS #46, which `idna` leaves out: what `xn--` stood before must not
    // start so itself.
    if unicode.as_deref().is_some_and(has_punycode) {
        return Err(invalid_idna(host, example));
    }
    let mut lost: Vec<char> = host.chars().filter(|char| unicode::is_ignored(*char)).collect();
    order::sort(&mut lost);
    lost.dedup();
    Ok(Mapped { ascii, unicode, lost })
}

fn invalid_idna(label: &str, example: &'static str) -> Refusal {
    let refusal = Remark::new(&code::INVALID_IDNA).text("label", excerpt(label));
    refusal.name("example", example).refuse()
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
fn has_punycode(host: &str) -> bool {
    host.as_bytes().split(|byte| *byte == b'.').any(is_punycode)
}

/// Whether a label is of letters of ASCII, digits and hyphens, and so usual that no rule minds it.
pub fn is_plain_label(label: &[u8]) -> bool {
    label.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
        && matches!(label, [first, .., last] if *first != b'-' && *last != b'-')
        && label.len() <= LABEL
        && !is_punycode(label)
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
pub fn check_number(host: &str, example: &'static str) -> Result<(), Refusal> {
    if !ends_in_number(host) {
        return Ok(());
    }
    let parts = without_root(host);
    let last = last_label(host);
    Err(match ipv4(parts) {
        Some(address) => Remark::new(&code::IP_ADDRESS).text("address", ip::write_v4(address)),
        None => Remark::new(&code::NUMERIC_TLD).text("label", excerpt(last)),
    }
    .name("example", example)
    .refuse())
}

/// Whether the last label of a host in lower case is a number.
pub fn ends_in_number(host: &str) -> bool {
    let last = last_label(host);
    last.starts_with(|char: char| char.is_ascii_digit())
        && (last.bytes().all(|byte| byte.is_ascii_digit()) || ipv4_number(last).is_some())
}

fn last_label(host: &str) -> &str {
    without_root(host).rsplit('.').next().unwrap_or("")
}

/// One to four numbers; the last fills the octets that are left.
fn ipv4(host: &str) -> Option<u32> {
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
    Some((high | last) as u32)
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

/// Checks the labels of a host. One root dot counts for nothing.
///
/// # Errors
///
/// `empty_label`, `invalid_character`, `bad_hyphen`, `label_too_long`, `domain_too_long`, in this
/// order.
pub fn check_labels(host: &Mapped, example: &'static str) -> Result<(), Refusal> {
    let name = without_root(&host.ascii);
    if name.split('.').any(str::is_empty) {
        return Err(Remark::new(&code::EMPTY_LABEL).name("example", example).refuse());
    }
    let is_allowed = |char: char| char.is_ascii_alphanumeric() || matches!(char, '-' | '.');
    if let Some(character) = name.chars().find(|char| !is_allowed(*char)) {
        return Err(invalid_character(character, example));
    }
    // In Unicode: `xn----` and more may stand for a label that ends in a hyphen.
    let read = without_root(host.unicode.as_deref().unwrap_or(name));
    let is_bad = |label: &&str| label.starts_with('-') || label.ends_with('-');
    if let Some(label) = read.split('.').find(is_bad) {
        let refusal = Remark::new(&code::BAD_HYPHEN).text("label", excerpt(label));
        return Err(refusal.name("example", example).refuse());
    }
    if let Some(label) = name.split('.').find(|label| label.len() > LABEL) {
        return Err(label_too_long(label, label.len()));
    }
    if name.len() > DOMAIN {
        return Err(domain_too_long(name.len()));
    }
    Ok(())
}

/// The host without one root dot.
pub fn without_root(host: &str) -> &str {
    host.strip_suffix('.').unwrap_or(host)
}

fn label_too_long(label: &str, length: usize) -> Refusal {
    let refusal = Remark::new(&code::LABEL_TOO_LONG).text("label", excerpt(label));
    refusal.count("length", length).count("max", LABEL).refuse()
}

fn domain_too_long(length: usize) -> Refusal {
    Remark::new(&code::DOMAIN_TOO_LONG).count("length", length).count("max", DOMAIN).refuse()
}

impl Mapped<'_> {
    /// Warns about invisible characters that were dropped, and about each label that mixes scripts
    /// as a look-alike would.
    pub fn warnings(&self) -> impl Iterator<Item = Remark> {
        let names: Vec<_> =
            self.lost.iter().map(|char| format!("U+{:04X}", *char as u32)).collect();
        let lost = (!names.is_empty())
            .then(|| Remark::new(&code::INVISIBLE_REMOVED).list("characters", names));
        let labels = self.unicode.as_deref().unwrap_or("").split('.');
        lost.into_iter().chain(labels.filter_map(|label| {
            let scripts = unicode::look_alike_scripts(label)?.map(str::to_owned).to_vec();
            Some(Remark::new(&code::MIXED_SCRIPT).text("label", label).list("scripts", scripts))
        }))
    }
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
