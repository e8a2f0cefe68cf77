//! The five operations, natively, on the example bodies.

use std::path::PathBuf;

use prewash::batch::{Known, Plan};
use prewash::document::Source;
use prewash::issue::Severity;
use prewash::openapi::{Api, ParameterPlace, Part};
use prewash::options::Options;
use prewash::report::Report;

fn file(path: &str) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn api(vendor: &str) -> Api {
    Api::read(&file(&format!("apis/{vendor}.json"))).expect("the document is valid")
}

/// What is said of a body, a line each: `code /pointer` (a warning with `?`), `rule /pointer`.
fn told(report: &Report) -> Vec<String> {
    let issues = report.issues.iter().map(|issue| {
        let doubt = if issue.severity == Severity::Warning { "?" } else { "" };
        format!("{}{doubt} {}", issue.code, issue.pointer())
    });
    let changes =
        report.changes.iter().map(|change| format!("{} {}", change.rule, change.pointer()));
    issues.chain(changes).collect()
}

#[track_caller]
fn tells(name: &str, part: Part<'_>, body: &[u8], options: &Options, ok: bool, expected: &[&str]) {
    let (vendor, operation) = name.split_once('.').expect("a vendor and an operation");
    let api = api(vendor);
    let operation = api.operation(operation).expect("the operation is there");
    let schema = api.schema(&operation, part).expect("the schema compiles");
    let answer = schema.answer(body, Source::Text, options);
    assert_eq!((told(&answer.report), answer.ok()), (strings(expected), ok), "{name}");
}

fn strings(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|line| (*line).to_owned()).collect()
}

