//! The quick ways against the slow ones: what comes out must not tell which one was taken.

use prewash::document::{Document, Kind, Limits, NodeId, Source};
use prewash::options::Options;
use prewash::report::Report;
use prewash::schema::{Dialect, Schema, read};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::Value;

fn compile(schema: &str) -> Schema {
    let document = read(schema.as_bytes()).expect("the schema is JSON");
    Schema::compile(&document, NodeId::ROOT, &[], Dialect::default()).expect("it compiles")
}

/// The shape of a value, as pkg/src/shape.ts writes it: its characters between two quotes, and a word
/// for each node.
#[derive(Debug)]
struct Shape {
    text: String,
    words: Vec<u32>,
}

impl Shape {
    fn of(value: &Value) -> Shape {
        let mut shape = Shape { text: "\"".to_owned(), words: Vec::new() };
        shape.value(value);
        shape.text.push('"');
        shape
    }

    fn value(&mut self, value: &Value) {
        match value {
            Value::Null => self.word(Kind::Null, 0),
            Value::Bool(is_true) => self.word(Kind::Boolean, usize::from(*is_true)),
            Value::Number(number) => self.text(Kind::Number, &number.to_string()),
            Value::String(text) => self.text(Kind::String, text),
            Value::Array(elements) => {
                self.word(Kind::Array, elements.len());
                elements.iter().for_each(|element| self.value(element));
            }
            Value::Object(members) => {
                self.word(Kind::Object, members.len());
                for (key, member) in members {
                    self.text(Kind::Key, key);
                    self.value(member);
                }
            }
        }
    }

    fn text(&mut self, kind: Kind, text: &str) {
        self.word(kind, text.encode_utf16().count());
        self.text.push_str(text);
    }

    fn word(&mut self, kind: Kind, count: usize) {
        self.words.push((count as u32) << 3 | kind as u32);
    }

    fn document(&self) -> Option<Document<'_>> {
        Document::shaped(self.text.as_bytes(), &self.words)
    }
}

const UUID: &str = "2EB8AA08-AA98-11EA-B4AA-73B441D16380";

fn strings() -> impl Strategy<Value = String> {
    let whole =
        ["", "Acme.com", "www.acme.com", UUID, "jane@ACME.com", "one", " one ", "localhost"];
    prop_oneof![
        select(whole.to_vec()).prop_map(str::to_owned),
        "[ a\"\\\\\n\u{0}\u{1f}\u{7f}é漢😀\u{2028}]{0,6}",
        "\\PC{0,20}",
    ]
}

fn keys() -> impl Strategy<Value = String> {
    let known =
        ["domain", "id", "tags", "list", "child", "n", "domian", "x_1", "é", "a long key \""];
    prop_oneof![3 => select(known.to_vec()).prop_map(str::to_owned), 1 => strings()]
}

fn values() -> impl Strategy<Value = Value> {
    let number = prop_oneof![
        any::<i64>().prop_map(Value::from),
        (-5_i64..5).prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        number,
        strings().prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 60, 5, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..5).prop_map(Value::from),
            vec((keys(), inner), 0..6).prop_map(|members| members.into_iter().collect()),
        ]
    })
}

/// Rules that look at texts, keys, numbers and whole values, and that edit them.
const SCHEMAS: [&str; 4] = [
    r##"{
        "type": "object",
        "required": ["id", "domain"],
        "properties": {
            "domain": {"type": "string", "format": "domain"},
            "id": {"type": "string", "format": "uuid"},
            "tags": {"type": "array", "uniqueItems": true, "items": {"type": "string", "x-trim": true, "minLength": 1}},
            "list": {"type": "array", "maxItems": 2, "contains": {"type": "number"}},
            "n": {"type": ["integer", "string"], "minimum": 0, "x-drop-null": true},
            "child": {"$ref": "#"}
        },
        "patternProperties": {"^x_": {"enum": [1, "one", null, {"n": 1}]}},
        "additionalProperties": false
    }"##,
    r##"{
        "x-drop-null": true,
        "anyOf": [
            {"type": "string", "x-trim": true, "maxLength": 3},
            {"type": "string", "format": "email"},
            {"type": "array", "items": {"$ref": "#"}},
            {"type": "object", "additionalProperties": {"$ref": "#"}, "minProperties": 1}
        ]
    }"##,
    r#"{
        "type": "object",
        "properties": {"id": {"x-suggested-values": ["one", "two"]}, "domain": {"const": "www.acme.com"}},
        "if": {"required": ["id"]},
        "then": {"required": ["tags"], "dependentRequired": {"tags": ["n", "list"]}},
        "else": {"not": {"required": ["list"]}},
        "propertyNames": {"maxLength": 6, "pattern": "^[^é]*$"},
        "unevaluatedProperties": {"type": "string"}
    }"#,
    r#"{"oneOf": [{"type": "number", "multipleOf": 2}, {"type": "number", "minimum": 3}, {"uniqueItems": true, "type": "array"}]}"#,
];

/// A report without what a caller who has the value knows better.
fn without_paths(mut report: Report) -> Report {
    report.issues.iter_mut().for_each(|issue| issue.path.clear());
    report
}

