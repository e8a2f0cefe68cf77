//! Percent-encoding (RFC 3986, section 2.1).

use std::borrow::Cow;

/// Decodes `%61` to `a`, once. A percent sign that no two digits follow stays.
pub fn decode(text: &str) -> Cow<'_, [u8]> {
    let bytes = text.as_bytes();
    if !bytes.contains(&b'%') {
        return Cow::Borrowed(bytes);
    }
    let digit = |at: usize| bytes.get(at).and_then(|byte| char::from(*byte).to_digit(16));
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        match (bytes[at], digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.push((high << 4 | low) as u8);
                at += 3;
            }
            (byte, ..) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    Cow::Owned(out)
}

/// Decodes a text, or gives nothing where what comes out is not in UTF-8.
pub fn decode_utf8(text: &str) -> Option<Cow<'_, str>> {
    match decode(text) {
        Cow::Borrowed(_) => Some(Cow::Borrowed(text)),
        Cow::Owned(bytes) => String::from_utf8(bytes).ok().map(Cow::Owned),
    }
}

/// Decodes a text, with U+FFFD for what is not in UTF-8.
pub fn decode_lossy(text: &str) -> Cow<'_, str> {
    match decode(text) {
        Cow::Borrowed(_) => Cow::Borrowed(text),
        Cow::Owned(bytes) => Cow::Owned(String::from_utf8_lossy(&bytes).into_owned()),
    }
}

/// Encodes those of the bytes of a text that are to be, and all that are not ASCII.
pub fn encode(text: &str, is_encoded: impl Fn(u8) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii() && !is_encoded(byte) {
            out.push(byte.into());
        } else {
            let digit = |value: u8| char::from(b"0123456789ABCDEF"[usize::from(value & 15)]);
            out.extend(['%', digit(byte >> 4), digit(byte)]);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn texts_are_those_of_the_crate_percent_encoding(
            text in "([a-f0-9é %]|%C3%A9|%e2%82%ac|%FF|%00){0,12}",
        ) {
            let theirs = || percent_decode_str(&text);
            prop_assert_eq!(decode(&text), Cow::<[u8]>::from(theirs()));
            prop_assert_eq!(decode_utf8(&text), theirs().decode_utf8().ok());
            prop_assert_eq!(decode_lossy(&text), theirs().decode_utf8_lossy());
        }

        #[test]
        fn characters_are_encoded_as_the_crate_percent_encoding_does(text: String) {
            const ENCODED: &AsciiSet = &CONTROLS.add(b' ').add(b'%');
            let is_encoded = |byte: u8| byte.is_ascii_control() || matches!(byte, b' ' | b'%');
            let theirs = utf8_percent_encode(&text, ENCODED).to_string();
            prop_assert_eq!(encode(&text, is_encoded), theirs);
        }
    }
}
