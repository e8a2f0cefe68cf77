//! `pattern` (validation, section 6.3.3).

use super::{Compiled, Keyword, some};
use crate::check::Check;
use crate::code;
use crate::document::NodeId;
use crate::issue::{Finding, Param};
use crate::pattern::Pattern;
use crate::schema::{Compiler, Site};

#[derive(Debug)]
struct Matches(Pattern);

pub fn compile(compiler: &mut Compiler<'_>, site: &Site) -> Compiled {
    let Some(text) = compiler.string(site, "pattern")? else { return Ok(None) };
    match Pattern::compile(&text) {
        Ok(pattern) => some(Matches(pattern)),
        Err(message) => {
            let node = compiler.keyword(site, "pattern").unwrap_or(site.place.object);
            Err(compiler.mistake(node, &message))
        }
    }
}

impl Keyword for Matches {
    fn check(&self, check: &mut Check<'_>, node: NodeId) {
        if check.matches(&self.0, &check.text(node)) == Some(false) {
            let pattern = Param::Text(self.0.text().to_owned());
            check.raise(Finding::error(&code::PATTERN, node).param("pattern", pattern));
        }
    }
}
