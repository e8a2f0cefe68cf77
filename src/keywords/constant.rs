//! `enum` and `const` (validation, sections 6.1.2 and 6.1.3).

use std::borrow::Cow;
use std::sync::Arc;

use super::{Compiled, Keyword, some};
use crate::check::Check;
use crate::code::{self, Code};
use crate::document::{Document, Kind, Limits, NodeId, Source};
use crate::issue::{Action, Edit, Finding, Param, Severity};
use crate::schema::{Compiler, Site};

/// The values that pass, as a JSON array.
#[derive(Debug)]
struct OneOf {
    values: Document<'static>,
    /// The strings among them.
    words: Arc<[String]>,
    code: &'static Code,
}

pub fn compile_enum(compiler: &mut Compiler<'_>, site: &Site) -> Compiled {
    let Some(node) = compiler.keyword(site, "enum") else { return Ok(None) };
    let document = compiler.document();
    if document.kind(node) != Kind::Array {
        return Err(compiler.mistake(node, "give an array of the values that pass"));
    }
    some(OneOf::new(owned(document.raw(node)), &code::ENUM))
}

pub fn compile_const(compiler: &mut Compiler<'_>, site: &Site) -> Compiled {
    let Some(node) = compiler.keyword(site, "const") else { return Ok(None) };
    let values = owned(&format!("[{}]", compiler.document().raw(node)));
    some(OneOf::new(values, &code::CONST))
}

/// Part of a document that was read, as a document of its own.
fn owned(text: &str) -> Document<'static> {
    let limits = Limits { depth: Limits::MAX_DEPTH, bytes: Limits::MAX_BYTES };
    let document = Document::read(text.as_bytes(), &limits, Source::Text);
    document.expect("part of a document reads as the document did").into_owned()
}

impl OneOf {
    fn new(values: Document<'static>, code: &'static Code) -> OneOf {
        let words = values.elements(NodeId::ROOT).filter_map(|value| values.as_str(value));
        OneOf { words: words.map(Cow::into_owned).collect(), values, code }
    }
}

impl Keyword for OneOf {
    fn words(&self) -> Option<Arc<[String]>> {
        Some(self.words.clone())
    }

    fn check(&self, check: &mut Check<'_>, node: NodeId) {
        let document = check.document();
        let edited = check.edit_of(node);
        let passes = match (document.kind(node), edited) {
            (Kind::String, None) => self.words.iter().any(|word| document.is(node, word)),
            (Kind::String, Some(Edit { action: Action::Text(text), .. })) => {
                self.words.iter().any(|word| word == text)
            }
            _ => self
                .values
                .elements(NodeId::ROOT)
                .any(|value| self.values.equal(value, document, node)),
        };
        if passes {
            return;
        }
        if check.is_full() {
            return check.omit(Severity::Error);
        }
        // A text that looks like a value of another type: quotes tell the two apart.
        let shown = |document: &Document<'_>, node| match document.as_str(node) {
            Some(text) => text.into_owned(),
            None => document.json(node).into_owned(),
        };
        let found = shown(document, node);
        let mut values = self.values.elements(NodeId::ROOT);
        let twin = values.find(|value| {
            self.values.kind(*value) != document.kind(node) && shown(&self.values, *value) == found
        });
        let allowed = self.values.elements(NodeId::ROOT).map(|value| match twin {
            Some(_) => self.values.raw(value).to_owned(),
            None => shown(&self.values, value),
        });
        let suggestion = twin.map(|twin| Param::Json(self.values.raw(twin).to_owned()));
        let mut finding = Finding::error(self.code, node);
        if twin.is_none() {
            finding.near = Some(self.words.clone());
        } else {
            finding = finding.param("found", Param::Text(document.json(node).into_owned()));
        }
        let allowed = Param::List(allowed.collect());
        check.raise(finding.param("allowed", allowed).suggest(suggestion));
    }
}
