//! Input made to take time or memory: each ends in an issue, or passes, within bounds that grow no
//! faster than the input. (SECURITY.md has the limits.)
//!
//! What takes long runs at full size in release builds: `cargo test --release --test hostile`.

use std::fmt::Write;
use std::time::{Duration, Instant};

use prewash::answer::Answer;
use prewash::batch::{Item, Known};
use prewash::document::{Limits, NodeId, Source};
use prewash::openapi::{Api, Part};
use prewash::options::Options;
use prewash::schema::{Dialect, Schema, SchemaError, read};

/// So much more is asked of a release build.
const SCALE: usize = if cfg!(debug_assertions) { 1 } else { 10 };

/// How many issues are asked for, less than by default so that smaller inputs have more.
const MOST: usize = 10_000;

fn compile(schema: &str) -> Schema {
    let document = read(schema.as_bytes()).expect("the schema can be read");
    Schema::compile(&document, NodeId::ROOT, &[], Dialect::default()).expect("it compiles")
}

fn try_compile(schema: &str) -> Result<Schema, SchemaError> {
    let document = read(schema.as_bytes())?;
    Schema::compile(&document, NodeId::ROOT, &[], Dialect::default())
}

fn options() -> Options {
    let limits = Limits { bytes: Limits::MAX_BYTES, ..Limits::default() };
    Options { limits, max_issues: Some(MOST), ..Options::default() }
}

fn answer(schema: &Schema, text: &str) -> Answer {
    schema.answer(text.as_bytes(), Source::Text, &options())
}

/// The distinct codes of the issues, in their order, each with how many there are.
fn codes(answer: &Answer) -> Vec<(&str, usize)> {
    let mut codes: Vec<(&str, usize)> = Vec::new();
    for issue in &answer.report.issues {
        match codes.iter_mut().find(|(code, _)| *code == issue.code) {
            Some((_, count)) => *count += 1,
            None => codes.push((&issue.code, 1)),
        }
    }
    codes
}

/// The items, joined by commas.
fn list(count: usize, mut item: impl FnMut(usize, &mut String)) -> String {
    let mut out = String::new();
    for at in 0..count {
        if at > 0 {
            out.push(',');
        }
        item(at, &mut out);
    }
    out
}

fn array(count: usize, item: impl FnMut(usize, &mut String)) -> String {
    format!("[{}]", list(count, item))
}

fn object(count: usize, item: impl FnMut(usize, &mut String)) -> String {
    format!("{{{}}}", list(count, item))
}

/// An input in three sizes, and what comes of it.
struct Hostile {
    name: &'static str,
    schema: String,
    input: fn(usize) -> String,
    /// The middle one of the sizes, in a debug build.
    size: usize,
    /// The codes that it ends in.
    codes: &'static [&'static str],
}

fn hostile(
    name: &'static str,
    schema: impl Into<String>,
    size: usize,
    codes: &'static [&'static str],
    input: fn(usize) -> String,
) -> Hostile {
    Hostile { name, schema: schema.into(), input, size, codes }
}

/// The least of three times that a check takes.
fn time(schema: &Schema, text: &str) -> Duration {
    let once = || {
        let started = Instant::now();
        std::hint::black_box(answer(schema, text));
        started.elapsed()
    };
    (0..3).map(|_| once()).min().unwrap_or_default()
}

fn words(count: usize) -> String {
    array(count, |at, out| write!(out, "\"a word {at:06}\"").unwrap())
}

