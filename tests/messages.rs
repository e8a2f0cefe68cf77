//! What people read: for every keyword, format and fault, a bad input and the whole of each issue.
//!
//! A table has a schema in a line, below it and further right an input, and below that and further
//! right each of its issues: its severity and code, its JSON Pointer where that is not the root, its
//! message, its parameters as JSON, and after an arrow the value that would pass.

use std::path::Path;

use prewash::batch::{Batch, Known};
use prewash::document::{Limits, NodeId, Source};
use prewash::issue::Issue;
use prewash::openapi::{Api, Part};
use prewash::options::Options;
use prewash::report::Report;
use prewash::schema::{Dialect, Direction, Schema, read};

/// How the inputs of a table are judged.
struct Asked {
    source: Source,
    dialect: Dialect,
    options: Options,
}

impl Default for Asked {
    fn default() -> Self {
        let (dialect, options) = (Dialect::default(), Options::default());
        Asked { source: Source::Text, dialect, options }
    }
}

impl Asked {
    fn of(direction: Direction) -> Self {
        Asked { dialect: Dialect { direction, ..Dialect::default() }, ..Asked::default() }
    }

    fn limited() -> Self {
        let limits = Limits { depth: 5, bytes: 200 };
        Asked { options: Options { limits, ..Options::default() }, ..Asked::default() }
    }

    fn told(&self, schema: &str, input: &[u8]) -> Vec<String> {
        let document = read(schema.as_bytes()).expect("the schema is JSON");
        let compiled = Schema::compile(&document, NodeId::ROOT, &[], self.dialect);
        let compiled = compiled.unwrap_or_else(|error| panic!("{schema}: {error}"));
        lines(&compiled.answer(input, self.source, &self.options).report)
    }
}

fn lines(report: &Report) -> Vec<String> {
    report.issues.iter().map(line).collect()
}

fn line(issue: &Issue) -> String {
    let mut line = format!("{} {}", issue.severity.name(), issue.code);
    if !issue.path.is_empty() {
        line += &format!(" at {}", issue.pointer());
    }
    line += &format!(": {} {{", issue.message);
    for (at, (name, param)) in issue.params.iter().enumerate() {
        let comma = if at > 0 { "," } else { "" };
        line += &format!("{comma}\"{name}\":");
        param.write_json(&mut line);
    }
    line.push('}');
    if let Some(suggestion) = &issue.suggestion {
        line += " → ";
        suggestion.write_json(&mut line);
    }
    line
}

