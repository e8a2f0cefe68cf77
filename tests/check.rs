//! How a check goes: branches that are undone, schemas that come back to themselves, limits.

use std::time::{Duration, Instant};

use prewash::answer::{Answer, Output};
use prewash::document::{NodeId, Source};
use prewash::options::Options;
use prewash::schema::{Dialect, Schema, read};

#[track_caller]
fn answer(schema: &str, body: &str) -> Answer {
    let document = read(schema.as_bytes()).expect("the schema is JSON");
    let schema = Schema::compile(&document, NodeId::ROOT, &[], Dialect::default());
    schema.expect("it compiles").answer(body.as_bytes(), Source::Text, &Options::default())
}

/// The codes and pointers of the issues, and what comes out.
#[track_caller]
fn gives(schema: &str, body: &str, issues: &[&str], output: Option<&str>) {
    let answer = answer(schema, body);
    let told = answer.report.issues.iter();
    let told: Vec<_> = told.map(|issue| format!("{} {}", issue.code, issue.pointer())).collect();
    let text = match &answer.output {
        Output::Nothing => None,
        Output::Same => Some(body),
        Output::Text(text) => Some(&**text),
    };
    assert_eq!((told, text), (issues.iter().map(ToString::to_string).collect(), output));
}

#[test]
fn edits_of_a_branch_that_fails_are_undone() {
    let schema = r#"{
        "anyOf": [
            {"properties": {"a": {"format": "uuid"}, "b": {"const": 1}}},
            {"properties": {"a": {"x-trim": true}, "b": {"const": 2}}}
        ]
    }"#;
    let upper = "3C90C3CC-0D44-4B50-8888-8DD25736052A";
    let lower = upper.to_lowercase();
    let body = |a: &str, b: u8| format!(r#"{{"a":"{a}","b":{b}}}"#);
    gives(schema, &body(upper, 1), &[], Some(&body(&lower, 1)));
    gives(schema, &body(upper, 2), &[], Some(&body(upper, 2)));
    gives(schema, &body(" x ", 2), &[], Some(&body("x", 2)));
    gives(schema, &body(upper, 3), &["enum /b"], None);
}