fn inputs() -> Vec<Hostile> {
    let known = object(200, |at, out| write!(out, "\"known{at:03}\":true").unwrap());
    let nest = |keyword: &str| {
        let defs = object(30, |at, out| {
            let next = format!("{{\"$ref\":\"#/$defs/a{}\"}}", at + 1);
            match keyword {
                "not" => {
                    write!(out, "\"a{at}\":{{\"allOf\":[{{\"not\":{next}}},{{\"not\":{next}}}]}}")
                }
                "if" => write!(out, "\"a{at}\":{{\"if\":{next},\"then\":{next},\"else\":{next}}}"),
                "contains" => write!(
                    out,
                    "\"a{at}\":{{\"allOf\":[{{\"contains\":{next}}},{{\"contains\":{next}}}]}}"
                ),
                _ => write!(out, "\"a{at}\":{{\"{keyword}\":[{next},{{\"allOf\":[{next}]}}]}}"),
            }
            .unwrap();
        });
        format!(
            "{{\"$ref\":\"#/$defs/a0\",\"$defs\":{{\"a30\":{{\"type\":\"integer\"}},{}",
            &defs[1..]
        ) + "}"
    };
    vec![
        hostile("a million open brackets", "true", 100_000, &["too_deep"], |size| "[".repeat(size)),
        hostile("a million open objects", "true", 100_000, &["too_deep"], |size| {
            "{\"a\":".repeat(size)
        }),
        hostile(
            "a long key",
            "{\"properties\":{\"a\":true}}",
            1_000_000,
            &["unknown_key"],
            |size| format!("{{\"{}\":1}}", "k".repeat(size)),
        ),
        hostile("a long string", "{\"enum\":[\"a\"]}", 1_000_000, &["enum"], |size| {
            format!("\"{}\"", "s".repeat(size))
        }),
        hostile(
            "unknown keys",
            format!("{{\"properties\":{known}}}"),
            30_000,
            &["unknown_key", "too_many_issues"],
            |size| object(size, |at, out| write!(out, "\"knowm{at}\":1").unwrap()),
        ),
        hostile(
            "keys of custom fields that have no uuid",
            "{\"x-custom-fields\":{\"prefix\":\"c_\",\"key\":\"uuid\"}}",
            20_000,
            &["uuid", "too_many_issues"],
            |size| object(size, |at, out| write!(out, "\"c_{at}\":1").unwrap()),
        ),
        hostile("duplicate keys", "true", 30_000, &["duplicate_key", "too_many_issues"], |size| {
            object(size, |_, out| out.push_str("\"a\":1"))
        }),
        // The hash of a key is of its length and both ends.
        hostile(
            "keys with one hash",
            "{\"properties\":{\"a\":true}}",
            30_000,
            &["unknown_key", "too_many_issues"],
            |size| object(size, |at, out| write!(out, "\"aaaaaaaa{at:08}bbbbbbbb\":1").unwrap()),
        ),
        hostile(
            "duplicate keys with one hash",
            "true",
            30_000,
            &["duplicate_key", "too_many_issues"],
            |size| {
                object(size, |at, out| write!(out, "\"aaaaaaaa{:08}bbbbbbbb\":1", at / 2).unwrap())
            },
        ),
        hostile(
            "a wrong type a million times",
            "{\"items\":{\"type\":\"string\"}}",
            50_000,
            &["type", "too_many_issues"],
            |size| array(size, |_, out| out.push('1')),
        ),
        hostile(
            "wrong values below a long key",
            "{\"additionalProperties\":{\"items\":{\"type\":\"string\"}}}",
            20_000,
            &["type", "too_many_issues"],
            |size| {
                format!("{{\"{}\":{}}}", "k".repeat(4 * size), array(size, |_, out| out.push('1')))
            },
        ),
        hostile(
            "halves of surrogate pairs",
            "true",
            30_000,
            &["invalid_unicode", "too_many_issues"],
            |size| format!("\"{}\"", "\\ud800".repeat(size)),
        ),
        hostile(
            "unique items that begin alike",
            "{\"uniqueItems\":true}",
            5_000,
            &["unique_items"],
            |size| {
                array(size, |at, out| {
                    write!(out, "{{\"a\":[1,2,3,\"same\"],\"b\":{}}}", at.max(1)).unwrap()
                })
            },
        ),
        hostile(
            "a number spelt in several ways",
            "{\"uniqueItems\":true}",
            5_000,
            &["unique_items", "too_many_issues"],
            |size| {
                array(size.max(15_000), |at, out| {
                    out.push_str(["1", "1.0", "1e0", "10e-1"][at % 4])
                })
            },
        ),
        hostile(
            "enum of many words",
            format!("{{\"items\":{{\"enum\":{}}}}}", words(300)),
            5_000,
            &["enum", "too_many_issues"],
            |size| array(size.max(15_000), |_, out| out.push_str("\"a ward 000000\"")),
        ),
        hostile(
            "suggested values",
            format!("{{\"items\":{{\"x-suggested-values\":{}}}}}", words(300)),
            5_000,
            &["suggested_values", "too_many_issues"],
            |size| array(size.max(15_000), |_, out| out.push_str("\"a ward 000000\"")),
        ),
        hostile(
            "time zones",
            "{\"items\":{\"format\":\"time-zone\"}}",
            1_000,
            &["time_zone"],
            |size| array(size.min(9_000), |at, out| write!(out, "\"Europe/Berlim{at}\"").unwrap()),
        ),
        hostile(
            "identifiers of the wrong type",
            "{\"items\":{\"properties\":{\"a\":{\"type\":\"string\"},\"b\":{\"type\":\"string\"}},\"anyOf\":[{\"required\":[\"a\"],\"properties\":{\"a\":{\"type\":\"string\",\"minLength\":1,\"x-trim\":true}}},{\"required\":[\"b\"],\"properties\":{\"b\":{\"type\":\"string\",\"minLength\":1,\"x-trim\":true}}}]}}",
            15_000,
            &["type", "too_many_issues"],
            |size| array(size, |_, out| out.push_str("{\"a\":1}")),
        ),
        hostile(
            "digits of a number",
            "{\"minimum\":0,\"multipleOf\":0.2e1,\"enum\":[1]}",
            500_000,
            &["enum", "multiple_of"],
            |size| format!("1{}", "3".repeat(size)),
        ),
        hostile(
            "digits of an exponent",
            "{\"type\":\"integer\",\"maximum\":1,\"multipleOf\":7}",
            500_000,
            &["maximum", "multiple_of"],
            |size| format!("1e{}", "9".repeat(size)),
        ),
        hostile(
            "labels of a domain",
            "{\"format\":\"domain\"}",
            50_000,
            &["domain_too_long"],
            |size| format!("\"{}com\"", "a.".repeat(size)),
        ),
        hostile(
            "a pattern that backtracks",
            "{\"pattern\":\"^(a+)+$\"}",
            100_000,
            &["pattern"],
            |size| format!("\"{}!\"", "a".repeat(size)),
        ),
        hostile(
            "white space before the end",
            "{\"pattern\":\"\\\\s+$\"}",
            100_000,
            &["pattern"],
            |size| format!("\"{}é\"", " ".repeat(size)),
        ),
        hostile("anyOf in anyOf", nest("anyOf"), 1_000, &["too_complex"], |size| {
            format!("\"{}\"", "a".repeat(size))
        }),
        hostile("oneOf in oneOf", nest("oneOf"), 1_000, &["too_complex"], |size| {
            format!("\"{}\"", "a".repeat(size))
        }),
        hostile("allOf in allOf", nest("allOf"), 1_000, &["too_complex"], |size| format!("{size}")),
        hostile("not in not", nest("not"), 1_000, &["too_complex"], |size| format!("{size}")),
        hostile("if in if", nest("if"), 1_000, &["too_complex"], |size| format!("{size}")),
    ]
}

