//! Sets of JSON types.

use crate::document::{Document, Kind, NodeId};
use crate::number::{Decimal, small};

/// A set of the seven types of JSON Schema 2020-12 (validation, section 6.1.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Types(u8);

const NAMES: [&str; 7] = ["null", "boolean", "number", "integer", "string", "array", "object"];
const NUMBER_BIT: u8 = 1 << 2;
const INTEGER_BIT: u8 = 1 << 3;

impl Types {
    /// No type.
    pub const NONE: Types = Types(0);
    /// Every type.
    pub const ANY: Types = Types(0b111_1111);
    /// Numbers, integers or not.
    pub const NUMBER: Types = Types(NUMBER_BIT | INTEGER_BIT);
    /// Integers alone.
    pub const INTEGER: Types = Types(INTEGER_BIT);
    /// Null.
    pub const NULL: Types = Types(1);
    /// Booleans.
    pub const BOOLEAN: Types = Types(1 << 1);
    /// Strings.
    pub const STRING: Types = Types(1 << 4);
    /// Arrays.
    pub const ARRAY: Types = Types(1 << 5);
    /// Objects.
    pub const OBJECT: Types = Types(1 << 6);

    /// The type of that name, as a schema spells it.
    pub fn named(name: &str) -> Option<Types> {
        match name {
            "number" => Some(Types::NUMBER),
            name => NAMES.iter().position(|known| *known == name).map(|bit| Types(1 << bit)),
        }
    }

    /// Both sets together.
    #[must_use]
    pub fn union(self, other: Types) -> Types {
        Types(self.0 | other.0)
    }

    /// Whether a value may be of one of the types; an integer is only told from a number by
    /// [`Types::admit`].
    #[inline]
    pub fn touch(self, kind: Kind) -> bool {
        let bits = match kind {
            Kind::Null => 1,
            Kind::Boolean => 1 << 1,
            Kind::Number => NUMBER_BIT | INTEGER_BIT,
            Kind::String | Kind::Key => 1 << 4,
            Kind::Array => 1 << 5,
            Kind::Object => 1 << 6,
            Kind::Unsupported => 0,
        };
        self.0 & bits != 0
    }

    /// Whether the value is of one of the types. `1.0` is an integer.
    #[inline]
    pub fn admit(self, document: &Document<'_>, node: NodeId) -> bool {
        let kind = document.kind(node);
        self.touch(kind)
            && (kind != Kind::Number
                || self.0 & NUMBER_BIT != 0
                || small(document.raw(node)).is_some()
                || Decimal::parse(document.raw(node)).is_integer())
    }

    /// The names, as a schema spells them, null last.
    pub fn names(self) -> Vec<String> {
        let told = if self.0 & NUMBER_BIT != 0 { self.0 & !INTEGER_BIT } else { self.0 };
        let bits = (1..7).chain([0]).filter(|bit| told & 1 << bit != 0);
        bits.map(|bit: usize| NAMES[bit].to_owned()).collect()
    }
}
