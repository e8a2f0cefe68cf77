//! The document: JSON text as a flat tape of nodes.
//!
//! Every input becomes a document, and nothing after it knows where the input came from. A node is
//! a kind and a span of the text; containers also know where their subtree ends, so that skipping
//! one is a single step. No value is built: strings are decoded when a rule asks for them, numbers
//! stay as written.
//!
//! The tape holds nodes in document order. An object is followed by its members, each a [`Kind::Key`]
//! node directly followed by the member's value; an array is followed by its elements.

mod equal;
mod path;
mod read;
mod shape;
mod string;

use std::borrow::Cow;

pub use path::{Paths, Segment, Step, pointer};
pub use read::{Fault, Limits, Source};
pub use string::{decode, escape_into, quote};

/// The place of a node on the tape.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

impl NodeId {
    /// The root of every document.
    pub const ROOT: NodeId = NodeId(0);

    fn index(self) -> usize {
        self.0 as usize
    }

    /// The node written right after this one: the value of a key, the first child of a container.
    pub fn following(self) -> NodeId {
        NodeId(self.0 + 1)
    }
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean,
    /// A number, as written.
    Number,
    /// A string, its quotes within the span.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
    /// The key of a member; the value is the node after it.
    Key,
    /// What JSON cannot hold, where a JavaScript value had it.
    Unsupported,
}

impl Kind {
    const ALL: [Kind; 8] = [
        Kind::Null,
        Kind::Boolean,
        Kind::Number,
        Kind::String,
        Kind::Array,
        Kind::Object,
        Kind::Key,
        Kind::Unsupported,
    ];

    /// The name of the type, as JSON Schema spells it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Null => "null",
            Kind::Boolean => "boolean",
            Kind::Number => "number",
            Kind::String | Kind::Key => "string",
            Kind::Array => "array",
            Kind::Object => "object",
            Kind::Unsupported => "unsupported",
        }
    }
}

/// Sixteen bytes: `info` packs the kind (low three bits), whether a string has half a surrogate pair
/// (bit 3) or escapes (bit 4), and the number of children (the rest). `link` is the node after the subtree, or a key's hash.
#[derive(Clone, Copy, Debug)]
struct Node {
    start: u32,
    end: u32,
    link: u32,
    info: u32,
}

const BROKEN: u32 = 1 << 3;
const ESCAPED: u32 = 1 << 4;
const COUNT_SHIFT: u32 = 5;

impl Node {
    #[inline]
    fn kind(self) -> Kind {
        Kind::ALL[(self.info & 7) as usize]
    }

    #[inline]
    fn is_container(self) -> bool {
        matches!(self.kind(), Kind::Array | Kind::Object)
    }
}

/// A document: a text and the tape of its nodes.
#[derive(Debug)]
pub struct Document<'t> {
    text: Cow<'t, str>,
    nodes: Vec<Node>,
    faults: Vec<Fault>,
    /// How many faults there are besides.
    more_faults: usize,
    /// Whether the text is not JSON: its characters are as they are, and only `nodes` tells how they
    /// belong together (see `shape`).
    shaped: bool,
}

impl<'t> Document<'t> {
    /// The text that was read.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What was found wrong while reading and did not end it: duplicate keys, lone surrogates,
    /// values that JSON cannot hold. In document order.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// How many faults there are besides: of a hostile text there are millions, and
    /// [`Limits::MAX_FAULTS`] of them are told.
    pub fn more_faults(&self) -> usize {
        self.more_faults
    }

    /// Whether it was handed over with its shape (see [`Document::shaped`]).
    pub fn is_shaped(&self) -> bool {
        self.shaped
    }

    /// The number of nodes.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is no node, which no document that was read has.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// What the node is.
    #[inline]
    pub fn kind(&self, node: NodeId) -> Kind {
        self.nodes[node.index()].kind()
    }

    /// The text of the node as written, quotes included. Of a value that was never text, only
    /// numbers have one; see [`Document::json`].
    pub fn raw(&self, node: NodeId) -> &str {
        let node = self.nodes[node.index()];
        &self.text[node.start as usize..node.end as usize]
    }