#[test]
fn hostile_input_ends_in_issues() {
    for Hostile { name, schema, input, size, codes: expected } in inputs() {
        let schema = compile(&schema);
        let text = input(size * SCALE);
        let started = Instant::now();
        let answer = answer(&schema, &text);
        let took = started.elapsed();
        let told: Vec<_> = codes(&answer);
        println!("{name}: {} bytes, {took:?}, {told:?}", text.len());
        for code in expected {
            assert!(told.iter().any(|(told, _)| told == code), "{name}: {told:?}");
        }
        assert!(answer.report.issues.len() <= MOST + 2, "{name}");
        let size: usize = answer.report.issues.iter().map(|issue| issue.message.len()).sum();
        assert!(size < 4 << 20, "{name}: {size} bytes of messages");
        assert!(took < Duration::from_secs(30), "{name}: {took:?}");
    }
}

/// A size more may take four times the time, and by this factor longer on a noisy machine, of what
/// is not over in a moment.
#[test]
#[cfg_attr(debug_assertions, ignore = "takes minutes: cargo test --release --test hostile")]
fn time_grows_linearly() {
    const NOISE: u32 = 4;
    for Hostile { name, schema, input, size, .. } in inputs() {
        let schema = compile(&schema);
        let times: Vec<_> =
            [1, 4, 16].map(|factor| time(&schema, &input(size * SCALE * factor / 16))).into();
        println!("{name}: {times:?}");
        let moment = Duration::from_millis(20);
        for pair in times.windows(2) {
            assert!(pair[1] < pair[0].max(moment) * 4 * NOISE, "{name}: {times:?}");
        }
    }
}

