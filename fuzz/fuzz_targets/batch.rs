//! A plan accounts for every item: in order, with a result for each that is sent, and a summary that is
//! their sum. What it sends is clean, and is planned again the same. Any answer can be joined to it.
//!
//! An input is `{ "body": …, "known": …, "options": …, "response": … }`, each as its own call takes it.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use prewash::batch::{Batch, Known, Plan, Status};
use prewash::document::{Source, quote};
use prewash::issue::Severity;
use prewash::openapi::{Api, Part};
use prewash::options::Options;
use prewash::schema::Schema;
use prewash_fuzz::{Words, is_private, mutate, read};
use serde_json::{Value, json};

const WORDS: Words = Words {
    keys: &[
        "CONTRACT_VALUE_C",
        "accounts",
        "created",
        "customFields",
        "data",
        "domain",
        "error",
        "existing",
        "externalId",
        "failed",
        "key",
        "label",
        "linkedinHost",
        "linkedinUrl",
        "maxBytes",
        "maxDepth",
        "name",
        "options",
        "results",
        "rtp_aid",
        "segment",
        "segmentId",
        "status",
        "strict",
        "summary",
        "tags",
        "total",
        "type",
        "updated",
        "upsert",
    ],
    values: &[
        "null",
        "true",
        "false",
        "0",
        "1",
        "2",
        "\"\"",
        "\" \"",
        "\"a\"",
        "[]",
        "{}",
        "[\"a\",\"b \"]",
        "\"acme.com\"",
        "\"WWW.Acme.com/x\"",
        "\"globex.com\"",
        "\"münchen.de\"",
        "\"n/a\"",
        "\"acme\"",
        "\"created\"",
        "\"updated\"",
        "\"failed\"",
        "\"static\"",
        "\"active\"",
        "\"select\"",
        "{\"domain\":\"acme.com\",\"name\":\"Acme\"}",
        "{\"domain\":\"globex.com\",\"name\":\" G \"}",
        "{\"domain\":\"acme\",\"name\":null}",
        "{\"type\":\"static\",\"status\":\"draft\"}",
        "[[\"acme.com\",\"id-1\"]]",
        "{\"key\":\"A_C\",\"type\":\"number\"}",
        "\"linkedin.com/company/acme\"",
        "[\"A_C\"]",
        "\"Account with domain 'acme.com' already exists. Set upsert: true to update this account via this endpoint.\"",
    ],
};

static BATCH: LazyLock<(Schema, Batch)> = LazyLock::new(|| {
    let api = Api::read(include_bytes!("../../apis/recotap.json")).expect("it is built in");
    let operation = api.operation("pushAccounts").expect("it is built in");
    let schema = api.schema(&operation, Part::Body(None)).expect("it compiles");
    let batch = api.batch(&operation).expect("it is read").expect("it is a batch");
    (schema, batch)
});

fuzz_mutator!(|data: &mut [u8], size: usize, most: usize, seed: u32| {
    mutate(&WORDS, data, size, most, seed)
});

