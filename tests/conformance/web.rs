//! The URL data of Web Platform Tests that the crate `url` carries, against the formats that judge
//! hosts and URLs. The URL Standard and these formats differ by rule, and `web.ledger` has the rules.

use iri_string::types::{IriReferenceStr, IriStr, UriReferenceStr, UriStr};
use prewash::iri::{Characters, Reference};
use serde_json::Value;

use super::{Tally, clean, clean_domain, data_of, is_number, rules};

const LEDGER: &str = include_str!("../web.ledger");

/// The schemes of the web, as `domain` and `uri` have them.
const WEB: [&str; 5] = ["http", "https", "ws", "wss", "ftp"];

/// A test of `urltestdata.json`.
struct Test {
    input: String,
    base: Option<String>,
    /// Nothing where the standard finds no URL.
    url: Option<Parsed>,
}

struct Parsed {
    href: String,
    hostname: String,
}

fn tests() -> Option<Vec<Test>> {
    let data = data_of("url", "urltestdata.json")?;
    let text = |test: &Value, key: &str| test[key].as_str().map(str::to_owned);
    let tests = data.as_array().expect("a list").iter().filter(|test| test.is_object());
    let tests: Vec<_> = tests
        .map(|test| Test {
            input: text(test, "input").expect("a test has an input"),
            base: text(test, "base"),
            url: text(test, "href").map(|href| Parsed {
                href,
                hostname: text(test, "hostname").expect("a URL has a host name"),
            }),
        })
        .collect();
    assert!(tests.len() > 700, "{} tests", tests.len());
    Some(tests)
}

/// What follows a web scheme and its colon.
fn after_web_scheme(text: &str) -> Option<&str> {
    let (scheme, rest) = text.split_once(':')?;
    WEB.iter().any(|web| scheme.eq_ignore_ascii_case(web)).then_some(rest)
}

/// The part of a URL of the web that has its host in it, once the slashes are gone.
fn authority(after_scheme: &str) -> &str {
    let rest = after_scheme.trim_start_matches(['/', '\\']);
    rest.split(['/', '\\', '?', '#']).next().unwrap_or("")
}

/// Whether the standard takes for a path what follows a scheme: where there is a base.
fn is_path(base: &Option<String>, rest: &str) -> bool {
    base.is_some() && !rest.starts_with("//")
}

/// White space and other separators of lists: the standard drops some of them, and glues together
/// what they are between.
fn is_separator(char: char) -> bool {
    char.is_whitespace() || matches!(char, ',' | ';' | '|')
}

/// The domain of a host name as the URL Standard writes it, and the rule if they differ.
fn domain(hostname: &str) -> (Result<String, &'static str>, Option<&'static str>) {
    let name = hostname.strip_suffix('.').unwrap_or(hostname);
    let mut rule = (name != hostname).then_some("root dot");
    let labels: Vec<_> = name.split('.').collect();
    let is_ldh = |char: char| char.is_ascii_alphanumeric() || matches!(char, '-' | '.');
    let is_v4 = || labels.len() == 4 && labels.iter().all(|label| label.parse::<u8>().is_ok());
    if name.starts_with('[') || is_v4() {
        return (Err("ip_address"), Some("IP address"));
    }
    if labels.iter().any(|label| label.is_empty()) {
        return (Err("empty_label"), Some("empty label"));
    }
    if !name.chars().all(is_ldh) {
        return (Err("invalid_character"), Some("characters that no host name has"));
    }
    if labels.iter().any(|label| label.starts_with('-') || label.ends_with('-')) {
        return (Err("bad_hyphen"), Some("hyphen at an end of a label"));
    }
    if labels.iter().any(|label| label.len() > 63) {
        return (Err("label_too_long"), Some("lengths of DNS"));
    }
    if name.len() > 253 {
        return (Err("domain_too_long"), Some("lengths of DNS"));
    }
    if labels.len() == 1 {
        return (Err("single_label"), Some("single label"));
    }
    let mut domain = name;
    while let Some(after) = domain.strip_prefix("www.").filter(|after| after.contains('.')) {
        (domain, rule) = (after, Some("leading www"));
    }
    (Ok(domain.to_owned()), rule)
}

