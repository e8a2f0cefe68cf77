//! The report: findings and edits, told to the user as issues and changes.

use std::borrow::Cow;

use crate::code::{self, Code};
use crate::document::{Document, Fault, Kind, NodeId, Paths, Segment, Source, quote, same};
use crate::formats::Remark;
use crate::issue::{Action, Change, Edit, Finding, Issue, Param, Params, Position, Severity, Told};
use crate::message::{render, render_into, shorten};
use crate::nearest::{MOST_COMPARISONS, nearest};
use crate::record::{Place, Record};

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
    /// How many more words may be compared with those that were found.
    comparisons: usize,
}

impl<'d, 't> Teller<'d, 't> {
    /// A teller of a document; issues have a position if it was a text.
    pub fn new(document: &'d Document<'t>, source: Source) -> Self {
        Teller {
            document,
            issue_paths: Paths::new(document),
            change_paths: Paths::new(document),
            lines: (source == Source::Text).then(|| Lines::new(document.text().as_bytes())),
            comparisons: MOST_COMPARISONS,
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
            let words = self.words(finding);
            if shaped {
                let member = finding.member.as_deref();
                record.finding(finding, &words, Place::Node(finding.node, member));
            } else {
                let path = self.path(finding);
                record.finding(finding, &words, Place::Path(&path));
            }
        }
        for edit in edits {
            match shaped {
                true => record.edit_given(edit),
                false => record.edit(self.document, self.change_paths.steps(edit.node), edit),
            }
        }
    }

    /// Tells a finding.
    fn issue(&mut self, finding: &Finding) -> Issue {
        let words = self.words(finding);
        let mut message = String::with_capacity(128);
        words.write_message(&mut message);
        let code = match &finding.told {
            Told::Code(code) => Cow::Borrowed(code.name),
            Told::Own(own) => Cow::Owned(own.name.clone()),
        };
        Issue {
            code,
            severity: finding.severity,
            path: self.path(finding),
            message,
            params: words.params().map(|(name, param)| (name, param.clone())).collect(),
            suggestion: words.suggestion().cloned(),
            position: words.position,
        }
    }

    /// The path of a finding; nothing of a value with a shape, of which the caller knows it by the node.
    fn path(&mut self, finding: &Finding) -> Vec<Segment> {
        if self.document.is_shaped() {
            return Vec::new();
        }
        let mut path = self.issue_paths.path(finding.node);
        path.extend(finding.member.clone().map(Segment::Key));
        path
    }

    /// What a finding is told in.
    fn words<'f>(&mut self, finding: &'f Finding) -> Words<'f> {
        let offset = finding.offset.unwrap_or_else(|| self.document.span(finding.node).start);
        let position = self.lines.as_mut().map(|lines| lines.position(offset));
        let near = match (&finding.near, &finding.suggestion) {
            (Some(words), None) => self.near(finding.node, words),
            _ => None,
        };
        let suggestion = near.map(Cow::Owned).or(finding.suggestion.as_ref().map(Cow::Borrowed));
        let message = match &finding.told {
            Told::Own(own) => Message::Own(&own.message),
            Told::Code(code) => Message::Code(code),
        };
        let found = || self.found(finding.node);
        let words = Words::new(message, &finding.params, suggestion, &found);
        Words { hint: finding.hint.as_deref(), position, ..words }
    }

    /// The word that was probably meant by the one at a node.
    fn near(&mut self, node: NodeId, words: &[String]) -> Option<Param> {
        if !matches!(self.document.kind(node), Kind::String | Kind::Key) {
            return None;
        }
        self.comparisons = self.comparisons.checked_sub(words.len())?;
        let text = self.document.string(node);
        let near = nearest(&text, words.iter().map(String::as_str))?;
        Some(Param::Text(near.to_owned()))
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

/// Where a message is from.
#[derive(Clone, Copy, Debug)]
enum Message<'f> {
    /// A code's template.
    Code(&'static Code),
    /// The API document, which gives it whole.
    Own(&'f str),
}

/// The words that something is told in, which are in the finding for the most part.
#[derive(Debug)]
pub struct Words<'f> {
    message: Message<'f>,
    /// The value that was found, where the message quotes it and it is none of the others.
    found: Option<Param>,
    params: Cow<'f, [(&'static str, Param)]>,
    suggestion: Option<Cow<'f, Param>>,
    /// What is added to the message.
    hint: Option<&'f str>,
    /// Where in the text, if the input was one.
    pub position: Option<Position>,
}

