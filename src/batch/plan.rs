//! Planning a request: which items can be sent, and what will become of each.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{BuildHasher, DefaultHasher, Hasher};
use std::ops::Range;

use foldhash::fast::RandomState;

use super::earlier::Earlier;
use super::known::SegmentState;
use super::{Batch, Id, Known, Status, Summary, Told};
use crate::code;
use crate::document::{Document, Kind, NodeId, Source, hash};
use crate::issue::{Action, Edit, Finding, Param, Severity};
use crate::options::Options;
use crate::output;
use crate::record::Record;
use crate::report::{Report, Teller};
use crate::schema::Schema;

/// A request for many items, and what will become of each.
#[derive(Debug)]
pub struct Plan {
    /// Whether the request can be sent: nothing refuses it whole, and an item is left to send.
    pub ok: bool,
    /// The request, if it can be sent.
    pub request: Option<String>,
    /// What the vendor will answer for each item in the request, as JSON text.
    pub results: String,
    /// How many of them have which status.
    pub summary: Summary,
    /// Every item of the input.
    pub items: Vec<Item>,
    /// What is said of the request around the items.
    pub report: Report,
}

/// How the keys of a request are hashed.
enum KeyHashing {
    /// Quickly: where there is no entropy, as in wasm, keys that collide can be made.
    Quick(RandomState),
    /// By SipHash, for which no way is known to make them.
    Sip,
}

impl KeyHashing {
    fn of(count: usize) -> KeyHashing {
        /// So few that it does not matter if all of them collide.
        const FEW: usize = 1024;
        match count > FEW {
            true => KeyHashing::Sip,
            false => KeyHashing::Quick(RandomState::default()),
        }
    }
}

impl BuildHasher for KeyHashing {
    type Hasher = KeyHasher;

    fn build_hasher(&self) -> KeyHasher {
        match self {
            KeyHashing::Quick(state) => KeyHasher::Quick(state.build_hasher()),
            KeyHashing::Sip => KeyHasher::Sip(DefaultHasher::new()),
        }
    }
}

enum KeyHasher {
    Quick(<RandomState as BuildHasher>::Hasher),
    Sip(DefaultHasher),
}

impl Hasher for KeyHasher {
    fn write(&mut self, bytes: &[u8]) {
        match self {
            KeyHasher::Quick(hasher) => hasher.write(bytes),
            KeyHasher::Sip(hasher) => hasher.write(bytes),
        }
    }

    fn finish(&self) -> u64 {
        match self {
            KeyHasher::Quick(hasher) => hasher.finish(),
            KeyHasher::Sip(hasher) => hasher.finish(),
        }
    }
}

/// One item of a plan.
#[derive(Debug)]
pub struct Item {
    /// Its place in the input, from 0.
    pub index: usize,
    /// What will become of it.
    pub status: Status,
    /// Its key, cleaned, if it has one.
    pub key: Option<String>,
    /// What is said of it.
    pub report: Report,
}

/// A plan of which nothing has been told yet.
#[derive(Debug)]
pub struct Draft<'t> {
    batch: &'t Batch,
    document: Document<'t>,
    source: Source,
    edits: Vec<Edit>,
    /// What was found in items, item by item.
    findings: Vec<Finding>,
    around: Vec<Finding>,
    verdicts: Vec<Verdict>,
    /// How many items came in earlier plans.
    planned: usize,
    ok: bool,
    summary: Summary,
}

impl Batch {
    /// Plans a request: which items can be sent, and what will become of each, judged in order.
    ///
    /// With `remember`, the items are kept in `known` for the next plan.
    pub fn plan(
        &self,
        schema: &Schema,
        bytes: &[u8],
        source: Source,
        options: &Options,
        known: &mut Known,
        remember: bool,
    ) -> Plan {
        match self.draft(schema, bytes, source, options, known, remember) {
            Ok(draft) => draft.tell(),
            Err(report) => Plan::refused(report),
        }
    }

