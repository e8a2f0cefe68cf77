//! `contains`, `minContains` and `maxContains` (core, section 10.3.1.3; validation, section 6.4).

use super::{Compiled, Keyword, gist, some};
use crate::check::Check;
use crate::code;
use crate::document::NodeId;
use crate::issue::{Finding, Param};
use crate::schema::{Compiler, SchemaId, Site};

use gist::Gist;

#[derive(Debug)]
struct Contains {
    schema: SchemaId,
    least: u64,
    most: Option<u64>,
    /// What the schema says, if that is little.
    gist: Option<Gist>,
}

pub fn compile(compiler: &mut Compiler<'_>, site: &Site) -> Compiled {
    let Some(schema) = compiler.keyword(site, "contains") else { return Ok(None) };
    let least = compiler.count(site, "minContains")?.unwrap_or(1);
    let most = compiler.count(site, "maxContains")?;
    let gist = gist::recognise(compiler, schema);
    some(Contains { schema: compiler.subschema(schema), least, most, gist })
}

impl Keyword for Contains {
    fn check(&self, check: &mut Check<'_>, node: NodeId) {
        let mut count = 0;
        for element in check.document().elements(node) {
            let mark = check.mark();
            if check.apply(self.schema, element) {
                count += 1;
                check.evaluate(element);
            } else {
                check.undo(mark);
            }
        }
        let (code, limit) = match self.most {
            _ if count < self.least => (&code::MIN_CONTAINS, self.least),
            Some(most) if count > most => (&code::MAX_CONTAINS, most),
            _ => return,
        };
        let finding = Finding::error(code, node)
            .param("limit", Param::Count(limit))
            .param("count", Param::Count(count));
        check.raise(match &self.gist {
            Some(Gist::Values(values)) => finding.param("values", Param::List(values.clone())),
            Some(Gist::Types(types)) => finding.param("types", Param::List(types.clone())),
            _ => finding,
        });
    }
}
