//! Inputs that fuzzing or the tests for hostile input found something wrong with, each a test.

use prewash::answer::{Answer, Output};
use prewash::document::{NodeId, Segment, Source};
use prewash::formats::{Settings, lookup};
use prewash::options::Options;
use prewash::schema::{Dialect, Schema, read};

#[track_caller]
fn compile(schema: &str) -> Schema {
    let document = read(schema.as_bytes()).expect("the schema is JSON");
    let schema = Schema::compile(&document, NodeId::ROOT, &[], Dialect::default());
    schema.expect("the schema compiles")
}

/// The answer of a schema to a text.
#[track_caller]
fn answer(schema: &str, text: &str) -> Answer {
    compile(schema).answer(text.as_bytes(), Source::Text, &Options::default())
}

/// `output`: a key was rewritten although its member was dropped, and stayed without a value.
#[test]
fn a_member_that_is_dropped_goes_with_its_rewritten_key() {
    let schema = r#"{
        "properties": {"a": true},
        "x-custom-fields": {"prefix": "custom_field_", "key": "uuid"},
        "patternProperties": {"^custom_field_": {"type": "string", "x-drop-null": true}}
    }"#;
    let text = r#"{"custom_field_1A2B3C4D-5E6F-4A7B-8C9D-0E1F2A3B4C5D":null,"a":1}"#;
    assert_eq!(answer(schema, text).output, Output::Text(r#"{"a":1}"#.to_owned()));
}

/// `batch`: the host was read as a text, whatever it was, past the end of the options.
#[test]
fn a_linkedin_host_that_is_no_text_is_a_mistake() {
    for (given, told) in [("0", "0"), ("[]", "[]"), ("true", "true"), (r#""""#, "")] {
        assert_eq!(
            Options::read(format!(r#"{{"linkedinHost":{given}}}"#).as_bytes()),
            Err(format!("`{told}` is no linkedinHost; give `www` or `apex`"))
        );
    }
}

/// `field`: an absent field was told to be required because one of its name is, further up.
#[test]
fn a_field_is_required_where_it_is_and_not_where_its_name_is() {
    let schema = compile(r#"{"type": "object", "required": ["name"]}"#);
    let key = |name: &str| Segment::Key(name.to_owned());
    let told = |path: &[Segment]| {
        let answer = schema.answer_field(path, None, Source::Text, &Options::default());
        answer.report.issues.into_iter().map(|issue| (issue.code, issue.path)).collect::<Vec<_>>()
    };
    assert_eq!(told(&[key("name")]), [("required".into(), vec![key("name")])]);
    assert_eq!(told(&[key("a"), key("name")]), []);
    assert_eq!(told(&[key("a"), Segment::Index(0), key("name")]), []);
}

/// `domain`: a joiner at an edge is no part of a name, though UTS #46 would take it after this character.
#[test]
fn a_joiner_at_an_edge_is_trimmed() {
    let domain = lookup("domain").expect("it is a format");
    let cleaned = (domain.clean)("ΐ1.co\u{113cf}\u{200d}", Settings::default());
    let cleaned = cleaned.expect("it is a domain");
    assert_eq!((&*cleaned.value, cleaned.warnings.len()), ("xn--1-2jb.xn--co-ev6o", 0));
}
