//! `IdnaTestV2.txt` of UTS #46: each source string through the UTS #46 step, and through the formats
//! that have other steps around it.
//!
//! | run | flags | what is compared |
//! |---|---|---|
//! | the tables | all on | the crate `idna`, as it is locked: ToASCII and ToUnicode |
//! | the step | CheckBidi, CheckJoiners; the others off, see `prewash::unicode` | ToASCII and ToUnicode |
//! | `domain` | the same, and `formats::host` checks the rest but for CheckHyphens in third and fourth place | ToASCII |
//! | `email` | as the step, whose answer is the domain of the address | ToASCII |
//! | `hostname`, `idn-hostname` | IDNA 2008, which maps nothing | whether it passes |
//!
//! Transitional_Processing is off everywhere. Half a surrogate pair, which no Rust text holds, is
//! U+FFFD here, as it is for who calls `cleanDomain`; UTS #46 refuses both.
//!
//! What a row is expected to give follows from its columns alone, by [`domain`] and
//! [`idn_hostname`]: the rules that they name are in `idna.ledger`, each with the number of rows.

use std::collections::BTreeMap;

use idna::uts46::{AsciiDenyList, DnsLength, Hyphens, Uts46};
use prewash::formats::{Settings, lookup};
use prewash::unicode;

use super::{Tally, clean, clean_domain, is_number, published, rules, tests_of};

const LEDGER: &str = include_str!("../idna.ledger");

/// The longest label and the longest name, without a root dot (RFC 1035, section 2.3.4).
const LABEL: usize = 63;
const NAME: usize = 253;

/// A row of the table.
struct Row {
    source: String,
    unicode: String,
    unicode_status: Vec<String>,
    ascii: String,
    ascii_status: Vec<String>,
}

impl Row {
    fn parse(line: &str) -> Row {
        let columns: Vec<_> = line.split(';').map(str::trim).collect();
        let or = |column: &str, other: &str| match column {
            "" => other.to_owned(),
            column => unescape(column),
        };
        let status = |column: &str| -> Vec<String> {
            let codes = column.trim_matches(['[', ']']).split(", ");
            codes.filter(|code| !code.is_empty()).map(str::to_owned).collect()
        };
        let source = unescape(columns[0]);
        let unicode = or(columns[1], &source);
        let ascii = or(columns[3], &unicode);
        let unicode_status = status(columns[2]);
        let ascii_status = match columns[4] {
            "" => unicode_status.clone(),
            column => status(column),
        };
        Row { source, unicode, unicode_status, ascii, ascii_status }
    }

    /// What ToASCII gives with some of the status codes ignored.
    fn to_ascii(&self, ignored: &[&str]) -> Option<String> {
        without(&self.ascii_status, ignored).is_empty().then(|| self.ascii.clone())
    }

    fn to_unicode(&self, ignored: &[&str]) -> Option<String> {
        without(&self.unicode_status, ignored).is_empty().then(|| self.unicode.clone())
    }
}

fn without<'s>(status: &'s [String], ignored: &[&str]) -> Vec<&'s str> {
    status.iter().map(String::as_str).filter(|code| !ignored.contains(code)).collect()
}

fn unescape(column: &str) -> String {
    if column == "\"\"" {
        return String::new();
    }
    let mut out = String::new();
    let mut rest = column;
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        let (digits, after) = match after.strip_prefix("x{") {
            Some(after) => after.split_once('}').expect(column),
            None => after.strip_prefix('u').expect(column).split_at(4),
        };
        let number = u32::from_str_radix(digits, 16).expect(column);
        out.push(char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER));
        rest = after;
    }
    out.push_str(rest);
    out
}

fn parse(table: &str) -> Vec<Row> {
    let lines = table.lines().map(|line| line.split('#').next().unwrap_or("").trim());
    lines.filter(|line| !line.is_empty()).map(Row::parse).collect()
}

