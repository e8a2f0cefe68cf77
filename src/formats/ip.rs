//! `ipv4` and `ipv6`: addresses, with no port, prefix length or zone. Nothing is cleaned.
//!
//! | rule | here |
//! |---|---|
//! | `ipv4`: four numbers in decimal (RFC 2673, section 3.2), no leading zeros, which some read as octal | `ip::v4` |
//! | `ipv6`: RFC 4291, section 2.2 | `ip::v6` |

use super::{Cleaned, Format, Refusal, Settings, check};
use crate::{code, ip, unicode};

pub static V4: Format = Format { name: "ipv4", clean: clean_v4 };
pub static V6: Format = Format { name: "ipv6", clean: clean_v6 };

fn clean_v4(text: &str, _: Settings) -> Result<Cleaned<'_>, Refusal> {
    check(text, is_v4, &code::IPV4, "192.0.2.1", near_v4)
}

fn clean_v6(text: &str, _: Settings) -> Result<Cleaned<'_>, Refusal> {
    check(text, is_v6, &code::IPV6, "2001:db8::1", near_v6)
}

/// Whether a text is an IPv4 address.
pub fn is_v4(text: &str) -> bool {
    ip::v4(text).is_some()
}

/// Whether a text is an IPv6 address.
pub fn is_v6(text: &str) -> bool {
    ip::v6(text).is_some()
}

/// The address in wide digits, before a port, or that an IPv6 address maps.
fn near_v4(text: &str) -> Option<String> {
    let text = unicode::trim(text);
    if let Some(address) = ip::v6(text) {
        return ip::mapped_v4(address).map(ip::write_v4);
    }
    unicode::to_ascii(without_port(text)).map(String::from)
}

/// The address in brackets, perhaps before a port.
fn near_v6(text: &str) -> Option<String> {
    let text = without_port(unicode::trim(text));
    let inside = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
    Some(inside.unwrap_or(text).to_owned())
}

/// The text without a port at its end. `::1` has none.
fn without_port(text: &str) -> &str {
    match text.rsplit_once(':') {
        Some((host, port))
            if !port.is_empty()
                && port.bytes().all(|byte| byte.is_ascii_digit())
                && (host.ends_with(']') || !host.contains(':')) =>
        {
            host
        }
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::{passes, refuses};
    use super::*;

    #[test]
    fn addresses_pass_as_they_are() {
        passes(&V4, &["192.0.2.1", "0.0.0.0", "255.255.255.255"]);
        passes(&V6, &["::", "::1", "2001:DB8::1", "1:2:3:4:5:6:7:8", "1::d6:192.168.0.1"]);
    }

    #[test]
    fn other_texts_are_refused_with_the_address_that_is_near() {
        refuses(
            &V4,
            &code::IPV4,
            &[
                (" 192.0.2.1\n", Some("192.0.2.1")),
                ("192.0.2.1:80", Some("192.0.2.1")),
                ("１９２.0.2.１", Some("192.0.2.1")),
                ("::ffff:192.0.2.1", Some("192.0.2.1")),
                ("192.0.2.0/24", None),
                ("192.0.2.01", None),
                ("256.0.0.1", None),
                ("127.1", None),
                ("0x7f.0.0.1", None),
                ("192.0.2.1.", None),
                ("1২7.0.0.1", None),
                ("::1", None),
                ("", None),
            ],
        );
        refuses(
            &V6,
            &code::IPV6,
            &[
                ("  ::1  ", Some("::1")),
                ("[::1]", Some("::1")),
                ("[2001:db8::1]:443", Some("2001:db8::1")),
                ("fe80::a%eth1", None),
                ("2001:db8::/32", None),
                ("1::2::3", None),
                ("12345::", None),
                ("1:2:3:4:5:6:7", None),
                ("::192.0.2.01", None),
                ("1:2:3:4:5:6:7:৪", None),
                ("192.0.2.1", None),
                ("", None),
            ],
        );
    }
}
