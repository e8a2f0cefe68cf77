//! `prefixItems` and `items` (core, sections 10.3.1.1 and 10.3.1.2).

use super::{Compiled, Keyword, some};
use crate::check::Check;
use crate::document::NodeId;
use crate::schema::{Compiler, SchemaId, Site};

#[derive(Debug)]
struct Items {
    prefix: Vec<SchemaId>,
    rest: Option<SchemaId>,
}

pub fn compile(compiler: &mut Compiler<'_>, site: &Site) -> Compiled {
    let prefix = match compiler.keyword(site, "prefixItems") {
        None => Vec::new(),
        Some(node) => compiler.schemas(node)?,
    };
    let prefix = prefix.into_iter().map(|schema| compiler.subschema(schema)).collect();
    let rest = compiler.keyword(site, "items").map(|schema| compiler.subschema(schema));
    some(Items { prefix, rest })
}

impl Keyword for Items {
    fn check(&self, check: &mut Check<'_>, node: NodeId) {
        for (index, element) in check.document().elements(node).enumerate() {
            let Some(schema) = self.prefix.get(index).copied().or(self.rest) else { return };
            check.apply(schema, element);
            check.evaluate(element);
        }
    }
}
