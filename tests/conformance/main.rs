//! Published conformance data, natively. `tests/conformance.test.mjs` runs the same through the
//! package.
//!
//! | data | from | here |
//! |---|---|---|
//! | `IdnaTestV2.txt` of UTS #46, Unicode 17 | `idna/` of the conformance data | [`idna`] |
//! | `test_parsing/` of the JSON parsing test suite | `json-parsing/` of the conformance data | [`json`] |
//! | Punycode, good and bad | the published source of the crate `idna` | [`punycode`] |
//! | the URL data of Web Platform Tests | the published source of the crate `url` | [`web`] |
//!
//! What Prewash answers otherwise on purpose is in the ledgers beside this folder. A line of a ledger
//! names a case, or a rule and how many cases fall under it; a line that no longer holds fails.

// One of the runs is of the tables themselves, one of lines.
#![cfg(all(feature = "lines", feature = "tables"))]

mod idna;
mod json;
mod punycode;
mod web;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use prewash::formats::{Settings, lookup};
use serde_json::Value;

/// Says something past the test runner, which keeps what a passing test prints to itself.
fn tell(line: &str) {
    // In one piece, since tests run side by side.
    let _ = std::io::stderr().write_all(format!("{line}\n").as_bytes());
}

/// A file or folder of the conformance data, below `../shared/conformance` or what
/// `PREWASH_CONFORMANCE` names; `from` says where it is published.
fn published(name: &str, from: &str) -> Option<PathBuf> {
    let folder = match std::env::var_os("PREWASH_CONFORMANCE") {
        Some(folder) => PathBuf::from(folder),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/conformance"),
    };
    let path = folder.join(name);
    if path.exists() {
        return Some(path);
    }
    tell(&format!(
        "SKIPPED: {} is not there; put there what {from} has, or name the folder that has {name} \
         with PREWASH_CONFORMANCE",
        path.display()
    ));
    None
}

/// The folder `tests` of the published source of a crate, as Cargo has it.
fn tests_of(package: &str) -> Option<PathBuf> {
    static METADATA: OnceLock<Value> = OnceLock::new();
    let metadata = METADATA.get_or_init(|| {
        let output = Command::new(env!("CARGO"))
            .args(["metadata", "--format-version=1", "--locked"])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output();
        output
            .ok()
            .and_then(|output| serde_json::from_slice(&output.stdout).ok())
            .unwrap_or_default()
    });
    let packages = metadata["packages"].as_array().map_or(&[][..], Vec::as_slice);
    let found = packages.iter().find(|found| found["name"] == package);
    let manifest = found.and_then(|found| found["manifest_path"].as_str());
    let tests = manifest.map(|manifest| Path::new(manifest).with_file_name("tests"));
    let tests = tests.filter(|tests| tests.is_dir());
    if tests.is_none() {
        tell(&format!(
            "SKIPPED: `cargo metadata` tells no published source of the crate `{package}` that has \
             its tests"
        ));
    }
    tests
}

/// A file of those tests, parsed.
fn data_of(package: &str, file: &str) -> Option<Value> {
    let path = tests_of(package)?.join(file);
    let Ok(text) = std::fs::read(&path) else {
        tell(&format!("SKIPPED: {} is not there", path.display()));
        return None;
    };
    Some(serde_json::from_slice(&text).expect("the data is JSON"))
}

/// What a format makes of a text: the canonical form, or the code it is refused with.
fn clean(format: &str, text: &str) -> Result<String, &'static str> {
    let format = lookup(format).expect(format);
    match (format.clean)(text, Settings::default()) {
        Ok(cleaned) => Ok(cleaned.value.into_owned()),
        Err(refusal) => Err(refusal.code.name),
    }
}

/// Whether the URL Standard takes the last label of a host in lower case for a number.
fn is_number(label: &str) -> bool {
    let is_hex = |hex: &str| hex.bytes().all(|byte| byte.is_ascii_hexdigit());
    !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_digit())
        || label.strip_prefix("0x").is_some_and(is_hex)
}

/// The same for `domain`, whose answers are checked for what holds of every one: letters, digits and
/// hyphens, the lengths of DNS, and that cleaning is idempotent.
#[track_caller]
fn clean_domain(text: &str) -> Result<String, &'static str> {
    let domain = clean("domain", text)?;
    let is_ldh = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
    let is_label = |label: &str| (1..=63).contains(&label.len()) && label.bytes().all(is_ldh);
    assert!(domain.len() <= 253 && domain.split('.').all(is_label), "{text:?}: {domain}");
    assert_eq!(clean("domain", &domain), Ok(domain.clone()), "{text:?} cleaned again");
    Ok(domain)
}

