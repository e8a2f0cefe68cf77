//! `uri`: RFC 3986, section 3, `URI`: with a scheme, in ASCII. Nothing is cleaned.
//!
//! | rule | here |
//! |---|---|
//! | the grammar (RFC 3986, appendix A) | `iri_string::validate::iri` |
//! | a web address (http, https, ws, wss, ftp) has a host, and a port that exists ([URL Standard]) | [`is_web_url`] |
//!
//! [URL Standard]: https://url.spec.whatwg.org/

use iri_string::spec::UriSpec;
use iri_string::validate::iri;
use url::{ParseError, Url};

use super::{Cleaned, Format, Refusal, Remark, Settings};
use crate::{code, unicode};

pub static FORMAT: Format = Format { name: "uri", clean };

/// The longest text that is worth a guess, in bytes.
const LONGEST_GUESS: usize = 2048;

fn clean(text: &str, _: Settings) -> Result<Cleaned<'_>, Refusal> {
    if is_uri(text) {
        return Ok(Cleaned::plain(text));
    }
    let remark = Remark::new(&code::URI).text("example", "https://acme.com/about");
    Err(remark.suggest(near(text)).refuse())
}

fn is_uri(text: &str) -> bool {
    iri::<UriSpec>(text).is_ok() && is_web_url(text)
}

/// Whether a URI of a web scheme is an address. Other schemes are not looked at.
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
    match Url::parse(text) {
        Ok(_) => true,
        // RFC 3986 takes `999.999.999.999` for a name.
        Err(error) => error == ParseError::InvalidIpv4Address,
    }
}

/// The URI that was probably meant: with a scheme before it, or encoded where it must be.
fn near(text: &str) -> Option<String> {
    let text = unicode::trim(text);
    if text.len() > LONGEST_GUESS {
        return None;
    }
    let pass = |guess: String| is_uri(&guess).then_some(guess);
    pass(text.to_owned())
        .or_else(|| {
            let host = text.trim_start_matches("//").split(['/', '?', '#', ':']).next()?;
            let is_host = host.contains('.') && !host.starts_with('.') && !host.ends_with('.');
            is_host.then(|| pass(format!("https://{}", text.trim_start_matches("//"))))?
        })
        .or_else(|| {
            let url = Url::parse(text).ok().filter(|_| !text.contains('\\'))?;
            let is_host = url.host_str().is_some_and(|host| host.contains('.'));
            is_host.then(|| pass(url.into()))?
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uris_pass_as_they_are() {
        for text in [
            "https://acme.com",
            "HTTP://Acme.com:80/%7Ejane?q=1#top",
            "mailto:jane@acme.com",
            "urn:isbn:0451450523",
            "ldap://[2001:db8::7]/c=GB?objectClass?one",
            "http://999.999.999.999/",
        ] {
            assert_eq!(clean(text, Settings::default()), Ok(Cleaned::plain(text)), "{text}");
        }
    }

    #[test]
    fn other_texts_are_refused_with_the_uri_that_is_near() {
        for (text, suggestion) in [
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
            ("https://acme.com/%6G", None),
            ("/about", None),
            ("acme", None),
            ("", None),
        ] {
            let refusal = clean(text, Settings::default()).unwrap_err();
            let found = (refusal.code, refusal.suggestion.as_deref());
            assert_eq!(found, (&code::URI, suggestion), "{text}");
        }
    }
}
