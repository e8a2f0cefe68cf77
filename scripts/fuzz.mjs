// npm run fuzz: libFuzzer on each target of fuzz/, for a bounded time. See `--help`.

import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { random } from "../tests/random.mjs";
import { Refusal, ask, main, root, run } from "./command.mjs";
import * as setup from "./setup.mjs";

const CARGO_FUZZ = "0.13.2";
/** The longest a single input may take, in seconds on a machine that does other things too, and the most memory, in megabytes. */
const LIMITS = { timeout: 25, memory: 2048 };

/** The targets: how long an input may be in bytes, which words help, and where inputs begin from. */
const TARGETS = {
  batch: { length: 4096, words: "json", seeds: ({ batches }) => batches },
  document: { length: 1024, words: "json", seeds: ({ texts }) => texts },
  domain: { length: 320, words: "text", seeds: ({ strings }) => strings },
  email: { length: 320, words: "text", seeds: ({ strings }) => [...strings, ...strings.map((text) => `jane@${text}`)] },
  field: { length: 512, words: "json", seeds: ({ fields }) => fields },
  formats: { length: 256, words: "text", seeds: ({ strings }) => strings },
  lines: { length: 2048, words: "json", seeds: ({ lines }) => lines.map(chosen) },
  linkedin: { length: 320, words: "text", seeds: ({ strings }) => strings },
  openapi: { length: 8192, words: "json", seeds: ({ documents }) => documents },
  output: { length: 1024, words: "json", seeds: ({ texts }) => texts.map(chosen) },
  pattern: { length: 96, words: "pattern", seeds: ({ patterns }) => patterns },
  schema: { length: 4096, words: "json", seeds: ({ schemas }) => schemas },
  shape: { length: 1024, words: "json", seeds: ({ texts }) => texts.map(chosen) },
};

const USAGE = `usage: npm run fuzz -- [TARGET…] [--seconds N] [--seed N] [--jobs N] [--fresh]

  TARGET      one of ${Object.keys(TARGETS).join(", ")}; all of them if none is given
  --seconds   how long each runs; 60 if not given
  --seed      what libFuzzer's choices come from; 1 if not given
  --jobs      how many run at once; 2 if not given
  --fresh     begins with the seeds alone, not with what earlier runs found

Everything is in target/fuzz. A finding is the input that made it, in target/fuzz/findings.`;

await main(import.meta.url, async () => {
  const { rows, findings } = await fuzz(read(process.argv.slice(2)));
  console.log(`\n${table(rows)}`);
  if (findings.length > 0) {
    const told = findings.map(({ target, why, command, log }) => `${target}: ${why}\n  ${command ?? "no input was kept"}\n  its log: ${log}`);
    throw new Refusal(`${findings.length} found\n\n${told.join("\n\n")}`);
  }
  const executions = rows.reduce((sum, row) => sum + row.executions, 0);
  console.log(`\n${executions} executions in ${rows.length} targets, nothing found`);
});

function read(given) {
  const options = Object.fromEntries(["seconds", "seed", "jobs"].map((name) => [name, { type: "string" }]));
  let parsed;
  try {
    parsed = parseArgs({
      args: given,
      allowPositionals: true,
      options: { ...options, fresh: { type: "boolean" }, help: { type: "boolean", short: "h" } },
    });
  } catch (error) {
    throw new Refusal(`${error.message}\n\n${USAGE}`);
  }
  const { values, positionals } = parsed;
  if (values.help) {
    console.log(USAGE);
    process.exit();
  }
  const unknown = positionals.find((name) => !Object.hasOwn(TARGETS, name));
  if (unknown !== undefined) throw new Refusal(`there is no target \`${unknown}\`\n\n${USAGE}`);
  const numbers = Object.keys(options).filter((name) => values[name] !== undefined).map((name) => {
    const value = Number(values[name]);
    if (!Number.isSafeInteger(value) || value < 1) throw new Refusal(`--${name} takes a whole number above 0`);
    return [name, value];
  });
  return { targets: positionals, fresh: values.fresh, ...Object.fromEntries(numbers) };
}

/**
 * Builds the targets and runs each for a time.
 *
 * @returns what each did, `{ target, seconds, executions, found }`, `found` being new inputs that reach new
 *   code; and the findings, `{ target, why, input, command, log }`, paths from the project's folder
 */
export async function fuzz({ targets = [], seconds = 60, seed = 1, jobs = 2, fresh = false } = {}) {
  const names = targets.length > 0 ? targets : Object.keys(TARGETS);
  const binaries = await build();
  const folder = join(root, "target/fuzz");
  if (fresh) rmSync(join(folder, "found"), { recursive: true, force: true });
  const material = gather();
  for (const name of names) {
    write(join(folder, "corpus", name), TARGETS[name], material);
    for (const made of ["found", "findings", "logs"]) mkdirSync(join(folder, made, name), { recursive: true });
  }
  const rows = [];
  const findings = [];
  const left = [...names];
  const work = async () => {
    for (let name = left.shift(); name !== undefined; name = left.shift()) {
      const { row, finding } = await session(name, { binary: join(binaries, name), folder, seconds, seed });
      rows.push(row);
      if (finding) findings.push(finding);
      console.log(`${name}: ${row.executions} executions, ${finding ? finding.why : "nothing found"}`);
    }
  };
  await Promise.all(Array.from({ length: Math.min(jobs, names.length) }, work));
  rows.sort((one, other) => (one.target < other.target ? -1 : 1));
  return { rows, findings };
}

