//! What a user may choose for a check.

use serde::Deserialize;

use crate::document::{Document, Kind, Limits, NodeId, Source};
use crate::formats::LinkedinHost;
use crate::message::shorten;
use crate::number::Decimal;

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
    /// How many issues are told before one that says how many more there are; nothing for
    /// [`Options::MAX_ISSUES`].
    pub max_issues: Option<usize>,
    /// How many subschemas a check may run, beside [`Options::STEPS_A_NODE`] for each value and key of the
    /// document, before it ends in `too_complex`; nothing for [`Options::MAX_STEPS`].
    pub max_steps: Option<usize>,
}

impl Options {
    /// How many issues are told where nothing else is asked for.
    pub const MAX_ISSUES: usize = 100_000;

    /// How many subschemas a check may run where nothing else is asked for.
    pub const MAX_STEPS: usize = 1_000_000;

    /// How many more for each value and key.
    pub const STEPS_A_NODE: usize = 64;

    /// Reads options from JSON: an object of `strict`, `customFields`, `linkedinHost`, `maxDepth`,
    /// `maxBytes`, `maxIssues` and `maxSteps`, each of which may be null or absent.
    ///
    /// # Errors
    ///
    /// What is not of that form.
    pub fn read(text: &[u8]) -> Result<Options, String> {
        let limits = Limits { depth: 16, bytes: Limits::MAX_BYTES };
        let document = Document::read(text, &limits, Source::Text)
            .map_err(|fault| format!("the options are not JSON at byte {}", fault.offset))?;
        let mut options = Options::default();
        for (key, value) in document.members(NodeId::ROOT) {
            let key = document.string(key);
            let kind = document.kind(value);
            if kind == Kind::Null {
                continue;
            }
            let count = || {
                let number = (kind == Kind::Number).then(|| Decimal::parse(document.raw(value)));
                let count = number.and_then(|number| number.to_count());
                // One that is more than there is to address is a limit as well.
                let count = count.map(|count| usize::try_from(count).unwrap_or(usize::MAX));
                count.ok_or_else(|| format!("`{key}` must be a whole number that is not negative"))
            };
            match &*key {
                "strict" if kind == Kind::Boolean => options.strict = document.is_true(value),
                "strict" => return Err("`strict` must be true or false".to_owned()),
                "customFields" if kind == Kind::Array => {
                    let fields = document.elements(value);
                    let fields = fields.map(|field| CustomField::read(&document, field));
                    options.custom_fields = Some(fields.collect::<Result<_, _>>()?);
                }
                "customFields" => return Err("`customFields` must be an array".to_owned()),
                "linkedinHost" => {
                    let told = document.as_str(value);
                    let told = told.unwrap_or_else(|| document.raw(value).into());
                    options.linkedin_host = Some(match &*told {
                        "www" => LinkedinHost::Www,
                        "apex" => LinkedinHost::Apex,
                        other => {
                            return Err(format!(
                                "`{}` is no linkedinHost; give `www` or `apex`",
                                shorten(other)
                            ));
                        }
                    });
                }
                "maxDepth" => options.limits.depth = count()?,
                "maxBytes" => options.limits.bytes = count()?,
                "maxIssues" => options.max_issues = Some(count()?),
                "maxSteps" => options.max_steps = Some(count()?),
                _ => {}
            }
        }
        Ok(options)
    }
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

impl CustomField {
    /// Reads a custom field from a node: an object of `key`, `label`, `type` and `options`, each but
    /// the first of which may be null or absent.
    ///
    /// # Errors
    ///
    /// What is not of that form.
    pub fn read(document: &Document<'_>, node: NodeId) -> Result<CustomField, String> {
        if document.kind(node) != Kind::Object {
            return Err("a custom field must be an object with a `key`".to_owned());
        }
        let mut field = CustomField { key: String::new(), label: None, kind: None, options: None };
        let mut has_key = false;
        for (name, value) in document.members(node) {
            let name = document.string(name);
            let kind = document.kind(value);
            let text = |node| match document.as_str(node) {
                Some(text) => Ok(text.into_owned()),
                None => Err(format!("`{name}` of a custom field must be text")),
            };
            match &*name {
                "key" => {
                    field.key = text(value)?;
                    has_key = true;
                }
                "label" | "type" | "options" if kind == Kind::Null => {}
                "label" => field.label = Some(text(value)?),
                "type" => field.kind = Some(FieldType::named(&text(value)?)?),
                "options" if kind == Kind::Array => {
                    let options = document.elements(value).map(text);
                    field.options = Some(options.collect::<Result<_, _>>()?);
                }
                "options" => return Err("`options` of a custom field must be an array".to_owned()),
                other => {
                    return Err(format!(
                        "`{}` is nothing of a custom field; give `key`, `label`, `type` and `options`",
                        shorten(other)
                    ));
                }
            }
        }
        match has_key {
            true => Ok(field),
            false => Err("a custom field must have a `key`".to_owned()),
        }
    }
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

impl FieldType {
    /// The type of that name, as the contract spells it.
    fn named(name: &str) -> Result<FieldType, String> {
        Ok(match name {
            "text" => FieldType::Text,
            "number" => FieldType::Number,
            "boolean" => FieldType::Boolean,
            "date" => FieldType::Date,
            "url" => FieldType::Url,
            "select" => FieldType::Select,
            "multiselect" => FieldType::Multiselect,
            other => {
                return Err(format!(
                    "`{}` is no type of a custom field; give `text`, `number`, `boolean`, `date`, `url`, `select` or `multiselect`",
                    shorten(other)
                ));
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_read() {
        let text = r#"{"strict":true,"customFields":[{"key":"a"}],"linkedinHost":"apex","maxDepth":3,"maxBytes":null,"maxIssues":7,"maxSteps":9,"other":1}"#;
        let field = CustomField { key: "a".to_owned(), label: None, kind: None, options: None };
        let options = Options {
            strict: true,
            custom_fields: Some(vec![field]),
            linkedin_host: Some(LinkedinHost::Apex),
            limits: Limits { depth: 3, ..Limits::default() },
            max_issues: Some(7),
            max_steps: Some(9),
        };
        assert_eq!(Options::read(text.as_bytes()), Ok(options));
        assert_eq!(Options::read(b"{}"), Ok(Options::default()));
        assert_eq!(Options::read(b"null"), Ok(Options::default()));
    }

    #[test]
    fn options_of_another_form_are_refused() {
        for (text, message) in [
            (r#"{"strict":1}"#, "`strict` must be true or false"),
            (r#"{"customFields":{}}"#, "`customFields` must be an array"),
            (r#"{"linkedinHost":0}"#, "`0` is no linkedinHost; give `www` or `apex`"),
            (r#"{"linkedinHost":"m"}"#, "`m` is no linkedinHost; give `www` or `apex`"),
            (r#"{"maxDepth":1.5}"#, "`maxDepth` must be a whole number that is not negative"),
            (r#"{"maxBytes":"1"}"#, "`maxBytes` must be a whole number that is not negative"),
            ("{", "the options are not JSON at byte 1"),
        ] {
            assert_eq!(Options::read(text.as_bytes()), Err(message.to_owned()), "{text}");
        }
    }

    #[test]
    fn custom_fields_are_read_as_the_crate_serde_json_does() {
        for text in [
            r#"{"key":"a"}"#,
            r#"{"key":"a","label":"A","type":"select","options":["x","y"]}"#,
            r#"{"key":"a","label":null,"type":null,"options":null}"#,
            r#"{"key":"a","type":"multiselect"}"#,
            r#"{"key":"a","type":"Select"}"#,
            r#"{"key":"a","type":1}"#,
            r#"{"key":"a","options":"x"}"#,
            r#"{"key":"a","options":[1]}"#,
            r#"{"key":null}"#,
            r#"{"label":"A"}"#,
            r#"{"key":"a","more":1}"#,
            "\"a\"",
            "1",
        ] {
            let limits = Limits::default();
            let document = Document::read(text.as_bytes(), &limits, Source::Text).unwrap();
            let ours = CustomField::read(&document, NodeId::ROOT).ok();
            assert_eq!(ours, serde_json::from_str(text).ok(), "{text}");
        }
    }
}
