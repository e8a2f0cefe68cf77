//! `format` (validation, section 7): asserts, and cleans.

use super::{Compiled, Keyword, some};
use crate::check::Check;
use crate::document::NodeId;
use crate::formats::{self, Format};
use crate::issue::{Finding, Severity};
use crate::schema::{Compiler, Site};

#[derive(Debug)]
struct Formatted(&'static Format);

pub fn compile(compiler: &mut Compiler<'_>, site: &Site) -> Compiled {
    let name = compiler.string(site, "format")?;
    // A format that is not known here asserts nothing (validation, section 7.2.3).
    let format = name.filter(|_| compiler.formats_assert()).and_then(|name| formats::lookup(&name));
    format.map_or(Ok(None), |format| some(Formatted(format)))
}

impl Keyword for Formatted {
    fn check(&self, check: &mut Check<'_>, node: NodeId) {
        let text = check.text(node);
        match (self.0.clean)(&text, check.settings()) {
            Ok(cleaned) => {
                if !cleaned.warnings.is_empty() {
                    for warning in cleaned.warnings {
                        check.raise(Finding::remark(Severity::Warning, warning, node));
                    }
                }
                // Borrowed whole, most of the time.
                let same = std::ptr::eq(&*cleaned.value, &*text) || cleaned.value == text;
                if !same {
                    let value = cleaned.value.into_owned();
                    check.edit_with_unicode(node, value, self.0.name, cleaned.unicode);
                }
            }
            Err(refusal) => check.raise(Finding::remark(Severity::Error, *refusal, node)),
        }
    }
}
