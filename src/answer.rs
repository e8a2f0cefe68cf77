//! The answer to one input: read, checked, and written out clean.

use crate::check::Outcome;
use crate::code;
use crate::document::{Document, Limits, NodeId, Segment, Source, quote};
use crate::formats::{Cleaned, Format, Settings};
use crate::issue::{Action, Change, Edit, Finding, Param, Severity};
use crate::options::Options;
use crate::output;
use crate::record::Record;
use crate::report::{Report, Teller, remark_of};
use crate::schema::Schema;

/// What comes of an input.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// What is said about it.
    pub report: Report,
    /// What to send.
    pub output: Output,
}

/// What to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// Nothing: something is wrong with the input.
    Nothing,
    /// The input as it is.
    Same,
    /// This text.
    Text(String),
}

impl Answer {
    /// Whether the input can be sent.
    pub fn ok(&self) -> bool {
        self.output != Output::Nothing
    }

    fn refusal(report: Report) -> Answer {
        Answer { report, output: Output::Nothing }
    }
}

impl Format {
    /// Cleans a text that is no part of a document.
    pub fn answer(&self, text: &str, settings: Settings) -> Answer {
        let (cleaned, remarks) = match (self.clean)(text, settings) {
            Ok(Cleaned { value, unicode, warnings }) => (Some((value, unicode)), warnings),
            Err(refusal) => (None, vec![*refusal]),
        };
        let severity = if cleaned.is_some() { Severity::Warning } else { Severity::Error };
        let issues = remarks.into_iter().map(|remark| remark_of(text, severity, remark)).collect();
        let mut report = Report { issues, changes: Vec::new() };
        let output = match cleaned {
            None => Output::Nothing,
            Some((value, _)) if value == text => Output::Same,
            Some((value, unicode)) => {
                let value = value.into_owned();
                let change = Change {
                    path: Vec::new(),
                    from: quote(text),
                    to: Some(quote(&value)),
                    rule: self.name,
                    unicode,
                };
                report.changes.push(change);
                Output::Text(value)
            }
        };
        Answer { report, output }
    }
}

/// A text that was read and checked, and of which nothing has been told yet.
#[derive(Debug)]
pub struct Judged<'t> {
    document: Document<'t>,
    source: Source,
    outcome: Outcome,
}

impl Judged<'_> {
    /// Whether the input can be sent.
    pub fn ok(&self) -> bool {
        self.outcome.ok()
    }

    /// Whether the output is the input, unchanged.
    pub fn unchanged(&self) -> bool {
        self.outcome.edits.is_empty()
    }

    /// Whether there is nothing to tell.
    pub fn is_silent(&self) -> bool {
        self.outcome.findings.is_empty() && self.outcome.edits.is_empty()
    }

    /// Tells what was found and what is changed.
    pub fn report(&self) -> Report {
        let Outcome { findings, edits } = &self.outcome;
        Teller::new(&self.document, self.source).tell(findings, edits)
    }

    /// The same to a record.
    pub fn record(&self, record: &mut Record) {
        let Outcome { findings, edits } = &self.outcome;
        Teller::new(&self.document, self.source).record(findings, edits, record);
    }

    /// Appends the input with its edits applied to an empty text.
    pub fn write(&self, out: &mut String) {
        output::apply_into(&self.document, &self.outcome.edits, out);
    }
}

