//! `anyOf` (core, section 10.2.1.2). Of branches that all fail, the closest tells why.

use super::{Compiled, Keyword, discriminator, identifier, logic, some};
use crate::check::{Check, wrong_types};
use crate::code::{self, Code};
use crate::document::NodeId;
use crate::issue::{Finding, Param, Severity, Told};
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
        run(check, &self.0, node, &code::ANY_OF);
    }
}

/// Runs branches on a node, and undoes those that fail; gives the numbers of those that pass. If none
/// does, raises what the closest has to say.
pub fn run(
    check: &mut Check<'_>,
    branches: &[SchemaId],
    node: NodeId,
    code: &'static Code,
) -> Vec<usize> {
    let mut passed = Vec::new();
    let mut failed = Vec::new();
    for (at, branch) in branches.iter().enumerate() {
        // What it has to say is not asked for unless the others fail too.
        if check.is_refused(*branch, node) {
            continue;
        }
        let mark = check.mark();
        if check.apply(*branch, node) {
            passed.push(at);
        } else {
            failed.push((at, check.undo(mark)));
        }
    }
    if passed.is_empty() {
        let mut failed = failed.into_iter().peekable();
        let all = branches.iter().enumerate().map(|(at, branch)| {
            if let Some((_, findings)) = failed.next_if(|(number, _)| *number == at) {
                return findings;
            }
            let mark = check.mark();
            check.apply(*branch, node);
            check.undo(mark)
        });
        let all = all.collect();
        let errors = check.errors();
        closest(check, all, node, code);
        if check.errors() == errors && !check.gave_up() {
            // What they said was more than is kept.
            check.raise(Finding::error(code, node));
        }
    }
    passed
}

/// How far a branch is from what was meant; the least is the closest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Distance {
    /// It is for another type, or for other values.
    other: bool,
    /// How many members that tell forms apart (`const`, `enum`) say that another is meant.
    tags: usize,
    /// How many errors there are.
    errors: usize,
}

/// Raises what the closest of the branches that failed has to say. Where all want another type or
/// another value, what they want is told together; where several are as close, so are the keys that
/// they miss, else the first of them has the word, and it is told that there are others.
fn closest(check: &mut Check<'_>, failed: Vec<Vec<Finding>>, node: NodeId, code: &'static Code) {
    if check.is_probe() {
        // Nothing was found: that something is wrong is all that counts.
        return check.raise(Finding::error(code, node));
    }
    let distance = |findings: &Vec<Finding>| Distance {
        other: findings.iter().any(|found| found.node == node && rejects(found)),
        tags: findings.iter().filter(|found| is_tag(check, found, node)).count(),
        errors: findings.iter().filter(|found| found.severity == Severity::Error).count(),
    };
    let distances: Vec<_> = failed.iter().map(distance).collect();
    let least = distances.iter().min().copied();
    let Some(least) = least else { return };
    let alone = distances.iter().filter(|distance| **distance == least).count() == 1;
    let together = if least.other { Some(node) } else { shared_tag(check, &failed, node, least) };
    if let Some(at) = together.filter(|_| !alone || least.other)
        && let Some(finding) = wanted_together(check, &failed, at)
    {
        check.raise(finding);
    } else if !least.other && (alone || least.tags == 0) {
        let branches = Param::Count(failed.len() as u64);
        let mut close: Vec<_> =
            failed.into_iter().zip(distances).filter(|(_, distance)| *distance == least).collect();
        if let Some(finding) = missing_together(&close, node) {
            check.raise(finding);
            return;
        }
        let differ = close[1..].iter().any(|(findings, _)| !same(findings, &close[0].0));
        for finding in close.swap_remove(0).0 {
            let told = finding.params.iter().any(|(name, _)| *name == "branches");
            check.raise(match differ && !told && finding.severity == Severity::Error {
                true => finding.param("branches", branches.clone()),
                false => finding,
            });
        }
    } else {
        let branches = Param::Count(failed.len() as u64);
        check.raise(Finding::error(code, node).param("branches", branches));
    }
}

