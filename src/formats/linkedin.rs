//! `linkedin-company`, `linkedin-person`, `linkedin`: the address of a page on LinkedIn.
//!
//! The canonical form is `https`, one host (a setting), the route and the name: no query, no
//! fragment, no page below. A name is percent-decoded once, put in lower case and in NFC, and
//! encoded again. Cleaning is idempotent. In order:
//!
//! | what | codes | here |
//! |---|---|---|
//! | trim, stand-ins | `empty`, `placeholder` | [`parse`] |
//! | scheme, user part, port, as for a domain | `unsupported_scheme`, `multiple_values`, `invalid_character`, `email_address`, `invalid_port` | [`path`] |
//! | host | `not_linkedin`, `short_link`, `no_entity` | [`check_host`] |
//! | path | `invalid_character`, `invalid_path` | [`segments`] |
//! | route | `no_entity`, `sales_nav_lead`, `missing_slug` | [`page`] |
//! | name | `invalid_slug`, `invalid_character`, `reserved_slug` | [`slug`] |
//! | the field's kind | `wrong_kind` | [`clean`] |

use std::borrow::Cow;
use std::ops::Range;

use super::address::{Address, excerpt, invalid_character, trim_punctuation};
use super::placeholder::is_placeholder;
use super::{Cleaned, Format, LinkedinHost, Refusal, Remark, Settings, host};
use crate::document::{after, same};
use crate::search::{contains, find, split_once};
use crate::{code, percent, unicode};

/// The page of a company: also a showcase page, and a school, which has the same kind of page.
pub static COMPANY: Format = Format {
    name: "linkedin-company",
    clean: |text, settings| clean(text, settings, &[Kind::Company, Kind::Showcase, Kind::School]),
};

/// The profile of a person, in today's form or the one before.
pub static PERSON: Format = Format {
    name: "linkedin-person",
    clean: |text, settings| clean(text, settings, &[Kind::Person, Kind::LegacyPerson]),
};

/// Either.
pub static ANY: Format =
    Format { name: "linkedin", clean: |text, settings| clean(text, settings, &Kind::ALL) };

/// What a page is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Company,
    Showcase,
    School,
    Person,
    /// `/pub/jane-smith/4b/698/a65`. How it maps to a name of today is known to LinkedIn alone.
    LegacyPerson,
}

impl Kind {
    const ALL: [Kind; 5] =
        [Kind::Company, Kind::Showcase, Kind::School, Kind::Person, Kind::LegacyPerson];

    /// The kind that a route leads to. LinkedIn takes routes in any case.
    fn of_route(route: &str) -> Option<Self> {
        // `company-beta` was the route of new company pages in 2017.
        let route = if route.eq_ignore_ascii_case("company-beta") { "company" } else { route };
        Self::ALL.into_iter().find(|kind| kind.route().eq_ignore_ascii_case(route))
    }

    fn route(self) -> &'static str {
        match self {
            Kind::Company => "company",
            Kind::Showcase => "showcase",
            Kind::School => "school",
            Kind::Person => "in",
            Kind::LegacyPerson => "pub",
        }
    }

    /// What people call it.
    fn noun(self) -> &'static str {
        match self {
            Kind::Company | Kind::Showcase => "company",
            Kind::School => "school",
            Kind::Person | Kind::LegacyPerson => "person",
        }
    }

    /// Names that stand for a page of LinkedIn's own.
    fn reserved(self) -> &'static [&'static str] {
        match self {
            // `/in/me` is whoever is signed in; `unavailable` is where deleted pages lead.
            Kind::Person | Kind::LegacyPerson => &["me", "unavailable"],
            Kind::Company | Kind::Showcase | Kind::School => &["setup", "unavailable"],
        }
    }
}

/// Routes that wrap another: mobile pages, pages for guests, links in e-mails.
const WRAPPERS: [&str; 5] = ["m", "mwlite", "organization-guest", "comm", "mob"];

/// Whether a name may not hold a byte as it is: RFC 3986, section 3.3, `pchar`.
fn is_encoded(byte: u8) -> bool {
    byte.is_ascii_control()
        || matches!(byte, b' ' | b'"' | b'#' | b'%' | b'/' | b'<' | b'>' | b'?')
        || matches!(byte, b'[' | b'\\' | b']' | b'^' | b'`' | b'{' | b'|' | b'}')
}

