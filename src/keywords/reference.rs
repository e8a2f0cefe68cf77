//! `$ref` (core, section 8.2.3.1).

use super::{Compiled, Keyword, some};
use crate::check::Check;
use crate::document::NodeId;
use crate::schema::{Compiler, SchemaId, Site};

#[derive(Debug)]
struct Reference(SchemaId);

pub fn compile(compiler: &mut Compiler<'_>, site: &Site) -> Compiled {
    let Some(node) = compiler.keyword(site, "$ref") else { return Ok(None) };
    let target = compiler.resolve(node)?;
    // Beside other keywords, the schema around the reference says which keys are known.
    let alone = compiler.only_refers(site.object) && !site.in_place;
    let schema = if alone { compiler.subschema(target) } else { compiler.in_place(target) };
    some(Reference(schema))
}

impl Keyword for Reference {
    fn check(&self, check: &mut Check<'_>, node: NodeId) {
        check.apply(self.0, node);
    }
}
