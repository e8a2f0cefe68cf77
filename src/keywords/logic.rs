//! `allOf`, `oneOf` and `not` (core, section 10.2.1).

use super::{Compiled, Keyword, any_of, discriminator, some};
use crate::check::Check;
use crate::code;
use crate::document::NodeId;
use crate::issue::{Finding, Param};
use crate::schema::{Compiler, SchemaId, Site};

#[derive(Debug)]
struct AllOf(Vec<SchemaId>);

#[derive(Debug)]
struct OneOf(Vec<SchemaId>);

#[derive(Debug)]
struct Not(SchemaId);

/// The subschemas of a keyword that lists some.
pub fn branches(
    compiler: &mut Compiler<'_>,
    site: &Site,
    name: &str,
) -> Result<Vec<SchemaId>, crate::schema::SchemaError> {
    let Some(node) = compiler.keyword(site, name) else { return Ok(Vec::new()) };
    let schemas = compiler.schemas(node)?;
    Ok(schemas.into_iter().map(|schema| compiler.in_place(schema)).collect())
}

pub fn compile_all_of(compiler: &mut Compiler<'_>, site: &Site) -> Compiled {
    let branches = branches(compiler, site, "allOf")?;
    some(AllOf(branches))
}

pub fn compile_one_of(compiler: &mut Compiler<'_>, site: &Site) -> Compiled {
    if let Some(list) = compiler.keyword(site, "oneOf")
        && let Some(discriminator) = discriminator::recognise(compiler, site, list)?
    {
        return some(discriminator);
    }
    let branches = branches(compiler, site, "oneOf")?;
    some(OneOf(branches))
}

pub fn compile_not(compiler: &mut Compiler<'_>, site: &Site) -> Compiled {
    match compiler.keyword(site, "not") {
        None => Ok(None),
        Some(schema) => some(Not(compiler.condition(schema))),
    }
}

impl Keyword for AllOf {
    fn check(&self, check: &mut Check<'_>, node: NodeId) {
        for branch in &self.0 {
            check.apply(*branch, node);
        }
    }
}

impl Keyword for OneOf {
    fn check(&self, check: &mut Check<'_>, node: NodeId) {
        let start = check.mark();
        let mut passed = Vec::new();
        let mut failed = Vec::new();
        for (at, branch) in self.0.iter().enumerate() {
            let mark = check.mark();
            if check.apply(*branch, node) {
                passed.push(at.to_string());
            } else {
                failed.push(check.undo(mark));
            }
        }
        match passed.len() {
            1 => {}
            0 => any_of::closest(check, failed, node, &code::ONE_OF),
            _ => {
                check.undo(start);
                let matches = Param::List(passed);
                check.raise(Finding::error(&code::ONE_OF_SEVERAL, node).param("matches", matches));
            }
        }
    }
}

impl Keyword for Not {
    fn check(&self, check: &mut Check<'_>, node: NodeId) {
        let mark = check.mark();
        let passes = check.apply(self.0, node);
        check.undo(mark);
        if passes {
            check.raise(Finding::error(&code::NOT, node));
        }
    }
}
