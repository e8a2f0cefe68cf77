//! `x-warnings`: what passes and may not mean what its author meant, as a list of
//! `{ "when": schema, "code": "…", "at": "/pointer", "message": "…" }`.

use std::sync::Arc;

use super::{Compiled, Keyword, some};
use crate::check::Check;
use crate::code;
use crate::document::NodeId;
use crate::issue::{Finding, OwnCode, Told};
use crate::schema::{Compiler, SchemaError, SchemaId, Site};

#[derive(Debug)]
struct Warnings(Vec<Warning>);

#[derive(Debug)]
struct Warning {
    when: SchemaId,
    code: Arc<OwnCode>,
    at: Option<String>,
}

pub fn compile(compiler: &mut Compiler<'_>, site: &Site) -> Compiled {
    let Some(node) = compiler.keyword(site, "x-warnings") else { return Ok(None) };
    let elements: Vec<_> = compiler.document().elements(node).collect();
    let warnings = elements.into_iter().map(|element| warning(compiler, element));
    some(Warnings(warnings.collect::<Result<_, _>>()?))
}

fn warning(compiler: &mut Compiler<'_>, node: NodeId) -> Result<Warning, SchemaError> {
    let document = compiler.document();
    let text = |name| document.get_str(node, name).map(std::borrow::Cow::into_owned);
    let (Some(name), Some(message), Some(when)) =
        (text("code"), text("message"), document.get(node, "when"))
    else {
        return Err(compiler.mistake(node, "give `when`, `code` and `message`"));
    };
    let at = text("at").filter(|at| !at.is_empty());
    let at = match at.as_deref().map(|at| at.strip_prefix('/')) {
        None => None,
        Some(Some(key)) if !key.contains(['/', '~']) => Some(key.to_owned()),
        Some(_) => return Err(compiler.mistake(node, "give one key as `at`, such as `/email`")),
    };
    let when = compiler.in_place(when);
    Ok(Warning { when, code: Arc::new(OwnCode { name, message }), at })
}

impl Keyword for Warnings {
    fn check(&self, check: &mut Check<'_>, node: NodeId) {
        for warning in &self.0 {
            if !check.probe(warning.when, node) {
                continue;
            }
            // The code is replaced at once: the crate's table has none for an API's own warnings.
            let mut finding = Finding::warning(&code::NOT, node);
            finding.told = Told::Own(warning.code.clone());
            if let Some(key) = &warning.at {
                match check.document().get(node, key) {
                    Some(value) => finding.node = value,
                    None => finding.member = Some(key.clone()),
                }
            }
            check.raise(finding);
        }
    }
}
