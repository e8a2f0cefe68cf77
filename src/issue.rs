//! What is said about an input: issues (what is wrong) and changes (what was cleaned).

use std::borrow::Cow;
use std::sync::Arc;

use crate::code::Code;
use crate::document::{Fault, NodeId, Segment, pointer};
use crate::formats::Remark;

/// Data that a message is built from, for users who translate messages.
#[derive(Clone, Debug, PartialEq)]
pub enum Param {
    /// A text of the input's, which messages quote shortened.
    Text(String),
    /// A text of the program's own, quoted in the same way.
    Name(&'static str),
    /// A text of the API document's, which messages tell whole.
    Prose(String),
    /// A count or an index.
    Count(u64),
    /// A list of texts.
    List(Vec<String>),
    /// Any JSON, as JSON text.
    Json(String),
}

/// The parameters of an issue by name, in the order in which they are told.
pub type Params = Vec<(&'static str, Param)>;

/// Whether an input can be sent all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The input cannot be sent.
    Error,
    /// The input can be sent; it may not mean what its author meant.
    Warning,
}

impl Severity {
    /// `error` or `warning`.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

/// A code and message that an API document brings along (`x-warnings`).
#[derive(Debug, PartialEq)]
pub struct OwnCode {
    /// The code, in `snake_case`.
    pub name: String,
    /// The message as it is told.
    pub message: String,
}

/// Where a finding's code is from.
#[derive(Clone, Debug)]
pub enum Told {
    /// The crate's own table.
    Code(&'static Code),
    /// The API document.
    Own(Arc<OwnCode>),
}

/// What a check found at a node; it becomes an [`Issue`] when it is told.
#[derive(Clone, Debug)]
pub struct Finding {
    /// What is wrong.
    pub told: Told,
    /// Whether it stops the input from being sent.
    pub severity: Severity,
    /// The node it is about: of a member that is missing, the object.
    pub node: NodeId,
    /// The member below the node that it is about, where that member may not exist.
    pub member: Option<String>,
    /// What the message is built from, besides the value found.
    pub params: Params,
    /// A value that would pass.
    pub suggestion: Option<Param>,
    /// Words of which one may be meant, where there is no suggestion: looked for when it is told.
    pub near: Option<Arc<[String]>>,
    /// What the schema adds to the message (`x-hint`).
    pub hint: Option<Arc<str>>,
    /// Where in the text, in bytes, if not where the node begins.
    pub offset: Option<usize>,
}

impl Finding {
    /// An error at a node.
    pub fn error(code: &'static Code, node: NodeId) -> Finding {
        Finding {
            told: Told::Code(code),
            severity: Severity::Error,
            node,
            member: None,
            params: Vec::new(),
            suggestion: None,
            near: None,
            hint: None,
            offset: None,
        }
    }

    /// A warning at a node.
    pub fn warning(code: &'static Code, node: NodeId) -> Finding {
        Finding { severity: Severity::Warning, ..Finding::error(code, node) }
    }

    /// What the document found wrong with itself.
    pub fn fault(fault: &Fault) -> Finding {
        let params = fault.params.clone();
        Finding { params, offset: Some(fault.offset), ..Finding::error(fault.code, fault.node) }
    }

    /// What a format says of the text at a node.
    pub fn remark(severity: Severity, remark: Remark, node: NodeId) -> Finding {
        let Remark { code, params, suggestion } = remark;
        let suggestion = suggestion.map(Param::Text);
        Finding { severity, params, suggestion, ..Finding::error(code, node) }
    }

    /// The same about a member of the node.
    pub fn member(mut self, name: impl Into<String>) -> Finding {
        self.member = Some(name.into());
        self
    }

    /// The same with a parameter.
    pub fn param(mut self, name: &'static str, param: Param) -> Finding {
        self.params.push((name, param));
        self
    }

    /// The same with a value that would pass.
    pub fn suggest(mut self, suggestion: Option<Param>) -> Finding {
        self.suggestion = suggestion;
        self
    }

    /// Whether it has this code of the crate's own.
    pub fn is(&self, code: &'static Code) -> bool {
        matches!(self.told, Told::Code(told) if std::ptr::eq(told, code))
    }
}

/// What to do to a node so that the input is clean. Later edits of a node replace earlier ones.
#[derive(Clone, Debug)]
pub struct Edit {
    /// The node.
    pub node: NodeId,
    /// What to do.
    pub action: Action,
    /// The rule that asks for it.
    pub rule: &'static str,
    /// The new text as people write it, where the new text is in another form (a domain).
    pub unicode: Option<String>,
}

/// What an edit does.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// The string or key gets this text.
    Text(String),
    /// The value becomes this JSON text.
    Json(String),
    /// The member or element goes.
    Remove,
}

/// A place in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
    /// The offset in bytes, from 0.
    pub offset: usize,
}

/// Something wrong with an input, as it is told to the user.
#[derive(Clone, Debug, PartialEq)]
pub struct Issue {
    /// The stable name of what is wrong.
    pub code: Cow<'static, str>,
    /// Whether the input can be sent all the same.
    pub severity: Severity,
    /// Where: keys and indexes from the root.
    pub path: Vec<Segment>,
    /// What is wrong and what would pass, in English.
    pub message: String,
    /// What the message is built from.
    pub params: Params,
    /// A value that would pass, where one is near.
    pub suggestion: Option<Param>,
    /// Where in the text, if the input was one.
    pub position: Option<Position>,
}

impl Issue {
    /// The path as a JSON Pointer (RFC 6901).
    pub fn pointer(&self) -> String {
        pointer(&self.path)
    }
}

/// Something that was cleaned, as it is told to the user.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Where: keys and indexes from the root of the input.
    pub path: Vec<Segment>,
    /// What was there, as JSON text.
    pub from: String,
    /// What is there now, as JSON text; nothing if it was dropped.
    pub to: Option<String>,
    /// The rule that asked for it: a format's name, `trim`, `drop_null`, …
    pub rule: &'static str,
    /// The new text as people write it, where that differs (a domain in Unicode).
    pub unicode: Option<String>,
}

impl Change {
    /// The path as a JSON Pointer (RFC 6901).
    pub fn pointer(&self) -> String {
        pointer(&self.path)
    }
}
