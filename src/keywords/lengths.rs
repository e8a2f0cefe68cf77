//! `minLength` and `maxLength` (validation, sections 6.3.1 and 6.3.2): characters, not bytes.

use super::{Compiled, Keyword, some};
use crate::check::Check;
use crate::code;
use crate::document::NodeId;
use crate::formats::Settings;
use crate::issue::{Finding, Param};
use crate::message::shorten;
use crate::schema::{Compiler, Site};

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
    fn passes(&self, text: &str, _: Settings) -> bool {
        // A character is at most four bytes, and a text that is not empty has one.
        text.len() as u64 / 4 >= self.0 || self.0 == 1 && !text.is_empty()
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
    fn passes(&self, text: &str, _: Settings) -> bool {
        text.len() as u64 <= self.0
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
