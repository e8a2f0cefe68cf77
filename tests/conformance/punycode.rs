//! The Punycode tests that the crate `idna` carries, through the UTS #46 step: a label in Unicode
//! and the same in ASCII. UTS #46 lets Punycode stand only for what it would not map itself.

use std::borrow::Cow;

use idna::uts46::{AsciiDenyList, Hyphens, Uts46};
use prewash::unicode;
use serde_json::Value;

use super::{Tally, clean, data_of, rules};

const RUN: &str = "Punycode by the UTS #46 step";

fn text<'v>(test: &'v Value, key: &str) -> &'v str {
    test[key].as_str().unwrap_or_else(|| panic!("a test has `{key}`"))
}

/// Why Punycode may not stand for a label. It says nothing of Punycode.
fn rule(label: &str) -> Option<&'static str> {
    if label.is_ascii() {
        return Some("not for ASCII");
    }
    let (mapped, outcome) =
        Uts46::new().to_unicode(label.as_bytes(), AsciiDenyList::EMPTY, Hyphens::Allow);
    (mapped != label || outcome.is_err()).then_some("not for what is mapped or disallowed")
}

#[test]
fn labels_are_encoded_and_decoded() {
    let (Some(good), Some(bad)) =
        (data_of("idna", "punycode_tests.json"), data_of("idna", "bad_punycode_tests.json"))
    else {
        return;
    };
    let mut tally = Tally::default();
    for test in good.as_array().expect("a list") {
        // Names come out in lower case, of ASCII too.
        let decoded = &*text(test, "decoded").to_ascii_lowercase();
        let label = format!("xn--{}", text(test, "encoded").to_ascii_lowercase());
        let published = Some((Some(Cow::Borrowed(&*label)), Cow::Borrowed(decoded)));
        let rule = rule(decoded);
        let expected = if rule.is_some() { None } else { published.clone() };
        // The label in ASCII, and back; nothing if the step refuses it.
        let found = unicode::to_ascii(&label)
            .map(|_| (unicode::to_ascii(decoded), unicode::to_unicode(&label)));
        tally.note(decoded, &published, (&expected, rule), &found);
    }
    for test in bad.as_array().expect("a list") {
        // Texts that overflow the algorithm's counters.
        let decoded = text(test, "decoded");
        // White space stands in them, which is refused before that, and few other characters.
        let joined: String = decoded.chars().filter(|char| !char.is_whitespace()).collect();
        let found = (
            clean("domain", decoded),
            clean("domain", &format!("{joined}.com")),
            clean("domain", &format!("{}.com", joined.repeat(100))),
            clean("idn-hostname", decoded),
        );
        let expected = (
            Err("invalid_character"),
            Err("invalid_idna"),
            Err("label_too_long"),
            Err("idn_hostname"),
        );
        tally.note(text(test, "description"), &expected, (&expected, None), &found);
    }
    tally.finish(RUN, &rules(include_str!("../idna.ledger"), RUN));
}
