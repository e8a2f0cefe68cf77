//! `anyOf` of `required`: at least one of some keys must be there. It gets the message a person
//! would write, at the first of the keys.

use super::Keyword;
use crate::check::Check;
use crate::code;
use crate::document::{Kind, NodeId};
use crate::issue::{Finding, Param};
use crate::schema::{Compiler, SchemaError, Site};
use crate::unicode;

/// The keys, each with whether its value must be a string that is not blank.
#[derive(Debug)]
pub struct Identifier(Vec<(String, bool)>);

/// The keyword, if each branch of `anyOf` requires one key and says no more about it than that it
/// is a string that is not blank.
pub fn recognise(compiler: &Compiler<'_>, site: &Site) -> Result<Option<Identifier>, SchemaError> {
    let Some(any_of) = compiler.keyword(site, "anyOf") else { return Ok(None) };
    let branches = compiler.schemas(any_of)?;
    let keys = branches.into_iter().map(|branch| required_key(compiler, branch));
    Ok(keys.collect::<Option<Vec<_>>>().filter(|keys| keys.len() > 1).map(Identifier))
}

fn required_key(compiler: &Compiler<'_>, branch: NodeId) -> Option<(String, bool)> {
    let document = compiler.document();
    let mut required = None;
    let mut filled = None;
    for (key, value) in document.members(branch) {
        match &*document.string(key) {
            "required" => match document.elements(value).collect::<Vec<_>>()[..] {
                [name] => required = Some(document.as_str(name)?.into_owned()),
                _ => return None,
            },
            "properties" => match document.members(value).collect::<Vec<_>>()[..] {
                [(name, schema)] if is_filled_string(compiler, schema) => {
                    filled = Some(document.string(name).into_owned());
                }
                _ => return None,
            },
            "type" if document.as_str(value).as_deref() == Some("object") => {}
            "title" | "description" => {}
            _ => return None,
        }
    }
    let required = required?;
    match filled {
        Some(name) if name != required => None,
        filled => Some((required, filled.is_some())),
    }
}

/// Whether a schema says: a string that is not blank.
fn is_filled_string(compiler: &Compiler<'_>, schema: NodeId) -> bool {
    let document = compiler.document();
    document.count(schema) == 3
        && document.get_str(schema, "type").as_deref() == Some("string")
        && document.get(schema, "x-trim").is_some_and(|trim| document.raw(trim) == "true")
        && document.get(schema, "minLength").is_some_and(|least| document.raw(least) == "1")
}

impl Keyword for Identifier {
    fn check(&self, check: &mut Check<'_>, node: NodeId) {
        let document = check.document();
        let mut vacant = Vec::new();
        for (name, filled) in &self.0 {
            let Some(value) = document.get(node, name) else { continue };
            match document.kind(value) {
                _ if !filled => return,
                Kind::Null => vacant.push(value),
                Kind::String if unicode::trim(&document.string(value)).is_empty() => {
                    vacant.push(value);
                }
                Kind::String => return,
                // Said already that it is of the wrong type, unless the schema allows that type.
                _ if check.failed_at(value, node) => return,
                _ => {}
            }
        }
        // One cause, one issue: that a blank text is no address adds nothing.
        vacant.iter().for_each(|value| check.withdraw(*value));
        let names: Vec<_> = self.0.iter().map(|(name, _)| name.clone()).collect();
        let first = &names[0];
        let finding = match document.get(node, first) {
            Some(value) => Finding::error(&code::MISSING_IDENTIFIER, value),
            None => Finding::error(&code::MISSING_IDENTIFIER, node).member(first),
        };
        check.raise(finding.param("any_of", Param::List(names.clone())));
    }
}
