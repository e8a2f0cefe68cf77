//! `uri`, `uri-reference`, `iri` and `iri-reference`. Nothing is cleaned.
//!
//! | rule | here |
//! |---|---|
//! | `uri`: `URI`, with a scheme, in ASCII (RFC 3986, section 3) | [`is_uri`], by `iri` |
//! | `uri-reference`: `URI-reference`, also relative (RFC 3986, section 4.1) | [`is_uri_reference`], by `iri` |
//! | `iri`, `iri-reference`: the same, in Unicode (RFC 3987, section 2.2) | the same |
//! | a web address (http, https, ws, wss, ftp) has a host, and a port that exists ([URL Standard]) | [`is_web_url`] |
//!
//! [URL Standard]: https://url.spec.whatwg.org/

use super::{Cleaned, Format, Refusal, Settings, check, host};
use crate::iri::{Characters, Reference};
use crate::{code, percent, unicode, url};

pub static URI: Format = Format { name: "uri", clean: clean_uri };
pub static URI_REFERENCE: Format = Format { name: "uri-reference", clean: clean_uri_reference };
pub static IRI: Format = Format { name: "iri", clean: clean_iri };
pub static IRI_REFERENCE: Format = Format { name: "iri-reference", clean: clean_iri_reference };

/// Encodes what people leave unencoded in references. Braces are more likely those of a
/// template, and backslashes those of a file.
fn encode(text: &str) -> String {
    percent::encode(text, |byte| matches!(byte, b' ' | b'"' | b'<' | b'>' | b'^' | b'`' | b'|'))
}

fn clean_uri(text: &str, _: Settings) -> Result<Cleaned<'_>, Refusal> {
    check(text, is_uri, &code::URI, "https://acme.com/about", |text| near(text, is_uri))
}

fn clean_uri_reference(text: &str, _: Settings) -> Result<Cleaned<'_>, Refusal> {
    let near = |text: &str| Some(encode(unicode::trim(text)));
    check(text, is_uri_reference, &code::URI_REFERENCE, "/about?lang=en", near)
}

fn clean_iri(text: &str, _: Settings) -> Result<Cleaned<'_>, Refusal> {
    check(text, is_iri, &code::IRI, "https://münchen.de/über", |text| near(text, is_iri))
}

fn clean_iri_reference(text: &str, _: Settings) -> Result<Cleaned<'_>, Refusal> {
    let near = |text: &str| {
        let encode = |char: char| match char.is_ascii() {
            true => self::encode(char.encode_utf8(&mut [0; 4])),
            false => char.to_string(),
        };
        Some(unicode::trim(text).chars().map(encode).collect())
    };
    check(text, is_iri_reference, &code::IRI_REFERENCE, "/über?lang=de", near)
}

fn is_uri(text: &str) -> bool {
    has_scheme(text, Characters::Ascii) && is_web_url(text)
}

fn is_uri_reference(text: &str) -> bool {
    Reference::parse(text, Characters::Ascii).is_some() && is_web_url(text)
}

fn is_iri(text: &str) -> bool {
    has_scheme(text, Characters::Unicode) && is_web_url(text)
}

fn is_iri_reference(text: &str) -> bool {
    Reference::parse(text, Characters::Unicode).is_some() && is_web_url(text)
}

fn has_scheme(text: &str, characters: Characters) -> bool {
    Reference::parse(text, characters).is_some_and(|reference| reference.scheme.is_some())
}

/// Whether a URI of a web scheme is an address. Other schemes, and references without one, are not
/// looked at.
fn is_web_url(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return true };
    if !["http", "https", "ws", "wss", "ftp"].iter().any(|web| scheme.eq_ignore_ascii_case(web)) {
        return true;
    }
    // The URL Standard forgives missing slashes and takes the path for a host.
    let Some(rest) = rest.strip_prefix("//") else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or("");
    let host = authority.rsplit('@').next().unwrap_or("");
    if host.is_empty() || host.starts_with(':') {
        return false;
    }
    // With such an authority the parser refuses nothing, and need not be asked.
    if is_plain_name(authority.as_bytes()) {
        return true;
    }
    // RFC 3986 takes `999.999.999.999` for a name, and has addresses of versions to come: `[v1.fe]`.
    url::parse(text).is_some()
        || host.starts_with("[v")
        || host.starts_with("[V")
        || is_bad_number(host)
}

/// Whether an authority is nothing but a usual name.
fn is_plain_name(authority: &[u8]) -> bool {
    let is_plain = |label: &[u8]| host::is_plain_label(label);
    let mut labels = authority.split(|byte| *byte == b'.');
    // A digit may start a number.
    labels.next_back().is_some_and(|last| is_plain(last) && !last[0].is_ascii_digit())
        && authority.len() <= host::DOMAIN
        && labels.all(is_plain)
}

