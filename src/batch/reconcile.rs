//! A vendor's answer, joined back to the items that were sent.

use super::known::clean_key;
use super::{Batch, Status, Summary};
use crate::code;
use crate::document::{Document, Limits, NodeId, Source, quote};
use crate::issue::{Finding, Issue, Param};
use crate::json::write_list;
use crate::report::{Report, Teller};
use crate::search::split_once;

impl Batch {
    /// Whether a vendor's text says what is wrong with the item: sending it again would not help.
    fn blames_item(&self, error: &str) -> bool {
        [(&self.exists, "{key}"), (&self.unknown_custom_fields, "{keys}")].into_iter().any(
            |(template, placeholder)| match split_once(template, placeholder) {
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
        crate::order::sort_by_key(&mut findings, |finding| finding.node);
        let report =
            unread.unwrap_or_else(|| Teller::new(&answer, Source::Value).tell(&findings, &[]));
        let ok = report.issues.is_empty();
        let mut out = format!(
            "{{\"ok\":{ok},\"done\":[{}],\"retry\":[{}],\"fix\":[{}],\"issues\":",
            join.done.join(","),
            join.retry.join(","),
            join.fix.join(",")
        );
        write_list(&report.issues, &mut out, Issue::write_json);
        out.push('}');
        out
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