/// The keys of which one must be there, where each of the closest branches misses one.
fn missing_together(close: &[(Vec<Finding>, Distance)], node: NodeId) -> Option<Finding> {
    let mut names: Vec<String> = Vec::new();
    for (findings, _) in close {
        let mut errors = findings.iter().filter(|found| found.severity == Severity::Error);
        let (Some(error), None) = (errors.next(), errors.next()) else { return None };
        let name = error.member.as_ref().filter(|_| error.is(&code::REQUIRED))?;
        if error.node == node && !names.contains(name) {
            names.push(name.clone());
        }
    }
    let first = names.first().filter(|_| names.len() > 1)?;
    let finding = Finding::error(&code::MISSING_IDENTIFIER, node).member(first);
    Some(finding.param("any_of", Param::List(names)))
}

/// Whether two branches say the same.
fn same(one: &[Finding], other: &[Finding]) -> bool {
    one.len() == other.len()
        && one.iter().zip(other).all(|(one, other)| {
            let told = match (&one.told, &other.told) {
                (Told::Code(one), Told::Code(other)) => std::ptr::eq(*one, *other),
                (Told::Own(one), Told::Own(other)) => one == other,
                _ => false,
            };
            told && (one.node, &one.member, &one.params)
                == (other.node, &other.member, &other.params)
        })
}

/// Whether a finding says that a value is of another kind altogether.
fn rejects(finding: &Finding) -> bool {
    finding.is(&code::TYPE)
        || finding.is(&code::NULL)
        || finding.is(&code::ENUM)
        || finding.is(&code::CONST)
        || finding.is(&code::NOT_ALLOWED)
}

/// Whether a finding is about a member of the node that tells forms apart.
fn is_tag(check: &Check<'_>, finding: &Finding, node: NodeId) -> bool {
    (finding.is(&code::CONST) || finding.is(&code::ENUM))
        && finding.node > node
        && check.document().members(node).any(|(_, value)| value == finding.node)
}

/// The member by which every one of the closest branches says that another is meant.
fn shared_tag(
    check: &Check<'_>,
    failed: &[Vec<Finding>],
    node: NodeId,
    least: Distance,
) -> Option<NodeId> {
    if least.tags == 0 {
        return None;
    }
    let tags = |findings: &Vec<Finding>| {
        findings.iter().find(|found| is_tag(check, found, node)).map(|found| found.node)
    };
    let first = tags(failed.first()?)?;
    failed.iter().all(|findings| tags(findings) == Some(first)).then_some(first)
}

/// What all branches want at a node, as one finding: the types, the values, or both.
fn wanted_together(check: &Check<'_>, failed: &[Vec<Finding>], at: NodeId) -> Option<Finding> {
    let mut types: Vec<String> = Vec::new();
    let mut values: Vec<String> = Vec::new();
    for findings in failed {
        let found = findings.iter().find(|found| found.node == at && rejects(found))?;
        let (name, wanted) = match found.is(&code::TYPE) || found.is(&code::NULL) {
            true => ("expected", &mut types),
            false => ("allowed", &mut values),
        };
        let param = found.params.iter().find(|(param, _)| *param == name);
        if let Some((_, Param::List(items))) = param {
            for item in items {
                if !wanted.contains(item) {
                    wanted.push(item.clone());
                }
            }
        }
    }
    match values.is_empty() {
        true if types.is_empty() => None,
        true => Some(wrong_types(check.document(), types, at)),
        false => {
            let text = check.document().as_str(at);
            let near = text.and_then(|text| {
                crate::nearest::nearest(&text, values.iter().map(String::as_str)).map(str::to_owned)
            });
            let mut finding = Finding::error(&code::ENUM, at).param("allowed", Param::List(values));
            if !types.is_empty() {
                finding = finding.param("expected", Param::List(types));
            }
            Some(finding.suggest(near.map(Param::Text)))
        }
    }
}