/// The table of Unicode 17.
fn table() -> Option<Vec<Row>> {
    let path = published("idna/IdnaTestV2.txt", "unicode.org/Public/17.0.0/idna")?;
    let text = std::fs::read_to_string(path).expect("it is UTF-8");
    assert!(text.contains("# Version: 17.0.0"));
    let rows = parse(&text);
    assert!(rows.len() > 6000, "{} rows", rows.len());
    Some(rows)
}

#[test]
fn the_tables_are_strict_where_they_are_asked_to_be() {
    const TO_ASCII: &str = "UTS #46 with all flags, ToASCII";
    const TO_UNICODE: &str = "UTS #46 with all flags, ToUnicode";
    let Some(rows) = table() else { return };
    let (mut to_ascii, mut to_unicode) = (Tally::default(), Tally::default());
    let uts46 = Uts46::new();
    for row in rows {
        let source = row.source.as_bytes();
        let found = uts46.to_ascii(source, AsciiDenyList::STD3, Hyphens::Check, DnsLength::Verify);
        let found = found.ok().map(|ascii| ascii.into_owned());
        let published = row.to_ascii(&[]);
        to_ascii.note(&row.source, &published, (&published, None), &found);

        let (unicode, outcome) = uts46.to_unicode(source, AsciiDenyList::STD3, Hyphens::Check);
        let found = outcome.ok().map(|()| unicode.into_owned());
        let published = row.to_unicode(&[]);
        // The only code that is not of UTS #46 itself: see the head of the table.
        let expected = row.to_unicode(&["X4_2"]);
        let rule = (expected != published).then_some("X4_2");
        to_unicode.note(&row.source, &published, (&expected, rule), &found);
    }
    to_ascii.finish(TO_ASCII, &rules(LEDGER, TO_ASCII));
    to_unicode.finish(TO_UNICODE, &rules(LEDGER, TO_UNICODE));
}

/// The codes of what the step leaves to others: CheckHyphens, UseSTD3ASCIIRules, VerifyDnsLength.
const OFF: [&str; 5] = ["V2", "V3", "U1", "A4_1", "A4_2"];

#[test]
fn the_step_maps_and_refuses_as_published() {
    const RUN: &str = "UTS #46, the step with its flags";
    let Some(rows) = table() else { return };
    let mut tally = Tally::default();
    for row in rows {
        step(&row, &mut tally);
    }
    tally.finish(RUN, &rules(LEDGER, RUN));
}

fn step(row: &Row, tally: &mut Tally) {
    // Without an error both forms are as published; with one, there is none in ASCII.
    let form = |ascii: Option<String>| ascii.map(|ascii| (ascii, row.unicode.clone()));
    let published = form(row.to_ascii(&OFF));
    let is_v4 = without(&row.ascii_status, &OFF) == ["V4"];
    let (expected, rule) = match is_v4 {
        true => (form(Some(row.ascii.clone())), Some("V4")),
        false => (published.clone(), None),
    };
    let found = unicode::to_ascii(&row.source)
        .map(|ascii| (ascii.into_owned(), unicode::to_unicode(&row.source).into_owned()));
    tally.note(&row.source, &published, (&expected, rule), &found);
}

/// The domain that a row comes down to by the steps of `domain` (`src/formats/domain.rs`): the rule,
/// if it is not what UTS #46 says.
fn domain(row: &Row) -> (Result<String, &'static str>, Option<&'static str>) {
    let published = row.to_ascii(&[]);
    // The lengths and empty labels are looked at below, without the root dot.
    let codes = without(&row.ascii_status, &["V2", "A4_1", "A4_2"]);
    let name = row.ascii.strip_suffix('.').unwrap_or(&row.ascii);
    let (mut domain, mut rule) = (name, None);
    let fits = name.len() <= NAME
        && name.split('.').all(|label| !label.is_empty() && label.len() <= LABEL);
    if !codes.is_empty() {
        return (Err("refused"), None);
    }
    if row.ascii_status.iter().any(|code| code == "V2") {
        rule = Some("hyphens in third and fourth place");
    } else if name != row.ascii {
        rule = Some("root dot");
    }
    let last = name.rsplit('.').next().unwrap_or("");
    if is_number(last) {
        let rule = published.is_some().then_some("number at the end");
        let is_address = name.split('.').count() <= 4
            && name.split('.').all(|label| label.parse::<u8>().is_ok());
        return (Err(if is_address { "ip_address" } else { "numeric_tld" }), rule);
    }
    if !fits {
        return (Err("refused"), None);
    }
    if !name.contains('.') {
        return (Err("single_label"), published.is_some().then_some("single label"));
    }
    while let Some(after) = domain.strip_prefix("www.").filter(|after| after.contains('.')) {
        (domain, rule) = (after, Some("leading www"));
    }
    (Ok(domain.to_owned()), rule)
}

