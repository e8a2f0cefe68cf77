//! The place of a domain in a text, where no more is to be done than to cut it out and lower-case it.
//!
//! Eight bytes are looked at in one step, as a word of which each byte has its answer in its highest
//! bit.

use std::ops::Range;

use crate::formats::host;

/// Where a domain stands in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its bytes. They are ASCII, and so are all before them.
    pub range: Range<usize>,
    /// Whether there are letters to lower-case.
    pub has_upper: bool,
}

/// The place of the domain in a text. Nothing if there may be more to it.
pub fn place(text: &[u8]) -> Option<Place> {
    let trimmed = text.trim_ascii_start();
    let bytes = strip_http(trimmed);
    let Name { end, last, mut labels, has_upper } = Name::read(bytes)?;
    let is_over = match bytes.get(end) {
        None | Some(b'/' | b'\\' | b'?' | b'#') => true,
        Some(_) => bytes[end..].trim_ascii_start().is_empty(),
    };
    // A digit may start a number, and three characters may be the stand-in `n.a`.
    if !is_over || labels < 2 || bytes[last].is_ascii_digit() || end < 4 {
        return None;
    }
    let mut start = 0;
    while labels > 2 && bytes[start..].get(..4).is_some_and(|www| www.eq_ignore_ascii_case(b"www."))
    {
        start += 4;
        labels -= 1;
    }
    let before = text.len() - bytes.len();
    (end - start >= 4).then(|| Place { range: before + start..before + end, has_upper })
}

/// The length of a text up to its first NUL, or of all of it.
#[cfg(any(target_family = "wasm", test))]
pub fn first_nul(text: &[u8]) -> usize {
    let mut at = 0;
    loop {
        let word = word(text, at);
        // No byte below the lowest that is zero borrows from the next.
        let zeros = word.wrapping_sub(all(1)) & !word & HIGH;
        if zeros != 0 {
            return at + zeros.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
}

/// The text without `http://` or `https://` before it.
fn strip_http(text: &[u8]) -> &[u8] {
    const LETTERS: u64 = u64::from_le_bytes([0x20, 0x20, 0x20, 0x20, 0x20, 0, 0, 0]);
    const HTTPS: u64 = u64::from_le_bytes(*b"https://");
    const HTTP: u64 = u64::from_le_bytes(*b"http://\0");
    let word = word(text, 0);
    if word | LETTERS == HTTPS {
        &text[8..]
    } else if (word | LETTERS >> 8) << 8 == HTTP << 8 {
        &text[7..]
    } else {
        text
    }
}

/// Labels with dots between them, each as it may be in a domain and none of Punycode.
struct Name {
    end: usize,
    /// Where the last label starts.
    last: usize,
    labels: u32,
    has_upper: bool,
}

impl Name {
    /// The name at the start of a text. Two hyphens, one after the other, are no part of it: they
    /// may be Punycode's.
    fn read(text: &[u8]) -> Option<Name> {
        let (mut labels, mut last, mut uppers, mut wrong) = (1, 0, 0, 0);
        // The dot and the hyphen that the byte before the word may be; a name starts as after a dot.
        let (mut dot, mut hyphen) = (0x80, 0);
        for at in (0..=host::DOMAIN).step_by(8) {
            let word = word(text, at);
            let ascii = word & !HIGH;
            let letters = within(ascii | all(0x20), b'a', b'z');
            let (dots, hyphens) = (equal(ascii, b'.'), equal(ascii, b'-'));
            let stops =
                HIGH & !(letters | within(ascii, b'0', b'9') | dots | hyphens) | word & HIGH;
            let inside = lowest(stops).wrapping_sub(1);
            let (dots, hyphens) = (dots & inside, hyphens & inside);
            // After a dot comes no dot and no hyphen, and after a hyphen neither.
            wrong |= (dots << 8 | dot | hyphens << 8 | hyphen) & (dots | hyphens);
            uppers |= letters & inside & !(word << 2);
            labels += dots.count_ones();
            if dots != 0 {
                last = at + 8 - dots.leading_zeros() as usize / 8;
            }
            (dot, hyphen) = (dots >> 56, hyphens >> 56);
            if stops != 0 {
                let end = at + stops.trailing_zeros() as usize / 8;
                let is_name = wrong == 0 && last < end && text[end - 1] != b'-';
                let name = Name { end, last, labels, has_upper: uppers != 0 };
                return (is_name && fits(&text[..end])).then_some(name);
            }
        }
        None
    }
}

fn fits(name: &[u8]) -> bool {
    let fits_label = |label: &[u8]| label.len() <= host::LABEL;
    fits_label(name)
        || name.len() <= host::DOMAIN && name.split(|byte| *byte == b'.').all(fits_label)
}

/// The highest bit of each byte.
const HIGH: u64 = all(0x80);

/// A word of eight times that byte.
const fn all(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// Which bytes are that one. All of them are ASCII.
fn equal(word: u64, byte: u8) -> u64 {
    !((word ^ all(byte)) + all(0x7f)) & HIGH
}

/// Which bytes are from `first` to `last`. All of them are ASCII.
fn within(word: u64, first: u8, last: u8) -> u64 {
    (word + all(0x80 - first)) & !(word + all(0x7f - last)) & HIGH
}

/// The lowest bit alone, or 0 if there is none.
fn lowest(word: u64) -> u64 {
    word & word.wrapping_neg()
}

/// Eight bytes of a text, the first the lowest, and zeros after its end.
fn word(text: &[u8], at: usize) -> u64 {
    if let Some(bytes) = text.get(at..).and_then(<[u8]>::first_chunk) {
        return u64::from_le_bytes(*bytes);
    }
    match text.last_chunk() {
        // The last eight, without those that come before.
        Some(bytes) => {
            let before = at + 8 - text.len();
            u64::from_le_bytes(*bytes).checked_shr(8 * before as u32).unwrap_or(0)
        }
        None => text.iter().skip(at).rev().fold(0, |word, byte| word << 8 | u64::from(*byte)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_up_to_the_end_of_a_text() {
        let text = b"0123456789";
        for length in 0..=text.len() {
            let text = &text[..length];
            for at in 0..20 {
                let mut expected = [0; 8];
                for (byte, from) in expected.iter_mut().zip(text.iter().skip(at)) {
                    *byte = *from;
                }
                assert_eq!(word(text, at), u64::from_le_bytes(expected), "{length} {at}");
            }
        }
    }

    #[test]
    fn bytes_are_told_apart_in_each_place_of_a_word() {
        for byte in 0..0x80_u8 {
            for place in 0..8 {
                let mut bytes = [b'\x7f'; 8];
                bytes[place] = byte;
                let word = u64::from_le_bytes(bytes);
                let expect = |is: bool| if is { 0x80 << (8 * place) } else { 0 };
                assert_eq!(equal(word, b'.'), expect(byte == b'.'), "{byte} {place}");
                let is_digit = byte.is_ascii_digit();
                assert_eq!(within(word, b'0', b'9'), expect(is_digit), "{byte} {place}");
            }
        }
    }

    #[test]
    fn the_first_nul_is_found() {
        for length in 0..20 {
            for at in 0..=length {
                // Bytes of 1 and of 0x80 are none, wherever they are.
                let mut text = [1, 0x80].repeat(10);
                text.truncate(length);
                text.iter_mut().skip(at).step_by(3).for_each(|byte| *byte = 0);
                assert_eq!(first_nul(&text), at);
            }
        }
    }
}
