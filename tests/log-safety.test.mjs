// What is told may quote what a stranger typed: in issues' messages, in exceptions, on the command line.
// Nothing in it does what a terminal obeys or hides, and none of it is long. The page's part of this is
// tests/page/safety.test.mjs.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { cleanDomain, mergeCustomFields, monaco, openapi, recotap, reply, schema, toProblem } from "prewash";
import { random } from "./random.mjs";

/** What no line may hold: control characters, C1's among them, what is invisible or turns the direction, halves of pairs. */
const HARMFUL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

/** The longest message, in characters: a list of twelve items, each of sixty characters, and words. */
const LONGEST = 900;

/** Text that does something to who shows it. */
const HOSTILE = [
  "\x1b[31mred\x1b[0m", // colours
  "\x1b]0;title\x07", // the title of the window
  "\x1b]8;;https://evil.example\x07link", // a link
  "\x9b2J", // C1's CSI
  "over\rwritten",
  "erase\b\b\b\b\b",
  "line\nprewash: all is fine",
  "\u202eesrever\u202c",
  "\u2066isolate\u2069",
  "\u200e\u200f\u061c",
  "zero\u200b\u200c\u200d\u2060\ufeffwidth",
  "\u2028\u2029\x85",
  "\u{e0041}\u{e0042}", // tags
  "\u{1d173}\u{1bca0}\ufff9",
  "\x00\x7f",
  "<img src=x onerror=alert(1)>",
  "x".repeat(5000),
  "\u202e".repeat(5000),
  "👩‍👩‍👧".repeat(300),
  "{found}`${x}%s%n[optional]",
];

function assertSafe(text, from, longest = LONGEST) {
  assert.doesNotMatch(text, HARMFUL, `${JSON.stringify(text)} from ${from}`);
  assert.ok([...text].length <= longest, `${[...text].length} characters from ${from}`);
}

/** The same in each of its texts and keys, and what is around a text changed to hold some hostile text. */
function* injected(value, hostile) {
  const put = (value, where) => {
    if (typeof value === "string") return where === "after" ? value + hostile : where === "before" ? hostile + value : where === "within" ? value.slice(0, 3) + hostile + value.slice(3) : hostile;
    if (Array.isArray(value)) return value.map((value) => put(value, where));
    if (typeof value !== "object" || value === null) return where === "instead" ? hostile : value;
    return Object.fromEntries(Object.entries(value).map(([key, value]) => [where === "keys" ? key + hostile : key, where === "keys" ? value : put(value, where)]));
  };
  for (const where of ["after", "before", "within", "instead", "keys"]) yield put(value, where);
  if (typeof value === "object" && value !== null) yield Array.isArray(value) ? [...value, hostile, { [hostile]: hostile }] : { ...value, [hostile]: hostile };
  yield { [hostile]: hostile };
  yield [hostile, hostile];
}

/** What a check tells, if its schema compiles; what it says if it does not. */
function told(run, from) {
  let result;
  try {
    result = run();
  } catch (error) {
    assert.ok(error instanceof TypeError, `${error.stack} from ${from}`);
    assertSafe(error.message, from);
    return [];
  }
  const issues = [...(result.issues ?? []), ...(result.items ?? []).flatMap(({ issues }) => issues)];
  for (const { message } of issues) assertSafe(message, from);
  return issues;
}

const operations = { monaco, reply, recotap };
const codes = JSON.parse(readFileSync(new URL("../docs/codes.json", import.meta.url), "utf8"));

