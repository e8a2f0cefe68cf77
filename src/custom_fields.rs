//! Custom fields: which keys are custom, which of them exist, and what values they take. The values
//! themselves are passed through byte for byte.

use crate::check::Check;
use crate::code;
use crate::document::{Kind, NodeId};
use crate::formats;
use crate::issue::{Finding, Param, Severity};
use crate::options::{CustomField, FieldType};
use crate::schema::Types;

/// The definition of a custom key, given without its prefix.
pub fn find<'o>(fields: &'o [CustomField], key: &str, prefix: &str) -> Option<&'o CustomField> {
    fields.iter().find(|field| {
        bare(field, prefix).eq_ignore_ascii_case(key) && (!prefix.is_empty() || field.key == key)
    })
}

/// The key of a definition, without the prefix that it may be given with.
fn bare<'o>(field: &'o CustomField, prefix: &str) -> &'o str {
    field.key.strip_prefix(prefix).unwrap_or(&field.key)
}

/// The full key of the field that was probably meant by its label or by a key like its own.
pub fn meant(
    check: &mut Check<'_>,
    fields: &[CustomField],
    key: &str,
    prefix: &str,
) -> Option<String> {
    let labels = fields.iter().filter_map(|field| field.label.as_deref());
    let keys = fields.iter().map(|field| bare(field, prefix));
    let word = check.nearest(key, fields.len(), keys.chain(labels))?;
    let field = fields
        .iter()
        .find(|field| field.label.as_deref() == Some(word) || bare(field, prefix) == word)?;
    Some(format!("{prefix}{}", bare(field, prefix)))
}

/// Judges a custom key that has no definition.
pub fn unknown(check: &mut Check<'_>, fields: &[CustomField], key: NodeId, prefix: &str) {
    let name = check.document().string(key);
    let bare = name.strip_prefix(prefix).unwrap_or(&name);
    let suggestion = meant(check, fields, bare, prefix).map(Param::Text);
    check.raise(Finding::error(&code::UNKNOWN_CUSTOM_FIELD, key).suggest(suggestion));
}

/// Judges the value of a custom field. Null passes for every type: it clears the field.
pub fn value(check: &mut Check<'_>, field: &CustomField, node: NodeId) {
    let Some(kind) = field.kind else { return };
    let types = match kind {
        FieldType::Number => Types::NUMBER,
        FieldType::Boolean => Types::BOOLEAN,
        FieldType::Multiselect => Types::ARRAY,
        FieldType::Text | FieldType::Date | FieldType::Url | FieldType::Select => Types::STRING,
    };
    if check.document().kind(node) == Kind::Null || !fits(check, types, node) {
        return;
    }
    match kind {
        FieldType::Text | FieldType::Number | FieldType::Boolean => {}
        FieldType::Url => formatted(check, &["uri"], node),
        FieldType::Date => formatted(check, &["date", "date-time"], node),
        FieldType::Select => option(check, field, node),
        FieldType::Multiselect => {
            for element in check.document().elements(node) {
                if fits(check, Types::STRING, element) {
                    option(check, field, element);
                }
            }
        }
    }
}

fn fits(check: &mut Check<'_>, types: Types, node: NodeId) -> bool {
    let document = check.document();
    let fits = types.admit(document, node) || document.kind(node) == Kind::Unsupported;
    if !fits {
        check.raise(crate::check::wrong_type(document, types, node));
    }
    fits && document.kind(node) != Kind::Unsupported
}

/// Raises why a string is of none of the formats; the first has the word.
fn formatted(check: &mut Check<'_>, names: &[&str], node: NodeId) {
    let document = check.document();
    let text = document.string(node);
    let settings = check.settings();
    let known = names.iter().filter_map(|name| formats::lookup(name));
    let mut refusals = Vec::new();
    for format in known {
        match (format.clean)(&text, settings) {
            Ok(_) => return,
            Err(refusal) => refusals.push(refusal),
        }
    }
    if let Some(refusal) = refusals.into_iter().next() {
        check.raise(Finding::remark(Severity::Error, *refusal, node));
    }
}

fn option(check: &mut Check<'_>, field: &CustomField, node: NodeId) {
    let Some(options) = &field.options else { return };
    let text = check.document().string(node);
    if options.iter().any(|option| **option == *text) {
        return;
    }
    if check.is_full() {
        return check.omit(Severity::Error);
    }
    let near = check.nearest(&text, options.len(), options.iter().map(String::as_str));
    let suggestion = near.map(|near| Param::Text(near.to_owned()));
    check.raise(
        Finding::error(&code::ENUM, node)
            .param("allowed", Param::List(options.clone()))
            .suggest(suggestion),
    );
}
