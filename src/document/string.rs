//! JSON strings (RFC 8259, section 7): escapes read and written.

use wide::u8x16;

/// The characters of the inside of a JSON string that was read before. A lone surrogate becomes
/// U+FFFD.
pub fn decode(inner: &str) -> String {
    let mut out = String::with_capacity(inner.len());
    let mut rest = inner;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let escape = rest.as_bytes()[at + 1];
        rest = &rest[at + 2..];
        match escape {
            b'b' => out.push('\u{8}'),
            b'f' => out.push('\u{c}'),
            b'n' => out.push('\n'),
            b'r' => out.push('\r'),
            b't' => out.push('\t'),
            b'u' => {
                let unit = code_unit(rest);
                rest = &rest[4..];
                let low = match unit {
                    0xD800..0xDC00 => rest.strip_prefix("\\u").map(code_unit),
                    _ => None,
                };
                match low {
                    Some(low @ 0xDC00..0xE000) => {
                        rest = &rest[6..];
                        let scalar = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
                        out.push(char::from_u32(scalar).unwrap_or(char::REPLACEMENT_CHARACTER));
                    }
                    _ => out.push(char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER)),
                }
            }
            other => out.push(other as char),
        }
    }
    out.push_str(rest);
    out
}

/// The UTF-16 code unit of four hexadecimal digits, which the reader has checked.
fn code_unit(digits: &str) -> u32 {
    u32::from_str_radix(&digits[..4], 16).unwrap_or(0xFFFD)
}

/// The string as a JSON string, quotes included.
pub fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    escape_into(text, &mut out);
    out
}

/// Appends the string as a JSON string, quotes included. What need not be escaped is not.
pub fn escape_into(text: &str, out: &mut String) {
    out.push('"');
    let mut copied = 0;
    loop {
        let at = plain_end(text.as_bytes(), copied);
        out.push_str(&text[copied..at]);
        let Some(byte) = text.as_bytes().get(at) else { break };
        copied = at + 1;
        out.push('\\');
        match byte {
            b'"' | b'\\' => out.push(*byte as char),
            // As JSON.stringify has it; only the vertical tab has no short form.
            8..=13 if *byte != 11 => out.push(b"btn_fr"[usize::from(byte - 8)] as char),
            _ => {
                const HEX: &[u8; 16] = b"0123456789abcdef";
                out.push_str("u00");
                out.push(HEX[usize::from(byte >> 4)] as char);
                out.push(HEX[usize::from(byte & 15)] as char);
            }
        }
    }
    out.push('"');
}

/// The first place from `at` on that holds a quote, a backslash or a control character; sixteen
/// bytes are looked at in one step.
#[inline(always)]
pub(super) fn plain_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(chunk) = bytes.get(at..).and_then(|rest| rest.first_chunk::<16>()) {
        let chunk = u8x16::from(*chunk);
        let odd = chunk.simd_eq(u8x16::splat(b'"'))
            | chunk.simd_eq(u8x16::splat(b'\\'))
            | chunk.min(u8x16::splat(0x1f)).simd_eq(chunk);
        let odd = odd.to_bitmask();
        if odd != 0 {
            return at + odd.trailing_zeros() as usize;
        }
        at += 16;
    }
    let plain = |byte: &u8| *byte >= 0x20 && *byte != b'"' && *byte != b'\\';
    while bytes.get(at).is_some_and(plain) {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::{decode, quote};

    #[test]
    fn escapes_are_read() {
        for (inner, decoded) in [
            ("", ""),
            ("acme", "acme"),
            (r#"\"\\\/\b\f\n\r\t"#, "\"\\/\u{8}\u{c}\n\r\t"),
            (r"A\u00e9\u20AC", "Aé€"),
            (r"\ud83d\ude00!", "😀!"),
            (r"\ud83d", "\u{FFFD}"),
            (r"\ud83dA", "\u{FFFD}A"),
            (r"\ude00\ud83d\ude00", "\u{FFFD}😀"),
        ] {
            assert_eq!(decode(inner), decoded, "{inner}");
        }
    }

    #[test]
    fn strings_are_quoted() {
        for (text, quoted) in [
            ("acme", r#""acme""#),
            ("\"\\/\n\r\t\u{1}\u{7f}é", "\"\\\"\\\\/\\n\\r\\t\\u0001\u{7f}é\""),
        ] {
            assert_eq!(quote(text), quoted);
        }
    }
}
