//! A clean address is clean and within SMTP's lengths, its local part as it was given.

#![no_main]

use libfuzzer_sys::fuzz_target;
use prewash::formats::Settings;
use prewash_fuzz::{cleaned, format};

fuzz_target!(|text: &str| {
    let Some(email) = cleaned(format("email"), text, Settings::default()) else { return };
    let (local, domain) = email.split_once('@').expect("an address has two sides");
    assert!(email.len() <= 254 && (1..=64).contains(&local.len()), "{email:?}");
    assert!(!domain.is_empty() && !domain.contains('@'), "{email:?}");
    assert!(!email.contains(|char: char| char.is_whitespace() || char.is_control()), "{email:?}");
    assert!(text.contains(&format!("{local}@")), "{text:?} leads to {email:?}");
});
