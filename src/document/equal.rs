//! Equality of JSON values, as JSON Schema 2020-12 core, section 4.2.2, defines it: numbers by
//! their mathematical value, objects without order.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::{Document, Kind, NodeId};
use crate::number::Decimal;

impl Document<'_> {
    /// Whether two values are equal.
    pub fn equal(&self, node: NodeId, other: &Document<'_>, other_node: NodeId) -> bool {
        if self.kind(node).name() != other.kind(other_node).name() {
            return false;
        }
        match self.kind(node) {
            Kind::Null => true,
            Kind::Boolean => self.is_true(node) == other.is_true(other_node),
            Kind::Number => {
                let (one, two) = (self.raw(node), other.raw(other_node));
                one == two || Decimal::parse(one) == Decimal::parse(two)
            }
            Kind::String | Kind::Key => self.string(node) == other.string(other_node),
            Kind::Array => {
                self.count(node) == other.count(other_node)
                    && self
                        .elements(node)
                        .zip(other.elements(other_node))
                        .all(|(one, two)| self.equal(one, other, two))
            }
            Kind::Object => {
                self.count(node) == other.count(other_node)
                    && self.sorted(node).into_iter().zip(other.sorted(other_node)).all(
                        |((name, one), (other_name, two))| {
                            name == other_name && self.equal(one, other, two)
                        },
                    )
            }
            Kind::Unsupported => false,
        }
    }

    /// The members of an object in the order of their keys.
    fn sorted(&self, object: NodeId) -> Vec<(std::borrow::Cow<'_, str>, NodeId)> {
        let mut members: Vec<_> =
            self.members(object).map(|(key, value)| (self.string(key), value)).collect();
        crate::order::sort(&mut members);
        members
    }

    /// A hash that is equal for equal values.
    pub fn value_hash(&self, node: NodeId) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.hash_into(node, &mut hasher);
        hasher.finish()
    }

    fn hash_into(&self, node: NodeId, hasher: &mut DefaultHasher) {
        self.kind(node).name().hash(hasher);
        match self.kind(node) {
            Kind::Null | Kind::Unsupported => {}
            Kind::Boolean => self.is_true(node).hash(hasher),
            Kind::Number => Decimal::parse(self.raw(node)).hash(hasher),
            Kind::String | Kind::Key => self.string(node).hash(hasher),
            Kind::Array => self.elements(node).for_each(|element| self.hash_into(element, hasher)),
            Kind::Object => {
                for (name, value) in self.sorted(node) {
                    name.hash(hasher);
                    self.hash_into(value, hasher);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::document::{Document, Limits, NodeId, Source};

    #[test]
    fn equality_follows_json_schema() {
        for (one, other, equal) in [
            ("1", "1.0", true),
            ("1", "10e-1", true),
            ("9007199254740993", "9007199254740992", false),
            ("1e400", "10e399", true),
            ("-0", "0", true),
            ("1", "true", false),
            ("\"a\"", r#""\u0061""#, true),
            ("[1,2]", "[2,1]", false),
            ("[1]", "[1,1]", false),
            (r#"{"a":1,"b":[2]}"#, r#"{"b":[2.0],"a":1}"#, true),
            (r#"{"a":1}"#, r#"{"b":1}"#, false),
            ("null", "false", false),
        ] {
            let read =
                |text| Document::read(text, &Limits::default(), Source::Text).expect("valid JSON");
            let (one, other) = (read(one.as_bytes()), read(other.as_bytes()));
            let root = NodeId::ROOT;
            assert_eq!(one.equal(root, &other, root), equal, "{one:?} {other:?}");
            assert!(!equal || one.value_hash(root) == other.value_hash(root));
        }
    }
}
