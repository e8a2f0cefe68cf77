//! Lines of NDJSON that are the items of batches, judged in three steps so that many can be judged
//! at once and yet be told as if it was done in order:
//!
//! 1. [`Batch::judge_lines`] reads, checks and cleans lines, and knows of no others.
//! 2. [`Known::remember`] takes their keys, in the order of the file, and gives the items whose key
//!    came before.
//! 3. [`Items::tell`] judges these few again, and tells of all.

use super::earlier::{Earlier, EarlierItems, KeyHash};
use super::{Batch, Item, Known, Status};
use crate::code;
use crate::document::{Document, Limits, Source, quote};
use crate::issue::{Finding, Issue, Severity};
use crate::lines::{Line, Telling, Trapped, lines};
use crate::options::Options;
use crate::report::{Report, Teller};
use crate::schema::Schema;

/// What a request is made of, besides its items.
#[derive(Clone, Copy, Debug)]
pub struct Rest<'r> {
    /// Its other members, as they stand between braces.
    pub members: &'r str,
    /// How many items it may hold.
    pub most: usize,
}

/// Lines that were judged.
#[derive(Debug)]
pub struct Items {
    rows: Vec<Row>,
    requests: Vec<Request>,
}

#[derive(Debug)]
struct Row {
    line: Line,
    status: Status,
    key: Option<Key>,
    report: Report,
}

#[derive(Debug)]
struct Request {
    /// How many rows it has.
    rows: usize,
    ok: bool,
    text: String,
    issues: Vec<Issue>,
}

/// The key of an item that can be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// The key.
    pub hash: KeyHash,
    /// Whether it exists once the item was sent, whatever came before.
    pub exists: bool,
}

/// An item whose key came before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repeated {
    /// Its place among the rows.
    pub row: usize,
    /// The item that came before.
    pub earlier: Earlier,
}

impl Known {
    /// Takes the keys of rows, of which the first has the index `first` among all; gives those that
    /// came before.
    pub fn remember(
        &mut self,
        keys: impl IntoIterator<Item = Option<Key>>,
        first: usize,
    ) -> Vec<Repeated> {
        let mut repeated = Vec::new();
        for (row, key) in keys.into_iter().enumerate() {
            let Some(Key { hash, exists }) = key else { continue };
            let new = Earlier { index: first + row, created: exists };
            let Some(earlier) = self.earlier.entry(hash, new) else { continue };
            if exists && !earlier.created {
                self.earlier.insert(hash, Earlier { created: true, ..earlier });
            }
            repeated.push(Repeated { row, earlier });
        }
        repeated
    }
}

impl Batch {
    /// Judges lines that are items. They begin a request, and a new one begins as it does for
    /// `plans`: after `most` items, or half as many bytes as are taken.
    pub fn judge_lines(
        &self,
        schema: &Schema,
        text: &[u8],
        options: &Options,
        known: &mut Known,
        rest: Rest<'_>,
        trapped: &Trapped,
    ) -> Items {
        let mut items = Items { rows: Vec::new(), requests: Vec::new() };
        let mut waiting: Vec<Line> = Vec::new();
        let mut size = 0;
        let mut judge = |waiting: &mut Vec<Line>| {
            self.judge_request(schema, text, options, known, rest, trapped, waiting, &mut items);
        };
        for line in lines(text) {
            let full =
                waiting.len() == rest.most || size + line.span.len() > options.limits.bytes / 2;
            if full && !waiting.is_empty() {
                judge(&mut waiting);
                size = 0;
            }
            size += line.span.len();
            waiting.push(line);
        }
        if !waiting.is_empty() {
            judge(&mut waiting);
        }
        items
    }