/// A schema in three sizes, a document for it, and what comes of that; or the message of why the
/// schema is refused.
struct HostileSchema {
    name: &'static str,
    schema: fn(usize) -> String,
    size: usize,
    input: &'static str,
    outcome: Result<&'static [(&'static str, usize)], &'static str>,
}

fn schemas() -> Vec<HostileSchema> {
    let schema =
        |name, size, input, outcome, schema| HostileSchema { name, schema, size, input, outcome };
    vec![
        schema("definitions, each referred to", 3_000, "[1]", Ok(&[]), |size| {
            let defs = object(size, |at, out| {
                write!(out, "\"definition{at}\":{{\"type\":\"integer\"}}").unwrap()
            });
            let all = array(size, |at, out| {
                write!(out, "{{\"$ref\":\"#/$defs/definition{at}\"}}").unwrap()
            });
            format!("{{\"$defs\":{defs},\"prefixItems\":{all}}}")
        }),
        schema("a chain of references", 6_000, "1", Ok(&[("too_complex", 1)]), |size| {
            let defs = list(size, |at, out| {
                write!(out, "\"d{at}\":{{\"$ref\":\"#/$defs/d{}\",\"minimum\":0}}", at + 1).unwrap()
            });
            format!("{{\"$defs\":{{{defs},\"d{size}\":true}},\"$ref\":\"#/$defs/d0\"}}")
        }),
        schema("a ring of references", 6_000, "1", Ok(&[("too_complex", 1)]), |size| {
            let defs = object(size, |at, out| {
                write!(
                    out,
                    "\"d{at}\":{{\"allOf\":[{{\"$ref\":\"#/$defs/d{}\"}}]}}",
                    (at + 1) % size
                )
                .unwrap()
            });
            format!("{{\"$defs\":{defs},\"$ref\":\"#/$defs/d0\"}}")
        }),
        schema("a ring of dynamic references", 6_000, "{}", Ok(&[("too_complex", 1)]), |size| {
            let all = array(size, |_, out| out.push_str("{\"$dynamicRef\":\"#a\"}"));
            format!("{{\"$dynamicAnchor\":\"a\",\"allOf\":{all}}}")
        }),
        schema("properties", 3_000, "{}", Ok(&[]), |size| {
            let keys =
                object(size, |at, out| write!(out, "\"key{at}\":{{\"type\":\"string\"}}").unwrap());
            format!("{{\"properties\":{keys}}}")
        }),
        schema(
            "properties with one hash",
            3_000,
            "{\"aaaaaaaa00000001bbbbbbbb\":1}",
            Ok(&[("type", 1)]),
            |size| {
                let keys = object(size, |at, out| {
                    write!(out, "\"aaaaaaaa{at:08}bbbbbbbb\":{{\"type\":\"string\"}}").unwrap()
                });
                format!("{{\"properties\":{keys}}}")
            },
        ),
        schema("required properties that are not there", 3_000, "{}", Ok(&[]), |size| {
            let keys = array(size, |at, out| write!(out, "\"key{at}\"").unwrap());
            format!("{{\"anyOf\":[true,{{\"required\":{keys}}}]}}")
        }),
        schema("dependent schemas in a web", 1_000, "{\"k0\":1,\"k1\":1}", Ok(&[]), |size| {
            let web = object(size, |at, out| write!(out, "\"k{at}\":{{\"$ref\":\"#\"}}").unwrap());
            format!("{{\"dependentSchemas\":{web}}}")
        }),
        schema(
            "a deep schema",
            100_000,
            "1",
            Err("the document cannot be read: nested more than 512 levels deep"),
            |size| format!("{}true{}", "{\"not\":".repeat(size), "}".repeat(size)),
        ),
        schema(
            "a long pattern",
            40_000,
            "1",
            Err("a regular expression may have 16384 bytes, and this has more"),
            |size| format!("{{\"pattern\":\"{}b\"}}", "a|".repeat(size)),
        ),
        schema("a least length without end", 1_000, "\"a\"", Ok(&[("min_length", 1)]), |_| {
            "{\"minLength\":1e18}".to_owned()
        }),
        schema("a tiny divisor of a huge number", 1_000, "1e300", Ok(&[]), |_| {
            "{\"multipleOf\":1e-300}".to_owned()
        }),
    ]
}

