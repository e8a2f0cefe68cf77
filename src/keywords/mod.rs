//! The keywords of a schema, one family a file, all of the same form: a `compile` that reads the
//! keyword and gives a [`Keyword`], or nothing where there is nothing to do.
//!
//! To add one: a file, and a line in [`KEYWORDS`].

mod any_of;
mod bounds;
mod conditional;
mod constant;
mod contains;
mod counts;
mod dependent;
mod discriminator;
mod format;
mod gist;
mod identifier;
mod items;
mod lengths;
mod logic;
mod members;
mod pattern;
mod reference;
mod required;
mod suggested;
mod trim;
mod unevaluated;
mod unique;
mod warnings;

use std::fmt::Debug;

use crate::check::Check;
use crate::code;
use crate::document::NodeId;
use crate::issue::Finding;
use crate::schema::{Compiler, SchemaError, Site, Types};

/// A compiled keyword.
pub trait Keyword: Debug + Send + Sync {
    /// Judges a node; raises what is wrong and edits what can be cleaned.
    fn check(&self, check: &mut Check<'_>, node: NodeId);
}

type Compiled = Result<Option<Box<dyn Keyword>>, SchemaError>;

/// How a keyword is compiled.
pub struct Definition {
    /// The keywords of the schema that call for it.
    pub names: &'static [&'static str],
    /// The types that it says something about.
    pub applies: Types,
    /// Whether it belongs to the validation vocabulary, which a meta-schema may leave out.
    pub validation: bool,
    /// Reads the keyword at a site.
    pub compile: fn(&mut Compiler<'_>, &Site) -> Compiled,
}

const fn define(
    names: &'static [&'static str],
    applies: Types,
    compile: fn(&mut Compiler<'_>, &Site) -> Compiled,
) -> Definition {
    Definition { names, applies, validation: false, compile }
}

/// A keyword of the validation vocabulary.
const fn assert(
    names: &'static [&'static str],
    applies: Types,
    compile: fn(&mut Compiler<'_>, &Site) -> Compiled,
) -> Definition {
    Definition { names, applies, validation: true, compile }
}

/// Every keyword but `type`, in the order in which they run on a value: trimming comes before what
/// judges the text, cleaning by `format` after it, rules across fields after the fields.
pub static KEYWORDS: &[Definition] = &[
    define(&["$ref"], Types::ANY, reference::compile),
    define(&["$dynamicRef"], Types::ANY, reference::compile_dynamic),
    define(&["x-trim"], Types::STRING, trim::compile),
    assert(&["enum"], Types::ANY, constant::compile_enum),
    assert(&["const"], Types::ANY, constant::compile_const),
    assert(&["minLength"], Types::STRING, lengths::compile_min),
    assert(&["maxLength"], Types::STRING, lengths::compile_max),
    assert(&["pattern"], Types::STRING, pattern::compile),
    assert(&["minimum"], Types::NUMBER, bounds::compile_minimum),
    assert(&["maximum"], Types::NUMBER, bounds::compile_maximum),
    assert(&["exclusiveMinimum"], Types::NUMBER, bounds::compile_exclusive_minimum),
    assert(&["exclusiveMaximum"], Types::NUMBER, bounds::compile_exclusive_maximum),
    assert(&["multipleOf"], Types::NUMBER, bounds::compile_multiple_of),
    define(&["format"], Types::STRING, format::compile),
    define(&["x-suggested-values"], Types::STRING, suggested::compile),
    assert(&["minItems"], Types::ARRAY, counts::compile_min_items),
    assert(&["maxItems"], Types::ARRAY, counts::compile_max_items),
    define(&["items", "prefixItems"], Types::ARRAY, items::compile),
    define(&["contains"], Types::ARRAY, contains::compile),
    assert(&["uniqueItems"], Types::ARRAY, unique::compile),
    define(&["x-drop-duplicates"], Types::ARRAY, unique::compile_drop),
    assert(&["minProperties"], Types::OBJECT, counts::compile_min_properties),
    assert(&["maxProperties"], Types::OBJECT, counts::compile_max_properties),
    assert(&["required"], Types::OBJECT, required::compile),
    define(members::NAMES, Types::OBJECT, members::compile),
    define(&["propertyNames"], Types::OBJECT, dependent::compile_names),
    assert(&["dependentRequired"], Types::OBJECT, dependent::compile_required),
    define(&["dependentSchemas"], Types::OBJECT, dependent::compile_schemas),
    define(&["dependencies"], Types::OBJECT, dependent::compile_dependencies),
    define(&["allOf"], Types::ANY, logic::compile_all_of),
    define(&["anyOf"], Types::ANY, any_of::compile),
    define(&["oneOf"], Types::ANY, logic::compile_one_of),
    define(&["not"], Types::ANY, logic::compile_not),
    define(&["if"], Types::ANY, conditional::compile),
    define(&["unevaluatedItems"], Types::ARRAY, unevaluated::compile_items),
    define(&["unevaluatedProperties"], Types::OBJECT, unevaluated::compile_properties),
    define(&["x-warnings"], Types::ANY, warnings::compile),
];

/// The schema `false`.
#[derive(Debug)]
struct Never;

impl Keyword for Never {
    fn check(&self, check: &mut Check<'_>, node: NodeId) {
        check.raise(Finding::error(&code::NOT_ALLOWED, node));
    }
}

/// The rule of the schema `false`, which no value passes.
pub(crate) fn never() -> crate::schema::Rule {
    crate::schema::Rule { applies: Types::ANY, keyword: Box::new(Never) }
}

fn some(keyword: impl Keyword + 'static) -> Compiled {
    Ok(Some(Box::new(keyword)))
}