/// The longest text that is worth a guess, in bytes.
const LONGEST_GUESS: usize = 2048;

/// A page: its kind, and what follows the route.
struct Page {
    kind: Kind,
    name: String,
}

/// The address in canonical form.
fn clean<'t>(text: &'t str, settings: Settings, wanted: &[Kind]) -> Result<Cleaned<'t>, Refusal> {
    let origin = match settings.linkedin_host {
        LinkedinHost::Www => "https://www.linkedin.com/",
        LinkedinHost::Apex => "https://linkedin.com/",
    };
    if is_canonical(text, origin, wanted) {
        return Ok(Cleaned::plain(text));
    }
    let plain = plain(text.as_bytes());
    if let Some(Plain { kind, name, .. }) = &plain
        && wanted.contains(kind)
    {
        let value = [origin, kind.route(), "/", &text[name.clone()]].concat();
        return Ok(Cleaned::plain(if value == text { Cow::Borrowed(text) } else { value.into() }));
    }
    let example = example(settings.linkedin_host, wanted);
    if let Some(Plain { kind, is_bare: true, .. }) = plain {
        return Err(wrong_kind(kind, wanted, example));
    }
    steps(text, origin, wanted, example)
}

/// What would pass, in messages.
fn example(host: LinkedinHost, wanted: &[Kind]) -> &'static str {
    match (host, wanted[0].noun()) {
        (LinkedinHost::Www, "person") => "https://www.linkedin.com/in/jane-smith",
        (LinkedinHost::Www, _) => "https://www.linkedin.com/company/acme",
        (LinkedinHost::Apex, "person") => "https://linkedin.com/in/jane-smith",
        (LinkedinHost::Apex, _) => "https://linkedin.com/company/acme",
    }
}

/// All the steps, one after the other; with a suggestion where a page that passes is near.
fn steps<'t>(
    text: &'t str,
    origin: &str,
    wanted: &[Kind],
    example: &'static str,
) -> Result<Cleaned<'t>, Refusal> {
    match parse(text, wanted, example) {
        Ok((page, warnings)) => {
            let value = address(origin, &page);
            let value = if value == text { Cow::Borrowed(text) } else { Cow::Owned(value) };
            Ok(Cleaned { value, unicode: None, warnings })
        }
        Err(refusal) if *refusal.code == code::MULTIPLE_VALUES => Err(refusal),
        Err(refusal) => {
            let text = unicode::trim(text);
            let others = guesses(text).into_iter().filter(|guess| guess != text);
            let meant = others.into_iter().find_map(|guess| {
                let (page, _) = parse(&guess, wanted, example).ok()?;
                Some(address(origin, &page))
            });
            Err(refusal.suggest(meant).refuse())
        }
    }
}

/// Whether a text is the canonical address of a wanted page, with nothing in its name to look at
/// closely.
fn is_canonical(text: &str, origin: &str, wanted: &[Kind]) -> bool {
    let Some(path) = after(text.as_bytes(), origin.as_bytes()) else { return false };
    wanted.iter().filter(|kind| **kind != Kind::LegacyPerson).any(|kind| {
        matches!(after(path, kind.route().as_bytes()), Some([b'/', name @ ..])
            if name.iter().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
                && name.iter().any(|byte| *byte != b'-')
                && !kind.reserved().iter().any(|reserved| same(reserved.as_bytes(), name)))
    })
}

/// An address of a page with nothing in it to look at closely.
struct Plain {
    kind: Kind,
    name: Range<usize>,
    /// Whether it ends with its path: then no address of another page can be in it.
    is_bare: bool,
}