describe("the message of an issue", () => {
  test("holds nothing harmful, whichever part of the input that it quotes is hostile", (t) => {
    let [inputs, messages] = [0, 0];
    const seen = new Set();
    const look = (run, from) => {
      inputs += 1;
      for (const { code } of told(run, from)) {
        messages += 1;
        seen.add(code);
      }
    };
    for (const example of codes) {
      const { code, schema: given, operation, call, options = {}, input, text } = example;
      if (given === undefined && operation === undefined) continue;
      for (const hostile of HOSTILE) {
        const from = `${code}, ${JSON.stringify(hostile.slice(0, 20))}`;
        if (operation) {
          const [vendor, name] = operation.split(".");
          const { batch, body } = operations[vendor][name];
          for (const value of injected(input, hostile)) {
            if (call === "reconcile") look(() => batch.reconcile(batch.plan(example.plan), value), from);
            else look(() => batch.plan(value, options), from);
            look(() => body.check(value), from);
          }
          continue;
        }
        const judge = schema(given).with(options);
        look(() => judge.check(input), from);
        if (text !== undefined) {
          for (const at of [0, 1, text.length >> 1, text.length]) look(() => judge.checkText(text.slice(0, at) + hostile + text.slice(at)), from);
        } else {
          for (const value of injected(input, hostile)) {
            look(() => judge.check(value), from);
            look(() => judge.checkText(JSON.stringify(value)), from);
          }
        }
        // Twice the same key, a key of the other direction, and a domain that is too long before it is anything else.
        const key = JSON.stringify(hostile);
        look(() => judge.checkText(`{${key}:1,${key}:2}`), from);
        // Of the author's own texts as well: a schema may come from anywhere.
        for (const other of injected(given, hostile)) look(() => schema(other).check(input), from);
        for (const other of injected(options, hostile)) look(() => schema(given).with(other).check(input), from);
      }
    }
    const both = (flag, hostile) => ({ "application/json": { schema: { properties: { [hostile]: { [flag]: true } } } } });
    for (const hostile of HOSTILE) {
      const { a } = openapi({ openapi: "3.1.0", info: { title: "x", version: "1" }, paths: { "/a": { post: { operationId: "a", requestBody: { content: both("readOnly", hostile) }, responses: { 200: { description: "x", content: both("writeOnly", hostile) } } } } } });
      for (const part of [a.body, a.response]) look(() => part.check({ [hostile]: 1 }), hostile);
      look(() => cleanDomain(`https://${"a.".repeat(150)}com/${hostile}`), hostile);
    }
    t.diagnostic(`${inputs} inputs, ${messages} messages of ${seen.size} codes`);
    // But those of the command and of what traps; what the other files of tests provoke.
    const missing = codes.map(({ code }) => code).filter((code) => !seen.has(code) && !["internal", "column_count", "unsupported_value", "too_complex"].includes(code));
    assert.deepEqual(missing, []);
  });
  test("shortens what it quotes to sixty characters, and writes escapes that can be seen", () => {
    const { issues } = schema({ type: "number" }).check(`\u202e\x1b[31m\u200b\u{e0041}\u2028\x85${"é".repeat(1000)}`);
    assert.equal(issues[0].message, `\`\\u{202e}\\u{1b}[31m\\u{200b}\\u{e0041}\\u{2028}\\u{85}${"é".repeat(60 - 49)}…\` is a string; give a number`);
  });
  test("is all of one domain, address or text that is cleaned", (t) => {
    const below = random(7);
    const alphabet = [..."aA.-_@:/\\ \t%[]()<>\"'`{}é🏔"].concat(HOSTILE.map((text) => text.slice(0, 12)));
    const formats = ["domain", "email", "uuid", "uri", "linkedin", "linkedin-company", "linkedin-person", "phone", "time-zone", "date", "date-time", "duration", "ipv6", "json-pointer", "uri-template", "regex", "idn-email", "idn-hostname", "byte"].map((format) => schema({ format }));
    let inputs = 0;
    for (let count = 0; count < 1500; count++) {
      const text = Array.from({ length: below(12) }, () => alphabet[below(alphabet.length)]).join("") + (below(3) === 0 ? ".com" : "");
      for (const judge of [{ check: cleanDomain }, ...formats]) {
        inputs += 1;
        told(() => judge.check(text), JSON.stringify(text));
      }
    }
    t.diagnostic(`${inputs} inputs`);
  });
});

describe("what carries data, and is not made for a log", () => {
  const hostile = "\u202e\x1b[31m";
  const account = monaco.upsertAccount.body;
  test("paths, pointers, changes and suggestions have it as it was given", () => {
    const { issues, changes } = account.check({ domain: "www.a.com", [hostile]: 1, name: ` ${hostile}x ` });
    assert.deepEqual(issues.map(({ path, pointer }) => [path, pointer]), [[[hostile], `/${hostile}`]]);
    assert.equal(changes.find(({ path }) => path[0] === "name").from, ` ${hostile}x `);
  });
  test("params have no more of a text than messages quote", () => {
    const { params } = schema({ type: "number" }).check("x".repeat(1e6)).issues[0];
    assert.deepEqual(params, { found: `${"x".repeat(60)}…`, expected: ["number"], actual: "string" });
  });
  test("a problem's details are messages; its pointers are data, which JSON escapes in part", () => {
    const problem = toProblem(schema({ additionalProperties: { type: "number" } }).check({ [hostile]: hostile }));
    assertSafe(problem.errors[0].detail, "a problem");
    assert.equal(problem.errors[0].pointer, `/${hostile}`);
    assertSafe(problem.detail, "a problem of one error");
    for (const shape of ["monaco", "recotap"]) {
      const body = toProblem(schema({ additionalProperties: { type: "number" } }).check({ [hostile]: hostile, b: "x" }), { shape });
      assertSafe(body.message ?? body.error.message, shape);
    }
  });
});

