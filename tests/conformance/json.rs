//! The JSON parsing test suite (`y_` must parse, `n_` must not, `i_` either), read by
//! [`Document::read`] and answered by the schema `{}`.
//!
//! What is decided of each `i_`, and the two `y_` that are read and refused, is in
//! `json_parsing.ledger`, a line a file: `file | codes | reason`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use prewash::answer::{Answer, Output};
use prewash::document::{Document, Kind, Limits, NodeId, Source};
use prewash::lines::{Place, Telling, Trapped};
use prewash::options::Options;
use prewash::schema::{Dialect, Schema, read};
use serde_json::{Number, Value};

use super::{published, tell_counts};

fn folder() -> Option<PathBuf> {
    published("json-parsing/test_parsing", "github.com/nst/JSONTestSuite")
}

fn compile(schema: &str) -> Schema {
    let document = read(schema.as_bytes()).expect("the schema is JSON");
    Schema::compile(&document, NodeId::ROOT, &[], Dialect::default()).expect("it compiles")
}

fn codes(answer: &Answer) -> Vec<&str> {
    answer.report.issues.iter().map(|issue| &*issue.code).collect()
}

/// The value of a node, its numbers as `serde_json` reads them; nothing for a number that is none to
/// `serde_json`, or is not finite.
fn value(document: &Document, node: NodeId) -> Option<Value> {
    Some(match document.kind(node) {
        Kind::Null => Value::Null,
        Kind::Boolean => Value::Bool(document.is_true(node)),
        Kind::Number => Value::Number(document.raw(node).parse::<Number>().ok()?),
        Kind::String => Value::String(document.string(node).into_owned()),
        Kind::Array => {
            let elements = document.elements(node).map(|element| value(document, element));
            Value::Array(elements.collect::<Option<_>>()?)
        }
        Kind::Object => {
            let members = document.members(node).map(|(key, member)| {
                Some((document.string(key).into_owned(), value(document, member)?))
            });
            Value::Object(members.collect::<Option<_>>()?)
        }
        Kind::Key | Kind::Unsupported => panic!("no value"),
    })
}

/// What is wrong with how a file is answered. `expected` are the codes.
fn judge(name: &str, bytes: &[u8], expected: &[&str], any: &Schema) -> Result<(), String> {
    let answer = any.answer(bytes, Source::Text, &Options::default());
    let found = codes(&answer);
    // Why a text is no JSON is told by either code.
    let is_refused = matches!(found[..], ["invalid_json" | "invalid_unicode" | "too_deep"]);
    if name.starts_with("n_") && expected.is_empty() {
        if !is_refused || Document::read(bytes, &Limits::default(), Source::Text).is_ok() {
            return Err(format!("read, with {found:?}"));
        }
        return Ok(());
    }
    if found != expected {
        return Err(format!("{found:?}, not {expected:?}"));
    }
    if !expected.is_empty() {
        return match answer.output {
            Output::Nothing => Ok(()),
            output => Err(format!("refused, and put out as {output:?}")),
        };
    }
    let document = Document::read(bytes, &Limits::default(), Source::Text)
        .map_err(|fault| format!("{fault:?}"))?;
    if (answer.output, document.faults()) != (Output::Same, &[]) {
        return Err("accepted, and not as it is".to_owned());
    }
    // `serde_json` takes no number beyond a double.
    match (value(&document, NodeId::ROOT), serde_json::from_slice::<Value>(bytes)) {
        (Some(ours), Ok(theirs)) if ours == theirs => Ok(()),
        (None, Err(error)) if error.to_string().contains("number out of range") => Ok(()),
        (ours, theirs) => Err(format!("{ours:?}, {theirs:?} by serde_json")),
    }
}

#[test]
fn texts_are_read_as_the_suite_has_it() {
    let Some(folder) = folder() else { return };
    let ledger = include_str!("../json_parsing.ledger");
    let lines = ledger.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mut decisions: BTreeMap<&str, Vec<&str>> = lines
        .map(|line| {
            let columns: Vec<_> = line.split(" | ").collect();
            let [name, codes, _reason] = columns[..] else { panic!("{line}") };
            (name, codes.split(' ').filter(|code| *code != "accepted").collect())
        })
        .collect();
    let any = compile("{}");
    let (mut passed, mut in_ledger, mut wrong) = (0, 0, Vec::new());
    let entries = std::fs::read_dir(folder).expect("the folder can be read");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("it can be read").path()).collect();
    paths.sort();
    assert!(paths.len() > 300, "{} files", paths.len());
    for path in paths {
        let name = path.file_name().and_then(|name| name.to_str()).expect("a name in UTF-8");
        let bytes = std::fs::read(&path).expect("the file can be read");
        let decision = decisions.remove(name);
        match (&name[..2], &decision) {
            ("i_", None) => wrong.push(format!("{name}: nothing is decided")),
            ("y_", Some(codes)) if codes.is_empty() => {
                wrong.push(format!("{name}: accepted: take it off the ledger"));
            }
            ("n_", Some(_)) => wrong.push(format!("{name}: the ledger excuses no `n_`")),
            _ => {}
        }
        match judge(name, &bytes, decision.as_deref().unwrap_or_default(), &any) {
            Err(error) => wrong.push(format!("{name}: {error}")),
            Ok(()) if decision.is_some() => in_ledger += 1,
            Ok(()) => passed += 1,
        }
    }
    wrong.extend(decisions.keys().map(|name| format!("{name}: is no file")));
    tell_counts("JSON parsing", passed, in_ledger, &wrong);
}

