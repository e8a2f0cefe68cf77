//! What the crate answers to the cases of a corpus, one line of JSON for each: what `prove.js` asks of
//! the package is asked of the crate here. A line is what `JSON.stringify` makes of the answer, so that
//! numbers and the order of keys are those of JavaScript.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;
use std::rc::Rc;

use prewash::answer::{Answer, Output};
use prewash::batch::{Known, Plan};
use prewash::document::{Document, Kind, Limits, NodeId, Segment, Source, escape_into, quote};
use prewash::formats::{Settings, lookup};
use prewash::issue::{Change, Issue};
use prewash::openapi::{Api, ParameterPlace, Part};
use prewash::options::Options;
use prewash::report::Report;
use prewash::schema::{Dialect, Schema, read};

/// Runs a corpus: a JSON array of cases.
pub fn prove(corpus: &str) -> Vec<String> {
    let corpus = document(corpus);
    let compiled = RefCell::default();
    let cases = corpus.elements(NodeId::ROOT);
    cases
        .map(|node| stringified(&Case { corpus: &corpus, node, compiled: &compiled }.answer()))
        .collect()
}

/// A file of the repository.
pub fn file(path: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

const LIMITS: Limits = Limits { depth: Limits::MAX_DEPTH, bytes: Limits::MAX_BYTES };

/// Reads a JSON text, however deep and long.
pub fn document(text: &str) -> Document<'_> {
    Document::read(text.as_bytes(), &LIMITS, Source::Text).expect("it is JSON")
}

/// What was compiled for a case, for the next ones that ask for the same.
#[derive(Default)]
struct Compiled {
    apis: HashMap<String, Rc<Api>>,
    schemas: HashMap<String, Rc<Schema>>,
}

/// One case of the corpus.
struct Case<'c> {
    corpus: &'c Document<'c>,
    node: NodeId,
    compiled: &'c RefCell<Compiled>,
}

