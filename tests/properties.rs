//! What holds for every input of the crate, on generated ones; `tests/properties.test.mjs` has the like for
//! the package, and compares the two.

use std::path::PathBuf;
use std::sync::LazyLock;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Map, Value, json};

use prewash::answer::{Answer, Output};
use prewash::batch::{Batch, Known, Status};
use prewash::document::{Document, Limits, NodeId, Segment, Source};
use prewash::formats::{FORMATS, Settings, lookup};
use prewash::issue::{Change, Issue, Severity};
use prewash::openapi::{Api, ParameterPlace, Part};
use prewash::options::Options;
use prewash::report::Report;
use prewash::schema::{Dialect, Schema, read};

/// Runs a property on inputs that are the same each time; `PREWASH_PROPERTIES` has them be so many times
/// as many.
fn property<S: Strategy>(inputs: S, holds: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    let times = std::env::var("PREWASH_PROPERTIES").ok().and_then(|times| times.parse().ok());
    let config =
        Config { cases: 500 * times.unwrap_or(1), failure_persistence: None, ..Config::default() };
    let random = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    TestRunner::new_with_rng(config, random)
        .run(&inputs, holds)
        .unwrap_or_else(|error| panic!("{error}"));
}

fn api(vendor: &str) -> Api {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("apis/{vendor}.json"));
    Api::read(&std::fs::read(path).expect("the document is there")).expect("it is valid")
}

/// The bodies, responses and path parameters of every operation.
static SCHEMAS: LazyLock<Vec<Schema>> = LazyLock::new(|| {
    let mut schemas = Vec::new();
    for (vendor, names) in [
        ("monaco", &["upsertAccount", "upsertContact", "updateContact"][..]),
        ("reply", &["updateContactAccount"]),
        ("recotap", &["pushAccounts"]),
    ] {
        let api = api(vendor);
        for name in names {
            let operation = api.operation(name).expect("the operation is there");
            let parts =
                [Part::Body(None), Part::Response(None), Part::Parameters(ParameterPlace::Path)];
            schemas.extend(parts.map(|part| api.schema(&operation, part).expect("it compiles")));
        }
    }
    schemas
});

static BATCH: LazyLock<(Schema, Batch)> = LazyLock::new(|| {
    let api = api("recotap");
    let operation = api.operation("pushAccounts").expect("the operation is there");
    let batch = api.batch(&operation).expect("x-batch is valid").expect("x-batch is there");
    (api.schema(&operation, Part::Body(None)).expect("it compiles"), batch)
});

/// Which of the schemas: a failure tells all of its input, and a schema is long.
fn schema() -> impl Strategy<Value = usize> {
    0..SCHEMAS.len()
}

fn options() -> impl Strategy<Value = Options> {
    any::<bool>().prop_map(|strict| Options { strict, ..Options::default() })
}

/// Names of hosts, and what people paste for them.
fn domain() -> impl Strategy<Value = String> {
    let before = [
        "",
        "",
        "",
        "https://",
        "www.",
        "HTTPS://WWW.",
        " ",
        "//",
        "jane@",
        "mailto:",
        "ftp://a:b@",
    ];
    let label = [
        "acme",
        "Globex",
        "münchen",
        "xn--mnchen-3ya",
        "例え",
        "a_b",
        "-a",
        "",
        "1-800",
        "ac\u{ad}me",
        "pаypal",
        "%61",
        "💩",
    ];
    let end = [".com", ".com", ".de", ".co.uk", ".COM.", "", ".1", ".рф", "。jp"];
    let after = ["", "", "", "/foo?x#y", ":80", ":99999", " ", ", b.com", "\\x", "\u{200b}"];
    (
        select(before.to_vec()),
        vec(select(label.to_vec()), 1..3),
        select(end.to_vec()),
        select(after.to_vec()),
    )
        .prop_map(|(before, labels, end, after)| {
            format!("{before}{}{end}{after}", labels.join("."))
        })
}

/// Texts: some that formats take, or nearly, and some of any characters.
fn text() -> impl Strategy<Value = String> {
    let typed = [
        "Acme Corp",
        " Acme ",
        "",
        " ",
        "n/a",
        "NEW",
        "lead",
        "51-200",
        "51-200 employees",
        "5",
        "true",
        "3c90c3cc-0d44-4b50-8888-8dd25736052a",
        "3C90C3CC-0D44-4B50-8888-8DD25736052A",
        "Jane@ACME.com",
        "jane@",
        "jane@münchen.de",
        "linkedin.com/company/Acme/about?x",
        "https://de.linkedin.com/in/jane-doe/",
        "linkedin.com/school/mit",
        "+49 89 1",
        "europe/berlin",
        "2024-02-29",
        "2026-01-01T00:00:00Z",
        "https://acme.com/a b",
        "12",
        "\u{8}\u{c}\u{1b}[0m",
    ];
    prop_oneof![4 => select(typed.to_vec()).prop_map(str::to_owned), 3 => domain(), 1 => ".{0,12}", 1 => "\\PC{0,40}"]
}

