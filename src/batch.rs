//! Batches: many items to a request, what the vendor will answer for each, and a vendor's answer
//! joined back to the items.
//!
//! What differs from vendor to vendor is data, in the operation's `x-batch`:
//!
//! | key | meaning |
//! |---|---|
//! | `items` | the body's array of items |
//! | `key` | the item's key that tells items apart |
//! | `upsert` | the body's flag that lets existing items be updated; without it none is |
//! | `id` | what a result calls the item's id; `id` if absent |
//! | `errors` | the vendor's texts, `exists` with `{key}` and `custom_fields` with `{keys}` |
//! | `segment` | `property`, and the `type` and `status` that the segment named there must have |

use std::borrow::Cow;
use std::collections::HashMap;

use crate::code;
use crate::document::{Document, Kind, Limits, NodeId, Source, escape_into, quote};
use crate::formats;
use crate::issue::{Action, Edit, Finding, Param, Severity};
use crate::json::write_list;
use crate::options::{CustomField, Options};
use crate::output;
use crate::report::{Report, Teller};
use crate::schema::Schema;

/// How an operation takes many items at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// The body's array of items.
    pub items: String,
    key: String,
    upsert: Option<String>,
    id: String,
    exists: String,
    unknown_custom_fields: String,
    segment: Option<Segment>,
}

/// What a segment that a request names must be.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Segment {
    property: String,
    kind: String,
    status: Vec<String>,
}

/// What the caller knows of the vendor's side. What is not known is not judged.
#[derive(Debug, Default)]
pub struct Known {
    existing: HashMap<String, Id>,
    custom_fields: Option<Vec<CustomField>>,
    segment: Option<SegmentState>,
    /// Items of earlier plans: their key, and their place among all items.
    earlier: HashMap<String, Earlier>,
    planned: usize,
}

/// An id as JSON text, or nothing if it is not known.
type Id = Option<String>;

#[derive(Clone, Copy, Debug)]
struct Earlier {
    index: usize,
    created: bool,
}

#[derive(Clone, Debug)]
enum SegmentState {
    Missing,
    Found { kind: String, status: String },
}

/// What will become of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It will be added.
    Created,
    /// It will be updated.
    Updated,
    /// The vendor will refuse it.
    Failed,
    /// It cannot be sent, and is left out of the request.
    Invalid,
}

impl Status {
    /// The status as results spell it.
    pub fn name(self) -> &'static str {
        match self {
            Status::Created => "created",
            Status::Updated => "updated",
            Status::Failed => "failed",
            Status::Invalid => "invalid",
        }
    }
}

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

/// How many items have which status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Items that were or will be added.
    pub created: usize,
    /// Items that were or will be updated.
    pub updated: usize,
    /// Items that were or will be refused.
    pub failed: usize,
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

impl Summary {
    fn add(&mut self, status: Status) {
        match status {
            Status::Created => self.created += 1,
            Status::Updated => self.updated += 1,
            Status::Failed => self.failed += 1,
            Status::Invalid => {}
        }
    }

    /// The summary in the vendor's shape.
    pub fn to_json(self) -> String {
        let Summary { created, updated, failed } = self;
        let total = created + updated + failed;
        format!(
            "{{\"total\":{total},\"created\":{created},\"updated\":{updated},\"failed\":{failed}}}"
        )
    }
}

impl Known {
    /// Reads `{ existing, customFields, segment }`, each of which may be absent. `existing` lists
    /// keys, or pairs of key and id; they are compared as cleaned.
    ///
    /// # Errors
    ///
    /// What is not of that form.
    pub fn read(text: &[u8]) -> Result<Known, String> {
        let limits = Limits { depth: 16, bytes: Limits::MAX_BYTES };
        let document = Document::read(text, &limits, Source::Text)
            .map_err(|fault| format!("what is known is not JSON at byte {}", fault.offset))?;
        let mut known = Known::default();
        let root = NodeId::ROOT;
        if let Some(existing) = document.get(root, "existing") {
            for element in document.elements(existing) {
                let mut pair = document.elements(element);
                let (key, id) = match document.kind(element) {
                    Kind::Array => (pair.next(), pair.next()),
                    _ => (Some(element), None),
                };
                let key = key.and_then(|key| document.as_str(key));
                let key = key.ok_or("an existing item is a text, or a pair of text and id")?;
                let id = id.filter(|id| document.kind(*id) != Kind::Null);
                known.existing.insert(clean_key(&key), id.map(|id| document.raw(id).to_owned()));
            }
        }
        if let Some(fields) = document.get(root, "customFields") {
            let read = |element| match document.as_str(element) {
                Some(key) => Ok(CustomField {
                    key: key.into_owned(),
                    label: None,
                    kind: None,
                    options: None,
                }),
                None => serde_json::from_str(document.raw(element))
                    .map_err(|error| format!("a custom field cannot be read: {error}")),
            };
            let fields = document.elements(fields).map(read).collect::<Result<_, _>>()?;
            known.custom_fields = Some(fields);
        }
        if let Some(segment) = document.get(root, "segment") {
            let text = |name| document.get_str(segment, name).unwrap_or_default().into_owned();
            known.segment = Some(match document.kind(segment) {
                Kind::Object => SegmentState::Found { kind: text("type"), status: text("status") },
                _ => SegmentState::Missing,
            });
        }
        Ok(known)
    }
}

