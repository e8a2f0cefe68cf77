//! What is pasted around a host: steps 2 to 6 of the domain rule.
//!
//! | step | here |
//! |---|---|
//! | 2 schemes and slashes | [`Address::split`] |
//! | 3 the end of the authority | [`Address::split`] |
//! | 4 white space, comma, semicolon, bar | [`Address::host`] |
//! | 5 `@` | [`Address::host`] |
//! | 6 IPv6 addresses and the port | [`Address::host`] |
//!
//! No URL parser sees raw input: one would delete a line break and glue two names into one.

use super::{Refusal, Remark};
use crate::{code, ip};

/// The schemes that are stripped.
const WEB: [&str; 5] = ["https", "http", "wss", "ws", "ftp"];

/// Schemes that need no slashes after their colon. With any other word before it, a colon may as
/// well start a port (`localhost:3000`) or a password (`user:pass@acme.com`).
const BARE: &[&str] = &[
    "about",
    "blob",
    "callto",
    "cid",
    "data",
    "facetime",
    "fax",
    "file",
    "geo",
    "javascript",
    "magnet",
    "mailto",
    "market",
    "maps",
    "mid",
    "news",
    "sip",
    "sips",
    "skype",
    "sms",
    "smsto",
    "tel",
    "urn",
    "vbscript",
    "view-source",
    "whatsapp",
    "xmpp",
];

/// The most values that a refusal lists.
const LISTED: usize = 10;

/// The parts of an address, so far as a host is concerned.
#[derive(Debug)]
pub struct Address<'t> {
    /// Whether it began with a web scheme. Without one, `user@host` may as well be an e-mail address.
    pub has_scheme: bool,
    /// User part, host and port.
    pub authority: &'t str,
    /// Path, query and fragment.
    pub rest: &'t str,
    /// All of it, after the scheme.
    whole: &'t str,
}

/// A host without what stood around it.
#[derive(Debug)]
pub struct Bare<'t> {
    pub host: &'t str,
    pub had_user: bool,
}

impl<'t> Address<'t> {
    /// Splits an address into its parts.
    ///
    /// # Errors
    ///
    /// `unsupported_scheme`.
    pub fn split(text: &'t str, example: &'static str) -> Result<Self, Refusal> {
        let (whole, has_scheme) = strip_schemes(text);
        let end = whole.find(['/', '\\', '?', '#']).unwrap_or(whole.len());
        let (authority, rest) = whole.split_at(end);
        if whole.len() == text.len()
            && let Some(scheme) = foreign_scheme(text, authority)
        {
            let refusal = Remark::new(&code::UNSUPPORTED_SCHEME);
            return Err(refusal.text("scheme", scheme).name("example", example).refuse());
        }
        Ok(Address { has_scheme, authority, rest, whole })
    }

    /// The host alone, not looked at more closely; empty if there is none.
    ///
    /// # Errors
    ///
    /// `multiple_values`, `invalid_character`, `email_address`, `ip_address`, `invalid_port`.
    pub fn host(&self, example: &'static str) -> Result<Bare<'t>, Refusal> {
        // Step 4.
        if let Some(character) = self.authority.chars().find(|char| is_separator(*char)) {
            self.list(example)?;
            return Err(invalid_character(character, example));
        }
        if self.authority.contains(is_foreign_comma) {
            self.list(example)?;
        }
        // Step 5.
        let (user, host) = match self.authority.rsplit_once('@') {
            Some((user, host)) => (Some(user), host),
            None => (None, self.authority),
        };
        if user.is_some() && !self.has_scheme {
            return Err(Remark::new(&code::EMAIL_ADDRESS).name("example", example).refuse());
        }
        // Step 6.
        if let Some(address) = ipv6(host) {
            let refusal = Remark::new(&code::IP_ADDRESS).text("address", address);
            return Err(refusal.name("example", example).refuse());
        }
        let host = match host.split_once(':') {
            Some((_, port)) if !is_port(port) => {
                let refusal = Remark::new(&code::INVALID_PORT).text("port", excerpt(port));
                return Err(refusal.count("max", 65535).name("example", example).refuse());
            }
            Some((host, _)) => host,
            None => host,
        };
        Ok(Bare { host, had_user: user.is_some() })
    }

    /// Refuses what reads as a list.
    fn list(&self, example: &'static str) -> Result<(), Refusal> {
        let mut count = 0;
        let mut values = Vec::new();
        for value in self.pieces().filter(|piece| reads_as_domain(piece)) {
            count += 1;
            if values.len() < LISTED {
                values.push(value.to_owned());
            }
        }
        if count < 2 {
            return Ok(());
        }
        let refusal = Remark::new(&code::MULTIPLE_VALUES).count("count", count);
        Err(refusal.list("values", values).name("example", example).refuse())
    }

    /// What stands between separators, without the punctuation around it.
    pub fn pieces(&self) -> impl Iterator<Item = &'t str> {
        self.whole
            .split(|char| is_separator(char) || is_foreign_comma(char))
            .map(trim_punctuation)
            .filter(|piece| !piece.is_empty())
    }
}

/// The text after its web schemes and leading slashes, and whether there was a scheme.
fn strip_schemes(text: &str) -> (&str, bool) {
    let mut rest = text;
    let mut has_scheme = false;
    loop {
        if let Some(after) = strip_web_scheme(rest) {
            rest = after;
            has_scheme = true;
        } else if rest.len() > 1 && rest.as_bytes()[..2].iter().all(|byte| is_slash(*byte as char))
        {
            rest = rest.trim_start_matches(is_slash);
        } else {
            return (rest, has_scheme);
        }
    }
}

