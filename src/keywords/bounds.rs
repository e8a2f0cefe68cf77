//! `minimum`, `maximum`, `exclusiveMinimum`, `exclusiveMaximum` and `multipleOf` (validation,
//! section 6.2), exact on decimals.

use std::cmp::Ordering;

use super::{Compiled, Keyword, some};
use crate::check::Check;
use crate::code::{self, Code};
use crate::document::{Kind, NodeId};
use crate::issue::{Finding, Param};
use crate::number::{self, Decimal, small};
use crate::schema::{Compiler, SchemaError, Site};

/// A limit: which order of value and limit is wrong, and whether equal is.
#[derive(Debug)]
struct Bound {
    limit: String,
    /// The same where it is a small whole number.
    small: Option<i64>,
    wrong: Ordering,
    exclusive: bool,
    code: &'static Code,
}

#[derive(Debug)]
struct MultipleOf(String);

pub fn compile_minimum(compiler: &mut Compiler<'_>, site: &Site) -> Compiled {
    let exclusive =
        is_flag(compiler, site, "exclusiveMinimum") && compiler.flag(site, "exclusiveMinimum")?;
    let code = if exclusive { &code::EXCLUSIVE_MINIMUM } else { &code::MINIMUM };
    bound(compiler, site, "minimum", Ordering::Less, code)
}

pub fn compile_maximum(compiler: &mut Compiler<'_>, site: &Site) -> Compiled {
    let exclusive =
        is_flag(compiler, site, "exclusiveMaximum") && compiler.flag(site, "exclusiveMaximum")?;
    let code = if exclusive { &code::EXCLUSIVE_MAXIMUM } else { &code::MAXIMUM };
    bound(compiler, site, "maximum", Ordering::Greater, code)
}

pub fn compile_exclusive_minimum(compiler: &mut Compiler<'_>, site: &Site) -> Compiled {
    if is_flag(compiler, site, "exclusiveMinimum") {
        return Ok(None);
    }
    bound(compiler, site, "exclusiveMinimum", Ordering::Less, &code::EXCLUSIVE_MINIMUM)
}

pub fn compile_exclusive_maximum(compiler: &mut Compiler<'_>, site: &Site) -> Compiled {
    if is_flag(compiler, site, "exclusiveMaximum") {
        return Ok(None);
    }
    bound(compiler, site, "exclusiveMaximum", Ordering::Greater, &code::EXCLUSIVE_MAXIMUM)
}

pub fn compile_multiple_of(compiler: &mut Compiler<'_>, site: &Site) -> Compiled {
    let (node, divisor) = number(compiler, site, "multipleOf")?;
    let value = Decimal::parse(&divisor);
    if value.is_zero() || value.is_negative() {
        return Err(compiler.mistake(node, "give a number above zero"));
    }
    if value.is_multiple_of(&value).is_none() {
        return Err(compiler.mistake(node, "give a number of at most 37 digits"));
    }
    some(MultipleOf(divisor))
}

/// Whether the keyword is the boolean it was in OpenAPI 3.0, a flag of the limit beside it.
fn is_flag(compiler: &Compiler<'_>, site: &Site, name: &str) -> bool {
    let boolean = |node| compiler.document().kind(node) == Kind::Boolean;
    compiler.dialect().openapi_3_0 && compiler.keyword(site, name).is_some_and(boolean)
}

fn bound(
    compiler: &Compiler<'_>,
    site: &Site,
    name: &str,
    wrong: Ordering,
    code: &'static Code,
) -> Compiled {
    let (_, limit) = number(compiler, site, name)?;
    let small = small(&limit);
    some(Bound { limit, small, wrong, exclusive: code.name.starts_with("exclusive"), code })
}

fn number(
    compiler: &Compiler<'_>,
    site: &Site,
    name: &str,
) -> Result<(NodeId, String), SchemaError> {
    let document = compiler.document();
    match compiler.keyword(site, name) {
        Some(node) if document.kind(node) == Kind::Number => {
            Ok((node, document.raw(node).to_owned()))
        }
        node => Err(compiler.mistake(node.unwrap_or(site.place.object), "give a number")),
    }
}

impl Keyword for Bound {
    fn check(&self, check: &mut Check<'_>, node: NodeId) {
        let text = check.document().raw(node);
        let quickly = self.small.and_then(|limit| number::order(text, limit));
        let order =
            quickly.unwrap_or_else(|| Decimal::parse(text).cmp(&Decimal::parse(&self.limit)));
        if order == self.wrong || self.exclusive && order == Ordering::Equal {
            let limit = Param::Json(self.limit.clone());
            check.raise(Finding::error(self.code, node).param("limit", limit));
        }
    }
}

impl Keyword for MultipleOf {
    fn check(&self, check: &mut Check<'_>, node: NodeId) {
        let value = Decimal::parse(check.document().raw(node));
        if value.is_multiple_of(&Decimal::parse(&self.0)) == Some(false) {
            let divisor = Param::Json(self.0.clone());
            check.raise(Finding::error(&code::MULTIPLE_OF, node).param("divisor", divisor));
        }
    }
}