    /// The same, with nothing told yet.
    ///
    /// # Errors
    ///
    /// The report of why the request could not be read.
    pub fn draft<'t>(
        &'t self,
        schema: &Schema,
        bytes: &'t [u8],
        source: Source,
        options: &Options,
        known: &mut Known,
        remember: bool,
    ) -> Result<Draft<'t>, Report> {
        let document = Document::read(bytes, &options.limits, source)
            .map_err(|fault| Report::refuse(bytes, source, &fault))?;
        let outcome = match &known.custom_fields {
            None => schema.check(&document, options),
            fields => schema
                .check(&document, &Options { custom_fields: fields.clone(), ..options.clone() }),
        };
        let planned = known.planned;
        let Decided { mut around, findings, verdicts } =
            self.judge(&document, outcome.findings, &outcome.edits, known, remember);
        self.judge_segment(&document, known, &mut around);
        crate::order::sort_by_key(&mut around, |finding| finding.node);
        let mut summary = Summary::default();
        verdicts.iter().for_each(|verdict| summary.add(verdict.status));
        let refused = around.iter().any(|finding| finding.severity == Severity::Error);
        let ok = !refused && summary != Summary::default();
        if !ok {
            summary = Summary::default();
        }
        let edits = outcome.edits;
        let batch = self;
        Ok(Draft {
            batch,
            document,
            source,
            edits,
            findings,
            around,
            verdicts,
            planned,
            ok,
            summary,
        })
    }

    fn upserts(&self, document: &Document<'_>) -> bool {
        self.upsert
            .as_ref()
            .and_then(|name| document.get(NodeId::ROOT, name))
            .is_some_and(|flag| document.kind(flag) == Kind::Boolean && document.is_true(flag))
    }

    /// Decides on each item, in order, as the vendor would.
    fn judge(
        &self,
        document: &Document<'_>,
        found: Vec<Finding>,
        edits: &[Edit],
        known: &mut Known,
        remember: bool,
    ) -> Decided {
        let items = document.get(NodeId::ROOT, &self.items);
        let upserts = self.upserts(document);
        let count = items.map_or(0, |items| document.count(items));
        let verdicts = Vec::with_capacity(count);
        let mut decided = Decided { verdicts, ..Decided::default() };
        let key_hash = hash(self.key.as_bytes());
        let mut seen: HashMap<Cow<'_, str>, Earlier, KeyHashing> =
            HashMap::with_capacity_and_hasher(count, KeyHashing::of(count));
        let mut found = found.into_iter().peekable();
        let mut edit = 0;
        for (offset, node) in
            items.into_iter().flat_map(|items| document.elements(items)).enumerate()
        {
            let end = document.next(node);
            // `next_if` would move each finding out and back in again.
            while found.peek().is_some_and(|finding| finding.node < node) {
                decided.around.extend(found.next());
            }
            let start = decided.findings.len();
            while found.peek().is_some_and(|finding| finding.node < end) {
                decided.findings.extend(found.next());
            }
            edit += edits[edit..].iter().take_while(|edit| edit.node < node).count();
            let first_edit = edit;
            edit += edits[edit..].iter().take_while(|edit| edit.node < end).count();
            let mut verdict = Verdict {
                node,
                status: Status::Created,
                key: document
                    .get_hashed(node, &self.key, key_hash)
                    .filter(|key| document.kind(*key) == Kind::String),
                exists: false,
                id: None,
                findings: start..decided.findings.len(),
                edits: first_edit..edit,
            };
            let own = &decided.findings[start..];
            let errors = || own.iter().filter(|found| found.severity == Severity::Error);
            let unknown = errors().any(|found| found.is(&code::UNKNOWN_CUSTOM_FIELD));
            let invalid = errors().any(|found| !found.is(&code::UNKNOWN_CUSTOM_FIELD));
            let (Some(key_node), false) = (verdict.key, invalid) else {
                verdict.key = verdict.key.filter(|key| !errors().any(|found| found.node == *key));
                verdict.status = Status::Invalid;
                decided.verdicts.push(verdict);
                continue;
            };
            let key = text(document, &edits[verdict.edits.clone()], key_node);
            let index = known.planned + offset;
            let before = seen.get(&key).copied().or_else(|| known.earlier.get(&key));
            let existing = known.existing.get(&*key);
            let exists = existing.is_some() || before.is_some_and(|before| before.created);
            if let Some(before) = before {
                decided.findings.push(
                    Finding::warning(&code::DUPLICATE_IN_BATCH, key_node)
                        .param("key", Param::Text(key.clone().into_owned()))
                        .param("first", Param::Count(before.index as u64))
                        .param("index", Param::Count(index as u64)),
                );
            }
            if exists && !upserts {
                verdict.status = Status::Failed;
                verdict.exists = true;
                verdict.id = existing.cloned().flatten();
                if before.is_none() {
                    let key = Param::Text(key.clone().into_owned());
                    decided
                        .findings
                        .push(Finding::error(&code::ALREADY_EXISTS, key_node).param("key", key));
                }
            } else if unknown {
                verdict.status = Status::Failed;
            } else if exists {
                verdict.status = Status::Updated;
                verdict.id = existing.cloned().flatten();
            }
            if decided.findings.len() > verdict.findings.end {
                verdict.findings.end = decided.findings.len();
                crate::order::sort_by_key(&mut decided.findings[start..], |finding| finding.node);
            }
            let created = exists || verdict.status == Status::Created;
            let index = before.map_or(index, |before| before.index);
            seen.insert(key, Earlier { index, created });
            decided.verdicts.push(verdict);
        }
        decided.around.extend(found);
        if remember {
            known.planned += decided.verdicts.len();
            known
                .earlier
                .extend(seen.into_iter().map(|(key, earlier)| (key.into_owned(), earlier)));
        }
        decided
    }

    /// Judges the segment that the request names, by what is known of it.
    fn judge_segment(&self, document: &Document<'_>, known: &Known, around: &mut Vec<Finding>) {
        let Some((segment, state)) = self.segment.as_ref().zip(known.segment.as_ref()) else {
            return;
        };
        let named = document.get(NodeId::ROOT, &segment.property);
        let Some(node) = named.filter(|node| document.kind(*node) == Kind::String) else { return };
        match state {
            SegmentState::Missing => {
                around.push(Finding::error(&code::SEGMENT_NOT_FOUND, node));
            }
            SegmentState::Found { kind, .. } if *kind != segment.kind => around.push(
                Finding::error(&code::SEGMENT_TYPE, node)
                    .param("type", Param::Text(kind.clone()))
                    .param("wanted", Param::Text(segment.kind.clone())),
            ),
            SegmentState::Found { status, .. } if !segment.status.contains(status) => around.push(
                Finding::error(&code::SEGMENT_STATUS, node)
                    .param("status", Param::Text(status.clone()))
                    .param("allowed", Param::List(segment.status.clone())),
            ),
            SegmentState::Found { .. } => {}
        }
    }
}