fn run_here(schema: &str, input: &str) -> Result<Vec<(String, usize)>, String> {
    let schema = try_compile(schema).map_err(|error| error.message)?;
    let answer = answer(&schema, input);
    Ok(codes(&answer).into_iter().map(|(code, count)| (code.to_owned(), count)).collect())
}

/// The same, in a thread with room for a thousand levels of a debug build, whose frames are large.
fn run(schema: &str, input: &str) -> Result<Vec<(String, usize)>, String> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(64 << 20);
        let running = thread.spawn_scoped(scope, || run_here(schema, input));
        running.expect("a thread starts").join().expect("it does not panic")
    })
}

#[test]
fn hostile_schemas_compile_or_are_refused_in_linear_time() {
    for HostileSchema { name, schema, size, input, outcome } in schemas() {
        let owned = |codes: &[(&str, usize)]| {
            codes.iter().map(|(code, count)| ((*code).to_owned(), *count)).collect::<Vec<_>>()
        };
        let expected = outcome.map(owned).map_err(str::to_owned);
        let times = [4, 16].map(|factor| {
            let text = schema(size * SCALE * factor / 16);
            let once = || {
                let started = Instant::now();
                assert_eq!(run(&text, input), expected, "{name}");
                started.elapsed()
            };
            (0..2).map(|_| once()).min().unwrap_or_default()
        });
        println!("{name}: {times:?}");
        assert!(times[1] < times[0].max(Duration::from_millis(50)) * 16, "{name}: {times:?}");
    }
}

#[test]
fn an_api_of_many_operations_is_read_in_linear_time() {
    let times = [1, 4].map(|factor| {
        let paths = object(1_000 * SCALE * factor, |at, out| {
            write!(
                out,
                "\"/p{at}\":{{\"get\":{{\"operationId\":\"get{at}\",\"responses\":{{}}}}}}"
            )
            .unwrap();
        });
        let text = format!("{{\"openapi\":\"3.1.0\",\"paths\":{paths}}}");
        let started = Instant::now();
        let api = Api::read(text.as_bytes()).expect("it can be read");
        assert_eq!(api.operations().len(), 1_000 * SCALE * factor);
        started.elapsed()
    });
    println!("{times:?}");
    assert!(times[1] < times[0].max(Duration::from_millis(20)) * 16, "{times:?}");
}