/// How a row is judged whose source is read as more than a name, by the steps before UTS #46: the
/// part that is the name.
fn name_in(source: &str) -> (&str, Option<&'static str>) {
    let trimmed = unicode::trim(source);
    if trimmed != source {
        return (trimmed, Some("invisible at an edge"));
    }
    match source.find('?') {
        Some(end) => (&source[..end], Some("query")),
        None => (source, None),
    }
}

/// A row for a text that the table does not have, by the crate `idna` with all flags (which gives the
/// table itself, by the test above).
fn made(source: &str) -> Row {
    let uts46 = Uts46::new();
    let flags = |hyphens, length| {
        uts46
            .to_ascii(source.as_bytes(), AsciiDenyList::STD3, hyphens, length)
            .map(|ascii| ascii.into_owned())
    };
    let mut status = Vec::new();
    let ascii = match flags(Hyphens::CheckFirstLast, DnsLength::Ignore) {
        Ok(ascii) => ascii,
        Err(_) => {
            status.push("refused".to_owned());
            String::new()
        }
    };
    if status.is_empty() && flags(Hyphens::Check, DnsLength::Ignore).is_err() {
        status.push("V2".to_owned());
    }
    if status.is_empty() && flags(Hyphens::Check, DnsLength::Verify).is_err() {
        status.push("A4_2".to_owned());
    }
    Row {
        source: source.to_owned(),
        unicode: String::new(),
        unicode_status: Vec::new(),
        ascii,
        ascii_status: status,
    }
}