fn key() -> impl Strategy<Value = String> {
    let known = [
        "domain",
        "name",
        "email",
        "linkedin_url",
        "linkedinUrl",
        "linkedInUrl",
        "status",
        "tags",
        "owner",
        "notes",
        "title",
        "first_name",
        "phone_number",
        "account_id",
        "do_not_contact",
        "domainName",
        "domainSecondary",
        "companySize",
        "timeZoneId",
        "twitterUrl",
        "ownerUserId",
        "accounts",
        "upsert",
        "segmentId",
        "customFields",
        "externalId",
        "shortName",
        "contact_id",
        "id",
        "results",
        "data",
        "domian",
        "__proto__",
        "",
        "0",
        "custom_field_3c90c3cc-0d44-4b50-8888-8dd25736052a",
        "custom_field_3C90C3CC-0D44-4B50-8888-8DD25736052A",
        "custom_field_x",
    ];
    prop_oneof![12 => select(known.to_vec()).prop_map(str::to_owned), 1 => ".{0,5}"]
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        6 => text().prop_map(Value::from),
        1 => Just(Value::Null),
        1 => any::<bool>().prop_map(Value::from),
        1 => any::<i64>().prop_map(Value::from),
        1 => (-50_i32..500).prop_map(Value::from),
        1 => any::<f64>().prop_filter_map("JSON has finite numbers", |number| serde_json::Number::from_f64(number).map(Value::Number)),
    ];
    leaf.prop_recursive(4, 24, 5, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::Array),
            members(inner).prop_map(Value::Object),
        ]
    })
}

fn members(inner: impl Strategy<Value = Value>) -> impl Strategy<Value = Map<String, Value>> {
    vec((key(), inner), 0..6).prop_map(|members| members.into_iter().collect())
}

/// A body with texts in its fields, which most have; some of it is of the wrong kind.
fn body() -> impl Strategy<Value = Value> {
    let required = prop_oneof![3 => Just(true), 1 => Just(false)];
    let flat = prop_oneof![4 => text().prop_map(Value::from), 1 => value()];
    (required, domain(), members(flat)).prop_map(|(required, domain, mut members)| {
        if required {
            members.insert("domain".to_owned(), Value::from(domain));
            members.insert("name".to_owned(), Value::from("Acme"));
            members.insert("email".to_owned(), Value::from("jane@Acme.com"));
        }
        Value::Object(members)
    })
}

/// Accounts of a batch, of which some have the same domain.
fn accounts() -> impl Strategy<Value = Vec<Value>> {
    let domain =
        prop_oneof![3 => (0..6).prop_map(|at| format!("www.acme-{at}.com")), 1 => domain()];
    let account = (domain, prop_oneof![4 => Just(Map::new()), 1 => members(value())]).prop_map(
        |(domain, mut members)| {
            members.insert("domain".to_owned(), Value::from(domain));
            members.entry("name").or_insert_with(|| Value::from(" Acme"));
            Value::Object(members)
        },
    );
    vec(prop_oneof![9 => account, 1 => value()], 0..12)
}

fn output<'a>(answer: &'a Answer, input: &'a str) -> Option<&'a str> {
    match &answer.output {
        Output::Nothing => None,
        Output::Same => Some(input),
        Output::Text(text) => Some(text),
    }
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).expect("what comes out is JSON")
}

/// What is said, without where it is in the text.
fn said(report: &Report) -> Vec<String> {
    let issues = report.issues.iter().map(|issue| {
        let mut out = String::new();
        Issue { position: None, ..issue.clone() }.write_json(&mut out);
        out
    });
    let changes = report.changes.iter().map(|change| {
        let mut out = String::new();
        Change::write_json(change, &mut out);
        out
    });
    issues.chain(changes).collect()
}

