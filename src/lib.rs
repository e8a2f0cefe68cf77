//! Prewash checks and cleans the JSON that goes to CRM APIs, before it is sent.
//!
//! One idea runs through it: input → [`document`] → [`check`] → issues + edits → [`output`].
//!
//! - A [`document::Document`] is a flat tape over the text of a body.
//! - A [`schema::Schema`] is a compiled JSON Schema 2020-12; an [`openapi::Api`] gives those of its
//!   operations.
//! - The check yields findings and edits, told to the user as [`issue::Issue`]s and
//!   [`issue::Change`]s.
//! - The output is the text with its edits applied.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod answer;
pub mod batch;
pub mod check;
pub mod code;
pub mod custom_fields;
pub mod document;
pub mod formats;
mod ip;
pub mod iri;
pub mod issue;
mod json;
mod keywords;
#[cfg(feature = "lines")]
pub mod lines;
pub mod message;
pub mod nearest;
pub mod number;
pub mod openapi;
pub mod options;
mod order;
pub mod output;
pub mod pattern;
mod percent;
pub mod record;
pub mod report;
pub mod schema;
mod search;
pub mod unicode;
pub mod url;
#[cfg(not(target_family = "wasm"))]
mod value;
#[cfg(target_family = "wasm")]
mod wasm;

/// The version of Unicode whose tables names are judged by: that of the crate `icu_normalizer`, or
/// whichever the host has.
pub const UNICODE_VERSION: &str = if cfg!(feature = "tables") { "17.0" } else { "host" };
