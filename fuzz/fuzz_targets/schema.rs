//! Any schema compiles or is refused with its place; any check ends, and ends the same again. On the
//! keywords that both know, `boon` gives the same answer.
//!
//! An input is `{ "schema": …, "documents": […] }`; the mutator changes it as JSON.

#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use prewash::answer::Output;
use prewash::document::{NodeId, Source};
use prewash::options::Options;
use prewash::schema::{Dialect, Schema, read};
use prewash_fuzz::{Words, is_private, mutate, peer};
use serde_json::Value;

const WORDS: Words = Words {
    keys: &[
        "$anchor",
        "$defs",
        "$dynamicAnchor",
        "$dynamicRef",
        "$id",
        "$ref",
        "$schema",
        "a",
        "b",
        "additionalProperties",
        "allOf",
        "anyOf",
        "const",
        "contains",
        "contentEncoding",
        "dependencies",
        "dependentRequired",
        "dependentSchemas",
        "discriminator",
        "domain",
        "else",
        "enum",
        "exclusiveMaximum",
        "exclusiveMinimum",
        "format",
        "if",
        "items",
        "maxContains",
        "maxItems",
        "maxLength",
        "maxProperties",
        "maximum",
        "minContains",
        "minItems",
        "minLength",
        "minProperties",
        "minimum",
        "multipleOf",
        "not",
        "oneOf",
        "pattern",
        "patternProperties",
        "prefixItems",
        "properties",
        "propertyName",
        "propertyNames",
        "readOnly",
        "required",
        "then",
        "type",
        "unevaluatedItems",
        "unevaluatedProperties",
        "uniqueItems",
        "x-custom-fields",
        "x-drop-duplicates",
        "x-drop-null",
        "x-hint",
        "x-identifiers",
        "x-suggested-values",
        "x-trim",
        "x-warnings",
        "__proto__",
    ],
    values: &[
        "null",
        "true",
        "false",
        "0",
        "1",
        "2",
        "-1",
        "3",
        "1.5",
        "100",
        "1e400",
        "{}",
        "[]",
        "\"\"",
        "\"a\"",
        "\"b\"",
        "\" a \"",
        "\"#\"",
        "\"#/$defs/a\"",
        "\"#a\"",
        "\"#/properties/a\"",
        "\"other\"",
        "\"string\"",
        "\"integer\"",
        "\"number\"",
        "\"object\"",
        "\"array\"",
        "\"null\"",
        "\"domain\"",
        "\"email\"",
        "\"uuid\"",
        "\"date-time\"",
        "\"linkedin\"",
        "\"regex\"",
        "\"^[a-c]+$\"",
        "\"a|b\"",
        "\"WWW.Acme.com\"",
        "[\"a\"]",
        "[\"a\",\"b\"]",
        "[1,1]",
        "{\"a\":1}",
        "{\"a\":{\"b\":null}}",
        "{\"$ref\":\"#\"}",
        "{\"type\":\"string\"}",
        "{\"$dynamicRef\":\"#a\"}",
        "{\"required\":[\"a\"]}",
        "[{\"type\":\"null\"},{\"minimum\":1}]",
        "{\"prefix\":\"custom_field_\",\"key\":\"uuid\"}",
        "{\"registered\":true}",
        "\"https://json-schema.org/draft/2020-12/schema\"",
    ],
};

/// The keywords that `boon` is asked about. Expressions and formats are left to other targets.
const COMPARED: &[&str] = &[
    "$defs",
    "$ref",
    "additionalProperties",
    "allOf",
    "anyOf",
    "const",
    "contains",
    "dependentRequired",
    "dependentSchemas",
    "else",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "if",
    "items",
    "maxContains",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minContains",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "not",
    "oneOf",
    "prefixItems",
    "properties",
    "propertyNames",
    "required",
    "then",
    "type",
    "unevaluatedItems",
    "unevaluatedProperties",
    "uniqueItems",
];

/// How large an input is compared, in bytes: `boon` takes time exponential in some.
const COMPARED_LENGTH: usize = 1024;

fuzz_mutator!(|data: &mut [u8], size: usize, most: usize, seed: u32| {
    mutate(&WORDS, data, size, most, seed)
});

