//! Lines of NDJSON, judged many at once, for the command line: what is ready to send and the report
//! of it are written as lines too, so that nothing is said of a row that there is nothing to say of.

use std::borrow::Cow;
use std::fmt::Write;
use std::ops::Range;

use crate::answer::{Answer, Output};
use crate::code;
use crate::document::{Document, Limits, NodeId, Source, escape_into};
use crate::issue::{Issue, Param, Position, Severity};
use crate::options::Options;
use crate::report::Report;
use crate::schema::Schema;

/// A line that is a row.
#[derive(Clone, Debug)]
pub struct Line {
    /// Which line it is, from 0.
    pub line: usize,
    /// Where its text is.
    pub span: Range<usize>,
}

/// The lines of a text that are not blank.
pub fn lines(text: &[u8]) -> impl Iterator<Item = Line> {
    let mut start = 0;
    text.split(|byte| *byte == b'\n')
        .enumerate()
        .map(move |(line, bytes)| {
            let span = start..start + bytes.len();
            start = span.end + 1;
            Line { line, span }
        })
        .filter(|Line { span, .. }| {
            !text[span.clone()].iter().all(|byte| matches!(byte, b' ' | b'\t' | b'\r'))
        })
}

/// Where lines are in their file.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The first line, from 1.
    pub row: u64,
    /// The first row, from 0; blank lines are none.
    pub index: u64,
    /// Where the first line starts, in bytes.
    pub offset: u64,
}

/// Rows that are left out unread, since the core has trapped on them: each by its place among the
/// rows, with what the host said of it.
#[derive(Debug, Default)]
pub struct Trapped(Vec<(usize, String)>);

impl Trapped {
    /// Reads `[[row, reason], …]`, in the order of the rows; nothing if it is not of that form.
    pub fn read(text: &[u8]) -> Option<Trapped> {
        let limits = Limits { bytes: Limits::MAX_BYTES, ..Limits::default() };
        let document = Document::read(text, &limits, Source::Text).ok()?;
        let rows = document.elements(NodeId::ROOT).map(|pair| {
            let mut pair = document.elements(pair);
            let row = document.raw(pair.next()?).parse().ok()?;
            Some((row, document.as_str(pair.next()?)?.into_owned()))
        });
        Some(Trapped(rows.collect::<Option<_>>()?))
    }

    /// What is told of a row, if it is one of them.
    pub(crate) fn report(&self, row: usize) -> Option<Report> {
        let at = self.0.binary_search_by_key(&row, |(row, _)| *row).ok()?;
        let issue = Issue {
            code: Cow::Borrowed(code::INTERNAL.name),
            severity: Severity::Error,
            path: Vec::new(),
            message: code::INTERNAL.message.to_owned(),
            params: vec![("reason", Param::Text(self.0[at].1.clone()))],
            suggestion: None,
            position: None,
        };
        Some(Report { issues: vec![issue], changes: Vec::new() })
    }
}

/// What is told of lines.
#[derive(Debug)]
pub struct Telling {
    /// What is ready to send, a line each.
    pub out: Vec<u8>,
    /// The issues and changes, a line each, if they are wanted.
    pub report: String,
    place: Place,
    reported: bool,
    tally: Tally,
}

/// What is counted.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) rows: usize,
    pub(crate) sent: usize,
    pub(crate) requests: usize,
    pub(crate) created: usize,
    pub(crate) updated: usize,
    pub(crate) failed: usize,
    changes: usize,
    codes: Vec<Count>,
    /// The first issues, as report lines.
    shown: Vec<String>,
}

/// How often there was an issue.
#[derive(Debug)]
struct Count {
    code: String,
    severity: Severity,
    count: usize,
    first: Option<u64>,
}

/// How many issues are shown one by one.
const SHOWN: usize = 20;

impl Telling {
    /// Nothing told yet.
    ///
    /// With `reported` there is a report, else the first issues are in the tally.
    pub fn new(place: Place, reported: bool) -> Telling {
        let tally = Tally::default();
        Telling { out: Vec::new(), report: String::new(), place, reported, tally }
    }

    pub(crate) fn tally(&mut self) -> &mut Tally {
        &mut self.tally
    }

