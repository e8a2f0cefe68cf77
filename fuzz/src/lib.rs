//! What the targets share: how an input is taken apart, and how JSON is changed so that it stays JSON.

use std::sync::LazyLock;

use prewash::document::{Document, Kind, Limits, NodeId, Source, quote};
use prewash::openapi::{Api, Part};
use prewash::schema::Schema;
use serde_json::Value;

/// The bodies of all operations of the built-in APIs.
pub static BODIES: LazyLock<Vec<Schema>> = LazyLock::new(|| {
    let apis = [
        &include_bytes!("../../apis/monaco.json")[..],
        include_bytes!("../../apis/recotap.json"),
        include_bytes!("../../apis/reply.json"),
    ];
    let schemas = apis.iter().flat_map(|text| {
        let api = Api::read(text).expect("the API is built in");
        let operations = api.operations();
        let body = |operation| api.schema(operation, Part::Body(None)).expect("it compiles");
        operations.iter().map(body).collect::<Vec<_>>()
    });
    schemas.collect()
});

/// The byte between the parts of an input. UTF-8 has none such, so that texts stay whole.
const SEAM: u8 = 0xFF;

/// The two parts of an input.
pub fn parts(bytes: &[u8]) -> (&[u8], &[u8]) {
    match bytes.iter().position(|byte| *byte == SEAM) {
        Some(at) => (&bytes[..at], &bytes[at + 1..]),
        None => (bytes, &[]),
    }
}

/// A JSON text as `serde_json` reads it, however deep it nests.
pub fn peer(text: &[u8]) -> serde_json::Result<Value> {
    let mut reader = serde_json::Deserializer::from_slice(text);
    reader.disable_recursion_limit();
    let value = serde::Deserialize::deserialize(&mut reader)?;
    reader.end()?;
    Ok(value)
}

/// Whether a text has the key by which `serde_json` tells its own numbers, and which it takes for one.
pub fn is_private(text: &[u8]) -> bool {
    let is_start = |text: &[u8]| text.starts_with(b"$serde_json") || text.starts_with(b"\\u0024");
    (0..text.len()).any(|at| is_start(&text[at..]))
}

/// A value of a document: the last of the members that share a key holds, as in `serde_json`.
pub fn value(document: &Document<'_>, node: NodeId) -> Value {
    match document.kind(node) {
        Kind::Null | Kind::Unsupported => Value::Null,
        Kind::Boolean => Value::Bool(document.is_true(node)),
        Kind::Number => {
            serde_json::from_str(document.raw(node)).expect("the number is of JSON's grammar")
        }
        Kind::String | Kind::Key => Value::String(document.string(node).into_owned()),
        Kind::Array => document.elements(node).map(|element| value(document, element)).collect(),
        Kind::Object => document
            .members(node)
            .map(|(key, member)| (document.string(key).into_owned(), value(document, member)))
            .collect(),
    }
}

/// The value of a JSON text that this project's reader takes.
pub fn read(text: &str) -> Value {
    let limits = Limits { depth: Limits::MAX_DEPTH, bytes: Limits::MAX_BYTES };
    let document = Document::read(text.as_bytes(), &limits, Source::Text)
        .unwrap_or_else(|fault| panic!("{} at byte {} of {text}", fault.code.name, fault.offset));
    value(&document, NodeId::ROOT)
}

/// A node as JSON text without white space, its members in order, even where they share a key.
pub fn compact(document: &Document<'_>, node: NodeId) -> String {
    match document.kind(node) {
        Kind::String | Kind::Key => quote(&document.string(node)),
        Kind::Array => {
            let elements: Vec<_> =
                document.elements(node).map(|element| compact(document, element)).collect();
            format!("[{}]", elements.join(","))
        }
        Kind::Object => {
            let members: Vec<_> = document
                .members(node)
                .map(|(key, value)| {
                    format!("{}:{}", compact(document, key), compact(document, value))
                })
                .collect();
            format!("{{{}}}", members.join(","))
        }
        _ => document.raw(node).to_owned(),
    }
}

/// What a mutator puts into a document.
pub struct Words {
    /// Names of members.
    pub keys: &'static [&'static str],
    /// Values, as JSON text.
    pub values: &'static [&'static str],
}

