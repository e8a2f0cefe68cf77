//! The gist of a schema: what it asks for, where that can be said in a few words. `not` and `contains`
//! tell it, since they have no finding of the schema's own to tell.

use crate::document::{Kind, NodeId};
use crate::schema::Compiler;

/// What a schema asks for.
#[derive(Debug)]
pub enum Gist {
    /// One of these values (`const`, `enum`), strings without their quotes.
    Values(Vec<String>),
    /// One of these types.
    Types(Vec<String>),
    /// All of these keys (`required`).
    Keys(Vec<String>),
    /// A text that matches (`pattern`).
    Pattern(String),
}

/// The gist of a schema that has one assertion, and at most a type beside it that goes without saying.
pub fn recognise(compiler: &Compiler<'_>, schema: NodeId) -> Option<Gist> {
    let document = compiler.document();
    if document.kind(schema) != Kind::Object {
        return None;
    }
    let value = |node| match document.as_str(node) {
        Some(text) => text.into_owned(),
        None => document.raw(node).to_owned(),
    };
    let list = |node| match document.kind(node) {
        Kind::Array => document.elements(node).map(value).collect(),
        _ => vec![value(node)],
    };
    let (mut types, mut gist) = (None, None);
    for (key, node) in document.members(schema) {
        let said = match &*document.string(key) {
            "$comment" | "title" | "description" => continue,
            "type" => {
                types = Some(list(node));
                continue;
            }
            "const" => Gist::Values(vec![value(node)]),
            "enum" => Gist::Values(list(node)),
            "required" => Gist::Keys(list(node)),
            "pattern" => Gist::Pattern(value(node)),
            _ => return None,
        };
        if gist.replace(said).is_some() {
            return None;
        }
    }
    let types_are = |name: &str| types.as_ref().is_none_or(|types| *types == [name]);
    match gist {
        None => types.map(Gist::Types),
        Some(Gist::Keys(keys)) if keys.is_empty() || !types_are("object") => None,
        Some(Gist::Pattern(_)) if !types_are("string") => None,
        gist => gist,
    }
}