/// What most addresses that need cleaning are: one of a page with more below it or a query, all in
/// plain ASCII. Nothing otherwise: then all the steps judge it.
fn plain(text: &[u8]) -> Option<Plain> {
    let rest = after(text, b"http")?;
    let rest = after(rest, b"s").unwrap_or(rest);
    let rest = after(rest, b"://")?;
    let rest = after(rest, b"www.").unwrap_or(rest);
    let path = after(rest, b"linkedin.com/")?;
    let mut kinds = Kind::ALL.into_iter().filter(|kind| *kind != Kind::LegacyPerson);
    let (kind, rest) = kinds.find_map(|kind| match after(path, kind.route().as_bytes()) {
        Some([b'/', rest @ ..]) => Some((kind, rest)),
        _ => None,
    })?;
    let is_plain = |byte: &&u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
    let (name, below) = rest.split_at(rest.iter().take_while(is_plain).count());
    let reserved = kind.reserved().iter().any(|reserved| same(reserved.as_bytes(), name));
    if reserved || name.iter().all(|byte| *byte == b'-') {
        return None;
    }
    let path = below.iter().take_while(|byte| !matches!(byte, b'?' | b'#')).count();
    let (path, query) = below.split_at(path);
    let is_path = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_');
    // A list of addresses may go on behind any of these.
    let is_query = |byte: &u8| byte.is_ascii_graphic() && !matches!(byte, b',' | b';' | b'|');
    let fits = (path.is_empty() || path[0] == b'/' && path.get(1) != Some(&b'/'))
        && path.iter().all(is_path)
        && !path.windows(2).any(|pair| pair == b"//")
        && query.iter().all(is_query);
    let start = text.len() - rest.len();
    fits.then(|| Plain { kind, name: start..start + name.len(), is_bare: query.is_empty() })
}

fn address(origin: &str, page: &Page) -> String {
    format!("{origin}{}/{}", page.kind.route(), page.name)
}

fn parse(
    text: &str,
    wanted: &[Kind],
    example: &'static str,
) -> Result<(Page, Vec<Remark>), Refusal> {
    let text = unicode::trim(text);
    if text.is_empty() {
        return Err(Remark::new(&code::EMPTY).name("example", example).refuse());
    }
    if is_placeholder(text) {
        return Err(Remark::new(&code::PLACEHOLDER).name("example", example).refuse());
    }
    let (path, warnings) = path(text, example)?;
    let page = page(&segments(path, example)?, example)?;
    if !wanted.contains(&page.kind) {
        return Err(wrong_kind(page.kind, wanted, example));
    }
    Ok((page, warnings))
}

fn wrong_kind(kind: Kind, wanted: &[Kind], example: &'static str) -> Refusal {
    let mut nouns: Vec<_> = wanted.iter().map(|kind| kind.noun()).collect();
    nouns.dedup();
    let refusal = Remark::new(&code::WRONG_KIND).name("kind", kind.noun());
    let nouns = nouns.into_iter().map(str::to_owned).collect();
    refusal.list("expected", nouns).name("example", example).refuse()
}

/// The path of an address on LinkedIn, without query and fragment.
fn path<'t>(text: &'t str, example: &'static str) -> Result<(&'t str, Vec<Remark>), Refusal> {
    // `/in/jane-smith`, copied out of a page.
    if text.starts_with('/') && !text.starts_with("//") && !text.starts_with("/\\") {
        check_list(&format!("linkedin.com{text}"), example)?;
        return Ok((until_query(text), Vec::new()));
    }
    let address = Address::split(text, example)?;
    // `@acme` is a handle, not an e-mail address.
    if text.starts_with('@') {
        return Err(invalid_character('@', example));
    }
    check_list(text, example)?;
    let bare = address.host(example)?;
    if bare.host.is_empty() {
        return Err(Remark::new(&code::EMPTY).name("example", example).refuse());
    }
    check_host(bare.host, example)?;
    let mut warnings = Vec::new();
    if bare.had_user {
        warnings.push(Remark::new(&code::USERINFO_DROPPED).text("host", "linkedin.com"));
    }
    Ok((until_query(address.rest), warnings))
}

fn until_query(rest: &str) -> &str {
    rest.split(['?', '#']).next().unwrap_or("")
}

/// Refuses several addresses in one text.
fn check_list(text: &str, example: &'static str) -> Result<(), Refusal> {
    let is_address = |piece: &&str| {
        let start = piece.get(..4).unwrap_or("");
        start.eq_ignore_ascii_case("http") && contains(piece, "://")
            || piece
                .split('/')
                .next()
                .is_some_and(|host| host.to_ascii_lowercase().ends_with("linkedin.com"))
    };
    let pieces = || {
        text.split(|char: char| char.is_whitespace() || matches!(char, ',' | ';' | '|'))
            .filter(is_address)
    };
    let count = pieces().count();
    if count < 2 {
        return Ok(());
    }
    let values = pieces().take(10).map(str::to_owned).collect();
    let refusal = Remark::new(&code::MULTIPLE_VALUES).count("count", count).list("values", values);
    Err(refusal.name("example", example).refuse())
}

