//! Any field of a form, by any path, gets an answer about the field: paths begin with the field's,
//! positions are within its text, and what comes out is JSON and clean.

#![no_main]

use libfuzzer_sys::fuzz_target;
use prewash::answer::Output;
use prewash::document::{Segment, Source};
use prewash::options::Options;
use prewash_fuzz::{BODIES, parts, peer};

fuzz_target!(|bytes: &[u8]| {
    let (path, text) = parts(bytes);
    let Ok(path) = str::from_utf8(path) else { return };
    let segment = |step: &str| match step.strip_prefix('#').and_then(|index| index.parse().ok()) {
        Some(index) => Segment::Index(index),
        None => Segment::Key(step.to_owned()),
    };
    let path: Vec<_> = path.split('/').map(segment).collect();
    // Without a value the field is absent.
    let text = (!text.is_empty()).then_some(text);
    for schema in &*BODIES {
        for strict in [false, true] {
            let options = Options { strict, ..Options::default() };
            let answer = schema.answer_field(&path, text, Source::Text, &options);
            assert_eq!(answer.ok(), answer.report.ok());
            for issue in &answer.report.issues {
                assert!(issue.path.starts_with(&path), "{issue:?} at {path:?}");
                let offset = issue.position.map_or(0, |position| position.offset);
                assert!(offset <= text.map_or(0, <[u8]>::len), "{issue:?} of {text:?}");
            }
            let Output::Text(clean) = &answer.output else { continue };
            if clean.is_empty() {
                continue;
            }
            assert!(peer(clean.as_bytes()).is_ok(), "{clean}");
            let again = schema.answer_field(&path, Some(clean.as_bytes()), Source::Text, &options);
            assert_eq!(again.output, Output::Same, "{clean}");
        }
    }
});