/// A key as it is compared: a domain in its clean form, another text as it is.
fn clean_key(key: &str) -> String {
    let domain = formats::lookup("domain");
    let cleaned = domain.and_then(|domain| (domain.clean)(key, formats::Settings::default()).ok());
    cleaned.map_or_else(|| key.to_owned(), |cleaned| cleaned.value.into_owned())
}

impl Batch {
    /// Reads an `x-batch`.
    ///
    /// # Errors
    ///
    /// What is missing.
    pub fn read(document: &Document<'_>, node: NodeId) -> Result<Batch, String> {
        let text = |node, name| document.get_str(node, name).map(Cow::into_owned);
        let (Some(items), Some(key)) = (text(node, "items"), text(node, "key")) else {
            return Err(
                "give `items` and `key`, the names of the array and of the item's key".to_owned()
            );
        };
        let errors = document.get(node, "errors");
        let error = |name, default: &str| {
            errors.and_then(|errors| text(errors, name)).unwrap_or_else(|| default.to_owned())
        };
        let segment = document.get(node, "segment").map(|segment| {
            let status = document.get(segment, "status");
            let status = status.into_iter().flat_map(|status| document.elements(status));
            let property = text(segment, "property").ok_or("give the segment's `property`")?;
            Ok::<_, String>(Segment {
                property,
                kind: text(segment, "type").unwrap_or_default(),
                status: status
                    .filter_map(|one| document.as_str(one))
                    .map(Cow::into_owned)
                    .collect(),
            })
        });
        Ok(Batch {
            exists: error("exists", "`{key}` already exists"),
            unknown_custom_fields: error("custom_fields", "unknown custom fields: {keys}"),
            upsert: text(node, "upsert"),
            id: text(node, "id").unwrap_or_else(|| "id".to_owned()),
            segment: segment.transpose()?,
            items,
            key,
        })
    }

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
                self.write_result(&verdict, &mut results);
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
        around.sort_by_key(|finding| finding.node);
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
        edits.sort_by_key(|edit| edit.node);
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
                verdict.error = Some(self.exists.replace("{key}", &key));
                if before.is_none() {
                    let key = Param::Text(key.clone());
                    verdict
                        .findings
                        .push(Finding::error(&code::ALREADY_EXISTS, key_node).param("key", key));
                }
            } else if !unknown.is_empty() {
                verdict.status = Status::Failed;
                verdict.error =
                    Some(self.unknown_custom_fields.replace("{keys}", &unknown.join(", ")));
            } else if exists {
                verdict.status = Status::Updated;
                verdict.id = existing.cloned().flatten();
            }
            let created = exists || verdict.status == Status::Created;
            let index = before.map_or(index, |before| before.index);
            seen.insert(key, Earlier { index, created });
            verdict.findings.sort_by_key(|finding| finding.node);
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

    /// Appends what the vendor says of an item.
    fn write_result(&self, verdict: &Verdict, out: &mut String) {
        out.push('{');
        escape_into(&self.id, out);
        out.push(':');
        out.push_str(verdict.id.as_deref().unwrap_or("null"));
        out.push(',');
        escape_into(&self.key, out);
        out.push(':');
        match &verdict.key {
            Some(key) => escape_into(key, out),
            None => out.push_str("null"),
        }
        out.push_str(",\"status\":");
        escape_into(verdict.status.name(), out);
        if let Some(error) = &verdict.error {
            out.push_str(",\"error\":");
            escape_into(error, out);
        }
        out.push('}');
    }

    /// A server's answer for outcomes, each `{ <key>, status, <id>?, error?, customFields? }`:
    /// `{ results, summary }` as JSON text. A failure without a text of its own gets the vendor's:
    /// that the custom fields listed are unknown, or else that the item exists.
    ///
    /// # Errors
    ///
    /// An outcome that is not of that form.
    pub fn respond(&self, outcomes: &[u8]) -> Result<String, String> {
        let limits = Limits { depth: 16, bytes: Limits::MAX_BYTES };
        let document = Document::read(outcomes, &limits, Source::Text)
            .map_err(|fault| format!("the outcomes are not JSON at byte {}", fault.offset))?;
        if document.kind(NodeId::ROOT) != Kind::Array {
            return Err("give the outcomes as an array".to_owned());
        }
        let mut summary = Summary::default();
        let mut results = String::new();
        for (index, node) in document.elements(NodeId::ROOT).enumerate() {
            let status = match document.get_str(node, "status").as_deref() {
                Some("created") => Status::Created,
                Some("updated") => Status::Updated,
                Some("failed") => Status::Failed,
                _ => {
                    return Err(format!(
                        "outcome {index} has no `status` of `created`, `updated` or `failed`"
                    ));
                }
            };
            let Some(key) = document.get_str(node, &self.key) else {
                return Err(format!("outcome {index} has no `{}`", self.key));
            };
            let id = document.get(node, &self.id).or_else(|| document.get(node, "id"));
            let mut verdict =
                Verdict::new(index, node, status, Some(key.clone().into_owned()), Vec::new());
            verdict.id = id.map(|id| document.raw(id).to_owned());
            if status == Status::Failed {
                let own = document.get_str(node, "error").map(Cow::into_owned);
                let unknown = document.get(node, "customFields").into_iter();
                let unknown: Vec<_> = unknown
                    .flat_map(|keys| document.elements(keys))
                    .filter_map(|key| document.as_str(key))
                    .collect();
                verdict.error = Some(own.unwrap_or_else(|| match unknown.is_empty() {
                    true => self.exists.replace("{key}", &key),
                    false => self.unknown_custom_fields.replace("{keys}", &unknown.join(", ")),
                }));
            }
            if index > 0 {
                results.push(',');
            }
            self.write_result(&verdict, &mut results);
            summary.add(status);
        }
        Ok(format!("{{\"results\":[{results}],\"summary\":{}}}", summary.to_json()))
    }

    /// Whether a vendor's text says what is wrong with the item: sending it again would not help.
    fn blames_item(&self, error: &str) -> bool {
        [(&self.exists, "{key}"), (&self.unknown_custom_fields, "{keys}")].into_iter().any(
            |(template, placeholder)| match template.split_once(placeholder) {
                Some((before, after)) => error.starts_with(before) && error.ends_with(after),
                None => error == template,
            },
        )
    }

    /// Joins a vendor's answer back to the items of a plan, given as `{ items }`: `{ ok, done,
    /// retry, fix, issues }` as JSON text, each row `{ index, <key>, status, id, error }`. To be
    /// sent again are items the vendor did not answer, or failed for a reason of its own; to be
    /// mended are those it refused by one of its known texts, and those that could not be sent.
    pub fn reconcile(&self, plan: &[u8], response: &[u8]) -> String {
        let limits = Limits { depth: Limits::MAX_DEPTH, bytes: Limits::MAX_BYTES };
        let empty =
            || Document::read(b"null", &Limits::default(), Source::Text).expect("null is JSON");
        let plan = Document::read(plan, &limits, Source::Text).unwrap_or_else(|_| empty());
        let (answer, unread) = match Document::read(response, &limits, Source::Text) {
            Ok(answer) => (answer, None),
            Err(fault) => (empty(), Some(Report::refuse(response, Source::Text, &fault))),
        };
        let root = answer.get(NodeId::ROOT, "data").unwrap_or(NodeId::ROOT);
        let results: Vec<_> = answer
            .get(root, "results")
            .into_iter()
            .flat_map(|list| answer.elements(list))
            .collect();
        let items = plan.get(NodeId::ROOT, "items");
        let items = items.into_iter().flat_map(|items| plan.elements(items));
        let mut join = Join::new(self, &answer);
        let mut sent = 0;
        for item in items {
            let status = plan.get_str(item, "status").unwrap_or_default();
            let key = plan.get_str(item, &self.key).or_else(|| plan.get_str(item, "domain"));
            let index = plan.get(item, "index").map_or("null", |index| plan.raw(index));
            if status == "invalid" {
                let row = Row { index, key: key.as_deref(), status: "invalid", result: None };
                join.fix.push(join.row(&row));
                continue;
            }
            join.join(index, key.as_deref(), results.get(sent).copied());
            sent += 1;
        }
        if unread.is_none() && results.len() != sent {
            join.findings.push(
                Finding::error(&code::RESPONSE_LENGTH, root)
                    .param("count", Param::Count(results.len() as u64))
                    .param("sent", Param::Count(sent as u64)),
            );
        }
        join.summary(root);
        let mut findings = std::mem::take(&mut join.findings);
        findings.sort_by_key(|finding| finding.node);
        let report =
            unread.unwrap_or_else(|| Teller::new(&answer, Source::Value).tell(&findings, &[]));
        let ok = report.issues.is_empty();
        let mut out = format!(
            "{{\"ok\":{ok},\"done\":[{}],\"retry\":[{}],\"fix\":[{}],\"issues\":",
            join.done.join(","),
            join.retry.join(","),
            join.fix.join(",")
        );
        write_list(&report.issues, &mut out, crate::issue::Issue::write_json);
        out.push('}');
        out
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
}

