//! The check: a pure function of a compiled schema and a document.
//!
//! It yields findings and edits. A subschema whose failure does not count (a branch of `anyOf`, the
//! condition of `if`) is undone by cutting both lists back to where they were.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::code;
use crate::document::{Document, Kind, Limits, NodeId, Paths, Source};
use crate::formats::Settings;
use crate::issue::{Action, Edit, Finding, Param, Severity};
use crate::nearest::{MOST_COMPARISONS, nearest};
use crate::options::Options;
use crate::pattern::Pattern;
use crate::schema::{Quick, Schema, SchemaId, Subschema, Types};

/// In how many ways engines may try to match texts before a check gives up with `too_complex`: so many,
/// and so many more for each node of the document.
const MOST_WAYS: (u64, u64) = (4 * Pattern::MOST_WAYS, 1 << 14);
/// How deep subschemas may run within each other before the check gives up with `too_complex`.
const DEEPEST: usize = 1000;

/// How many bytes the paths of issues may take, and those of changes: a long key stands in the path
/// of all that is in its value.
const MOST_PATH_BYTES: usize = 32 << 20;

/// How many words the lists in issues may have together: each issue of an `enum` tells all its values.
const MOST_WORDS: usize = 1_000_000;

/// A check that is under way.
pub struct Check<'a> {
    schema: &'a Schema,
    document: &'a Document<'a>,
    options: &'a Options,
    settings: Settings,
    findings: Vec<Finding>,
    /// How many findings are kept; of more there is only their number.
    most_findings: usize,
    /// How many more words lists in findings may have before these are only counted too.
    words: usize,
    omitted: usize,
    errors: usize,
    edits: Vec<Edit>,
    /// Of each node the number of its last edit, from 1, where several subschemas may edit one.
    last_edits: Vec<u32>,
    /// Of each edit the number of the one before it of the same node.
    earlier_edits: Vec<u32>,
    evaluated: Vec<NodeId>,
    steps: u64,
    /// In how many more ways engines may try to match texts.
    ways: u64,
    depth: usize,
    /// How many probes are under way: then only whether something is wrong counts.
    probes: usize,
    gave_up: bool,
    /// How many more words may be compared with one that is not known.
    comparisons: usize,
    /// When the subschema that is running began.
    started: Mark,
    /// The schema resources that led here, if a rule asks for them.
    scope: Vec<u32>,
    /// The subschemas that are running, each with its node, if one can come back to itself.
    running: Vec<(SchemaId, NodeId)>,
}

/// What a check found.
#[derive(Debug, Default)]
pub struct Outcome {
    /// What is wrong, ordered by node.
    pub findings: Vec<Finding>,
    /// What to do about the rest, ordered by node, at most one a node.
    pub edits: Vec<Edit>,
}

/// A moment of a check to go back to.
#[derive(Clone, Copy, Debug, Default)]
pub struct Mark {
    findings: usize,
    omitted: usize,
    words: usize,
    errors: usize,
    edits: usize,
    evaluated: usize,
}

impl Schema {
    /// Checks a document: what is wrong with it, and which edits make it clean.
    pub fn check(&self, document: &Document<'_>, options: &Options) -> Outcome {
        let settings =
            Settings { linkedin_host: options.linkedin_host.unwrap_or(self.linkedin_host) };
        let mut check = Check::new(self, document, options, settings);
        check.apply(self.root, NodeId::ROOT);
        if check.gave_up {
            check.raise(Finding::error(&code::TOO_COMPLEX, NodeId::ROOT));
        }
        let Check { mut findings, mut edits, mut omitted, errors, .. } = check;
        crate::order::sort_by_key(&mut findings, |finding| finding.node);
        if !edits.is_sorted_by(|one, next| one.node < next.node) {
            // Of several edits of one node the last holds.
            edits.reverse();
            crate::order::sort_by_key(&mut edits, |edit| edit.node);
            edits.dedup_by_key(|edit| edit.node);
        }
        // A path that is told takes no more than the text does.
        let told = findings.len().max(edits.len());
        if told.saturating_mul(document.text().len()) > MOST_PATH_BYTES {
            let kept = most_told(document, findings.iter().map(|finding| finding.node));
            omitted += findings.len().saturating_sub(kept);
            findings.truncate(kept);
            if most_told(document, edits.iter().map(|edit| edit.node)) < edits.len() {
                // What is changed must be told.
                findings.push(Finding::error(&code::TOO_COMPLEX, NodeId::ROOT));
            }
        }
        if omitted > 0 {
            let told = findings.iter().filter(|finding| finding.severity == Severity::Error);
            let finding = match errors > told.count() {
                true => Finding::error(&code::TOO_MANY_ISSUES, NodeId::ROOT),
                false => Finding::warning(&code::TOO_MANY_ISSUES, NodeId::ROOT),
            };
            findings.push(finding.param("count", Param::Count(omitted as u64)));
        }
        Outcome { findings, edits }
    }
}