/// What is refused for its depth alone is read by who asks for more.
#[test]
fn five_hundred_arrays_are_read_by_who_asks_for_them() {
    let Some(folder) = folder() else { return };
    let name = "i_structure_500_nested_arrays.json";
    let bytes = std::fs::read(folder.join(name)).expect(name);
    let limits = Limits { depth: 500, ..Limits::default() };
    let document = Document::read(&bytes, &limits, Source::Text).expect(name);
    let depth = std::iter::successors(Some(NodeId::ROOT), |at| document.elements(*at).next());
    assert_eq!((depth.count(), document.faults()), (500, &[][..]));
    let limits = Limits { depth: 499, ..Limits::default() };
    let fault = Document::read(&bytes, &limits, Source::Text).expect_err(name);
    assert_eq!((fault.code.name, fault.offset), ("too_deep", 499));
}

/// As lines of NDJSON the texts are read as they are alone, each without regard to the others.
#[test]
fn lines_are_read_as_texts_alone() {
    let Some(folder) = folder() else { return };
    let any = compile("{}");
    let (mut text, mut out, mut said) = (Vec::new(), Vec::new(), Vec::new());
    let entries = std::fs::read_dir(folder).expect("the folder can be read");
    for entry in entries {
        let bytes = std::fs::read(entry.expect("it can be read").path()).expect("it can be read");
        let is_blank = bytes.iter().all(|byte| byte.is_ascii_whitespace());
        if is_blank || bytes.contains(&b'\n') {
            continue;
        }
        let row = text.split(|byte| *byte == b'\n').count();
        let answer = any.answer(&bytes, Source::Text, &Options::default());
        said.extend(codes(&answer).into_iter().map(|code| (row, code.to_owned())));
        text.extend_from_slice(&bytes);
        text.push(b'\n');
        if answer.ok() {
            out.extend(bytes.iter().filter(|byte| **byte != b'\r'));
            out.push(b'\n');
        }
    }
    let mut telling = Telling::new(Place { row: 1, index: 0, offset: 0 }, true);
    any.check_lines(&text, &Options::default(), &Trapped::default(), &mut telling);
    let report = telling.report.lines().map(|line| {
        let issue: Value = serde_json::from_str(line).expect("a line is JSON");
        let row = issue["row"].as_u64().expect("a row") as usize;
        (row, issue["code"].as_str().expect("a code").to_owned())
    });
    assert_eq!(report.collect::<Vec<_>>(), said);
    assert!(said.len() > 200, "{}", said.len());
    assert!(telling.out == out, "{:?}", String::from_utf8_lossy(&telling.out));
}

/// The texts of `y_object_duplicated_key*` are read, both members are judged, and the one error that
/// is no member's is `duplicate_key`.
#[test]
fn a_duplicate_key_is_read_and_judged() {
    let Some(folder) = folder() else { return };
    let numbers = compile(r#"{"additionalProperties": {"type": "number"}}"#);
    for (name, members) in [
        ("y_object_duplicated_key.json", [("a", "b"), ("a", "c")]),
        ("y_object_duplicated_key_and_value.json", [("a", "b"), ("a", "b")]),
    ] {
        let bytes = std::fs::read(folder.join(name)).expect(name);
        let document = Document::read(&bytes, &Limits::default(), Source::Text).expect(name);
        let found: Vec<_> = document
            .members(NodeId::ROOT)
            .map(|(key, value)| (document.string(key), document.string(value)))
            .collect();
        let members = members.map(|(key, value)| (key.into(), value.into()));
        assert_eq!(found, members, "{name}");
        let faults: Vec<_> = document.faults().iter().map(|fault| fault.code.name).collect();
        assert_eq!(faults, ["duplicate_key"], "{name}");
        let answer = numbers.answer(&bytes, Source::Text, &Options::default());
        assert_eq!(codes(&answer), ["type", "duplicate_key", "type"], "{name}");
    }
}
