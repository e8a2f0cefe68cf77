// What the command does where the core traps on a row of NDJSON: that row is left out and told, the others
// come out as they would have, whatever the number of threads.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { bundled } from "./internal.mjs";
import { limited } from "./limited.mjs";

const dist = (name) => fileURLToPath(new URL(`../pkg/dist/${name}`, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "prewash-trap-"));
after(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;
const fresh = (name) => join(folder, `${++files}-${name}`);

const MESSAGE = "the check failed through no fault of the input; please report it";
const UNREACHABLE = "unreachable";

/** The command as it is published, in a folder of its own with another core, or other glue to it. */
function command(name) {
  const made = mkdtempSync(join(folder, `${name}-`));
  for (const file of ["cli.js", "cli-core.js", "core.cjs", "core-base64.cjs"]) copyFileSync(dist(file), join(made, file));
  writeFileSync(join(made, "package.json"), '{"type":"module"}');
  return made;
}

/** One whose instances may grow by 24 MiB: a row of many numbers, which is no long text, takes more. */
const small = command("small");
const wasm = Buffer.from(createRequire(import.meta.url)(dist("core-base64.cjs")), "base64");
writeFileSync(join(small, "core-base64.cjs"), `module.exports = "${limited(wasm, 384).toString("base64")}";\n`);
const TOO_MUCH = `{"domain":"www.large.com","name":[${"1,".repeat(2_000_000)}1]}`;

/** Glue that traps where a row that is judged, or told, says so; once its work is done. */
const TRAPPING = `
  import { glue as real } from "real:#glue";
  export function glue() {
    const glue = real();
    const left = new Map();
    let memory;
    let input;
    const text = (start, length) => Buffer.from(memory.buffer, input, start + length).subarray(start).toString();
    const rows = (start, length, left) => text(start, length).split("\\n").filter((line) => line.trim() !== "").map((line, row) => (left.some(([out]) => out === row) ? "" : line));
    const listed = (start, length) => (length === 0 ? [] : JSON.parse(text(start, length)));
    const trap = () => { throw new WebAssembly.RuntimeError("unreachable"); };
    return {
      ...glue,
      begin: (...args) => (memory = glue.begin(...args)),
      input: (length) => (input = glue.input(length) >>> 0),
      check_lines(handle, length, trapped, ...place) {
        const told = rows(0, length, listed(length, trapped));
        const pointer = glue.check_lines(handle, length, trapped, ...place);
        return told.some((row) => row.includes("TRAPS")) ? trap() : pointer;
      },
      judge_lines(handle, known, length, members, trapped, most) {
        const out = listed(length + members, trapped);
        const judged = rows(0, length, out);
        const pointer = glue.judge_lines(handle, known, length, members, trapped, most);
        if (judged.some((row) => row.includes("TRAPS"))) trap();
        left.set(new Uint32Array(memory.buffer)[(pointer >>> 2) + 7], out);
        return pointer;
      },
      tell_lines(handle, known, items, length, members, again, ...rest) {
        const told = rows(0, length, left.get(items));
        const words = new Uint32Array(memory.buffer.slice(input + length + members, input + length + members + again));
        const repeated = (row) => words.some((word, at) => at % 3 === 0 && word === row);
        const pointer = glue.tell_lines(handle, known, items, length, members, again, ...rest);
        return told.some((line, row) => line.includes("TOLD") || (repeated(row) && line.includes("AGAIN"))) ? trap() : pointer;
      },
    };
  }
`;
const hooked = command("hooked");
await bundled(`export * from "./entry/slim.js";`, join(hooked, "cli-core.js"), { "#glue": TRAPPING }, "slim");

/** Runs a check; gives what came of it. */
function check(cli, operation, rows, ...args) {
  const [file, out, report] = [fresh("rows.ndjson"), fresh("out.ndjson"), fresh("report.ndjson")];
  writeFileSync(file, rows.join("\n"));
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(cli, "cli.js"), "check", operation, file, "--out", out, "--report", report, ...args], { encoding: "utf8", timeout: 120_000 });
  assert.equal(stderr, "");
  const lines = (path) => readFileSync(path, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));
  return { status, summary: stdout.slice(stdout.indexOf("\n\n"), stdout.indexOf("\n\ncleaned")).trim(), out: lines(out), report: lines(report) };
}

const internalIssue = (row, index) => ({ row, index, code: "internal", severity: "error", path: [], pointer: "", message: MESSAGE, params: { reason: UNREACHABLE } });

