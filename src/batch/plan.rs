//! Planning a request: which items can be sent, and what will become of each.

use std::collections::HashMap;

use super::known::{Earlier, SegmentState};
use super::{Batch, Id, Known, Status, Summary, Told};
use crate::code;
use crate::document::{Document, Kind, NodeId, Source, escape_into};
use crate::issue::{Action, Edit, Finding, Param, Severity};
use crate::options::Options;
use crate::output;
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
        let document = match Document::read(bytes, &options.limits, source) {
            Ok(document) => document,
            Err(fault) => return Plan::refused(Report::refuse(bytes, source, &fault)),
        };
        let mut options = options.clone();
        if known.custom_fields.is_some() {
            options.custom_fields.clone_from(&known.custom_fields);
        }
        let outcome = schema.check(&document, &options);
        let Judged { mut around, verdicts } =
            self.judge(&document, outcome.findings, &outcome.edits, known, remember);
        let mut teller = Teller::new(&document, source);
        let mut plan = Plan::refused(Report::default());
        let mut results = String::from("[");
        let mut edits_left = &outcome.edits[..];
        let mut around_edits = Vec::new();
        let mut left_out = Vec::new();
        for verdict in verdicts {
            let nodes = verdict.node..document.next(verdict.node);
            let start = edits_left.partition_point(|edit| edit.node < nodes.start);
            let end = edits_left.partition_point(|edit| edit.node < nodes.end);
            around_edits.extend_from_slice(&edits_left[..start]);
            let report = teller.tell(&verdict.findings, &edits_left[start..end]);
            edits_left = &edits_left[end..];
            if verdict.status == Status::Invalid {
                left_out.push(verdict.node);
            } else {
                if plan.summary != Summary::default() {
                    results.push(',');
                }
                self.write_result(&verdict.told(), &mut results);
                plan.summary.add(verdict.status);
            }
            plan.items.push(Item {
                index: verdict.index,
                status: verdict.status,
                key: verdict.key,
                report,
            });
        }
        around_edits.extend_from_slice(edits_left);
        self.judge_segment(&document, known, &mut around);
        crate::order::sort_by_key(&mut around, |finding| finding.node);
        // The sweep over the items is done: what is around them is told by another.
        plan.report = Teller::new(&document, source).tell(&around, &around_edits);
        plan.ok = plan.report.ok() && plan.summary != Summary::default();
        if plan.ok {
            plan.request = Some(self.request(&document, outcome.edits, &left_out));
            results.push(']');
            plan.results = results;
        } else {
            plan.summary = Summary::default();
        }
        plan
    }

    /// The cleaned text, less the items that cannot be sent.
    fn request(
        &self,
        document: &Document<'_>,
        mut edits: Vec<Edit>,
        left_out: &[NodeId],
    ) -> String {
        edits.extend(left_out.iter().map(|node| Edit {
            node: *node,
            action: Action::Remove,
            rule: "left_out",
            unicode: None,
        }));
        crate::order::sort_by_key(&mut edits, |edit| edit.node);
        output::apply(document, &edits)
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
        findings: Vec<Finding>,
        edits: &[Edit],
        known: &mut Known,
        remember: bool,
    ) -> Judged {
        let mut judged = Judged::default();
        let items = document.get(NodeId::ROOT, &self.items);
        let upserts = self.upserts(document);
        let mut seen = HashMap::new();
        let mut findings = findings.into_iter().peekable();
        let first = known.planned;
        for (offset, node) in
            items.into_iter().flat_map(|items| document.elements(items)).enumerate()
        {
            let nodes = node..document.next(node);
            while let Some(finding) = findings.next_if(|finding| finding.node < nodes.start) {
                judged.around.push(finding);
            }
            let mut own = Vec::new();
            while let Some(finding) = findings.next_if(|finding| finding.node < nodes.end) {
                own.push(finding);
            }
            let index = first + offset;
            let key_node = document.get(node, &self.key);
            let key = key_node.filter(|key| document.kind(*key) == Kind::String);
            let key = key.map(|key| text(document, edits, key));
            let errors = || own.iter().filter(|found| found.severity == Severity::Error);
            let unknown: Vec<String> = errors()
                .filter(|found| found.is(&code::UNKNOWN_CUSTOM_FIELD))
                .map(|found| document.string(found.node).into_owned())
                .collect();
            let invalid = errors().any(|found| !found.is(&code::UNKNOWN_CUSTOM_FIELD));
            let (Some(key_node), Some(key), false) = (key_node, key.clone(), invalid) else {
                let key = key.filter(|_| !errors().any(|found| Some(found.node) == key_node));
                judged.verdicts.push(Verdict::new(index, node, Status::Invalid, key, own));
                continue;
            };
            let before = seen.get(&key).or_else(|| known.earlier.get(&key)).copied();
            let existing = known.existing.get(&key);
            let exists = existing.is_some() || before.is_some_and(|before| before.created);
            if let Some(before) = before {
                own.push(
                    Finding::warning(&code::DUPLICATE_IN_BATCH, key_node)
                        .param("key", Param::Text(key.clone()))
                        .param("first", Param::Count(before.index as u64))
                        .param("index", Param::Count(index as u64)),
                );
            }
            let mut verdict = Verdict::new(index, node, Status::Created, Some(key.clone()), own);
            if exists && !upserts {
                verdict.status = Status::Failed;
                verdict.id = existing.cloned().flatten();
                verdict.error = Some(crate::search::replace(&self.exists, "{key}", &key));
                if before.is_none() {
                    let key = Param::Text(key.clone());
                    verdict
                        .findings
                        .push(Finding::error(&code::ALREADY_EXISTS, key_node).param("key", key));
                }
            } else if !unknown.is_empty() {
                verdict.status = Status::Failed;
                verdict.error = Some(crate::search::replace(
                    &self.unknown_custom_fields,
                    "{keys}",
                    &unknown.join(", "),
                ));
            } else if exists {
                verdict.status = Status::Updated;
                verdict.id = existing.cloned().flatten();
            }
            let created = exists || verdict.status == Status::Created;
            let index = before.map_or(index, |before| before.index);
            seen.insert(key, Earlier { index, created });
            crate::order::sort_by_key(&mut verdict.findings, |finding| finding.node);
            judged.verdicts.push(verdict);
        }
        judged.around.extend(findings);
        if remember {
            known.planned += judged.verdicts.len();
            known.earlier.extend(seen);
        }
        judged
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
struct Judged {
    around: Vec<Finding>,
    verdicts: Vec<Verdict>,
}

/// What is decided about an item.
struct Verdict {
    index: usize,
    node: NodeId,
    status: Status,
    key: Option<String>,
    id: Id,
    error: Option<String>,
    findings: Vec<Finding>,
}

impl Verdict {
    fn new(
        index: usize,
        node: NodeId,
        status: Status,
        key: Option<String>,
        findings: Vec<Finding>,
    ) -> Verdict {
        Verdict { index, node, status, key, id: None, error: None, findings }
    }

    fn told(&self) -> Told<'_> {
        Told {
            key: self.key.as_deref(),
            status: self.status,
            id: self.id.as_deref(),
            error: self.error.as_deref(),
        }
    }
}

/// The characters of a string as the edits leave it.
fn text(document: &Document<'_>, edits: &[Edit], node: NodeId) -> String {
    match edits.binary_search_by_key(&node, |edit| edit.node).map(|at| &edits[at].action) {
        Ok(Action::Text(text)) => text.clone(),
        _ => document.string(node).into_owned(),
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

    /// `{ results, summary, items }` as JSON text, `key` being what items call their key.
    pub fn to_json(&self, key: &str) -> String {
        let (results, summary) = (&self.results, self.summary.to_json());
        let mut out = format!("{{\"results\":{results},\"summary\":{summary},\"items\":[");
        for (at, item) in self.items.iter().enumerate() {
            if at > 0 {
                out.push(',');
            }
            out.push_str(&format!("{{\"index\":{},\"status\":", item.index));
            escape_into(item.status.name(), &mut out);
            out.push(',');
            escape_into(key, &mut out);
            out.push(':');
            match &item.key {
                Some(key) => escape_into(key, &mut out),
                None => out.push_str("null"),
            }
            out.push(',');
            item.report.write_lists(&mut out);
            out.push('}');
        }
        out.push_str("]}");
        out
    }
}
