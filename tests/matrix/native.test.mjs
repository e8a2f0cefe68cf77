// The crate itself, natively: tests/golden.rs.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { ask, root } from "../../scripts/command.mjs";
import { counted, note } from "./row.mjs";

test("Native", { timeout: 600_000 }, () => {
  const { status, stdout, stderr } = spawnSync("cargo", ["test", "--test", "golden"], { cwd: root, encoding: "utf8" });
  assert.equal(status, 0, `${stdout}${stderr}`);
  assert.match(stdout, /the_golden_corpus_gives_the_lines_that_it_gives_everywhere \.\.\. ok/);
  const version = ask("rustc", "--version").match(/\d+\.\d+\.\d+/)[0];
  note("Native", { version: `Rust ${version}`, idna: "tables", proven: counted() });
});
