//! Lines judged together are the lines judged one by one, wherever a chunk ends.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use prewash::answer::Output;
use prewash::batch::{Batch, Known, Rest};
use prewash::document::Source;
use prewash::lines::{Place, Telling, Trapped, lines};
use prewash::openapi::{Api, Part};
use prewash::options::Options;
use prewash::schema::Schema;
use prewash_fuzz::{is_private, parts, read};

static ACCOUNTS: LazyLock<(Schema, Batch)> = LazyLock::new(|| {
    let api = Api::read(include_bytes!("../../apis/recotap.json")).expect("it is built in");
    let operation = api.operation("pushAccounts").expect("it is built in");
    let schema = api.schema(&operation, Part::Body(None)).expect("it compiles");
    let batch = api.batch(&operation).expect("it is read").expect("it is a batch");
    (schema, batch)
});

static CONTACT: LazyLock<Schema> = LazyLock::new(|| {
    let api = Api::read(include_bytes!("../../apis/monaco.json")).expect("it is built in");
    let operation = api.operation("upsertContact").expect("it is built in");
    api.schema(&operation, Part::Body(None)).expect("it compiles")
});

const START: Place = Place { row: 1, index: 0, offset: 0 };

fuzz_target!(|bytes: &[u8]| {
    let (text, choices) = parts(bytes);
    if is_private(text) {
        return;
    }
    bodies(text, choices);
    items(text, choices.first().map_or(100, |byte| 1 + usize::from(*byte) % 100));
});

/// Lines that are bodies: whole, in two chunks, and one by one.
fn bodies(text: &[u8], choices: &[u8]) {
    let options = Options::default();
    let whole = judged(text, START);
    let ends: Vec<_> = text.iter().enumerate().filter(|(_, byte)| **byte == b'\n').collect();
    if let Some((end, _)) =
        choices.last().and_then(|at| ends.get(usize::from(*at) % ends.len().max(1)))
    {
        let (first, second) = text.split_at(end + 1);
        let place = Place {
            row: 1 + first.iter().filter(|byte| **byte == b'\n').count() as u64,
            index: lines(first).count() as u64,
            offset: first.len() as u64,
        };
        let (one, other) = (judged(first, START), judged(second, place));
        assert_eq!([one.out, other.out].concat(), whole.out);
        assert_eq!([one.report, other.report].concat(), whole.report);
    }
    let mut sent = whole.out.split(|byte| *byte == b'\n');
    for line in lines(text) {
        let body = &text[line.span];
        let answer = CONTACT.answer(body, Source::Text, &options);
        let clean = match &answer.output {
            Output::Nothing => continue,
            Output::Same => body,
            Output::Text(text) => text.as_bytes(),
        };
        let sent = sent.next().expect("a line each");
        let text = |bytes| read(str::from_utf8(bytes).expect("it is UTF-8")).to_string();
        assert_eq!(text(sent), text(clean));
    }
    assert_eq!(sent.next(), Some(&b""[..]), "and no more");
    assert_eq!(sent.next(), None);
    told(&whole);
}

fn judged(text: &[u8], place: Place) -> Telling {
    let mut telling = Telling::new(place, true);
    CONTACT.check_lines(text, &Options::default(), &Trapped::default(), &mut telling);
    telling
}

/// Lines that are items of batches, with `most` to a request.
fn items(text: &[u8], most: usize) {
    let (schema, batch) = &*ACCOUNTS;
    let options = Options::default();
    let rest = Rest { members: "\"upsert\":true", most };
    let mut known = Known::default();
    let judged = batch.judge_lines(schema, text, &options, &mut known, rest, &Trapped::default());
    let keys: Vec<_> = judged.keys().collect();
    assert_eq!(keys.len(), lines(text).count());
    let repeated = known.remember(keys, 0);
    let mut telling = Telling::new(START, true);
    judged.tell(batch, schema, text, &options, &mut known, rest, 0, &repeated, &mut telling);
    let requests = telling.out.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    let mut sent = 0;
    for request in requests {
        let request = str::from_utf8(request).expect("a request is UTF-8");
        let count = read(request)["accounts"].as_array().map_or(0, Vec::len);
        assert!((1..=most).contains(&count));
        sent += count;
        let answer = schema.answer(request.as_bytes(), Source::Text, &options);
        assert_eq!((answer.ok(), &answer.output), (true, &Output::Same), "{request}");
    }
    let summary = read(&telling.summary());
    let count = |name: &str| summary[name].as_u64().expect("a count") as usize;
    assert_eq!(count("rows"), lines(text).count());
    assert_eq!(count("sent"), sent);
    assert_eq!(count("created") + count("updated") + count("failed"), sent);
    told(&telling);
}

/// A report is a line of JSON for each issue and change.
fn told(telling: &Telling) {
    for line in telling.report.lines() {
        assert!(read(line)["row"].is_u64() || read(line)["row"].is_null());
    }
}
