//! `$ref` and `$dynamicRef` (core, section 8.2.3).

use super::{Compiled, Keyword, some};
use crate::check::Check;
use crate::document::NodeId;
use crate::schema::{Compiler, SchemaId, Site};

#[derive(Debug)]
struct Reference(SchemaId);

/// A reference whose target depends on the resources that led to it.
#[derive(Debug)]
struct DynamicReference {
    first: SchemaId,
    anchor: usize,
}

pub fn compile(compiler: &mut Compiler<'_>, site: &Site) -> Compiled {
    match compiler.keyword(site, "$ref") {
        None => Ok(None),
        Some(node) => some(Reference(compiler.referred(site, node)?)),
    }
}

pub fn compile_dynamic(compiler: &mut Compiler<'_>, site: &Site) -> Compiled {
    let Some(node) = compiler.keyword(site, "$dynamicRef") else { return Ok(None) };
    match compiler.dynamically_referred(node)? {
        (first, None) => some(Reference(first)),
        (first, Some(anchor)) => some(DynamicReference { first, anchor }),
    }
}

impl Keyword for Reference {
    fn check(&self, check: &mut Check<'_>, node: NodeId) {
        check.apply(self.0, node);
    }
}

impl Keyword for DynamicReference {
    fn check(&self, check: &mut Check<'_>, node: NodeId) {
        let target = check.dynamic_target(self.anchor).unwrap_or(self.first);
        check.apply(target, node);
    }
}
