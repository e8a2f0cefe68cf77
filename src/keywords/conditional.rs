//! `if`, `then` and `else` (core, section 10.2.2).

use super::{Compiled, Keyword, some};
use crate::check::Check;
use crate::document::NodeId;
use crate::schema::{Compiler, SchemaId, Site};

#[derive(Debug)]
struct Conditional {
    condition: SchemaId,
    then: Option<SchemaId>,
    otherwise: Option<SchemaId>,
}

pub fn compile(compiler: &mut Compiler<'_>, site: &Site) -> Compiled {
    let Some(condition) = compiler.keyword(site, "if") else { return Ok(None) };
    let condition = compiler.in_place(condition);
    let then = compiler.keyword(site, "then").map(|schema| compiler.in_place(schema));
    let otherwise = compiler.keyword(site, "else").map(|schema| compiler.in_place(schema));
    some(Conditional { condition, then, otherwise })
}

impl Keyword for Conditional {
    fn check(&self, check: &mut Check<'_>, node: NodeId) {
        let mark = check.mark();
        let branch = if check.apply(self.condition, node) {
            self.then
        } else {
            check.undo(mark);
            self.otherwise
        };
        if let Some(branch) = branch {
            check.apply(branch, node);
        }
    }
}
