//! `required` (validation, section 6.5.3).

use super::{Compiled, Keyword, some};
use crate::check::Check;
use crate::code;
use crate::document::NodeId;
use crate::issue::{Finding, Param};
use crate::schema::{Compiler, Site};

#[derive(Debug)]
struct Required(Vec<String>);

pub fn compile(compiler: &mut Compiler<'_>, site: &Site) -> Compiled {
    let Some(node) = compiler.keyword(site, "required") else { return Ok(None) };
    let mut names = compiler.names(node)?;
    if let Some(properties) = compiler.keyword(site, "properties") {
        // What is refused here is required in the other direction alone.
        names.retain(|name| match compiler.document().get(properties, name) {
            Some(property) => compiler.refused(property).is_none(),
            None => true,
        });
    }
    if names.is_empty() { Ok(None) } else { some(Required(names)) }
}

impl Keyword for Required {
    fn check(&self, check: &mut Check<'_>, node: NodeId) {
        for name in &self.0 {
            if check.document().get(node, name).is_none() {
                check.raise(missing(node, name));
            }
        }
    }
}

/// What is said of a member that is not there.
pub fn missing(object: NodeId, name: &str) -> Finding {
    Finding::error(&code::REQUIRED, object).member(name).param("key", Param::Text(name.to_owned()))
}
