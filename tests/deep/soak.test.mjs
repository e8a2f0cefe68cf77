// Ten million checks in one process: what they take they give back, and each result is the very one that
// the crate gives natively. `PREWASH_SOAK` has another number of checks.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { corpus } from "../golden/random.mjs";
import { answers } from "../native.mjs";

const CHECKS = Number(process.env.PREWASH_SOAK ?? 10_000_000);
/** After how many checks memory is measured first. */
const EARLY = 100_000;
/** How many cases there are, and how long one may be: what a form or a service sends. */
const CASES = 4001;
const LONGEST = 1200;
const SEED = 17;

/** Cases of one call; a batch is several checks, and comes less often. */
function inputs() {
  const made = [];
  for (const one of corpus(SEED, CASES * 3)) {
    const bytes = "bytes" in one ? one.bytes.length : JSON.stringify(one).length;
    if (bytes <= LONGEST && !("batch" in one && made.length % 8 !== 0)) made.push(one);
    if (made.length === CASES) break;
  }
  return made;
}

test(`${CHECKS} checks of good and bad input give the crate's results, in the memory of the first 100,000 within 5 %`, { timeout: 1_800_000 }, (context) => {
  const cases = inputs();
  assert.equal(cases.length, CASES);
  const lines = answers(cases, "soak");
  const passed = lines.filter((line) => line.startsWith('{"ok":true')).length;
  assert.ok(passed > CASES / 4 && passed < CASES * 3 / 4, `${passed} of ${CASES} pass`);

  const folder = mkdtempSync(join(tmpdir(), "prewash-soak-"));
  let run;
  try {
    const file = join(folder, "soak.json");
    writeFileSync(file, JSON.stringify({ cases, lines }));
    const script = fileURLToPath(new URL("soak.mjs", import.meta.url));
    run = spawnSync(process.execPath, ["--expose-gc", script, file, String(CHECKS), String(EARLY)], { encoding: "utf8" });
  } finally {
    rmSync(folder, { recursive: true });
  }
  assert.equal(run.status, 0, run.stderr);
  const { done, compared, seconds, instances, digest, native, first, last } = JSON.parse(run.stdout);
  const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
  context.diagnostic(`${done} checks of ${CASES} cases (${passed} pass, ${CASES - passed} are refused) in ${seconds.toFixed(0)} s`);
  context.diagnostic(`${megabytes(compared)} of results compared with the crate's; digest ${digest}`);
  for (const name of ["rss", "heapUsed", "external", "arrayBuffers", "wasm"]) {
    context.diagnostic(`${name.padEnd(12)} ${megabytes(first[name])} after ${first.calls}, ${megabytes(last[name])} after ${last.calls}`);
  }
  assert.equal(done, CHECKS);
  assert.equal(digest, native);
  assert.equal(instances, 1, "the core was started once");
  for (const name of ["rss", "heapUsed", "external", "arrayBuffers", "wasm"]) {
    assert.ok(last[name] <= first[name] * 1.05, `${name} grew by ${((last[name] / first[name] - 1) * 100).toFixed(1)} %`);
  }
});

test("30,000 schemas that are compiled, used once and dropped leave nothing behind", { timeout: 300_000 }, (context) => {
  const script = fileURLToPath(new URL("dropped.mjs", import.meta.url));
  const run = spawnSync(process.execPath, ["--expose-gc", script, "30000", "3000"], { encoding: "utf8" });
  assert.equal(run.status, 0, run.stderr);
  const { first, last } = JSON.parse(run.stdout);
  for (const name of ["heapUsed", "wasm"]) {
    context.diagnostic(`${name.padEnd(12)} ${(first[name] / 1e6).toFixed(2)} MB after 3000, ${(last[name] / 1e6).toFixed(2)} MB after 30000`);
    assert.ok(last[name] <= first[name] * 1.05, `${name} grew by ${((last[name] / first[name] - 1) * 100).toFixed(1)} %`);
  }
});
