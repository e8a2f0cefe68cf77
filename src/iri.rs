//! References by RFC 3986 and RFC 3987: whether a text is one, its parts, and what it is against a
//! base.
//!
//! | rule | here |
//! |---|---|
//! | the parts (RFC 3986, section 3 and appendix B) | [`Reference::parse`] |
//! | which characters a part may hold (RFC 3986, appendix A; RFC 3987, section 2.2) | [`holds`] |
//! | addresses in brackets (RFC 3986, section 3.2.2) | [`is_bracketed`] |
//! | against a base (RFC 3986, section 5.2) | [`Reference::resolve`] |

use crate::ip;

/// Which characters a reference may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Characters {
    /// Those of RFC 3986.
    Ascii,
    /// Those of RFC 3987 too.
    Unicode,
}

/// A reference in its parts, each without what sets it apart from the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference<'t> {
    /// The scheme; a reference without one is relative.
    pub scheme: Option<&'t str>,
    /// User part, host and port.
    pub authority: Option<&'t str>,
    /// The path, which may be empty.
    pub path: &'t str,
    /// The query.
    pub query: Option<&'t str>,
    /// The fragment.
    pub fragment: Option<&'t str>,
}

/// What segments of a path may hold beside letters and digits (`pchar`).
const SEGMENT: &[u8] = b"-._~!$&'()*+,;=:@%";

impl<'t> Reference<'t> {
    /// Splits a reference into its parts, or gives nothing for what is none.
    pub fn parse(text: &'t str, characters: Characters) -> Option<Self> {
        let (rest, fragment) = split(text, b'#');
        let (rest, query) = split(rest, b'?');
        let colon = rest.bytes().position(|byte| matches!(byte, b':' | b'/'));
        let (scheme, rest) = match colon {
            Some(at) if rest.as_bytes()[at] == b':' => (Some(&rest[..at]), &rest[at + 1..]),
            _ => (None, rest),
        };
        let (authority, path) = match rest.strip_prefix("//") {
            Some(rest) => {
                let end = rest.bytes().position(|byte| byte == b'/').unwrap_or(rest.len());
                (Some(&rest[..end]), &rest[end..])
            }
            None => (None, rest),
        };
        let is_query = |text| holds(text, b"-._~!$&'()*+,;=:@%/?", characters, true);
        let is_fragment = |text| holds(text, b"-._~!$&'()*+,;=:@%/?", characters, false);
        let fits = scheme.is_none_or(is_scheme)
            && authority.is_none_or(|authority| is_authority(authority, characters))
            && path.split('/').all(|segment| holds(segment, SEGMENT, characters, false))
            && query.is_none_or(is_query)
            && fragment.is_none_or(is_fragment);
        fits.then_some(Reference { scheme, authority, path, query, fragment })
    }

    /// The reference against a base, which has a scheme.
    pub fn resolve(&self, base: &Reference<'_>) -> String {
        let mut out = String::new();
        let own_scheme = self.scheme.is_some();
        let own_authority = own_scheme || self.authority.is_some();
        let own_path = own_authority || !self.path.is_empty();
        let authority = if own_authority { self.authority } else { base.authority };
        let query = if own_path || self.query.is_some() { self.query } else { base.query };
        out.push_str(self.scheme.or(base.scheme).unwrap_or_default());
        out.push(':');
        if let Some(authority) = authority {
            out.push_str("//");
            out.push_str(authority);
        }
        let path = if !own_path {
            base.path.to_owned()
        } else if own_authority || self.path.starts_with('/') {
            without_dots(self.path)
        } else {
            without_dots(&merge(base, self.path))
        };
        // It would read as an authority.
        if authority.is_none() && path.starts_with("//") {
            out.push_str("/.");
        }
        out.push_str(&path);
        for (mark, part) in [('?', query), ('#', self.fragment)] {
            if let Some(part) = part {
                out.push(mark);
                out.push_str(part);
            }
        }
        out
    }
}