/// The text after one web scheme and its slashes, however many.
pub fn strip_web_scheme(text: &str) -> Option<&str> {
    WEB.into_iter().find_map(|scheme| {
        let rest = text.get(scheme.len()..)?.strip_prefix(':')?;
        text[..scheme.len()].eq_ignore_ascii_case(scheme).then(|| rest.trim_start_matches(is_slash))
    })
}

/// The scheme of an address that is no web address. `acme.com:8080` has a port, `user:pass@acme.com`
/// has a password, `fe80::1` is an IPv6 address; none has a scheme.
fn foreign_scheme<'t>(text: &'t str, authority: &str) -> Option<&'t str> {
    // RFC 3986, section 3.1.
    let end =
        text.find(|char: char| !char.is_ascii_alphanumeric() && !matches!(char, '+' | '-' | '.'))?;
    let (scheme, rest) = text.split_at(end);
    let rest = rest.strip_prefix(':')?;
    if !scheme.starts_with(|char: char| char.is_ascii_alphabetic()) {
        return None;
    }
    if rest.starts_with("//") || BARE.iter().any(|bare| scheme.eq_ignore_ascii_case(bare)) {
        return Some(scheme);
    }
    let port = authority.get(end + 1..).unwrap_or("");
    let is_host = scheme.contains('.')
        || port.bytes().all(|byte| byte.is_ascii_digit())
        || authority.contains('@')
        || authority.contains(is_separator)
        || ipv6(authority).is_some();
    (!is_host).then_some(scheme)
}

/// The IPv6 address (or other address in brackets) that a host is, perhaps with a zone and a port.
fn ipv6(host: &str) -> Option<String> {
    if !host.bytes().any(|byte| matches!(byte, b':' | b'[')) {
        return None;
    }
    let (inside, bracketed) = match host.strip_prefix('[').and_then(|host| host.split_once(']')) {
        Some((inside, _)) => (inside, true),
        None => (host, false),
    };
    let (address, _zone) = inside.split_once('%').unwrap_or((inside, ""));
    if let Some(address) = ip::v6(address) {
        return Some(ip::write_v6(address));
    }
    if bracketed && let Some(address) = ip::v4(address) {
        return Some(ip::write_v4(address));
    }
    // `[acme.com]` is a name in brackets; with two colons it was meant for an address.
    (bracketed && inside.bytes().filter(|byte| *byte == b':').count() > 1).then(|| excerpt(inside))
}

/// Whether a port is one: nothing, or a number up to 65535.
fn is_port(port: &str) -> bool {
    port.bytes().all(|byte| byte.is_ascii_digit())
        && (port.trim_start_matches('0').is_empty()
            || port.trim_start_matches('0').parse::<u16>().is_ok())
}

/// Whether a piece of a list is a domain, an address or an e-mail address, by its looks: a dot
/// inside, and two letters or more after the last one.
pub fn reads_as_domain(piece: &str) -> bool {
    let (piece, _) = strip_schemes(piece);
    let piece = piece.split(['/', '\\', '?', '#']).next().unwrap_or("");
    let piece = piece.rsplit('@').next().unwrap_or("");
    let piece = piece.split(':').next().unwrap_or("");
    let Some((before, last)) =
        piece.trim_end_matches('.').rsplit_once(['.', '\u{3002}', '\u{ff0e}'])
    else {
        return false;
    };
    before.ends_with(|char: char| char.is_alphanumeric())
        && last.chars().count() > 1
        && (last.chars().all(char::is_alphabetic)
            || last.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("xn--")))
}

/// The text without quotes, brackets and the punctuation of sentences around it.
pub fn trim_punctuation(text: &str) -> &str {
    text.trim_matches(|char: char| {
        char.is_whitespace()
            || matches!(char, '"' | '\'' | '`' | '<' | '>' | '(' | ')' | '[' | ']' | '{' | '}')
            || matches!(char, '.' | ',' | ';' | ':' | '!' | '*' | '|' | '\u{2022}' | '\u{b7}')
            || matches!(
                char,
                '\u{2018}'..='\u{201f}' | '\u{ab}' | '\u{bb}' | '\u{2039}' | '\u{203a}'
            )
    })
}

/// A refusal for a character.
pub fn invalid_character(character: char, example: &'static str) -> Refusal {
    let name = match character {
        ' ' => "space".to_owned(),
        '\t' => "tab".to_owned(),
        '\r' | '\n' => "line break".to_owned(),
        '\u{a0}' => "no-break space".to_owned(),
        _ => character.to_string(),
    };
    Remark::new(&code::INVALID_CHARACTER).text("character", name).name("example", example).refuse()
}

/// The beginning of a text that may be very long.
pub fn excerpt(text: &str) -> String {
    const LONGEST: usize = 64;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn is_slash(char: char) -> bool {
    matches!(char, '/' | '\\')
}

fn is_separator(char: char) -> bool {
    matches!(char, ',' | ';' | '|') || char.is_whitespace()
}

/// Commas and the like of other scripts. UTS #46 knows names that hold them, so that only a list
/// of them is refused here.
fn is_foreign_comma(char: char) -> bool {
    matches!(
        char,
        '\u{60c}' | '\u{61b}' | '\u{3001}' | '\u{ff0c}' | '\u{ff1b}' | '\u{ff5c}' | '\u{ff64}'
    )
}