#[test]
fn path_parameters_may_be_written_as_text() {
    let name = "reply.updateContactAccount";
    for (body, ok, expected) in [
        (r#"{"id":12}"#, true, &[][..]),
        (r#"{"id":"12"}"#, true, &["integer /id"]),
        (r#"{"id":"12x"}"#, false, &["type /id"]),
        (r#"{"id":1.5}"#, false, &["type /id"]),
        (r#"{"id":true}"#, false, &["type /id"]),
        ("{}", false, &["required /id"]),
    ] {
        tells(
            name,
            Part::Parameters(ParameterPlace::Path),
            body.as_bytes(),
            &Options::default(),
            ok,
            expected,
        );
    }
}

#[test]
fn at_least_one_identifier_is_needed() {
    let strict = Options { strict: true, ..Options::default() };
    for (body, ok, expected) in [
        ("{}", false, &["missing_identifier /email"][..]),
        (r#"{"email":null}"#, false, &["missing_identifier /email"]),
        (r#"{"email":" ","linkedin_url":null}"#, false, &["missing_identifier /email"]),
        (r#"{"email":5}"#, false, &["type /email"]),
        (r#"{"linkedin_url":""}"#, false, &["missing_identifier /email"]),
        (r#"{"email":"jane@acme.com"}"#, true, &[]),
        (
            r#"{"linkedin_url":"linkedin.com/in/jane","domain":"acme.com"}"#,
            true,
            &["linkedin-person /linkedin_url"],
        ),
        (r#"{"linkedin_url":"https://linkedin.com/in/jane"}"#, true, &["no_account? /account_id"]),
        (r#"{"email":"jane@acme.com","notes":"x"}"#, false, &["unknown_key /notes"]),
    ] {
        tells("monaco.upsertContact", Part::Body(None), body.as_bytes(), &strict, ok, expected);
    }
}

#[test]
fn custom_keys_are_told_from_unknown_ones() {
    let defined = Options {
        custom_fields: Some(
            serde_json::from_str(
                r#"[{"key":"1a2b3c4d-5e6f-4a7b-8c9d-0e1f2a3b4c5d","label":"Deal size","type":"number"}]"#,
            )
            .expect("the definitions are valid"),
        ),
        ..Options::default()
    };
    let free = Options::default();
    let key = "custom_field_1A2B3C4D-5E6F-4A7B-8C9D-0E1F2A3B4C5D";
    for (options, member, ok, expected) in [
        (&free, format!(r#""{key}":[1.50]"#), true, vec![format!("custom_field_key /{key}")]),
        (&free, r#""custom_field_x":1"#.to_owned(), false, vec!["uuid /custom_field_x".to_owned()]),
        (
            &free,
            format!(r#""{key}":1,"{}":2"#, key.to_lowercase()),
            false,
            vec![
                format!("duplicate_custom_field /{}", key.to_lowercase()),
                format!("custom_field_key /{key}"),
            ],
        ),
        (
            &defined,
            format!(r#""{}":"5""#, key.to_lowercase()),
            false,
            vec![format!("type /{}", key.to_lowercase())],
        ),
        (&defined, format!(r#""{}":null"#, key.to_lowercase()), true, vec![]),
        (
            &defined,
            r#""custom_field_Deal Size":5"#.to_owned(),
            false,
            vec!["unknown_custom_field /custom_field_Deal Size".to_owned()],
        ),
        (&defined, r#""deal size":5"#.to_owned(), true, vec!["unknown_key? /deal size".to_owned()]),
    ] {
        let body = format!(r#"{{"domain":"acme.com",{member}}}"#);
        let expected: Vec<_> = expected.iter().map(String::as_str).collect();
        tells("monaco.upsertAccount", Part::Body(None), body.as_bytes(), options, ok, &expected);
    }
}

fn planned(body: &str, known: &str) -> (Plan, Vec<String>) {
    let api = api("recotap");
    let operation = api.operation("pushAccounts").expect("the operation is there");
    let schema = api.schema(&operation, Part::Body(None)).expect("the schema compiles");
    let batch = api.batch(&operation).expect("x-batch is valid").expect("x-batch is there");
    let mut known = Known::read(known.as_bytes()).expect("what is known is valid");
    let options = Options::default();
    let plan = batch.plan(&schema, body.as_bytes(), Source::Text, &options, &mut known, false);
    let items = plan.items.iter().map(|item| {
        format!("{} {} {}", item.index, item.status.name(), told(&item.report).join(", "))
    });
    let items = items.collect();
    (plan, items)
}

#[test]
fn a_batch_is_judged_in_order() {
    let body = r#"{"accounts":[
        {"domain":"www.acme.com","name":"Acme"},
        {"domain":"globex.com","name":"Globex"},
        {"domain":"ACME.com/x","name":"Acme again"},
        {"domain":"n/a","name":"Nobody"},
        {"domain":"initech.com","name":"Initech","customFields":{"B":1,"A":2,"K":3}},
        {"domain":"initech.com","name":"Initech"}
    ]}"#;
    let known = r#"{"existing":[["Globex.com","663def"]],"customFields":["K"]}"#;
    let (plan, items) = planned(body, known);
    assert_eq!(
        items,
        [
            "0 created domain /accounts/0/domain",
            "1 failed already_exists /accounts/1/domain",
            "2 failed duplicate_in_batch? /accounts/2/domain, domain /accounts/2/domain",
            "3 invalid placeholder /accounts/3/domain",
            "4 failed unknown_custom_field /accounts/4/customFields/B, \
             unknown_custom_field /accounts/4/customFields/A",
            "5 created duplicate_in_batch? /accounts/5/domain",
        ]
    );
    assert_eq!(
        plan.results,
        concat!(
            r#"[{"rtp_aid":null,"domain":"acme.com","status":"created"},"#,
            r#"{"rtp_aid":"663def","domain":"globex.com","status":"failed","error":"Account with domain 'globex.com' already exists. Set upsert: true to update this account via this endpoint."},"#,
            r#"{"rtp_aid":null,"domain":"acme.com","status":"failed","error":"Account with domain 'acme.com' already exists. Set upsert: true to update this account via this endpoint."},"#,
            r#"{"rtp_aid":null,"domain":"initech.com","status":"failed","error":"Custom field key(s) not found: B, A. Unable to add this account."},"#,
            r#"{"rtp_aid":null,"domain":"initech.com","status":"created"}]"#,
        )
    );
    assert_eq!(plan.summary.to_json(), r#"{"total":5,"created":2,"updated":0,"failed":3}"#);
    assert_eq!(
        plan.request.as_deref(),
        Some(
            r#"{"accounts":[
        {"domain":"acme.com","name":"Acme"},
        {"domain":"globex.com","name":"Globex"},
        {"domain":"acme.com","name":"Acme again"},
        {"domain":"initech.com","name":"Initech","customFields":{"B":1,"A":2,"K":3}},
        {"domain":"initech.com","name":"Initech"}
    ]}"#
        )
    );
}

#[test]
fn an_upsert_updates_what_exists() {
    let body = r#"{"upsert":true,"accounts":[
        {"domain":"acme.com","name":"Acme"},
        {"domain":"acme.com","name":"Acme again"},
        {"domain":"globex.com","name":"Globex"}]}"#;
    let (plan, items) = planned(body, r#"{"existing":["globex.com"]}"#);
    assert_eq!(
        items,
        ["0 created ", "1 updated duplicate_in_batch? /accounts/1/domain", "2 updated "]
    );
    assert!(plan.ok);
}

#[test]
fn a_request_may_be_refused_whole() {
    let item = r#"{"domain":"acme.com","name":"Acme"}"#;
    let many = vec![item; 101].join(",");
    let one = format!(r#"{{"accounts":[{item}],"segmentId":"s1"}}"#);
    for (body, known, expected) in [
        ("{}", "{}", "required /accounts"),
        (r#"{"accounts":[]}"#, "{}", "min_items /accounts"),
        (&format!(r#"{{"accounts":[{many}]}}"#), "{}", "max_items /accounts"),
        (&one, r#"{"segment":null}"#, "segment_not_found /segmentId"),
        (&one, r#"{"segment":{"type":"dynamic","status":"active"}}"#, "segment_type /segmentId"),
        (&one, r#"{"segment":{"type":"static","status":"archived"}}"#, "segment_status /segmentId"),
        (r#"{"accounts":[{"domain":"x"}]}"#, "{}", ""),
        ("[", "{}", "invalid_json "),
        ("null", "{}", "type "),
    ] {
        let (plan, _) = planned(body, known);
        assert_eq!(told(&plan.report).join(", "), expected, "{body}");
        assert_eq!((plan.ok, plan.request), (false, None));
        assert_eq!((&*plan.results, plan.summary.to_json().contains("\"total\":0")), ("[]", true));
    }
    assert!(planned(&one, r#"{"segment":{"type":"static","status":"draft"}}"#).0.ok);
    assert!(planned(&one, "{}").0.ok);
}

#[test]
fn a_vendors_answer_is_built_and_joined_back() {
    let api = api("recotap");
    let operation = api.operation("pushAccounts").expect("the operation is there");
    let batch = api.batch(&operation).expect("x-batch is valid").expect("x-batch is there");
    let outcomes = br#"[
        {"domain":"acme.com","status":"created","rtp_aid":"663abc"},
        {"domain":"existing.com","status":"updated","id":"663def"},
        {"domain":"duplicate.com","status":"failed","id":"663ghi"},
        {"domain":"bad-fields.com","status":"failed","customFields":["INVALID_KEY_C"]},
        {"domain":"late.com","status":"failed","error":"Timed out."}]"#;
    let response = batch.respond(outcomes).expect("the outcomes are valid");
    let plan = br#"{"items":[
        {"index":0,"status":"created","domain":"acme.com"},
        {"index":1,"status":"invalid","domain":null},
        {"index":2,"status":"created","domain":"existing.com"},
        {"index":3,"status":"created","domain":"duplicate.com"},
        {"index":4,"status":"created","domain":"bad-fields.com"},
        {"index":5,"status":"created","domain":"late.com"},
        {"index":6,"status":"created","domain":"lost.com"}]}"#;
    let joined = batch.reconcile(plan, response.as_bytes());
    assert_eq!(
        joined,
        concat!(
            r#"{"ok":false,"done":[{"index":0,"domain":"acme.com","status":"created","id":"663abc","error":null},"#,
            r#"{"index":2,"domain":"existing.com","status":"updated","id":"663def","error":null}],"#,
            r#""retry":[{"index":5,"domain":"late.com","status":"failed","id":null,"error":"Timed out."},"#,
            r#"{"index":6,"domain":"lost.com","status":"unanswered","id":null,"error":null}],"#,
            r#""fix":[{"index":1,"domain":null,"status":"invalid","id":null,"error":null},"#,
            r#"{"index":3,"domain":"duplicate.com","status":"failed","id":"663ghi","error":"Account with domain 'duplicate.com' already exists. Set upsert: true to update this account via this endpoint."},"#,
            r#"{"index":4,"domain":"bad-fields.com","status":"failed","id":null,"error":"Custom field key(s) not found: INVALID_KEY_C. Unable to add this account."}],"#,
            r#""issues":[{"code":"response_length","severity":"error","path":[],"pointer":"","message":"the answer has 5 results for 6 items","params":{"count":5,"sent":6}}]}"#,
        )
    );
}