describe("an exception", () => {
  const at = (path, value) => path.reduceRight((inner, key) => ({ [key]: inner }), value);
  for (const [index, hostile] of HOSTILE.entries()) {
    test(`that quotes a document, an option or a name holds nothing harmful: ${JSON.stringify(hostile.slice(0, 24))} (${index})`, () => {
      const thrown = [
        () => schema(at(["properties", hostile], { type: 5 })),
        () => schema(at(["properties", hostile, "$defs", hostile, "items"], 5)),
        () => schema({ $ref: hostile }),
        () => schema({ $ref: `#/${hostile}` }),
        () => schema({ $ref: "a", $id: hostile }),
        () => schema({ pattern: `(${hostile}` }),
        () => schema({ patternProperties: { [`(${hostile}`]: true } }),
        () => schema({ type: hostile }),
        () => schema({ required: [hostile, 5] }),
        () => schema(`{"a":${hostile}`),
        () => schema({ a: [hostile], $anchor: 5 }),
        () => schema(true, { documents: { [hostile]: undefined } }),
        () => schema({ $ref: "https://a.b/c" }, { documents: { [hostile]: { type: 5 } } }),
        () => schema(Object.assign(Object.create({ toJSON: () => { const own = {}; return (own[hostile] = own); } }), {})),
        () => openapi({ openapi: hostile }),
        () => openapi({ openapi: "3.1.0", paths: { [`/${hostile}`]: { get: { operationId: hostile, "x-batch": hostile } } } }),
        () => openapi({ openapi: "3.1.0", info: {}, paths: { [`/${hostile}`]: { get: { operationId: "a", responses: {} } } } }).a.body.check(1),
        () => openapi({ openapi: "3.1.0", info: {}, paths: { "/a": { get: { operationId: hostile, requestBody: { $ref: hostile } } } } })[hostile].body.check(1),
        () => monaco.upsertAccount.body.with({ linkedinHost: hostile }).check({}),
        () => monaco.upsertAccount.body.with({ customFields: [{ key: "a", type: hostile }] }).check({}),
        () => monaco.upsertAccount.body.with({ customFields: [{ key: "a", [hostile]: 1 }] }).check({}),
        () => mergeCustomFields({ [`custom_field_${hostile}`]: 1 }, { [hostile]: 2 }),
        () => recotap.pushAccounts.batch.respond([{ status: hostile }]),
        () => recotap.pushAccounts.batch.plan({}, { existing: [[hostile, { a: 1n }]] }),
        () => recotap.pushAccounts.batch.plan({}, { customFields: [{ key: 1, [hostile]: 1 }] }),
      ];
      let count = 0;
      for (const call of thrown) {
        try {
          call();
        } catch (error) {
          assert.ok(error instanceof TypeError, error.stack);
          assertSafe(error.message, call);
          count += 1;
        }
      }
      assert.ok(count >= 18, `${count} of ${thrown.length} were thrown`);
    });
  }
});

