// Node's test runner, with counts.

import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { run } from "node:test";
import { spec } from "node:test/reporters";

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

/** Counts, as the last line has them. */
export function told({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