/// The lines of a ledger that belong to a run: `run | rule | count | reason`.
fn rules<'l>(ledger: &'l str, run: &str) -> BTreeMap<&'l str, usize> {
    let lines = ledger.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let columns = lines.map(|line| {
        let columns: Vec<_> = line.split(" | ").collect();
        let [run, rule, count, _reason] = columns[..] else { panic!("{line}") };
        (run, rule, count.parse().expect(line))
    });
    columns.filter(|line| line.0 == run).map(|(_, rule, count)| (rule, count)).collect()
}

/// The outcome of a run: cases that pass, those that fall under a rule of the ledger, and what is
/// wrong.
#[derive(Default)]
struct Tally {
    passed: usize,
    by_rule: BTreeMap<&'static str, usize>,
    failed: Vec<String>,
}

impl Tally {
    /// Notes a case. `published` is what the data says, `expected` what Prewash is to answer and,
    /// where that is something else, by which rule; `found` is what it answers.
    ///
    /// A rule is exact: each case that it covers differs from the data, and just so.
    fn note<T: PartialEq + std::fmt::Debug>(
        &mut self,
        case: &str,
        published: &T,
        expected: (&T, Option<&'static str>),
        found: &T,
    ) {
        let (expected, rule) = expected;
        if found != expected {
            self.failed.push(format!("{case}: {found:?}, not {expected:?} ({rule:?})"));
        } else if (found != published) != rule.is_some() {
            self.failed.push(format!("{case}: {found:?}, {published:?} published ({rule:?})"));
        } else if let Some(rule) = rule {
            *self.by_rule.entry(rule).or_default() += 1;
        } else {
            self.passed += 1;
        }
    }

    /// What is wrong, the rules whose count is not that of the ledger too.
    fn wrong(&self, listed: &BTreeMap<&str, usize>) -> Vec<String> {
        let mut wrong = self.failed.clone();
        let names = listed.keys().copied().chain(self.by_rule.keys().copied());
        let mut names: Vec<_> = names.collect();
        names.sort_unstable();
        names.dedup();
        wrong.extend(names.into_iter().filter_map(|rule| {
            let (found, listed) = (self.by_rule.get(rule), listed.get(rule));
            (found != listed).then(|| format!("{rule}: {found:?} cases, {listed:?} in the ledger"))
        }));
        wrong
    }

    /// Tells the counts and fails if something is wrong.
    #[track_caller]
    fn finish(self, run: &str, listed: &BTreeMap<&str, usize>) {
        let wrong = self.wrong(listed);
        tell_counts(run, self.passed, self.by_rule.values().sum(), &wrong);
    }
}

#[track_caller]
fn tell_counts(run: &str, passed: usize, in_ledger: usize, wrong: &[String]) {
    let failed = wrong.len();
    tell(&format!("{run}, natively: {passed} passed, {in_ledger} in the ledger, {failed} failed"));
    for line in wrong {
        println!("{line}");
    }
    assert!(wrong.is_empty(), "{run}: {failed} failed");
    let row = format!("| {run} | {} | {passed} | {in_ledger}", passed + in_ledger);
    assert!(include_str!("../../README.md").contains(&row), "README.md has no row `{row}`");
}

#[test]
fn a_rule_of_a_ledger_must_be_true() {
    let mut tally = Tally::default();
    tally.note("as published", &1, (&1, None), &1);
    tally.note("by a rule", &1, (&2, Some("two")), &2);
    tally.note("by a rule that is not needed", &2, (&2, Some("two")), &2);
    tally.note("by no rule", &1, (&2, None), &2);
    tally.note("wrong", &1, (&1, None), &3);
    tally.note("wrong by a rule", &1, (&2, Some("two")), &1);
    let ledger = "# a comment\nrun | two | 2 | why\nrun | gone | 1 | why\nother | two | 7 | why\n";
    let wrong = [
        "by a rule that is not needed: 2, 2 published (Some(\"two\"))",
        "by no rule: 2, 1 published (None)",
        "wrong: 3, not 1 (None)",
        "wrong by a rule: 1, not 2 (Some(\"two\"))",
        "gone: None cases, Some(1) in the ledger",
        "two: Some(1) cases, Some(2) in the ledger",
    ];
    assert_eq!(tally.wrong(&rules(ledger, "run")), wrong);
    assert_eq!((tally.passed, tally.by_rule), (1, BTreeMap::from([("two", 1)])));
}