impl Case<'_> {
    fn get(&self, name: &str) -> Option<NodeId> {
        self.corpus.get(self.node, name)
    }

    /// A member as JSON text.
    fn json(&self, name: &str) -> Option<String> {
        self.get(name).map(|node| self.corpus.json(node).into_owned())
    }

    fn text(&self, name: &str) -> Option<String> {
        self.corpus.get_str(self.node, name).map(|text| text.into_owned())
    }

    fn options(&self) -> Options {
        let options = self.json("options").unwrap_or_else(|| "{}".to_owned());
        Options::read(options.as_bytes()).expect("the options are valid")
    }

    /// What comes of it, as JSON text.
    fn answer(&self) -> String {
        if let Some(text) = self.text("domain") {
            let format = lookup("domain").expect("there is that format");
            let answer = format.answer(&text, Settings::default());
            return result(&answer, "value", &quote(&text), quote);
        }
        if let Some(name) = self.text("batch") {
            return self.batch(&name);
        }
        let (schema, options) = (self.schema(), self.options());
        if let Some(field) = self.get("field") {
            let value = self.json("value");
            let bytes = value.as_ref().map(String::as_bytes);
            let answer = schema.answer_field(&self.path(field), bytes, Source::Value, &options);
            return result(&answer, "value", value.as_deref().unwrap_or(""), str::to_owned);
        }
        if let Some(bytes) = self.get("bytes") {
            let byte = |node| self.corpus.raw(node).parse().expect("it is a byte");
            let bytes: Vec<u8> = self.corpus.elements(bytes).map(byte).collect();
            let answer = schema.answer(&bytes, Source::Text, &options);
            return result(&answer, "json", &numbers(&bytes), |text| numbers(text.as_bytes()));
        }
        if let Some(text) = self.text("text") {
            let answer = schema.answer(text.as_bytes(), Source::Text, &options);
            return result(&answer, "json", &quote(&text), quote);
        }
        let value = match self.text("unsupported") {
            // As pkg/src/value.ts writes what JSON cannot hold.
            Some(what) => format!("{{\"value\":\u{1}{}}}", &what[..1]),
            None => self.json("value").expect("the case has a value"),
        };
        let answer = schema.answer(value.as_bytes(), Source::Value, &options);
        result(&answer, "value", &value, str::to_owned)
    }

    /// The schema that it is checked by.
    fn schema(&self) -> Rc<Schema> {
        let names = ["schema", "with", "openapi", "operation", "part"];
        let key = names.map(|name| self.json(name).unwrap_or_default()).join("\n");
        if let Some(schema) = self.compiled.borrow().schemas.get(&key) {
            return schema.clone();
        }
        let schema = Rc::new(self.compile());
        self.compiled.borrow_mut().schemas.insert(key, schema.clone());
        schema
    }

    fn compile(&self) -> Schema {
        if let Some(schema) = self.json("schema") {
            let with = self.get("with");
            let documents = with.and_then(|with| self.corpus.get(with, "documents"));
            let documents: Vec<(String, String)> = documents
                .into_iter()
                .flat_map(|documents| self.corpus.members(documents))
                .map(|(uri, node)| {
                    (self.corpus.string(uri).into_owned(), self.corpus.json(node).into_owned())
                })
                .collect();
            let others: Vec<_> = documents
                .iter()
                .map(|(uri, text)| (uri.clone(), read(text.as_bytes()).expect("it is JSON")))
                .collect();
            let formats = with.and_then(|with| self.corpus.get_str(with, "formats"));
            let dialect =
                Dialect { formats: formats.as_deref() != Some("annotate"), ..Dialect::default() };
            let document = read(schema.as_bytes()).expect("the schema is JSON");
            return Schema::compile(&document, NodeId::ROOT, &others, dialect)
                .unwrap_or_else(|error| panic!("{schema}: {error}"));
        }
        let name = self.text("operation").expect("the case has an operation");
        let (api, id) = match self.json("openapi") {
            Some(document) => {
                (Rc::new(Api::read(document.as_bytes()).expect("it is OpenAPI")), &*name)
            }
            None => self.vendor(&name),
        };
        let operation = api.operation(id).expect("the operation is there");
        let part = match self.text("part").as_deref() {
            Some("response") => Part::Response(None),
            Some("pathParameters") => Part::Parameters(ParameterPlace::Path),
            _ => Part::Body(None),
        };
        api.schema(&operation, part).expect("it compiles")
    }

    /// A path, given as an array, a JSON Pointer or a dotted name (pkg/src/path.ts).
    fn path(&self, node: NodeId) -> Vec<Segment> {
        let step = |text: &str| match text.parse() {
            Ok(index) => Segment::Index(index),
            Err(_) => Segment::Key(text.to_owned()),
        };
        let Some(text) = self.corpus.as_str(node) else {
            let given = |node| match self.corpus.as_str(node) {
                Some(key) => Segment::Key(key.into_owned()),
                None => step(self.corpus.raw(node)),
            };
            return self.corpus.elements(node).map(given).collect();
        };
        match text.strip_prefix('/') {
            _ if text.is_empty() => Vec::new(),
            Some(pointer) => pointer.split('/').map(step).collect(),
            None => text.split(['.', '[', ']']).filter(|text| !text.is_empty()).map(step).collect(),
        }
    }

    fn batch(&self, name: &str) -> String {
        let (api, id) = self.vendor(name);
        let operation = api.operation(id).expect("the operation is there");
        let schema = self.body(name, &api, id);
        let batch = api.batch(&operation).expect("x-batch is valid").expect("x-batch is there");
        if let Some(outcomes) = self.json("outcomes") {
            return batch.respond(outcomes.as_bytes()).expect("the outcomes are valid");
        }
        let known = self.get("known").map_or_else(|| "{}".to_owned(), |known| self.known(known));
        let mut known = Known::read(known.as_bytes()).expect("what is known is valid");
        // A string is a text, wherever it is given.
        let text = self.text("text").or_else(|| self.text("value"));
        let source = if text.is_some() { Source::Text } else { Source::Value };
        let body = text.clone().or_else(|| self.json("value")).expect("the case has a body");
        let options = self.options();
        let plan = batch.plan(&schema, body.as_bytes(), source, &options, &mut known, false);
        let items = plan.items.iter().map(|item| {
            let (index, status) = (item.index, item.status.name());
            let key = item.key.as_deref().map_or_else(|| "null".to_owned(), quote);
            let report = report(&item.report);
            format!(
                "{{\"index\":{index},\"status\":\"{status}\",\"{}\":{key},{report}}}",
                batch.key()
            )
        });
        let items: Vec<_> = items.collect();
        let items = format!("[{}]", items.join(","));
        if let Some(response) = self.text("response").or_else(|| self.json("response")) {
            let plan = format!("{{\"items\":{items}}}");
            return batch.reconcile(plan.as_bytes(), response.as_bytes());
        }
        told(&plan, &items, text.is_some())
    }

    /// The API document of a `vendor.operation`, and the operation's name.
    fn vendor<'n>(&self, name: &'n str) -> (Rc<Api>, &'n str) {
        let (vendor, id) = name.split_once('.').expect("it is vendor.operation");
        let read = || {
            let api = Api::read(file(&format!("apis/{vendor}.json")).as_bytes());
            Rc::new(api.expect("the document is valid"))
        };
        let mut compiled = self.compiled.borrow_mut();
        (compiled.apis.entry(vendor.to_owned()).or_insert_with(read).clone(), id)
    }

    /// The schema of the body of an operation, which its batches are planned by.
    fn body(&self, name: &str, api: &Api, id: &str) -> Rc<Schema> {
        let compile = || {
            let operation = api.operation(id).expect("the operation is there");
            Rc::new(api.schema(&operation, Part::Body(None)).expect("it compiles"))
        };
        let mut compiled = self.compiled.borrow_mut();
        compiled.schemas.entry(name.to_owned()).or_insert_with(compile).clone()
    }

    /// What is known, as pkg/src/known.ts writes it.
    fn known(&self, node: NodeId) -> String {
        let members = self.corpus.members(node).map(|(key, value)| {
            let mut text = self.corpus.json(value).into_owned();
            if self.corpus.kind(value) == Kind::Object && self.corpus.is(key, "existing") {
                let pairs = self.corpus.members(value).map(|(domain, id)| {
                    format!("[{},{}]", self.corpus.raw(domain), self.corpus.json(id))
                });
                text = format!("[{}]", pairs.collect::<Vec<_>>().join(","));
            }
            format!("{}:{text}", self.corpus.raw(key))
        });
        format!("{{{}}}", members.collect::<Vec<_>>().join(","))
    }
}

