//! What a user may choose for a check.

use serde::Deserialize;

use crate::document::Limits;
use crate::formats::LinkedinHost;

/// What a user may choose. `Options::default()` is what the contract calls no options.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Whether unknown keys are errors instead of warnings, and a null that would be dropped is an
    /// error too.
    pub strict: bool,
    /// The custom fields that exist; nothing if that is not known.
    pub custom_fields: Option<Vec<CustomField>>,
    /// The host LinkedIn addresses are written with; nothing for the API's own.
    pub linkedin_host: Option<LinkedinHost>,
    /// How much text is taken.
    pub limits: Limits,
}

/// A custom field that exists.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CustomField {
    /// Its key, with or without the prefix that custom keys have in a body.
    pub key: String,
    /// Its name for people.
    #[serde(default)]
    pub label: Option<String>,
    /// What values it takes; any if absent.
    #[serde(default, rename = "type")]
    pub kind: Option<FieldType>,
    /// The values a select or multiselect takes; any string if absent.
    #[serde(default)]
    pub options: Option<Vec<String>>,
}

/// What values a custom field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FieldType {
    /// A string.
    Text,
    /// A number.
    Number,
    /// A boolean.
    Boolean,
    /// A string: a date or a date with a time (RFC 3339).
    Date,
    /// A string: a URI (RFC 3986).
    Url,
    /// A string: one of the options.
    Select,
    /// An array of strings, each one of the options.
    Multiselect,
}