/// A path that is relative to that of a base (RFC 3986, section 5.2.3).
fn merge(base: &Reference<'_>, path: &str) -> String {
    let folder = match base.path.bytes().rposition(|byte| byte == b'/') {
        Some(slash) => &base.path[..=slash],
        None if base.authority.is_some() => "/",
        None => "",
    };
    [folder, path].concat()
}

/// A path without its segments `.` and `..` (RFC 3986, section 5.2.4).
fn without_dots(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut rest = path;
    while !rest.is_empty() {
        let start = usize::from(rest.starts_with('/'));
        let end = rest[start..].bytes().position(|byte| byte == b'/');
        let end = end.map_or(rest.len(), |end| start + end);
        let (segment, after) = rest.split_at(end);
        rest = after;
        match segment {
            "/." | "/.." => {
                if segment == "/.." {
                    let kept = out.bytes().rposition(|byte| byte == b'/').unwrap_or(0);
                    out.truncate(kept);
                }
                if rest.is_empty() {
                    out.push('/');
                }
            }
            // At the start of a path without a slash.
            "." | ".." => rest = rest.strip_prefix('/').unwrap_or(rest),
            _ => out.push_str(segment),
        }
    }
    out
}

/// The text before a mark, and what follows it.
fn split(text: &str, mark: u8) -> (&str, Option<&str>) {
    match text.bytes().position(|byte| byte == mark) {
        Some(at) => (&text[..at], Some(&text[at + 1..])),
        None => (text, None),
    }
}

