//! The record: what is told of an input, as words of 32 bits and one text beside them, which
//! JavaScript decodes without parsing anything.
//!
//! Spans of the text are in units of UTF-16, since that is how JavaScript counts. What is fixed in
//! the program (codes, rules, names of parameters) is given by its address, so that JavaScript
//! decodes each once and remembers it.
//!
//! | what | words |
//! |---|---|
//! | name | address and length, in bytes |
//! | text | start and length, in units |
//! | path | the number of steps; of each a text, or [`INDEX`] and the index. Of a value that was handed over with its shape: [`NODE`] and the number of the node, and as a value the member below it |
//! | value | [`TEXT`] and a text; [`NAME`] and a name; [`JSON`] and the text of its JSON; [`COUNT`], its low and its high half; [`LIST`], how many, and their texts; [`ABSENT`]; [`GIVEN`] |
//! | issue | code (a name, or a text with [`OWN`] before it); whether it is an error; path; message (text); the number of parameters, each a name and a value; suggestion (value); position: line, column and offset, line 0 where there is none |
//! | change | rule (name); path; from and to (values); form for people (value) |

use std::borrow::Cow;

use crate::document::{Document, Kind, NodeId, Segment, Step};
use crate::issue::{Action, Edit, Finding, Issue, Param, Position, Severity, Told};
use crate::report::{Report, Words};

/// Stands before the index of an element, where a key has the start of its text.
const INDEX: u32 = u32::MAX;
/// Stands for a path together with the number of a node of the shape.
const NODE: u32 = 1 << 31;
/// Stands before a code that an API document brings along, where others have an address.
const OWN: u32 = 0;

const ABSENT: u32 = 0;
const TEXT: u32 = 1;
const JSON: u32 = 2;
const COUNT: u32 = 3;
const LIST: u32 = 4;
/// What the caller has at that path: it is not told again.
const GIVEN: u32 = 5;
const NAME: u32 = 6;

