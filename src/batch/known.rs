//! What the caller knows of the vendor's side.

use std::collections::HashMap;

use super::Id;
use super::earlier::EarlierItems;
use crate::document::{Document, Kind, Limits, NodeId, Source};
use crate::formats;
use crate::options::CustomField;

/// What the caller knows of the vendor's side. What is not known is not judged.
#[derive(Debug, Default)]
pub struct Known {
    pub(super) existing: HashMap<String, Id>,
    pub(super) custom_fields: Option<Vec<CustomField>>,
    pub(super) segment: Option<SegmentState>,
    /// Items of earlier plans: their key, and their place among all items.
    pub(super) earlier: EarlierItems,
    pub(super) planned: usize,
}

#[derive(Clone, Debug)]
pub(super) enum SegmentState {
    Missing,
    Found { kind: String, status: String },
}

impl Known {
    /// Reads `{ existing, customFields, segment }`, each of which may be absent. `existing` lists
    /// keys, or pairs of key and id; they are compared as cleaned.
    ///
    /// # Errors
    ///
    /// What is not of that form.
    pub fn read(text: &[u8]) -> Result<Known, String> {
        let limits = Limits { depth: 16, bytes: Limits::MAX_BYTES };
        let document = Document::read(text, &limits, Source::Text)
            .map_err(|fault| format!("what is known is not JSON at byte {}", fault.offset))?;
        let mut known = Known::default();
        let root = NodeId::ROOT;
        if let Some(existing) = document.get(root, "existing") {
            for element in document.elements(existing) {
                let mut pair = document.elements(element);
                let (key, id) = match document.kind(element) {
                    Kind::Array => (pair.next(), pair.next()),
                    _ => (Some(element), None),
                };
                let key = key.and_then(|key| document.as_str(key));
                let key = key.ok_or("an existing item is a text, or a pair of text and id")?;
                let id = id.filter(|id| document.kind(*id) != Kind::Null);
                known.existing.insert(clean_key(&key), id.map(|id| document.raw(id).to_owned()));
            }
        }
        if let Some(fields) = document.get(root, "customFields") {
            let read = |element| match document.as_str(element) {
                Some(key) => Ok(CustomField {
                    key: key.into_owned(),
                    label: None,
                    kind: None,
                    options: None,
                }),
                None => CustomField::read(&document, element),
            };
            let fields = document.elements(fields).map(read).collect::<Result<_, _>>()?;
            known.custom_fields = Some(fields);
        }
        if let Some(segment) = document.get(root, "segment") {
            let text = |name| document.get_str(segment, name).unwrap_or_default().into_owned();
            known.segment = Some(match document.kind(segment) {
                Kind::Object => SegmentState::Found { kind: text("type"), status: text("status") },
                _ => SegmentState::Missing,
            });
        }
        Ok(known)
    }
}

/// A key as it is compared: a domain in its clean form, another text as it is.
pub(super) fn clean_key(key: &str) -> String {
    let domain = formats::lookup("domain");
    let cleaned = domain.and_then(|domain| (domain.clean)(key, formats::Settings::default()).ok());
    cleaned.map_or_else(|| key.to_owned(), |cleaned| cleaned.value.into_owned())
}
