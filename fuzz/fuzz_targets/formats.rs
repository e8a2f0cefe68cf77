//! Every other format: what it cleans is clean, what it suggests passes.

#![no_main]

use libfuzzer_sys::fuzz_target;
use prewash::formats::{FORMATS, Settings};
use prewash_fuzz::cleaned;

/// Those that have a target of their own.
const OTHERS: [&str; 5] = ["domain", "email", "linkedin", "linkedin-company", "linkedin-person"];

/// Those that compare with hundreds of names or compile what they are given take a hundred times as long
/// as the others together, and are tried on one text in sixteen.
const SLOW: [&str; 2] = ["regex", "time-zone"];

fuzz_target!(|text: &str| {
    let is_chosen = text.bytes().fold(0, u8::wrapping_add).is_multiple_of(16);
    for format in FORMATS.iter().filter(|format| !OTHERS.contains(&format.name)) {
        if is_chosen || !SLOW.contains(&format.name) {
            cleaned(format, text, Settings::default());
        }
    }
});
