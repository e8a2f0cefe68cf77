//! `discriminator` (OpenAPI 3.1.0, section 4.8.25): the value of a property says which of the
//! branches of `oneOf` or `anyOf` is meant, and only that one is judged.

use super::{Keyword, required};
use crate::check::Check;
use crate::code;
use crate::document::{Kind, NodeId};
use crate::issue::{Finding, Param};
use crate::schema::{Compiler, SchemaError, SchemaId, Site, Types};

#[derive(Debug)]
pub struct Discriminator {
    property: String,
    branches: Vec<(String, SchemaId)>,
}

/// The keyword, if there is one beside the branches of `list` and each branch has a name.
pub fn recognise(
    compiler: &mut Compiler<'_>,
    site: &Site,
    list: NodeId,
) -> Result<Option<Discriminator>, SchemaError> {
    let document = compiler.document();
    let Some(node) = compiler.keyword(site, "discriminator") else { return Ok(None) };
    let Some(property) = document.get_str(node, "propertyName") else {
        return Err(
            compiler.mistake(node, "give `propertyName`, the key that tells the forms apart")
        );
    };
    let mapping: Vec<_> = document
        .get(node, "mapping")
        .into_iter()
        .flat_map(|mapping| document.members(mapping))
        .filter_map(|(value, target)| Some((document.string(value), document.as_str(target)?)))
        .collect();
    let mut branches = Vec::new();
    for branch in document.elements(list) {
        let Some(reference) = document.get_str(branch, "$ref") else { return Ok(None) };
        let name = reference.rsplit('/').next().unwrap_or(&reference).to_owned();
        let schema = compiler.in_place(branch);
        // A mapping names the reference or the schema; what it does not name goes by its own name.
        let values: Vec<_> = mapping
            .iter()
            .filter(|(_, target)| **target == *reference || **target == name)
            .map(|(value, _)| value.clone().into_owned())
            .collect();
        match values.is_empty() {
            true => branches.push((name, schema)),
            false => branches.extend(values.into_iter().map(|value| (value, schema))),
        }
    }
    Ok(Some(Discriminator { property: property.into_owned(), branches }))
}

impl Keyword for Discriminator {
    fn check(&self, check: &mut Check<'_>, node: NodeId) {
        let document = check.document();
        if document.kind(node) != Kind::Object {
            check.raise(crate::check::wrong_type(document, Types::OBJECT, node));
            return;
        }
        let Some(value) = document.get(node, &self.property) else {
            check.raise(required::missing(node, &self.property));
            return;
        };
        let told = document.as_str(value);
        let branch = told.as_ref().and_then(|told| {
            self.branches.iter().find(|(name, _)| *name == **told).map(|(_, schema)| *schema)
        });
        if let Some(branch) = branch {
            check.apply(branch, node);
            return;
        }
        let names = self.branches.iter().map(|(name, _)| &**name);
        let near = told
            .and_then(|told| check.nearest(&told, self.branches.len(), names).map(str::to_owned));
        let allowed = self.branches.iter().map(|(name, _)| name.clone()).collect();
        check.raise(
            Finding::error(&code::DISCRIMINATOR, value)
                .param("allowed", Param::List(allowed))
                .suggest(near.map(Param::Text)),
        );
    }
}