impl Schema {
    /// Reads and checks a JSON text.
    ///
    /// # Errors
    ///
    /// The report of why it could not be read.
    pub fn judge<'t>(
        &self,
        bytes: &'t [u8],
        source: Source,
        options: &Options,
    ) -> Result<Judged<'t>, Report> {
        let document = Document::read(bytes, &options.limits, source)
            .map_err(|fault| Report::refuse(bytes, source, &fault))?;
        let outcome = self.check(&document, options);
        Ok(Judged { document, source, outcome })
    }

    /// Checks a JavaScript value that was handed over with its shape (see [`Document::shaped`]);
    /// nothing if the two do not fit.
    pub fn judge_shaped<'t>(
        &self,
        text: &'t [u8],
        shape: &[u32],
        options: &Options,
    ) -> Option<Judged<'t>> {
        let document = Document::shaped(text, shape)?;
        let outcome = self.check(&document, options);
        Some(Judged { document, source: Source::Value, outcome })
    }

    /// Reads, checks and cleans a JSON text. Whatever the bytes are, there is an answer.
    pub fn answer(&self, bytes: &[u8], source: Source, options: &Options) -> Answer {
        let judged = match self.judge(bytes, source, options) {
            Ok(judged) => judged,
            Err(report) => return Answer::refusal(report),
        };
        let output = match (judged.ok(), judged.unchanged()) {
            (false, _) => Output::Nothing,
            (true, true) => Output::Same,
            (true, false) => {
                let mut text = String::new();
                judged.write(&mut text);
                Output::Text(text)
            }
        };
        Answer { report: judged.report(), output }
    }

    /// Reads, checks and cleans one field of a form: the value at a path of a body of which nothing
    /// else is known yet. Rules across fields are not judged; that the field itself is required is.
    /// `text` is the value's JSON text, or nothing if the field is absent.
    pub fn answer_field(
        &self,
        path: &[Segment],
        text: Option<&[u8]>,
        source: Source,
        options: &Options,
    ) -> Answer {
        if let Some(text) = text
            && let Err(fault) = Document::read(text, &options.limits, source)
        {
            let mut report = Report::refuse(text, source, &fault);
            report.issues.iter_mut().for_each(|issue| issue.path = path.to_vec());
            return Answer::refusal(report);
        }
        // The body around the field, holding nothing else.
        let (mut body, mut end) = (String::new(), String::new());
        let steps =
            if text.is_some() { path } else { path.split_last().map_or(path, |(_, up)| up) };
        for step in steps {
            match step {
                Segment::Key(key) => body.extend(["{", &quote(key), ":"]),
                Segment::Index(_) => body.push('['),
            }
            end.insert(0, if matches!(step, Segment::Key(_)) { '}' } else { ']' });
        }
        let start = body.len();
        body.push_str(match text {
            Some(text) => std::str::from_utf8(text).unwrap_or("null"),
            None if matches!(path.last(), Some(Segment::Index(_))) => "[]",
            None => "{}",
        });
        body.push_str(&end);
        let limits = Limits {
            depth: options.limits.depth.saturating_add(path.len()),
            bytes: options.limits.bytes.saturating_add(body.len()),
        };
        let document = match Document::read(body.as_bytes(), &limits, source) {
            Ok(document) => document,
            Err(fault) => return Answer::refusal(Report::refuse(body.as_bytes(), source, &fault)),
        };
        let mut outcome = self.check(&document, options);
        // The limit is that of the value, whatever lies around it.
        let depth = options.limits.depth.min(Limits::MAX_DEPTH);
        for finding in outcome.findings.iter_mut().filter(|finding| finding.is(&code::TOO_DEEP)) {
            finding.params = vec![("limit", Param::Count(depth as u64))];
        }
        let field = steps.iter().fold(NodeId::ROOT, |node, step| match step {
            Segment::Key(_) => node.following().following(),
            Segment::Index(_) => node.following(),
        });
        let key = match steps.last() {
            Some(Segment::Key(_)) => NodeId(field.0 - 1),
            _ => field,
        };
        match (text, path.last()) {
            (Some(_), _) => {
                outcome.findings.retain(|finding| finding.node >= key || ends_early(finding));
            }
            (None, Some(Segment::Key(name))) => outcome.findings.retain(|finding| {
                // A field of the same name may be required further up as well.
                finding.node == field
                    && finding.is(&code::REQUIRED)
                    && finding.member.as_ref() == Some(name)
            }),
            (None, _) => outcome.findings.clear(),
        }
        let edits: Vec<Edit> =
            outcome.edits.iter().filter(|edit| edit.node >= key).cloned().collect();
        let report = told(&document, source, path, start, &outcome.findings, &edits);
        if !outcome.ok() {
            return Answer::refusal(report);
        }
        let inner: Vec<Edit> = edits.into_iter().filter(|edit| edit.node >= field).collect();
        let output = match (text, inner.first()) {
            (None, _) => Output::Same,
            (_, Some(edit)) if edit.node == field && edit.action == Action::Remove => {
                Output::Text(String::new())
            }
            (_, None) => Output::Same,
            _ => {
                let whole = output::apply(&document, &inner);
                Output::Text(whole[start..whole.len() - end.len()].to_owned())
            }
        };
        Answer { report, output }
    }
}

/// Whether a finding says that not all was found, and so stands at the root for all of the body.
fn ends_early(finding: &Finding) -> bool {
    finding.is(&code::TOO_COMPLEX) || finding.is(&code::TOO_MANY_ISSUES)
}

/// The report about a field, told as of the body it belongs to: the indexes of the path as asked
/// for, positions within the value.
fn told(
    document: &Document<'_>,
    source: Source,
    path: &[Segment],
    start: usize,
    findings: &[Finding],
    edits: &[Edit],
) -> Report {
    let mut report = Teller::new(document, source).tell(findings, edits);
    let place = |told: &mut Vec<Segment>| {
        for (segment, asked) in told.iter_mut().zip(path) {
            *segment = asked.clone();
        }
    };
    for issue in &mut report.issues {
        place(&mut issue.path);
        if let Some(position) = &mut issue.position {
            position.offset = position.offset.saturating_sub(start);
            if position.line == 1 {
                position.column = position.column.saturating_sub(start).max(1);
            }
        }
    }
    report.changes.iter_mut().for_each(|change| place(&mut change.path));
    report
}