    /// The node as JSON text: as written, if it was.
    pub fn json(&self, node: NodeId) -> Cow<'_, str> {
        if !self.shaped {
            return Cow::Borrowed(self.raw(node));
        }
        let mut out = String::new();
        self.write_json(node, &mut out);
        Cow::Owned(out)
    }

    fn write_json(&self, node: NodeId, out: &mut String) {
        match self.kind(node) {
            Kind::Null | Kind::Unsupported => out.push_str("null"),
            Kind::Boolean => out.push_str(if self.is_true(node) { "true" } else { "false" }),
            Kind::Number => out.push_str(self.raw(node)),
            Kind::String | Kind::Key => escape_into(&self.string(node), out),
            Kind::Array => {
                out.push('[');
                for (at, element) in self.elements(node).enumerate() {
                    out.push_str(if at > 0 { "," } else { "" });
                    self.write_json(element, out);
                }
                out.push(']');
            }
            Kind::Object => {
                out.push('{');
                for (at, (key, value)) in self.members(node).enumerate() {
                    out.push_str(if at > 0 { "," } else { "" });
                    escape_into(&self.string(key), out);
                    out.push(':');
                    self.write_json(value, out);
                }
                out.push('}');
            }
        }
    }

    /// The span of the node in the text, in bytes.
    pub fn span(&self, node: NodeId) -> std::ops::Range<usize> {
        let node = self.nodes[node.index()];
        node.start as usize..node.end as usize
    }

    /// The node after this one and all it contains; after a key comes its value.
    #[inline]
    pub fn next(&self, node: NodeId) -> NodeId {
        match self.nodes[node.index()] {
            container if container.is_container() => NodeId(container.link),
            _ => node.following(),
        }
    }

    /// The number of elements or members of a container; of a boolean 1 if it is true.
    #[inline]
    pub fn count(&self, node: NodeId) -> usize {
        (self.nodes[node.index()].info >> COUNT_SHIFT) as usize
    }

    /// The characters of a string or key, borrowed unless it has escapes. A lone surrogate, which
    /// is a fault of the document, is decoded as U+FFFD.
    #[inline]
    pub fn string(&self, node: NodeId) -> Cow<'_, str> {
        let at = self.nodes[node.index()];
        let inner = &self.text[at.start as usize + 1..at.end as usize - 1];
        if at.info & ESCAPED == 0 { Cow::Borrowed(inner) } else { decoded(inner) }
    }

    /// The bytes of a string that has no escapes.
    #[inline]
    pub fn plain_string(&self, node: NodeId) -> Option<&[u8]> {
        let at = self.nodes[node.index()];
        let is_plain = at.info & (ESCAPED | 7) == Kind::String as u32;
        is_plain.then(|| &self.text.as_bytes()[at.start as usize + 1..at.end as usize - 1])
    }

    /// Whether a string or key has these characters.
    #[inline]
    pub fn is(&self, node: NodeId, text: &str) -> bool {
        let at = self.nodes[node.index()];
        if at.info & ESCAPED == 0 {
            same(&self.text.as_bytes()[at.start as usize + 1..at.end as usize - 1], text.as_bytes())
        } else {
            self.is_decoded(node, text)
        }
    }

    #[cold]
    fn is_decoded(&self, node: NodeId, text: &str) -> bool {
        self.string(node) == text
    }

    /// Whether the node holds what cannot be judged, and is a fault of the document already: what
    /// JSON cannot hold, or a string with half a surrogate pair.
    #[inline]
    pub fn is_faulty(&self, node: NodeId) -> bool {
        let node = self.nodes[node.index()];
        node.info & BROKEN != 0 || node.kind() == Kind::Unsupported
    }

    /// Whether a boolean is `true`.
    pub fn is_true(&self, node: NodeId) -> bool {
        self.count(node) == 1
    }

    /// The hash of a key, equal for equal keys (see [`hash`]).
    #[inline]
    pub fn key_hash(&self, key: NodeId) -> u32 {
        self.nodes[key.index()].link
    }

    /// The elements of an array; nothing for another node.
    pub fn elements(&self, array: NodeId) -> Elements<'_, 't> {
        let (at, end) = self.children(array, Kind::Array);
        Elements { document: self, at, end }
    }

    /// The members of an object as (key, value); nothing for another node.
    pub fn members(&self, object: NodeId) -> Members<'_, 't> {
        let (at, end) = self.children(object, Kind::Object);
        Members { document: self, at, end }
    }

    fn children(&self, node: NodeId, kind: Kind) -> (NodeId, NodeId) {
        if self.kind(node) == kind { (node.following(), self.next(node)) } else { (node, node) }
    }

    /// The value of the first member with that key.
    pub fn get(&self, object: NodeId, name: &str) -> Option<NodeId> {
        self.get_hashed(object, name, hash(name.as_bytes()))
    }

    /// The same, where the hash of the key is known.
    pub(crate) fn get_hashed(&self, object: NodeId, name: &str, hash: u32) -> Option<NodeId> {
        self.members(object)
            .find(|(key, _)| self.key_hash(*key) == hash && self.is(*key, name))
            .map(|(_, value)| value)
    }

    /// The node at a path of keys.
    pub fn at<const N: usize>(&self, node: NodeId, names: [&str; N]) -> Option<NodeId> {
        names.into_iter().try_fold(node, |node, name| self.get(node, name))
    }

    /// The string of a node, if it is one.
    pub fn as_str(&self, node: NodeId) -> Option<Cow<'_, str>> {
        (self.kind(node) == Kind::String).then(|| self.string(node))
    }

    /// The string at that key of an object, if there is one.
    pub fn get_str(&self, object: NodeId, name: &str) -> Option<Cow<'_, str>> {
        self.get(object, name).and_then(|node| self.as_str(node))
    }

    /// A document that owns its text.
    pub fn into_owned(self) -> Document<'static> {
        Document {
            text: Cow::Owned(self.text.into_owned()),
            nodes: self.nodes,
            faults: self.faults,
            more_faults: self.more_faults,
            shaped: self.shaped,
        }
    }
}

