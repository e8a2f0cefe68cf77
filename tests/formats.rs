//! Properties that every format has, on random texts and on texts of nasty fragments.

use prewash::formats::{Cleaned, FORMATS, Format, LinkedinHost, Settings, lookup};
use proptest::prelude::*;

/// Pieces of what people paste, and of what breaks parsers.
const FRAGMENTS: &[&str] = &[
    "acme",
    "ACME",
    "com",
    ".",
    ".com",
    "acme.com",
    "www.",
    "WWW.",
    "https://",
    "http:",
    "//",
    "/",
    "\\",
    ":",
    ":80",
    ":99999",
    "@",
    "?",
    "#",
    "jane@",
    "mailto:",
    "user:pass@",
    ",",
    ";",
    "|",
    " ",
    "\t",
    "\n",
    "\0",
    "-",
    "--",
    "_",
    "'",
    "\"",
    "[",
    "]",
    "<",
    ">",
    "(",
    ")",
    "%",
    "%20",
    "%2e",
    "%61",
    "%25",
    "%FF",
    "%C3%BC",
    "xn--",
    "XN--MNCHEN-3YA",
    "xn--mnchen-3ya",
    "xn--a",
    "xn--fa-hia",
    "1",
    "0x1",
    "01",
    "127.0.0.1",
    "::1",
    "[::1]",
    "1.2.3.4",
    "n.a",
    "N/A",
    "none",
    "ü",
    "u\u{308}",
    "ß",
    "ς",
    "Σ",
    "İ",
    "а",
    "例え",
    "\u{5d0}",
    "\u{627}",
    "\u{200b}",
    "\u{200c}",
    "\u{200d}",
    "\u{200e}",
    "\u{202e}",
    "\u{ad}",
    "\u{fe0f}",
    "\u{feff}",
    "\u{a0}",
    "\u{3000}",
    "\u{3002}",
    "\u{ff0e}",
    "\u{ff57}",
    "\u{ff0f}",
    "\u{ff10}",
    "\u{ff05}",
    "\u{fffd}",
    "\u{2260}",
    "\u{338}",
    "½",
    "⑴",
    "👍",
    "\u{300}",
    "\u{3164}",
    "linkedin.com",
    "www.linkedin.com",
    "uk.linkedin.com",
    "/in/",
    "/company/",
    "/pub/",
    "/sales/",
    "company/acme",
    "lnkd.in",
    "me",
    "..",
    "%2F",
    "%E2%80%8B",
    "2024",
    "03",
    "T",
    "Z",
    "+01:00",
    "March",
    "12:30:00",
    "2eb8aa08-aa98-11ea-b4aa-73b441d16380",
    "{",
    "}",
    "urn:uuid:",
    "Europe/",
    "Berlin",
    "GMT+3",
    "P",
    "1D",
    "2H",
    "5M",
    "·",
    "\u{375}",
    "\u{5f3}",
    "\u{30fb}",
    "\u{660}",
    "\u{6f0}",
    "xn--ll-0ea",
    "xn--al-0ea",
    "fe80::",
    "~",
    "~1",
    "#/",
    "{{id}}",
    "{?a,",
    "(?P<a>",
    "(?P=a)",
    "\\-",
    "\\_",
    "[a-",
    "America/New York",
    "e",
    "x",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
];

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        1 => any::<String>(),
        1 => "[ -~]{0,40}",
        6 => prop::collection::vec(prop::sample::select(FRAGMENTS), 0..9)
            .prop_map(|pieces| pieces.concat()),
    ]
}

fn settings() -> impl Strategy<Value = Settings> {
    prop::sample::select(&[LinkedinHost::Www, LinkedinHost::Apex][..])
        .prop_map(|linkedin_host| Settings { linkedin_host })
}

/// The canonical form of a text passes as it is, and so does whatever is suggested.
fn check(format: &Format, text: &str, settings: Settings) -> Result<(), TestCaseError> {
    let passes = |value: &str| {
        (format.clean)(value, settings).map(|cleaned| cleaned.value == value).unwrap_or(false)
    };
    match (format.clean)(text, settings) {
        Ok(Cleaned { value, unicode, warnings }) => {
            prop_assert!(passes(&value), "{}: {text:?} to {value:?}", format.name);
            prop_assert!(unicode.as_deref() != Some(&*value), "{}: {text:?}", format.name);
            for suggestion in warnings.iter().filter_map(|warning| warning.suggestion.as_ref()) {
                prop_assert!(passes(suggestion), "{}: {text:?}, {suggestion:?}", format.name);
            }
        }
        Err(refusal) => {
            if let Some(suggestion) = &refusal.suggestion {
                prop_assert!(passes(suggestion), "{}: {text:?}, {suggestion:?}", format.name);
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn cleaning_twice_is_cleaning_once(text in texts(), settings in settings()) {
        for format in FORMATS {
            check(format, &text, settings)?;
        }
    }

    #[test]
    fn a_domain_is_letters_digits_and_hyphens(text in texts()) {
        let format = lookup("domain").unwrap();
        if let Ok(cleaned) = (format.clean)(&text, Settings::default()) {
            let domain = &*cleaned.value;
            prop_assert!(domain.len() <= 253, "{text:?}");
            prop_assert!(domain.contains('.'), "{text:?}");
            for label in domain.split('.') {
                let is_ldh = |byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
                prop_assert!((1..=63).contains(&label.len()), "{text:?}");
                prop_assert!(label.bytes().all(is_ldh), "{text:?}");
                prop_assert!(!label.starts_with('-') && !label.ends_with('-'), "{text:?}");
            }
        }
    }
}

#[test]
fn formats_have_names_of_their_own() {
    let mut names: Vec<_> = FORMATS.iter().map(|format| format.name).collect();
    names.sort_unstable();
    assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "{names:?}");
    // What JSON Schema 2020-12 defines (validation, section 7.3) is there.
    for name in [
        "date",
        "date-time",
        "duration",
        "email",
        "hostname",
        "idn-email",
        "idn-hostname",
        "ipv4",
        "ipv6",
        "iri",
        "iri-reference",
        "json-pointer",
        "regex",
        "relative-json-pointer",
        "time",
        "uri",
        "uri-reference",
        "uri-template",
        "uuid",
    ] {
        assert!(names.binary_search(&name).is_ok(), "{name}");
    }
}
