// B7: the command on a file of rows, time and peak memory.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
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

/** A row is long and runs once. */
export async function run({ rows, folder }) {
  mkdirSync(folder, { recursive: true });
  const lines = [];
  const megabytes = [];
  for (const count of [...new Set([rows, Math.ceil(rows / 10)])]) {
    const [input, output] = [join(folder, "accounts.ndjson"), join(folder, "clean.ndjson")];
    await pipeline(Readable.from(chunks(count)), createWriteStream(input));
    const { took, memory } = await measured(["check", "recotap.pushAccounts", input, "--out", output]);
    await inOrder(output, count);
    const size = statSync(input).size;
    megabytes.push(memory / 1e6);
    lines.push({
      name: `Prewash, ${count.toLocaleString("en")} rows, ${kilobytes(size)}`,
      cells: [duration(took * 1e6), `${Math.round(count / took).toLocaleString("en")} thousand a second`, kilobytes(memory)],
    });
    for (const file of [input, output]) rmSync(file);
  }
  return [
    {
      row: "B7",
      what: "`prewash check recotap.pushAccounts accounts.ndjson --out clean.ndjson`, one run",
      head: ["time", "rows", "peak memory"],
      lines,
      targets: [{ of: "MB of memory", measured: Math.max(...megabytes), most: 150 }],
    },
  ];
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
