//! `unevaluatedItems` and `unevaluatedProperties` (core, section 11): a schema for the elements and
//! members that no other keyword of this schema, or of those that judge the same value, has judged.

use super::{Compiled, Keyword, some};
use crate::check::Check;
use crate::code;
use crate::document::NodeId;
use crate::issue::Finding;
use crate::schema::{Compiler, SchemaId, Site};

#[derive(Debug)]
struct UnevaluatedItems(SchemaId);

#[derive(Debug)]
enum UnevaluatedProperties {
    /// `false`: the key is not known.
    Closed,
    /// The schema that the value must pass.
    Schema(SchemaId),
}

pub fn compile_items(compiler: &mut Compiler<'_>, site: &Site) -> Compiled {
    let Some(schema) = compiler.keyword(site, "unevaluatedItems") else { return Ok(None) };
    compiler.track();
    some(UnevaluatedItems(compiler.subschema(schema)))
}

pub fn compile_properties(compiler: &mut Compiler<'_>, site: &Site) -> Compiled {
    let Some(schema) = compiler.keyword(site, "unevaluatedProperties") else { return Ok(None) };
    compiler.track();
    if compiler.document().raw(schema) == "false" {
        return some(UnevaluatedProperties::Closed);
    }
    some(UnevaluatedProperties::Schema(compiler.subschema(schema)))
}

impl Keyword for UnevaluatedItems {
    fn check(&self, check: &mut Check<'_>, node: NodeId) {
        let evaluated = check.evaluated();
        for element in check.document().elements(node) {
            if evaluated.binary_search(&element).is_err() {
                check.apply(self.0, element);
                check.evaluate(element);
            }
        }
    }
}

impl Keyword for UnevaluatedProperties {
    fn check(&self, check: &mut Check<'_>, node: NodeId) {
        let evaluated = check.evaluated();
        for (key, value) in check.document().members(node) {
            if evaluated.binary_search(&key).is_err() {
                match self {
                    Self::Closed => check.raise(Finding::error(&code::UNKNOWN_KEY, key)),
                    Self::Schema(schema) => {
                        check.apply(*schema, value);
                    }
                }
                check.evaluate(key);
            }
        }
    }
}
