//! The acceptance cases of domains and LinkedIn addresses, and 20,000 real names.
//!
//! The data stands outside the repository: in `../shared`, or where the environment variable
//! `PREWASH_SHARED` points. Without it these tests say so and pass.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use prewash::formats::{Cleaned, Settings, lookup};

/// The text of a data file, or nothing, with a note on how to get it.
fn data(name: &str) -> Option<String> {
    let folder = std::env::var_os("PREWASH_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let path = folder.join(name);
    let text = fs::read_to_string(&path);
    if text.is_err() {
        // Past the test runner, which keeps what a passing test prints to itself.
        let _ = writeln!(
            std::io::stderr(),
            "SKIPPED: {} is not there. Put the project's shared data beside the repository, or \
             set PREWASH_SHARED to its folder.",
            path.display()
        );
    }
    text.ok()
}

/// A JSON string. A lone surrogate becomes U+FFFD, as it does on its way into UTF-8.
fn json_string(json: &str) -> String {
    let inside = json.strip_prefix('"').and_then(|json| json.strip_suffix('"')).expect(json);
    let mut units = Vec::new();
    let mut chars = inside.chars();
    while let Some(char) = chars.next() {
        let plain = match char {
            '\\' => match chars.next().expect(json) {
                'u' => {
                    let digits: String = chars.by_ref().take(4).collect();
                    units.push(u16::from_str_radix(&digits, 16).expect(json));
                    continue;
                }
                'b' => '\u{8}',
                'f' => '\u{c}',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                escaped => escaped,
            },
            char => char,
        };
        units.extend_from_slice(plain.encode_utf16(&mut [0; 2]));
    }
    String::from_utf16_lossy(&units)
}

/// The rows of a table, without its head: the input, and the other columns.
fn rows(table: &str) -> impl Iterator<Item = (String, Vec<&str>)> {
    table.lines().skip(1).filter(|row| !row.is_empty()).map(|row| {
        let mut columns = row.split('\t');
        let input = json_string(columns.next().expect(row));
        (input, columns.collect())
    })
}

fn clean<'t>(format: &str, text: &'t str) -> Result<Cleaned<'t>, String> {
    let format = lookup(format).expect(format);
    (format.clean)(text, Settings::default()).map_err(|refusal| {
        if let Some(suggestion) = &refusal.suggestion {
            let passed = (format.clean)(suggestion, Settings::default());
            let value = passed.as_ref().map(|cleaned| &*cleaned.value);
            assert_eq!(
                value,
                Ok(suggestion.as_str()),
                "the suggestion for {text:?} must pass as it is"
            );
        }
        format!("!{}", refusal.code.name)
    })
}

/// What a row of a table expects: the value, or `!` and the code.
#[track_caller]
fn expect(format: &str, input: &str, expected: &str, failures: &mut Vec<String>) {
    let outcome = clean(format, input).map(|cleaned| cleaned.value.into_owned());
    let found = outcome.as_ref().unwrap_or_else(|code| code);
    if found != expected {
        failures.push(format!("{format} {input:?}: {found}, not {expected}"));
    }
    if let Ok(value) = &outcome {
        let again = clean(format, value).map(|cleaned| cleaned.value.into_owned());
        assert_eq!(again.as_ref(), Ok(value), "cleaning {input:?} again");
    }
}

#[test]
fn domains_are_cleaned_as_their_table_says() {
    let Some(table) = data("cases/domain.tsv") else { return };
    let mut failures = Vec::new();
    for (input, columns) in rows(&table) {
        expect("domain", &input, columns[0], &mut failures);
    }
    assert_eq!(failures, Vec::<String>::new());
}

#[test]
fn linkedin_addresses_are_cleaned_as_their_table_says() {
    let Some(table) = data("cases/linkedin.tsv") else { return };
    let mut failures = Vec::new();
    for (input, columns) in rows(&table) {
        let (expected, kind) = (columns[0], columns.get(1).copied().unwrap_or(""));
        expect("linkedin", &input, expected, &mut failures);
        let (own, other) = match kind {
            "" => continue,
            "person" | "legacy_person" => ("linkedin-person", "linkedin-company"),
            _ => ("linkedin-company", "linkedin-person"),
        };
        expect(own, &input, expected, &mut failures);
        expect(other, &input, "!wrong_kind", &mut failures);
    }
    assert_eq!(failures, Vec::<String>::new());
}

#[test]
fn real_names_are_accepted_as_they_are() {
    let mut refused = Vec::new();
    for file in ["data/opendns-top-domains.txt", "data/opendns-random-domains.txt"] {
        let Some(names) = data(file) else { return };
        for name in names.lines() {
            // Some have a root dot, or a name before a suffix that is `www`.
            let bare = name.strip_prefix("www.").unwrap_or(name).trim_end_matches('.');
            match clean("domain", name) {
                Ok(cleaned) if cleaned.value == bare && cleaned.warnings.is_empty() => {}
                outcome => refused.push(format!("{name}: {outcome:?}")),
            }
        }
    }
    assert_eq!(refused, Vec::<String>::new());
}
