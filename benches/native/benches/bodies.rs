//! Bytes to bytes: the request of 100 accounts, and documents against schemas of a user's own.
//!
//! The other crates need a parsed value, so that parsing is part of their time.

use boon::{Compiler, SchemaIndex, Schemas};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use jsonschema::Validator;
use prewash::batch::Known;
use prewash::document::{NodeId, Source};
use prewash::openapi::{Api, Part};
use prewash::options::Options;
use prewash::schema::{Dialect, Schema, read};
use prewash_benches::{Case, Inputs};
use serde_json::{Value, json};

fn parse(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).expect("the input is JSON")
}

fn write(value: &Value) -> Vec<u8> {
    serde_json::to_vec(value).expect("a value can be written")
}

/// The request of 100 accounts: checked, cleaned and planned by Prewash, only checked by the others.
fn batch(criterion: &mut Criterion) {
    let Inputs { recotap, accounts, .. } = Inputs::new();
    let api = Api::read(&recotap).expect("the document is valid");
    let operation = api.operation("pushAccounts").expect("the operation is there");
    let schema = api.schema(&operation, Part::Body(None)).expect("the schema compiles");
    let batch = api.batch(&operation).expect("x-batch is valid").expect("x-batch is there");
    let options = Options::default();
    // The clean request and the results, as texts.
    let plan = || {
        let mut known = Known::default();
        let draft = batch.draft(&schema, &accounts, Source::Text, &options, &mut known, false);
        let draft = draft.expect("the request is JSON");
        let mut request = String::with_capacity(accounts.len());
        let mut results = String::with_capacity(accounts.len());
        draft.write(&mut request);
        draft.write_results(&mut results);
        (request, results)
    };
    let mut known = Known::default();
    let told = batch.plan(&schema, &accounts, Source::Text, &options, &mut known, false);
    assert_eq!(told.summary.created, 100);
    assert_eq!((told.request, told.results), (Some(plan().0), plan().1));

    let components = &parse(&recotap)["components"];
    let document = json!({ "$ref": "#/components/schemas/AccountPush", "components": components });
    let validator = jsonschema::validator_for(&document).expect("the schema compiles");
    let (schemas, index) = boon(document);
    assert!(validator.is_valid(&parse(&accounts)));
    assert!(schemas.validate(&parse(&accounts), index).is_ok());

    let mut group = criterion.benchmark_group("batch");
    group.throughput(Throughput::Bytes(accounts.len() as u64));
    group.bench_function("prewash", |bencher| bencher.iter(plan));
    group.bench_function("serde_json", |bencher| bencher.iter(|| write(&parse(&accounts))));
    group.bench_function("jsonschema", |bencher| {
        bencher.iter(|| {
            let value = parse(&accounts);
            validator.is_valid(&value).then(|| write(&value))
        });
    });
    group.bench_function("boon", |bencher| {
        bencher.iter(|| {
            let value = parse(&accounts);
            schemas.validate(&value, index).is_ok().then(|| write(&value))
        });
    });
    group.finish();
}

/// Compiling a schema; a document that fits it; one that does not, all errors told.
fn schemas(criterion: &mut Criterion) {
    for case in &Inputs::new().cases {
        compile(criterion, case);
        good(criterion, case);
        wrong(criterion, case);
    }
}

fn compile(criterion: &mut Criterion, Case { name, schema, .. }: &Case) {
    let mut group = criterion.benchmark_group(format!("{name} compile"));
    group.bench_function("prewash", |bencher| bencher.iter(|| prewash(schema)));
    group.bench_function("jsonschema", |bencher| bencher.iter(|| jsonschema(schema)));
    group.bench_function("boon", |bencher| bencher.iter(|| boon(parse(schema))));
    group.finish();
}

fn good(criterion: &mut Criterion, Case { name, schema, good, .. }: &Case) {
    let own = prewash(schema);
    let options = Options::default();
    let validator = jsonschema(schema);
    let (schemas, index) = boon(parse(schema));
    assert!(own.answer(good, Source::Text, &options).ok());
    assert!(validator.is_valid(&parse(good)));
    assert!(schemas.validate(&parse(good), index).is_ok());

    let mut group = criterion.benchmark_group(format!("{name} valid"));
    group.throughput(Throughput::Bytes(good.len() as u64));
    group.bench_function("prewash", |bencher| {
        bencher.iter(|| own.answer(good, Source::Text, &options).ok());
    });
    group.bench_function("jsonschema", |bencher| {
        bencher.iter(|| validator.is_valid(&parse(good)));
    });
    group.bench_function("boon", |bencher| {
        bencher.iter(|| schemas.validate(&parse(good), index).is_ok());
    });
    group.finish();
}

fn wrong(criterion: &mut Criterion, Case { name, schema, wrong, .. }: &Case) {
    let own = prewash(schema);
    let options = Options::default();
    let validator = jsonschema(schema);
    let (schemas, index) = boon(parse(schema));
    // Each error with its place and its message, as it would be shown.
    let by_prewash = || -> Vec<(String, String)> {
        let report = own.answer(wrong, Source::Text, &options).report;
        report.issues.into_iter().map(|issue| (issue.pointer(), issue.message)).collect()
    };
    let by_jsonschema = || -> Vec<(String, String)> {
        let value = parse(wrong);
        let errors = validator.iter_errors(&value);
        errors.map(|error| (error.instance_path().to_string(), error.to_string())).collect()
    };
    let by_boon = || -> String {
        let value = parse(wrong);
        let error = schemas.validate(&value, index).err();
        error.map(|error| format!("{error:#}")).unwrap_or_default()
    };
    assert_eq!(by_prewash().len(), by_jsonschema().len());
    assert!(by_boon().lines().count() > by_prewash().len());

    let mut group = criterion.benchmark_group(format!("{name} invalid"));
    group.throughput(Throughput::Bytes(wrong.len() as u64));
    group.bench_function("prewash", |bencher| bencher.iter(by_prewash));
    group.bench_function("jsonschema", |bencher| bencher.iter(by_jsonschema));
    group.bench_function("boon", |bencher| bencher.iter(by_boon));
    group.finish();
}

fn prewash(schema: &[u8]) -> Schema {
    let document = read(schema).expect("the schema is JSON");
    Schema::compile(&document, NodeId::ROOT, &[], Dialect::default()).expect("the schema compiles")
}

fn jsonschema(schema: &[u8]) -> Validator {
    let options = jsonschema::options().should_validate_formats(true);
    options.build(&parse(schema)).expect("the schema compiles")
}

fn boon(schema: Value) -> (Schemas, SchemaIndex) {
    let mut schemas = Schemas::new();
    let mut compiler = Compiler::new();
    compiler.enable_format_assertions();
    compiler.add_resource("schema.json", schema).expect("the schema is a document");
    let index = compiler.compile("schema.json", &mut schemas).expect("the schema compiles");
    (schemas, index)
}

fn configured() -> Criterion {
    Criterion::default().sample_size(200)
}

criterion_group! {
    name = benches;
    config = configured();
    targets = batch, schemas
}
criterion_main!(benches);