#[test]
fn issues_that_are_not_told_are_counted_with_their_severity() {
    let told = |schema: &str, text: &str, most| {
        let options = Options { max_issues: Some(most), ..options() };
        let answer = compile(schema).answer(text.as_bytes(), Source::Text, &options);
        let line = |issue: &prewash::issue::Issue| {
            format!(
                "{} {} {}: {}",
                issue.severity.name(),
                issue.code,
                issue.pointer(),
                issue.message
            )
        };
        (answer.ok(), answer.report.issues.iter().map(line).collect::<Vec<_>>())
    };
    let left_out = |severity: &str, count: &str| {
        format!(
            "{severity} too_many_issues : {count} left out here; see to the others first, or give a larger `maxIssues`"
        )
    };
    let strings = r#"{"items":{"type":"string"}}"#;
    let wrong = |at: usize| format!("error type /{at}: `{at}` is a number; give a string");
    assert_eq!(told(strings, "[0,1,2]", 3), (false, vec![wrong(0), wrong(1), wrong(2)]));
    assert_eq!(
        told(strings, "[0,1,2]", 2),
        (false, vec![wrong(0), wrong(1), left_out("error", "1 more issue")])
    );
    assert_eq!(told(strings, "[0,1,2]", 0), (false, vec![left_out("error", "3 more issues")]));
    // What fails in a branch that does not count is no issue, and neither is it counted.
    let branches = r#"{"items":{"anyOf":[{"type":"string"},{"type":"integer"}]}}"#;
    assert_eq!(told(branches, "[0,1,2]", 0), (true, vec![]));
    assert_eq!(told(branches, "[0,1,null]", 0), (false, vec![left_out("error", "1 more issue")]));
    // Warnings do not stop an input, told or not; an error behind them does.
    let known = r#"{"properties":{"a":{"type":"string"}}}"#;
    assert_eq!(
        told(known, r#"{"x":1,"y":2}"#, 0),
        (true, vec![left_out("warning", "2 more issues")])
    );
    let behind = r#"{"items":{"properties":{"a":{"type":"string"}}}}"#;
    let (ok, issues) = told(behind, r#"[{"x":1},{"a":1}]"#, 1);
    assert_eq!((ok, &issues[1..]), (false, &[left_out("error", "1 more issue")][..]));
    // What is wrong with the text itself counts too.
    assert_eq!(
        told("true", r#"{"a":1,"a":2,"a":3}"#, 0),
        (false, vec![left_out("error", "2 more issues")])
    );
}

#[test]
fn a_batch_of_one_domain_is_planned_in_linear_time() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/apis/recotap.json");
    let api = Api::read(&std::fs::read(path).expect("the file can be read")).expect("it is valid");
    let operation = api.operation("pushAccounts").expect("it is there");
    let schema = api.schema(&operation, Part::Body(None)).expect("it compiles");
    let batch = api.batch(&operation).expect("x-batch is valid").expect("x-batch is there");
    let times = [1, 4, 16].map(|factor| {
        let count = 1_000 * SCALE * factor;
        let accounts =
            array(count, |_, out| out.push_str("{\"domain\":\"acme.com\",\"name\":\"Acme\"}"));
        let text = format!("{{\"accounts\":{accounts}}}");
        let started = Instant::now();
        let plan = batch.plan(
            &schema,
            text.as_bytes(),
            Source::Text,
            &options(),
            &mut Known::default(),
            false,
        );
        assert_eq!((plan.ok, plan.items.len()), (false, count));
        let told: Vec<_> = plan.report.issues.iter().map(|issue| &*issue.code).collect();
        assert_eq!(told, ["max_items"]);
        let first = |item: &Item| {
            item.report.issues.iter().map(|issue| issue.code.clone()).collect::<Vec<_>>()
        };
        assert!(first(&plan.items[0]).is_empty());
        assert!(plan.items[1..].iter().all(|item| first(item) == ["duplicate_in_batch"]));
        started.elapsed()
    });
    println!("{times:?}");
    for pair in times.windows(2) {
        assert!(pair[1] < pair[0].max(Duration::from_millis(20)) * 16, "{times:?}");
    }
}

/// Patterns that the automaton does not take, with a part of a text, its end, and the codes that many of
/// these parts end in.
const SLOW: &[(&str, &str, &str, &[&str])] = &[
    ("\\\\b\\\\w*\\\\w*!", "a", "?", &["too_complex"]),
    ("\\\\b\\\\w*\\\\w*\\\\w*\\\\w*!", "a", "?", &["too_complex"]),
    ("(?=x?)\\\\s+$", " ", "!", &["too_complex"]),
    ("^(?!.*(.)\\\\1{2})b", "ab", "!", &["too_complex"]),
    ("<([a-z]+)>.*</\\\\1>", "<a>", "", &["too_complex"]),
    ("^(?=.*\\\\d)(?=.*[a-z]).{8,}$", "a", "!", &["pattern"]),
    ("^.{1,90}$", "a", "!", &["pattern"]),
];

#[test]
fn patterns_that_take_exponentially_long_are_refused() {
    for pattern in [
        "^(?=x?)(a+)+$",
        "\\\\b(\\\\w+-?)+!",
        "^(a)?(?:\\\\1|a)+$",
        "^(a{1,100}){1,100}$",
        "^(?:a|b|ab)*(?!c)$",
    ] {
        for schema in [
            format!("{{\"pattern\":\"{pattern}\"}}"),
            format!("{{\"patternProperties\":{{\"{pattern}\":true}}}}"),
            format!("{{\"propertyNames\":{{\"pattern\":\"{pattern}\"}}}}"),
        ] {
            let error = try_compile(&schema).expect_err(pattern);
            let plain = pattern.replace("\\\\", "\\");
            assert_eq!(
                error.message,
                format!(
                    "`{plain}` can match one text in exponentially many ways, and take for ever; write it so that each text can be read in one"
                )
            );
            assert!(error.pointer.contains("attern"), "{}", error.pointer);
        }
    }
}

#[test]
#[cfg_attr(debug_assertions, ignore = "takes minutes: cargo test --release --test hostile")]
fn patterns_that_backtrack_are_given_no_more_than_they_can_take() {
    for (pattern, part, end, codes_of_many) in SLOW {
        let schemas = [
            format!("{{\"pattern\":\"{pattern}\"}}"),
            format!("{{\"not\":{{\"not\":{{\"pattern\":\"{pattern}\"}}}}}}"),
            format!("{{\"items\":{{\"pattern\":\"{pattern}\"}}}}"),
        ];
        for (size, many) in [
            (100, false),
            (116, false),
            (367, false),
            (4_000, false),
            (4_090, false),
            (500_000, true),
        ] {
            let text = format!("\"{}{end}\"", part.repeat(size / part.len()));
            for (at, schema) in schemas.iter().enumerate() {
                let text = if at == 2 { format!("[{text},{text},{text}]") } else { text.clone() };
                let started = Instant::now();
                let answer = answer(&compile(schema), &text);
                let took = started.elapsed();
                assert!(took.as_secs() < 1, "{pattern} of {size}: {took:?}");
                assert!(!answer.ok(), "{pattern} of {size}");
                if many && at == 0 {
                    let codes: Vec<_> = codes(&answer).iter().map(|(code, _)| *code).collect();
                    assert_eq!(&codes, codes_of_many, "{pattern}");
                }
            }
        }
    }
}

#[test]
fn a_pattern_that_gives_up_never_lets_pass() {
    let long = "a".repeat(20_000);
    let pattern = "\"\\\\b\\\\w*\\\\w*!\"";
    for (schema, input) in [
        (format!("{{\"not\":{{\"pattern\":{pattern}}}}}"), format!("\"{long}\"")),
        (format!("{{\"anyOf\":[{{\"pattern\":{pattern}}},true]}}"), format!("\"{long}\"")),
        (format!("{{\"if\":{{\"pattern\":{pattern}}},\"then\":false}}"), format!("\"{long}\"")),
        (format!("{{\"patternProperties\":{{{pattern}:false}}}}"), format!("{{\"{long}\":1}}")),
        (format!("{{\"propertyNames\":{{\"pattern\":{pattern}}}}}"), format!("{{\"{long}\":1}}")),
    ] {
        let answer = answer(&compile(&schema), &input);
        assert!(!answer.ok(), "{schema}");
        assert!(answer.report.issues.iter().any(|issue| issue.code == "too_complex"), "{schema}");
    }
}
