//! `x-suggested-values`: a string outside the list is a warning.

use super::{Compiled, Keyword, some};
use crate::check::Check;
use crate::code;
use crate::document::NodeId;
use crate::issue::{Finding, Param, Severity};
use crate::schema::{Compiler, Site};

#[derive(Debug)]
struct Suggested(Vec<String>);

pub fn compile(compiler: &mut Compiler<'_>, site: &Site) -> Compiled {
    match compiler.keyword(site, "x-suggested-values") {
        None => Ok(None),
        Some(node) => some(Suggested(compiler.names(node)?)),
    }
}

impl Keyword for Suggested {
    fn check(&self, check: &mut Check<'_>, node: NodeId) {
        let text = check.text(node);
        if self.0.iter().any(|value| **value == *text) {
            return;
        }
        if check.is_full() {
            return check.omit(Severity::Warning);
        }
        let near = check.nearest(&text, self.0.len(), self.0.iter().map(String::as_str));
        let suggestion = near.map(|near| Param::Text(near.to_owned()));
        check.raise(
            Finding::warning(&code::SUGGESTED_VALUES, node)
                .param("suggested", Param::List(self.0.clone()))
                .suggest(suggestion),
        );
    }
}
