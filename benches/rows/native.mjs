// The native benches, as criterion measures them: contenders one after the other.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DEALS, deals, dealsSchema, lead, leadSchema, push, wrongDeals, wrongLead } from "../inputs.mjs";
import { kilobytes, times } from "../report.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const NAMES = { prewash: "Prewash", serde_json: "serde_json, into a Value and back", jsonschema: "serde_json + jsonschema", boon: "serde_json + boon" };

export async function run({ samples, folder }) {
  // Criterion asks for ten samples at the least.
  const options = ["--sample-size", String(Math.max(samples, 10)), "--warm-up-time", "1", "--measurement-time", "3", "--noplot", "--quiet"];
  const results = join(folder, "criterion");
  const { status } = spawnSync("cargo", ["bench", "-p", "prewash-benches", "--", ...options], {
    cwd: root,
    env: { ...process.env, CRITERION_HOME: results },
    stdio: ["ignore", "ignore", "inherit"],
  });
  assert.equal(status, 0, "`cargo bench -p prewash-benches` failed");

  const row = (group, what, length, contenders, name = "native schemas") => {
    const entries = contenders.map((contender) => [NAMES[contender], median(results, group, contender)]);
    const medians = Object.fromEntries(entries);
    return { row: name, what, samples, lines: times(medians, { perSecond: length }), medians };
  };
  const crates = ["prewash", "jsonschema", "boon"];
  const bytes = push(100).length;
  const batch = row("batch", `100 accounts, ${kilobytes(bytes)}, bytes to bytes; only Prewash cleans`, bytes, Object.keys(NAMES), "native");
  const gigabytes = bytes / batch.medians.Prewash;
  batch.targets = [{ of: "GB a second", measured: gigabytes, least: 1 }];
  const size = (text) => Buffer.byteLength(text);
  const kinds = [
    ["small", leadSchema(), lead(), wrongLead()],
    ["large", dealsSchema(), deals(DEALS), wrongDeals(DEALS)],
  ];
  return [
    batch,
    ...kinds.flatMap(([name, schema, good, wrong]) => [
      row(`${name} compile`, `compiling a schema of ${kilobytes(size(schema))}`, undefined, crates),
      row(`${name} valid`, `a document of ${kilobytes(size(good))} that fits it`, size(good), crates),
      row(`${name} invalid`, `one of ${kilobytes(size(wrong))} with mistakes, all told`, size(wrong), crates),
    ]),
  ];
}

/** The median that criterion has noted, in nanoseconds. */
function median(results, group, contender) {
  const file = join(results, group, contender, "new/estimates.json");
  return JSON.parse(readFileSync(file, "utf8")).median.point_estimate;
}