/// Fails with every input that is told in other words. `␁` stands for the byte 0x01.
#[track_caller]
fn tells(asked: &Asked, table: &str) {
    const STEP: usize = 4;
    let lines = table.lines().filter(|line| !line.trim().is_empty());
    let lines: Vec<_> =
        lines.map(|line| (line.len() - line.trim_start().len(), line.trim_start())).collect();
    let left = lines[0].0;
    let (mut schema, mut wrong) = ("", Vec::new());
    for (at, (indent, text)) in lines.iter().enumerate() {
        match (indent - left) / STEP {
            0 => schema = *text,
            1 => {
                let below = lines[at + 1..].iter().take_while(|line| line.0 == indent + STEP);
                let expected: Vec<_> = below.map(|line| line.1).collect();
                let told = asked.told(schema, text.replace('␁', "\u{1}").as_bytes());
                if told != expected || told.is_empty() {
                    wrong
                        .push(format!("{schema}\n    {text}\n        {}", told.join("\n        ")));
                }
            }
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "told in other words:\n{}", wrong.join("\n"));
}

#[test]
fn a_value_of_another_type_is_told_what_it_is() {
    tells(
        &Asked::default(),
        r##"
        {"type":"string"}
            5
                error type: `5` is a number; give a string {"found":"5","expected":["string"],"actual":"number"}
            -1.5e400
                error type: `-1.5e400` is a number; give a string {"found":"-1.5e400","expected":["string"],"actual":"number"}
            true
                error type: `true` is a boolean; give a string {"found":"true","expected":["string"],"actual":"boolean"}
            null
                error type: null does not pass; give a string {"expected":["string"],"actual":"null"}
            ["a","b"]
                error type: `["a","b"]` is an array; give a string {"found":"[\"a\",\"b\"]","expected":["string"],"actual":"array"}
        {"type":"integer"}
            1.5
                error type: `1.5` is a number; give an integer {"found":"1.5","expected":["integer"],"actual":"number"}
            "1"
                error type: `1` is a string; give an integer {"found":"1","expected":["integer"],"actual":"string"}
            ""
                error type: `""` is a string; give an integer {"found":"","expected":["integer"],"actual":"string"}
        {"type":"number"}
            {"amount":5,"currency":"EUR","note":"as agreed on the phone with Jane"}
                error type: `{"amount":5,"currency":"EUR","note":"as agreed on the phone …` is an object; give a number {"found":"{\"amount\":5,\"currency\":\"EUR\",\"note\":\"as agreed on the phone …","expected":["number"],"actual":"object"}
        {"type":"array"}
            "a, b"
                error type: `a, b` is a string; give an array {"found":"a, b","expected":["array"],"actual":"string"}
        {"type":"object"}
            []
                error type: `[]` is an array; give an object {"found":"[]","expected":["object"],"actual":"array"}
        {"type":"null"}
            0
                error type: `0` is a number; give null {"found":"0","expected":["null"],"actual":"number"}
        {"type":"boolean"}
            "true"
                error type: `true` is a string; give a boolean {"found":"true","expected":["boolean"],"actual":"string"}
        {"type":["string","number","null"]}
            []
                error type: `[]` is an array; give a number, a string or null {"found":"[]","expected":["number","string","null"],"actual":"array"}
        {"type":["integer","array"]}
            null
                error type: null does not pass; give an integer or an array {"expected":["integer","array"],"actual":"null"}
        {"properties":{"a/b":{"items":{"type":"string"}}}}
            {"a/b":["x",{}]}
                error type at /a~1b/1: `{}` is an object; give a string {"found":"{}","expected":["string"],"actual":"object"}
        "##,
    );
}

#[test]
fn a_value_outside_of_a_list_is_told_the_list() {
    tells(
        &Asked::default(),
        r##"
        {"enum":["red","green"]}
            "blue"
                error enum: `blue` does not pass; give `red` or `green` {"found":"blue","allowed":["red","green"]}
            "Green"
                error enum: `Green` does not pass; give `red` or `green`; did you mean `green` {"found":"Green","allowed":["red","green"]} → "green"
            ""
                error enum: `""` does not pass; give `red` or `green` {"found":"","allowed":["red","green"]}
        {"enum":["red"]}
            "rad"
                error enum: `rad` does not pass; give `red`; did you mean `red` {"found":"rad","allowed":["red"]} → "red"
        {"enum":["red",null,7,[]]}
            {"a":1}
                error enum: `{"a":1}` does not pass; give `red`, `null`, `7` or `[]` {"found":"{\"a\":1}","allowed":["red","null","7","[]"]}
        {"enum":["1","2"]}
            1
                error enum: `1` does not pass; give `"1"` or `"2"`; did you mean `"1"` {"found":"1","allowed":["\"1\"","\"2\""]} → "1"
        {"enum":[1,2,3]}
            "2"
                error enum: `"2"` does not pass; give `1`, `2` or `3`; did you mean `2` {"found":"\"2\"","allowed":["1","2","3"]} → 2
        {"enum":["","a"]}
            "b"
                error enum: `b` does not pass; give `""` or `a` {"found":"b","allowed":["","a"]}
        {"enum":["a","b","c","d","e","f","g","h","i","j","k","l","m","n"]}
            "zz"
                error enum: `zz` does not pass; give `a`, `b`, `c`, `d`, `e`, `f`, `g`, `h`, `i`, `j`, `k`, `l` … (14 in all) {"found":"zz","allowed":["a","b","c","d","e","f","g","h","i","j","k","l","m","n"]}
        {"enum":[9007199254740993]}
            9007199254740992
                error enum: `9007199254740992` does not pass; give `9007199254740993` {"found":"9007199254740992","allowed":["9007199254740993"]}
        {"const":"company"}
            "person"
                error const: `person` does not pass; give `company` {"found":"person","allowed":["company"]}
            "Company"
                error const: `Company` does not pass; give `company` {"found":"Company","allowed":["company"]} → "company"
        {"const":5}
            "5"
                error const: `"5"` does not pass; give `5` {"found":"\"5\"","allowed":["5"]} → 5
        {"const":null}
            "null"
                error const: `"null"` does not pass; give `null` {"found":"\"null\"","allowed":["null"]} → null
        {"const":{"a":[1]}}
            {"a":[2]}
                error const: `{"a":[2]}` does not pass; give `{"a":[1]}` {"found":"{\"a\":[2]}","allowed":["{\"a\":[1]}"]}
        {"const":""}
            "x"
                error const: `x` does not pass; give `""` {"found":"x","allowed":[""]}
        "##,
    );
}

#[test]
fn a_number_is_told_its_bounds() {
    tells(
        &Asked::default(),
        r##"
        {"minimum":10}
            5
                error minimum: `5` is too small; give 10 or more {"found":"5","limit":10}
        {"minimum":0.1}
            0.09999999999999999999
                error minimum: `0.09999999999999999999` is too small; give 0.1 or more {"found":"0.09999999999999999999","limit":0.1}
        {"maximum":100}
            100.5
                error maximum: `100.5` is too large; give 100 or less {"found":"100.5","limit":100}
        {"maximum":9007199254740992}
            9007199254740993
                error maximum: `9007199254740993` is too large; give 9007199254740992 or less {"found":"9007199254740993","limit":9007199254740992}
        {"exclusiveMinimum":0}
            0
                error exclusive_minimum: `0` is too small; give more than 0 {"found":"0","limit":0}
        {"exclusiveMaximum":1e3}
            1000
                error exclusive_maximum: `1000` is too large; give less than 1e3 {"found":"1000","limit":1e3}
        {"multipleOf":0.01}
            19.999
                error multiple_of: `19.999` is not a multiple of 0.01 {"found":"19.999","divisor":0.01}
        {"multipleOf":5}
            7
                error multiple_of: `7` is not a multiple of 5 {"found":"7","divisor":5}
        {"minimum":3,"maximum":1}
            2
                error minimum: `2` is too small; give 3 or more {"found":"2","limit":3}
                error maximum: `2` is too large; give 1 or less {"found":"2","limit":1}
        "##,
    );
}

#[test]
fn a_string_is_told_its_length_and_pattern() {
    tells(
        &Asked::default(),
        r##"
        {"minLength":3}
            "ab"
                error min_length: `ab` has 2 characters; give at least 3 {"found":"ab","limit":3,"length":2}
        {"minLength":2}
            "😀"
                error min_length: `😀` has 1 character; give at least 2 {"found":"😀","limit":2,"length":1}
        {"minLength":1}
            ""
                error min_length: must not be blank {"limit":1,"length":0}
        {"minLength":3}
            ""
                error min_length: `""` has 0 characters; give at least 3 {"found":"","limit":3,"length":0}
        {"minLength":1,"x-trim":true}
            " \t "
                error min_length: must not be blank {"limit":1,"length":0}
        {"minLength":5,"x-trim":true}
            " abc "
                error min_length: `abc` has 3 characters; give at least 5 {"found":"abc","limit":5,"length":3}
        {"maxLength":1}
            "ab"
                error max_length: `ab` has 2 characters; give at most 1 {"found":"ab","limit":1,"length":2}
        {"maxLength":0}
            "x"
                error max_length: `x` has 1 character; give at most 0 {"found":"x","limit":0,"length":1}
        {"maxLength":70}
            "abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghij"
                error max_length: `abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghij…` has 80 characters; give at most 70 {"found":"abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghij…","limit":70,"length":80}
        {"pattern":"^[A-Z]{2}$"}
            "de"
                error pattern: `de` does not match `^[A-Z]{2}$` {"found":"de","pattern":"^[A-Z]{2}$"}
            ""
                error pattern: `""` does not match `^[A-Z]{2}$` {"found":"","pattern":"^[A-Z]{2}$"}
        {"pattern":"^\\d+$"}
            "1\u202e2"
                error pattern: `1\u{202e}2` does not match `^\d+$` {"found":"1\\u{202e}2","pattern":"^\\d+$"}
        "##,
    );
}

#[test]
fn an_array_is_told_its_items() {
    tells(
        &Asked::default(),
        r##"
        {"minItems":1}
            []
                error min_items: the array has 0 items; give at least 1 {"limit":1,"count":0}
        {"minItems":2}
            ["a"]
                error min_items: the array has 1 item; give at least 2 {"limit":2,"count":1}
        {"maxItems":2}
            [1,2,3]
                error max_items: the array has 3 items; give at most 2 {"limit":2,"count":3}
        {"maxItems":0}
            [1]
                error max_items: the array has 1 item; give at most 0 {"limit":0,"count":1}
        {"uniqueItems":true}
            ["a","b","a","a"]
                error unique_items at /2: `a` is item 0 already; give each item once {"found":"a","index":2,"first":0}
                error unique_items at /3: `a` is item 0 already; give each item once {"found":"a","index":3,"first":0}
            [1,{"a":1.0},{"a":1}]
                error unique_items at /2: `{"a":1}` is item 1 already; give each item once {"found":"{\"a\":1}","index":2,"first":1}
        {"contains":{"const":"primary"}}
            []
                error min_contains: the array has 0 items of the form that is asked for (`primary`); give at least 1 {"limit":1,"count":0,"values":["primary"]}
        {"contains":{"enum":["a","b"]},"minContains":2}
            ["a","c"]
                error min_contains: the array has 1 item of the form that is asked for (`a` or `b`); give at least 2 {"limit":2,"count":1,"values":["a","b"]}
        {"contains":{"type":"string"},"maxContains":1}
            ["a","b"]
                error max_contains: the array has 2 items of the form that is limited (a string); give at most 1 {"limit":1,"count":2,"types":["string"]}
        {"contains":{"const":1},"maxContains":1}
            [1,1]
                error max_contains: the array has 2 items of the form that is limited (`1`); give at most 1 {"limit":1,"count":2,"values":["1"]}
        {"contains":{"type":["string","null"]}}
            [1]
                error min_contains: the array has 0 items of the form that is asked for (a string or null); give at least 1 {"limit":1,"count":0,"types":["string","null"]}
        {"contains":{"required":["id"],"properties":{"id":{"type":"integer"}}}}
            [{"id":"x"}]
                error min_contains: the array has 0 items of the form that is asked for; give at least 1 {"limit":1,"count":0}
        {"prefixItems":[{"type":"string"},{"type":"number"}]}
            [1,2]
                error type at /0: `1` is a number; give a string {"found":"1","expected":["string"],"actual":"number"}
        {"prefixItems":[{"type":"string"}],"items":false}
            ["a","b"]
                error not_allowed at /1: `b` is not allowed here; leave it out {"found":"b"}
        {"prefixItems":[{"type":"string"}],"items":{"type":"boolean"}}
            ["a","b"]
                error type at /1: `b` is a string; give a boolean {"found":"b","expected":["boolean"],"actual":"string"}
        {"prefixItems":[{}],"unevaluatedItems":false}
            [1,"b"]
                error not_allowed at /1: `b` is not allowed here; leave it out {"found":"b"}
        {"prefixItems":[{}],"unevaluatedItems":{"type":"string"}}
            [1,2]
                error type at /1: `2` is a number; give a string {"found":"2","expected":["string"],"actual":"number"}
        "##,
    );
}

#[test]
fn an_object_is_told_its_keys() {
    tells(
        &Asked::default(),
        r##"
        {"required":["name"]}
            {}
                error required at /name: `name` is required {"key":"name"}
        {"properties":{"name":{},"size":{}},"required":["name","size"]}
            {"Name":1}
                error required at /name: `name` is required; `Name` may be meant for it {"key":"name","near":"Name"}
                error required at /size: `size` is required {"key":"size"}
                warning unknown_key at /Name: `Name` is not a known key; did you mean `name` {"found":"Name"} → "name"
        {"required":["a/b~c"]}
            {}
                error required at /a~1b~0c: `a/b~c` is required {"key":"a/b~c"}
        {"required":[""]}
            {}
                error required at /: `""` is required {"key":""}
        {"minProperties":1}
            {}
                error min_properties: the object has 0 keys; give at least 1 {"limit":1,"count":0}
        {"minProperties":2}
            {"a":1}
                error min_properties: the object has 1 key; give at least 2 {"limit":2,"count":1}
        {"maxProperties":1}
            {"a":1,"b":2}
                error max_properties: the object has 2 keys; give at most 1 {"limit":1,"count":2}
        {"properties":{"linkedin_url":{}}}
            {"linkedinUrl":1}
                warning unknown_key at /linkedinUrl: `linkedinUrl` is not a known key; did you mean `linkedin_url` {"found":"linkedinUrl"} → "linkedin_url"
        {"properties":{"name":{}}}
            {"zzz":1}
                warning unknown_key at /zzz: `zzz` is not a known key {"found":"zzz"}
        {"properties":{"name":{}},"additionalProperties":false}
            {"nmae":1,"":2}
                error unknown_key at /nmae: `nmae` is not a known key; did you mean `name` {"found":"nmae"} → "name"
                error unknown_key at /: `""` is not a known key {"found":""}
        {"additionalProperties":{"type":"number"}}
            {"a":"1"}
                error type at /a: `1` is a string; give a number {"found":"1","expected":["number"],"actual":"string"}
        {"patternProperties":{"^x_":{"type":"boolean"}},"additionalProperties":false}
            {"x_a":1,"y":2}
                error type at /x_a: `1` is a number; give a boolean {"found":"1","expected":["boolean"],"actual":"number"}
                error unknown_key at /y: `y` is not a known key {"found":"y"}
        {"properties":{"a":false}}
            {"a":1}
                error not_allowed at /a: `1` is not allowed here; leave it out {"found":"1"}
        {"propertyNames":{"pattern":"^[a-z]+$"}}
            {"Ab":1}
                error pattern at /Ab: `Ab` does not match `^[a-z]+$`; rename the key {"found":"Ab","pattern":"^[a-z]+$"}
        {"propertyNames":{"maxLength":2}}
            {"abc":"xyz"}
                error max_length at /abc: `abc` has 3 characters; give at most 2; rename the key {"found":"abc","limit":2,"length":3}
        {"propertyNames":{"minLength":1}}
            {"":1}
                error min_length at /: must not be blank; rename the key {"limit":1,"length":0}
        {"propertyNames":{"enum":["en","de"]}}
            {"En":1}
                error enum at /En: `En` does not pass; give `en` or `de`; did you mean `en`; rename the key {"found":"En","allowed":["en","de"]} → "en"
        {"propertyNames":false}
            {"a":1}
                error not_allowed at /a: `a` is not allowed here; leave it out {"found":"a"}
        {"dependentRequired":{"card":["billing_address","name"]}}
            {"card":"4111","name":"J"}
                error required at /billing_address: `billing_address` is required where `card` is given {"key":"billing_address","beside":"card"}
        {"dependentSchemas":{"card":{"required":["name"],"properties":{"card":{"type":"string"}}}}}
            {"card":4111}
                error required at /name: `name` is required where `card` is given {"key":"name","beside":"card"}
                error type at /card: `4111` is a number; give a string {"found":"4111","expected":["string"],"actual":"number"}
        {"dependencies":{"a":["b"],"c":{"maxProperties":1}}}
            {"a":1,"c":2}
                error required at /b: `b` is required where `a` is given {"key":"b","beside":"a"}
                error max_properties: the object has 2 keys; give at most 1 {"limit":1,"count":2}
        {"allOf":[{"properties":{"a":{}}}],"unevaluatedProperties":false}
            {"a":1,"b":2}
                error unknown_key at /b: `b` is not a known key {"found":"b"}
        {"properties":{"a":{}},"unevaluatedProperties":{"type":"string"}}
            {"a":1,"b":2}
                error type at /b: `2` is a number; give a string {"found":"2","expected":["string"],"actual":"number"}
        false
            {"a":1}
                error not_allowed: `{"a":1}` is not allowed here; leave it out {"found":"{\"a\":1}"}
            null
                error not_allowed: `null` is not allowed here; leave it out {"found":"null"}
        "##,
    );
}

#[test]
fn a_reference_is_told_as_what_it_leads_to() {
    tells(
        &Asked::default(),
        r##"
        {"$ref":"#/$defs/id","$defs":{"id":{"type":"integer","minimum":1}}}
            0
                error minimum: `0` is too small; give 1 or more {"found":"0","limit":1}
        {"items":{"$ref":"#id"},"$defs":{"id":{"$anchor":"id","type":"integer"}}}
            [1,"2"]
                error type at /1: `2` is a string; give an integer {"found":"2","expected":["integer"],"actual":"string"}
        {"$id":"https://acme.com/tree","$dynamicAnchor":"node","type":"object","properties":{"name":{"type":"string"},"children":{"type":"array","items":{"$dynamicRef":"#node"}}}}
            {"name":"a","children":[{"name":1,"child":[]}]}
                error type at /children/0/name: `1` is a number; give a string {"found":"1","expected":["string"],"actual":"number"}
        {"$id":"https://acme.com/strict","$ref":"tree","$dynamicAnchor":"node","$defs":{"tree":{"$id":"tree","$dynamicAnchor":"node","properties":{"children":{"items":{"$dynamicRef":"#node"}}}}},"required":["name"]}
            {"name":"a","children":[{}]}
                warning unknown_key at /name: `name` is not a known key {"found":"name"}
                error required at /children/0/name: `name` is required {"key":"name"}
        {"$ref":"https://json-schema.org/draft/2020-12/schema"}
            {"type":"strin","minLength":-1}
                error enum at /type: `strin` does not pass; give `array`, `boolean`, `integer`, `null`, `number`, `object` or `string`, or an array; did you mean `string` {"found":"strin","allowed":["array","boolean","integer","null","number","object","string"],"expected":["array"]} → "string"
                error minimum at /minLength: `-1` is too small; give 0 or more {"found":"-1","limit":0}
        {"$ref":"urn:prewash:schema"}
            {"x-trim":"yes"}
                error type at /x-trim: `yes` is a string; give a boolean {"found":"yes","expected":["boolean"],"actual":"string"}
        "##,
    );
}

#[test]
fn of_branches_that_fail_the_closest_has_the_word() {
    tells(
        &Asked::default(),
        r##"
        {"anyOf":[{"required":["email"]},{"required":["phone"]},{"required":["linkedin"]}]}
            {}
                error missing_identifier at /email: `email`, `phone` or `linkedin` is required {"any_of":["email","phone","linkedin"]}
        {"anyOf":[{"required":["email"],"properties":{"email":{"type":"string","x-trim":true,"minLength":1}}},{"required":["id"]}]}
            {"email":"  "}
                error missing_identifier at /email: `email` or `id` is required {"any_of":["email","id"]}
        {"anyOf":[{"properties":{"a":{"type":"number"}},"required":["a"]},{"properties":{"b":{"type":"number"}},"required":["b"]}]}
            {}
                error missing_identifier at /a: `a` or `b` is required {"any_of":["a","b"]}
            {"a":"1"}
                error type at /a: `1` is a string; give a number; or give another of the 2 forms that are allowed {"found":"1","expected":["number"],"actual":"string","branches":2}
        {"anyOf":[{"type":"string"},{"type":"number"}]}
            true
                error type: `true` is a boolean; give a string or a number {"found":"true","expected":["string","number"],"actual":"boolean"}
        {"anyOf":[{"type":"string"},{"type":"null"}]}
            [1]
                error type: `[1]` is an array; give a string or null {"found":"[1]","expected":["string","null"],"actual":"array"}
        {"anyOf":[{"type":"string","minLength":3},{"type":"null"}]}
            "ab"
                error min_length: `ab` has 2 characters; give at least 3 {"found":"ab","limit":3,"length":2}
        {"anyOf":[{"const":"a"},{"enum":["b","c"]}]}
            "d"
                error enum: `d` does not pass; give `a`, `b` or `c` {"found":"d","allowed":["a","b","c"]}
        {"anyOf":[{"type":"string"},{"enum":[1,2]}]}
            true
                error enum: `true` does not pass; give `1` or `2`, or a string {"found":"true","allowed":["1","2"],"expected":["string"]}
        {"anyOf":[{"enum":["red","green"]},{"type":"null"}]}
            "Red"
                error enum: `Red` does not pass; give `red` or `green`, or null; did you mean `red` {"found":"Red","allowed":["red","green"],"expected":["null"]} → "red"
        {"anyOf":[{"format":"email"},{"format":"uri"}]}
            "acme"
                error email: `acme` is not an e-mail address; give one such as `jane@acme.com`; or give another of the 2 forms that are allowed {"found":"acme","example":"jane@acme.com","branches":2}
        {"anyOf":[{"maxLength":2},{"pattern":"^x"}]}
            "abc"
                error max_length: `abc` has 3 characters; give at most 2; or give another of the 2 forms that are allowed {"found":"abc","limit":2,"length":3,"branches":2}
        {"anyOf":[{"maxLength":2},{"maxLength":2}]}
            "abc"
                error max_length: `abc` has 3 characters; give at most 2 {"found":"abc","limit":2,"length":3}
        {"anyOf":[{"properties":{"kind":{"const":"cat"},"lives":{"type":"integer"}}},{"properties":{"kind":{"const":"dog"},"barks":{"type":"boolean"}}}]}
            {"kind":"dog","barks":"yes"}
                error type at /barks: `yes` is a string; give a boolean {"found":"yes","expected":["boolean"],"actual":"string"}
        {"anyOf":[{"properties":{"kind":{"const":"cat"}}},{"properties":{"kind":{"const":"dog"}}}]}
            {"kind":"dug"}
                error enum at /kind: `dug` does not pass; give `cat` or `dog`; did you mean `dog` {"found":"dug","allowed":["cat","dog"]} → "dog"
        {"anyOf":[{"properties":{"kind":{"const":"cat"}}},{"properties":{"type":{"const":"dog"}}}]}
            {"kind":"x","type":"y"}
                error any_of: `{"kind":"x","type":"y"}` fits none of the 2 forms that are allowed here {"found":"{\"kind\":\"x\",\"type\":\"y\"}","branches":2}
        {"oneOf":[{"type":"integer"},{"minimum":2}]}
            3
                error one_of: `3` fits the forms `oneOf/0` and `oneOf/1`; it must fit exactly one of them {"found":"3","matches":["oneOf/0","oneOf/1"]}
        {"oneOf":[{"title":"Company","required":["name"]},{"$ref":"#/$defs/Person"}],"$defs":{"Person":{"required":["email"]}}}
            {"name":"a","email":"b"}
                error one_of: `{"name":"a","email":"b"}` fits the forms `Company` and `Person`; it must fit exactly one of them {"found":"{\"name\":\"a\",\"email\":\"b\"}","matches":["Company","Person"]}
            {}
                error missing_identifier at /name: `name` or `email` is required {"any_of":["name","email"]}
        {"oneOf":[{"type":"string"},{"type":"object"}]}
            5
                error type: `5` is a number; give a string or an object {"found":"5","expected":["string","object"],"actual":"number"}
        {"oneOf":[{"multipleOf":5},{"multipleOf":3}]}
            7
                error multiple_of: `7` is not a multiple of 5; or give another of the 2 forms that are allowed {"found":"7","divisor":5,"branches":2}
        {"allOf":[{"type":"string"},{"minLength":3},{"pattern":"^a"}]}
            "b"
                error min_length: `b` has 1 character; give at least 3 {"found":"b","limit":3,"length":1}
                error pattern: `b` does not match `^a` {"found":"b","pattern":"^a"}
        "##,
    );
}

#[test]
fn not_tells_what_is_not_allowed() {
    tells(
        &Asked::default(),
        r##"
        {"not":{"const":"admin"}}
            "admin"
                error not: `admin` is not allowed here; give anything but `admin` {"found":"admin","values":["admin"]}
        {"not":{"enum":["admin","root",""]}}
            ""
                error not: `""` is not allowed here; give anything but `admin`, `root` or `""` {"found":"","values":["admin","root",""]}
        {"not":{"type":"string"}}
            "a"
                error not: `a` is not allowed here; give anything but a string {"found":"a","types":["string"]}
        {"not":{"type":["integer","null"]}}
            5
                error not: `5` is not allowed here; give anything but an integer or null {"found":"5","types":["integer","null"]}
        {"not":{"type":"string","pattern":"^test"}}
            "test1"
                error not: `test1` matches `^test`, and must not; give another text {"found":"test1","pattern":"^test"}
        {"not":{"required":["password"]}}
            {"password":"x"}
                error not at /password: `password` is not allowed here; leave it out {"key":"password"}
        {"not":{"type":"object","required":["a","b"]}}
            {"b":1,"a":2}
                error not at /b: `a` and `b` are not allowed together; leave one of them out {"keys":["a","b"]}
        {"not":{"properties":{"a":{"const":1}},"required":["a"]}}
            {"a":1}
                error not: `{"a":1}` is of a form that is not allowed here; give another {"found":"{\"a\":1}"}
        {"not":{}}
            1
                error not: `1` is of a form that is not allowed here; give another {"found":"1"}
        "##,
    );
}

#[test]
fn a_condition_is_told_by_its_consequence() {
    tells(
        &Asked::default(),
        r##"
        {"if":{"properties":{"country":{"const":"US"}}},"then":{"required":["state"]},"else":{"required":["region"]}}
            {"country":"US"}
                error required at /state: `state` is required {"key":"state"}
            {"country":"DE"}
                error required at /region: `region` is required {"key":"region"}
        {"if":{"minimum":10},"then":{"multipleOf":10}}
            15
                error multiple_of: `15` is not a multiple of 10 {"found":"15","divisor":10}
        "##,
    );
}

#[test]
fn a_format_is_told_with_an_example() {
    tells(
        &Asked::default(),
        r##"
        {"format":"email"}
            "jane"
                error email: `jane` is not an e-mail address; give one such as `jane@acme.com` {"found":"jane","example":"jane@acme.com"}
            ""
                error email: `""` is not an e-mail address; give one such as `jane@acme.com` {"found":"","example":"jane@acme.com"}
            "jane@acme,com"
                warning email_unusual: `jane@acme,com` is an unusual e-mail address that web forms refuse; most look like `jane@acme.com`; did you mean `jane@acme.com` {"found":"jane@acme,com","example":"jane@acme.com"} → "jane@acme.com"
            "jane@localhost"
                warning email_unusual: `jane@localhost` is an unusual e-mail address that web forms refuse; most look like `jane@acme.com` {"found":"jane@localhost","example":"jane@acme.com"}
        {"format":"idn-email"}
            "jörg"
                error idn_email: `jörg` is not an international e-mail address; give one such as `jörg@münchen.de` {"found":"jörg","example":"jörg@münchen.de"}
        {"format":"uuid"}
            "0190A1B2C3D47E8F9A0B1C2D3E4F5061"
                error uuid: `0190A1B2C3D47E8F9A0B1C2D3E4F5061` is not a uuid; give one such as `2eb8aa08-aa98-11ea-b4aa-73b441d16380`; did you mean `0190a1b2-c3d4-7e8f-9a0b-1c2d3e4f5061` {"found":"0190A1B2C3D47E8F9A0B1C2D3E4F5061","example":"2eb8aa08-aa98-11ea-b4aa-73b441d16380"} → "0190a1b2-c3d4-7e8f-9a0b-1c2d3e4f5061"
        {"format":"uri"}
            "acme.com"
                error uri: `acme.com` is not a URI; give one with its scheme, such as `https://acme.com/about`; did you mean `https://acme.com` {"found":"acme.com","example":"https://acme.com/about"} → "https://acme.com"
            "/about"
                error uri: `/about` is not a URI; give one with its scheme, such as `https://acme.com/about` {"found":"/about","example":"https://acme.com/about"}
        {"format":"uri-reference"}
            "a b"
                error uri_reference: `a b` is not a URI, nor a relative one; give one such as `/about?lang=en`; did you mean `a%20b` {"found":"a b","example":"/about?lang=en"} → "a%20b"
        {"format":"iri"}
            "münchen"
                error iri: `münchen` is not an IRI; give one with its scheme, such as `https://münchen.de/über` {"found":"münchen","example":"https://münchen.de/über"}
        {"format":"iri-reference"}
            "<ü>"
                error iri_reference: `<ü>` is not an IRI, nor a relative one; give one such as `/über?lang=de`; did you mean `%3Cü%3E` {"found":"<ü>","example":"/über?lang=de"} → "%3Cü%3E"
        {"format":"uri-template"}
            "/a/{b"
                error uri_template: `/a/{b` is not a URI template; write its variables in braces, such as `/accounts/{id}{?fields}` {"found":"/a/{b","example":"/accounts/{id}{?fields}"}
        {"format":"date"}
            "31.12.2024"
                error date: `31.12.2024` is not a date; write year, month and day such as `2024-02-29`; did you mean `2024-12-31` {"found":"31.12.2024","example":"2024-02-29"} → "2024-12-31"
            "2023-02-29"
                error date: `2023-02-29` is not a date; write year, month and day such as `2024-02-29` {"found":"2023-02-29","example":"2024-02-29"}
        {"format":"date-time"}
            "2024-02-29 12:30"
                error date_time: `2024-02-29 12:30` is not a date with time and zone; write it such as `2024-02-29T12:30:00Z` {"found":"2024-02-29 12:30","example":"2024-02-29T12:30:00Z"}
        {"format":"time"}
            "12:30"
                error time: `12:30` is not a time with its zone; write it such as `12:30:00Z` {"found":"12:30","example":"12:30:00Z"}
        {"format":"duration"}
            "1 day"
                error duration: `1 day` is not a duration by RFC 3339; write P and amounts with their units, such as `P1DT12H` {"found":"1 day","example":"P1DT12H"}
        {"format":"hostname"}
            "-acme.com"
                error hostname: `-acme.com` is not a host name; give letters, digits and inner hyphens between dots, such as `www.acme.com` {"found":"-acme.com","example":"www.acme.com"}
        {"format":"idn-hostname"}
            "münchen..de"
                error idn_hostname: `münchen..de` is not an international host name; give small letters, digits and inner hyphens between dots, such as `www.münchen.de` {"found":"münchen..de","example":"www.münchen.de"}
        {"format":"ipv4"}
            "256.1.1.1"
                error ipv4: `256.1.1.1` is not an IPv4 address; give four numbers from 0 to 255, such as `192.0.2.1` {"found":"256.1.1.1","example":"192.0.2.1"}
        {"format":"ipv6"}
            "::g"
                error ipv6: `::g` is not an IPv6 address; give one such as `2001:db8::1` {"found":"::g","example":"2001:db8::1"}
        {"format":"json-pointer"}
            "a/b"
                error json_pointer: `a/b` is not a JSON Pointer; write a slash before each key, such as `/accounts/0/name`; did you mean `/a/b` {"found":"a/b","example":"/accounts/0/name"} → "/a/b"
        {"format":"relative-json-pointer"}
            "/a"
                error relative_json_pointer: `/a` is not a relative JSON Pointer; start with how many levels to go up, such as `1/name` {"found":"/a","example":"1/name"}
        {"format":"regex"}
            "("
                error regex: `(` is not a regular expression that JavaScript takes with the flag u; give one such as `^[a-z]+$` {"found":"(","example":"^[a-z]+$"}
        {"format":"time-zone"}
            "Mars/Olympus"
                warning time_zone: `Mars/Olympus` is not a time zone that IANA lists; give one such as `Europe/Berlin` {"found":"Mars/Olympus","example":"Europe/Berlin"}
            "New York"
                warning time_zone: `New York` is not a time zone that IANA lists; give one such as `Europe/Berlin`; did you mean `America/New_York` {"found":"New York","example":"Europe/Berlin"} → "America/New_York"
        {"format":"domain"}
            ""
                error empty: nothing is left of `""` after trimming; give a value such as `acme.com` {"found":"","example":"acme.com"}
            "n/a"
                error placeholder: `n/a` stands for nothing; leave it out, or give a value such as `acme.com` {"found":"n/a","example":"acme.com"}
            "acme"
                error single_label: `acme` is a single name; give a whole domain such as `acme.com` {"found":"acme","example":"acme.com"}
            "jane@acme.com"
                error email_address: `jane@acme.com` is an e-mail address; give a value such as `acme.com`; did you mean `acme.com` {"found":"jane@acme.com","example":"acme.com"} → "acme.com"
            "192.168.0.1"
                error ip_address: `192.168.0.1` is the IP address `192.168.0.1`; give a name such as `acme.com` {"found":"192.168.0.1","address":"192.168.0.1","example":"acme.com"}
            "mailto:acme.com"
                error unsupported_scheme: `mailto:acme.com` starts with `mailto:`, which is not the address of a web page; give a value such as `acme.com`; did you mean `acme.com` {"found":"mailto:acme.com","scheme":"mailto","example":"acme.com"} → "acme.com"
            "acme.com, globex.com"
                error multiple_values: `acme.com, globex.com` holds 2 values: `acme.com` and `globex.com`; give one of them {"found":"acme.com, globex.com","count":2,"values":["acme.com","globex.com"],"example":"acme.com"}
            "ac me!.com"
                error invalid_character: `ac me!.com` contains `space`, which cannot stand there; give a value such as `acme.com` {"found":"ac me!.com","character":"space","example":"acme.com"}
            "acme.com:99999"
                error invalid_port: `99999` in `acme.com:99999` is not a port; a port is a number from 0 to 65535, and may be left out: `acme.com`; did you mean `acme.com` {"found":"acme.com:99999","port":"99999","max":65535,"example":"acme.com"} → "acme.com"
            "acme..com"
                error empty_label: `acme..com` has a dot with no name before it; put one dot between names, as in `acme.com`; did you mean `acme.com` {"found":"acme..com","example":"acme.com"} → "acme.com"
            "-acme.com"
                error bad_hyphen: `-acme` in `-acme.com` starts or ends with a hyphen; hyphens may only stand inside a name, as in `acme.com`; did you mean `acme.com` {"found":"-acme.com","label":"-acme","example":"acme.com"} → "acme.com"
            "acme.1"
                error numeric_tld: `acme.1` ends in the number `1`, and is no IP address either; a domain ends in a name, as `acme.com` does {"found":"acme.1","label":"1","example":"acme.com"}
            "xn--a.com"
                error invalid_idna: `xn--a` in `xn--a.com` is not a valid international name by UTS #46; check its letters, or give a name such as `acme.com` {"found":"xn--a.com","label":"xn--a","example":"acme.com"}
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.com"
                error label_too_long: `aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…` in `aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…` is 64 characters long; a name between dots has at most 63 {"found":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…","label":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","length":64,"max":63}
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.com"
                error domain_too_long: `aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.aaaaaaaaa…` is 309 characters long; a domain has at most 253 {"found":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.aaaaaaaaa…","length":309,"max":253}
            "https://jane@acme.com"
                warning userinfo_dropped: what stands before the `@` in `https://jane@acme.com` is a user name, and was dropped; the host is `acme.com` {"found":"https://jane@acme.com","host":"acme.com"}
            "ac\u200bme.com"
                warning invisible_removed: invisible characters were removed from `ac\u{200b}me.com`: `U+200B` {"found":"ac\\u{200b}me.com","characters":["U+200B"]}
            "p\u0430ypal.com"
                warning mixed_script: `pаypal` in `pаypal.com` mixes `Latin` and `Cyrillic` letters, as names that imitate others do; check that it is the name that is meant {"found":"pаypal.com","label":"pаypal","scripts":["Latin","Cyrillic"]}
        {"format":"linkedin-company"}
            "acme.com/company/acme"
                error not_linkedin: `acme.com/company/acme` is not on linkedin.com; give an address such as `https://www.linkedin.com/company/acme` {"found":"acme.com/company/acme","example":"https://www.linkedin.com/company/acme"}
            "https://www.linkedin.com/in/jane"
                error wrong_kind: `https://www.linkedin.com/in/jane` is the page of a person, and this field takes a company or a school; give an address such as `https://www.linkedin.com/company/acme` {"found":"https://www.linkedin.com/in/jane","kind":"person","expected":["company","school"],"example":"https://www.linkedin.com/company/acme"}
            "https://www.linkedin.com/company/"
                error missing_slug: `https://www.linkedin.com/company/` lacks the name after `company`; give an address such as `https://www.linkedin.com/company/acme` {"found":"https://www.linkedin.com/company/","route":"company","example":"https://www.linkedin.com/company/acme"}
            "https://www.linkedin.com/company/setup"
                error reserved_slug: `setup` in `https://www.linkedin.com/company/setup` is a page of LinkedIn's own, no name; give an address such as `https://www.linkedin.com/company/acme` {"found":"https://www.linkedin.com/company/setup","slug":"setup","example":"https://www.linkedin.com/company/acme"}
        {"format":"linkedin-person"}
            "https://lnkd.in/abc"
                error short_link: `https://lnkd.in/abc` is a short link, and only LinkedIn knows where it leads; open it and give the address it leads to, such as `https://www.linkedin.com/in/jane-smith` {"found":"https://lnkd.in/abc","example":"https://www.linkedin.com/in/jane-smith"}
            "https://www.linkedin.com/sales/lead/ACwAA,NAME_SEARCH"
                error sales_nav_lead: `https://www.linkedin.com/sales/lead/ACwAA,NAME_SEARCH` is a lead in Sales Navigator, which others cannot open; give the public profile, such as `https://www.linkedin.com/in/jane-smith` {"found":"https://www.linkedin.com/sales/lead/ACwAA,NAME_SEARCH","example":"https://www.linkedin.com/in/jane-smith"}
            "https://www.linkedin.com/feed/"
                error no_entity: `https://www.linkedin.com/feed/` leads to no company or person; give an address such as `https://www.linkedin.com/in/jane-smith` {"found":"https://www.linkedin.com/feed/","example":"https://www.linkedin.com/in/jane-smith"}
            "https://www.linkedin.com/in/ja ne"
                error invalid_character: `https://www.linkedin.com/in/ja ne` contains `space`, which cannot stand there; give a value such as `https://www.linkedin.com/in/jane-smith` {"found":"https://www.linkedin.com/in/ja ne","character":"space","example":"https://www.linkedin.com/in/jane-smith"}
        {"format":"linkedin"}
            "https://www.linkedin.com/in/%ff"
                error invalid_slug: `%ff` in `https://www.linkedin.com/in/%ff` is not a name that LinkedIn gives; give an address such as `https://www.linkedin.com/company/acme` {"found":"https://www.linkedin.com/in/%ff","slug":"%ff","example":"https://www.linkedin.com/company/acme"}
            "https://www.linkedin.com/in/a//b/../../c"
                error invalid_path: the path of `https://www.linkedin.com/in/a//b/../../c` leads nowhere; give an address such as `https://www.linkedin.com/company/acme` {"found":"https://www.linkedin.com/in/a//b/../../c","example":"https://www.linkedin.com/company/acme"}
        "##,
    );
}

#[test]
fn what_the_vocabulary_adds_is_told() {
    tells(
        &Asked::default(),
        r##"
        {"x-suggested-values":["Lead","Customer"]}
            "Leed"
                warning suggested_values: `Leed` is not a usual value; the usual ones are `Lead` and `Customer`; did you mean `Lead` {"found":"Leed","suggested":["Lead","Customer"]} → "Lead"
            ""
                warning suggested_values: `""` is not a usual value; the usual ones are `Lead` and `Customer` {"found":"","suggested":["Lead","Customer"]}
        {"enum":["t_1","t_2"],"x-hint":"responses return names, requests take ids"}
            "Hot"
                error enum: `Hot` does not pass; give `t_1` or `t_2`; responses return names, requests take ids {"found":"Hot","allowed":["t_1","t_2"]}
        {"anyOf":[{"format":"email"},{"format":"uri"}],"x-hint":"where to reach them"}
            "acme"
                error email: `acme` is not an e-mail address; give one such as `jane@acme.com`; or give another of the 2 forms that are allowed; where to reach them {"found":"acme","example":"jane@acme.com","branches":2}
        {"x-warnings":[{"when":{"required":["a"]},"code":"a_alone","at":"/b","message":"`a` does little without `b`"}]}
            {"a":1}
                warning a_alone at /b: `a` does little without `b` {}
        {"x-warnings":[{"when":{"maximum":0},"code":"nothing","message":"zero clears the field"}]}
            0
                warning nothing: zero clears the field {}
        {"x-custom-fields":{"prefix":"cf_","key":"uuid"}}
            {"cf_deal":1}
                error uuid at /cf_deal: `cf_deal` is not `cf_` and a uuid {"found":"cf_deal","prefix":"cf_"}
            {"cf_2eb8aa08-aa98-11ea-b4aa-73b441d16380":1,"cf_2EB8AA08-AA98-11EA-B4AA-73B441D16380":2}
                error duplicate_custom_field at /cf_2EB8AA08-AA98-11EA-B4AA-73B441D16380: `cf_2EB8AA08-AA98-11EA-B4AA-73B441D16380` names the same custom field as `cf_2eb8aa08-aa98-11ea-b4aa-73b441d16380`; give it once {"found":"cf_2EB8AA08-AA98-11EA-B4AA-73B441D16380","first":"cf_2eb8aa08-aa98-11ea-b4aa-73b441d16380"}
            {"cf_2eb8aa08aa9811eab4aa73b441d16380":1}
                error uuid at /cf_2eb8aa08aa9811eab4aa73b441d16380: `cf_2eb8aa08aa9811eab4aa73b441d16380` is not `cf_` and a uuid; did you mean `cf_2eb8aa08-aa98-11ea-b4aa-73b441d16380` {"found":"cf_2eb8aa08aa9811eab4aa73b441d16380","prefix":"cf_"} → "cf_2eb8aa08-aa98-11ea-b4aa-73b441d16380"
        {"x-custom-fields":{"prefix":"cf_","note":"the documentation does not say what becomes of it"}}
            {"cf_a":1}
                warning undocumented_custom_field at /cf_a: `cf_a` is passed on; the documentation does not say what becomes of it {"found":"cf_a","note":"the documentation does not say what becomes of it"}
        {"items":{"type":"string","x-drop-null":true},"x-drop-duplicates":true}
            ["a","a",null,5,5]
                error type at /3: `5` is a number; give a string {"found":"5","expected":["string"],"actual":"number"}
                error type at /4: `5` is a number; give a string {"found":"5","expected":["string"],"actual":"number"}
        "##,
    );
}

#[test]
fn what_passes_loosely_is_told_under_strict() {
    let options = Options { strict: true, ..Options::default() };
    let strict = Asked { options, ..Asked::default() };
    tells(
        &strict,
        r##"
        {"properties":{"a":{"type":"string","x-drop-null":true}}}
            {"a":null}
                error type at /a: null does not pass; give a string {"expected":["string"],"actual":"null"}
        {"properties":{"domain":{}}}
            {"domian":1}
                error unknown_key at /domian: `domian` is not a known key; did you mean `domain` {"found":"domian"} → "domain"
        "##,
    );
}

#[test]
fn a_custom_field_is_told_what_it_takes() {
    let definitions = r#"[
        {"key":"text","type":"text"},
        {"key":"number","label":"Deal size","type":"number"},
        {"key":"boolean","type":"boolean"},
        {"key":"date","type":"date"},
        {"key":"url","type":"url"},
        {"key":"select","type":"select","options":["small","large"]},
        {"key":"multiselect","type":"multiselect","options":["small","large"]}
    ]"#;
    let fields = serde_json::from_str(definitions).expect("the definitions are valid");
    let options = Options { custom_fields: Some(fields), ..Options::default() };
    let defined = Asked { options, ..Asked::default() };
    tells(
        &defined,
        r##"
        {"x-custom-fields":{"registered":true}}
            {"text":1}
                error type at /text: `1` is a number; give a string {"found":"1","expected":["string"],"actual":"number"}
            {"number":"12"}
                error type at /number: `12` is a string; give a number {"found":"12","expected":["number"],"actual":"string"}
            {"boolean":"yes"}
                error type at /boolean: `yes` is a string; give a boolean {"found":"yes","expected":["boolean"],"actual":"string"}
            {"date":"1.2.2024"}
                error date at /date: `1.2.2024` is not a date; write year, month and day such as `2024-02-29` {"found":"1.2.2024","example":"2024-02-29"}
            {"url":"acme.com"}
                error uri at /url: `acme.com` is not a URI; give one with its scheme, such as `https://acme.com/about`; did you mean `https://acme.com` {"found":"acme.com","example":"https://acme.com/about"} → "https://acme.com"
            {"select":"smal"}
                error enum at /select: `smal` does not pass; give `small` or `large`; did you mean `small` {"found":"smal","allowed":["small","large"]} → "small"
            {"select":["small"]}
                error type at /select: `["small"]` is an array; give a string {"found":"[\"small\"]","expected":["string"],"actual":"array"}
            {"multiselect":"small"}
                error type at /multiselect: `small` is a string; give an array {"found":"small","expected":["array"],"actual":"string"}
            {"multiselect":["small",5,"huge"]}
                error type at /multiselect/1: `5` is a number; give a string {"found":"5","expected":["string"],"actual":"number"}
                error enum at /multiselect/2: `huge` does not pass; give `small` or `large` {"found":"huge","allowed":["small","large"]}
            {"Deal size":5}
                error unknown_custom_field at /Deal size: `Deal size` is not a custom field that exists; did you mean `number` {"found":"Deal size"} → "number"
            {"zzz":5}
                error unknown_custom_field at /zzz: `zzz` is not a custom field that exists {"found":"zzz"}
        {"properties":{"name":{}},"x-custom-fields":{"prefix":"cf_"}}
            {"cf_nubmer":1,"deal size":2}
                error unknown_custom_field at /cf_nubmer: `cf_nubmer` is not a custom field that exists; did you mean `cf_number` {"found":"cf_nubmer"} → "cf_number"
                warning unknown_key at /deal size: `deal size` is not a known key; did you mean `cf_number` {"found":"deal size"} → "cf_number"
        "##,
    );
}

#[test]
fn what_belongs_to_the_other_direction_is_told_in_a_request() {
    tells(
        &Asked::of(Direction::Request),
        r##"
        {"properties":{"id":{"readOnly":true}},"required":["id"]}
            {"id":1}
                error read_only at /id: `id` is set by the server; leave it out of requests {"found":"id"}
        {"oneOf":[{"$ref":"#/$defs/Cat"},{"$ref":"#/$defs/Dog"}],"discriminator":{"propertyName":"kind","mapping":{"cat":"#/$defs/Cat"}},"$defs":{"Cat":{"properties":{"kind":{},"lives":{"type":"integer"}}},"Dog":{"properties":{"kind":{}}}}}
            {"kind":"cat","lives":"9"}
                error type at /lives: `9` is a string; give an integer {"found":"9","expected":["integer"],"actual":"string"}
        {"oneOf":[{"$ref":"#/$defs/Cat"},{"$ref":"#/$defs/Dog"}],"discriminator":{"propertyName":"kind"},"$defs":{"Cat":{},"Dog":{}}}
            {"kind":"dog"}
                error discriminator at /kind: `dog` is not a form that is known; give `Cat` or `Dog`; did you mean `Dog` {"found":"dog","allowed":["Cat","Dog"]} → "Dog"
            {"kind":5}
                error discriminator at /kind: `5` is not a form that is known; give `Cat` or `Dog` {"found":"5","allowed":["Cat","Dog"]}
            {"Kind":"Cat"}
                error required at /kind: `kind` is required {"key":"kind"}
        {"anyOf":[{"$ref":"#/$defs/Cat"},{"$ref":"#/$defs/Dog"}],"discriminator":{"propertyName":"kind"},"$defs":{"Cat":{},"Dog":{}}}
            "Cat"
                error type: `Cat` is a string; give an object {"found":"Cat","expected":["object"],"actual":"string"}
        "##,
    );
}

#[test]
fn what_belongs_to_the_other_direction_is_told_in_a_response() {
    tells(
        &Asked::of(Direction::Response),
        r##"
        {"properties":{"password":{"writeOnly":true}}}
            {"password":"x"}
                error write_only at /password: `password` is only sent to the server; it has no place in an answer {"found":"password"}
        "##,
    );
}

#[test]
fn what_is_wrong_with_the_text_is_told() {
    let limited = Asked::limited();
    tells(
        &limited,
        r##"
        true
            {"a":1,}
                error invalid_json: not JSON: there is `}` where a key in double quotes is expected {"expected":"a key in double quotes","found":"there is `}`"}
            {'a':1}
                error invalid_json: not JSON: there is `'` where a key in double quotes is expected {"expected":"a key in double quotes","found":"there is `'`"}
            {"a" 1}
                error invalid_json: not JSON: there is `1` where `:` is expected {"expected":"`:`","found":"there is `1`"}
            [1 2]
                error invalid_json: not JSON: there is `2` where `,` or `]` is expected {"expected":"`,` or `]`","found":"there is `2`"}
            NaN
                error invalid_json: not JSON: there is `N` where a value is expected {"expected":"a value","found":"there is `N`"}
            01
                error invalid_json: not JSON: there is `1` where the end of the text is expected {"expected":"the end of the text","found":"there is `1`"}
            1.
                error invalid_json: not JSON: the text ends where a digit is expected {"expected":"a digit","found":"the text ends"}
            "\x"
                error invalid_json: not JSON: there is `x` where one of `"\/bfnrtu` is expected {"expected":"one of `\"\\/bfnrtu`","found":"there is `x`"}
            "\u12g4"
                error invalid_json: not JSON: there is `g` where a hexadecimal digit is expected {"expected":"a hexadecimal digit","found":"there is `g`"}
            "abc
                error invalid_json: not JSON: the text ends where `"` is expected {"expected":"`\"`","found":"the text ends"}
            {} {}
                error invalid_json: not JSON: there is `{` where the end of the text is expected {"expected":"the end of the text","found":"there is `{`"}
            {"a":1,"b":{"c":1,"c":2},"a":3}
                error duplicate_key at /b/c: the key `c` is there twice; give each key once {"found":"c"}
                error duplicate_key at /a: the key `a` is there twice; give each key once {"found":"a"}
            ["\ud800"]
                error invalid_unicode at /0: not valid Unicode: half of a surrogate pair {"what":"half of a surrogate pair"}
            [[[[[[]]]]]]
                error too_deep: nested more than 5 levels deep {"limit":5}
            "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
                error too_large: 242 bytes are more than the 200 that are taken {"length":242,"limit":200}
        {"type":"object"}
            [{"a":1,"a":2}]
                error type: `[{"a":1,"a":2}]` is an array; give an object {"found":"[{\"a\":1,\"a\":2}]","expected":["object"],"actual":"array"}
                error duplicate_key at /0/a: the key `a` is there twice; give each key once {"found":"a"}
        "##,
    );
}

#[test]
fn what_json_cannot_hold_is_told() {
    let value = Asked { source: Source::Value, ..Asked::limited() };
    tells(
        &value,
        r##"
        true
            [␁n]
                error unsupported_value at /0: JSON cannot hold a number that is not finite {"what":"a number that is not finite"}
            {"a":␁b}
                error unsupported_value at /a: JSON cannot hold a BigInt {"what":"a BigInt"}
            ␁f
                error unsupported_value: JSON cannot hold a function {"what":"a function"}
            ␁s
                error unsupported_value: JSON cannot hold a symbol {"what":"a symbol"}
            {"a":{"b":␁c}}
                error unsupported_value at /a/b: JSON cannot hold a reference back to a value around it {"what":"a reference back to a value around it"}
            ␁t
                error unsupported_value: JSON cannot hold a value that threw while it was read {"what":"a value that threw while it was read"}
            "\ud800"
                error unsupported_value: JSON cannot hold half of a surrogate pair {"what":"half of a surrogate pair"}
            [␁d]
                error too_deep at /0: nested more than 5 levels deep {"limit":5}
        {"type":"string"}
            [␁n,1]
                error type: `[?,1]` is an array; give a string {"found":"[?,1]","expected":["string"],"actual":"array"}
                error unsupported_value at /0: JSON cannot hold a number that is not finite {"what":"a number that is not finite"}
        "##,
    );
}

#[test]
fn what_is_wrong_with_the_bytes_is_told() {
    for (input, expected) in [
        (
            "".as_bytes(),
            r#"error invalid_json: not JSON: the text ends where a value is expected {"expected":"a value","found":"the text ends"}"#,
        ),
        (
            "\"a\tb\"".as_bytes(),
            r#"error invalid_json: not JSON: there is `\t` where an escape such as `\n` is expected {"expected":"an escape such as `\\n`","found":"there is `\\t`"}"#,
        ),
        (
            "\u{feff}{}".as_bytes(),
            r#"error invalid_json: not JSON: there is a byte order mark where a value is expected {"expected":"a value","found":"there is a byte order mark"}"#,
        ),
        (
            &b"\"\xff\""[..],
            r#"error invalid_unicode: not valid Unicode: bytes that are not UTF-8 {"what":"bytes that are not UTF-8"}"#,
        ),
        (
            &b"\"\xed\xa0\x80\""[..],
            r#"error invalid_unicode: not valid Unicode: half of a surrogate pair {"what":"half of a surrogate pair"}"#,
        ),
    ] {
        assert_eq!(Asked::default().told("true", input), [expected]);
    }
}

#[test]
fn a_check_that_takes_too_long_is_told() {
    let input = format!("\"{}\"", "a".repeat(20_000));
    let told = Asked::default().told(r#"{"format":"regex"}"#, input.as_bytes());
    let expected =
        "error too_complex: the check takes too many steps on this input; give a smaller one {}";
    assert_eq!(told, [expected]);
}

fn recotap() -> (Schema, Batch) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("apis/recotap.json");
    let text = std::fs::read(path).expect("the file can be read");
    let api = Api::read(&text).expect("the document is valid");
    let operation = api.operation("pushAccounts").expect("the operation is there");
    let schema = api.schema(&operation, Part::Body(None)).expect("the schema compiles");
    (schema, api.batch(&operation).expect("x-batch is valid").expect("x-batch is there"))
}

#[test]
fn a_batch_is_told_what_becomes_of_it() {
    let (schema, batch) = recotap();
    let body = |items: &str| format!(r#"{{"accounts":[{items}],"segmentId":"s1"}}"#);
    let acme = r#"{"domain":"acme.com","name":"Acme"}"#;
    for (items, known, expected) in [
        (
            "",
            "{}",
            &[
                r#"error min_items at /accounts: the array has 0 items; give at least 1 {"limit":1,"count":0}"#,
            ][..],
        ),
        (
            r#"{"domain":"acme"}"#,
            "{}",
            &[
                r#"error required at /accounts/0/name: `name` is required {"key":"name"}"#,
                r#"error single_label at /accounts/0/domain: `acme` is a single name; give a whole domain such as `acme.com` {"found":"acme","example":"acme.com"}"#,
            ],
        ),
        (
            acme,
            r#"{"existing":["acme.com"]}"#,
            &[
                r#"error already_exists at /accounts/0/domain: `acme.com` exists already; ask for an upsert to update it {"key":"acme.com"}"#,
            ],
        ),
        (
            &format!("{acme},{acme}"),
            "{}",
            &[
                r#"warning duplicate_in_batch at /accounts/1/domain: items 0 and 1 both have `acme.com` {"key":"acme.com","first":0,"index":1}"#,
            ],
        ),
        (
            r#"{"domain":"acme.com","name":"Acme","customFields":{"Fax":1}}"#,
            r#"{"customFields":["FAX_C"]}"#,
            &[
                r#"error unknown_custom_field at /accounts/0/customFields/Fax: `Fax` is not a custom field that exists; did you mean `FAX_C` {"found":"Fax"} → "FAX_C""#,
            ],
        ),
        (
            acme,
            r#"{"segment":null}"#,
            &[
                r#"error segment_not_found at /segmentId: the segment `s1` does not exist {"found":"s1"}"#,
            ],
        ),
        (
            acme,
            r#"{"segment":{"type":"dynamic","status":"active"}}"#,
            &[
                r#"error segment_type at /segmentId: the segment is of type `dynamic`; it must be `static` {"type":"dynamic","wanted":"static"}"#,
            ],
        ),
        (
            acme,
            r#"{"segment":{"type":"static","status":"archived"}}"#,
            &[
                r#"error segment_status at /segmentId: the segment has status `archived`; it must be `active` or `draft` {"status":"archived","allowed":["active","draft"]}"#,
            ],
        ),
    ] {
        let mut known = Known::read(known.as_bytes()).expect("what is known is valid");
        let body = body(items);
        let options = Options::default();
        let plan = batch.plan(&schema, body.as_bytes(), Source::Text, &options, &mut known, false);
        let mut told = lines(&plan.report);
        told.extend(plan.items.iter().flat_map(|item| lines(&item.report)));
        assert_eq!(told, expected, "{items}");
    }
}

#[test]
fn a_vendors_answer_is_told_what_is_odd_about_it() {
    let (_, batch) = recotap();
    let plan = br#"{"items":[{"index":0,"status":"created","domain":"acme.com"}]}"#;
    for (answer, expected) in [
        (
            r#"{"results":[]}"#,
            r#"[{"code":"response_length","severity":"error","path":[],"pointer":"","message":"the answer has 0 results for 1 item","params":{"count":0,"sent":1}}]"#,
        ),
        (
            r#"{"results":[{"domain":"globex.com","status":"created"}]}"#,
            r#"[{"code":"response_key","severity":"error","path":["results",0,"domain"],"pointer":"/results/0/domain","message":"the answer is about `globex.com` where `acme.com` was sent","params":{"found":"globex.com","sent":"acme.com"}}]"#,
        ),
        (
            r#"{"results":[{"domain":"acme.com","status":"done"}]}"#,
            r#"[{"code":"enum","severity":"error","path":["results",0,"status"],"pointer":"/results/0/status","message":"`done` does not pass; give `created`, `updated` or `failed`","params":{"found":"done","allowed":["created","updated","failed"]}}]"#,
        ),
        (
            r#"{"results":[{"domain":"acme.com","status":"created"}],"summary":{"total":2}}"#,
            r#"[{"code":"response_summary","severity":"error","path":["summary","total"],"pointer":"/summary/total","message":"the summary says 2; the answer has 1 such result","params":{"found":"2","counted":1}}]"#,
        ),
        (
            "<html>",
            r#"[{"code":"invalid_json","severity":"error","path":[],"pointer":"","message":"not JSON: there is `<` where a value is expected","params":{"expected":"a value","found":"there is `<`"},"position":{"line":1,"column":1,"offset":0}}]"#,
        ),
    ] {
        let joined = batch.reconcile(plan, answer.as_bytes());
        let (_, issues) = joined.split_once(r#""issues":"#).expect("issues come last");
        assert_eq!(issues.strip_suffix('}'), Some(expected), "{answer}");
    }
}