    #[expect(clippy::too_many_arguments)]
    fn judge_request(
        &self,
        schema: &Schema,
        text: &[u8],
        options: &Options,
        known: &mut Known,
        rest: Rest<'_>,
        trapped: &Trapped,
        waiting: &mut Vec<Line>,
        items: &mut Items,
    ) {
        let texts = || waiting.iter().map(|line| &text[line.span.clone()]);
        let request = |texts: &mut dyn Iterator<Item = &[u8]>| self.body(texts, rest.members);
        let first = items.rows.len();
        let mut faults: Vec<Option<Report>> =
            (first..first + waiting.len()).map(|row| trapped.report(row)).collect();
        let plan = |body: &[u8], known: &mut Known| {
            self.plan(schema, body, Source::Text, options, known, false)
        };
        let (mut body, mut starts) = request(&mut texts());
        let mut planned = None;
        if faults.iter().all(Option::is_none) && texts().all(is_one) {
            let plan = plan(&body, known);
            let fine = plan.items.len() == waiting.len() && !plan.items.iter().any(is_faulty);
            planned = fine.then_some(plan);
        }
        let plan = planned.unwrap_or_else(|| {
            // One that is broken would break the whole request: `null` stands for it.
            for (fault, text) in faults.iter_mut().zip(texts()) {
                if fault.is_none() {
                    *fault = fault_of(text, &options.limits);
                }
            }
            let mut texts =
                texts().zip(&faults).map(|(text, fault)| fault.as_ref().map_or(text, |_| b"null"));
            (body, starts) = request(&mut texts);
            plan(&body, known)
        });
        let rows = waiting.len();
        let mut planned = plan.items.into_iter();
        for ((line, start), fault) in waiting.drain(..).zip(starts).zip(faults) {
            let item = planned.next();
            let mut row =
                Row { line, status: Status::Invalid, key: None, report: Report::default() };
            if let Some(item) = item {
                row.status = item.status;
                row.key = self.key_of(&item, known);
                row.report = within(item.report, &text[row.line.span.clone()], start);
            }
            if let Some(fault) = fault {
                row.report = fault;
            }
            items.rows.push(row);
        }
        items.requests.push(Request {
            rows,
            ok: plan.ok,
            text: plan.request.unwrap_or_default(),
            issues: plan.report.issues,
        });
    }

    /// A request of the texts of items, and where in it each begins.
    fn body(&self, items: &mut dyn Iterator<Item = &[u8]>, members: &str) -> (Vec<u8>, Vec<usize>) {
        let mut body = format!("{{{}:[", quote(&self.items)).into_bytes();
        let mut starts = Vec::new();
        for (at, item) in items.enumerate() {
            if at > 0 {
                body.push(b',');
            }
            starts.push(body.len());
            body.extend_from_slice(item);
        }
        body.push(b']');
        if !members.is_empty() {
            body.push(b',');
            body.extend_from_slice(members.as_bytes());
        }
        body.push(b'}');
        (body, starts)
    }

    fn key_of(&self, item: &Item, known: &Known) -> Option<Key> {
        let key = item.key.as_ref().filter(|_| item.status != Status::Invalid)?;
        let unknown = item.report.issues.iter().any(|issue| {
            issue.severity == Severity::Error && issue.code == code::UNKNOWN_CUSTOM_FIELD.name
        });
        let exists = !unknown || known.existing.contains_key(key);
        Some(Key { hash: KeyHash::new(key), exists })
    }
}

impl Items {
    /// The keys of the rows, in order.
    pub fn keys(&self) -> impl Iterator<Item = Option<Key>> {
        self.rows.iter().map(|row| row.key)
    }

    /// Tells of the lines, of which the first row has the index `first` among all.
    #[expect(clippy::too_many_arguments)]
    pub fn tell(
        mut self,
        batch: &Batch,
        schema: &Schema,
        text: &[u8],
        options: &Options,
        known: &mut Known,
        rest: Rest<'_>,
        first: usize,
        repeated: &[Repeated],
        telling: &mut Telling,
    ) {
        for Repeated { row, earlier } in repeated {
            let index = first + row;
            let Some(row) = self.rows.get_mut(*row) else { continue };
            let Some(Key { hash, .. }) = row.key else { continue };
            let text = &text[row.line.span.clone()];
            let (body, starts) = batch.body(&mut std::iter::once(text), rest.members);
            known.planned = index;
            known.earlier.insert(hash, *earlier);
            let plan = batch.plan(schema, &body, Source::Text, options, known, false);
            known.earlier = EarlierItems::default();
            known.planned = 0;
            if let Some(item) = plan.items.into_iter().next() {
                row.status = item.status;
                row.report = within(item.report, text, starts[0]);
            }
        }
        let mut rows = self.rows.iter().enumerate();
        for request in &self.requests {
            if request.ok {
                telling.send(request.text.as_bytes());
                telling.tally().requests += 1;
            }
            telling.request(&request.issues);
            for (index, row) in rows.by_ref().take(request.rows) {
                telling.row(index, &row.line, &row.report);
                let tally = telling.tally();
                tally.rows += 1;
                if !request.ok {
                    continue;
                }
                tally.sent += usize::from(row.status != Status::Invalid);
                match row.status {
                    Status::Created => tally.created += 1,
                    Status::Updated => tally.updated += 1,
                    Status::Failed => tally.failed += 1,
                    Status::Invalid => {}
                }
            }
        }
    }
}