/// A value with changes made to it, from the last to the first, so that each is where it says.
fn edited(mut value: Value, changes: &[Change]) -> Value {
    for change in changes.iter().rev() {
        let to = change.to.as_deref().map(parsed);
        let Some((last, path)) = change.path.split_last() else {
            value = to.expect("a root is not dropped");
            continue;
        };
        let holder = path.iter().fold(&mut value, |holder, step| match step {
            Segment::Key(key) => &mut holder[key.as_str()],
            Segment::Index(index) => &mut holder[*index],
        });
        match (last, holder) {
            (Segment::Key(key), Value::Object(members)) if change.rule == "custom_field_key" => {
                let inner = members.remove(key).expect("the key is there");
                let to = to.expect("it is renamed");
                members.insert(to.as_str().expect("to a text").to_owned(), inner);
            }
            (Segment::Key(key), Value::Object(members)) => match to {
                Some(to) => members[key.as_str()] = to,
                None => drop(members.remove(key)),
            },
            (Segment::Index(index), Value::Array(elements)) => match to {
                Some(to) => elements[*index] = to,
                None => drop(elements.remove(*index)),
            },
            (last, holder) => panic!("{last:?} is no step into {holder}"),
        }
    }
    value
}

#[test]
fn a_text_and_a_value_get_one_verdict() {
    property((schema(), body(), options()), |(schema, body, options)| {
        let schema = &SCHEMAS[schema];
        let text = body.to_string();
        let by_text = schema.answer(text.as_bytes(), Source::Text, &options);
        let (clean, report) = schema.check_value(&body, &options);
        prop_assert_eq!(clean, output(&by_text, &text).map(parsed));
        prop_assert_eq!(said(&report), said(&by_text.report));
        Ok(())
    });
}

#[test]
fn what_came_out_goes_in_again_without_an_error_or_a_change() {
    property((schema(), body(), options()), |(schema, body, options)| {
        let schema = &SCHEMAS[schema];
        let text = body.to_string();
        let answer = schema.answer(text.as_bytes(), Source::Text, &options);
        if let Some(clean) = output(&answer, &text) {
            let again = schema.answer(clean.as_bytes(), Source::Text, &options);
            prop_assert_eq!(again.output, Output::Same);
            prop_assert_eq!(again.report.changes, vec![]);
        }
        Ok(())
    });
}

#[test]
fn a_text_is_changed_in_no_place_but_those_that_are_told() {
    property((schema(), body(), any::<bool>()), |(schema, body, pretty)| {
        let schema = &SCHEMAS[schema];
        let text = if pretty { format!("{body:#}") } else { body.to_string() };
        let answer = schema.answer(text.as_bytes(), Source::Text, &Options::default());
        let clean = output(&answer, &text).map(parsed);
        let errors = answer.report.issues.iter().any(|issue| issue.severity == Severity::Error);
        prop_assert_eq!(clean.is_none(), errors);
        if let Some(clean) = clean {
            prop_assert_eq!(clean, edited(body, &answer.report.changes));
        }
        Ok(())
    });
}

#[test]
fn white_space_between_tokens_changes_nothing_but_positions() {
    property((schema(), body(), options()), |(schema, body, options)| {
        let schema = &SCHEMAS[schema];
        let (plain, pretty) = (body.to_string(), format!("\n{body:#} "));
        let [one, other] =
            [&plain, &pretty].map(|text| schema.answer(text.as_bytes(), Source::Text, &options));
        // A message shows an array or an object as it is written.
        let said = |answer: &Answer| -> Vec<_> {
            let issues = answer.report.issues.iter();
            issues.map(|issue| (issue.code.clone(), issue.severity, issue.path.clone())).collect()
        };
        prop_assert_eq!(said(&one), said(&other));
        let places = |answer: &Answer| -> Vec<_> {
            answer.report.changes.iter().map(|change| (change.rule, change.path.clone())).collect()
        };
        prop_assert_eq!(places(&one), places(&other));
        prop_assert_eq!(output(&one, &plain).map(parsed), output(&other, &pretty).map(parsed));
        Ok(())
    });
}

#[test]
fn strict_turns_warnings_into_errors_and_refuses_nulls_that_would_be_dropped() {
    property((schema(), body()), |(schema, body)| {
        let schema = &SCHEMAS[schema];
        let text = body.to_string();
        let [lax, strict] = [false, true].map(|strict| {
            let options = Options { strict, ..Options::default() };
            schema.answer(text.as_bytes(), Source::Text, &options).report
        });
        let place =
            |issue: &Issue| (issue.code.to_string(), issue.path.clone(), issue.message.clone());
        let mut left: Vec<_> = strict.issues.iter().collect();
        for issue in &lax.issues {
            let at = left.iter().position(|one| place(one) == place(issue));
            let found = at.map(|at| left.remove(at));
            let severity = found.map(|found| found.severity);
            prop_assert!(severity == Some(issue.severity) || severity == Some(Severity::Error));
        }
        let dropped: Vec<_> = lax
            .changes
            .iter()
            .filter(|change| change.rule == "drop_null")
            .map(|change| &change.path)
            .collect();
        prop_assert!(left.iter().all(|issue| dropped.contains(&&issue.path)), "{:?}", left);
        Ok(())
    });
}

