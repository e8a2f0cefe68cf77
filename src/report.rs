//! The report: findings and edits, told to the user as issues and changes.

use std::borrow::Cow;

use crate::code::{self, Code};
use crate::document::{Document, Fault, Kind, NodeId, Paths, Segment, Source, quote};
use crate::formats::Remark;
use crate::issue::{Action, Change, Edit, Finding, Issue, Param, Params, Position, Severity, Told};
use crate::message::{render, render_into, shorten};
use crate::nearest::nearest;
use crate::record::Record;

/// What is said about one input.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// What is wrong, in document order.
    pub issues: Vec<Issue>,
    /// What was cleaned, in document order.
    pub changes: Vec<Change>,
}

impl Report {
    /// Tells why a text could not be read at all.
    pub fn refuse(bytes: &[u8], source: Source, fault: &Fault) -> Report {
        let position = (source == Source::Text).then(|| Lines::new(bytes).position(fault.offset));
        let issue = Issue {
            code: Cow::Borrowed(fault.code.name),
            severity: Severity::Error,
            path: Vec::new(),
            message: render(fault.code.message, &fault.params),
            params: fault.params.clone(),
            suggestion: None,
            position,
        };
        Report { issues: vec![issue], changes: Vec::new() }
    }

    /// Whether nothing stops the input from being sent.
    pub fn ok(&self) -> bool {
        self.issues.iter().all(|issue| issue.severity == Severity::Warning)
    }
}

/// Tells what was found in a document. Whoever tells it in parts, in document order, pays for one
/// sweep over the document in all.
pub struct Teller<'d, 't> {
    document: &'d Document<'t>,
    issue_paths: Paths<'d, 't>,
    change_paths: Paths<'d, 't>,
    lines: Option<Lines<'d>>,
}

impl<'d, 't> Teller<'d, 't> {
    /// A teller of a document; issues have a position if it was a text.
    pub fn new(document: &'d Document<'t>, source: Source) -> Self {
        Teller {
            document,
            issue_paths: Paths::new(document),
            change_paths: Paths::new(document),
            lines: (source == Source::Text).then(|| Lines::new(document.text().as_bytes())),
        }
    }

    /// Tells findings and edits, both ordered by node.
    pub fn tell(&mut self, findings: &[Finding], edits: &[Edit]) -> Report {
        Report {
            issues: findings.iter().map(|finding| self.issue(finding)).collect(),
            changes: edits.iter().map(|edit| self.change(edit)).collect(),
        }
    }

    /// Tells findings and edits, both ordered by node, to a record: how many there are, and each.
    pub fn record(&mut self, findings: &[Finding], edits: &[Edit], record: &mut Record) {
        record.word(findings.len() as u32);
        record.word(edits.len() as u32);
        let shaped = self.document.is_shaped();
        for finding in findings {
            let place = shaped.then_some((finding.node, finding.member.as_deref()));
            record.issue(&self.issue(finding), place);
        }
        for edit in edits {
            match shaped {
                true => record.edit_given(edit),
                false => record.edit(self.document, self.change_paths.steps(edit.node), edit),
            }
        }
    }

    /// Tells a finding; of a value with a shape, the caller knows the path by the node.
    fn issue(&mut self, finding: &Finding) -> Issue {
        let mut path = Vec::new();
        if !self.document.is_shaped() {
            path = self.issue_paths.path(finding.node);
            path.extend(finding.member.clone().map(Segment::Key));
        }
        let suggestion = match &finding.near {
            Some(words) if finding.suggestion.is_none() => match self.document.kind(finding.node) {
                Kind::String | Kind::Key => {
                    let text = self.document.string(finding.node);
                    let near = nearest(&text, words.iter().map(String::as_str));
                    near.map(|near| Param::Text(near.to_owned()))
                }
                _ => None,
            },
            _ => finding.suggestion.clone(),
        };
        let (code, message, params) = self.words(finding, suggestion.as_ref());
        let offset = finding.offset.unwrap_or_else(|| self.document.span(finding.node).start);
        Issue {
            code,
            severity: finding.severity,
            path,
            message,
            params,
            suggestion,
            position: self.lines.as_mut().map(|lines| lines.position(offset)),
        }
    }