/** Rows of several chunks, blank lines and mistakes among them, of which every 700th came 350 rows before. */
const account = (at) => (at % 97 === 0 ? "" : at % 89 === 0 ? `{"domain":"localhost","name":"x"}` : `{"domain":"www.Acme-${at % 700 === 0 ? at - 350 : at}.com","name":"Acme ${at}","notes":"${"x".repeat(150)}"}`);
const rows = Array.from({ length: 6000 }, (_, at) => account(at + 1));
/** How many rows come before one, blank lines being none. */
const indexOf = (row) => rows.slice(0, row - 1).filter((line) => line !== "").length;

for (const [name, cli, broken] of [
  ["memory that runs out", small, () => TOO_MUCH],
  ["a trap while rows are judged", hooked, (row) => `{"domain":"TRAPS-${row}.com","name":"T"}`],
  ["a trap while rows are told", hooked, (row) => `{"domain":"TOLD-${row}.com","name":"T"}`],
]) {
  const at = name.startsWith("memory") ? [2, 3000] : [1, 2, 1500, 1501, 3000, 4299, 5999];
  const given = rows.map((line, index) => (at.includes(index + 1) ? broken(index + 1) : line));
  // What cannot be read is left out as well: so the others are in the same requests, and at the same places.
  const otherwise = given.map((line, index) => (at.includes(index + 1) ? '{"domain"'.padEnd(line.length) : line));
  const expected = at.map((row) => internalIssue(row, indexOf(row)));
  for (const operation of ["monaco.upsertAccount", "recotap.pushAccounts"]) {
    if (operation === "monaco.upsertAccount" && name.endsWith("told")) continue;
    const right = check(hooked, operation, otherwise);
    for (const workers of ["1", "2"]) {
      test(`${name}: ${operation}, ${workers} workers`, () => {
        const { status, summary, out, report } = check(cli, operation, given, "--workers", workers);
        assert.equal(status, 1);
        assert.deepEqual(report.filter(({ code }) => code === "internal"), expected);
        const others = ({ row }) => !at.includes(row);
        assert.deepEqual(report.filter(others), right.report.filter(others));
        assert.deepEqual(out, right.out);
        assert.match(summary, new RegExp(`^internal +error +${at.length} +${at[0]}$`, "m"));
        assert.equal(summary.replace(/^(?:internal|invalid_json).*$/m, "").replace(/ +/g, " "), right.summary.replace(/^(?:internal|invalid_json).*$/m, "").replace(/ +/g, " "));
      });
    }
  }
}

describe("what came before is remembered", () => {
  const known = fresh("known.csv");
  writeFileSync(known, "domain\nacme-7.com\n");
  for (const workers of ["1", "2"]) {
    test(`over a trap, what is given with --existing as well: ${workers} workers`, () => {
      const given = [...rows.slice(0, 4000), '{"domain":"TRAPS.com","name":"T"}', '{"domain":"acme-7.com","name":"A"}', '{"domain":"acme-8.com","name":"A"}', ...rows.slice(4000)];
      const { status, report } = check(hooked, "recotap.pushAccounts", given, "--workers", workers, "--existing", known);
      assert.equal(status, 1);
      const said = (row) => report.filter((told) => told.row === row && told.severity && told.code !== "unknown_key").map(({ code, params }) => [code, params.first]);
      assert.deepEqual(said(4001), [["internal", undefined]]);
      assert.deepEqual(said(7), [["already_exists", undefined]]);
      assert.deepEqual(said(4002), [["duplicate_in_batch", 6]]);
      assert.deepEqual(said(4003), [["duplicate_in_batch", 7]]);
    });
    test(`a row that traps because it came before is told alone: ${workers} workers`, () => {
      const again = rows.map((line, index) => (index === 100 || index === 4100 ? '{"domain":"again.com","name":"AGAIN"}' : line));
      const { status, report } = check(hooked, "recotap.pushAccounts", again, "--workers", workers);
      assert.equal(status, 1);
      assert.deepEqual(report.filter(({ code }) => code === "internal").map(({ row }) => row), [4101]);
    });
  }
});

test("every row of a file that traps is told", () => {
  const given = Array.from({ length: 400 }, (_, at) => `{"domain":"TRAPS-${at}.com","name":"T"}`);
  const { status, out, report } = check(hooked, "recotap.pushAccounts", given);
  assert.deepEqual([status, out, report.length], [1, [], 400]);
});