#[test]
fn what_is_no_json_is_refused_and_nothing_else_as_such() {
    let pieces = select(
        &[
            "{", "}", "[", "]", ":", ",", "\"a\"", "\"b", "\\", "\\ud800", "1", "-", "0", ".5",
            "e9", "1e400", "true", "nul", " ", "\n", "\u{0}", "é", "\u{feff}", "/*", "\"\"",
        ][..],
    );
    let anything = {
        let document = read(b"true").expect("it is JSON");
        Schema::compile(&document, NodeId::ROOT, &[], Dialect::default()).expect("it compiles")
    };
    let texts = prop_oneof![
        vec(pieces, 0..9).prop_map(|pieces| pieces.concat().into_bytes()),
        vec(any::<u8>(), 0..12),
        (value(), any::<prop::sample::Index>(), any::<u8>()).prop_map(|(value, at, byte)| {
            let mut bytes = value.to_string().into_bytes();
            let at = at.index(bytes.len());
            bytes[at] = byte;
            bytes
        }),
    ];
    property(texts, move |bytes| {
        let answer = anything.answer(&bytes, Source::Text, &Options::default());
        let codes: Vec<_> = answer.report.issues.iter().map(|issue| &*issue.code).collect();
        // As serde_json judges it; the two keep numbers of any size, which a value of f64 cannot.
        let read = serde_json::from_slice::<serde::de::IgnoredAny>(&bytes);
        match read {
            // Half a pair is no Unicode; a reader that ignores what a string says lets it pass.
            Ok(_) => prop_assert!(
                codes.iter().all(|code| ["duplicate_key", "invalid_unicode"].contains(code)),
                "{:?}",
                codes
            ),
            Err(error) => prop_assert!(!answer.ok(), "{}", error),
        }
        Ok(())
    });
}

#[test]
fn a_field_alone_is_judged_as_in_a_body() {
    property((schema(), key(), value(), options()), |(schema, key, value, options)| {
        let schema = &SCHEMAS[schema];
        let text = value.to_string();
        let body = json!({ key.clone(): value }).to_string();
        let path = [Segment::Key(key.clone())];
        let field = schema.answer_field(&path, Some(text.as_bytes()), Source::Value, &options);
        let whole = schema.answer(body.as_bytes(), Source::Value, &options);
        // What is asked of fields together is not asked of one alone.
        let own = |issue: &&Issue| {
            let together =
                ["required", "missing_identifier", "no_account", "no_identifier", "clears_tags"];
            issue.path.first() == path.first()
                && (issue.path.len() > 1 || !together.contains(&&*issue.code))
        };
        let issues = |answer: &Answer| -> Vec<Issue> {
            answer.report.issues.iter().filter(own).cloned().collect()
        };
        prop_assert_eq!(issues(&field), issues(&whole));
        let changes = whole.report.changes.into_iter().filter(|change| change.path[..1] == path);
        prop_assert_eq!(field.report.changes, changes.collect::<Vec<_>>());
        Ok(())
    });
}

#[test]
fn every_format_gives_what_it_takes_and_leaves_as_it_is() {
    property(
        (select(FORMATS.iter().map(|format| format.name).collect::<Vec<_>>()), text()),
        |(name, text)| {
            let format = lookup(name).expect("there is that format");
            let answer = format.answer(&text, Settings::default());
            if let Some(clean) = output(&answer, &text) {
                let again = format.answer(clean, Settings::default());
                prop_assert_eq!(again.output, Output::Same, "{}", name);
                prop_assert_eq!(again.report.changes, vec![]);
            }
            Ok(())
        },
    );
}

