//! `allOf`, `oneOf` and `not` (core, section 10.2.1).

use super::gist::{self, Gist};
use super::{Compiled, Keyword, any_of, discriminator, some};
use crate::check::Check;
use crate::code;
use crate::document::{Document, NodeId};
use crate::issue::{Finding, Param};
use crate::schema::{Compiler, SchemaId, Site};

#[derive(Debug)]
struct AllOf(Vec<SchemaId>);

#[derive(Debug)]
struct OneOf {
    branches: Vec<SchemaId>,
    /// What the branches are called in messages.
    names: Vec<String>,
}

#[derive(Debug)]
struct Not {
    schema: SchemaId,
    /// What the schema says, if that is little.
    gist: Option<Gist>,
}

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
    let list = compiler.keyword(site, "oneOf");
    let list = list.into_iter().flat_map(|list| compiler.document().elements(list));
    let names = list.enumerate().map(|(at, branch)| name(compiler, at, branch)).collect();
    some(OneOf { branches, names })
}

/// What a branch is called: its title, what it refers to, or its place.
fn name(compiler: &Compiler<'_>, at: usize, branch: NodeId) -> String {
    let document = compiler.document();
    let reference = document.get_str(branch, "$ref");
    let target = reference.as_deref().and_then(|text| text.rsplit(['/', '#']).next());
    match (document.get_str(branch, "title"), target) {
        (Some(title), _) => title.into_owned(),
        (None, Some(target)) if !target.is_empty() => target.to_owned(),
        (None, _) => format!("oneOf/{at}"),
    }
}

pub fn compile_not(compiler: &mut Compiler<'_>, site: &Site) -> Compiled {
    match compiler.keyword(site, "not") {
        None => Ok(None),
        Some(schema) => {
            let gist = gist::recognise(compiler, schema);
            some(Not { schema: compiler.in_place(schema), gist })
        }
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
        let passed = any_of::run(check, &self.branches, node, &code::ONE_OF);
        if passed.len() > 1 {
            check.undo(start);
            let names = passed.into_iter().map(|at| self.names[at].clone());
            let matches = Param::List(names.collect());
            check.raise(Finding::error(&code::ONE_OF_SEVERAL, node).param("matches", matches));
        }
    }
}

impl Keyword for Not {
    fn check(&self, check: &mut Check<'_>, node: NodeId) {
        if check.probe(self.schema, node) {
            check.raise(self.finding(check.document(), node));
        }
    }
}

impl Not {
    fn finding(&self, document: &Document<'_>, node: NodeId) -> Finding {
        let error = |code, name, param| Finding::error(code, node).param(name, param);
        match &self.gist {
            None => Finding::error(&code::NOT, node),
            Some(Gist::Values(values)) => {
                error(&code::NOT_VALUE, "values", Param::List(values.clone()))
            }
            Some(Gist::Types(types)) => error(&code::NOT_TYPE, "types", Param::List(types.clone())),
            Some(Gist::Pattern(pattern)) => {
                error(&code::NOT_PATTERN, "pattern", Param::Text(pattern.clone()))
            }
            // Told at the last of the keys, which may be the only one.
            Some(Gist::Keys(keys)) => {
                let last = keys.last().map_or("", String::as_str);
                let mut members = document.members(node);
                let key = members.find(|(key, _)| *document.string(*key) == *last);
                let node = key.map_or(node, |(key, _)| key);
                match &keys[..] {
                    [key] => {
                        Finding::error(&code::NOT_KEY, node).param("key", Param::Text(key.clone()))
                    }
                    keys => Finding::error(&code::NOT_TOGETHER, node)
                        .param("keys", Param::List(keys.to_vec())),
                }
            }
        }
    }
}