/// Whether a host, perhaps with its port, ends in a number and is no IPv4 address.
fn is_bad_number(host: &str) -> bool {
    let host = host.split(':').next().unwrap_or("");
    let host = host::decode(host);
    let Some(name) = unicode::to_ascii(&host) else { return false };
    host::ends_in_number(&name) && url::parse(&format!("http://{name}/")).is_none()
}

/// The URI that was probably meant: with a scheme before it, or encoded where it must be.
fn near(text: &str, is: fn(&str) -> bool) -> Option<String> {
    let text = unicode::trim(text);
    let pass = |guess: String| is(&guess).then_some(guess);
    pass(text.to_owned())
        .or_else(|| {
            let mut text = text;
            while let Some(rest) = text.strip_prefix("//") {
                text = rest;
            }
            let host = text.split(['/', '?', '#', ':']).next()?;
            let is_host = host.contains('.') && !host.starts_with('.') && !host.ends_with('.');
            is_host.then(|| pass(format!("https://{text}")))?
        })
        .or_else(|| {
            let url = url::parse(text).filter(|_| !text.contains('\\'))?;
            url.host.contains('.').then(|| pass(url.href))?
        })
}

#[cfg(test)]
mod tests {
    use super::super::table::{passes, refuses};
    use super::*;

    #[test]
    fn uris_pass_as_they_are() {
        let uris = [
            "https://acme.com",
            "HTTP://Acme.com:80/%7Ejane?q=1#top",
            "mailto:jane@acme.com",
            "urn:isbn:0451450523",
            "ldap://[2001:db8::7]/c=GB?objectClass?one",
            "http://999.999.999.999/",
            "http://[v1.fe]/",
        ];
        let references =
            ["", "/about", "about", "//acme.com/", "//", "?q=1", "#top", "./a:b", "../a"];
        let iris = ["https://münchen.de/straße?ü#ß", "http://例え.テスト/\u{10300}?\u{f0000}"];
        let iri_references = ["/straße", "über", "#ß"];
        passes(&URI, &uris);
        passes(&URI_REFERENCE, &[&uris[..], &references].concat());
        passes(&IRI, &[&uris[..], &iris].concat());
        passes(&IRI_REFERENCE, &[&uris[..], &references, &iris, &iri_references].concat());
    }

    #[test]
    fn other_texts_are_refused_with_the_uri_that_is_near() {
        refuses(
            &URI,
            &code::URI,
            &[
                ("acme.com/about", Some("https://acme.com/about")),
                ("//acme.com", Some("https://acme.com")),
                (" https://acme.com ", Some("https://acme.com")),
                ("https://acme.com/a b", Some("https://acme.com/a%20b")),
                ("https://münchen.de/ü", Some("https://xn--mnchen-3ya.de/%C3%BC")),
                ("https://acme.com:99999", None),
                ("https:///about", None),
                ("https:acme.com", Some("https://acme.com/")),
                ("http://", None),
                ("https://:80/", None),
                ("http://[::1", None),
                ("https://acme.com/%6G", None),
                ("/about", None),
                ("acme", None),
                ("", None),
            ],
        );
    }

    #[test]
    fn other_texts_are_refused_with_the_reference_that_is_near() {
        refuses(
            &URI_REFERENCE,
            &code::URI_REFERENCE,
            &[
                (" /about\n", Some("/about")),
                ("/a b", Some("/a%20b")),
                ("/straße", Some("/stra%C3%9Fe")),
                ("/a|b", Some("/a%7Cb")),
                ("/a\nb", None),
                ("/accounts/{id}", None),
                ("\\\\server\\share", None),
                ("/%zz", None),
                ("//acme.com:abc/", None),
                ("https://acme.com:99999", None),
                ("http://", None),
                ("1:b", None),
            ],
        );
    }

    #[test]
    fn other_texts_are_refused_with_the_iri_that_is_near() {
        refuses(
            &IRI,
            &code::IRI,
            &[
                ("münchen.de/straße", Some("https://münchen.de/straße")),
                (" https://münchen.de ", Some("https://münchen.de")),
                ("https://acme.com/a b", Some("https://acme.com/a%20b")),
                ("http://2001:db8::1/", None),
                ("/straße", None),
                ("über", None),
                ("", None),
            ],
        );
        refuses(
            &IRI_REFERENCE,
            &code::IRI_REFERENCE,
            &[
                (" /straße ", Some("/straße")),
                ("/große straße", Some("/große%20straße")),
                ("#a\\b", None),
                ("/%zz", None),
            ],
        );
    }
}