/// A plan; its request is text if it was planned from text.
fn told(plan: &Plan, items: &str, text: bool) -> String {
    let mut out = format!("{{\"ok\":{}", plan.ok);
    if let Some(request) = &plan.request {
        out += &format!(",\"request\":{}", if text { quote(request) } else { request.clone() });
    }
    let (results, summary) = (&plan.results, plan.summary.to_json());
    out += &format!(",\"results\":{results},\"summary\":{summary},\"items\":{items}");
    out += &format!(",\"issues\":{}", list(&plan.report.issues, Issue::write_json));
    if !plan.report.changes.is_empty() {
        out += &format!(",\"changes\":{}", list(&plan.report.changes, Change::write_json));
    }
    out + "}"
}

/// An answer, with what is to be sent under that name: `same` if it is what was given.
fn result(answer: &Answer, name: &str, same: &str, write: fn(&str) -> String) -> String {
    let output = match &answer.output {
        Output::Nothing => None,
        Output::Same => Some(same.to_owned()),
        Output::Text(text) => Some(write(text)),
    };
    let output = output.filter(|output| !output.is_empty());
    let output = output.map(|output| format!("\"{name}\":{output},")).unwrap_or_default();
    format!("{{\"ok\":{},{output}{}}}", answer.ok(), report(&answer.report))
}

