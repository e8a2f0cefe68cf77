//! Values of `serde_json`, for who has one already: as JavaScript's, they are checked as the text they
//! would be written as.

use serde_json::Value;

use crate::answer::Output;
use crate::document::Source;
use crate::options::Options;
use crate::report::Report;
use crate::schema::Schema;

impl Schema {
    /// Checks and cleans a value; gives what to send, if it can be sent, and what is said about it.
    /// Issues have no position, since there is no text of the caller's.
    pub fn check_value(&self, value: &Value, options: &Options) -> (Option<Value>, Report) {
        let text = value.to_string();
        let answer = self.answer(text.as_bytes(), Source::Value, options);
        let clean = match answer.output {
            Output::Nothing => None,
            Output::Same => Some(value.clone()),
            Output::Text(text) => serde_json::from_str(&text).ok(),
        };
        (clean, answer.report)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::document::NodeId;
    use crate::options::Options;
    use crate::schema::{Dialect, Schema, read};

    #[test]
    fn a_value_comes_out_clean_or_with_what_is_wrong() {
        let schema = br#"{"properties": {"domain": {"type": "string", "format": "domain"}}}"#;
        let document = read(schema).expect("the schema is JSON");
        let schema = Schema::compile(&document, NodeId::ROOT, &[], Dialect::default())
            .expect("the schema compiles");
        let check = |value| schema.check_value(&value, &Options::default());

        let (clean, report) = check(json!({"domain": "https://www.Acme.com/foo"}));
        assert_eq!(clean, Some(json!({"domain": "acme.com"})));
        assert_eq!((report.issues.len(), report.changes.len()), (0, 1));

        let (clean, report) = check(json!({"domain": 7}));
        assert_eq!(clean, None);
        assert_eq!((&*report.issues[0].code, report.issues[0].position), ("type", None));

        // What is not cleaned keeps its last digit where something else is.
        let (clean, _) = check(json!({"domain": "www.acme.com", "n": -1.4261725295571781e-274}));
        assert_eq!(clean, Some(json!({"domain": "acme.com", "n": -1.4261725295571781e-274})));

        let same = json!({"domain": "acme.com"});
        assert_eq!(check(same.clone()).0, Some(same));
    }
}
