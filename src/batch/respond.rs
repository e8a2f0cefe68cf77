//! A server's answer.

use super::{Batch, Status, Summary, Told};
use crate::document::{Document, Kind, Limits, NodeId, Source};
use crate::search::replace;

impl Batch {
    /// A server's answer for outcomes, each `{ <key>, status, <id>?, error?, customFields? }`:
    /// `{ results, summary }` as JSON text. A failure without a text of its own gets the vendor's:
    /// that the custom fields listed are unknown, or else that the item exists.
    ///
    /// # Errors
    ///
    /// An outcome that is not of that form.
    pub fn respond(&self, outcomes: &[u8]) -> Result<String, String> {
        let limits = Limits { depth: 16, bytes: Limits::MAX_BYTES };
        let document = Document::read(outcomes, &limits, Source::Text)
            .map_err(|fault| format!("the outcomes are not JSON at byte {}", fault.offset))?;
        if document.kind(NodeId::ROOT) != Kind::Array {
            return Err("give the outcomes as an array".to_owned());
        }
        let mut summary = Summary::default();
        let mut results = String::new();
        for (index, node) in document.elements(NodeId::ROOT).enumerate() {
            let status = match document.get_str(node, "status").as_deref() {
                Some("created") => Status::Created,
                Some("updated") => Status::Updated,
                Some("failed") => Status::Failed,
                _ => {
                    return Err(format!(
                        "outcome {index} has no `status` of `created`, `updated` or `failed`"
                    ));
                }
            };
            let Some(key) = document.get_str(node, &self.key) else {
                return Err(format!("outcome {index} has no `{}`", self.key));
            };
            let id = document.get(node, &self.id).or_else(|| document.get(node, "id"));
            let error = (status == Status::Failed).then(|| self.error_of(&document, node, &key));
            let id = id.map(|id| document.raw(id));
            let told = Told { key: Some(&key), status, id, error: error.as_deref() };
            if index > 0 {
                results.push(',');
            }
            self.write_result(&told, &mut results);
            summary.add(status);
        }
        Ok(format!("{{\"results\":[{results}],\"summary\":{}}}", summary.to_json()))
    }

    /// The text of a failure: its own, or the vendor's.
    fn error_of(&self, document: &Document<'_>, outcome: NodeId, key: &str) -> String {
        if let Some(own) = document.get_str(outcome, "error") {
            return own.into_owned();
        }
        let unknown = document.get(outcome, "customFields").into_iter();
        let unknown: Vec<_> = unknown
            .flat_map(|keys| document.elements(keys))
            .filter_map(|key| document.as_str(key))
            .collect();
        match unknown.is_empty() {
            true => replace(&self.exists, "{key}", key),
            false => replace(&self.unknown_custom_fields, "{keys}", &unknown.join(", ")),
        }
    }
}