fn report(report: &Report) -> String {
    let issues = list(&report.issues, Issue::write_json);
    format!("\"issues\":{issues},\"changes\":{}", list(&report.changes, Change::write_json))
}

fn list<T>(items: &[T], write: fn(&T, &mut String)) -> String {
    let items = items.iter().map(|item| {
        let mut out = String::new();
        write(item, &mut out);
        out
    });
    format!("[{}]", items.collect::<Vec<_>>().join(","))
}

fn numbers(bytes: &[u8]) -> String {
    let bytes: Vec<_> = bytes.iter().map(u8::to_string).collect();
    format!("[{}]", bytes.join(","))
}

/// A JSON text as `JSON.stringify(JSON.parse(text))`.
pub fn stringified(text: &str) -> String {
    let mut out = String::new();
    let document = document(text);
    stringify(&document, NodeId::ROOT, &mut out);
    out
}

fn stringify(document: &Document<'_>, node: NodeId, out: &mut String) {
    match document.kind(node) {
        Kind::Number => out.push_str(&number(document.raw(node).parse().expect("it is a number"))),
        Kind::String => escape_into(&document.string(node), out),
        Kind::Array => {
            out.push('[');
            for (at, element) in document.elements(node).enumerate() {
                out.push_str(if at > 0 { "," } else { "" });
                stringify(document, element, out);
            }
            out.push(']');
        }
        Kind::Object => {
            let mut members: Vec<_> =
                document.members(node).map(|(key, value)| (document.string(key), value)).collect();
            // Keys that are an index come first, in their order.
            members.sort_by_key(|(key, _)| index(key).unwrap_or(u64::MAX));
            out.push('{');
            for (at, (key, value)) in members.iter().enumerate() {
                out.push_str(if at > 0 { "," } else { "" });
                escape_into(key, out);
                out.push(':');
                stringify(document, *value, out);
            }
            out.push('}');
        }
        _ => out.push_str(document.raw(node)),
    }
}

/// The array index that a key is (ECMA-262, section 6.1.7).
fn index(key: &str) -> Option<u64> {
    let index: u64 = key.parse().ok().filter(|index| *index < u64::from(u32::MAX))?;
    (index.to_string() == key).then_some(index)
}

/// A number as JavaScript writes it (ECMA-262, section 6.1.6.1.20).
pub fn number(value: f64) -> String {
    if !value.is_finite() {
        return "null".to_owned();
    }
    let scientific = format!("{:e}", value.abs());
    let (digits, exponent) = scientific.split_once('e').expect("it has an exponent");
    let digits = digits.replace('.', "");
    let point = exponent.parse::<i32>().expect("the exponent is whole") + 1;
    let count = digits.len() as i32;
    let sign = if value < 0.0 { "-" } else { "" };
    let zeros = |count: i32| "0".repeat(count as usize);
    sign.to_owned()
        + &match point {
            _ if value == 0.0 => "0".to_owned(),
            point if count <= point && point <= 21 => digits + &zeros(point - count),
            point if 0 < point && point <= 21 => {
                let (whole, rest) = digits.split_at(point as usize);
                format!("{whole}.{rest}")
            }
            point if -6 < point && point <= 0 => format!("0.{}{digits}", zeros(-point)),
            point => {
                let (first, rest) = digits.split_at(1);
                let dot = if rest.is_empty() { "" } else { "." };
                let sign = if point > 0 { "+" } else { "-" };
                format!("{first}{dot}{rest}e{sign}{}", (point - 1).abs())
            }
        }
}