/// The elements of an array.
#[derive(Clone, Debug)]
pub struct Elements<'d, 't> {
    document: &'d Document<'t>,
    at: NodeId,
    end: NodeId,
}

impl Iterator for Elements<'_, '_> {
    type Item = NodeId;

    fn next(&mut self) -> Option<NodeId> {
        if self.at >= self.end {
            return None;
        }
        let element = self.at;
        self.at = self.document.next(element);
        Some(element)
    }
}

/// The members of an object.
#[derive(Clone, Debug)]
pub struct Members<'d, 't> {
    document: &'d Document<'t>,
    at: NodeId,
    end: NodeId,
}

impl Iterator for Members<'_, '_> {
    type Item = (NodeId, NodeId);

    fn next(&mut self) -> Option<(NodeId, NodeId)> {
        if self.at >= self.end {
            return None;
        }
        let key = self.at;
        let value = key.following();
        self.at = self.document.next(value);
        Some((key, value))
    }
}

/// The characters of a string with escapes.
#[cold]
fn decoded(inner: &str) -> Cow<'_, str> {
    Cow::Owned(decode(inner))
}

/// A cheap hash of a key: its length and its first and last eight bytes. Long keys that differ only
/// in the middle share one, so whoever compares by it also compares the bytes.
pub fn hash(key: &[u8]) -> u32 {
    let (head, tail) = match key.len() {
        8.. => (word(&key[..8]), word(&key[key.len() - 8..])),
        4.. => (half(&key[..4]), half(&key[key.len() - 4..])),
        _ => (key.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte)), 0),
    };
    let mixed =
        (head ^ tail.rotate_left(23) ^ key.len() as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed >> 32) as u32
}

/// Whether two texts are equal: as `==` has it, without the call of a function, which costs more
/// than the comparison of a short text.
pub(crate) fn same(one: &[u8], other: &[u8]) -> bool {
    let length = one.len();
    if length != other.len() {
        return false;
    }
    match length {
        8.. => {
            let words = one.as_chunks::<8>().0.iter().zip(other.as_chunks::<8>().0);
            let last = length - 8;
            words.fold(0, |sum, (one, other)| sum | word(one) ^ word(other)) == 0
                && word(&one[last..]) == word(&other[last..])
        }
        4.. => {
            let last = length - 4;
            half(&one[..4]) == half(&other[..4]) && half(&one[last..]) == half(&other[last..])
        }
        _ => one.iter().zip(other).all(|(one, other)| one == other),
    }
}

/// What follows a prefix; see [`same`].
pub(crate) fn after<'t>(text: &'t [u8], prefix: &[u8]) -> Option<&'t [u8]> {
    let (start, rest) = text.split_at_checked(prefix.len())?;
    same(start, prefix).then_some(rest)
}

fn word(bytes: &[u8]) -> u64 {
    u64::from_le_bytes(bytes.try_into().expect("eight bytes"))
}

fn half(bytes: &[u8]) -> u64 {
    u64::from(u32::from_le_bytes(bytes.try_into().expect("four bytes")))
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::Index;

    use super::{after, same};

    proptest! {
        #[test]
        fn texts_are_compared_as_the_standard_library_does(
            one in vec(any::<u8>(), 0..40),
            at in any::<Index>(),
            byte in any::<u8>(),
        ) {
            prop_assert!(same(&one, &one));
            let mut other = one.clone();
            if let Some(changed) = (!one.is_empty()).then(|| &mut other[at.index(one.len())]) {
                *changed = byte;
            }
            prop_assert_eq!(same(&one, &other), one == other);
            let prefix = &other[..at.index(other.len() + 1)];
            prop_assert!(!same(&one, prefix) || one == prefix);
            prop_assert_eq!(after(&one, prefix), one.strip_prefix(prefix));
            prop_assert_eq!(after(prefix, &one), prefix.strip_prefix(&*one));
        }
    }
}
