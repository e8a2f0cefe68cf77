//! The parser of the [URL Standard]: natively the crate `url`, in a host that has one its own.
//!
//! [URL Standard]: https://url.spec.whatwg.org/#url-parsing

use std::sync::OnceLock;

/// A URL, so far as it is asked about here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Url {
    /// The whole, as the standard writes it.
    pub href: String,
    /// The host in ASCII; empty if there is none.
    pub host: String,
}

/// Parses a URL, or gives nothing for what is none.
pub type Parser = fn(&str) -> Option<Url>;

static PARSER: OnceLock<Parser> = OnceLock::new();

/// Makes the host's parser the one to use. The first call holds.
pub fn use_parser(parser: Parser) {
    let _ = PARSER.set(parser);
}

/// Parses an absolute URL, or gives nothing for what is none.
pub fn parse(text: &str) -> Option<Url> {
    PARSER.get_or_init(|| own_parser)(text)
}

#[cfg(not(target_family = "wasm"))]
fn own_parser(text: &str) -> Option<Url> {
    let url = url::Url::parse(text).ok()?;
    let host = url.host_str().unwrap_or_default().to_owned();
    Some(Url { href: url.into(), host })
}

#[cfg(target_family = "wasm")]
fn own_parser(_: &str) -> Option<Url> {
    None
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn urls_are_written_as_the_standard_does() {
        for (text, expected) in [
            ("HTTP://Acme.com:80/a b", Some(("http://acme.com/a%20b", "acme.com"))),
            ("https://münchen.de", Some(("https://xn--mnchen-3ya.de/", "xn--mnchen-3ya.de"))),
            ("mailto:jane@acme.com", Some(("mailto:jane@acme.com", ""))),
            ("https://acme.com:99999", None),
            ("acme", None),
        ] {
            let url = parse(text);
            let found = url.as_ref().map(|url| (&*url.href, &*url.host));
            assert_eq!(found, expected, "{text}");
        }
    }
}