fuzz_target!(|bytes: &[u8]| {
    if is_private(bytes) {
        return;
    }
    let Ok(input) = serde_json::from_slice::<Value>(bytes) else { return };
    let Some(schema) = input.get("schema") else { return };
    let text = schema.to_string();
    let compile = |formats| {
        let document = read(text.as_bytes())?;
        Schema::compile(&document, NodeId::ROOT, &[], Dialect { formats, ..Dialect::default() })
    };
    let (asserting, annotating) = match (compile(true), compile(false)) {
        (Ok(asserting), Ok(annotating)) => (asserting, annotating),
        (Err(error), Err(same)) => {
            assert_eq!(error, same);
            assert!(!error.message.is_empty());
            assert!(schema.pointer(&error.pointer).is_some(), "{error}");
            return;
        }
        (one, other) => panic!("{:?}, {:?}", one.err(), other.err()),
    };
    // It reads its meta-schemas each time, which takes longer than all else.
    let is_chosen = bytes.iter().fold(0, |sum: u8, byte| sum.wrapping_add(*byte)).is_multiple_of(4);
    let peer = (is_chosen && compared(schema)).then(|| boon(schema)).flatten();
    for document in input.get("documents").and_then(Value::as_array).into_iter().flatten() {
        let text = document.to_string();
        for schema in [&asserting, &annotating] {
            let options = Options::default();
            let answer = schema.answer(text.as_bytes(), Source::Text, &options);
            assert_eq!(answer, schema.answer(text.as_bytes(), Source::Text, &options));
            assert_eq!(answer.ok(), answer.report.ok());
            assert_eq!(
                answer.output == Output::Same,
                answer.ok() && answer.report.changes.is_empty()
            );
            if let Output::Text(clean) = &answer.output {
                assert!(peer_reads(clean), "{text} comes out as {clean}");
            }
        }
        if let Some((schemas, index)) = &peer
            && is_small(document)
        {
            let answer = annotating.answer(text.as_bytes(), Source::Text, &Options::default());
            let gave_up = answer.report.issues.iter().any(|issue| issue.code == "too_complex");
            let theirs = schemas.validate(document, *index);
            let theirs_gave_up =
                theirs.as_ref().is_err_and(|error| format!("{error:?}").contains("RefCycle"));
            if !gave_up && !theirs_gave_up {
                let codes: Vec<_> = answer.report.issues.iter().map(|issue| &issue.code).collect();
                assert_eq!(
                    answer.ok(),
                    theirs.is_ok(),
                    "{text} by {schema}: {codes:?}, {theirs:?}"
                );
            }
        }
    }
});

fn peer_reads(text: &str) -> bool {
    peer(text.as_bytes()).is_ok()
}

fn boon(schema: &Value) -> Option<(boon::Schemas, boon::SchemaIndex)> {
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    compiler.add_resource("urn:fuzz", schema.clone()).ok()?;
    let index = compiler.compile("urn:fuzz", &mut schemas).ok()?;
    Some((schemas, index))
}

/// Whether a schema has no other keywords, and only numbers that are told alike.
fn compared(schema: &Value) -> bool {
    fn keywords(value: &Value) -> bool {
        match value {
            Value::Object(members) => members.iter().all(|(key, value)| match &**key {
                "$defs" | "dependentSchemas" | "properties" => {
                    value.as_object().is_some_and(|schemas| schemas.values().all(keywords))
                }
                "const" | "dependentRequired" | "enum" => true,
                "$ref" => value.as_str().is_some_and(|to| to == "#" || to.starts_with("#/$defs/")),
                key => COMPARED.contains(&key) && keywords(value),
            }),
            Value::Array(elements) => elements.iter().all(keywords),
            _ => true,
        }
    }
    schema.to_string().len() <= COMPARED_LENGTH && keywords(schema) && is_small(schema)
}

/// Whether all numbers are small and whole: how others are compared differs.
fn is_small(value: &Value) -> bool {
    match value {
        Value::Number(number) => {
            let text = number.to_string();
            text != "-0" && text.len() < 10 && !text.contains(['.', 'e', 'E'])
        }
        Value::Array(elements) => elements.iter().all(is_small),
        Value::Object(members) => members.values().all(is_small),
        _ => true,
    }
}
