//! A value handed over with its shape is the document of its text, and is judged as that is. Shapes
//! that do not fit their text are refused.

#![no_main]

use libfuzzer_sys::fuzz_target;
use prewash::document::{Document, Kind, Limits, NodeId, Source};
use prewash::options::Options;
use prewash::record::Record;
use prewash::report::Report;
use prewash_fuzz::{BODIES, compact, parts};

fuzz_target!(|bytes: &[u8]| {
    let (text, rest) = parts(bytes);
    let words: Vec<u32> =
        rest.as_chunks::<4>().0.iter().map(|word| u32::from_le_bytes(*word)).collect();
    let _ = Document::shaped(text, &words);

    let limits = Limits::default();
    let Ok(document) = Document::read(text, &limits, Source::Text) else { return };
    if !document.faults().is_empty() {
        return;
    }
    let text = compact(&document, NodeId::ROOT);
    let (characters, shape) = shaped(&document);
    let told = Document::shaped(characters.as_bytes(), &shape).expect("the shape fits");
    assert_eq!(told.json(NodeId::ROOT), text);
    for schema in &*BODIES {
        let options = Options { strict: rest.len() % 2 > 0, ..Options::default() };
        let read = schema.judge(text.as_bytes(), Source::Value, &options).expect("it was read");
        let told = schema.judge_shaped(characters.as_bytes(), &shape, &options);
        let told = told.expect("the shape fits");
        for judged in [&told, &read] {
            judged.record(&mut Record::default());
        }
        assert_eq!((told.ok(), told.unchanged()), (read.ok(), read.unchanged()));
        assert_eq!(without_paths(told.report()), without_paths(read.report()));
    }
});

/// A report but for where things are: of a value that is handed over, JavaScript tells that.
fn without_paths(mut report: Report) -> Report {
    report.issues.iter_mut().for_each(|issue| issue.path.clear());
    report.changes.iter_mut().for_each(|change| change.path.clear());
    report
}

/// The characters of a document between two that stand for quotes, and its shape, as JavaScript hands
/// them over.
fn shaped(document: &Document<'_>) -> (String, Vec<u32>) {
    let mut characters = "\"".to_owned();
    let nodes = (0..document.len() as u32).map(NodeId);
    let words = nodes.map(|node| {
        let kind = document.kind(node);
        let count = match kind {
            Kind::String | Kind::Key => {
                let text = document.string(node);
                characters.push_str(&text);
                text.encode_utf16().count()
            }
            Kind::Number => {
                characters.push_str(document.raw(node));
                document.raw(node).len()
            }
            _ => document.count(node),
        };
        kind as u32 | (count as u32) << 3
    });
    let words = words.collect();
    characters.push('"');
    (characters, words)
}