/// The characters of a string as the edits leave it.
fn text(document: &Document<'_>, edits: &[Edit], node: NodeId) -> String {
    match edits.binary_search_by_key(&node, |edit| edit.node).map(|at| &edits[at].action) {
        Ok(Action::Text(text)) => text.clone(),
        _ => document.string(node).into_owned(),
    }
}

/// A vendor's answer, being joined to the items that were sent.
struct Join<'j> {
    batch: &'j Batch,
    answer: &'j Document<'j>,
    done: Vec<String>,
    retry: Vec<String>,
    fix: Vec<String>,
    counted: Summary,
    findings: Vec<Finding>,
}

/// An item, and the vendor's result for it.
struct Row<'r> {
    index: &'r str,
    key: Option<&'r str>,
    status: &'r str,
    result: Option<NodeId>,
}

impl<'j> Join<'j> {
    fn new(batch: &'j Batch, answer: &'j Document<'j>) -> Self {
        Join {
            batch,
            answer,
            done: Vec::new(),
            retry: Vec::new(),
            fix: Vec::new(),
            counted: Summary::default(),
            findings: Vec::new(),
        }
    }

    fn join(&mut self, index: &str, key: Option<&str>, result: Option<NodeId>) {
        let answer = self.answer;
        let unanswered = Row { index, key, status: "unanswered", result: None };
        let Some(result) = result else {
            self.retry.push(self.row(&unanswered));
            return;
        };
        let told = answer.get_str(result, &self.batch.key);
        if let (Some(key), Some(told)) = (key, &told)
            && clean_key(told) != key
        {
            self.findings.push(
                Finding::error(&code::RESPONSE_KEY, result)
                    .member(&*self.batch.key)
                    .param("found", Param::Text(told.to_string()))
                    .param("sent", Param::Text(key.to_owned())),
            );
            self.retry.push(self.row(&unanswered));
            return;
        }
        let status = answer.get_str(result, "status").unwrap_or_default();
        let row = self.row(&Row { index, key, status: &status, result: Some(result) });
        match &*status {
            "created" => {
                self.counted.add(Status::Created);
                self.done.push(row);
            }
            "updated" => {
                self.counted.add(Status::Updated);
                self.done.push(row);
            }
            "failed" => {
                self.counted.add(Status::Failed);
                let error = answer.get_str(result, "error").unwrap_or_default();
                let rows =
                    if self.batch.blames_item(&error) { &mut self.fix } else { &mut self.retry };
                rows.push(row);
            }
            _ => {
                let statuses = ["created", "updated", "failed"].map(str::to_owned).to_vec();
                self.findings.push(
                    Finding::error(&code::ENUM, result)
                        .member("status")
                        .param("found", Param::Text(status.into_owned()))
                        .param("allowed", Param::List(statuses)),
                );
                self.retry.push(self.row(&unanswered));
            }
        }
    }