#[test]
fn domains_are_the_hosts_of_urls() {
    const RUN: &str = "Web Platform Tests, the format `domain`";
    let Some(tests) = tests() else { return };
    let mut tally = Tally::default();
    for Test { input, base, url } in tests {
        // The standard strips controls and spaces; what is white space is stripped here too.
        let Some(rest) = after_web_scheme(input.trim_ascii_start()) else { continue };
        if is_path(&base, rest) {
            continue;
        }
        let found = clean_domain(&input);
        let published = match &url {
            Some(url) => Ok(url.hostname.clone()),
            None => Err("no URL"),
        };
        let (expected, rule) = match &url {
            Some(_) if authority(rest.trim()).contains(is_separator) => {
                (Err("invalid_character"), Some("separator"))
            }
            Some(url) => domain(&url.hostname),
            None => (Err("no URL"), None),
        };
        // Which refusal it is counts where a rule is at work.
        let found = match (&published, found) {
            (Err(_), Err(_)) => Err("no URL"),
            (_, found) => found,
        };
        tally.note(&input, &published, (&expected, rule), &found);
    }
    tally.finish(RUN, &rules(LEDGER, RUN));
}

#[test]
fn no_domain_is_taken_from_a_url_of_another_scheme() {
    const RUN: &str = "Web Platform Tests, URLs of other schemes, the format `domain`";
    let Some(tests) = tests() else { return };
    let mut tally = Tally::default();
    for Test { input, .. } in tests {
        let Some((scheme, _)) = input.trim_ascii_start().split_once(':') else { continue };
        let is_scheme = scheme.starts_with(|char: char| char.is_ascii_alphabetic())
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
        if is_scheme && after_web_scheme(input.trim_ascii_start()).is_none() {
            tally.note(&input, &true, (&true, None), &clean_domain(&input).is_err());
        }
    }
    tally.finish(RUN, &rules(LEDGER, RUN));
}

#[test]
fn references_are_those_of_the_grammar_and_web_urls_of_the_standard() {
    let Some(tests) = tests() else { return };
    let mut texts: Vec<(String, bool)> = Vec::new();
    for Test { input, base, url } in tests {
        if let Some(url) = &url {
            texts.push((url.href.clone(), true));
        }
        if base.is_none() {
            texts.push((input, url.is_some()));
        }
    }
    texts.sort();
    texts.dedup();
    for (format, is, run) in [
        (
            "uri",
            (|text| UriStr::new(text).is_ok()) as fn(&str) -> bool,
            "Web Platform Tests, the format `uri`",
        ),
        ("iri", |text| IriStr::new(text).is_ok(), "Web Platform Tests, the format `iri`"),
    ] {
        let mut tally = Tally::default();
        for (text, is_url) in &texts {
            let web = after_web_scheme(text);
            // By the grammar, and where it is of the web, by the standard too.
            let published = is(text) && (web.is_none() || *is_url);
            let found = clean(format, text).is_ok();
            let host = authority(web.unwrap_or_default());
            let last = host.trim_end_matches('.').rsplit('.').next().unwrap_or("");
            let (expected, rule) = match web {
                Some(web) if published && !web.starts_with("//") => (false, Some("no slashes")),
                Some(_) if is(text) && !is_url && is_number(&last.to_ascii_lowercase()) => {
                    (true, Some("number at the end"))
                }
                _ => (published, None),
            };
            tally.note(text, &published, (&expected, rule), &found);
        }
        tally.finish(run, &rules(LEDGER, run));
    }
}

#[test]
fn references_have_the_parts_that_the_grammar_gives_them() {
    const RUN: &str = "Web Platform Tests, references by RFC 3986 and RFC 3987";
    let Some(tests) = tests() else { return };
    let mut tally = Tally::default();
    for Test { input, base, url } in tests {
        for text in [Some(input), base, url.map(|url| url.href)].into_iter().flatten() {
            let found = [Characters::Ascii, Characters::Unicode]
                .map(|characters| Reference::parse(&text, characters));
            let ascii = UriReferenceStr::new(&text).ok().map(|reference| Reference {
                scheme: reference.scheme_str(),
                authority: reference.authority_str(),
                path: reference.path_str(),
                query: reference.query().map(|query| query.as_str()),
                fragment: reference.fragment().map(|fragment| fragment.as_str()),
            });
            let unicode = IriReferenceStr::new(&text).ok().map(|reference| Reference {
                scheme: reference.scheme_str(),
                authority: reference.authority_str(),
                path: reference.path_str(),
                query: reference.query().map(|query| query.as_str()),
                fragment: reference.fragment().map(|fragment| fragment.as_str()),
            });
            let published = [ascii, unicode];
            tally.note(&text, &published, (&published, None), &found);
        }
    }
    tally.finish(RUN, &rules(LEDGER, RUN));
}

