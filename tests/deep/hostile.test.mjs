// Hostile input at full size, through the package: as long as the default limits let pass, and beyond
// them where a limit is raised. Each ends in an issue, within a time and a memory that are told, and time
// grows with the input and not faster.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { describe, test } from "node:test";
import { recotap, schema } from "prewash";
import { root } from "../../scripts/command.mjs";

const MEGABYTE = 1 << 20;
/** How many issues are asked for, less than by default so that the smallest inputs have more. */
const MOST = 10_000;

const times = (count, text) => text.repeat(count);
const list = (count, item) => `[${Array.from({ length: count }, (_, at) => item(at)).join()}]`;
const object = (count, member) => `{${Array.from({ length: count }, (_, at) => member(at)).join()}}`;
const words = Array.from({ length: 300 }, (_, at) => `a word ${at}`);

function codes({ issues }) {
  const counts = {};
  for (const { code } of issues) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

/** What is said of an input, the time it takes in milliseconds, and the memory it leaves at its peak. */
function judged(check, input) {
  const started = performance.now();
  const told = check(input);
  return { told, took: performance.now() - started, megabytes: process.memoryUsage().rss / MEGABYTE };
}

// A name, a schema, a text of about so many bytes, and the codes.
const filled = (bytes, item) => `[${times(Math.floor(bytes / (item.length + 1)) - 1, `${item},`)}${item}]`;
const INPUTS = [
  ["brackets", true, (bytes) => times(bytes, "["), { too_deep: 1 }],
  ["numbers that should be strings", { items: { type: "string" } }, (bytes) => filled(bytes, "1"), { type: MOST, too_many_issues: 1 }],
  ["unknown keys", { properties: Object.fromEntries(words.map((word) => [word, true])) }, (bytes) => object(bytes >> 4, (at) => `"key${String(at).padStart(8, "0")}":1`), { unknown_key: MOST, too_many_issues: 1 }],
  ["duplicate keys", true, (bytes) => `{${times(bytes / 6 - 1, '"a":1,')}"a":1}`, { duplicate_key: MOST, too_many_issues: 1 }],
  ["keys of one hash", true, (bytes) => object(bytes >> 5, (at) => `"aaaaaaaa${String(at >> 1).padStart(8, "0")}bbbbbbbb":1`), { duplicate_key: MOST, too_many_issues: 1 }],
  ["words that are near one of many", { items: { enum: words } }, (bytes) => filled(bytes, '"a ward 1"'), { enum: 3334, too_many_issues: 1 }],
  ["one number in many spellings", { uniqueItems: true }, (bytes) => filled(bytes, "1,1.0,1e0,10e-1"), { unique_items: MOST, too_many_issues: 1 }],
  ["halves of surrogate pairs", true, (bytes) => `"${times(bytes / 6, "\\ud800")}"`, { invalid_unicode: MOST, too_many_issues: 1 }],
  ["a number of many digits", { multipleOf: 0.7, maximum: 1 }, (bytes) => `1${times(bytes - 8, "0")}1`, undefined],
  ["a pattern that backtracks", { pattern: "^(a+)+$" }, (bytes) => `"${times(bytes - 8, "a")}!"`, { pattern: 1 }],
  ["a domain of many labels", { format: "domain" }, (bytes) => `"${times((bytes - 8) / 2, "a.")}com"`, { domain_too_long: 1 }],
  ["wrong values below a long key", { additionalProperties: { items: { type: "string" } } }, (bytes) => `{"${times(bytes / 2, "k")}":${filled(bytes / 4, "1")}}`, { type: undefined, too_many_issues: 1 }],
];

describe("as much as the default limits let pass", () => {
  for (const [name, document, input, expected] of INPUTS) {
    test(name, (context) => {
      const checked = schema(document).with({ maxIssues: MOST, strict: true });
      const sizes = [1, 4, 15].map((megabytes) => {
        const text = input(megabytes * MEGABYTE);
        let best = judged((text) => checked.checkText(text), text);
        if (best.took < 200) best = [0, 1].map(() => judged((text) => checked.checkText(text), text)).concat(best).reduce((one, other) => (one.took < other.took ? one : other));
        assert.equal(best.told.ok, false);
        if (expected !== undefined) assert.deepEqual(Object.keys(codes(best.told)), Object.keys(expected));
        for (const [code, count] of Object.entries(expected ?? {})) if (count !== undefined) assert.equal(codes(best.told)[code], count, code);
        return best;
      });
      context.diagnostic(sizes.map(({ took, megabytes }) => `${took.toFixed(0)} ms, ${megabytes.toFixed(0)} MB`).join("; "));
      for (let at = 1; at < sizes.length; at++) {
        assert.ok(sizes[at].took < Math.max(sizes[at - 1].took, 50) * 16, `${sizes[at - 1].took} ms, then ${sizes[at].took} ms`);
      }
      assert.ok(sizes[2].took < 40_000 && sizes[2].megabytes < 3000, JSON.stringify(sizes.map(({ took, megabytes }) => [took, megabytes])));
    });
  }
});

describe("100 MB, where `maxBytes` is raised", () => {
  const large = schema({ properties: { a: { maxLength: 5 } } }).with({ maxBytes: 1 << 30 });

  test("of one key", () => {
    const text = `{"${times(100 * MEGABYTE, "k")}":1}`;
    const { told, took } = judged((text) => large.checkText(text), text);
    assert.deepEqual([told.ok, codes(told)], [true, { unknown_key: 1 }]);
    assert.ok(told.issues[0].message.length < 200 && took < 5_000, `${took} ms`);
  });

  test("of one string", () => {
    const { told, took } = judged((text) => large.checkText(text), `{"a":"${times(100 * MEGABYTE, "s")}"}`);
    assert.deepEqual([told.ok, codes(told)], [false, { max_length: 1 }]);
    assert.ok(told.issues[0].message.length < 200 && took < 5_000, `${took} ms`);
  });

  test("is refused without being read where it is not", () => {
    for (const [input, most] of [[Buffer.alloc(100 * MEGABYTE, "s"), 500], [`"${times(100 * MEGABYTE, "s")}"`, 2_000], [`"${times(50 * MEGABYTE, "é")}"`, 2_000]]) {
      const { told, took } = judged((input) => schema(true).checkText(input), input);
      assert.deepEqual(codes(told), { too_large: 1 });
      assert.ok(took < most, `${took} ms`);
    }
  });
});

test("what is changed is told, however much it is", () => {
  const count = 500_000;
  const { ok, json, changes } = schema({ items: { type: "string", "x-trim": true } }).checkText(filled(count * 5, '" a"'));
  assert.equal(ok, true);
  assert.equal(changes.length, count - 1 + 1);
  assert.equal(json, filled(count * 4, '"a"'));
});

test("a batch of 300,000 rows of one domain", () => {
  const { batch } = recotap.pushAccounts;
  const accounts = Array.from({ length: 300_000 }, () => ({ domain: "acme.com", name: "Acme" }));
  const { told, took } = judged((accounts) => batch.plan({ accounts }), accounts);
  assert.equal(told.request, undefined);
  assert.deepEqual(codes(told), { max_items: 1 });
  assert.deepEqual(told.items.at(-1).issues.map(({ code }) => code), ["duplicate_in_batch"]);
  assert.ok(took < 15_000, `${took} ms`);
});

test("the crate's own, at full size and in three sizes each", { timeout: 900_000 }, (context) => {
  const { status, stdout, stderr } = spawnSync("cargo", ["test", "--release", "--quiet", "--test", "hostile"], { cwd: root, encoding: "utf8" });
  context.diagnostic(/^test result.*$/m.exec(stdout)?.[0] ?? "no result");
  assert.equal(status, 0, `${stdout}\n${stderr}`);
  assert.match(stdout, /^test result: ok\. [1-9]\d* passed; 0 failed; 0 ignored/m);
});
