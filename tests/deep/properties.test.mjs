// The properties on more inputs, and on others: `PREWASH_PROPERTIES` has how many thousand each, and
// `PREWASH_SEED` which.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { root } from "../../scripts/command.mjs";

process.env.PREWASH_PROPERTIES ??= "8";
process.env.PREWASH_SEED ??= "2";
await import("../properties.test.mjs");

test("the crate has its own on as many", { timeout: 600_000 }, (context) => {
  const { status, stdout, stderr } = spawnSync("cargo", ["test", "--quiet", "--test", "properties"], { cwd: root, encoding: "utf8" });
  assert.equal(status, 0, stdout + stderr);
  context.diagnostic(/test result: .*/.exec(stdout)[0]);
});
