//! The crate's answers to a corpus of cases: `cargo run --example answers < CORPUS > LINES`, a JSON array
//! in, a line for each of its elements out. `tests/native.mjs` compares them with the package's.

#[path = "prove.rs"]
mod prove;

use std::io::{self, Read, Write};

fn main() -> io::Result<()> {
    let mut corpus = String::new();
    io::stdin().read_to_string(&mut corpus)?;
    let mut lines = prove::prove(&corpus).join("\n");
    lines.push('\n');
    io::stdout().write_all(lines.as_bytes())
}