/** Builds all targets; gives the folder they are in. */
async function build() {
  await setup.rust();
  const program = await setup.tool("cargo-fuzz", CARGO_FUZZ);
  // A lock file that lags behind its Cargo.toml would be mended silently by the build.
  await run("cargo", "fetch", "--locked", "--manifest-path=fuzz/Cargo.toml");
  // The sanitizer and the coverage are unstable flags of the compiler, which the pinned one has as well.
  process.env.RUSTC_BOOTSTRAP = "1";
  try {
    await run(program, "fuzz", "build", "--target-dir=target/fuzz");
  } finally {
    delete process.env.RUSTC_BOOTSTRAP;
  }
  const host = /^host: (.*)$/m.exec(ask("rustc", "-vV") ?? "")?.[1];
  return join(root, "target/fuzz", host, "release");
}

/** One target for its time. */
async function session(target, { binary, folder, seconds, seed }) {
  const { length, words } = TARGETS[target];
  const findings = join(folder, "findings", target);
  const before = new Set(readdirSync(findings));
  const { status, output } = await start(binary, [
    `-max_total_time=${seconds}`,
    `-seed=${seed}`,
    `-max_len=${length}`,
    `-timeout=${LIMITS.timeout}`,
    `-rss_limit_mb=${LIMITS.memory}`,
    `-dict=${join(root, `fuzz/dictionaries/${words}.dict`)}`,
    `-artifact_prefix=${findings}/`,
    "-print_final_stats=1",
    join(folder, "found", target),
    join(folder, "corpus", target),
  ]);
  const log = join(folder, "logs", target, "last.log");
  writeFileSync(log, output);
  const stat = (name) => Number(new RegExp(`^stat::${name}:\\s*(\\d+)`, "m").exec(output)?.[1] ?? 0);
  const elapsed = Number(/^Done \d+ runs in (\d+) second/m.exec(output)?.[1] ?? 0);
  const row = { target, seconds: elapsed, executions: stat("number_of_executed_units"), found: stat("new_units_added") };
  const input = readdirSync(findings).find((name) => !before.has(name));
  // Without an execution nothing was tried, whatever the status.
  if (status === 0 && input === undefined && row.executions > 0) return { row };
  const panic = /panicked at .*\n(?:.*\n)?/.exec(output)?.[0].replaceAll("\n", " ").trim();
  const why = panic ?? /^(?:==\d+==\s*)?ERROR: (.*)$/m.exec(output)?.[1] ?? `exit status ${status}`;
  const path = input === undefined ? undefined : relative(root, join(findings, input));
  const command = path && `${relative(root, binary)} ${path}`;
  return { row, finding: { target, why: why.slice(0, 600), input: path, command, log: relative(root, log) } };
}

/** Runs a program to its end, and keeps the end of what it says. */
function start(program, given) {
  const KEPT = 1 << 20;
  return new Promise((resolve, reject) => {
    // Leaks are none of what is looked for, and cannot be where processes may not be traced.
    const env = { ...process.env, ASAN_OPTIONS: "detect_leaks=0:detect_odr_violation=0" };
    const child = spawn(program, given, { cwd: root, env, stdio: ["ignore", "ignore", "pipe"] });
    let output = "";
    child.stderr.setEncoding("utf8").on("data", (text) => {
      output = (output + text).slice(-KEPT);
    });
    child.on("error", (error) => reject(new Refusal(`\`${program}\` could not be started: ${error.message}`)));
    child.on("close", (code, signal) => resolve({ status: code ?? signal, output }));
  });
}

/** Writes the inputs that a target begins from, each named for what it holds. */
function write(folder, { length, seeds }, material) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const seed of seeds(material)) {
    const bytes = Buffer.from(seed);
    if (bytes.length > length) continue;
    writeFileSync(join(folder, createHash("sha1").update(bytes).digest("hex")), bytes);
  }
}

/** A text, and bytes that choices are made by. */
function chosen(text, index) {
  const next = random(index);
  return joined([text, Array.from({ length: 64 }, () => next(256))]);
}

/** The two parts of an input, and the byte between them: in UTF-8 there is none such. */
function joined([one, other]) {
  return Buffer.concat([Buffer.from(one), Buffer.from([0xff]), Buffer.from(other)]);
}

