//! Published OpenAPI documents, read from the data beside the project.

use std::path::{Path, PathBuf};

use prewash::document::Source;
use prewash::openapi::{Api, ParameterPlace, Part};
use prewash::options::Options;

/// A document: `../shared/conformance/openapi`, or below what `PREWASH_CONFORMANCE` names.
fn api(name: &str) -> Option<Api> {
    let folder = match std::env::var_os("PREWASH_CONFORMANCE") {
        Some(folder) => PathBuf::from(folder),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/conformance"),
    };
    let path = folder.join("openapi").join(name);
    match std::fs::read(&path) {
        Ok(text) => Some(Api::read(&text).expect("it is an OpenAPI document")),
        Err(_) => {
            eprintln!(
                "SKIPPED: there is no {}; put the vendor's OpenAPI document there, or name the \
                 folder above `openapi` with PREWASH_CONFORMANCE",
                path.display()
            );
            None
        }
    }
}

/// Every part of every operation compiles; how many there are.
fn compiled(api: &Api) -> usize {
    let places = [ParameterPlace::Path, ParameterPlace::Query, ParameterPlace::Header];
    let mut count = 0;
    for operation in api.operations() {
        let (media, statuses) = (api.media_types(&operation), api.statuses(&operation));
        let bodies = media.iter().map(|media| Part::Body(Some(media)));
        let responses = statuses.iter().map(|status| Part::Response(Some(status)));
        for part in bodies.chain(responses).chain(places.map(Part::Parameters)) {
            if let Err(error) = api.schema(&operation, part) {
                panic!("{} {part:?}: {error}", operation.id);
            }
            count += 1;
        }
    }
    count
}

#[track_caller]
fn tells(api: &Api, operation: &str, part: Part<'_>, body: &str, expected: &[&str]) {
    let operation = api.operation(operation).expect("the operation is there");
    let schema = api.schema(&operation, part).expect("the schema compiles");
    let answer = schema.answer(body.as_bytes(), Source::Text, &Options::default());
    let issues = &answer.report.issues;
    let told: Vec<_> =
        issues.iter().map(|issue| format!("{} {}", issue.code, issue.pointer())).collect();
    assert_eq!(told, expected, "{}", operation.id);
}

#[test]
fn hubspot_companies() {
    let Some(api) = api("hubspot-companies-v3.json") else { return };
    assert!(compiled(&api) > 35);
    let body = r#"{"name":"Lead","order":1}"#;
    tells(&api, "V2PersonStagesJsonPost", Part::Body(None), body, &["unknown_key /order"]);
    let query = r#"{"ids":[1],"perpage":"25"}"#;
    let part = Part::Parameters(ParameterPlace::Query);
    tells(&api, "V2PeopleJsonGet", part, query, &["unknown_key /perpage"]);
}