#[test]
fn a_plan_has_each_item_once_and_its_answer_is_joined_to_the_rows() {
    let existing = vec((0..6).prop_map(|at| format!("acme-{at}.com")), 0..3);
    property((accounts(), existing, any::<bool>()), |(accounts, existing, upsert)| {
        let (schema, batch) = &*BATCH;
        let body = json!({ "accounts": accounts, "upsert": upsert }).to_string();
        let known = || {
            Known::read(json!({ "existing": existing }).to_string().as_bytes())
                .expect("it is valid")
        };
        let plan = |body: &str| {
            batch.plan(
                schema,
                body.as_bytes(),
                Source::Text,
                &Options::default(),
                &mut known(),
                false,
            )
        };
        let made = plan(&body);
        let indexes: Vec<_> = made.items.iter().map(|item| item.index).collect();
        prop_assert_eq!(indexes, (0..accounts.len()).collect::<Vec<_>>());
        if !made.ok {
            prop_assert_eq!(made.request, None);
            return Ok(());
        }
        let sent: Vec<_> =
            made.items.iter().filter(|item| item.status != Status::Invalid).collect();
        let count = |status| sent.iter().filter(|item| item.status == status).count();
        let counts = [Status::Created, Status::Updated, Status::Failed].map(count);
        prop_assert_eq!([made.summary.created, made.summary.updated, made.summary.failed], counts);
        prop_assert_eq!(counts.iter().sum::<usize>(), sent.len());
        let keys: Vec<_> =
            sent.iter().map(|item| (item.key.clone(), item.status.name().to_owned())).collect();
        let results = parsed(&made.results);
        let results = results.as_array().expect("results are a list").iter();
        let results: Vec<_> = results
            .map(|one| {
                (
                    one["domain"].as_str().map(str::to_owned),
                    one["status"].as_str().unwrap_or_default().to_owned(),
                )
            })
            .collect();
        prop_assert_eq!(&results, &keys);
        // What is sent is clean.
        let request = made.request.clone().expect("there is something to send");
        let again = plan(&request);
        prop_assert_eq!(again.request.as_ref(), Some(&request));
        prop_assert_eq!(&again.results, &made.results);
        // The answer of a server that does as it was planned.
        let outcomes: Vec<_> = keys.iter().map(|(domain, status)| json!({ "domain": domain, "status": status, "id": "x", "error": "busy" })).collect();
        let answer =
            batch.respond(json!(outcomes).to_string().as_bytes()).expect("the outcomes are valid");
        prop_assert_eq!(&parsed(&answer)["summary"], &parsed(&made.summary.to_json()));
        let items: Vec<_> = made.items.iter().map(|item| json!({ "index": item.index, "status": item.status.name(), "domain": item.key })).collect();
        let joined = parsed(
            &batch.reconcile(json!({ "items": items }).to_string().as_bytes(), answer.as_bytes()),
        );
        prop_assert_eq!(&joined["issues"], &json!([]));
        let rows = |name: &str| -> Vec<u64> {
            joined[name]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|row| row["index"].as_u64())
                .collect()
        };
        let of = |statuses: &[Status]| -> Vec<u64> {
            made.items
                .iter()
                .filter(|item| statuses.contains(&item.status))
                .map(|item| item.index as u64)
                .collect()
        };
        prop_assert_eq!(rows("done"), of(&[Status::Created, Status::Updated]));
        prop_assert_eq!(rows("retry"), of(&[Status::Failed]));
        prop_assert_eq!(rows("fix"), of(&[Status::Invalid]));
        Ok(())
    });
}

#[test]
fn plans_that_remember_are_one_plan() {
    property((accounts(), 1_usize..5), |(accounts, most)| {
        let (schema, batch) = &*BATCH;
        // A plan's items hang on nothing but what came before them.
        let told = |chunks: &[&[Value]]| -> Vec<_> {
            let mut known = Known::read(b"{}").expect("it is valid");
            let plans = chunks.iter().map(|chunk| {
                let body = json!({ "accounts": chunk }).to_string();
                batch.plan(
                    schema,
                    body.as_bytes(),
                    Source::Value,
                    &Options::default(),
                    &mut known,
                    true,
                )
            });
            let items: Vec<_> = plans.flat_map(|plan| plan.items).collect();
            items
                .into_iter()
                .map(|item| {
                    let codes: Vec<_> =
                        item.report.issues.iter().map(|issue| issue.code.to_string()).collect();
                    (item.index, item.status.name(), item.key, codes, item.report.changes.len())
                })
                .collect()
        };
        prop_assert_eq!(told(&accounts.chunks(most).collect::<Vec<_>>()), told(&[&accounts]));
        Ok(())
    });
}

#[test]
fn a_document_holds_the_value_that_serde_json_reads() {
    property((value(), any::<bool>()), |(value, pretty)| {
        let text = if pretty { format!("{value:#}") } else { value.to_string() };
        let document = Document::read(text.as_bytes(), &Limits::default(), Source::Text);
        let document = document.expect("it is JSON");
        prop_assert_eq!(document.json(NodeId::ROOT).into_owned(), text.clone());
        prop_assert_eq!(parsed(&document.json(NodeId::ROOT)), value);
        Ok(())
    });
}