#[test]
fn several_subschemas_may_edit_one_value() {
    let schema = r#"{
        "allOf": [
            {"properties": {"a": {"x-trim": true}, "b": {"x-trim": true}}},
            {"properties": {"a": {"maxLength": 2}, "b": {"enum": ["y"]}}},
            {"properties": {"a": {"format": "domain"}}}
        ]
    }"#;
    gives(schema, r#"{"a":" x ","b":" y "}"#, &["single_label /a"], None);
    gives(schema, r#"{"b":" y "}"#, &[], Some(r#"{"b":"y"}"#));
}

#[test]
fn what_judges_a_text_judges_it_as_it_is_sent() {
    for (keyword, issues) in [
        (r#""maxLength":8"#, &[][..]),
        (r#""pattern":"^acme""#, &[]),
        (r#""enum":["acme.com"]"#, &[]),
        (r#""const":"acme.com""#, &[]),
        (r#""minLength":9"#, &["min_length "]),
        (r#""pattern":"^https""#, &["pattern "]),
        (r#""const":"https://www.Acme.com/x""#, &["const "]),
    ] {
        let output = issues.is_empty().then_some(r#""acme.com""#);
        for schema in [
            format!(r#"{{"format":"domain",{keyword}}}"#),
            format!(r#"{{{keyword},"format":"domain"}}"#),
        ] {
            gives(&schema, r#""https://www.Acme.com/x""#, issues, output);
        }
    }
}

#[test]
fn keys_known_to_any_part_of_a_schema_are_known() {
    let schema = r##"{
        "$defs": {"base": {"properties": {"id": true}}},
        "allOf": [{"$ref": "#/$defs/base"}, {"if": true, "then": {"properties": {"name": true}}}],
        "properties": {"tags": true}
    }"##;
    gives(schema, r#"{"id":1,"name":2,"tags":3}"#, &[], Some(r#"{"id":1,"name":2,"tags":3}"#));
    gives(schema, r#"{"nam":2}"#, &["unknown_key /nam"], Some(r#"{"nam":2}"#));
}

#[test]
fn a_schema_that_comes_back_to_itself_ends() {
    gives(r##"{"$ref":"#"}"##, "1", &[], Some("1"));
    gives(r##"{"allOf":[{"$ref":"#"}],"type":"string"}"##, "1", &["type "], None);
    let variants = r##"{
        "$ref": "#/$defs/pet",
        "$defs": {
            "pet": {"oneOf": [{"$ref": "#/$defs/cat"}, {"$ref": "#/$defs/dog"}]},
            "cat": {"allOf": [{"$ref": "#/$defs/pet"}, {"required": ["meow"]}]},
            "dog": {"allOf": [{"$ref": "#/$defs/pet"}, {"required": ["bark"]}]}
        }
    }"##;
    gives(variants, r#"{"meow":1}"#, &[], Some(r#"{"meow":1}"#));
    gives(variants, "{}", &["missing_identifier /meow"], None);
    let tree = r##"{"properties":{"next":{"$ref":"#"},"value":{"type":"integer"}}}"##;
    gives(tree, r#"{"next":{"next":{"value":"x"}}}"#, &["type /next/next/value"], None);
}

#[test]
fn a_schema_that_blows_up_is_given_up() {
    let schema = r##"{"anyOf":[{"items":{"$ref":"#"},"minItems":1},{"items":{"$ref":"#"},"minItems":1},{"items":{"$ref":"#"},"minItems":1}]}"##;
    let body = "[".repeat(100) + &"]".repeat(100);
    let started = Instant::now();
    let answer = answer(schema, &body);
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
    assert!(answer.report.issues.iter().any(|issue| issue.code == "too_complex"));
}

#[test]
fn time_grows_with_the_document() {
    let unique = r#"{"uniqueItems":true}"#;
    let items: Vec<_> = (0..100_000).map(|at| at.to_string()).collect();
    let started = Instant::now();
    gives(unique, &format!("[{},7]", items.join(",")), &["unique_items /100000"], None);
    let keys: Vec<_> = (0..100_000).map(|at| format!("\"key{at}\":0")).collect();
    let answer = answer(r#"{"properties":{"a":true}}"#, &format!("{{{}}}", keys.join(",")));
    assert_eq!(answer.report.issues.len(), 100_000);
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
}

#[test]
fn a_schema_that_is_wrong_says_where() {
    for (schema, told) in [
        (
            r#"{"type":"text"}"#,
            "at `/type`: give `null`, `boolean`, `number`, `integer`, `string`, `array` or `object`",
        ),
        (
            r#"{"properties":{"a":{"minLength":-1}}}"#,
            "at `/properties/a/minLength`: give a whole number that is not negative",
        ),
        (r##"{"$ref":"#/$defs/a"}"##, "at `/$ref`: `#/$defs/a` leads nowhere"),
        (
            r#"{"$ref":"other.json"}"#,
            "at `/$ref`: `other.json` leads nowhere; give its document along, nothing is fetched",
        ),
        (r#"{"items":[1]}"#, "at `/items`: a schema is an object or a boolean"),
        (r#"{"anyOf":[]}"#, "at `/anyOf`: give an array of at least one schema"),
        (
            r#"{"a":1,"a":2}"#,
            "at `/a`: the document cannot be read: the key `a` is there twice; give each key once",
        ),
        ("[]", "a schema document is an object or a boolean"),
        (
            "{",
            "the document cannot be read: not JSON: the text ends where a key in double quotes is expected",
        ),
    ] {
        let error = read(schema.as_bytes())
            .and_then(|document| {
                Schema::compile(&document, NodeId::ROOT, &[], Dialect::default()).map(drop)
            })
            .unwrap_err();
        assert_eq!(error.to_string(), told);
    }
    let document = read(br#"{"patternProperties":{"(":true}}"#).expect("it is JSON");
    let error = Schema::compile(&document, NodeId::ROOT, &[], Dialect::default()).unwrap_err();
    assert_eq!(error.pointer, "/patternProperties/(");
}
