//! `minLength` and `maxLength` (validation, sections 6.3.1 and 6.3.2): characters, not bytes.

use super::{Compiled, Keyword, some};
use crate::check::Check;
use crate::code;
use crate::document::NodeId;
use crate::issue::{Finding, Param};
use crate::message::shorten;
use crate::schema::{Compiler, Quick, Site};

#[derive(Debug)]
struct MinLength(u64);

#[derive(Debug)]
struct MaxLength(u64);

pub fn compile_min(compiler: &mut Compiler<'_>, site: &Site) -> Compiled {
    match compiler.count(site, "minLength")? {
        None | Some(0) => Ok(None),
        Some(limit) => some(MinLength(limit)),
    }
}

pub fn compile_max(compiler: &mut Compiler<'_>, site: &Site) -> Compiled {
    match compiler.count(site, "maxLength")? {
        None => Ok(None),
        Some(limit) => some(MaxLength(limit)),
    }
}

fn length(text: &str) -> u64 {
    text.chars().count() as u64
}

impl Keyword for MinLength {
    fn quick(&self, quick: Quick) -> Option<Quick> {
        // A character is at most four bytes, and a text that is not empty has one.
        let least = if self.0 == 1 { 1 } else { self.0.saturating_mul(4) };
        Some(Quick { least: quick.least.max(usize::try_from(least).ok()?), ..quick })
    }

    fn check(&self, check: &mut Check<'_>, node: NodeId) {
        let text = check.text(node);
        let length = length(&text);
        if length < self.0 {
            let code = if length == 0 && self.0 == 1 { &code::BLANK } else { &code::MIN_LENGTH };
            let mut finding = Finding::error(code, node);
            if length > 0 {
                finding = finding.param("found", Param::Text(shorten(&text)));
            }
            check.raise(
                finding.param("limit", Param::Count(self.0)).param("length", Param::Count(length)),
            );
        }
    }
}

impl Keyword for MaxLength {
    fn quick(&self, quick: Quick) -> Option<Quick> {
        Some(Quick { most: quick.most.min(usize::try_from(self.0).ok()?), ..quick })
    }

    fn check(&self, check: &mut Check<'_>, node: NodeId) {
        let text = check.text(node);
        let length = length(&text);
        if length > self.0 {
            check.raise(
                Finding::error(&code::MAX_LENGTH, node)
                    .param("found", Param::Text(shorten(&text)))
                    .param("limit", Param::Count(self.0))
                    .param("length", Param::Count(length)),
            );
        }
    }
}
