//! Any document is an API or is refused; so are the schemas of its operations. Each of them takes a
//! body.

#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use prewash::document::Source;
use prewash::openapi::{Api, ParameterPlace, Part};
use prewash::options::Options;
use prewash_fuzz::{Words, mutate};

const WORDS: Words = Words {
    keys: &[
        "$ref",
        "application/json",
        "a",
        "accounts",
        "anyOf",
        "application/x-www-form-urlencoded",
        "components",
        "consumes",
        "content",
        "default",
        "delete",
        "discriminator",
        "description",
        "errors",
        "exclusiveMinimum",
        "exists",
        "get",
        "id",
        "in",
        "items",
        "key",
        "mapping",
        "name",
        "nullable",
        "openapi",
        "operationId",
        "parameters",
        "patch",
        "paths",
        "post",
        "properties",
        "propertyName",
        "put",
        "readOnly",
        "requestBody",
        "required",
        "responses",
        "schema",
        "schemas",
        "segment",
        "status",
        "summary",
        "type",
        "upsert",
        "writeOnly",
        "x-batch",
        "x-linkedin-host",
        "200",
        "2XX",
        "/a/{b}",
        "*/*",
        "text/json",
    ],
    values: &[
        "null",
        "true",
        "false",
        "0",
        "\"\"",
        "\"a\"",
        "{}",
        "[]",
        "\"3.1.0\"",
        "\"3.0.3\"",
        "\"3.\"",
        "\"path\"",
        "\"query\"",
        "\"header\"",
        "\"formData\"",
        "\"body\"",
        "\"string\"",
        "\"object\"",
        "\"#/components/schemas/a\"",
        "\"#/paths\"",
        "\"#\"",
        "\"#/\"",
        "\"apex\"",
        "\"domain\"",
        "{\"$ref\":\"#\"}",
        "{\"$ref\":\"#/components/schemas/a\"}",
        "{\"type\":\"string\"}",
        "{\"items\":\"a\",\"key\":\"a\"}",
        "[\"a\"]",
        "{\"name\":\"a\",\"in\":\"path\",\"required\":true,\"schema\":{\"type\":\"integer\"}}",
        "{\"application/json\":{\"schema\":{\"type\":\"object\",\"properties\":{\"a\":{}}}}}",
    ],
};

fuzz_mutator!(|data: &mut [u8], size: usize, most: usize, seed: u32| {
    mutate(&WORDS, data, size, most, seed)
});

fuzz_target!(|bytes: &[u8]| {
    let api = match Api::read(bytes) {
        Ok(api) => api,
        Err(error) => {
            assert!(!error.message.is_empty());
            return;
        }
    };
    for operation in api.operations().iter().take(4) {
        let found = api.operation(&operation.id).expect("it is among the operations");
        assert_eq!(found.id, operation.id);
        api.summary(operation);
        api.fields(operation);
        if let Ok(Some(batch)) = api.batch(operation) {
            batch.reconcile(b"{\"items\":[{}]}", b"{\"results\":[{}]}");
        }
        let media_types = api.media_types(operation);
        let statuses = api.statuses(operation);
        let parameters = [
            ParameterPlace::Path,
            ParameterPlace::Query,
            ParameterPlace::Header,
            ParameterPlace::Form,
        ];
        let parts = [Part::Body(None), Part::Response(None)].into_iter();
        let parts = parts.chain(media_types.iter().map(|media| Part::Body(Some(media))));
        let parts = parts.chain(statuses.iter().map(|status| Part::Response(Some(status))));
        for part in parts.chain(parameters.map(Part::Parameters)) {
            match api.schema(operation, part) {
                Ok(schema) => {
                    let body = br#"{"a":"1","id":null,"accounts":[{"domain":"WWW.Acme.com"}]}"#;
                    let answer = schema.answer(body, Source::Text, &Options::default());
                    assert_eq!(answer.ok(), answer.report.ok());
                }
                Err(error) => assert!(!error.message.is_empty()),
            }
        }
    }
});
