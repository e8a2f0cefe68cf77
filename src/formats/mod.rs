//! Formats: a string in, its canonical form out, or why there is none.
//!
//! One format a file. To add one: a file with a `pub static FORMAT: Format`, and a line in
//! [`FORMATS`].

use std::borrow::Cow;

use crate::code::Code;
use crate::issue::{Param, Params};

mod address;
mod date;
mod date_time;
pub mod domain;
mod email;
mod host;
mod linkedin;
mod phone;
mod placeholder;
mod time_zone;
mod uri;
mod uuid;

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

/// Every built-in format.
pub static FORMATS: &[&Format] = &[
    &domain::FORMAT,
    &email::FORMAT,
    &uuid::FORMAT,
    &linkedin::COMPANY,
    &linkedin::PERSON,
    &linkedin::ANY,
    &uri::FORMAT,
    &phone::FORMAT,
    &time_zone::FORMAT,
    &date::FORMAT,
    &date_time::FORMAT,
];

/// The format of that name.
pub fn lookup(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name).copied()
}
