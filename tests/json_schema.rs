//! The JSON Schema Test Suite for 2020-12, read from the published data beside the project.

use std::collections::BTreeMap;
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
    eprintln!(
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

/// Runs the tests of a file; gives what fails, and how many there are.
fn run(
    name: &str,
    text: &[u8],
    remotes: &[(String, Document<'_>)],
    failed: &mut Vec<String>,
) -> usize {
    let limits = Limits::default();
    let cases = Document::read(text, &limits, Source::Text).expect("the suite is JSON");
    let dialect = Dialect { formats: name.starts_with("optional/format/"), ..Dialect::default() };
    let mut count = 0;
    for case in cases.elements(NodeId::ROOT) {
        let title = cases.get_str(case, "description").expect("a case has a description");
        let schema = cases.get(case, "schema").expect("a case has a schema");
        let schema = read(cases.raw(schema).as_bytes())
            .and_then(|document| Schema::compile(&document, NodeId::ROOT, remotes, dialect));
        let tests = cases.get(case, "tests").expect("a case has tests");
        for test in cases.elements(tests) {
            count += 1;
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
            if outcome != Ok(cases.is_true(valid)) {
                failed.push(format!("{name} | {title} | {about} | {outcome:?}"));
            }
        }
    }
    count
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
    let mut failed = Vec::new();
    let mut count = 0;
    for (name, text) in files(&suite.join("tests")) {
        count += run(&name, &text, &remotes, &mut failed);
    }
    for line in &failed {
        println!("{line}");
    }
    println!("{} of {count} passed", count - failed.len());
    assert!(failed.is_empty());
}
