//! The JSON Schema Test Suite for 2020-12, read from the published data beside the project.
//!
//! What Prewash answers otherwise on purpose is in `json_schema.ledger`, a line a test:
//! `file | case | test | reason`. The ledger must be true: a test in it that passes fails the run.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use prewash::document::{Document, Limits, NodeId, Source};
use prewash::options::Options;
use prewash::schema::{Dialect, Schema, read};

/// Where the published suites are: `../shared/conformance`, or what `PREWASH_CONFORMANCE` names.
fn suite() -> Option<PathBuf> {
    let folder = match std::env::var_os("PREWASH_CONFORMANCE") {
        Some(folder) => PathBuf::from(folder),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/conformance"),
    };
    let suite = folder.join("json-schema-2020-12");
    if suite.is_dir() {
        return Some(suite);
    }
    // Past the test runner, which keeps what a passing test prints to itself.
    let _ = writeln!(
        std::io::stderr(),
        "SKIPPED: the JSON Schema Test Suite is not at {}; put its tests/draft2020-12 there as \
         `tests` and its `remotes`, or name the folder above with PREWASH_CONFORMANCE",
        suite.display()
    );
    None
}

/// The JSON files of a folder and its folders, by their path in it.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut pending = vec![folder.to_owned()];
    while let Some(at) = pending.pop() {
        for entry in std::fs::read_dir(&at).expect("the folder can be read") {
            let path = entry.expect("the folder can be read").path();
            if path.is_dir() {
                pending.push(path);
            } else if path.extension().is_some_and(|extension| extension == "json") {
                let name = path.strip_prefix(folder).expect("it is in the folder");
                let name = name.to_str().expect("the name is UTF-8").replace('\\', "/");
                found.insert(name, std::fs::read(&path).expect("the file can be read"));
            }
        }
    }
    found
}

/// A test of the suite: what it is about, and the answer that it got, where that is wrong.
struct Outcome {
    /// `file | case | test`
    test: String,
    wrong: Option<String>,
}

/// Runs the tests of a file.
fn run(name: &str, text: &[u8], remotes: &[(String, Document<'_>)], outcomes: &mut Vec<Outcome>) {
    let limits = Limits::default();
    let cases = Document::read(text, &limits, Source::Text).expect("the suite is JSON");
    let dialect = Dialect { formats: name.starts_with("optional/format/"), ..Dialect::default() };
    for case in cases.elements(NodeId::ROOT) {
        let title = cases.get_str(case, "description").expect("a case has a description");
        let schema = cases.get(case, "schema").expect("a case has a schema");
        let schema = read(cases.raw(schema).as_bytes())
            .and_then(|document| Schema::compile(&document, NodeId::ROOT, remotes, dialect));
        let tests = cases.get(case, "tests").expect("a case has tests");
        for test in cases.elements(tests) {
            let about = cases.get_str(test, "description").expect("a test has a description");
            let data = cases.get(test, "data").expect("a test has data");
            let valid = cases.get(test, "valid").expect("a test says what is right");
            let outcome = match &schema {
                Err(error) => Err(error.to_string()),
                Ok(schema) => {
                    let data = cases.raw(data).as_bytes();
                    Ok(schema.answer(data, Source::Text, &Options::default()).ok())
                }
            };
            let wrong = (outcome != Ok(cases.is_true(valid))).then(|| format!("{outcome:?}"));
            outcomes.push(Outcome { test: format!("{name} | {title} | {about}"), wrong });
        }
    }
}

/// The tests of a ledger: its lines without their reasons. Empty lines and lines that start with
/// `#` are none.
fn listed(ledger: &str) -> Vec<&str> {
    let lines = ledger.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| line.rsplit_once(" | ").expect("a line ends in a reason").0).collect()
}

/// How many tests pass and how many are in the ledger with reason, and what is wrong.
fn tally(outcomes: &[Outcome], listed: &[&str]) -> (usize, usize, Vec<String>) {
    let (mut passed, mut in_ledger, mut failed) = (0, 0, Vec::new());
    for Outcome { test, wrong } in outcomes {
        match (wrong, listed.contains(&test.as_str())) {
            (None, false) => passed += 1,
            (Some(_), true) => in_ledger += 1,
            (Some(wrong), false) => failed.push(format!("{test} | {wrong}")),
            (None, true) => failed.push(format!("{test} | passes: take it off the ledger")),
        }
    }
    let is_gone = |test: &&&str| !outcomes.iter().any(|outcome| outcome.test == **test);
    failed.extend(listed.iter().filter(is_gone).map(|test| format!("{test} | is no test")));
    (passed, in_ledger, failed)
}

/// Tells counts past the test runner, which keeps what a passing test prints to itself.
fn tell(run: &str, (passed, in_ledger, failed): (usize, usize, usize)) {
    let counts = format!("{passed} passed, {in_ledger} in the ledger, {failed} failed");
    let _ = std::io::stderr().write_all(format!("{run}, natively: {counts}\n").as_bytes());
}

#[test]
fn the_suite_passes() {
    let Some(suite) = suite() else { return };
    let remotes = files(&suite.join("remotes"));
    let remotes: Vec<_> = remotes
        .iter()
        .filter_map(|(name, text)| {
            Some((format!("http://localhost:1234/{name}"), read(text).ok()?))
        })
        .collect();
    let mut outcomes = Vec::new();
    for (name, text) in files(&suite.join("tests")) {
        run(&name, &text, &remotes, &mut outcomes);
    }
    let (passed, in_ledger, failed) = tally(&outcomes, &listed(include_str!("json_schema.ledger")));
    for line in &failed {
        println!("{line}");
    }
    tell("JSON Schema Test Suite", (passed, in_ledger, failed.len()));
    let (formats, _): (Vec<_>, Vec<_>) =
        outcomes.into_iter().partition(|outcome| outcome.test.starts_with("optional/format/"));
    let listed = listed(include_str!("json_schema.ledger"));
    let listed: Vec<_> =
        listed.into_iter().filter(|test| test.starts_with("optional/format/")).collect();
    let (passed, in_ledger, wrong) = tally(&formats, &listed);
    tell("JSON Schema Test Suite, the formats of it", (passed, in_ledger, wrong.len()));
    assert!(failed.is_empty());
}

#[test]
fn a_ledger_must_be_true() {
    let outcome = |test: &str, wrong: Option<&str>| Outcome {
        test: test.to_owned(),
        wrong: wrong.map(str::to_owned),
    };
    let outcomes = [
        outcome("a.json | b | passes", None),
        outcome("a.json | b | fails | on purpose", Some("Ok(true)")),
        outcome("a.json | b | fails", Some("Ok(true)")),
        outcome("a.json | b | passes by now", None),
    ];
    let ledger = "# why\n\na.json | b | fails | on purpose | reason\n\
                  a.json | b | passes by now | reason\na.json | b | gone | reason\n";
    let failed = [
        "a.json | b | fails | Ok(true)",
        "a.json | b | passes by now | passes: take it off the ledger",
        "a.json | b | gone | is no test",
    ];
    let expected = (1, 1, failed.map(str::to_owned).to_vec());
    assert_eq!(tally(&outcomes, &listed(ledger)), expected);
}
