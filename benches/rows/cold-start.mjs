// B5: from before the import to the first verdict, each in a new process.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { random } from "../inputs.mjs";
import { median, shuffled } from "../measure.mjs";
import { times } from "../report.mjs";

const here = fileURLToPath(new URL("../cold-start/", import.meta.url));
const ZOD = "zod + tldts";
const CONTENDERS = { Prewash: "prewash", [ZOD]: "zod", "ajv + tldts": "ajv" };
/** A process takes long. */
const MOST = 40;

export async function run({ samples, folder }) {
  const count = Math.min(samples, MOST);
  const installed = files((name) => join(here, `${name}.mjs`));
  const bundled = files((name) => join(folder, "cold-start", `${name}.mjs`));
  mkdirSync(dirname(bundled.Prewash), { recursive: true });
  await Promise.all(Object.keys(CONTENDERS).map((name) => bundle(installed[name], bundled[name])));
  return [
    row("B5", "a new process, from before the import to the first verdict on an account", count, measured(installed, count)),
    // No target is set for this; it is what a function at the edge is.
    { ...row("B5 bundled", "the same, each bundled by esbuild into one file", count, measured(bundled, count)), targets: [] },
  ];
}

const files = (of) => Object.fromEntries(Object.entries(CONTENDERS).map(([name, file]) => [name, of(file)]));

async function bundle(from, outfile) {
  // What is written for Node may call require().
  const js = 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);';
  await esbuild.build({ entryPoints: [from], outfile, bundle: true, minify: true, format: "esm", platform: "node", banner: { js }, logLevel: "warning" });
}

function row(row, what, samples, medians) {
  return { row, what, samples, lines: times(medians), targets: [{ of: `of ${ZOD}`, measured: medians.Prewash / medians[ZOD], most: 0.33 }] };
}

function measured(modules, count) {
  const took = Object.fromEntries(Object.keys(modules).map((name) => [name, []]));
  const next = random(0);
  // The first round only fills the caches of the file system.
  for (let round = -1; round < count; round++) {
    for (const [name, file] of shuffled(Object.entries(modules), next)) {
      const milliseconds = start(file);
      if (round >= 0) took[name].push(milliseconds);
    }
  }
  return Object.fromEntries(Object.entries(took).map(([name, list]) => [name, median(list) * 1e6]));
}

/** Runs a module in a process of its own; gives milliseconds. */
function start(file) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(here, "time.mjs"), file], { encoding: "utf8" });
  assert.equal(status, 0, stderr);
  const { took, value } = JSON.parse(stdout);
  assert.deepEqual(value, { domain: "acme.com", name: "Acme Corp" });
  return took;
}