impl<'f> Words<'f> {
    fn new(
        message: Message<'f>,
        params: &'f Params,
        suggestion: Option<Cow<'f, Param>>,
        found: &dyn Fn() -> String,
    ) -> Self {
        let mut words = Words {
            message,
            found: None,
            params: Cow::Borrowed(params),
            suggestion,
            hint: None,
            position: None,
        };
        if let Message::Code(code) = message {
            if code.quotes && words.param("found").is_none() {
                words.found = Some(Param::Text(found()));
            }
            if params.iter().any(|(_, param)| is_long(param)) {
                words.params.to_mut().iter_mut().for_each(|(_, param)| limit(param));
            }
        }
        words
    }

    /// The number of parameters.
    pub fn param_count(&self) -> usize {
        usize::from(self.found.is_some()) + self.params.len()
    }

    /// The parameters, in the order in which they are told.
    pub fn params(&self) -> impl Iterator<Item = (&'static str, &Param)> {
        let found = self.found.iter().map(|found| ("found", found));
        found.chain(self.params.iter().map(|(name, param)| (*name, param)))
    }

    /// A value that would pass.
    pub fn suggestion(&self) -> Option<&Param> {
        self.suggestion.as_deref()
    }

    /// Appends the message.
    pub fn write_message(&self, out: &mut String) {
        match self.message {
            Message::Own(message) => out.push_str(message),
            Message::Code(code) => {
                let param = |name: &str| match name {
                    "suggestion" => self.suggestion(),
                    _ => self.param(name),
                };
                render_into(code.message, &param, out);
                if self.param("branches").is_some()
                    && !crate::search::contains(code.message, "{branches}")
                {
                    render_into(code::OTHER_BRANCHES, &param, out);
                }
                if let Some(hint) = self.hint {
                    out.push_str("; ");
                    out.push_str(hint);
                }
            }
        }
    }

    fn param(&self, name: &str) -> Option<&Param> {
        self.params()
            .find(|(param, _)| same(param.as_bytes(), name.as_bytes()))
            .map(|(_, param)| param)
    }
}

/// What a format says of a text that is no part of a document.
pub fn remark_of(text: &str, severity: Severity, remark: Remark) -> Issue {
    let suggestion = remark.suggestion.map(Param::Text);
    let found = || shorten(text);
    let words = Words::new(
        Message::Code(remark.code),
        &remark.params,
        suggestion.as_ref().map(Cow::Borrowed),
        &found,
    );
    let mut message = String::with_capacity(128);
    words.write_message(&mut message);
    let params = words.params().map(|(name, param)| (name, param.clone())).collect();
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

/// The length from which on a text is shortened, which no message would quote whole.
const LONGEST: usize = 256;

fn is_long(param: &Param) -> bool {
    match param {
        Param::Text(text) => text.len() > LONGEST,
        Param::List(texts) => texts.iter().any(|text| text.len() > LONGEST),
        Param::Name(_) | Param::Prose(_) | Param::Count(_) | Param::Json(_) => false,
    }
}

/// Shortens the texts that are too long.
fn limit(param: &mut Param) {
    let texts = match param {
        Param::Text(text) => std::slice::from_mut(text),
        Param::List(texts) => &mut texts[..],
        Param::Name(_) | Param::Prose(_) | Param::Count(_) | Param::Json(_) => return,
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
