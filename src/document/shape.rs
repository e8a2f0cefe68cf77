//! Documents whose shape is told: the kinds and lengths of the nodes stand beside the characters, so
//! that nothing has to be parsed.
//!
//! A JavaScript value is handed over so where it is plain. Its text is only what its strings, keys and
//! numbers hold, one after the other, nothing escaped and nothing between; the quotes that nodes
//! span elsewhere are the characters around them here, and are never looked at.

use super::{COUNT_SHIFT, Document, Kind, Node, hash};

/// What a word of the shape is made of: the kind in its low bits, above them the length of its text
/// in units of UTF-16, the number of elements or members, or whether a boolean is true.
const KIND: u32 = 7;
const SHIFT: u32 = 3;

impl<'t> Document<'t> {
    /// The document of a text and its shape, one word a node. The first and the last byte of the text
    /// stand for quotes.
    ///
    /// Gives nothing where the shape does not fit the text: JavaScript counts a pair of surrogates as
    /// two, and halves may come to lie in different nodes.
    pub fn shaped(text: &'t [u8], shape: &[u32]) -> Option<Document<'t>> {
        let text = std::str::from_utf8(text).ok()?;
        let end = text.len().checked_sub(1)?;
        let is_ascii = text.is_ascii();
        let mut nodes: Vec<Node> = Vec::with_capacity(shape.len());
        // The containers that are not complete, each with the number of nodes still to come in it.
        let mut open: Vec<(usize, u32)> = Vec::new();
        let mut at = 1;
        for word in shape {
            let kind = Kind::ALL[(word & KIND) as usize];
            let count = word >> SHIFT;
            let start = at;
            let mut node =
                Node { start: start as u32, end: start as u32, link: 0, info: kind as u32 };
            match kind {
                Kind::String | Kind::Key | Kind::Number => {
                    at = match is_ascii {
                        true => start + count as usize,
                        false => skip(text, start, count as usize)?,
                    };
                    if at > end {
                        return None;
                    }
                    (node.start, node.end) = (start as u32, at as u32);
                    if kind != Kind::Number {
                        (node.start, node.end) = (start as u32 - 1, at as u32 + 1);
                    }
                    if kind == Kind::Key {
                        node.link = hash(&text.as_bytes()[start..at]);
                    }
                }
                Kind::Boolean => node.info |= count << COUNT_SHIFT,
                Kind::Array | Kind::Object => node.info |= count << COUNT_SHIFT,
                Kind::Null | Kind::Unsupported => {}
            }
            nodes.push(node);
            match kind {
                Kind::Key => continue,
                Kind::Array | Kind::Object if count > 0 => {
                    open.push((nodes.len() - 1, count));
                    continue;
                }
                Kind::Array | Kind::Object => {
                    let next = nodes.len() as u32;
                    nodes.last_mut()?.link = next;
                }
                _ => {}
            }
            // A value is complete, and perhaps those around it.
            while let Some((container, left)) = open.last_mut() {
                *left -= 1;
                if *left > 0 {
                    break;
                }
                let next = nodes.len() as u32;
                nodes[*container].link = next;
                open.pop();
            }
        }
        let fits = at == end && open.is_empty() && !nodes.is_empty();
        let text = text.into();
        fits.then(|| Document { text, nodes, faults: Vec::new(), more_faults: 0, shaped: true })
    }
}

/// The place that many units of UTF-16 further.
fn skip(text: &str, start: usize, units: usize) -> Option<usize> {
    let end = start + units;
    if text.as_bytes().get(start..end)?.is_ascii() {
        return Some(end);
    }
    let mut left = units;
    let mut at = start;
    for char in text.get(start..)?.chars() {
        if left == 0 {
            break;
        }
        left = left.checked_sub(char.len_utf16())?;
        at += char.len_utf8();
    }
    (left == 0).then_some(at)
}