    /// Adds what is ready to send, on one line. In JSON new lines are between tokens only.
    pub(crate) fn send(&mut self, text: &[u8]) {
        if text.contains(&b'\r') || text.contains(&b'\n') {
            let mut indent = false;
            for byte in text {
                match byte {
                    b'\r' | b'\n' => indent = true,
                    b' ' | b'\t' if indent => {}
                    _ => {
                        indent = false;
                        self.out.push(*byte);
                    }
                }
            }
        } else {
            self.out.extend_from_slice(text);
        }
        self.out.push(b'\n');
    }

    /// Tells what is said of a row, the paths and positions being within the row.
    pub(crate) fn row(&mut self, index: usize, line: &Line, report: &Report) {
        let row = self.place.row + line.line as u64;
        let start = format!("{{\"row\":{row},\"index\":{},", self.place.index + index as u64);
        for issue in &report.issues {
            let position = issue.position.map(|Position { column, offset, .. }| {
                (row, column, self.place.offset + (line.span.start + offset) as u64)
            });
            self.issue(Some(row), &start, issue, position);
        }
        self.tally.changes += report.changes.len();
        if self.reported {
            for change in &report.changes {
                let from = self.report.len();
                change.write_json(&mut self.report);
                // The text that was found may have a carriage return between its tokens.
                if self.report[from..].contains('\r') {
                    let told = self.report[from..].replace('\r', " ");
                    self.report.replace_range(from.., &told);
                }
                self.report.replace_range(from..=from, &start);
                self.report.push('\n');
            }
        }
    }

    /// Tells what is said of a whole request.
    pub(crate) fn request(&mut self, issues: &[Issue]) {
        for issue in issues {
            self.issue(None, "{\"row\":null,\"index\":null,", issue, None);
        }
    }

    fn issue(
        &mut self,
        row: Option<u64>,
        start: &str,
        issue: &Issue,
        position: Option<(u64, usize, u64)>,
    ) {
        self.tally.count(row, issue);
        if !self.reported && self.tally.shown.len() == SHOWN {
            return;
        }
        let mut told = String::new();
        Issue { position: None, ..issue.clone() }.write_json(&mut told);
        told.replace_range(0..1, start);
        if let Some((line, column, offset)) = position {
            told.pop();
            let _ = write!(
                told,
                ",\"position\":{{\"line\":{line},\"column\":{column},\"offset\":{offset}}}}}"
            );
        }
        if self.reported {
            self.report.push_str(&told);
            self.report.push('\n');
        } else {
            self.tally.shown.push(told);
        }
    }

    /// What was counted, as JSON text.
    pub fn summary(&self) -> String {
        let Tally { rows, sent, requests, created, updated, failed, changes, codes, shown } =
            &self.tally;
        let mut out = format!(
            "{{\"rows\":{rows},\"sent\":{sent},\"requests\":{requests},\"created\":{created},\
             \"updated\":{updated},\"failed\":{failed},\"changes\":{changes},\"codes\":["
        );
        for (at, Count { code, severity, count, first }) in codes.iter().enumerate() {
            out.push_str(if at > 0 { ",[" } else { "[" });
            escape_into(code, &mut out);
            out.push(',');
            escape_into(severity.name(), &mut out);
            let first = first.map_or("null".to_owned(), |first| first.to_string());
            let _ = write!(out, ",{count},{first}]");
        }
        let _ = write!(out, "],\"shown\":[{}]}}", shown.join(","));
        out
    }
}

impl Tally {
    fn count(&mut self, row: Option<u64>, issue: &Issue) {
        let same =
            |known: &&mut Count| known.code == issue.code && known.severity == issue.severity;
        match self.codes.iter_mut().find(same) {
            Some(known) => known.count += 1,
            None => self.codes.push(Count {
                code: issue.code.to_string(),
                severity: issue.severity,
                count: 1,
                first: row,
            }),
        }
    }
}

impl Schema {
    /// Judges lines that are bodies.
    pub fn check_lines(
        &self,
        text: &[u8],
        options: &Options,
        trapped: &Trapped,
        telling: &mut Telling,
    ) {
        for (index, line) in lines(text).enumerate() {
            let bytes = &text[line.span.clone()];
            let answer = match trapped.report(index) {
                Some(report) => Answer { report, output: Output::Nothing },
                None => self.answer(bytes, Source::Text, options),
            };
            match &answer.output {
                Output::Nothing => {}
                Output::Same => telling.send(bytes),
                Output::Text(text) => telling.send(text.as_bytes()),
            }
            telling.tally.rows += 1;
            telling.tally.sent += usize::from(answer.ok());
            telling.row(index, &line, &answer.report);
        }
    }
}