/// What a refusal says that is no more than what UTS #46 says.
fn plain(code: &'static str) -> &'static str {
    match code {
        "invalid_idna" | "bad_hyphen" | "empty_label" | "invalid_character" | "label_too_long"
        | "domain_too_long" | "empty" | "placeholder" => "refused",
        code => code,
    }
}

#[test]
fn domains_are_those_of_uts_46() {
    const RUN: &str = "UTS #46, the format `domain`";
    let Some(rows) = table() else { return };
    let known: BTreeMap<_, _> = rows.iter().map(|row| (row.source.as_str(), row)).collect();
    let mut tally = Tally::default();
    for row in &rows {
        // To UTS #46 a refusal is a refusal; which one is compared where a rule is at work.
        let published = row.to_ascii(&[]).ok_or("refused");
        let (name, edge) = name_in(&row.source);
        let (expected, rule) = match edge {
            None => domain(row),
            Some(edge) => {
                let expected = match known.get(name) {
                    Some(row) => domain(row).0,
                    None => domain(&made(name)).0,
                };
                (expected, Some(edge))
            }
        };
        let found = clean_domain(&row.source).map_err(plain);
        let coarse = |answer: &Result<String, &'static str>| answer.clone().map_err(|_| "refused");
        // That both refuse is no divergence, whatever the code.
        let rule = rule.filter(|_| coarse(&expected) != published);
        let published = if rule.is_none() { expected.clone() } else { published };
        tally.note(&row.source, &published, (&expected, rule), &found);
    }
    tally.finish(RUN, &rules(LEDGER, RUN));
}

/// A domain that is another in Unicode is told in both forms.
#[test]
fn domains_are_told_in_unicode_as_the_table_has_it() {
    const RUN: &str = "UTS #46, ToUnicode of the format `domain`";
    let Some(rows) = table() else { return };
    let format = lookup("domain").expect("it is one");
    let mut tally = Tally::default();
    for row in &rows {
        // What is judged is another text than the row's: see `domains_are_those_of_uts_46`.
        if name_in(&row.source).1.is_some() {
            continue;
        }
        let expected = domain(row).0.ok().map(|domain| {
            let unicode = row.unicode.strip_suffix('.').unwrap_or(&row.unicode);
            let www = row.ascii.strip_suffix('.').unwrap_or(&row.ascii).len() - domain.len();
            (unicode[www..] != domain).then(|| unicode[www..].to_owned())
        });
        let cleaned = (format.clean)(&row.source, Settings::default()).ok();
        let found = cleaned.map(|cleaned| cleaned.unicode);
        tally.note(&row.source, &expected, (&expected, None), &found);
    }
    tally.finish(RUN, &rules(LEDGER, RUN));
}

/// `email` keeps what it is not sure of, with a warning: a domain is what the step makes of it.
#[test]
fn email_addresses_have_the_domains_of_uts_46() {
    const RUN: &str = "UTS #46, the format `email`";
    /// The longest address (RFC 3696, erratum 1690).
    const ADDRESS: usize = 254;
    let Some(rows) = table() else { return };
    let known: BTreeMap<_, _> = rows.iter().map(|row| (row.source.as_str(), row)).collect();
    let address = |domain: Option<String>| domain.map(|domain| format!("jane@{domain}"));
    let fits = |email: &String| email.len() > "jane@".len() && email.len() <= ADDRESS;
    let mut tally = Tally::default();
    for row in &rows {
        let text = format!("jane@{}", row.source);
        let trimmed = unicode::trim(&text).strip_prefix("jane@").expect("it starts so");
        let published = address(row.to_ascii(&OFF));
        let mapped = match known.get(trimmed) {
            Some(row) => row.to_ascii(&OFF),
            None => Uts46::new()
                .to_ascii(
                    trimmed.as_bytes(),
                    AsciiDenyList::EMPTY,
                    Hyphens::Allow,
                    DnsLength::Ignore,
                )
                .ok()
                .map(|ascii| ascii.into_owned()),
        };
        let expected = address(mapped).filter(fits);
        let rule = if trimmed != row.source {
            "invisible at the end"
        } else if row.ascii.is_empty() {
            "no domain"
        } else {
            "length of addresses"
        };
        let rule = (expected != published).then_some(rule);
        let found = clean("email", &text).ok();
        tally.note(&row.source, &published, (&expected, rule), &found);
    }
    tally.finish(RUN, &rules(LEDGER, RUN));
}

const DOTS: [char; 4] = ['.', '\u{3002}', '\u{ff0e}', '\u{ff61}'];

/// Whether a label stands as it is in what it is mapped to. An A-label stands for a U-label, and
/// ASCII is compared without regard to case.
fn is_unmapped(label: &str, mapped: &str) -> bool {
    match label.get(..4) {
        Some(prefix) if prefix.eq_ignore_ascii_case("xn--") => true,
        _ if label.is_ascii() => label.eq_ignore_ascii_case(mapped),
        _ => label == mapped,
    }
}

/// Whether the rules of RFC 5892 let each character stand in a label.
fn is_idna_2008(label: &str) -> bool {
    let chars: Vec<_> = label.chars().collect();
    let any = |of: fn(char) -> bool| chars.iter().any(|char| of(*char));
    label.is_ascii()
        || (0..chars.len()).all(|at| {
            let before = at.checked_sub(1).map(|before| chars[before]);
            let after = chars.get(at + 1).copied();
            match chars[at] {
                '\u{200c}' | '\u{200d}' => true,
                '\u{b7}' => before == Some('l') && after == Some('l'),
                '\u{375}' => after.is_some_and(unicode::is_greek),
                '\u{5f3}' | '\u{5f4}' => before.is_some_and(unicode::is_hebrew),
                '\u{30fb}' => any(unicode::is_kana_or_han),
                '\u{660}'..='\u{669}' => !any(|char| matches!(char, '\u{6f0}'..='\u{6f9}')),
                '\u{6f0}'..='\u{6f9}' => !any(|char| matches!(char, '\u{660}'..='\u{669}')),
                char => unicode::is_name_character(char),
            }
        })
}

/// Whether a row's source is an internationalized host name, and the rule if UTS #46 differs.
fn idn_hostname(row: &Row) -> (bool, Option<&'static str>) {
    let published = row.ascii_status.is_empty();
    let sources: Vec<_> = row.source.split(DOTS).collect();
    let labels: Vec<_> = row.unicode.split('.').collect();
    if !without(&row.ascii_status, &["V2"]).is_empty() {
        return (false, None);
    }
    // Host names are not refused for hyphens where their label is ASCII and no A-label.
    let is_v2 = |label: &&str| !label.is_ascii() && label.chars().skip(2).take(2).eq("--".chars());
    if !published && labels.iter().any(is_v2) {
        return (false, None);
    }
    if sources.len() != labels.len()
        || !sources.iter().zip(&labels).all(|(label, mapped)| is_unmapped(label, mapped))
    {
        return (false, published.then_some("mapped"));
    }
    if !labels.iter().all(|label| is_idna_2008(label)) {
        return (false, published.then_some("disallowed by IDNA 2008"));
    }
    let is_address = |text: &str| {
        text.split('.').count() == 4
            && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
    };
    if is_address(&row.source) {
        return (false, Some("IPv4 address"));
    }
    (true, (!published).then_some("hyphens in third and fourth place"))
}

#[test]
fn host_names_are_those_of_uts_46_that_need_no_mapping() {
    const RUN: &str = "UTS #46, the format `idn-hostname`";
    let Some(rows) = table() else { return };
    let mut tally = Tally::default();
    for row in &rows {
        let (expected, rule) = idn_hostname(row);
        let found = clean("idn-hostname", &row.source);
        if let Ok(name) = &found {
            assert_eq!(*name, row.source);
        }
        let published = row.ascii_status.is_empty();
        tally.note(&row.source, &published, (&expected, rule), &found.is_ok());
    }
    tally.finish(RUN, &rules(LEDGER, RUN));
}

/// `hostname` is what of these is in ASCII: a row's ToASCII passes, if the row passes.
#[test]
fn ascii_host_names_are_those_of_uts_46() {
    const RUN: &str = "UTS #46, the format `hostname`";
    let Some(rows) = table() else { return };
    let mut tally = Tally::default();
    for row in &rows {
        let is_ascii = row.source.is_ascii();
        let published = is_ascii && row.ascii_status.is_empty();
        let (expected, rule) = match is_ascii {
            true => idn_hostname(row),
            false => (false, None),
        };
        let found = clean("hostname", &row.source).is_ok();
        tally.note(&row.source, &published, (&expected, rule), &found);
    }
    tally.finish(RUN, &rules(LEDGER, RUN));
}

/// The table of the Unicode version that the crate `idna` was published with, which is older.
#[test]
fn the_older_table_holds_but_for_what_unicode_changed() {
    const RUN: &str = "UTS #46 of the crate `idna`, the step with its flags";
    let (Some(folder), Some(newer)) = (tests_of("idna"), table()) else { return };
    let text = std::fs::read_to_string(folder.join("IdnaTestV2.txt")).expect("it is UTF-8");
    let newer: BTreeMap<_, _> = newer.iter().map(|row| (row.source.as_str(), row)).collect();
    let mut tally = Tally::default();
    for row in parse(&text) {
        // What both tables have was judged by the newer one.
        match newer.get(row.source.as_str()) {
            Some(newer) if newer.to_ascii(&OFF) != row.to_ascii(&OFF) => {
                let found = unicode::to_ascii(&row.source).map(|ascii| ascii.into_owned());
                let published = row.to_ascii(&OFF);
                let expected = newer.to_ascii(&OFF);
                tally.note(&row.source, &published, (&expected, Some("changed")), &found);
            }
            _ => step(&row, &mut tally),
        }
    }
    tally.finish(RUN, &rules(LEDGER, RUN));
}
