// Node's test runner, with counts, and parts of a run, each with its own.

import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { Refusal } from "./command.mjs";

/**
 * Runs the tests of a folder, each file in a process of its own, and counts them.
 *
 * @param {string} folder
 * @param {number} concurrency how many files at once
 */
export async function runTests(folder, concurrency = availableParallelism()) {
  const files = readdirSync(folder).filter((name) => name.endsWith(".test.mjs")).sort().map((name) => join(folder, name));
  const total = { passed: 0, failed: 0, skipped: 0 };
  const events = run({ files, concurrency });
  const count = (outcome) => ({ details, skip, todo }) => {
    // A suite is no test; but one that failed otherwise than by its tests (in a hook, say) counts.
    if (details.type === "suite" && (outcome === "passed" || details.error?.failureType === "subtestsFailed")) return;
    const skipped = (skip !== undefined && skip !== false) || (todo !== undefined && todo !== false);
    total[skipped ? "skipped" : outcome] += 1;
  };
  events.on("test:pass", count("passed"));
  events.on("test:fail", count("failed"));
  const report = events.compose(new spec());
  for await (const text of report) process.stdout.write(text);
  return total;
}

/**
 * Runs parts one after the other, then prints what each counted and took, and in the last line the whole. A part
 * that throws counts as one test that failed.
 *
 * @param {Record<string, () => Promise<{ passed: number, failed: number, skipped: number }>>} parts by name
 */
export async function runParts(parts) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  const rows = [];
  for (const [name, part] of Object.entries(parts)) {
    const started = performance.now();
    console.log(`\n── ${name}\n`);
    let counts;
    try {
      counts = await part();
    } catch (error) {
      console.error(error instanceof Refusal ? error.message : error);
      counts = { passed: 0, failed: 1, skipped: 0 };
    }
    for (const key of Object.keys(total)) total[key] += counts[key];
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    rows.push(`${name.padEnd(12)}${told(counts).padEnd(36)}${seconds.padStart(6)} s`);
    // Without a build there is nothing to test.
    if (name === "build" && counts.failed > 0) break;
  }
  console.log(`\n── summary\n\n${rows.join("\n")}\n\n${told(total)}`);
  process.exitCode = total.failed > 0 ? 1 : 0;
}

/** Counts, as the last line has them. */
export function told({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
