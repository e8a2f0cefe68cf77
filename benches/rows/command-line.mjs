// B7: the command on a file of rows, time and peak memory.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream, mkdirSync, rmSync, statSync } from "node:fs";
import { createInterface } from "node:readline";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { accountLines } from "../inputs.mjs";
import { duration, kilobytes } from "../report.mjs";

const command = fileURLToPath(new URL("../../pkg/dist/cli.js", import.meta.url));
const peak = new URL("../peak.mjs", import.meta.url).href;

/** How many workers, and how each number is told. */
const WORKERS = { 1: "one worker", 2: "two workers" };

/** A row is long: each runs twice, in turns, and the faster counts. */
export async function run({ rows, folder }) {
  mkdirSync(folder, { recursive: true });
  const lines = [];
  const targets = [];
  const memories = { 1: [], 2: [] };
  for (const count of [...new Set([Math.ceil(rows / 10), rows])]) {
    const [input, output] = [join(folder, "accounts.ndjson"), join(folder, "clean.ndjson")];
    await pipeline(Readable.from(chunks(count)), createWriteStream(input));
    const size = statSync(input).size;
    const times = { 1: Infinity, 2: Infinity };
    const most = { 1: 0, 2: 0 };
    const outputs = new Set();
    for (const workers of [1, 2, 1, 2]) {
      const args = ["check", "recotap.pushAccounts", input, "--out", output, "--workers", String(workers)];
      const { took, memory } = await measured(args);
      times[workers] = Math.min(times[workers], took);
      most[workers] = Math.max(most[workers], memory);
      outputs.add(await digest(output));
    }
    assert.equal(outputs.size, 1);
    await inOrder(output, count);
    for (const [workers, name] of Object.entries(WORKERS)) {
      const [took, memory] = [times[workers], most[workers]];
      memories[workers].push(memory / 1e6);
      lines.push({
        name: `Prewash, ${count.toLocaleString("en")} rows, ${kilobytes(size)}, ${name}`,
        cells: [duration(took * 1e6), `${Math.round(count / took).toLocaleString("en")} thousand a second`, kilobytes(memory)],
      });
    }
    // What it takes to start is most of a short run.
    if (count === rows) targets.push({ of: "times as fast with two workers", measured: times[1] / times[2], least: 1.7 });
    for (const file of [input, output]) rmSync(file);
  }
  targets.unshift({ of: "MB of memory", measured: Math.max(...memories[1], ...memories[2]), most: 150 });
  // Each domain of a batch is remembered, in 16 to 24 bytes: nothing else may grow.
  const grown = Math.max(...[1, 2].map((workers) => memories[workers].at(-1) - memories[workers][0]));
  targets.push({ of: "MB more for ten times the rows", measured: grown, most: 35 });
  return [
    {
      row: "B7",
      what: "`prewash check recotap.pushAccounts accounts.ndjson --out clean.ndjson`, with `--workers 1` and `2`, the faster of two runs",
      head: ["time", "rows", "peak memory"],
      lines,
      targets,
    },
  ];
}

/** A hash of a file. */
async function digest(file) {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}

/** The lines in pieces of a good size. */
function* chunks(count) {
  let chunk = "";
  for (const line of accountLines(count)) {
    chunk += line;
    if (chunk.length < 1 << 16) continue;
    yield chunk;
    chunk = "";
  }
  yield chunk;
}

/** Runs the command; gives milliseconds, and bytes of memory at its peak. */
async function measured(args) {
  const start = performance.now();
  const child = spawn(process.execPath, ["--import", peak, command, ...args], { stdio: ["ignore", "ignore", "inherit", "pipe"] });
  let told = "";
  child.stdio[3].setEncoding("utf8").on("data", (text) => (told += text));
  const status = await new Promise((resolve) => child.on("close", resolve));
  assert.equal(status, 0);
  return { took: performance.now() - start, memory: Number(told) * 1024 };
}

/** That every account came out, clean and in the order it went in. */
async function inOrder(file, count) {
  const expected = accountLines(count);
  let seen = 0;
  for await (const line of createInterface({ input: createReadStream(file) })) {
    for (const account of JSON.parse(line).accounts) {
      const given = JSON.parse(expected.next().value);
      assert.deepEqual({ ...account, domain: "" }, { ...given, domain: "" });
      seen += 1;
    }
  }
  assert.equal(seen, count);
}
