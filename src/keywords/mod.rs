//! The keywords of a schema, one family a file, all of the same form: a `compile` that reads the
//! keyword and gives a [`Keyword`], or nothing where there is nothing to do.
//!
//! To add one: a file with its `compile` and the code it raises, and a line in `keywords!`.

mod discriminator;
mod gist;
mod identifier;

use std::sync::Arc;

use crate::check::Check;
use crate::code;
use crate::document::NodeId;
use crate::issue::Finding;
use crate::schema::{Compiler, Quick, SchemaError, Site, Types};

/// A compiled keyword.
pub trait Keyword: Send + Sync {
    /// Judges a node; raises what is wrong and edits what can be cleaned.
    fn check(&self, check: &mut Check<'_>, node: NodeId);

    /// Adds what a text must be to pass this keyword as it is, where that is quickly told; gives
    /// nothing where it is not.
    fn quick(&self, _quick: Quick) -> Option<Quick> {
        None
    }

    /// The texts that pass this keyword, if it names them.
    fn words(&self) -> Option<Arc<[String]>> {
        None
    }
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

/// Declares the modules of keywords and lists what they hold, so that a keyword is a file and a line.
macro_rules! keywords {
    ($($module:ident: $($definition:expr),+ $(=> $($code:ident),+)? ;)*) => {
        $(mod $module;)*
        /// Every keyword but `type`, by module, in the order in which they run on a value: what
        /// cleans a text, trimming and `format`, comes before what judges it, so that what is sent
        /// has passed; rules across fields come after the fields.
        pub static KEYWORDS: &[&[Definition]] = &[$(&[$($definition),+]),*];
        /// The codes that belong to one keyword alone and are declared with it.
        pub static CODES: &[&crate::code::Code] = &[$($($(&$module::$code,)+)?)*];
    };
}

keywords! {
    reference:
        define(&["$ref"], Types::ANY, reference::compile),
        define(&["$dynamicRef"], Types::ANY, reference::compile_dynamic);
    trim: define(&["x-trim"], Types::STRING, trim::compile);
    format: define(&["format"], Types::STRING, format::compile);
    constant:
        assert(&["enum"], Types::ANY, constant::compile_enum),
        assert(&["const"], Types::ANY, constant::compile_const);
    lengths:
        assert(&["minLength"], Types::STRING, lengths::compile_min),
        assert(&["maxLength"], Types::STRING, lengths::compile_max);
    pattern: assert(&["pattern"], Types::STRING, pattern::compile);
    bounds:
        assert(&["minimum"], Types::NUMBER, bounds::compile_minimum),
        assert(&["maximum"], Types::NUMBER, bounds::compile_maximum),
        assert(&["exclusiveMinimum"], Types::NUMBER, bounds::compile_exclusive_minimum),
        assert(&["exclusiveMaximum"], Types::NUMBER, bounds::compile_exclusive_maximum),
        assert(&["multipleOf"], Types::NUMBER, bounds::compile_multiple_of);
    suggested: define(&["x-suggested-values"], Types::STRING, suggested::compile);
    items: define(&["items", "prefixItems"], Types::ARRAY, items::compile);
    contains: define(&["contains"], Types::ARRAY, contains::compile);
    unique:
        assert(&["uniqueItems"], Types::ARRAY, unique::compile),
        define(&["x-drop-duplicates"], Types::ARRAY, unique::compile_drop);
    counts:
        assert(&["minItems"], Types::ARRAY, counts::compile_min_items),
        assert(&["maxItems"], Types::ARRAY, counts::compile_max_items),
        assert(&["minProperties"], Types::OBJECT, counts::compile_min_properties),
        assert(&["maxProperties"], Types::OBJECT, counts::compile_max_properties);
    required: assert(&["required"], Types::OBJECT, required::compile);
    members: define(members::NAMES, Types::OBJECT, members::compile);
    dependent:
        define(&["propertyNames"], Types::OBJECT, dependent::compile_names),
        assert(&["dependentRequired"], Types::OBJECT, dependent::compile_required),
        define(&["dependentSchemas"], Types::OBJECT, dependent::compile_schemas),
        define(&["dependencies"], Types::OBJECT, dependent::compile_dependencies);
    logic:
        define(&["allOf"], Types::ANY, logic::compile_all_of),
        define(&["oneOf"], Types::ANY, logic::compile_one_of),
        define(&["not"], Types::ANY, logic::compile_not);
    any_of: define(&["anyOf"], Types::ANY, any_of::compile);
    conditional: define(&["if"], Types::ANY, conditional::compile);
    unevaluated:
        define(&["unevaluatedItems"], Types::ARRAY, unevaluated::compile_items),
        define(&["unevaluatedProperties"], Types::OBJECT, unevaluated::compile_properties);
    warnings: define(&["x-warnings"], Types::ANY, warnings::compile);
}

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
