//! `minItems`, `maxItems` (validation, section 6.4), `minProperties` and `maxProperties`
//! (section 6.5).

use super::{Compiled, Keyword, some};
use crate::check::Check;
use crate::code::{self, Code};
use crate::document::NodeId;
use crate::issue::{Finding, Param};
use crate::schema::{Compiler, Site};

#[derive(Debug)]
struct Count {
    limit: u64,
    most: bool,
    code: &'static Code,
}

pub fn compile_min_items(compiler: &mut Compiler<'_>, site: &Site) -> Compiled {
    count(compiler, site, "minItems", &code::MIN_ITEMS)
}

pub fn compile_max_items(compiler: &mut Compiler<'_>, site: &Site) -> Compiled {
    count(compiler, site, "maxItems", &code::MAX_ITEMS)
}

pub fn compile_min_properties(compiler: &mut Compiler<'_>, site: &Site) -> Compiled {
    count(compiler, site, "minProperties", &code::MIN_PROPERTIES)
}

pub fn compile_max_properties(compiler: &mut Compiler<'_>, site: &Site) -> Compiled {
    count(compiler, site, "maxProperties", &code::MAX_PROPERTIES)
}

fn count(compiler: &Compiler<'_>, site: &Site, name: &str, code: &'static Code) -> Compiled {
    match compiler.count(site, name)? {
        None => Ok(None),
        Some(limit) => some(Count { limit, most: name.starts_with("max"), code }),
    }
}

impl Keyword for Count {
    fn check(&self, check: &mut Check<'_>, node: NodeId) {
        let count = check.document().count(node) as u64;
        let wrong = if self.most { count > self.limit } else { count < self.limit };
        if wrong {
            check.raise(
                Finding::error(self.code, node)
                    .param("limit", Param::Count(self.limit))
                    .param("count", Param::Count(count)),
            );
        }
    }
}
