//! `dependentRequired` (validation, section 6.5.4), `dependentSchemas` (core, section 10.2.2.4), what
//! both were before 2019-09 (`dependencies`), and `propertyNames` (core, section 10.3.2.4).

use std::sync::Arc;

use super::{Compiled, Keyword, required, some};
use crate::check::Check;
use crate::code;
use crate::document::{Kind, NodeId};
use crate::issue::{Finding, Param};
use crate::schema::{Compiler, SchemaId, Site};

#[derive(Debug)]
struct DependentRequired(Vec<(String, Vec<String>)>);

#[derive(Debug)]
struct DependentSchemas(Vec<(String, SchemaId)>);

#[derive(Debug)]
struct Dependencies(DependentRequired, DependentSchemas);

#[derive(Debug)]
struct PropertyNames(SchemaId);

pub fn compile_required(compiler: &mut Compiler<'_>, site: &Site) -> Compiled {
    let Some(node) = compiler.keyword(site, "dependentRequired") else { return Ok(None) };
    let document = compiler.document();
    let dependents = document
        .members(node)
        .map(|(key, names)| Ok((document.string(key).into_owned(), compiler.names(names)?)));
    some(DependentRequired(dependents.collect::<Result<_, _>>()?))
}

pub fn compile_schemas(compiler: &mut Compiler<'_>, site: &Site) -> Compiled {
    let Some(node) = compiler.keyword(site, "dependentSchemas") else { return Ok(None) };
    let document = compiler.document();
    let schemas = document.members(node);
    let schemas =
        schemas.map(|(key, schema)| (document.string(key).into_owned(), compiler.in_place(schema)));
    some(DependentSchemas(schemas.collect()))
}

pub fn compile_dependencies(compiler: &mut Compiler<'_>, site: &Site) -> Compiled {
    let Some(node) = compiler.keyword(site, "dependencies") else { return Ok(None) };
    let document = compiler.document();
    let (mut required, mut schemas) = (Vec::new(), Vec::new());
    for (key, value) in document.members(node) {
        let key = document.string(key).into_owned();
        match document.kind(value) {
            Kind::Array => required.push((key, compiler.names(value)?)),
            _ => schemas.push((key, compiler.in_place(value))),
        }
    }
    some(Dependencies(DependentRequired(required), DependentSchemas(schemas)))
}

pub fn compile_names(compiler: &mut Compiler<'_>, site: &Site) -> Compiled {
    match compiler.keyword(site, "propertyNames") {
        None => Ok(None),
        Some(schema) => some(PropertyNames(compiler.subschema(schema))),
    }
}

impl Keyword for DependentRequired {
    fn check(&self, check: &mut Check<'_>, node: NodeId) {
        let document = check.document();
        for (key, names) in &self.0 {
            if document.get(node, key).is_some() {
                for name in names.iter().filter(|name| document.get(node, name).is_none()) {
                    let beside = Param::Text(key.clone());
                    check.raise(required::missing(node, name).param("beside", beside));
                }
            }
        }
    }
}

impl Keyword for DependentSchemas {
    fn check(&self, check: &mut Check<'_>, node: NodeId) {
        for (key, schema) in &self.0 {
            if check.document().get(node, key).is_some() {
                let mark = check.mark();
                check.apply(*schema, node);
                let missing = |found: &&mut Finding| {
                    let told = found.params.iter().any(|(name, _)| *name == "beside");
                    found.is(&code::REQUIRED) && found.node == node && !told
                };
                for finding in check.found_since(mark).iter_mut().filter(missing) {
                    finding.params.push(("beside", Param::Text(key.clone())));
                }
            }
        }
    }
}

impl Keyword for Dependencies {
    fn check(&self, check: &mut Check<'_>, node: NodeId) {
        self.0.check(check, node);
        self.1.check(check, node);
    }
}

impl Keyword for PropertyNames {
    fn check(&self, check: &mut Check<'_>, node: NodeId) {
        for (key, _) in check.document().members(node) {
            let mark = check.mark();
            check.apply(self.0, key);
            let found = check.found_since(mark).iter_mut();
            for finding in found.filter(|found| !found.is(&code::NOT_ALLOWED)) {
                finding.hint.get_or_insert_with(|| Arc::from("rename the key"));
            }
        }
    }
}