describe("the command line", () => {
  const CLI = fileURLToPath(new URL("../pkg/dist/cli.js", import.meta.url));
  const folder = mkdtempSync(join(tmpdir(), "prewash-safe-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  let count = 0;
  const file = (name, content) => {
    const path = join(folder, `${++count}${name}`);
    writeFileSync(path, content);
    return path;
  };
  // What a terminal obeys in one line; and of what a name of a file can hold.
  const hostile = `\x1b[31m\x1b]0;x\x07\x9b2J\b\r\u202e\u2066\u200b\u2028\x85\u{e0041}\x7f${"é".repeat(40)}`;
  const run = (...args) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], { encoding: "utf8" });
    for (const [name, text] of Object.entries({ stdout, stderr })) {
      // A line's length is what it is made of: names of files are the caller's own.
      for (const line of text.split("\n")) assertSafe(line, `${name} of ${JSON.stringify(args.map((arg) => arg.slice(-60)))}`, 3000);
    }
    return { status, stdout, stderr };
  };
  const json = JSON.stringify;
  const rows = [{ [hostile]: 1, domain: hostile, name: "A" }, { domain: "a.com", name: { [hostile]: [hostile] } }, { domain: "a.com", name: "x".repeat(50_000) }];

  test("escapes what rows, headers and values have, in its table and its complaints", () => {
    const inputs = [
      file(".ndjson", `${rows.map((row) => json(row)).join("\n")}\n{"a":${hostile.replace(/[\r\n]/g, "")}\n`),
      file(".json", json(rows)),
      file(".json", `[{"a":${hostile}}]`),
      file(".json", json({ accounts: rows, [hostile]: hostile })),
      file(".csv", `domain,name,"${hostile}"\n"${hostile}",A,x\nb.com,"${hostile}",y,"${hostile}"\n`),
      file(".tsv", `domain\t${hostile.replace(/[\r]/g, "")}\na.com\tx\n`),
      file(".csv", `"${hostile}"\n"${hostile}"\n`),
      file(".csv", `domain,name\na.com,"${hostile}"x"\n`),
      file(`${hostile}.ndjson`, `${json(rows[0])}\n`),
    ];
    for (const input of inputs) {
      for (const operation of ["recotap.pushAccounts", "monaco.upsertAccount"]) {
        for (const more of [input.endsWith("sv") ? ["--strict"] : [], ["--report", `${input}.report`, "--out", `${input}.out`]]) assert.ok([0, 1, 2].includes(run("check", operation, input, ...more).status));
      }
      run("domains", input, "--out", `${input}.domains`);
    }
    // The report is NDJSON, which is data: JSON.stringify escapes what is control alone. Each line can be read again.
    const report = inputs.map((input) => `${input}.report`).filter(existsSync).flatMap((path) => readFileSync(path, "utf8").split("\n").filter(Boolean));
    for (const line of report) {
      assert.doesNotMatch(line, /[\x00-\x1f]/, "no escape sequence begins in it");
      const { message } = JSON.parse(line);
      if (message !== undefined) assertSafe(message, "the report");
    }
    assert.ok(report.length > 10);
  });
  test("and what its arguments say", () => {
    const csv = file(".csv", "domain,name\na.com,A\n");
    const api = file(".json", json({ openapi: "3.1.0", info: { title: hostile, version: "1" }, paths: { [`/${hostile}`]: { get: { operationId: hostile, summary: hostile, requestBody: { content: { "application/json": { schema: { properties: { [hostile]: { description: hostile, type: "string", enum: [hostile] } }, required: [hostile] } } } } } } } }));
    const broken = file(".json", `{"openapi":"${hostile}`);
    const calls = [
      [hostile], [`--${hostile}`], ["check"], ["check", hostile, csv], ["check", "recotap.pushAccounts", hostile], ["check", "recotap.pushAccounts", csv, `--${hostile}=1`],
      ["check", "recotap.pushAccounts", csv, "--map", hostile], ["check", "recotap.pushAccounts", csv, "--map", `${hostile}=${hostile}`], ["check", "recotap.pushAccounts", csv, "--map", `name=${hostile}`],
      ["check", "recotap.pushAccounts", csv, "--set", hostile], ["check", "recotap.pushAccounts", csv, "--set", `${hostile}=1`], ["check", "recotap.pushAccounts", csv, "--segment", hostile],
      ["check", "recotap.pushAccounts", csv, "--workers", hostile], ["check", "recotap.pushAccounts", csv, "--format", hostile], ["check", "recotap.pushAccounts", csv, "--existing", hostile],
      ["check", "recotap.pushAccounts", csv, "--custom-fields", hostile], ["check", "recotap.pushAccounts", csv, "--custom-fields", file(".json", json([{ key: hostile, type: hostile }]))], ["check", "recotap.pushAccounts", csv, "--existing", file(".json", `["${hostile}`)],
      ["check", "recotap.pushAccounts", csv, "--out", join(folder, hostile, "x")], ["check", "recotap.pushAccounts", csv, "--report", folder],
      ["check", hostile, csv, "--api", api], ["check", "none", csv, "--api", api], ["operations", "--api", api], ["operations", hostile], ["operations", hostile, "--api", api], ["operations", "--api", broken], ["operations", "--api", hostile],
      ["domains", csv, "--column", hostile], ["domains", hostile], ["domains", csv, hostile],
    ];
    for (const args of calls) {
      const { status, stderr, stdout } = run(...args.map((arg) => arg.replaceAll("\0", "")));
      assert.ok(status === 2 || stdout !== "", `${json(args)}: ${status}\n${stderr}`);
    }
  });
});