/// How many of some nodes, in document order, can be told before their paths take too much; one always
/// can.
fn most_told(document: &Document<'_>, nodes: impl Iterator<Item = NodeId>) -> usize {
    let mut paths = Paths::new(document);
    let mut room = MOST_PATH_BYTES;
    nodes
        .take_while(|node| {
            let size: usize = paths.lengths(*node).sum();
            room.checked_sub(size).map(|rest| room = rest).is_some()
        })
        .count()
        .max(1)
}

impl Outcome {
    /// Whether nothing stops the document from being sent.
    pub fn ok(&self) -> bool {
        self.findings.iter().all(|finding| finding.severity == Severity::Warning)
    }
}

impl<'a> Check<'a> {
    fn new(
        schema: &'a Schema,
        document: &'a Document<'a>,
        options: &'a Options,
        settings: Settings,
    ) -> Self {
        let most_findings = options.max_issues.unwrap_or(Options::MAX_ISSUES);
        let faults = document.faults().len() + document.more_faults();
        Check {
            schema,
            document,
            options,
            settings,
            findings: document.faults().iter().take(most_findings).map(Finding::fault).collect(),
            most_findings,
            words: MOST_WORDS,
            omitted: faults.saturating_sub(most_findings.min(document.faults().len())),
            errors: faults,
            edits: Vec::new(),
            last_edits: Vec::new(),
            earlier_edits: Vec::new(),
            evaluated: Vec::new(),
            steps: options.max_steps.unwrap_or(Options::MAX_STEPS) as u64
                + Options::STEPS_A_NODE as u64 * document.len() as u64,
            ways: MOST_WAYS.0 + MOST_WAYS.1 * document.len() as u64,
            depth: 0,
            probes: 0,
            gave_up: false,
            comparisons: MOST_COMPARISONS,
            started: Mark::default(),
            scope: Vec::new(),
            running: Vec::new(),
        }
    }

    /// The document.
    pub fn document(&self) -> &'a Document<'a> {
        self.document
    }