/// What is decided about the items of a plan, and what was found around them.
#[derive(Default)]
struct Decided {
    around: Vec<Finding>,
    findings: Vec<Finding>,
    verdicts: Vec<Verdict>,
}

/// What is decided about an item.
#[derive(Debug)]
struct Verdict {
    node: NodeId,
    status: Status,
    /// Its key, if it has one that passes.
    key: Option<NodeId>,
    /// Whether it fails because it exists.
    exists: bool,
    id: Id,
    /// Its part of the findings, and of the edits.
    findings: Range<usize>,
    edits: Range<usize>,
}

/// The characters of a string as the edits leave it.
fn text<'e>(document: &'e Document<'_>, edits: &'e [Edit], node: NodeId) -> Cow<'e, str> {
    match edits.iter().find(|edit| edit.node == node).map(|edit| &edit.action) {
        Some(Action::Text(text)) => Cow::Borrowed(text),
        _ => document.string(node),
    }
}

impl Draft<'_> {
    /// Whether the request can be sent: nothing refuses it whole, and an item is left to send.
    pub fn ok(&self) -> bool {
        self.ok
    }

    /// Whether the request is the input, unchanged.
    pub fn unchanged(&self) -> bool {
        self.edits.is_empty() && self.left_out().next().is_none()
    }

    /// Appends the cleaned request, less the items that cannot be sent, to an empty text.
    pub fn write(&self, out: &mut String) {
        if self.left_out().next().is_none() {
            return output::apply_into(&self.document, &self.edits, out);
        }
        let left_out =
            |node| Edit { node, action: Action::Remove, rule: "left_out", unicode: None };
        let mut edits = self.edits.clone();
        edits.extend(self.left_out().map(left_out));
        crate::order::sort_by_key(&mut edits, |edit| edit.node);
        output::apply_into(&self.document, &edits, out);
    }

    fn left_out(&self) -> impl Iterator<Item = NodeId> {
        let invalid = self.verdicts.iter().filter(|verdict| verdict.status == Status::Invalid);
        invalid.map(|verdict| verdict.node)
    }

    fn key(&self, verdict: &Verdict) -> Option<Cow<'_, str>> {
        let edits = &self.edits[verdict.edits.clone()];
        verdict.key.map(|key| text(&self.document, edits, key))
    }

    /// The vendor's text, if the item will be refused.
    fn error(&self, verdict: &Verdict) -> Option<String> {
        if verdict.status != Status::Failed {
            return None;
        }
        if verdict.exists {
            let key = self.key(verdict).unwrap_or_default();
            return Some(crate::search::replace(&self.batch.exists, "{key}", &key));
        }
        let found = self.findings[verdict.findings.clone()].iter();
        let unknown: Vec<_> = found
            .filter(|found| found.is(&code::UNKNOWN_CUSTOM_FIELD))
            .map(|found| self.document.string(found.node))
            .collect();
        Some(crate::search::replace(
            &self.batch.unknown_custom_fields,
            "{keys}",
            &unknown.join(", "),
        ))
    }

    /// Appends what the vendor will answer for each item in the request, as a JSON array.
    pub fn write_results(&self, out: &mut String) {
        let sent = |verdict: &&Verdict| self.ok && verdict.status != Status::Invalid;
        out.push('[');
        for (at, verdict) in self.verdicts.iter().filter(sent).enumerate() {
            if at > 0 {
                out.push(',');
            }
            let (key, error) = (self.key(verdict), self.error(verdict));
            let told = Told {
                key: key.as_deref(),
                status: verdict.status,
                id: verdict.id.as_deref(),
                error: error.as_deref(),
            };
            self.batch.write_result(&told, out);
        }
        out.push(']');
    }

    /// The edits that are no item's.
    fn edits_around(&self) -> Vec<Edit> {
        let mut around = Vec::new();
        let mut at = 0;
        for Verdict { edits, .. } in &self.verdicts {
            around.extend_from_slice(&self.edits[at..edits.start]);
            at = edits.end;
        }
        around.extend_from_slice(&self.edits[at..]);
        around
    }

    /// Tells all of it.
    pub fn tell(&self) -> Plan {
        let mut teller = Teller::new(&self.document, self.source);
        let items = self.verdicts.iter().enumerate().map(|(index, verdict)| Item {
            index: self.planned + index,
            status: verdict.status,
            key: self.key(verdict).map(Cow::into_owned),
            report: teller
                .tell(&self.findings[verdict.findings.clone()], &self.edits[verdict.edits.clone()]),
        });
        let items = items.collect();
        let mut results = String::new();
        self.write_results(&mut results);
        let request = self.ok.then(|| {
            let mut out = String::new();
            self.write(&mut out);
            out
        });
        Plan {
            ok: self.ok,
            request,
            results,
            summary: self.summary,
            items,
            // The sweep over the items is done: what is around them is told by another.
            report: Teller::new(&self.document, self.source)
                .tell(&self.around, &self.edits_around()),
        }
    }

    /// The same to a record:
    ///
    /// | what | words |
    /// |---|---|
    /// | around the items | number of issues, number of changes, and these |
    /// | names | what results call the id, what they call the key (texts) |
    /// | summary | created, updated, failed |
    /// | items | index of the first, how many; of each: status, key, id and error (values) |
    /// | of each item | number of issues, number of changes, and these |
    pub fn record(&self, record: &mut Record) {
        let mut teller = Teller::new(&self.document, self.source);
        teller.record(&self.around, &self.edits_around(), record);
        let items = (self.planned, self.verdicts.len());
        self.batch.record_head(self.summary, items, record);
        for verdict in &self.verdicts {
            record.word(verdict.status as u32);
            record.value(self.key(verdict).as_deref());
            match &verdict.id {
                Some(id) => record.json(id),
                None => record.value(None),
            }
            record.value(self.error(verdict).as_deref());
        }
        let mut teller = Teller::new(&self.document, self.source);
        for verdict in &self.verdicts {
            teller.record(
                &self.findings[verdict.findings.clone()],
                &self.edits[verdict.edits.clone()],
                record,
            );
        }
    }
}

impl Batch {
    /// What a record has of a request that could not be read, after its report.
    pub fn record_nothing(&self, record: &mut Record) {
        self.record_head(Summary::default(), (0, 0), record);
    }

    fn record_head(&self, summary: Summary, items: (usize, usize), record: &mut Record) {
        record.text(&self.id);
        record.text(&self.key);
        for count in [summary.created, summary.updated, summary.failed, items.0, items.1] {
            record.word(count as u32);
        }
    }
}

impl Plan {
    fn refused(report: Report) -> Plan {
        Plan {
            ok: false,
            request: None,
            results: "[]".to_owned(),
            summary: Summary::default(),
            items: Vec::new(),
            report,
        }
    }
}
