//! Published OpenAPI documents, read from the data beside the project.

use std::io::Write;
use std::path::{Path, PathBuf};

use prewash::document::{NodeId, Source};
use prewash::openapi::{Api, ParameterPlace, Part};
use prewash::options::Options;
use prewash::schema::{Dialect, Schema, read};

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
            // Past the test runner, which keeps what a passing test prints to itself.
            let _ = writeln!(
                std::io::stderr(),
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
fn the_built_in_documents_are_of_the_vocabulary() {
    let meta = |reference: &str| {
        let text = format!(r#"{{"$ref":"urn:prewash:schema{reference}"}}"#);
        let document = read(text.as_bytes()).expect("the schema is JSON");
        Schema::compile(&document, NodeId::ROOT, &[], Dialect::default()).expect("it compiles")
    };
    let (schemas, batches) = (meta(""), meta("#batch"));
    let mut count = 0;
    for vendor in ["monaco", "reply", "recotap"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("apis/{vendor}.json"));
        let text = std::fs::read(path).expect("the file can be read");
        let document = read(&text).expect("it is JSON");
        let components =
            document.at(NodeId::ROOT, ["components", "schemas"]).expect("it has schemas");
        let mut judged: Vec<_> =
            document.members(components).map(|(_, schema)| (&schemas, schema)).collect();
        let paths = document.get(NodeId::ROOT, "paths").expect("it has paths");
        for (_, item) in document.members(paths) {
            for (_, operation) in document.members(item) {
                judged.extend(document.get(operation, "x-batch").map(|batch| (&batches, batch)));
            }
        }
        for (schema, node) in judged {
            let body = document.raw(node);
            let answer = schema.answer(body.as_bytes(), Source::Text, &Options::default());
            assert_eq!(answer.report.issues, [], "{vendor}: {body}");
            count += 1;
        }
    }
    assert!(count > 5);
}

#[test]
fn the_vocabulary_refuses_what_is_not_of_it() {
    let document = read(br#"{"$ref":"urn:prewash:schema"}"#).expect("the schema is JSON");
    let schema =
        Schema::compile(&document, NodeId::ROOT, &[], Dialect::default()).expect("it compiles");
    for (body, pointer) in [
        (r#"{"x-trim":1}"#, "/x-trim"),
        (
            r#"{"properties":{"a":{"x-custom-fields":{"prefix":""}}}}"#,
            "/properties/a/x-custom-fields/prefix",
        ),
        (
            r#"{"x-warnings":[{"when":{"minLength":-1},"code":"a","message":"b"}]}"#,
            "/x-warnings/0/when/minLength",
        ),
        (r#"{"type":"text"}"#, "/type"),
    ] {
        let answer = schema.answer(body.as_bytes(), Source::Text, &Options::default());
        let pointers: Vec<_> = answer.report.issues.iter().map(|issue| issue.pointer()).collect();
        assert_eq!(pointers, [pointer], "{body}");
    }
}

#[test]
fn hubspot_companies() {
    let Some(api) = api("hubspot-companies-v3.json") else { return };
    assert!(compiled(&api) > 35);
    for (operation, body, expected) in [
        (
            "post-/crm/v3/objects/companies_create",
            r#"{"properties":{"name":"Acme","domain":"acme.com"},"associations":[]}"#,
            &[][..],
        ),
        (
            "post-/crm/v3/objects/companies_create",
            r#"{"properties":{"name":1},"association":[]}"#,
            &["required /associations", "type /properties/name", "unknown_key /association"],
        ),
        (
            "POST /crm/v3/objects/companies/merge",
            r#"{"primaryObjectId":1}"#,
            &["required /objectIdToMerge", "type /primaryObjectId"],
        ),
        (
            "post-/crm/v3/objects/companies/search_doSearch",
            r#"{"limit":10.5,"after":"","sorts":["name"],"properties":[],"filterGroups":
                [{"filters":[{"propertyName":"domain","operator":"EQUALS","value":"acme.com"}]}]}"#,
            &["type /limit", "enum /filterGroups/0/filters/0/operator"],
        ),
    ] {
        tells(&api, operation, Part::Body(None), body, expected);
    }
}

#[test]
fn salesloft() {
    let Some(api) = api("salesloft-v2.json") else { return };
    assert!(compiled(&api) > 35);
    let query = Part::Parameters(ParameterPlace::Query);
    for (operation, part, body, expected) in [
        (
            "V2AccountsJsonPost",
            Part::Body(None),
            r#"{"name":"Acme","domain":"acme.com","websiet":"https://acme.com"}"#,
            "unknown_key /websiet",
        ),
        (
            "V2PersonStagesJsonPost",
            Part::Body(None),
            r#"{"name":"Lead","order":1}"#,
            "unknown_key /order",
        ),
        ("V2PeopleJsonGet", query, r#"{"ids":[1],"perpage":"25"}"#, "unknown_key /perpage"),
        ("V2PeopleIdJsonPut", Part::Parameters(ParameterPlace::Path), "{}", "required /id"),
    ] {
        tells(&api, operation, part, body, &[expected]);
    }
}