    /// The candidate that a word probably means (see [`nearest`]), as long as not too many were looked
    /// for: a hostile input has a million words.
    pub fn nearest<'c>(
        &mut self,
        word: &str,
        count: usize,
        candidates: impl Iterator<Item = &'c str>,
    ) -> Option<&'c str> {
        if self.may_compare(count) { nearest(word, candidates) } else { None }
    }

    /// Whether so many more words may be compared.
    pub fn may_compare(&mut self, count: usize) -> bool {
        let rest = self.comparisons.checked_sub(count);
        self.comparisons = rest.unwrap_or(self.comparisons);
        rest.is_some()
    }

    /// What the user asked for.
    pub fn options(&self) -> &'a Options {
        self.options
    }

    /// What the user chose about formats.
    pub fn settings(&self) -> Settings {
        self.settings
    }

    /// Runs a subschema on a node; whether it passes.
    #[inline]
    pub fn apply(&mut self, id: SchemaId, node: NodeId) -> bool {
        match self.schema.subschemas[id.0 as usize].quick {
            Some(quick) if self.passes_quickly(quick, node) => true,
            _ => self.judge(id, node),
        }
    }

    /// Whether a node passes a subschema; nothing is found or edited by it.
    pub fn probe(&mut self, id: SchemaId, node: NodeId) -> bool {
        let mark = self.mark();
        self.probes += 1;
        let passes = self.apply(id, node);
        self.probes -= 1;
        self.undo(mark);
        passes
    }

    /// How many errors there are so far.
    pub fn errors(&self) -> usize {
        self.errors
    }

    /// Whether a pattern matches a text; nothing if that would take too long, and then the check gives
    /// up: whatever is made of it, the document does not pass.
    pub fn matches(&mut self, pattern: &Pattern, text: &str) -> Option<bool> {
        let rest = self.ways.checked_sub(pattern.ways(text.len()));
        let matches = rest.and_then(|_| pattern.matches(text));
        self.ways = rest.unwrap_or(self.ways);
        self.gave_up |= matches.is_none();
        matches
    }

    /// Whether it ended before all was judged.
    pub fn gave_up(&self) -> bool {
        self.gave_up
    }

    /// Whether findings are only counted.
    pub fn is_probe(&self) -> bool {
        self.probes > 0
    }

    /// Whether the rest of what is running cannot matter any more.
    pub fn is_decided(&self) -> bool {
        self.probes > 0 && self.errors > self.started.errors
    }

    /// Whether a node is a text that passes for certain, as it is.
    #[inline]
    fn passes_quickly(&self, quick: Quick, node: NodeId) -> bool {
        self.document.plain_string(node).is_some_and(|text| quick.passes(text))
            && !self.is_edited(node)
    }

    /// The same, where it takes more than a look.
    #[inline(never)]
    fn judge(&mut self, id: SchemaId, node: NodeId) -> bool {
        let schema: &'a Schema = self.schema;
        let subschema = &schema.subschemas[id.0 as usize];
        let kind = self.document.kind(node);
        if self.document.is_faulty(node) || kind == Kind::Null && subschema.nullable {
            return true;
        }
        let admitted = subschema.types.admit(self.document, node);
        if admitted && (!subschema.heard.touch(kind) || self.is_word(subschema, node)) {
            return true;
        }
        if self.steps == 0 || self.depth == DEEPEST {
            self.gave_up = true;
            return false;
        }
        if schema.cyclic {
            let same_value = self.running.iter().rev().take_while(|(_, at)| *at == node);
            if same_value.into_iter().any(|(running, _)| *running == id) {
                // It is being judged by that already.
                return true;
            }
            self.running.push((id, node));
        }
        self.steps -= 1;
        self.depth += 1;
        let mark = self.mark();
        let started = std::mem::replace(&mut self.started, mark);
        let scoped = !schema.dynamic.is_empty();
        if scoped {
            self.scope.push(subschema.resource);
        }
        if admitted {
            for rule in &subschema.rules {
                if rule.applies.touch(kind) && !self.is_decided() {
                    rule.keyword.check(self, node);
                }
            }
        } else if !self.mend(id, node, kind) {
            if self.probes > 0 {
                self.errors += 1;
            } else {
                self.raise(wrong_type(self.document, subschema.types, node));
            }
        }
        if let Some(hint) = &subschema.hint {
            for finding in &mut self.findings[mark.findings..] {
                if finding.node == node && finding.severity == Severity::Error {
                    finding.hint.get_or_insert_with(|| hint.clone());
                }
            }
        }
        self.depth -= 1;
        self.started = started;
        if scoped {
            self.scope.pop();
        }
        if schema.cyclic {
            self.running.pop();
        }
        self.errors == mark.errors
    }

    /// Whether a node is one of the texts that are all that a subschema lets pass.
    fn is_word(&self, subschema: &Subschema, node: NodeId) -> bool {
        let is = |word: &String| self.document.is(node, word);
        match &subschema.words {
            Some(words) if self.document.kind(node) == Kind::String && !self.is_edited(node) => {
                words.iter().any(is)
            }
            _ => false,
        }
    }

    /// Whether a node fails a subschema for certain, so that running it adds only what it says.
    pub fn is_refused(&self, id: SchemaId, node: NodeId) -> bool {
        let subschema = &self.schema.subschemas[id.0 as usize];
        let kind = self.document.kind(node);
        let may_be_mended = match kind {
            Kind::Null => subschema.nullable || subschema.drop_null,
            Kind::String => subschema.from_text || self.is_edited(node),
            _ => false,
        };
        if may_be_mended || self.document.is_faulty(node) {
            return false;
        }
        !subschema.types.admit(self.document, node)
            || kind == Kind::String && subschema.words.is_some() && !self.is_word(subschema, node)
    }

    /// Makes a value of the wrong type one of the right type, where the schema says how.
    fn mend(&mut self, id: SchemaId, node: NodeId, kind: Kind) -> bool {
        let schema: &'a Schema = self.schema;
        let subschema: &Subschema = &schema.subschemas[id.0 as usize];
        if kind == Kind::Null && subschema.drop_null && !self.options.strict {
            self.edit(node, Action::Remove, "drop_null");
            return true;
        }
        if kind != Kind::String || !subschema.from_text {
            return false;
        }
        let text = self.document.string(node);
        let limits = Limits { depth: 1, bytes: 400 };
        let Ok(value) = Document::read(text.as_bytes(), &limits, Source::Text) else {
            return false;
        };
        let rule = match value.kind(NodeId::ROOT) {
            _ if !subschema.types.admit(&value, NodeId::ROOT) => return false,
            Kind::Number if subschema.types == Types::INTEGER => "integer",
            Kind::Number => "number",
            Kind::Boolean => "boolean",
            _ => return false,
        };
        // Its other rules are about the number or boolean, not about the text.
        let mut meant = Check::new(schema, &value, self.options, self.settings);
        meant.scope.clone_from(&self.scope);
        meant.apply(id, NodeId::ROOT);
        self.gave_up |= meant.gave_up;
        for finding in meant.findings {
            self.raise(Finding { node, ..finding });
        }
        self.edit(node, Action::Json(text.into_owned()), rule);
        true
    }

    /// Adds a finding.
    pub fn raise(&mut self, finding: Finding) {
        if self.is_full() {
            return self.omit(finding.severity);
        }
        let words = finding.params.iter().map(|(_, param)| match param {
            Param::List(words) => words.len(),
            _ => 0,
        });
        self.words = self.words.saturating_sub(words.sum());
        if finding.severity == Severity::Error {
            self.errors += 1;
        }
        if self.probes == 0 {
            self.findings.push(finding);
        }
    }

    /// Whether findings are only counted from now on, so that what they would tell need not be
    /// brought together (see [`Check::omit`]).
    pub fn is_full(&self) -> bool {
        self.findings.len() >= self.most_findings || self.words == 0
    }

    /// Counts a finding that is not kept.
    pub fn omit(&mut self, severity: Severity) {
        self.errors += usize::from(severity == Severity::Error);
        self.omitted += 1;
    }

    /// Adds an edit.
    pub fn edit(&mut self, node: NodeId, action: Action, rule: &'static str) {
        self.push_edit(Edit { node, action, rule, unicode: None });
    }

    /// Adds an edit that also tells the new text as people write it.
    pub fn edit_with_unicode(
        &mut self,
        node: NodeId,
        text: String,
        rule: &'static str,
        unicode: Option<String>,
    ) {
        self.push_edit(Edit { node, action: Action::Text(text), rule, unicode });
    }

    fn push_edit(&mut self, edit: Edit) {
        if self.schema.composed {
            if self.last_edits.is_empty() {
                self.last_edits = vec![0; self.document.len()];
            }
            let last = &mut self.last_edits[edit.node.0 as usize];
            self.earlier_edits.push(*last);
            *last = self.edits.len() as u32 + 1;
        }
        self.edits.push(edit);
    }

    /// The edit that holds for a node so far.
    pub fn edit_of(&self, node: NodeId) -> Option<&Edit> {
        if self.schema.composed {
            let last = *self.last_edits.get(node.0 as usize)?;
            return self.edits.get((last as usize).checked_sub(1)?);
        }
        // Nodes are judged in document order, each once: the edits of this one come last.
        self.edits.last().filter(|edit| edit.node >= node)?;
        let mut last = self.edits.iter().rev().take_while(|edit| edit.node >= node);
        last.find(|edit| edit.node == node)
    }

    fn is_edited(&self, node: NodeId) -> bool {
        !self.edits.is_empty() && self.edit_of(node).is_some()
    }

    /// The characters of a string, as edited so far.
    pub fn text(&self, node: NodeId) -> Cow<'a, str> {
        match self.edit_of(node) {
            Some(Edit { action: Action::Text(text), .. }) => Cow::Owned(text.clone()),
            _ => self.document.string(node),
        }
    }

    /// Whether something wrong was found at a node within an object that is being judged.
    pub fn failed_at(&self, node: NodeId, object: NodeId) -> bool {
        // What was found in it comes last.
        let mut found = self.findings.iter().rev().take_while(|found| found.node >= object);
        found.any(|found| found.node == node && found.severity == Severity::Error)
    }

    /// The nodes at which the running subschema, or one within it, found something wrong.
    pub fn failed_nodes(&self) -> HashSet<NodeId> {
        let found = self.findings[self.started.findings..].iter();
        found.filter(|found| found.severity == Severity::Error).map(|found| found.node).collect()
    }

    /// Takes back what the running subschema found wrong at a node, because a rule across fields
    /// says it better.
    pub fn withdraw(&mut self, node: NodeId) {
        let floor = self.started.findings;
        let mut at = self.findings.len();
        while at > floor {
            at -= 1;
            let found = &self.findings[at];
            if found.node == node && found.severity == Severity::Error {
                self.findings.remove(at);
                self.errors -= 1;
            }
        }
    }

    /// This moment.
    pub fn mark(&self) -> Mark {
        Mark {
            findings: self.findings.len(),
            omitted: self.omitted,
            words: self.words,
            errors: self.errors,
            edits: self.edits.len(),
            evaluated: self.evaluated.len(),
        }
    }

    /// Undoes everything since a moment; gives what had been found.
    pub fn undo(&mut self, mark: Mark) -> Vec<Finding> {
        self.errors = mark.errors;
        self.omitted = mark.omitted;
        self.words = mark.words;
        while self.edits.len() > mark.edits {
            if let (Some(edit), Some(earlier)) = (self.edits.pop(), self.earlier_edits.pop()) {
                self.last_edits[edit.node.0 as usize] = earlier;
            }
        }
        self.evaluated.truncate(mark.evaluated);
        self.findings.split_off(mark.findings)
    }

    /// What was found since a moment.
    pub fn found_since(&mut self, mark: Mark) -> &mut [Finding] {
        &mut self.findings[mark.findings..]
    }

    /// Remembers that a member (by its key) or an element was judged, for `unevaluated…`.
    pub fn evaluate(&mut self, node: NodeId) {
        if self.schema.tracked {
            self.evaluated.push(node);
        }
    }

    /// The members (by their keys) and elements that were judged since the running subschema
    /// began, in document order.
    pub fn evaluated(&self) -> Vec<NodeId> {
        let mut evaluated = self.evaluated[self.started.evaluated..].to_vec();
        crate::order::sort(&mut evaluated);
        evaluated
    }

    /// The bearer of a dynamic anchor in the outermost resource that led here and has one.
    pub fn dynamic_target(&self, anchor: usize) -> Option<SchemaId> {
        let bearers = &self.schema.dynamic[anchor];
        self.scope.iter().find_map(|resource| {
            bearers.iter().find(|(of, _)| of == resource).map(|(_, schema)| *schema)
        })
    }
}

/// What is said of a value of the wrong type.
pub fn wrong_type(document: &Document<'_>, types: Types, node: NodeId) -> Finding {
    wrong_types(document, types.names(), node)
}

/// What is said of a value that is of none of the types of these names.
pub fn wrong_types(document: &Document<'_>, names: Vec<String>, node: NodeId) -> Finding {
    let kind = document.kind(node);
    let code = if kind == Kind::Null { &code::NULL } else { &code::TYPE };
    Finding::error(code, node)
        .param("expected", Param::List(names))
        .param("actual", Param::Name(kind.name()))
}