/// Where an issue is.
#[derive(Clone, Copy, Debug)]
pub enum Place<'p> {
    /// At a path.
    Path(&'p [Segment]),
    /// At a node of the shape, or at the member below it.
    Node(NodeId, Option<&'p str>),
}

/// What is told, growing.
#[derive(Debug, Default)]
pub struct Record {
    /// The words.
    pub words: Vec<u32>,
    /// The text that spans are of.
    pub text: String,
    /// The length of the text so far, in units of UTF-16.
    units: u32,
}

impl Record {
    /// Forgets everything, and keeps the memory unless it is a lot.
    pub fn clear(&mut self) {
        const MOST: usize = 1 << 20;
        if self.words.capacity() + self.text.capacity() > MOST {
            *self = Record::default();
        }
        self.words.clear();
        self.text.clear();
        self.units = 0;
    }

    /// Appends a word.
    pub fn word(&mut self, word: u32) {
        self.words.push(word);
    }

    /// Appends a text.
    pub fn text(&mut self, text: &str) {
        self.written(|out| out.push_str(text));
    }

    /// Appends the text that is appended to the one that spans are of.
    fn written(&mut self, write: impl FnOnce(&mut String)) {
        let start = self.text.len();
        write(&mut self.text);
        let text = &self.text[start..];
        let units = match text.is_ascii() {
            true => text.len(),
            false => text.chars().map(char::len_utf16).sum(),
        } as u32;
        self.words.extend([self.units, units]);
        self.units += units;
    }

    /// Appends what a value is, and its text.
    pub fn value(&mut self, text: Option<&str>) {
        match text {
            None => self.word(ABSENT),
            Some(text) => {
                self.word(TEXT);
                self.text(text);
            }
        }
    }

    /// Appends a value that is given as JSON.
    pub fn json(&mut self, json: &str) {
        self.word(JSON);
        self.text(json);
    }

    fn name(&mut self, name: &'static str) {
        self.words.extend([name.as_ptr() as u32, name.len() as u32]);
    }

    fn path(&mut self, path: &[Segment]) {
        self.steps(path.iter().map(|segment| match segment {
            Segment::Key(key) => Step::Key(Cow::Borrowed(key)),
            Segment::Index(index) => Step::Index(*index),
        }));
    }

    fn steps<'s>(&mut self, steps: impl ExactSizeIterator<Item = Step<'s>>) {
        self.word(steps.len() as u32);
        for step in steps {
            match step {
                Step::Key(key) => self.text(&key),
                Step::Index(index) => self.words.extend([INDEX, index as u32]),
            }
        }
    }

    fn param(&mut self, param: Option<&Param>) {
        match param {
            None => self.word(ABSENT),
            Some(Param::Text(text) | Param::Prose(text)) => self.value(Some(text)),
            Some(Param::Name(name)) => {
                self.word(NAME);
                self.name(name);
            }
            Some(Param::Json(json)) => self.json(json),
            Some(Param::Count(count)) => {
                self.words.extend([COUNT, *count as u32, (*count >> 32) as u32]);
            }
            Some(Param::List(items)) => {
                self.words.extend([LIST, items.len() as u32]);
                items.iter().for_each(|item| self.text(item));
            }
        }
    }

    fn node(&mut self, node: NodeId, member: Option<&str>) {
        self.word(NODE | node.0);
        self.value(member);
    }

    /// Appends an issue.
    fn issue(&mut self, issue: &Issue) {
        self.code(issue.code.clone(), issue.severity);
        self.path(&issue.path);
        self.text(&issue.message);
        self.params(issue.params.len(), issue.params.iter().map(|(name, param)| (*name, param)));
        self.param(issue.suggestion.as_ref());
        self.position(issue.position);
    }

    /// Appends an issue in the words that a finding is told in; its path is given.
    pub fn finding(&mut self, finding: &Finding, words: &Words<'_>, place: Place<'_>) {
        match &finding.told {
            Told::Code(code) => self.code(Cow::Borrowed(code.name), finding.severity),
            Told::Own(own) => self.code(Cow::Owned(own.name.clone()), finding.severity),
        }
        match place {
            Place::Path(path) => self.path(path),
            Place::Node(node, member) => self.node(node, member),
        }
        self.written(|out| words.write_message(out));
        self.params(words.param_count(), words.params());
        self.param(words.suggestion());
        self.position(words.position);
    }

    fn code(&mut self, code: Cow<'static, str>, severity: Severity) {
        match code {
            Cow::Borrowed(name) => self.name(name),
            Cow::Owned(name) => {
                self.word(OWN);
                self.text(&name);
            }
        }
        self.word(u32::from(severity == Severity::Error));
    }

    fn params<'p>(
        &mut self,
        count: usize,
        params: impl Iterator<Item = (&'static str, &'p Param)>,
    ) {
        self.word(count as u32);
        for (name, param) in params {
            self.name(name);
            self.param(Some(param));
        }
    }

    fn position(&mut self, position: Option<Position>) {
        let (line, column, offset) = position
            .map_or((0, 0, 0), |position| (position.line, position.column, position.offset));
        self.words.extend([line as u32, column as u32, offset as u32]);
    }

    /// Appends a change that is an edit of a document.
    pub fn edit<'s>(
        &mut self,
        document: &Document<'_>,
        path: impl ExactSizeIterator<Item = Step<'s>>,
        edit: &Edit,
    ) {
        self.name(edit.rule);
        self.steps(path);
        match document.kind(edit.node) {
            Kind::String | Kind::Key => self.value(Some(&document.string(edit.node))),
            _ => self.json(&document.json(edit.node)),
        }
        self.outcome(edit);
    }

    /// The same of a value that was handed over with its shape: the caller has what it was.
    pub fn edit_given(&mut self, edit: &Edit) {
        self.name(edit.rule);
        self.node(edit.node, None);
        self.word(GIVEN);
        self.outcome(edit);
    }

    fn outcome(&mut self, edit: &Edit) {
        match &edit.action {
            Action::Text(text) => self.value(Some(text)),
            Action::Json(json) => self.json(json),
            Action::Remove => self.word(ABSENT),
        }
        self.value(edit.unicode.as_deref());
    }

    /// Appends how many issues and changes a report has, and these.
    pub fn report(&mut self, report: &Report) {
        self.words.extend([report.issues.len() as u32, report.changes.len() as u32]);
        report.issues.iter().for_each(|issue| self.issue(issue));
        for change in &report.changes {
            self.name(change.rule);
            self.path(&change.path);
            self.json(&change.from);
            match &change.to {
                Some(to) => self.json(to),
                None => self.word(ABSENT),
            }
            self.value(change.unicode.as_deref());
        }
    }
}