thread_local! {
    static COMPILED: Vec<Schema> = SCHEMAS.iter().map(|schema| compile(schema)).collect();
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn a_shape_is_the_document_that_its_text_is(value in values()) {
        let text = value.to_string();
        let read = Document::read(text.as_bytes(), &Limits::default(), Source::Value).unwrap();
        let shape = Shape::of(&value);
        let shaped = shape.document().unwrap();
        prop_assert!(shaped.is_shaped() && !read.is_shaped());
        prop_assert_eq!(shaped.len(), read.len());
        prop_assert!(shaped.faults().is_empty() && read.faults().is_empty());
        for node in (0..read.len() as u32).map(NodeId) {
            let kind = read.kind(node);
            prop_assert_eq!(shaped.kind(node), kind);
            prop_assert_eq!(shaped.count(node), read.count(node));
            prop_assert_eq!(shaped.is_faulty(node), read.is_faulty(node));
            prop_assert_eq!(shaped.next(node), read.next(node));
            prop_assert_eq!(shaped.json(node), read.json(node));
            prop_assert!(shaped.elements(node).eq(read.elements(node)));
            prop_assert!(shaped.members(node).eq(read.members(node)));
            match kind {
                Kind::Key => {
                    prop_assert_eq!(shaped.key_hash(node), read.key_hash(node));
                    prop_assert_eq!(shaped.string(node), read.string(node));
                }
                Kind::String => {
                    let string = read.string(node);
                    prop_assert_eq!(&shaped.string(node), &string);
                    prop_assert_eq!(shaped.plain_string(node), Some(string.as_bytes()));
                    prop_assert!(shaped.is(node, &string) && read.is(node, &string));
                }
                Kind::Number => prop_assert_eq!(shaped.raw(node), read.raw(node)),
                Kind::Boolean => prop_assert_eq!(shaped.is_true(node), read.is_true(node)),
                _ => {}
            }
        }
    }

    #[test]
    fn a_shape_is_judged_as_its_text_is(value in values(), strict in any::<bool>()) {
        let text = value.to_string();
        let shape = Shape::of(&value);
        let options = Options { strict, ..Options::default() };
        COMPILED.with(|schemas| {
            for schema in schemas {
                let judged = schema.judge(text.as_bytes(), Source::Value, &options).unwrap();
                let shaped =
                    schema.judge_shaped(shape.text.as_bytes(), &shape.words, &options).unwrap();
                prop_assert_eq!(shaped.ok(), judged.ok());
                prop_assert_eq!(shaped.unchanged(), judged.unchanged());
                prop_assert_eq!(shaped.is_silent(), judged.is_silent());
                prop_assert_eq!(shaped.report(), without_paths(judged.report()));
            }
            Ok(())
        })?;
    }

    /// Halves of a pair that lie in two texts are whole again where one follows on the other.
    #[test]
    fn a_shape_fits_if_no_character_is_cut(
        value in values(),
        at in any::<Index>(),
        cut in any::<Index>(),
    ) {
        let mut shape = Shape::of(&value);
        let is_text = |word: &u32| [Kind::String, Kind::Key, Kind::Number].iter().any(|kind| word & 7 == *kind as u32);
        let texts: Vec<_> = (0..shape.words.len()).filter(|at| is_text(&shape.words[*at])).collect();
        if texts.len() < 2 {
            return Ok(());
        }
        // Another cut between two neighbours.
        let at = at.index(texts.len() - 1);
        let (one, next) = (texts[at], texts[at + 1]);
        let both = (shape.words[one] >> 3) + (shape.words[next] >> 3);
        let cut = cut.index(both as usize + 1) as u32;
        shape.words[one] = shape.words[one] & 7 | cut << 3;
        shape.words[next] = shape.words[next] & 7 | (both - cut) << 3;

        let units: Vec<_> = shape.text[1..shape.text.len() - 1].encode_utf16().collect();
        let mut rest = &units[..];
        let parts: Result<Vec<String>, _> = texts.iter().map(|at| {
            let (part, after) = rest.split_at((shape.words[*at] >> 3) as usize);
            rest = after;
            String::from_utf16(part)
        }).collect();
        let document = shape.document();
        prop_assert_eq!(document.is_some(), parts.is_ok());
        let (Some(document), Ok(parts)) = (document, parts) else { return Ok(()) };
        for (at, part) in texts.iter().zip(parts) {
            let node = NodeId(*at as u32);
            match document.kind(node) {
                Kind::Number => prop_assert_eq!(document.raw(node), part),
                _ => prop_assert_eq!(document.string(node), part),
            }
        }
        // One unit too many leads over the end.
        shape.words[one] += 1 << 3;
        prop_assert!(shape.document().is_none());
    }
}

/// A schema of text rules, and the same with one more that always holds and has them all run.
fn lengths(min: usize, max: usize, trim: bool) -> [Schema; 2] {
    let rules = format!(r#""type":"string","x-trim":{trim},"minLength":{min},"maxLength":{max}"#);
    [format!("{{{rules}}}"), format!("{{{rules},\"pattern\":\"\"}}")].map(|text| compile(&text))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 4000, ..ProptestConfig::default() })]

    #[test]
    fn a_text_that_passes_at_a_glance_passes(
        text in prop_oneof!["[ -~]{0,12}", "[ a\t\u{a0}\u{200b}\u{ad}é漢😀\u{0}]{0,8}", "\\PC{0,10}"],
        min in 0..7_usize,
        max in 0..14_usize,
        trim in any::<bool>(),
    ) {
        let [quick, slow] = lengths(min, max, trim);
        let json = Value::from(&*text).to_string();
        let shape = Shape::of(&Value::from(&*text));
        let options = Options::default();
        let expected = slow.answer(json.as_bytes(), Source::Value, &options);
        prop_assert_eq!(&quick.answer(json.as_bytes(), Source::Value, &options), &expected);
        for schema in [&quick, &slow] {
            let judged = schema.judge_shaped(shape.text.as_bytes(), &shape.words, &options);
            prop_assert_eq!(&judged.unwrap().report(), &expected.report);
        }
    }
}
