//! The schema: JSON Schema 2020-12, compiled once, immutable, cheap to share.
//!
//! A compiled schema is a flat list of subschemas, each the types it admits and the rules to run on
//! a value of these types. Subschemas refer to each other by index, so that recursion costs nothing.

mod compile;
mod read;
mod resources;
mod types;

use std::fmt;
use std::sync::Arc;

pub use compile::{Compiler, Direction, Site};
pub use read::read;
pub use resources::follow;
pub use types::Types;

use crate::document::{Document, Kind, NodeId};
use crate::formats::LinkedinHost;
use crate::keywords::Keyword;
use crate::message::shorten_to;
use crate::search::contains;

/// The place of a subschema in its schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchemaId(pub(crate) u32);

/// A compiled schema.
#[derive(Debug)]
pub struct Schema {
    pub(crate) subschemas: Vec<Subschema>,
    pub(crate) root: SchemaId,
    /// The host that the document writes LinkedIn addresses with.
    pub(crate) linkedin_host: LinkedinHost,
    /// Whether several subschemas may edit one node.
    pub(crate) composed: bool,
    /// Whether a subschema can come back to itself for the same value.
    pub(crate) cyclic: bool,
    /// Whether a rule asks which members and elements others have judged.
    pub(crate) tracked: bool,
    /// The bearers of each dynamic anchor that is referred to, with their resources.
    pub(crate) dynamic: Vec<Vec<(u32, SchemaId)>>,
}

/// One compiled subschema.
#[derive(Debug)]
pub(crate) struct Subschema {
    /// The types it admits.
    pub types: Types,
    /// What to run, in order.
    pub rules: Box<[Rule]>,
    /// The types that a rule says something about.
    pub heard: Types,
    /// What texts need no run, if they can be told.
    pub quick: Option<Quick>,
    /// The only texts that pass, if that is all it says of texts.
    pub words: Option<Arc<[String]>>,
    /// What it adds to the message of an error at its value (`x-hint`).
    pub hint: Option<Arc<str>>,
    /// Whether a null is dropped from its object (`x-drop-null`).
    pub drop_null: bool,
    /// Whether a number or boolean may be written as text, as in a path.
    pub from_text: bool,
    /// Whether null passes, whatever else is said (OpenAPI 3.0).
    pub nullable: bool,
    /// The schema resource it belongs to.
    pub resource: u32,
}

/// What a text must be to pass a subschema as it is, without its rules being run.
#[derive(Clone, Copy, Debug)]
pub struct Quick {
    /// The least and the most bytes it may have.
    pub least: usize,
    /// See `least`.
    pub most: usize,
    /// Whether it must begin and end with a visible character of ASCII.
    pub trimmed: bool,
}

impl Quick {
    /// Whether a text passes for certain.
    pub(crate) fn passes(self, text: &[u8]) -> bool {
        let edges = match text {
            _ if !self.trimmed => true,
            [first, .., last] => first.is_ascii_graphic() && last.is_ascii_graphic(),
            [only] => only.is_ascii_graphic(),
            [] => true,
        };
        edges && (self.least..=self.most).contains(&text.len())
    }

    /// What the rules of a subschema together say of texts; nothing if one of them has more to say.
    pub(crate) fn of(types: Types, rules: &[Rule]) -> Option<Quick> {
        let all = Quick { least: 0, most: usize::MAX, trimmed: false };
        let mut rules = rules.iter().filter(|rule| rule.applies.touch(Kind::String));
        types.touch(Kind::String).then_some(all)?;
        rules.try_fold(all, |quick, rule| rule.keyword.quick(quick))
    }
}

/// A compiled keyword and the types it says something about.
pub(crate) struct Rule {
    pub applies: Types,
    pub keyword: Box<dyn Keyword>,
}

impl fmt::Debug for Rule {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "a rule for {:?}", self.applies)
    }
}

/// How a schema is compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// Whether `format` asserts and cleans, or only annotates (the specification's default).
    pub formats: bool,
    /// What the schema is for.
    pub direction: Direction,
    /// Whether the schema is one of OpenAPI 3.0: `nullable`, boolean `exclusiveMinimum` and
    /// `exclusiveMaximum`, references that stand alone.
    pub openapi_3_0: bool,
}

impl Default for Dialect {
    fn default() -> Self {
        Dialect { formats: true, direction: Direction::Value, openapi_3_0: false }
    }
}

/// What the addresses of the meta-schemas of JSON Schema 2020-12 begin with.
const META: &str = "https://json-schema.org/draft/2020-12/";

/// The address of the meta-schema of the keywords that are added here.
const VOCABULARY: &str = "urn:prewash:schema";

/// A schema that does not compile: a mistake of its author's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemaError {
    /// Where in the schema document: a JSON Pointer (RFC 6901).
    pub pointer: String,
    /// What is wrong and what would pass.
    pub message: String,
}

/// The longest that a pointer or a message is shown, in characters.
const LONGEST: usize = 300;

/// Both shortened, and nothing in them that a log or a terminal would obey: they quote the document.
impl fmt::Display for SchemaError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.pointer.is_empty() {
            write!(out, "at `{}`: ", shorten_to(&self.pointer, LONGEST))?;
        }
        out.write_str(&shorten_to(&self.message, LONGEST))
    }
}

impl std::error::Error for SchemaError {}

impl Schema {
    /// Compiles the JSON Schema at a node of a document. References reach into the whole of it,
    /// into the `others`, each given with its address, and to the meta-schema of JSON Schema
    /// 2020-12; nothing is fetched.
    ///
    /// # Errors
    ///
    /// A keyword whose value is not what JSON Schema 2020-12 asks for, and a reference that leads
    /// nowhere.
    pub fn compile(
        document: &Document<'_>,
        root: NodeId,
        others: &[(String, Document<'_>)],
        dialect: Dialect,
    ) -> Result<Schema, SchemaError> {
        let mut documents = vec![("", document)];
        documents.extend(others.iter().map(|(uri, document)| (&**uri, document)));
        let mentioned =
            |text| documents.iter().any(|(_, document)| contains(document.text(), text));
        let mut known = Vec::new();
        if mentioned(VOCABULARY) {
            known.push(read(include_bytes!("vocabulary.json"))?);
        }
        if !known.is_empty() || mentioned(META) {
            known.push(read(include_bytes!("meta.json"))?);
        }
        documents.extend(known.iter().map(|document| ("", document)));
        Compiler::new(documents, dialect).compile(root)
    }

    /// The number of subschemas.
    pub fn len(&self) -> usize {
        self.subschemas.len()
    }

    /// Whether there is no subschema, which no compiled schema has.
    pub fn is_empty(&self) -> bool {
        self.subschemas.is_empty()
    }
}
