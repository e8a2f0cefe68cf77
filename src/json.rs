//! Issues and changes as JSON text, in the shapes of the JavaScript contract.

use std::fmt::Write;

use crate::document::{Segment, escape_into};
use crate::issue::{Change, Issue, Param};

/// Appends a JSON array.
pub(crate) fn write_list<T>(items: &[T], out: &mut String, write: fn(&T, &mut String)) {
    out.push('[');
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        write(item, out);
    }
    out.push(']');
}

impl Issue {
    /// Appends the issue as an object.
    pub fn write_json(&self, out: &mut String) {
        out.push_str("{\"code\":");
        escape_into(&self.code, out);
        out.push_str(",\"severity\":");
        escape_into(self.severity.name(), out);
        write_path(&self.path, out);
        out.push_str(",\"message\":");
        escape_into(&self.message, out);
        out.push_str(",\"params\":{");
        for (at, (name, param)) in self.params.iter().enumerate() {
            if at > 0 {
                out.push(',');
            }
            escape_into(name, out);
            out.push(':');
            param.write_json(out);
        }
        out.push('}');
        if let Some(suggestion) = &self.suggestion {
            out.push_str(",\"suggestion\":");
            suggestion.write_json(out);
        }
        if let Some(position) = self.position {
            let _ = write!(
                out,
                ",\"position\":{{\"line\":{},\"column\":{},\"offset\":{}}}",
                position.line, position.column, position.offset
            );
        }
        out.push('}');
    }
}

impl Change {
    /// Appends the change as an object; `to` is left out where something was dropped.
    pub fn write_json(&self, out: &mut String) {
        out.push('{');
        let start = out.len();
        write_path(&self.path, out);
        out.remove(start);
        out.push_str(",\"from\":");
        out.push_str(&self.from);
        if let Some(to) = &self.to {
            out.push_str(",\"to\":");
            out.push_str(to);
        }
        out.push_str(",\"rule\":");
        escape_into(self.rule, out);
        if let Some(unicode) = &self.unicode {
            out.push_str(",\"unicode\":");
            escape_into(unicode, out);
        }
        out.push('}');
    }
}

impl Param {
    /// Appends the parameter as a JSON value.
    pub fn write_json(&self, out: &mut String) {
        match self {
            Param::Text(text) | Param::Prose(text) => escape_into(text, out),
            Param::Name(name) => escape_into(name, out),
            Param::Json(json) => out.push_str(json),
            Param::Count(count) => {
                let _ = write!(out, "{count}");
            }
            Param::List(items) => write_list(items, out, |item, out| escape_into(item, out)),
        }
    }
}

/// Appends `,"path":[…],"pointer":"…"`.
fn write_path(path: &[Segment], out: &mut String) {
    out.push_str(",\"path\":");
    write_list(path, out, |segment, out| match segment {
        Segment::Key(key) => escape_into(key, out),
        Segment::Index(index) => {
            let _ = write!(out, "{index}");
        }
    });
    out.push_str(",\"pointer\":");
    escape_into(&crate::document::pointer(path), out);
}