    fn words(
        &self,
        finding: &Finding,
        suggestion: Option<&Param>,
    ) -> (Cow<'static, str>, String, crate::issue::Params) {
        let code = match &finding.told {
            Told::Own(own) => {
                return (Cow::Owned(own.name.clone()), own.message.clone(), finding.params.clone());
            }
            Told::Code(code) => code,
        };
        let found = || self.found(finding.node);
        let (mut message, params) = told(code, finding.params.clone(), &found, suggestion);
        if let Some(hint) = &finding.hint {
            message.push_str("; ");
            message.push_str(hint);
        }
        (Cow::Borrowed(code.name), message, params)
    }

    /// The value at a node, short enough to be quoted.
    fn found(&self, node: NodeId) -> String {
        match self.document.kind(node) {
            Kind::String | Kind::Key => shorten(&self.document.string(node)),
            Kind::Unsupported => String::new(),
            _ => shorten(&without_tokens(&self.document.json(node))),
        }
    }

    fn change(&mut self, edit: &Edit) -> Change {
        let to = match &edit.action {
            Action::Text(text) => Some(quote(text)),
            Action::Json(json) => Some(json.clone()),
            Action::Remove => None,
        };
        Change {
            path: self.change_paths.path(edit.node),
            from: self.document.json(edit.node).into_owned(),
            to,
            rule: edit.rule,
            unicode: edit.unicode.clone(),
        }
    }
}

/// The message of a code, and its parameters with what was found.
fn told(
    code: &Code,
    mut params: Params,
    found: &dyn Fn() -> String,
    suggestion: Option<&Param>,
) -> (String, Params) {
    if code.quotes && !params.iter().any(|(name, _)| *name == "found") {
        params.insert(0, ("found", Param::Text(found())));
    }
    params.iter_mut().for_each(|(_, param)| limit(param));
    let param = |name: &str| match name {
        "suggestion" => suggestion,
        _ => params.iter().find(|(param, _)| *param == name).map(|(_, param)| param),
    };
    let mut message = String::with_capacity(code.message.len() + 64);
    render_into(code.message, &param, &mut message);
    if param("branches").is_some() && !crate::search::contains(code.message, "{branches}") {
        render_into(code::OTHER_BRANCHES, &param, &mut message);
    }
    (message, params)
}

/// What a format says of a text that is no part of a document.
pub fn remark_of(text: &str, severity: Severity, remark: Remark) -> Issue {
    let suggestion = remark.suggestion.map(Param::Text);
    let found = || shorten(text);
    let (message, params) = told(remark.code, remark.params, &found, suggestion.as_ref());
    let code = Cow::Borrowed(remark.code.name);
    Issue { code, severity, path: Vec::new(), message, params, suggestion, position: None }
}

/// A text that was written from a JavaScript value, with a `?` for each token of two bytes that
/// stands for what JSON cannot hold.
fn without_tokens(raw: &str) -> Cow<'_, str> {
    const LONGEST: usize = 1000;
    let end = (0..=raw.len().min(LONGEST)).rev().find(|end| raw.is_char_boundary(*end));
    let raw = &raw[..end.unwrap_or(0)];
    let mut parts = raw.split('\u{1}');
    let first = parts.next().unwrap_or_default();
    let mut out = Cow::Borrowed(first);
    for part in parts {
        out.to_mut().push('?');
        out.to_mut().push_str(part.get(1..).unwrap_or_default());
    }
    out
}

/// Shortens texts that no message would quote whole.
fn limit(param: &mut Param) {
    const LONGEST: usize = 256;
    let texts = match param {
        Param::Text(text) => std::slice::from_mut(text),
        Param::List(texts) => &mut texts[..],
        Param::Prose(_) | Param::Count(_) | Param::Json(_) => return,
    };
    for text in texts.iter_mut().filter(|text| text.len() > LONGEST) {
        *text = shorten(text);
    }
}

/// Finds lines and columns of offsets that mostly grow.
#[derive(Debug)]
struct Lines<'t> {
    bytes: &'t [u8],
    offset: usize,
    line: usize,
    column: usize,
}

impl<'t> Lines<'t> {
    fn new(bytes: &'t [u8]) -> Self {
        Lines { bytes, offset: 0, line: 1, column: 1 }
    }

    fn position(&mut self, offset: usize) -> Position {
        let offset = offset.min(self.bytes.len());
        if offset < self.offset {
            *self = Lines::new(self.bytes);
        }
        for byte in &self.bytes[self.offset..offset] {
            match byte {
                b'\n' => {
                    self.line += 1;
                    self.column = 1;
                }
                // Bytes that continue a character do not count.
                0x80..0xC0 => {}
                _ => self.column += 1,
            }
        }
        self.offset = offset;
        Position { line: self.line, column: self.column, offset }
    }
}
