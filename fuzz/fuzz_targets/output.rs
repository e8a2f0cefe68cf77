//! Edits applied to a text are the same edits applied to its value. What a check cleans is the value with
//! the changes that were told, and is clean.

#![no_main]

use arbitrary::Unstructured;
use libfuzzer_sys::fuzz_target;
use prewash::answer::Output;
use prewash::document::{Document, Kind, Limits, NodeId, Source, quote};
use prewash::issue::{Action, Edit};
use prewash::options::Options;
use prewash::output;
use prewash::schema::Schema;
use prewash_fuzz::{BODIES, compact, is_private, parts, peer};
use serde_json::Value;

fuzz_target!(|bytes: &[u8]| {
    let (text, choices) = parts(bytes);
    let limits = Limits::default();
    let Ok(document) = Document::read(text, &limits, Source::Text) else { return };
    let edits = edits(&document, &mut Unstructured::new(choices));
    let applied = output::apply(&document, &edits);
    if edits.is_empty() {
        assert_eq!(applied.as_bytes(), text);
    }
    let read = Document::read(applied.as_bytes(), &limits, Source::Text)
        .unwrap_or_else(|fault| panic!("{edits:?}: {applied} is no JSON at {}", fault.offset));
    let expected = edited(&document, NodeId::ROOT, &edits).expect("the root stays");
    assert_eq!(compact(&read, NodeId::ROOT), expected, "{edits:?}: {applied}");

    if !is_private(text) && document.faults().is_empty() {
        BODIES.iter().for_each(|schema| is_clean(schema, text));
    }
});

/// What comes out of a check is clean, and differs from what went in by what was told.
fn is_clean(schema: &Schema, text: &[u8]) {
    let options = Options::default();
    let answer = schema.answer(text, Source::Text, &options);
    let Output::Text(clean) = &answer.output else { return };
    let again = schema.answer(clean.as_bytes(), Source::Text, &options);
    assert_eq!(again.output, Output::Same, "{clean}");
    assert_eq!(again.report.changes, []);
    let changes = answer.report.changes;
    // A key that was rewritten is told by its name of before: that of the member, then, is not told.
    if changes.iter().any(|change| change.rule == "custom_field_key") {
        return;
    }
    let mut value = peer(text).expect("it was read");
    // From the last, so that what goes does not move what is still to change.
    for change in changes.iter().rev() {
        let pointer = change.pointer();
        let at = value.pointer_mut(&pointer).expect("it is there");
        assert_eq!(*at, peer(change.from.as_bytes()).expect("it is JSON"));
        if let Some(to) = &change.to {
            *at = peer(to.as_bytes()).expect("it is JSON");
            continue;
        }
        let (_, segments) = pointer.split_at(pointer.rfind('/').expect("the root stays"));
        let name = segments[1..].replace("~1", "/").replace("~0", "~");
        let parent = &pointer[..pointer.len() - segments.len()];
        match value.pointer_mut(parent).expect("it is there") {
            Value::Object(members) => drop(members.shift_remove(&name)),
            Value::Array(elements) => drop(elements.remove(name.parse().expect("an index"))),
            _ => panic!("{pointer} is of no container"),
        }
    }
    let clean = peer(clean.as_bytes()).expect("it is JSON");
    assert_eq!(clean.to_string(), value.to_string());
}

/// Edits of nodes, ordered, at most one a node.
fn edits(document: &Document<'_>, choices: &mut Unstructured<'_>) -> Vec<Edit> {
    const TEXTS: [&str; 4] = ["", "acme.com", "a\"b\\", ",] }"];
    const VALUES: [&str; 4] = ["7", "true", "{\"a\":[1,2]}", "-1.50e3"];
    let mut edits = Vec::new();
    for node in (0..document.len() as u32).map(NodeId) {
        let (Ok(choice), Ok(which)) = (choices.arbitrary::<u8>(), choices.choose_index(4)) else {
            break;
        };
        let action = match (choice % 8, document.kind(node)) {
            (0 | 1, Kind::String | Kind::Key) => Action::Text(TEXTS[which].to_owned()),
            (2, kind) if kind != Kind::Key => Action::Json(VALUES[which].to_owned()),
            (3 | 4, kind) if kind != Kind::Key && node != NodeId::ROOT => Action::Remove,
            _ => continue,
        };
        edits.push(Edit { node, action, rule: "fuzz", unicode: None });
    }
    edits
}

/// A node with its edits applied, as compact JSON text; nothing if it goes.
fn edited(document: &Document<'_>, node: NodeId, edits: &[Edit]) -> Option<String> {
    match edits.iter().find(|edit| edit.node == node).map(|edit| &edit.action) {
        Some(Action::Remove) => return None,
        Some(Action::Text(text)) => return Some(quote(text)),
        Some(Action::Json(json)) => return Some(json.clone()),
        None => {}
    }
    Some(match document.kind(node) {
        Kind::Array => {
            let kept: Vec<_> = document
                .elements(node)
                .filter_map(|element| edited(document, element, edits))
                .collect();
            format!("[{}]", kept.join(","))
        }
        Kind::Object => {
            let kept: Vec<_> = document
                .members(node)
                .filter_map(|(key, value)| {
                    let value = edited(document, value, edits)?;
                    Some(format!("{}:{value}", edited(document, key, edits)?))
                })
                .collect();
            format!("{{{}}}", kept.join(","))
        }
        _ => compact(document, node),
    })
}
