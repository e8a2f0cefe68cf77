//! A clean domain is clean, made of letters, digits and hyphens, within DNS's lengths, and what
//! `url::Host` makes of the same name.

#![no_main]

use libfuzzer_sys::fuzz_target;
use prewash::formats::Settings;
use prewash_fuzz::{cleaned, format};
use url::Host;

fuzz_target!(|text: &str| {
    let Some(domain) = cleaned(format("domain"), text, Settings::default()) else { return };
    let labels: Vec<_> = domain.split('.').collect();
    assert!(domain.len() <= 253 && labels.len() > 1, "{domain}");
    for label in labels {
        let is_ldh = |byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
        assert!((1..=63).contains(&label.len()) && label.bytes().all(is_ldh), "{domain}");
        assert!(!label.starts_with('-') && !label.ends_with('-'), "{domain}");
    }
    assert_eq!(Host::parse(&domain), Ok(Host::Domain(domain.clone())), "{text:?}");
    // A joiner at an edge is trimmed here, and part of the name there.
    let joins = text.contains(['\u{200c}', '\u{200d}']);
    if let Some(host) = Host::parse(text).ok().filter(|_| !joins) {
        let host = host.to_string();
        let mut name = host.strip_suffix('.').unwrap_or(&host);
        while let Some(rest) = name.strip_prefix("www.").filter(|rest| rest.contains('.')) {
            name = rest;
        }
        assert_eq!(domain, name, "{text:?}");
    }
});
