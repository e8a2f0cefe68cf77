//! Any bytes are read or refused, as `serde_json` reads or refuses them.
//!
//! Where they differ by rule: a duplicate key, half a surrogate pair and what nests deeper than the
//! limit are refused here, the second by both.

#![no_main]

use std::collections::HashSet;

use libfuzzer_sys::fuzz_target;
use prewash::code;
use prewash::document::{Document, Kind, Limits, NodeId, Source};
use prewash::report::Report;
use prewash_fuzz::{is_private, peer, value};

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits::default();
    match Document::read(bytes, &limits, Source::Text) {
        Ok(document) => agrees(&document, bytes),
        Err(fault) => {
            assert!(fault.offset <= bytes.len());
            let is_too_deep = std::ptr::eq(fault.code, &code::TOO_DEEP);
            assert!(is_too_deep || serde_json::from_slice::<serde_json::Value>(bytes).is_err());
            let report = Report::refuse(bytes, Source::Text, &fault);
            let position = report.issues[0].position.expect("the text is the user's own");
            assert_eq!(position.offset, fault.offset);
            if let Ok(before) = std::str::from_utf8(&bytes[..fault.offset]) {
                let line = 1 + before.matches('\n').count();
                let column = 1 + before.rsplit('\n').next().unwrap_or("").chars().count();
                assert_eq!((position.line, position.column), (line, column));
            }
        }
    }
    // The same bytes as a value's text: no panic.
    let _ = Document::read(bytes, &limits, Source::Value);
});

fn agrees(document: &Document<'_>, bytes: &[u8]) {
    let faults = document.faults();
    assert!(faults.is_sorted_by_key(|fault| fault.node));
    assert!(faults.iter().all(|fault| fault.offset < bytes.len()));
    let has = |code| faults.iter().any(|fault| std::ptr::eq(fault.code, code));
    let is_known = |code| {
        std::ptr::eq(code, &code::DUPLICATE_KEY) || std::ptr::eq(code, &code::INVALID_UNICODE)
    };
    assert!(faults.iter().all(|fault| is_known(fault.code)));
    if has(&code::INVALID_UNICODE) {
        assert!(peer(bytes).is_err(), "half of a surrogate pair is no text");
        return;
    }
    assert_eq!(has(&code::DUPLICATE_KEY), repeats(document), "duplicate keys are told");
    if is_private(bytes) {
        return;
    }
    let theirs = peer(bytes).expect("what is read here is JSON");
    let ours = value(document, NodeId::ROOT);
    assert_eq!(ours, theirs);
    assert_eq!(ours.to_string(), theirs.to_string(), "members keep their order");
}

/// Whether a key comes twice in an object.
fn repeats(document: &Document<'_>) -> bool {
    (0..document.len() as u32).map(NodeId).any(|node| {
        let mut seen = HashSet::new();
        document.kind(node) == Kind::Object
            && !document.members(node).all(|(key, _)| seen.insert(document.string(key)))
    })
}
