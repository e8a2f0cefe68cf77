//! `anyOf` (core, section 10.2.1.2). Of branches that all fail, the closest tells why.

use super::{Compiled, Keyword, discriminator, identifier, logic, some};
use crate::check::Check;
use crate::code::{self, Code};
use crate::document::NodeId;
use crate::issue::{Finding, Param};
use crate::schema::{Compiler, SchemaId, Site};

#[derive(Debug)]
struct AnyOf(Vec<SchemaId>);

pub fn compile(compiler: &mut Compiler<'_>, site: &Site) -> Compiled {
    if let Some(identifier) = identifier::recognise(compiler, site)? {
        return some(identifier);
    }
    if let Some(list) = compiler.keyword(site, "anyOf")
        && let Some(discriminator) = discriminator::recognise(compiler, site, list)?
    {
        return some(discriminator);
    }
    let branches = logic::branches(compiler, site, "anyOf")?;
    some(AnyOf(branches))
}

impl Keyword for AnyOf {
    fn check(&self, check: &mut Check<'_>, node: NodeId) {
        let mut passed = false;
        for branch in &self.0 {
            let mark = check.mark();
            if check.apply(*branch, node) {
                passed = true;
            } else {
                check.undo(mark);
            }
        }
        if !passed {
            closest(check, &self.0, node, &code::ANY_OF);
        }
    }
}

/// Raises what the closest of the branches has to say: the one whose first error lies deepest, then
/// the one with the fewest errors. If all fail at the value itself, it matches none of them.
pub fn closest(check: &mut Check<'_>, branches: &[SchemaId], node: NodeId, code: &'static Code) {
    let mut best: Option<((NodeId, std::cmp::Reverse<usize>), Vec<Finding>)> = None;
    for branch in branches {
        let mark = check.mark();
        check.apply(*branch, node);
        let findings = check.undo(mark);
        let depth = findings.iter().map(|found| found.node).min().unwrap_or(node);
        let rank = (depth, std::cmp::Reverse(findings.len()));
        if best.as_ref().is_none_or(|(other, _)| rank > *other) {
            best = Some((rank, findings));
        }
    }
    match best {
        Some((_, findings))
            if branches.len() == 1
                || findings.iter().any(|f| f.node > node || f.member.is_some()) =>
        {
            findings.into_iter().for_each(|finding| check.raise(finding));
        }
        _ => check.raise(
            Finding::error(code, node).param("branches", Param::Count(branches.len() as u64)),
        ),
    }
}
