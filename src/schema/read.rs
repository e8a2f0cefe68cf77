//! Reading the documents that schemas are compiled from.

use super::SchemaError;
use crate::document::{Document, Kind, Limits, NodeId, Source};
use crate::issue::Finding;
use crate::report::{Report, Teller};

/// Reads a document that schemas are compiled from.
///
/// # Errors
///
/// A text that is no JSON, a duplicate key, and a document that is no object or boolean.
pub fn read(text: &[u8]) -> Result<Document<'static>, SchemaError> {
    let limits = Limits { depth: Limits::MAX_DEPTH, bytes: 64 << 20 };
    let told = |report: Report| {
        let issue = report.issues.into_iter().next();
        let (pointer, message) = match issue {
            Some(issue) => (issue.pointer(), issue.message),
            None => (String::new(), "it cannot be read".to_owned()),
        };
        SchemaError { pointer, message: format!("the document cannot be read: {message}") }
    };
    let document = Document::read(text, &limits, Source::Text)
        .map_err(|fault| told(Report::refuse(text, Source::Text, &fault)))?;
    if let Some(fault) = document.faults().first() {
        let finding = Finding::fault(fault);
        return Err(told(Teller::new(&document, Source::Text).tell(&[finding], &[])));
    }
    if !matches!(document.kind(NodeId::ROOT), Kind::Object | Kind::Boolean) {
        return Err(SchemaError {
            pointer: String::new(),
            message: "a schema document is an object or a boolean".to_owned(),
        });
    }
    Ok(document.into_owned())
}
