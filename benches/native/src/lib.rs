//! The inputs of the native benches: those of the others, which `benches/inputs.mjs` writes.

use std::path::Path;
use std::process::Command;

/// A body and what it is judged by.
pub struct Case {
    /// What it is called.
    pub name: &'static str,
    /// The JSON Schema.
    pub schema: Vec<u8>,
    /// A document that fits it.
    pub good: Vec<u8>,
    /// One that does not.
    pub wrong: Vec<u8>,
}

/// What is measured.
pub struct Inputs {
    /// The OpenAPI document of Recotap.
    pub recotap: Vec<u8>,
    /// A request of 100 accounts.
    pub accounts: Vec<u8>,
    /// A small schema, and a large one.
    pub cases: [Case; 2],
}

impl Inputs {
    /// Has Node write the inputs, and reads them.
    pub fn new() -> Inputs {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let folder = root.join("target/bench");
        let script = root.join("benches/inputs.mjs");
        let status = Command::new("node").arg(script).arg(&folder).status();
        assert!(status.is_ok_and(|status| status.success()), "node did not write the inputs");
        let read = |path: &Path| {
            std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        };
        let case = |name: &'static str, file: &str| Case {
            name,
            schema: read(&folder.join(format!("{file}.schema.json"))),
            good: read(&folder.join(format!("{file}.json"))),
            wrong: read(&folder.join(format!("{file}.wrong.json"))),
        };
        Inputs {
            recotap: read(&root.join("apis/recotap.json")),
            accounts: read(&folder.join("accounts.json")),
            cases: [case("small", "lead"), case("large", "deals")],
        }
    }
}

impl Default for Inputs {
    fn default() -> Self {
        Inputs::new()
    }
}
