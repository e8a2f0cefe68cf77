//! IP addresses as text. The standard library's are right too, and several times as large.
//!
//! | rule | here |
//! |---|---|
//! | four numbers from 0 to 255 in decimal, no leading zeros (RFC 6943, section 3.1.1) | [`v4`] |
//! | eight groups, one run of zeros as `::`, IPv4 at the end (RFC 4291, section 2.2) | [`v6`] |
//! | the one way to write it (RFC 5952, sections 4 and 5) | [`write_v6`] |

use std::fmt::Write;

/// Reads an IPv4 address.
pub fn v4(text: &str) -> Option<u32> {
    let mut address = 0;
    let mut count = 0;
    for part in text.split('.') {
        let is_number = (1..=3).contains(&part.len())
            && part.bytes().all(|byte| byte.is_ascii_digit())
            && (part.len() == 1 || !part.starts_with('0'));
        if !is_number || count == 4 {
            return None;
        }
        let number = part.bytes().fold(0, |sum, byte| sum * 10 + u32::from(byte - b'0'));
        if number > 255 {
            return None;
        }
        address = address << 8 | number;
        count += 1;
    }
    (count == 4).then_some(address)
}

/// Writes an IPv4 address.
pub fn write_v4(address: u32) -> String {
    let [a, b, c, d] = address.to_be_bytes();
    format!("{a}.{b}.{c}.{d}")
}

/// Reads an IPv6 address, without a zone, as its eight groups.
pub fn v6(text: &str) -> Option<[u16; 8]> {
    let mut address = [0; 8];
    let Some((start, end)) = crate::search::split_once(text, "::") else {
        return (groups(text, &mut address, true)? == 8).then_some(address);
    };
    let mut last = [0; 8];
    let first_count = groups(start, &mut address, false)?;
    let last_count = groups(end, &mut last, true)?;
    if first_count + last_count > 7 {
        return None;
    }
    address[8 - last_count..].copy_from_slice(&last[..last_count]);
    Some(address)
}

/// Reads groups between colons, at most eight; gives how many there are.
fn groups(text: &str, out: &mut [u16; 8], may_end_in_v4: bool) -> Option<usize> {
    if text.is_empty() {
        return Some(0);
    }
    let mut count = 0;
    let mut parts = text.split(':').peekable();
    while let Some(part) = parts.next() {
        if may_end_in_v4 && parts.peek().is_none() && part.contains('.') {
            let address = v4(part)?;
            *out.get_mut(count)? = (address >> 16) as u16;
            *out.get_mut(count + 1)? = address as u16;
            return Some(count + 2);
        }
        if !(1..=4).contains(&part.len()) {
            return None;
        }
        let group = part.chars().try_fold(0, |sum, char| Some(sum << 4 | char.to_digit(16)?))?;
        *out.get_mut(count)? = group as u16;
        count += 1;
    }
    Some(count)
}

/// The IPv4 address that an IPv6 address maps (RFC 4291, section 2.5.5.2).
pub fn mapped_v4(address: [u16; 8]) -> Option<u32> {
    match address {
        [0, 0, 0, 0, 0, 0xffff, high, low] => Some(u32::from(high) << 16 | u32::from(low)),
        _ => None,
    }
}

/// Writes an IPv6 address.
pub fn write_v6(address: [u16; 8]) -> String {
    if let Some(mapped) = mapped_v4(address) {
        return format!("::ffff:{}", write_v4(mapped));
    }
    // The longest run of zeros, the first of those that are as long.
    let (mut start, mut length) = (0, 1);
    for at in 0..8 {
        let run = address[at..].iter().take_while(|group| **group == 0).count();
        if run > length {
            (start, length) = (at, run);
        }
    }
    let mut out = String::new();
    let mut at = 0;
    while at < 8 {
        if length > 1 && at == start {
            out.push_str("::");
            at += length;
            continue;
        }
        if !out.is_empty() && !out.ends_with(':') {
            out.push(':');
        }
        let _ = write!(out, "{:x}", address[at]);
        at += 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, Ipv6Addr};

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn addresses_are_those_of_the_standard_library(
            text in "([0-9a-fg]{0,5}|[0-9]{1,3}|:|::|\\.|1.2.3.4|0|01|256){0,14}",
        ) {
            prop_assert_eq!(v4(&text), text.parse::<Ipv4Addr>().ok().map(u32::from));
            prop_assert_eq!(v6(&text), text.parse::<Ipv6Addr>().ok().map(|address| address.segments()));
        }

        #[test]
        fn groups_make_addresses(
            text in "(([0-9a-f]{1,4}:){6}|([0-9a-f]{1,4}:){0,3}:([0-9a-f]{1,4}:){0,3})([0-9a-f]{1,4}(:[0-9a-f]{1,4})?|[1-9]{1,2}\\.0\\.25[0-9]\\.1)?",
        ) {
            prop_assert_eq!(v6(&text), text.parse::<Ipv6Addr>().ok().map(|address| address.segments()));
        }

        #[test]
        fn addresses_are_written_as_the_standard_library_does(
            address in prop::array::uniform8(prop_oneof![Just(0), Just(0xffff), any::<u16>()]),
            number: u32,
        ) {
            prop_assert_eq!(write_v6(address), Ipv6Addr::from(address).to_string());
            prop_assert_eq!(write_v4(number), Ipv4Addr::from(number).to_string());
        }
    }

    #[test]
    fn mapped_addresses_are_written_as_such() {
        for text in ["::ffff:1.2.3.4", "::", "::1", "1::", "0:1::", "1:0:0:2::3"] {
            let address = text.parse::<Ipv6Addr>().unwrap();
            assert_eq!(v6(text), Some(address.segments()), "{text}");
            assert_eq!(write_v6(address.segments()), address.to_string(), "{text}");
        }
    }
}