/// Whether a text is one element of an array if the array is JSON: nothing in it ends the element,
/// begins another or is left open.
fn is_one(text: &[u8]) -> bool {
    let (mut depth, mut at) = (0usize, 0);
    while let Some(byte) = text.get(at) {
        match byte {
            b'"' => {
                at += 1;
                loop {
                    match text.get(at) {
                        Some(b'"') => break,
                        Some(b'\\') => at += 2,
                        Some(_) => at += 1,
                        None => return false,
                    }
                }
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth == 0 => return false,
            b'}' | b']' => depth -= 1,
            b',' if depth == 0 => return false,
            _ => {}
        }
        at += 1;
    }
    depth == 0
}

/// Whether an item's own text is at fault, of which then nothing else is told.
fn is_faulty(item: &Item) -> bool {
    let faults = [code::DUPLICATE_KEY.name, code::INVALID_UNICODE.name];
    item.report.issues.iter().any(|issue| faults.contains(&&*issue.code))
}

/// What is wrong with a text that no request can hold. In its request it lies two levels deeper.
fn fault_of(text: &[u8], limits: &Limits) -> Option<Report> {
    let limits = Limits { depth: limits.depth.saturating_sub(2), ..*limits };
    match Document::read(text, &limits, Source::Text) {
        Err(fault) => Some(Report::refuse(text, Source::Text, &fault)),
        Ok(document) if document.faults().is_empty() => None,
        Ok(document) => {
            let findings: Vec<_> = document.faults().iter().map(Finding::fault).collect();
            Some(Teller::new(&document, Source::Text).tell(&findings, &[]))
        }
    }
}

/// A report about an item of a request, told as of the item alone: from it down, and with positions
/// in its own text, which begins at `start` of the request.
fn within(mut report: Report, text: &[u8], start: usize) -> Report {
    /// The items' member, and the index in it.
    const STEPS: usize = 2;
    for issue in &mut report.issues {
        issue.path.drain(..STEPS.min(issue.path.len()));
        if let Some(position) = &mut issue.position {
            let offset = position.offset.saturating_sub(start).min(text.len());
            position.line = 1;
            position.offset = offset;
            position.column =
                1 + text[..offset].iter().filter(|byte| !matches!(byte, 0x80..0xC0)).count();
        }
    }
    for change in &mut report.changes {
        change.path.drain(..STEPS.min(change.path.len()));
    }
    report
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_text_is_one_element_or_none_that_an_array_could_hold() {
        for text in [r#"{"a":[1,"]},\"{"]}"#, " \t1\r", r#""\\""#, "null", "x"] {
            assert!(is_one(text.as_bytes()), "{text}");
        }
        for text in ["1,2", "1]", "[1", "}", r#"{"a":"#, r#""a\"#, r#""a\""#, "{}}", "],["] {
            assert!(!is_one(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn keys_that_came_before_are_told_with_the_first_that_had_them() {
        let key = |name, exists| Some(Key { hash: KeyHash::new(name), exists });
        let mut known = Known::default();
        let keys = [key("a", false), None, key("b", true), key("a", true), key("a", false)];
        let again = |row, index, created| Repeated { row, earlier: Earlier { index, created } };
        assert_eq!(known.remember(keys, 0), [again(3, 0, false), again(4, 0, true)]);
        assert_eq!(known.remember([key("c", true), key("b", true)], 5), [again(1, 2, true)]);
    }
}
