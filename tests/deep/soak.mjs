// Checks of mixed good and bad input, as many as asked for; run by soak.test.mjs in a process of its own,
// with `--expose-gc`. Reads cases and the lines that the crate gives for them, compares each result with
// its line, and prints what it measured as JSON.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { memories } from "./memories.mjs";

const prewash = await import("prewash");
const { prepared } = await import("../golden/prove.js");

const [file, count, early] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const { cases, lines } = JSON.parse(readFileSync(file, "utf8"));
const calls = cases.map((one) => prepared(prewash, one));

let done = 0;
let compared = 0;
/** Of the results of the last round, in the order of the cases. */
let digest = "";

/** Calls each case once, in an order that is another each round; every result is compared whole. */
function round(number) {
  const step = STEPS[number % STEPS.length];
  for (let at = number % calls.length, left = calls.length; left > 0 && done < count; left--, at = (at + step) % calls.length) {
    const line = JSON.stringify(calls[at]());
    done += 1;
    if (line !== lines[at]) throw new Error(`call ${done} is wrong: ${JSON.stringify(cases[at])}\n  package ${line}\n  crate   ${lines[at]}`);
    compared += line.length;
  }
}

/** Steps that lead through all of the cases, whose number is none of their multiples. */
const STEPS = [1, 7, 11, 101, 977, 1009, 2003, 3001].filter((step) => calls.length % step !== 0 || step === 1);

const sha256 = (lines) => createHash("sha256").update(lines.join("\n")).digest("hex");

/** What is held after everything that can go has gone. */
async function held() {
  for (let times = 0; times < 5; times++) {
    globalThis.gc();
    await setImmediate();
  }
  const { rss, heapUsed, external, arrayBuffers } = process.memoryUsage();
  return { rss, heapUsed, external, arrayBuffers, wasm: memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0) };
}

const started = performance.now();
let first;
for (let number = 0; done < count; number++) {
  round(number);
  if (!first && done >= early) first = { calls: done, ...(await held()) };
  // What is dropped is released between tasks.
  await setImmediate();
}
const last = { calls: done, ...(await held()) };
const seconds = (performance.now() - started) / 1000;
digest = sha256(calls.map((call) => JSON.stringify(call())));
console.log(JSON.stringify({ done, compared, seconds, instances: memories.length, digest, native: sha256(lines), first, last }));
