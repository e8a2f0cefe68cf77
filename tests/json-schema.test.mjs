// The JSON Schema Test Suite for 2020-12 through the package: the same cases and the same ledger as
// tests/json_schema.rs, which runs them natively.

import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { schema } from "prewash";

const conformance = process.env.PREWASH_CONFORMANCE ?? fileURLToPath(new URL("../../shared/conformance", import.meta.url));
const suite = join(conformance, "json-schema-2020-12");
const skip = existsSync(suite)
  ? false
  : `the JSON Schema Test Suite is not at ${suite}; put its tests/draft2020-12 there as \`tests\` and its \`remotes\`, or name the folder above with PREWASH_CONFORMANCE`;

/** The JSON files below a folder: their path in it, and what is in them. */
function files(folder) {
  const names = readdirSync(folder, { recursive: true }).map((name) => name.replaceAll("\\", "/"));
  return names.filter((name) => name.endsWith(".json")).sort().map((name) => [name, readFileSync(join(folder, name), "utf8")]);
}

/** `file | case | test` of each line of the ledger. */
function ledger() {
  const text = readFileSync(new URL("json_schema.ledger", import.meta.url), "utf8");
  const lines = text.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("#"));
  return new Set(lines.map((line) => line.split(" | ").slice(0, 3).join(" | ")));
}

test("the JSON Schema Test Suite passes", { skip }, (context) => {
  const documents = Object.fromEntries(
    files(join(suite, "remotes")).map(([name, text]) => [`http://localhost:1234/${name}`, text]),
  );
  const known = ledger();
  const unexpected = [];
  let passed = 0;
  // The formats are counted by themselves too.
  const formatsOnly = { passed: 0, inLedger: 0, failed: 0 };
  for (const [name, text] of files(join(suite, "tests"))) {
    const formats = name.startsWith("optional/format/") ? "assert" : "annotate";
    for (const { description, schema: document, tests } of JSON.parse(text)) {
      for (const { description: about, data, valid } of tests) {
        let outcome;
        try {
          outcome = schema(document, { documents, formats }).check(data).ok;
        } catch (error) {
          outcome = error.message;
        }
        const title = `${name} | ${description} | ${about}`;
        if (outcome === valid) passed += 1;
        // A line of the ledger that passes is no longer true; one that fails is as told.
        if ((outcome === valid) === known.has(title)) unexpected.push(`${title}: ${outcome}`);
        if (formats === "assert") formatsOnly[(outcome === valid) === known.has(title) ? "failed" : outcome === valid ? "passed" : "inLedger"] += 1;
        known.delete(title);
      }
    }
  }
  const failed = unexpected.length + known.size;
  context.diagnostic(`JSON Schema Test Suite, through the package: ${passed} passed, ${ledger().size - known.size} in the ledger, ${failed} failed`);
  const { passed: right, inLedger, failed: wrong } = formatsOnly;
  context.diagnostic(`JSON Schema Test Suite, the formats of it, through the package: ${right} passed, ${inLedger} in the ledger, ${wrong} failed`);
  assert.deepEqual([...unexpected, ...known], []);
});