#[test]
fn references_resolve_as_the_grammar_has_it() {
    const RUN: &str = "Web Platform Tests, references against a base by RFC 3986";
    let Some(tests) = tests() else { return };
    let mut tally = Tally::default();
    for Test { input, base, .. } in tests {
        let Some(base) = base else { continue };
        let (Ok(theirs), Ok(their_base)) = (IriReferenceStr::new(&input), IriStr::new(&base))
        else {
            continue;
        };
        let published = theirs.resolve_against(their_base.to_absolute()).to_string();
        let parse = |text| Reference::parse(text, Characters::Unicode).expect("it is one");
        let found = parse(&input).resolve(&parse(&base));
        tally.note(&format!("{input} {base}"), &published, (&published, None), &found);
    }
    tally.finish(RUN, &rules(LEDGER, RUN));
}

#[test]
fn addresses_are_those_of_the_standard() {
    const RUN: &str = "Web Platform Tests, the formats `ipv4` and `ipv6`";
    let Some(tests) = tests() else { return };
    let mut tally = Tally::default();
    for Test { input, base, url } in tests {
        // What is an address once it was parsed is one as it is written.
        if let Some(url) = &url {
            let name = &*url.hostname;
            let bracketed = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
            let is_v4 = name.parse::<std::net::Ipv4Addr>().is_ok();
            let expected = (is_v4, bracketed.is_some());
            let found =
                (clean("ipv4", name).is_ok(), clean("ipv6", bracketed.unwrap_or(name)).is_ok());
            tally.note(name, &expected, (&expected, None), &found);
        }
        // What stands in brackets is an address if, and only if, there is a URL.
        let Some(rest) = after_web_scheme(input.trim_ascii_start()) else { continue };
        if is_path(&base, rest) {
            continue;
        }
        let host = authority(rest);
        let Some(inside) = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) else {
            continue;
        };
        let found = clean("ipv6", inside).is_ok();
        tally.note(&input, &url.is_some(), (&url.is_some(), None), &found);
    }
    tally.finish(RUN, &rules(LEDGER, RUN));
}

#[test]
fn domains_are_the_hosts_that_setters_set() {
    const RUN: &str = "Web Platform Tests, setters of hosts, the format `domain`";
    let Some(data) = data_of("url", "setters_tests.json") else { return };
    let mut tally = Tally::default();
    for setter in ["host", "hostname"] {
        for test in data[setter].as_array().expect("a list") {
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            let (href, value) = (text(&test["href"]), text(&test["new_value"]));
            if after_web_scheme(&href).is_none() {
                continue;
            }
            let host = |href: &str| {
                let url = url::Url::parse(href).expect("it is a URL");
                url.host_str().expect("a URL of the web has a host").to_owned()
            };
            // A setter that refuses leaves the host alone.
            let (before, after) = (host(&href), host(&text(&test["expected"]["href"])));
            let published = if before == after { Err("no host") } else { Ok(after.clone()) };
            // What is no part of a host: to a setter, it may end there.
            let authority = authority(&value);
            let (name, port) = match authority.split_once(':') {
                Some((name, port)) if !name.starts_with('[') => (name, Some(port)),
                _ => (authority, None),
            };
            // `hostname` takes no port, and no setter takes slashes before the host.
            let is_refused = setter == "hostname" && port.is_some() || value.starts_with('/');
            let (expected, rule) = match (&published, port) {
                (Err(_), _) if is_refused && domain(name).0.is_ok() => {
                    (domain(name).0, Some("only setters refuse it"))
                }
                (Err(code), _) => (Err(*code), None),
                (Ok(_), Some(port)) if !port.is_empty() && port.parse::<u16>().is_err() => {
                    (Err("invalid_port"), Some("port"))
                }
                (Ok(_), _) => domain(&after),
            };
            let found = match (&published, clean_domain(&format!("https://{value}"))) {
                (Err(_), Err(_)) => Err("no host"),
                (_, found) => found,
            };
            tally.note(&value, &published, (&expected, rule), &found);
        }
    }
    tally.finish(RUN, &rules(LEDGER, RUN));
}