/// Changes a JSON text to another one, a few places at a time; one time in four, and where the text is
/// no JSON, changes its bytes instead.
pub fn mutate(words: &Words, data: &mut [u8], size: usize, most: usize, seed: u32) -> usize {
    let mut dice = Dice(u64::from(seed) << 1 | 1);
    let read = || serde_json::from_slice(&data[..size]).ok();
    let Some(mut value) = (dice.below(4) > 0).then(read).flatten() else {
        return libfuzzer_sys::fuzzer_mutate(data, size, most);
    };
    for _ in 0..=dice.below(4) {
        change(words, &mut value, &mut dice);
    }
    let text = value.to_string();
    if text.len() > most {
        return libfuzzer_sys::fuzzer_mutate(data, size, most);
    }
    data[..text.len()].copy_from_slice(text.as_bytes());
    text.len()
}

/// Numbers that look random and are the same for a seed (SplitMix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % bound.max(1) as u64) as usize
    }

    fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }
}

/// Changes one place of a value.
fn change(words: &Words, root: &mut Value, dice: &mut Dice) {
    let count = count(root);
    let (to, from) = (dice.below(count), dice.below(count));
    let other = nth(root, &mut { from }).expect("there are so many").clone();
    let place = nth(root, &mut { to }).expect("there are so many");
    let atom = |dice: &mut Dice| {
        serde_json::from_str(dice.pick(words.values)).expect("the words are JSON")
    };
    match (dice.below(8), &mut *place) {
        (0, _) => *place = atom(dice),
        (1, _) => *place = other,
        (2..=4, Value::Object(members)) => {
            let key = match members.keys().nth(dice.below(2 * members.len())) {
                Some(key) if dice.below(2) > 0 => format!("{key} "),
                Some(key) => key.clone(),
                None => dice.pick(words.keys).to_owned(),
            };
            let value = if dice.below(2) > 0 { atom(dice) } else { other };
            members.insert(key, value);
        }
        (2..=4, Value::Array(elements)) => {
            let value = if dice.below(2) > 0 { atom(dice) } else { other };
            elements.insert(dice.below(elements.len() + 1), value);
        }
        (2..=4, Value::String(text)) => match atom(dice) {
            Value::String(more) if dice.below(2) > 0 => text.push_str(&more),
            Value::String(more) => text.insert_str(0, &more),
            _ => text.push(' '),
        },
        (5, Value::Object(members)) => {
            let key = members.keys().nth(dice.below(members.len())).cloned();
            key.map(|key| members.shift_remove(&key));
        }
        (5, Value::Array(elements)) if !elements.is_empty() => {
            elements.remove(dice.below(elements.len()));
        }
        (6, _) => {
            let within = place.take();
            *place =
                Value::Object([(dice.pick(words.keys).to_owned(), within)].into_iter().collect());
        }
        (7, _) => {
            let within = place.take();
            *place = Value::Array(vec![within]);
        }
        _ => *place = atom(dice),
    }
}

fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(elements) => elements.iter().map(count).sum(),
        Value::Object(members) => members.values().map(count).sum(),
        _ => 0,
    }
}

/// The value of that number in document order, from 0.
fn nth<'v>(value: &'v mut Value, left: &mut usize) -> Option<&'v mut Value> {
    if *left == 0 {
        return Some(value);
    }
    *left -= 1;
    match value {
        Value::Array(elements) => elements.iter_mut().find_map(|element| nth(element, left)),
        Value::Object(members) => members.values_mut().find_map(|member| nth(member, left)),
        _ => None,
    }
}

/// What must hold for a format and a text, as `tests/formats.rs` has it: the canonical form passes as
/// it is, and so does whatever is suggested. Gives the canonical form.
pub fn cleaned(
    format: &prewash::formats::Format,
    text: &str,
    settings: prewash::formats::Settings,
) -> Option<String> {
    let passes = |value: &str| {
        let again = (format.clean)(value, settings).map(|cleaned| cleaned.value.into_owned());
        assert!(
            again.as_deref().is_ok_and(|again| again == value),
            "{}: {text:?} leads to {value:?}, and that to {again:?}",
            format.name
        );
    };
    match (format.clean)(text, settings) {
        Ok(cleaned) => {
            passes(&cleaned.value);
            assert_ne!(cleaned.unicode.as_deref(), Some(&*cleaned.value), "{text:?}");
            let suggested = cleaned.warnings.iter().filter_map(|one| one.suggestion.as_deref());
            suggested.for_each(passes);
            Some(cleaned.value.into_owned())
        }
        Err(refusal) => {
            refusal.suggestion.as_deref().into_iter().for_each(passes);
            None
        }
    }
}

/// The format of that name.
pub fn format(name: &str) -> &'static prewash::formats::Format {
    prewash::formats::lookup(name).expect("the format is built in")
}