/** What seeds are made of: the project's own cases, and the published ones where they are there. */
function gather() {
  const corpus = JSON.parse(readFileSync(join(root, "tests/golden/corpus.json"), "utf8"));
  const shared = process.env.PREWASH_SHARED ?? join(root, "../shared");
  const conformance = process.env.PREWASH_CONFORMANCE ?? join(shared, "conformance");
  const strings = new Set(stringsOf(corpus));
  for (const name of ["domain", "linkedin"]) {
    for (const row of text(join(shared, `cases/${name}.tsv`), "the acceptance cases").split("\n").slice(1)) {
      if (row !== "") strings.add(JSON.parse(row.split("\t", 1)[0]));
    }
  }
  const texts = new Set(corpus.map(({ text, value }) => text ?? (value && JSON.stringify(value))).filter((text) => text));
  for (const { content } of files(join(conformance, "json-parsing/test_parsing"), "the JSON parsing tests")) texts.add(content);
  for (const name of readdirSync(join(root, "examples")).filter((name) => name.endsWith(".json"))) {
    texts.add(readFileSync(join(root, "examples", name)));
  }

  const schemas = corpus.filter(({ about }) => about === "schemas" || about === "texts").flatMap(({ schema, text, value }) => {
    try {
      return [{ schema, documents: [text === undefined ? value : JSON.parse(text)] }];
    } catch {
      return [];
    }
  });
  const suite = files(join(conformance, "json-schema-2020-12/tests"), "the JSON Schema Test Suite");
  const patterns = [["^a+$", "aa"], ["a|bc?", "abc"], ["[a-z0-9]{2,4}", "x1"], ["(?:ab)*$", "ababa"], ["^\\d\\.\\w\\s$", "1.a "]];
  for (const { content } of suite) {
    for (const { schema, tests } of JSON.parse(content)) {
      const documents = tests.map(({ data }) => data);
      schemas.push({ schema, documents });
      if (typeof schema.pattern !== "string") continue;
      for (const data of documents.filter((data) => typeof data === "string")) patterns.push([schema.pattern, data]);
    }
  }

  const batches = corpus.filter(({ about }) => about === "batches").flatMap(({ text, value, known, options }) => {
    try {
      const body = text === undefined ? value : JSON.parse(text);
      const results = [{ rtp_aid: "1", domain: "acme.com", status: "created" }];
      return [{ body, known: known ?? {}, options: options ?? {}, response: { results } }];
    } catch {
      return [];
    }
  });
  const fields = corpus.filter(({ about }) => about === "fields").map(({ field, value }) => {
    const path = (Array.isArray(field) ? field : [field]).map((step) => (typeof step === "number" ? `#${step}` : step)).join("/");
    return joined([path, value === undefined ? "" : JSON.stringify(value)]);
  });
  const json = (list) => list.map((value) => JSON.stringify(value));
  return {
    strings: [...strings].map((string) => string.toWellFormed?.() ?? string),
    texts: [...texts],
    schemas: json(schemas),
    fields,
    patterns: patterns.map(joined),
    batches: json(batches),
    lines: [
      readFileSync(join(root, "examples/contacts.ndjson"), "utf8"),
      ...batches.map(({ body }) => (Array.isArray(body?.accounts) ? json(body.accounts).join("\n") : "{}")),
    ],
    documents: json(operations()),
  };
}

/** Each operation of the built-in APIs as a document of its own, without what is only read. */
function operations() {
  const READ = new Set(["description", "summary", "title", "examples", "example", "tags", "servers", "security", "info"]);
  const documents = [];
  for (const name of readdirSync(join(root, "apis")).filter((name) => name.endsWith(".json"))) {
    const text = readFileSync(join(root, "apis", name), "utf8");
    const api = JSON.parse(text, (key, value) => (READ.has(key) && typeof value !== "boolean" ? undefined : value));
    for (const [path, item] of Object.entries(api.paths)) {
      documents.push({ openapi: api.openapi, paths: { [path]: item }, components: api.components });
    }
  }
  return documents;
}

/** All strings in a value. */
function stringsOf(value) {
  if (typeof value === "string") return [value];
  return value && typeof value === "object" ? Object.values(value).flatMap(stringsOf) : [];
}

function text(path, title) {
  return existsSync(path) ? readFileSync(path, "utf8") : missing(path, title, "");
}

/** The files in a folder and its folders. */
function files(folder, title) {
  if (!existsSync(folder)) return missing(folder, title, []);
  const names = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".json")).sort();
  return names.map((name) => ({ name, content: readFileSync(join(folder, name)) }));
}

function missing(path, title, none) {
  console.log(`SKIPPED: seeds from ${title}: ${relative(root, path)} is not there; PREWASH_SHARED and PREWASH_CONFORMANCE name other folders`);
  return none;
}

function table(rows) {
  const head = ["target", "executions", "a second", "new inputs", "seconds"];
  const lines = rows.map(({ target, executions, found, seconds }) => [target, executions, seconds ? Math.round(executions / seconds) : "", found, seconds]);
  const widths = head.map((title, at) => Math.max(title.length, ...lines.map((line) => String(line[at]).length)));
  const told = (line) => line.map((cell, at) => (at === 0 ? String(cell).padEnd(widths[at]) : String(cell).padStart(widths[at]))).join("  ");
  return [head, ...lines].map(told).join("\n");
}