fuzz_target!(|bytes: &[u8]| {
    if is_private(bytes) {
        return;
    }
    let Ok(input) = serde_json::from_slice::<Value>(bytes) else { return };
    let text = |name| input.get(name).map_or_else(|| "{}".to_owned(), Value::to_string);
    let Ok(options) = Options::read(text("options").as_bytes()) else { return };
    let known = || Known::read(text("known").as_bytes());
    let Ok(mut earlier) = known() else { return };
    let (schema, batch) = &*BATCH;
    let body = text("body");
    let plan = |body: &str| {
        let mut known = known().expect("it was read before");
        batch.plan(schema, body.as_bytes(), Source::Text, &options, &mut known, false)
    };

    let planned = plan(&body);
    // One that could not be read has no items.
    let accounts = input.pointer("/body/accounts").and_then(Value::as_array);
    if !planned.items.is_empty() {
        assert_eq!(Some(planned.items.len()), accounts.map(Vec::len));
    }
    check(&planned);
    if let Some(request) = &planned.request {
        let again = plan(request);
        check(&again);
        assert_eq!(again.request.as_ref(), Some(request), "what is sent is clean");
        assert_eq!(again.results, planned.results);
        assert_eq!(again.summary, planned.summary);
        assert!(again.items.iter().all(|item| item.report.changes.is_empty()));
    }

    // The vendor answers as planned, and then otherwise.
    let items: Vec<_> = planned
        .items
        .iter()
        .map(|item| {
            let key = item.key.as_deref().map_or_else(|| "null".to_owned(), quote);
            format!(
                "{{\"index\":{},\"status\":\"{}\",\"domain\":{key}}}",
                item.index,
                item.status.name()
            )
        })
        .collect();
    let items = format!("{{\"items\":[{}]}}", items.join(","));
    if planned.ok {
        let summary = planned.summary.to_json();
        let answer = format!("{{\"results\":{},\"summary\":{summary}}}", planned.results);
        let joined = read(&batch.reconcile(items.as_bytes(), answer.as_bytes()));
        assert_eq!(joined["ok"], json!(true), "{joined}");
        let done = planned.summary.created + planned.summary.updated;
        assert_eq!(joined["done"].as_array().map(Vec::len), Some(done));
        assert_eq!(rows(&joined), planned.items.len());
    }
    let joined = read(&batch.reconcile(items.as_bytes(), text("response").as_bytes()));
    assert_eq!(rows(&joined), planned.items.len());
    batch.reconcile(text("known").as_bytes(), text("response").as_bytes());
    let outcomes = input.pointer("/response/results").map_or_else(String::new, Value::to_string);
    if let Ok(answer) = batch.respond(outcomes.as_bytes()) {
        read(&answer);
    }

    // The same request once more is of items that came before.
    let mut one_more =
        || batch.plan(schema, body.as_bytes(), Source::Text, &options, &mut earlier, true);
    let (first, second) = (one_more(), one_more());
    assert_eq!(first.results, planned.results);
    check(&second);
    assert!(second.items.iter().all(|item| item.status != Status::Created));
});

/// What holds for every plan.
fn check(plan: &Plan) {
    let sent: Vec<_> = plan.items.iter().filter(|item| item.status != Status::Invalid).collect();
    let results = read(&plan.results);
    let results = results.as_array().expect("results are an array");
    assert_eq!(plan.ok, plan.request.is_some());
    let summary = plan.summary;
    if !plan.ok {
        assert_eq!((results.len(), summary), (0, Default::default()));
        return;
    }
    assert_eq!(results.len(), sent.len());
    assert!(!sent.is_empty());
    assert_eq!(summary.created + summary.updated + summary.failed, sent.len());
    let request = read(plan.request.as_ref().expect("it is there"));
    let accounts = request["accounts"].as_array().expect("the accounts are sent");
    assert_eq!(accounts.len(), sent.len());
    for ((item, result), account) in sent.iter().zip(results).zip(accounts) {
        assert_eq!(result["status"], item.status.name());
        assert_eq!(result["domain"], json!(item.key));
        assert_eq!(account["domain"], json!(item.key));
        assert_eq!(result.get("error").is_some(), item.status == Status::Failed);
    }
    let count = |status| sent.iter().filter(|item| item.status == status).count();
    assert_eq!(
        (count(Status::Created), count(Status::Updated), count(Status::Failed)),
        (summary.created, summary.updated, summary.failed)
    );
    assert!(plan.items.windows(2).all(|pair| pair[0].index + 1 == pair[1].index));
    assert!(plan.report.issues.iter().all(|issue| issue.severity == Severity::Warning));
}

/// How many rows an answer was joined to.
fn rows(joined: &Value) -> usize {
    ["done", "retry", "fix"].iter().filter_map(|name| joined[*name].as_array()).map(Vec::len).sum()
}
