//! The output: the input with its edits applied. Text that needs no edit is copied through byte for
//! byte.

use crate::document::{Document, Kind, NodeId, escape_into};
use crate::issue::{Action, Edit};

/// Applies edits, ordered by node with at most one a node, to the text of a document.
pub fn apply(document: &Document<'_>, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(document.text().len() + 16);
    apply_into(document, edits, &mut out);
    out
}

/// The same, appended to an empty text.
pub fn apply_into(document: &Document<'_>, edits: &[Edit], out: &mut String) {
    let text = document.text();
    let mut copied = 0;
    for (at, edit) in edits.iter().enumerate() {
        let span = document.span(edit.node);
        if span.start < copied || drops_member(document, edit.node, edits.get(at + 1)) {
            // Inside of what was dropped, or what will be.
            continue;
        }
        match &edit.action {
            Action::Text(new) => {
                out.push_str(&text[copied..span.start]);
                escape_into(new, out);
                copied = span.end;
            }
            Action::Json(new) => {
                out.push_str(&text[copied..span.start]);
                out.push_str(new);
                copied = span.end;
            }
            Action::Remove => {
                let start = match key_of(document, edit.node) {
                    Some(key) => document.span(key).start,
                    None => span.start,
                };
                out.push_str(&text[copied..start.max(copied)]);
                let rest = &text[span.end..];
                let blank = rest.len() - rest.trim_start().len();
                if rest[blank..].starts_with(',') {
                    let after = &rest[blank + 1..];
                    copied = text.len() - after.trim_start().len();
                } else {
                    // The last of its container: the comma before it goes instead.
                    let kept = out.trim_end().trim_end_matches(',').trim_end().len();
                    if out[kept..].contains(',') {
                        out.truncate(kept);
                    }
                    copied = span.end;
                }
            }
        }
    }
    out.push_str(&text[copied..]);
}

/// Whether a node is the key of a member that the next edit drops.
fn drops_member(document: &Document<'_>, node: NodeId, next: Option<&Edit>) -> bool {
    document.kind(node) == Kind::Key
        && next.is_some_and(|next| next.node == node.following() && next.action == Action::Remove)
}

/// The key of the member that a node is the value of.
fn key_of(document: &Document<'_>, node: NodeId) -> Option<NodeId> {
    let before = NodeId(node.0.checked_sub(1)?);
    (document.kind(before) == Kind::Key).then_some(before)
}

#[cfg(test)]
mod tests {
    use super::apply;
    use crate::document::{Document, Limits, NodeId, Source};
    use crate::issue::{Action, Edit};

    #[track_caller]
    fn applied(text: &str, edits: &[(u32, Action)], expected: &str) {
        let document = Document::read(text.as_bytes(), &Limits::default(), Source::Text).unwrap();
        let edit = |(node, action): &(u32, Action)| Edit {
            node: NodeId(*node),
            action: action.clone(),
            rule: "test",
            unicode: None,
        };
        let edits: Vec<_> = edits.iter().map(edit).collect();
        assert_eq!(apply(&document, &edits), expected);
    }

    #[test]
    fn edits_are_applied_and_the_rest_is_copied_through() {
        let text = r#"{ "a" : "x" , "b":[1,2.50, 3 ],"c":null }"#;
        let new = |text: &str| Action::Text(text.to_owned());
        applied(text, &[], text);
        applied(text, &[(2, new("y\"z"))], r#"{ "a" : "y\"z" , "b":[1,2.50, 3 ],"c":null }"#);
        applied(text, &[(1, new("k"))], r#"{ "k" : "x" , "b":[1,2.50, 3 ],"c":null }"#);
        applied(text, &[(2, Action::Remove)], r#"{ "b":[1,2.50, 3 ],"c":null }"#);
        applied(text, &[(9, Action::Remove)], r#"{ "a" : "x" , "b":[1,2.50, 3 ] }"#);
        applied(text, &[(5, Action::Remove)], r#"{ "a" : "x" , "b":[2.50, 3 ],"c":null }"#);
        applied(text, &[(7, Action::Remove)], r#"{ "a" : "x" , "b":[1,2.50 ],"c":null }"#);
        applied(
            text,
            &[(6, Action::Remove), (7, Action::Remove)],
            r#"{ "a" : "x" , "b":[1 ],"c":null }"#,
        );
        let all = [(5, Action::Remove), (6, Action::Remove), (7, Action::Remove)];
        applied(text, &all, r#"{ "a" : "x" , "b":[ ],"c":null }"#);
        let all = [(2, Action::Remove), (4, Action::Remove), (9, Action::Remove)];
        applied(text, &all, "{  }");
        applied("[\"a,\",1]", &[(2, Action::Remove)], "[\"a,\"]");
        applied("[1]", &[(1, Action::Remove)], "[]");
    }

    #[test]
    fn edits_inside_of_what_was_dropped_do_nothing() {
        let inner = Action::Text("y".to_owned());
        applied(r#"[["x"],2]"#, &[(1, Action::Remove), (2, inner)], "[2]");
        let key = Action::Text("k".to_owned());
        applied(r#"{"a":1,"b":2}"#, &[(1, key.clone()), (2, Action::Remove)], r#"{"b":2}"#);
        applied(r#"{"b":2,"a":1}"#, &[(3, key), (4, Action::Remove)], r#"{"b":2}"#);
    }
}
