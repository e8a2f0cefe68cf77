// npm run bench: Prewash beside what a user would pick instead, in one table.
//
//     npm run bench -- [ROW…] [--samples N] [--rows N] [--markdown]
//
// Each file in benches/rows/ is a process, with all contenders of its rows in it.

import { fork } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { build } from "./build.mjs";
import { Refusal, ask, main, root, run } from "./command.mjs";

/** Rows by the file in benches/rows/ that measures them. */
const FILES = {
  batch: ["B1"],
  contact: ["B2", "B3"],
  domains: ["B4"],
  "cold-start": ["B5"],
  schema: ["B6", "schemas"],
  "command-line": ["B7"],
  growth: ["growth"],
  native: ["native"],
  size: ["size"],
};

const USAGE = `usage: npm run bench -- [ROW…] [--samples N] [--rows N] [--markdown]

  ROW         one of ${Object.values(FILES).flat().join(", ")}; all of them, if none is given
  --samples   how many samples of each contender; 200, if not given
  --rows      how many rows the file of B7 has; 1,000,000, if not given
  --markdown  prints the tables for a README`;

await main(import.meta.url, async () => {
  const { files, options, asMarkdown } = read(process.argv.slice(2));
  await build();
  await peers();
  const { markdown, plain } = await import("../benches/report.mjs");
  const rows = [];
  for (const file of files) {
    const measured = (await measured_(file, options)).filter(({ row }) => options.rows_.has(row));
    rows.push(...measured);
    // As they come, for who waits.
    if (!asMarkdown) console.log(`\n${plain(measured)}`);
  }
  if (asMarkdown) console.log(`<!-- bench -->\n\n${machine()}\n\n${markdown(rows)}\n\n<!-- /bench -->`);
  else console.log(`\n${machine()}`);
});