/// Refuses a host that is not LinkedIn's, or on which no company or person has a page. The hosts of
/// countries (`uk.`) and of mobile pages show the same pages as `www.`; every other name under
/// linkedin.com is a site of its own (`business.`, `learning.`, `engineering.`).
fn check_host(name: &str, example: &'static str) -> Result<(), Refusal> {
    let decoded = host::decode(name);
    let mapped = host::map(&decoded, example).ok();
    let name = host::without_root(mapped.as_ref().map_or(name, |mapped| &mapped.ascii));
    let refuse = |code| Err(Remark::new(code).name("example", example).refuse());
    let name = name.strip_prefix("www.").unwrap_or(name);
    if name == "lnkd.in" {
        return refuse(&code::SHORT_LINK);
    }
    let Some(sub) = name.strip_suffix("linkedin.com") else {
        // `"https:` with the quote of a cell left on it says more than that it is another host.
        return match mapped.map(|host| host::check_labels(&host, example)) {
            Some(Err(refusal)) if *refusal.code == code::INVALID_CHARACTER => Err(refusal),
            _ => refuse(&code::NOT_LINKEDIN),
        };
    };
    match sub.strip_suffix('.') {
        None if sub.is_empty() => Ok(()),
        Some("m" | "mobile" | "touch") => Ok(()),
        Some(country)
            if country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_lowercase()) =>
        {
            Ok(())
        }
        Some(_) => refuse(&code::NO_ENTITY),
        None => refuse(&code::NOT_LINKEDIN),
    }
}

/// The segments of a path, without those at its end that are empty.
fn segments<'p>(path: &'p str, example: &'static str) -> Result<Vec<&'p str>, Refusal> {
    let is_slash = |char| matches!(char, '/' | '\\');
    if let Some(character) = path.chars().find(|char| char.is_whitespace() || char.is_control()) {
        return Err(invalid_character(character, example));
    }
    let path = path.strip_prefix(is_slash).unwrap_or(path).trim_end_matches(is_slash);
    if path.is_empty() {
        return Ok(Vec::new());
    }
    let segments: Vec<_> = path.split(is_slash).collect();
    // A URL parser would resolve `..`, and its encoded forms, to another page.
    let is_dots = |segment: &str| matches!(&*percent::decode_lossy(segment), "." | "..");
    if segments.iter().any(|segment| segment.is_empty() || is_dots(segment)) {
        return Err(Remark::new(&code::INVALID_PATH).name("example", example).refuse());
    }
    Ok(segments)
}

/// The page that a path leads to.
fn page(segments: &[&str], example: &'static str) -> Result<Page, Refusal> {
    let refuse = |code| Err(Remark::new(code).name("example", example).refuse());
    let is = |segment: &&str, word: &str| segment.eq_ignore_ascii_case(word);
    let mut rest = segments;
    while let [first, after @ ..] = rest
        && WRAPPERS.iter().any(|wrapper| is(first, wrapper))
    {
        rest = after;
    }
    if let [first, after @ ..] = rest
        && is(first, "sales")
    {
        match after {
            [route, ..] if is(route, "company") => rest = after,
            [route, ..] if ["people", "lead", "profile"].iter().any(|lead| is(route, lead)) => {
                return refuse(&code::SALES_NAV_LEAD);
            }
            _ => return refuse(&code::NO_ENTITY),
        }
    }
    let [route, after @ ..] = rest else {
        return refuse(&code::NO_ENTITY);
    };
    let Some(kind) = Kind::of_route(route) else {
        return refuse(&code::NO_ENTITY);
    };
    let [name, below @ ..] = after else {
        let refusal = Remark::new(&code::MISSING_SLUG).name("route", kind.route());
        return Err(refusal.name("example", example).refuse());
    };
    // `/pub/dir/Jane/Smith` is a list of people of that name.
    if kind == Kind::LegacyPerson && is(name, "dir") {
        return refuse(&code::NO_ENTITY);
    }
    let mut name = slug(name, kind, example)?;
    if kind == Kind::LegacyPerson {
        let [a, b, c, ..] = below else {
            return refuse(&code::INVALID_PATH);
        };
        for part in [a, b, c] {
            if part.len() > 4 || !part.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
                return refuse(&code::INVALID_PATH);
            }
            name.push('/');
            name.push_str(&part.to_ascii_lowercase());
        }
    }
    Ok(Page { kind, name })
}

