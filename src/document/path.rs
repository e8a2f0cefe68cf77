//! Paths: where in a document a node is, as keys and indexes, or as a JSON Pointer (RFC 6901).

use std::borrow::Cow;

use super::{Document, Kind, NodeId};

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// A member, by its key.
    Key(String),
    /// An element, from 0.
    Index(usize),
}

/// A step on the way to a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step<'d> {
    /// To a member, by its key.
    Key(Cow<'d, str>),
    /// To an element, from 0.
    Index(usize),
}

/// The path as a JSON Pointer (RFC 6901, section 3): `~` is written `~0` and `/` is written `~1`.
pub fn pointer(path: &[Segment]) -> String {
    let mut out = String::new();
    for segment in path {
        out.push('/');
        match segment {
            Segment::Key(key) => out.push_str(&key.replace('~', "~0").replace('/', "~1")),
            Segment::Index(index) => out.push_str(&index.to_string()),
        }
    }
    out
}

/// Finds the paths of nodes that are asked for in document order, in one sweep over the tape:
/// all paths together cost no more than reading it once.
#[derive(Debug)]
pub struct Paths<'d, 't> {
    document: &'d Document<'t>,
    open: Vec<Open>,
}

/// A container on the way, and the child that was reached in it.
#[derive(Debug)]
struct Open {
    end: NodeId,
    child: NodeId,
    index: usize,
    object: bool,
}

impl<'d, 't> Paths<'d, 't> {
    /// A sweep from the start.
    pub fn new(document: &'d Document<'t>) -> Self {
        Paths { document, open: Vec::new() }
    }

    /// The path of a node; a key has the path of its member. Nodes that lie before the last one
    /// asked for start the sweep anew.
    pub fn path(&mut self, node: NodeId) -> Vec<Segment> {
        self.steps(node)
            .map(|step| match step {
                Step::Key(key) => Segment::Key(key.into_owned()),
                Step::Index(index) => Segment::Index(index),
            })
            .collect()
    }

    /// The same, borrowed from the document.
    pub fn steps(&mut self, node: NodeId) -> impl ExactSizeIterator<Item = Step<'d>> {
        self.seek(node);
        let document = self.document;
        self.open.iter().map(move |open| match open.object {
            true => Step::Key(document.string(open.child)),
            false => Step::Index(open.index),
        })
    }

    /// How many bytes each step takes, about.
    pub fn lengths(&mut self, node: NodeId) -> impl Iterator<Item = usize> {
        self.seek(node);
        self.open.iter().map(|open| match open.object {
            true => self.document.span(open.child).len(),
            false => 8,
        })
    }

    fn seek(&mut self, node: NodeId) {
        while self.open.last().is_some_and(|open| node >= open.end) {
            self.open.pop();
        }
        if self.open.last().is_some_and(|open| node < open.child) {
            self.open.clear();
        }
        if self.open.is_empty() && !self.enter(NodeId::ROOT, node) {
            return;
        }
        while let Some(open) = self.open.last_mut() {
            let value = loop {
                let value = if open.object { open.child.following() } else { open.child };
                let next = self.document.next(value);
                if node < next {
                    break value;
                }
                open.child = next;
                open.index += 1;
            };
            if !self.enter(value, node) {
                return;
            }
        }
    }

    /// Opens a container that the node lies inside.
    fn enter(&mut self, container: NodeId, node: NodeId) -> bool {
        let object = self.document.kind(container) == Kind::Object;
        let inside = node > container && (object || self.document.kind(container) == Kind::Array);
        if inside {
            let (child, end) = (container.following(), self.document.next(container));
            self.open.push(Open { end, child, index: 0, object });
        }
        inside
    }
}

#[cfg(test)]
mod tests {
    use super::{Paths, pointer};
    use crate::document::{Document, Limits, NodeId, Source};

    #[test]
    fn every_node_has_its_pointer() {
        let text = br#"{"a":[1,{"b/c":2}],"~":null,"d":{}}"#;
        let document = Document::read(text, &Limits::default(), Source::Text).unwrap();
        let expected =
            ["", "/a", "/a", "/a/0", "/a/1", "/a/1/b~1c", "/a/1/b~1c", "/~0", "/~0", "/d", "/d"];
        assert_eq!(document.len(), expected.len());
        let mut forward = Paths::new(&document);
        let mut backward = Paths::new(&document);
        for (at, expected) in expected.iter().enumerate() {
            assert_eq!(pointer(&forward.path(NodeId(at as u32))), *expected);
        }
        for (at, expected) in expected.iter().enumerate().rev() {
            assert_eq!(pointer(&backward.path(NodeId(at as u32))), *expected);
        }
    }
}
