//! `x-trim`: the edges of a string lose white space and invisible characters.

use super::{Compiled, Keyword, some};
use crate::check::Check;
use crate::document::NodeId;
use crate::issue::Action;
use crate::schema::{Compiler, Quick, Site};
use crate::unicode;

#[derive(Debug)]
struct Trim;

pub fn compile(compiler: &mut Compiler<'_>, site: &Site) -> Compiled {
    if compiler.flag(site, "x-trim")? { some(Trim) } else { Ok(None) }
}

impl Keyword for Trim {
    fn check(&self, check: &mut Check<'_>, node: NodeId) {
        let text = check.text(node);
        let trimmed = unicode::trim(&text);
        if trimmed.len() != text.len() {
            let trimmed = trimmed.to_owned();
            check.edit(node, Action::Text(trimmed), "trim");
        }
    }

    fn quick(&self, quick: Quick) -> Option<Quick> {
        Some(Quick { trimmed: true, ..quick })
    }
}