/// The name in a path in canonical form: decoded once, lower case, NFC, encoded.
fn slug(segment: &str, kind: Kind, example: &'static str) -> Result<String, Refusal> {
    let invalid = || {
        let refusal = Remark::new(&code::INVALID_SLUG).text("slug", excerpt(segment));
        refusal.name("example", example).refuse()
    };
    let is_delimiter = |char: char| {
        matches!(
            char,
            '"' | '#'
                | '/'
                | '<'
                | '>'
                | '?'
                | '@'
                | '['
                | '\\'
                | ']'
                | '^'
                | '`'
                | '{'
                | '|'
                | '}'
        )
    };
    // What closes a list, a sentence or a link in a text, and was copied along.
    let is_left_over = |segment: &str| {
        segment.ends_with([',', ';']) || segment.ends_with(')') && !segment.contains('(')
    };
    if let Some(character) = segment.chars().find(|char| is_delimiter(*char)) {
        return Err(invalid_character(character, example));
    }
    if is_left_over(segment) {
        return Err(invalid_character(segment.chars().next_back().unwrap_or(','), example));
    }
    let decoded = percent::decode_utf8(segment).ok_or_else(invalid)?;
    let is_foreign = |char: char| {
        is_delimiter(char)
            // A percent sign that is left was encoded twice.
            || char == '%'
            || char == '\u{fffd}'
            || char.is_whitespace()
            || char.is_control()
            || unicode::is_invisible(char)
    };
    let has_letters = decoded.contains(|char: char| char.is_alphanumeric() || !char.is_ascii());
    if decoded.contains(is_foreign) || !has_letters || is_left_over(&decoded) {
        return Err(invalid());
    }
    let name = unicode::nfc(&unicode::lower_case(&unicode::nfc(&decoded))).into_owned();
    if kind.reserved().contains(&&*name) {
        let refusal = Remark::new(&code::RESERVED_SLUG).text("slug", name);
        return Err(refusal.name("example", example).refuse());
    }
    Ok(percent::encode(&name, is_encoded))
}