fn is_scheme(scheme: &str) -> bool {
    scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

fn is_authority(authority: &str, characters: Characters) -> bool {
    let (user, host) = match authority.bytes().position(|byte| byte == b'@') {
        Some(at) => (&authority[..at], &authority[at + 1..]),
        None => ("", authority),
    };
    // The colons of an address in brackets are its own.
    let bracket = host.bytes().rposition(|byte| byte == b']').unwrap_or(0);
    let colon = host.bytes().skip(bracket).position(|byte| byte == b':');
    let end = colon.map_or(host.len(), |colon| bracket + colon);
    let (host, port) = (&host[..end], host.get(end + 1..).unwrap_or_default());
    let is_host = match host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        Some(inside) => is_bracketed(inside),
        None => holds(host, b"-._~!$&'()*+,;=%", characters, false),
    };
    is_host
        && holds(user, b"-._~!$&'()*+,;=:%", characters, false)
        && port.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether an address may stand in brackets: one of IPv6, or of a version to come.
fn is_bracketed(address: &str) -> bool {
    let Some(future) = address.strip_prefix(['v', 'V']) else {
        return ip::v6(address).is_some();
    };
    let Some((version, rest)) = future.split_once('.') else { return false };
    !version.is_empty()
        && version.bytes().all(|byte| byte.is_ascii_hexdigit())
        && !rest.is_empty()
        && holds(rest, b"-._~!$&'()*+,;=:", Characters::Ascii, false)
}

/// Whether a part is of letters, digits and the other characters that it may hold, a percent sign
/// only before two digits. `private` says whether characters of private use may stand in it.
fn holds(part: &str, others: &[u8], characters: Characters, private: bool) -> bool {
    let bytes = part.as_bytes();
    part.char_indices().all(|(at, char)| match char {
        '%' => {
            let digits = bytes.get(at + 1..at + 3);
            others.contains(&b'%')
                && digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
        }
        '\0'..='\u{7f}' => char.is_ascii_alphanumeric() || others.contains(&(char as u8)),
        _ => characters == Characters::Unicode && (is_letter(char) || private && is_private(char)),
    })
}

/// `ucschar` of RFC 3987, section 2.2.
fn is_letter(char: char) -> bool {
    matches!(char, '\u{a0}'..='\u{d7ff}' | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{ffef}')
        || matches!(char as u32, 0x1_0000..0xf_0000)
            && (char as u32) & 0xffff < 0xfffe
            && !matches!(char as u32, 0xe_0000..0xe_1000)
}

/// `iprivate` of RFC 3987, section 2.2.
fn is_private(char: char) -> bool {
    matches!(char, '\u{e000}'..='\u{f8ff}')
        || char as u32 >= 0xf_0000 && (char as u32) & 0xffff < 0xfffe
}

#[cfg(test)]
mod tests {
    use iri_string::spec::{IriSpec, UriSpec};
    use iri_string::types::{IriReferenceStr, IriStr};
    use iri_string::validate::iri_reference;
    use proptest::prelude::*;

    use super::{Characters, Reference};

    /// Pieces of references, so that what is put together of them is often one.
    const PIECES: &str = r"(a|b1|é|/|//|\.|\.\.|:|@|\?|#|%20|%|%g1|\[::1\]|\[v1\.x\]|\[|\]|:80|http:|urn:|-|\+|~|!| |\\|\{|\u{e000}|\u{f0000}|\u{fffe}|\u{e0001}){0,9}";

    #[track_caller]
    fn resolved(base: &str, reference: &str) -> String {
        let parse = |text| Reference::parse(text, Characters::Unicode).unwrap();
        parse(reference).resolve(&parse(base))
    }

    #[test]
    fn references_resolve_as_in_rfc_3986() {
        // Sections 5.4.1 and 5.4.2.
        for (reference, expected) in [
            ("g:h", "g:h"),
            ("g", "http://a/b/c/g"),
            ("./g", "http://a/b/c/g"),
            ("g/", "http://a/b/c/g/"),
            ("/g", "http://a/g"),
            ("//g", "http://g"),
            ("?y", "http://a/b/c/d;p?y"),
            ("g?y", "http://a/b/c/g?y"),
            ("#s", "http://a/b/c/d;p?q#s"),
            ("g;x?y#s", "http://a/b/c/g;x?y#s"),
            ("", "http://a/b/c/d;p?q"),
            (".", "http://a/b/c/"),
            ("..", "http://a/b/"),
            ("../..", "http://a/"),
            ("../../../g", "http://a/g"),
            ("/../g", "http://a/g"),
            ("g.", "http://a/b/c/g."),
            ("./g/.", "http://a/b/c/g/"),
            ("g;x=1/../y", "http://a/b/c/y"),
            ("g?y/../x", "http://a/b/c/g?y/../x"),
            ("http:g", "http:g"),
        ] {
            assert_eq!(resolved("http://a/b/c/d;p?q", reference), expected, "{reference}");
        }
        assert_eq!(resolved("document:///", "item.json"), "document:///item.json");
    }

    proptest! {
        #[test]
        fn references_are_those_of_the_crate_iri_string(text in PIECES) {
            let is = |characters| Reference::parse(&text, characters).is_some();
            prop_assert_eq!(is(Characters::Ascii), iri_reference::<UriSpec>(&text).is_ok());
            prop_assert_eq!(is(Characters::Unicode), iri_reference::<IriSpec>(&text).is_ok());
        }

        #[test]
        fn characters_are_those_of_the_crate_iri_string(char: char) {
            for text in [char.to_string(), format!("?{char}"), format!("#{char}"), format!("//{char}@{char}")] {
                let is = Reference::parse(&text, Characters::Unicode).is_some();
                prop_assert_eq!(is, iri_reference::<IriSpec>(&text).is_ok(), "{:?}", text);
            }
        }

        #[test]
        fn references_resolve_as_in_the_crate_iri_string(
            base in r"(http|urn):(//a(/[ab.]{0,2}){0,4}|/[ab](/[ab.]{0,2}){0,4})(\?q)?",
            reference in r"(x:)?(//b)?((/|/?[ab.]{1,2})(/[ab.]{0,3}){0,4})?(\?y)?(#z)?",
        ) {
            prop_assume!(Reference::parse(&reference, Characters::Unicode).is_some());
            let theirs = IriReferenceStr::new(&reference).unwrap();
            let theirs = theirs.resolve_against(IriStr::new(&base).unwrap().to_absolute());
            prop_assert_eq!(resolved(&base, &reference), theirs.to_string());
        }
    }
}
