//! `uniqueItems` (validation, section 6.4.3), and `x-drop-duplicates`, which drops an element that
//! equals an earlier one instead of refusing it. Elements are compared as cleaned.

use std::collections::HashSet;

use super::{Compiled, Keyword, some};
use crate::check::Check;
use crate::code;
use crate::document::{Kind, NodeId};
use crate::issue::{Action, Edit, Finding, Param};
use crate::order;
use crate::schema::{Compiler, Site};

#[derive(Debug)]
struct Unique {
    drop: bool,
}

pub fn compile(compiler: &mut Compiler<'_>, site: &Site) -> Compiled {
    if compiler.flag(site, "uniqueItems")? { some(Unique { drop: false }) } else { Ok(None) }
}

pub fn compile_drop(compiler: &mut Compiler<'_>, site: &Site) -> Compiled {
    if compiler.flag(site, "x-drop-duplicates")? { some(Unique { drop: true }) } else { Ok(None) }
}

impl Keyword for Unique {
    fn check(&self, check: &mut Check<'_>, node: NodeId) {
        let document = check.document();
        if document.count(node) < 2 {
            return;
        }
        // Of a few, to compare each with each costs less than to hash them.
        const FEW: usize = 8;
        let differs =
            |(at, one)| document.elements(node).take(at).all(|other| !equal(check, one, other));
        if document.count(node) <= FEW && document.elements(node).enumerate().all(differs) {
            return;
        }
        let mut hashed: Vec<_> = document
            .elements(node)
            .enumerate()
            .map(|(index, element)| (hash(check, element), index, element))
            .collect();
        order::sort(&mut hashed);
        let mut repeated = Vec::new();
        for same in hashed.chunk_by(|one, other| one.0 == other.0) {
            for (at, (_, index, element)) in same.iter().enumerate().skip(1) {
                let earlier =
                    same[..at].iter().find(|(_, _, first)| equal(check, *first, *element));
                if let Some((_, first, _)) = earlier {
                    repeated.push((*index, *first, *element));
                }
            }
        }
        order::sort(&mut repeated);
        let failed = if self.drop { check.failed_nodes() } else { HashSet::new() };
        for (index, first, element) in repeated {
            if self.drop && !failed.contains(&element) {
                check.edit(element, Action::Remove, "drop_duplicate");
            } else if !self.drop {
                check.raise(
                    Finding::error(&code::UNIQUE_ITEMS, element)
                        .param("index", Param::Count(index as u64))
                        .param("first", Param::Count(first as u64)),
                );
            }
        }
    }
}

fn hash(check: &Check<'_>, node: NodeId) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    if check.document().kind(node) != Kind::String {
        return check.document().value_hash(node);
    }
    let mut hasher = DefaultHasher::new();
    match check.edit_of(node) {
        Some(Edit { action: Action::Text(text), .. }) => text.hash(&mut hasher),
        _ => check.document().string(node).hash(&mut hasher),
    }
    hasher.finish()
}

fn equal(check: &Check<'_>, one: NodeId, other: NodeId) -> bool {
    let document = check.document();
    match (document.kind(one), document.kind(other)) {
        (Kind::String, Kind::String) => check.text(one) == check.text(other),
        _ => document.equal(one, document, other),
    }
}