/// Addresses that may have been meant.
fn guesses(text: &str) -> Vec<String> {
    if text.len() > LONGEST_GUESS {
        return Vec::new();
    }
    let mut guesses = vec![
        // `"https://www.linkedin.com/company/acme"`, `…/company/acme,`
        trim_punctuation(text).to_owned(),
        // `company/acme`
        format!("/{text}"),
        // `htps://www.linkedin.com/…`
        split_once(text, "//").map_or("", |(_, rest)| rest).to_owned(),
    ];
    // An address inside another: `google.com/url?q=https://www.linkedin.com/company/acme&sa=D`.
    let outside = match Address::split(text, "") {
        Ok(address) if contains(&address.authority.to_ascii_lowercase(), "linkedin.com") => {
            address.rest
        }
        _ => text,
    };
    let decoded = host::decode(outside);
    let lower = decoded.to_ascii_lowercase();
    let mut end = 0;
    for _ in 0..4 {
        const START: &str = "linkedin.com/";
        let Some(at) = find(&lower[end..], START).map(|at| end + at) else { break };
        end = at + START.len();
        let inner = &decoded[at..];
        let end = inner.find(['&', ' ', '>', ')', '"']).unwrap_or(inner.len());
        guesses.push(inner[..end].to_owned());
    }
    guesses
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::{Index, select};

    use super::*;

    #[track_caller]
    fn cleaned(format: &Format, text: &str) -> Result<String, (&'static str, Option<String>)> {
        let clean = |text| (format.clean)(text, Settings::default());
        match clean(text) {
            Ok(cleaned) => Ok(cleaned.value.into_owned()),
            Err(refusal) => {
                if let Some(suggestion) = &refusal.suggestion {
                    let passed = clean(suggestion).map(|cleaned| cleaned.value.into_owned());
                    assert_eq!(passed.as_ref(), Ok(suggestion), "{text}");
                }
                Err((refusal.code.name, refusal.suggestion))
            }
        }
    }

    #[test]
    fn addresses_come_down_to_one_form() {
        for (text, path) in [
            ("www.linkedin.com/Company/ACME", "company/acme"),
            ("\\\\www.linkedin.com\\in\\jane", "in/jane"),
            ("ca.linkedin.com/in/jane/fr", "in/jane"),
            ("https://www.linkedin.com/comm/in/jane?lipi=x", "in/jane"),
            ("https://www.linkedin.com/company-beta/1035/", "company/1035"),
            ("https://www.linkedin.com/school/mit/people", "school/mit"),
            ("https://www.linkedin.com/company/toys-r-us-inc.", "company/toys-r-us-inc."),
            ("https://www.linkedin.com/company/le\u{301}a", "company/l%C3%A9a"),
            ("https://www.linkedin.com/company/l%27or%c3%a9al", "company/l'or%C3%A9al"),
            ("/company/acme", "company/acme"),
            ("https://www.linkedin.com/PUB/Jane/4B/698/A65/de", "pub/jane/4b/698/a65"),
        ] {
            let expected = format!("https://www.linkedin.com/{path}");
            assert_eq!(cleaned(&ANY, text), Ok(expected.clone()), "{text}");
            assert_eq!(cleaned(&ANY, &expected), Ok(expected));
        }
    }

    #[test]
    fn the_host_is_a_setting() {
        let text = "https://www.linkedin.com/company/acme";
        let apex = Settings { linkedin_host: LinkedinHost::Apex };
        let cleaned = (COMPANY.clean)(text, apex).unwrap();
        assert_eq!(cleaned, Cleaned::plain("https://linkedin.com/company/acme"));
        let cleaned = (COMPANY.clean)(text, Settings::default()).unwrap();
        assert!(matches!(cleaned.value, Cow::Borrowed(_)));
    }

    #[test]
    fn a_user_part_is_dropped_and_told() {
        let cleaned = (ANY.clean)("https://x@www.linkedin.com/in/jane", Settings::default());
        let warnings = vec![Remark::new(&code::USERINFO_DROPPED).text("host", "linkedin.com")];
        let expected = Cleaned { warnings, ..Cleaned::plain("https://www.linkedin.com/in/jane") };
        assert_eq!(cleaned, Ok(expected));
    }

    #[test]
    fn what_leads_to_no_page_is_refused_with_the_one_that_is_near() {
        for (text, code, path) in [
            (" ", "empty", None),
            ("https://", "empty", None),
            ("N/A", "placeholder", None),
            ("acme", "not_linkedin", None),
            ("company/acme", "not_linkedin", Some("company/acme")),
            ("https://www.linkedin.cn/in/jane", "not_linkedin", None),
            ("https://notlinkedin.com/in/jane", "not_linkedin", None),
            ("https://linkedin.com@evil.example/in/jane", "not_linkedin", None),
            (
                "https://www.google.com/url?q=https://www.linkedin.com/company/acme&sa=D",
                "not_linkedin",
                Some("company/acme"),
            ),
            ("jane@acme.com", "email_address", None),
            ("@jane", "invalid_character", None),
            ("htps://www.linkedin.com/in/jane", "unsupported_scheme", Some("in/jane")),
            ("https://www.linkedin.com:abc/in/jane", "invalid_port", None),
            (
                "https://www.linkedin.com/company/a https://www.linkedin.com/company/b",
                "multiple_values",
                None,
            ),
            ("\"https://www.linkedin.com/in/jane\"", "invalid_character", Some("in/jane")),
            ("https://www.linkedin.com/company/acme,", "invalid_character", Some("company/acme")),
            ("https://www.linkedin.com/company/acme corp", "invalid_character", None),
            ("https://www.linkedin.com/company/acme%20corp", "invalid_slug", None),
            ("https://www.linkedin.com/company/acme%2Fcorp", "invalid_slug", None),
            ("https://www.linkedin.com/company/%", "invalid_slug", None),
            ("https://www.linkedin.com/company/-", "invalid_slug", None),
            ("https://www.linkedin.com//company/acme", "invalid_path", None),
            ("https://www.linkedin.com/company/acme/../other", "invalid_path", None),
            ("https://www.linkedin.com/pub/jane", "invalid_path", None),
            ("https://www.linkedin.com/pub/dir/Jane/Smith", "no_entity", None),
            ("https://www.linkedin.com/pub/", "missing_slug", None),
            ("https://www.linkedin.com/sales/company", "missing_slug", None),
            ("https://www.linkedin.com/sales/home", "no_entity", None),
            ("https://www.linkedin.com/sales/lead/x", "sales_nav_lead", None),
            ("https://business.linkedin.com/in/jane", "no_entity", None),
            (
                "https://www.linkedin.com/authwall?sessionRedirect=https%3A%2F%2Fwww.linkedin.com%2Fin%2Fjane",
                "no_entity",
                Some("in/jane"),
            ),
            ("https://www.linkedin.com/in/ME", "reserved_slug", None),
            ("https://www.lnkd.in/x", "short_link", None),
        ] {
            let suggestion = path.map(|path| format!("https://www.linkedin.com/{path}"));
            assert_eq!(cleaned(&ANY, text), Err((code, suggestion)), "{text}");
        }
    }

    #[test]
    fn the_kind_must_fit_the_field() {
        for (path, fits, other) in [
            ("company/acme", &COMPANY, &PERSON),
            ("showcase/acme", &COMPANY, &PERSON),
            ("school/mit", &COMPANY, &PERSON),
            ("in/jane", &PERSON, &COMPANY),
            ("pub/jane/4b/698/a65", &PERSON, &COMPANY),
        ] {
            let text = format!("https://www.linkedin.com/{path}");
            assert_eq!(cleaned(fits, &text), Ok(text.clone()));
            assert_eq!(cleaned(other, &text), Err(("wrong_kind", None)));
        }
    }

    /// Addresses of pages, or nearly so.
    fn near_pages() -> impl Strategy<Value = String> {
        let start = prop_oneof![
            6 => select(["https://www.linkedin.com/", "http://linkedin.com/", "https://linkedin.com/"].as_slice()),
            1 => select(["https://uk.linkedin.com/", "linkedin.com/", "https://linkedin.com", "httpss://linkedin.com/", "https://www.www.linkedin.com/"].as_slice()),
        ];
        let route = prop_oneof![
            6 => select(["company/", "in/", "school/", "showcase/"].as_slice()),
            1 => select(["pub/", "In/", "company-beta/", "m/in/", "company", "sales/lead/", "in//", ""].as_slice()),
        ];
        let name = prop_oneof![
            6 => "[a-z0-9-]{1,8}",
            1 => select(["me", "setup", "unavailable", "-", "--", "Jane", "", "j%61ne", "m\u{fc}ller", "a_b", "me-"].as_slice())
                .prop_map(str::to_owned),
        ];
        let rest = prop_oneof![
            3 => "(/[a-zA-Z0-9_-]{0,4}){0,3}([?#][!-~]{0,8})?",
            1 => select(["/..", "/.", "//", "/%2e", "?u=https://linkedin.com/in/x", "#,linkedin.com/in/x", "?x=a@b.c", "/ ", "\\\\x", "/?http://a", "?q |x"].as_slice())
                .prop_map(str::to_owned),
        ];
        let marks =
            [" ", "@", ".", "/", "\\", "\u{e9}", "%", ":", "?", ",", ";", "#", "\u{200b}", "A"];
        let marks = vec((any::<Index>(), select(marks.to_vec())), 0..2);
        (start, route, name, rest, marks).prop_map(|(start, route, name, rest, marks)| {
            let mut text = [start, route, &name, &rest].concat();
            for (at, mark) in marks {
                let mut places = text.char_indices().map(|(at, _)| at).collect::<Vec<_>>();
                places.push(text.len());
                text.insert_str(places[at.index(places.len())], mark);
            }
            text
        })
    }

    const WANTED: [&[Kind]; 3] = [
        &[Kind::Company, Kind::Showcase, Kind::School],
        &[Kind::Person, Kind::LegacyPerson],
        &Kind::ALL,
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn all_the_steps_find_what_is_found_at_a_glance(text in near_pages()) {
            for wanted in WANTED {
                for (linkedin_host, origin) in [
                    (LinkedinHost::Www, "https://www.linkedin.com/"),
                    (LinkedinHost::Apex, "https://linkedin.com/"),
                ] {
                    let is_canonical = is_canonical(&text, origin, wanted);
                    if !is_canonical && plain(text.as_bytes()).is_none() {
                        continue;
                    }
                    let cleaned = clean(&text, Settings { linkedin_host }, wanted);
                    let judged = steps(&text, origin, wanted, example(linkedin_host, wanted));
                    prop_assert_eq!(cleaned, judged, "{}", text);
                }
            }
        }
    }
}
