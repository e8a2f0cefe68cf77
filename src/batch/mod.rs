//! Batches: many items to a request, what the vendor will answer for each, and a vendor's answer
//! joined back to the items.
//!
//! What differs from vendor to vendor is data, in the operation's `x-batch`:
//!
//! | key | meaning |
//! |---|---|
//! | `items` | the body's array of items |
//! | `key` | the item's key that tells items apart |
//! | `upsert` | the body's flag that lets existing items be updated; without it none is |
//! | `id` | what a result calls the item's id; `id` if absent |
//! | `errors` | the vendor's texts, `exists` with `{key}` and `custom_fields` with `{keys}` |
//! | `segment` | `property`, and the `type` and `status` that the segment named there must have |

mod earlier;
mod known;
#[cfg(feature = "lines")]
mod lines;
mod plan;
mod reconcile;
mod respond;

pub use earlier::{Earlier, KeyHash};
pub use known::Known;
#[cfg(feature = "lines")]
pub use lines::{Items, Key, Repeated, Rest};
pub use plan::{Draft, Item, Plan};

use std::borrow::Cow;

use crate::document::{Document, NodeId, escape_into, quote};

/// How an operation takes many items at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// The body's array of items.
    pub items: String,
    key: String,
    upsert: Option<String>,
    id: String,
    /// What a result has before its id, and before its key.
    before: [String; 2],
    exists: String,
    unknown_custom_fields: String,
    segment: Option<Segment>,
}

/// What a segment that a request names must be.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Segment {
    property: String,
    kind: String,
    status: Vec<String>,
}

/// An id as JSON text, or nothing if it is not known.
type Id = Option<String>;

/// What will become of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It will be added.
    Created,
    /// It will be updated.
    Updated,
    /// The vendor will refuse it.
    Failed,
    /// It cannot be sent, and is left out of the request.
    Invalid,
}

impl Status {
    /// The status as results spell it.
    pub fn name(self) -> &'static str {
        match self {
            Status::Created => "created",
            Status::Updated => "updated",
            Status::Failed => "failed",
            Status::Invalid => "invalid",
        }
    }
}

/// How many items have which status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Items that were or will be added.
    pub created: usize,
    /// Items that were or will be updated.
    pub updated: usize,
    /// Items that were or will be refused.
    pub failed: usize,
}

impl Summary {
    fn add(&mut self, status: Status) {
        match status {
            Status::Created => self.created += 1,
            Status::Updated => self.updated += 1,
            Status::Failed => self.failed += 1,
            Status::Invalid => {}
        }
    }

    /// The summary in the vendor's shape.
    pub fn to_json(self) -> String {
        let Summary { created, updated, failed } = self;
        let total = created + updated + failed;
        format!(
            "{{\"total\":{total},\"created\":{created},\"updated\":{updated},\"failed\":{failed}}}"
        )
    }
}

impl Batch {
    /// Reads an `x-batch`.
    ///
    /// # Errors
    ///
    /// What is missing.
    pub fn read(document: &Document<'_>, node: NodeId) -> Result<Batch, String> {
        let text = |node, name| document.get_str(node, name).map(Cow::into_owned);
        let (Some(items), Some(key)) = (text(node, "items"), text(node, "key")) else {
            return Err(
                "give `items` and `key`, the names of the array and of the item's key".to_owned()
            );
        };
        let errors = document.get(node, "errors");
        let error = |name, default: &str| {
            errors.and_then(|errors| text(errors, name)).unwrap_or_else(|| default.to_owned())
        };
        let segment = document.get(node, "segment").map(|segment| {
            let status = document.get(segment, "status");
            let status = status.into_iter().flat_map(|status| document.elements(status));
            let property = text(segment, "property").ok_or("give the segment's `property`")?;
            Ok::<_, String>(Segment {
                property,
                kind: text(segment, "type").unwrap_or_default(),
                status: status
                    .filter_map(|one| document.as_str(one))
                    .map(Cow::into_owned)
                    .collect(),
            })
        });
        let id = text(node, "id").unwrap_or_else(|| "id".to_owned());
        let before = [format!("{{{}:", quote(&id)), format!(",{}:", quote(&key))];
        Ok(Batch {
            exists: error("exists", "`{key}` already exists"),
            unknown_custom_fields: error("custom_fields", "unknown custom fields: {keys}"),
            upsert: text(node, "upsert"),
            id,
            before,
            segment: segment.transpose()?,
            items,
            key,
        })
    }

    /// What items call the key that tells them apart.
    pub fn key(&self) -> &str {
        &self.key
    }
}

/// What a vendor says of an item.
struct Told<'r> {
    key: Option<&'r str>,
    status: Status,
    /// As JSON text.
    id: Option<&'r str>,
    error: Option<&'r str>,
}

impl Batch {
    /// Appends what the vendor says of an item, in the vendor's shape.
    fn write_result(&self, told: &Told<'_>, out: &mut String) {
        let [before_id, before_key] = &self.before;
        out.push_str(before_id);
        out.push_str(told.id.unwrap_or("null"));
        out.push_str(before_key);
        match told.key {
            Some(key) => escape_into(key, out),
            None => out.push_str("null"),
        }
        out.push_str(",\"status\":\"");
        out.push_str(told.status.name());
        out.push('"');
        if let Some(error) = told.error {
            out.push_str(",\"error\":");
            escape_into(error, out);
        }
        out.push('}');
    }
}
