//! `required` (validation, section 6.5.3).

use std::iter::once;

use super::{Compiled, Keyword, some};
use crate::check::Check;
use crate::code;
use crate::document::{Kind, NodeId, hash};
use crate::issue::{Finding, Param};
use crate::nearest::nearest;
use crate::schema::{Compiler, Site};
use crate::search::contains;

#[derive(Debug)]
struct Required {
    /// Each with its hash.
    names: Vec<(String, u32)>,
    /// The keys that the schema knows; another one may be meant for one that is missing.
    known: Vec<String>,
    /// Those of the names whose null is dropped (`x-drop-null`), and then is not there.
    dropped: Vec<String>,
}

pub fn compile(compiler: &mut Compiler<'_>, site: &Site) -> Compiled {
    let Some(node) = compiler.keyword(site, "required") else { return Ok(None) };
    let mut names = compiler.names(node)?;
    let mut known = Vec::new();
    let mut dropped = Vec::new();
    if let Some(properties) = compiler.keyword(site, "properties") {
        let document = compiler.document();
        known
            .extend(document.members(properties).map(|(key, _)| document.string(key).into_owned()));
        // What is refused here is required in the other direction alone.
        names.retain(|name| match compiler.document().get(properties, name) {
            Some(property) => compiler.refused(property).is_none(),
            None => true,
        });
        let drops = |name: &&String| {
            document.get(properties, name).is_some_and(|property| {
                let flag = document.get(property, "x-drop-null");
                let types = document.get(property, "type");
                flag.is_some_and(|flag| document.is_true(flag))
                    && types.is_some_and(|types| !contains(document.raw(types), "\"null\""))
            })
        };
        dropped.extend(names.iter().filter(drops).cloned());
    }
    if names.is_empty() {
        return Ok(None);
    }
    let hashed = |name: String| {
        let hash = hash(name.as_bytes());
        (name, hash)
    };
    let names = names.into_iter().map(hashed).collect();
    some(Required { names, known, dropped })
}

impl Keyword for Required {
    fn check(&self, check: &mut Check<'_>, node: NodeId) {
        let document = check.document();
        let mut rest = document.members(node);
        for (name, hash) in &self.names {
            let mut is = |(key, _): &(NodeId, NodeId)| {
                document.key_hash(*key) == *hash && document.is(*key, name)
            };
            // Most often the keys come in the order of these names. Of equal keys the first counts.
            let mut found = if self.dropped.is_empty() { rest.find(&mut is) } else { None };
            if found.is_none() {
                rest = document.members(node);
                found = rest.find(&mut is);
            }
            if let Some((_, value)) = found {
                let dropped = document.kind(value) == Kind::Null && self.dropped.contains(name);
                if dropped && !check.options().strict {
                    check.raise(missing(node, name));
                }
                continue;
            }
            let mut finding = missing(node, name);
            let compared = document.count(node).min(MOST_COMPARED);
            let compared = match check.may_compare(compared * (1 + self.known.len() / 16)) {
                true => compared,
                false => 0,
            };
            let unknown = document.members(node).take(compared).filter_map(|(key, _)| {
                let key = document.string(key);
                let known = self.known.is_empty() || self.known.iter().any(|known| **known == *key);
                (!known).then_some(key)
            });
            let near = unknown.into_iter().find(|key| nearest(key, once(&**name)).is_some());
            if let Some(near) = near {
                finding = finding.param("near", Param::Text(near.into_owned()));
            }
            check.raise(finding);
        }
    }
}

/// How many keys of an object are compared with one that is missing.
const MOST_COMPARED: usize = 50;

/// What is said of a member that is not there.
pub fn missing(object: NodeId, name: &str) -> Finding {
    Finding::error(&code::REQUIRED, object).member(name).param("key", Param::Text(name.to_owned()))
}