    /// Compares the vendor's counts with its results.
    fn summary(&mut self, root: NodeId) {
        let Some(summary) = self.answer.get(root, "summary") else { return };
        let Summary { created, updated, failed } = self.counted;
        let counts = [
            ("total", created + updated + failed),
            ("created", created),
            ("updated", updated),
            ("failed", failed),
        ];
        if !self.findings.is_empty() {
            return;
        }
        for (name, counted) in counts {
            let Some(told) = self.answer.get(summary, name) else { continue };
            if self.answer.raw(told) != counted.to_string() {
                let counted = Param::Count(counted as u64);
                self.findings
                    .push(Finding::error(&code::RESPONSE_SUMMARY, told).param("counted", counted));
            }
        }
    }

    fn row(&self, row: &Row<'_>) -> String {
        let value = |name: &str| {
            let node = row.result.and_then(|result| self.answer.get(result, name));
            node.map_or("null", |node| self.answer.raw(node))
        };
        format!(
            "{{\"index\":{},{}:{},\"status\":{},\"id\":{},\"error\":{}}}",
            row.index,
            quote(&self.batch.key),
            row.key.map_or_else(|| "null".to_owned(), quote),
            quote(row.status),
            value(&self.batch.id),
            value("error"),
        )
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

impl Batch {
    /// What items call the key that tells them apart.
    pub fn key(&self) -> &str {
        &self.key
    }
}
