//! Formats: a string in, its canonical form out, or why there is none.
//!
//! One format, or one family of formats, a file. To add one: a file with a
//! `pub static FORMAT: Format`, and a line in [`FORMATS`].

use std::borrow::Cow;

use crate::code::Code;
use crate::issue::{Param, Params};

mod address;
mod host;
mod idna;
mod placeholder;

#[cfg(target_family = "wasm")]
pub(crate) use domain::{FORMAT as DOMAIN, Place, first_nul, place};

/// The longest text that is worth a guess, in bytes.
const LONGEST_GUESS: usize = 2048;

/// What a user may choose about formats.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The host LinkedIn addresses are written with.
    pub linkedin_host: LinkedinHost,
}

/// The host LinkedIn addresses are written with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LinkedinHost {
    /// `www.linkedin.com`
    #[default]
    Www,
    /// `linkedin.com`
    Apex,
}

/// A format: its name in a schema, and the function that cleans a string of it.
#[derive(Debug)]
pub struct Format {
    /// The value of the `format` keyword.
    pub name: &'static str,
    /// The canonical form of a string, or why there is none.
    pub clean: for<'t> fn(&'t str, Settings) -> Result<Cleaned<'t>, Refusal>,
}

/// A string in canonical form. Borrowed where nothing, or only its edges, had to change.
#[derive(Debug, PartialEq)]
pub struct Cleaned<'t> {
    /// The canonical form.
    pub value: Cow<'t, str>,
    /// The form for people, where it differs from the canonical one (a domain in Unicode).
    pub unicode: Option<String>,
    /// What is odd and passes all the same.
    pub warnings: Vec<Remark>,
}

/// Why a string has no canonical form.
pub type Refusal = Box<Remark>;

/// A code with its data. The parameter `found` (the string itself, shortened) is added by the
/// caller.
#[derive(Debug, PartialEq)]
pub struct Remark {
    /// What is wrong.
    pub code: &'static Code,
    /// Data for the message, besides `found`.
    pub params: Params,
    /// A string that would pass.
    pub suggestion: Option<String>,
}

impl<'t> Cleaned<'t> {
    /// A canonical form about which there is nothing to say.
    fn plain(value: impl Into<Cow<'t, str>>) -> Self {
        Cleaned { value: value.into(), unicode: None, warnings: Vec::new() }
    }
}

impl Remark {
    fn new(code: &'static Code) -> Self {
        Remark { code, params: Params::new(), suggestion: None }
    }

    fn text(mut self, name: &'static str, text: impl Into<String>) -> Self {
        self.params.push((name, Param::Text(text.into())));
        self
    }

    /// With a text of the program's own.
    fn name(mut self, name: &'static str, text: &'static str) -> Self {
        self.params.push((name, Param::Name(text)));
        self
    }

    fn count(mut self, name: &'static str, count: usize) -> Self {
        self.params.push((name, Param::Count(count as u64)));
        self
    }

    fn list(mut self, name: &'static str, items: Vec<String>) -> Self {
        self.params.push((name, Param::List(items)));
        self
    }

    fn suggest(mut self, suggestion: Option<String>) -> Self {
        self.suggestion = suggestion;
        self
    }

    fn refuse(self) -> Refusal {
        Box::new(self)
    }
}

/// The text as it is, of a format that cleans nothing.
///
/// # Errors
///
/// The code, with an example and, where what is near passes, a suggestion.
fn check<'t>(
    text: &'t str,
    is: fn(&str) -> bool,
    code: &'static Code,
    example: &'static str,
    near: fn(&str) -> Option<String>,
) -> Result<Cleaned<'t>, Refusal> {
    if is(text) {
        return Ok(Cleaned::plain(text));
    }
    let suggestion = (text.len() <= LONGEST_GUESS).then(|| near(text)).flatten();
    let remark = Remark::new(code).name("example", example);
    Err(remark.suggest(suggestion.filter(|guess| is(guess))).refuse())
}

/// Declares the modules of formats and lists what they hold, so that a format is a file and a line.
macro_rules! formats {
    ($($module:ident: $($format:ident),+ $(=> $($code:ident),+)? ;)*) => {
        $(mod $module;)*
        /// Every built-in format.
        pub static FORMATS: &[&Format] = &[$($(&$module::$format),+),*];
        /// The codes that belong to one format alone and are declared with it.
        pub static CODES: &[&Code] = &[$($($(&$module::$code,)+)?)*];
    };
}

formats! {
    byte: FORMAT => BYTE;
    date: FORMAT;
    date_time: FORMAT;
    domain: FORMAT;
    duration: FORMAT;
    email: FORMAT;
    hostname: ASCII, UNICODE;
    idn_email: FORMAT;
    ip: V4, V6;
    json_pointer: ABSOLUTE, RELATIVE;
    linkedin: COMPANY, PERSON, ANY;
    phone: FORMAT;
    regex: FORMAT;
    time: FORMAT;
    time_zone: FORMAT;
    uri: URI, URI_REFERENCE, IRI, IRI_REFERENCE;
    uri_template: FORMAT;
    uuid: FORMAT;
}

/// The format of that name.
pub fn lookup(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name).copied()
}

/// Tables of texts for the tests of formats that clean nothing.
#[cfg(test)]
mod table {
    use super::{Cleaned, Code, Format, Settings};

    /// Each text passes as it is.
    #[track_caller]
    pub fn passes(format: &Format, texts: &[&str]) {
        for text in texts {
            let outcome = (format.clean)(text, Settings::default());
            assert_eq!(outcome, Ok(Cleaned::plain(*text)), "{}: {text:?}", format.name);
        }
    }

    /// Each text is refused, with its suggestion.
    #[track_caller]
    pub fn refuses(format: &Format, code: &'static Code, texts: &[(&str, Option<&str>)]) {
        for (text, suggestion) in texts {
            let refusal = (format.clean)(text, Settings::default()).map_err(|refusal| *refusal);
            let refusal = refusal.expect_err(text);
            let found = (refusal.code, refusal.suggestion.as_deref());
            assert_eq!(found, (code, *suggestion), "{}: {text:?}", format.name);
        }
    }
}
