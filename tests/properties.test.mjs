// What holds for every input, on inputs made by seeded random numbers; `tests/properties.rs` has the like
// for the crate.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import * as prewash from "prewash";
import { cleanDomain, cleanDomains, mergeCustomFields, splitCustomFields, toProblem } from "prewash";
import { Generator, UNPAIRED } from "./generator.mjs";
import { OPERATIONS, accounts, corpus, documentOf, itemOf, operation, plain, valueFor } from "./golden/random.mjs";
import { prepared, prove } from "./golden/prove.js";
import { answers } from "./native.mjs";

/** How many inputs each property is tried on; `npm run test:deep` tries more. */
const COUNT = Number(process.env.PREWASH_PROPERTIES ?? 1) * 1000;
const SEED = Number(process.env.PREWASH_SEED ?? 1);

/**
 * Runs a property on inputs of its own, and names the input that it does not hold for.
 *
 * @param run gives false for an input that the property says nothing of; it must hold of a quarter
 */
function property(name, run, count = COUNT) {
  test(name, (context) => {
    // So that a property's inputs stay the same when another is added.
    const seed = [...name].reduce((hash, c) => (Math.imul(hash, 31) + c.charCodeAt(0)) | 0, SEED);
    const generator = new Generator(seed);
    let held = 0;
    for (let tried = 0; tried < count; tried++) {
      const told = [];
      try {
        if (run(generator, (input) => (told.push(input), input), tried) !== false) held += 1;
      } catch (error) {
        error.message = `of input ${tried}, ${told.map((input) => JSON.stringify(input)).join(" and ")}:\n${error.message}`;
        throw error;
      }
    }
    context.diagnostic(`${count} inputs, of which it says something of ${held}`);
    assert.ok(held > count / 4, `it says something of ${held} of ${count} inputs only`);
  });
}

/** A value for one of the operations, and a schema to check it by. */
function input(generator, tell, at) {
  const name = OPERATIONS[at % OPERATIONS.length];
  const part = generator.once(5) ? generator.pick(["response", "pathParameters"]) : "body";
  const { maxBytes: _, maxDepth: __, ...options } = generator.options();
  const value = valueFor(generator, name, part);
  tell({ name, part, options, value });
  return { name, part, options, value, schema: operation(name)[part].with(options) };
}

/** The same, with what is wrong taken out of it: most of these pass, and have much to clean. */
function mended(generator, tell, at) {
  const { name, part, options, value, schema } = input(generator, () => {}, at);
  let mended = part === "body" && typeof value === "object" && value !== null && !Array.isArray(value) ? { ...REQUIRED[name](generator), ...value } : value;
  for (let times = 0; times < 3; times++) {
    const errors = schema.check(mended).issues.filter(({ severity }) => severity === "error");
    if (errors.length === 0) break;
    mended = plain(mended);
    for (const { path } of errors) {
      const holder = path.slice(0, -1).reduce((holder, step) => holder?.[step], mended);
      if (holder !== undefined && path.length > 0) delete holder[path.at(-1)];
    }
    if (part === "body") mended = { ...REQUIRED[name](generator), ...mended };
    mended = dense(mended);
  }
  tell({ name, part, options, value: mended });
  return { value: mended, schema };
}

const dense = (value) => {
  if (Array.isArray(value)) return value.filter((_, at) => at in value).map(dense);
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, dense(inner)])) : value;
};

/** What each body must have; what it has already stays. */
const REQUIRED = {
  "monaco.upsertAccount": () => ({ domain: "https://www.Acme.com/x" }),
  "monaco.upsertContact": () => ({ email: "Jane@ACME.com" }),
  "monaco.updateContact": () => ({}),
  "reply.updateContactAccount": () => ({ name: " Acme" }),
  "recotap.pushAccounts": (generator) => ({ accounts: Array.from({ length: 1 + generator.below(3) }, () => ({ domain: generator.pick(["WWW.acme.com", "acme.com/x", "b.de"]), name: "Acme " })) }),
};

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const withoutPositions = (issues) => issues.map(({ position: _, ...issue }) => issue);
/** A verdict as text, so that the order of keys counts and a minus zero does not. */
const told = (result) => JSON.stringify(result);

describe("the ways in", () => {
  property("a value, its text and its bytes get one verdict", (generator, tell, at) => {
    const { schema, value } = input(generator, tell, at);
    const text = JSON.stringify(value);
    const [byValue, byText, byBytes] = [schema.check(value), schema.checkText(text), schema.checkText(encoder.encode(text))];
    const ofText = { ok: byText.ok, ...(byText.ok && { value: JSON.parse(byText.json) }), issues: withoutPositions(byText.issues), changes: byText.changes };
    // A text is read no further than its limit, a value is read around what is too deep.
    if (byText.issues[0]?.code === "too_deep") assert.ok(byValue.issues.some(({ code }) => code === "too_deep"));
    else assert.equal(told(byValue), told(ofText));
    assert.equal(told({ ...byBytes, ...(byBytes.ok && { json: decoder.decode(byBytes.json) }) }), told(byText));
  });

  property("any text and its bytes get one verdict", (generator, tell, at) => {
    const { schema, value } = input(generator, tell, at);
    const text = tell(generator.once(5) ? generator.flawed(generator.text(value)) : generator.text(value));
    const [byText, byBytes] = [schema.checkText(text), schema.checkText(encoder.encode(text))];
    assert.equal(told({ ...byBytes, ...(byBytes.ok && { json: decoder.decode(byBytes.json) }) }), told(byText));
  });

  property("a text is refused as no JSON where JSON.parse refuses it, and else means the same", (generator, tell) => {
    const value = generator.any();
    const text = tell(generator.once(2) ? generator.flawed(generator.text(value)) : generator.text(value));
    let parsed;
    let fails = false;
    try {
      parsed = JSON.parse(text);
    } catch {
      fails = true;
    }
    const { ok, json, issues } = anything.checkText(text);
    const codes = issues.map(({ code }) => code);
    if (fails) assert.ok(!ok && codes.some((code) => code === "invalid_json" || code === "invalid_unicode" || code === "duplicate_key"), told(codes));
    else if (ok) assert.equal(told(JSON.parse(json)), told(parsed));
    else assert.deepEqual(codes.filter((code) => code !== "duplicate_key" && code !== "invalid_unicode"), []);
  });

  property("a value that is plain goes the quick way, and is judged as by the other", (generator, tell, at) => {
    const { schema, value } = input(generator, tell, at);
    // Under a limit this low a value is written as text; what is over it is not what this is about.
    const byText = schema.with({ maxBytes: 65_000 }).check(value);
    if (byText.issues.some(({ code }) => code === "too_large")) return false;
    assert.equal(told(schema.check(value)), told(byText));
  });

  property("a value is judged as what JSON makes of it", (generator, tell, at) => {
    const { schema, value } = input(generator, tell, at);
    const expected = told(schema.check(value));
    assert.equal(told(schema.check({ toJSON: () => value })), expected);
    assert.equal(told(schema.check(plain(value))), expected);
  });

  property("a text over the limit is told to be at one place, in the middle of a character too", (generator, tell) => {
    const text = tell(generator.text(generator.any()));
    const bytes = encoder.encode(text);
    if (bytes.length === 0) return false;
    const schema = anything.with({ maxBytes: generator.below(bytes.length) });
    const [byText, byBytes] = [schema.checkText(text), schema.checkText(bytes)];
    assert.equal(told(byText), told(byBytes));
    const { offset, line, column } = byText.issues[0].position;
    const before = decoder.decode(bytes.subarray(0, offset)).split("\n");
    assert.deepEqual([line, column], [before.length, [...before.at(-1)].length + 1]);
  });

  test("a value shown in a message is shown alike by every way in", () => {
    const schema = prewash.schema({ type: "string" });
    const value = ["\b\t\n\v\f\r\u0000"];
    const found = '["\\b\\t\\n\\u000b\\f\\r\\u0000"]';
    const expected = { code: "type", severity: "error", path: [], pointer: "", message: `\`${found}\` is an array; give a string`, params: { found, expected: ["string"], actual: "array" } };
    for (const { issues } of [schema.check(value), schema.with({ maxBytes: 65_000 }).check(value), schema.checkText(JSON.stringify(value))]) {
      assert.deepEqual(withoutPositions(issues), [expected]);
    }
  });

  test("a text that is over the limit by half a character is told where that begins", () => {
    const schema = anything.with({ maxBytes: 4 });
    for (const text of ['"aéé"', encoder.encode('"aéé"')]) {
      assert.deepEqual(schema.checkText(text).issues[0].position, { line: 1, column: 4, offset: 4 });
      assert.deepEqual(schema.with({ maxBytes: 3 }).checkText(text).issues[0].position, { line: 1, column: 3, offset: 2 });
    }
  });

  test("half a surrogate pair is refused by every way in, at one place", () => {
    for (const half of UNPAIRED) {
      for (const value of [half, [half], { a: half }, { [half]: 1 }, { a: { b: [`x${half}`] } }]) {
        const verdicts = [anything.check(value), anything.with({ maxBytes: 65_000 }).check(value), anything.checkText(JSON.stringify(value))];
        const codes = verdicts.map(({ ok, issues }) => ({ ok, issues: issues.map(({ code, pointer }) => [code, pointer]) }));
        assert.deepEqual(codes[1], codes[0], JSON.stringify(value));
        assert.equal(codes[2].issues[0][0], "invalid_unicode");
        assert.ok(codes.every(({ ok }) => !ok));
      }
    }
  });
});

const anything = prewash.schema(true);

describe("a verdict", () => {
  property("is the same each time, and leaves the input as it was", (generator, tell, at) => {
    const { schema, value } = input(generator, tell, at);
    const before = JSON.stringify(value);
    const first = told(schema.check(value));
    assert.equal(told(schema.check(value)), first);
    assert.equal(told(schema.with({}).check(value)), first);
    assert.equal(JSON.stringify(value), before);
  });

  test("does not hang on what was asked before", () => {
    const cases = corpus(SEED + 2, COUNT);
    const calls = cases.map((one) => prepared(prewash, one));
    const forwards = calls.map((call) => told(call()));
    const backwards = calls.toReversed().map((call) => told(call())).reverse();
    assert.deepEqual(backwards, forwards);
  });

  property("is `ok` if there is no error, and only then has a value", (generator, tell, at) => {
    const { schema, value } = input(generator, tell, at);
    const { ok, issues, ...rest } = schema.check(value);
    assert.equal(ok, issues.every(({ severity }) => severity === "warning"));
    assert.equal(rest.value !== undefined, ok);
    const standard = schema["~standard"].validate(value);
    const errors = issues.filter(({ severity }) => severity === "error");
    assert.equal(told(standard), told(ok ? { value: rest.value } : { issues: errors.map(({ message, path }) => ({ message, path })) }));
  });

  property("is clean: what came out goes in again without an error or a change", (generator, tell, at) => {
    const { schema, value } = mended(generator, tell, at);
    const first = schema.check(value);
    if (!first.ok) return false;
    const second = schema.check(tell(first.value));
    assert.equal(told(second.changes), "[]");
    assert.equal(told({ ok: second.ok, value: second.value }), told({ ok: true, value: first.value }));
    // What it warned of, it warns of again, but for what was cleaned away.
    const remarks = ({ issues }) => issues.map(({ code }) => code);
    for (const code of remarks(second)) assert.ok(remarks(first).includes(code), code);
  }, COUNT * 3);

  property("changes a text in no place but those it tells of", (generator, tell, at) => {
    const { schema, value } = mended(generator, tell, at);
    const text = tell(generator.text(value));
    const { ok, json, changes } = schema.checkText(text);
    if (!ok) return false;
    if (changes.length === 0) assert.equal(json, text);
    assert.equal(told(JSON.parse(json)), told(edited(JSON.parse(text), changes)));
    assert.deepEqual(schema.checkText(json), { ...schema.checkText(json), json, changes: [] });
  }, COUNT * 3);

  property("changes a value in no place but those it tells of", (generator, tell, at) => {
    const { schema, value } = mended(generator, tell, at);
    const { ok, value: clean, changes } = schema.check(value);
    if (!ok) return false;
    assert.equal(told(clean), told(edited(plain(value), changes)));
    for (const { path, from, to, rule } of changes) if (rule !== "custom_field_key") assert.notEqual(told(from), told(to), path.join("."));
  }, COUNT * 3);

  property("has `strict` turn warnings into errors, and nulls that would be dropped, and nothing else", (generator, tell, at) => {
    const { name, part, options, value } = input(generator, tell, at);
    const schema = operation(name)[part].with({ ...options, strict: false });
    const [lax, strict] = [schema.check(value), schema.with({ strict: true }).check(value)];
    const place = ({ code, pointer }) => `${code} ${pointer}`;
    const dropped = new Set(lax.changes.filter(({ rule }) => rule === "drop_null").map(({ pointer }) => pointer));
    const now = new Map(strict.issues.map((issue) => [place(issue), issue]));
    for (const issue of lax.issues) {
      const { severity, ...rest } = now.get(place(issue)) ?? {};
      const { severity: before, ...same } = issue;
      assert.equal(told(rest), told(same));
      assert.ok(before === "warning" || severity === "error", place(issue));
      now.delete(place(issue));
    }
    for (const { severity, pointer } of now.values()) assert.ok(severity === "error" && dropped.has(pointer), pointer);
    assert.equal(told(strict.changes), told(lax.changes.filter(({ rule }) => rule !== "drop_null")));
  });

  property("is told whole as a problem", (generator, tell, at) => {
    const { schema, value } = input(generator, tell, at);
    const result = schema.check(value);
    const errors = result.issues.filter(({ severity }) => severity === "error");
    const problem = toProblem(result);
    assert.deepEqual(problem.errors, errors.map(({ pointer, code, message }) => ({ pointer, code, detail: message })));
    assert.equal(problem.status, 422);
    const recotap = toProblem(result, { shape: "recotap" });
    // Others are shortened and escaped, as tests/log-safety.test.mjs has it.
    if (errors.every(({ pointer }) => /^[ -~]{0,90}$/.test(pointer))) {
      const lines = errors.map(({ pointer, message }) => (pointer === "" ? message : `${pointer}: ${message}`)).join("; ");
      assert.equal(recotap.message, lines);
      assert.equal(toProblem(result, { shape: "monaco" }).error.message, lines);
    }
    const properties = new Set(errors.map(({ path }) => path.join(".")));
    assert.deepEqual(recotap.data.map(({ property }) => property), [...properties]);
  });
});

/** A value with changes made to it, as plainly as it can be said. */
function edited(value, changes) {
  const root = { "": value };
  const at = (path) => path.reduce((holder, step) => Object.getOwnPropertyDescriptor(holder, step).value, root);
  const renamed = [];
  const shrunk = new Set();
  for (const { path, to, rule } of changes) {
    const whole = ["", ...path];
    const [holder, key] = [at(whole.slice(0, -1)), whole.at(-1)];
    if (rule === "custom_field_key") renamed.push([holder, key, to]);
    else if (to !== undefined) Object.defineProperty(holder, key, { value: plain(to), enumerable: true, writable: true, configurable: true });
    else if (!Array.isArray(holder)) delete holder[key];
    else shrunk.add(holder) && delete holder[key];
  }
  for (const [holder, from, to] of renamed) {
    const members = Object.entries(holder);
    for (const [key] of members) delete holder[key];
    for (const [key, inner] of members) Object.defineProperty(holder, key === from ? to : key, { value: inner, enumerable: true, writable: true, configurable: true });
  }
  for (const list of shrunk) list.splice(0, list.length, ...list.filter((_, at) => at in list));
  return root[""];
}

describe("a field", () => {
  // What is asked of fields together is not asked of one alone.
  const TOGETHER = ["required", "missing_identifier", "no_account", "no_identifier", "clears_tags"];

  property("alone is judged as in a body", (generator, tell, at) => {
    const name = OPERATIONS[at % OPERATIONS.length];
    const { maxBytes: _, maxDepth: __, ...options } = generator.options();
    const schema = operation(name).body.with(options);
    const document = documentOf(name);
    const inAccount = name === "recotap.pushAccounts" && generator.once(2);
    const { properties } = inAccount ? itemOf(document) : document;
    const key = generator.once(5) ? generator.key() : generator.pick(Object.keys(properties));
    const value = key === "accounts" ? accounts(generator, 4) : generator.fitting(properties[key] ?? true, 6, document);
    tell({ name, options, key, value });
    if (key === "__proto__") return false;
    const path = inAccount ? ["accounts", 0, key] : [key];
    const body = inAccount ? { accounts: [{ [key]: value }] } : { [key]: value };
    const [field, whole] = [schema.checkField(path, value), schema.check(body)];
    const within = (one) => path.every((step, at) => one.path[at] === step);
    const own = (issue) => within(issue) && (issue.path.length > path.length || !TOGETHER.includes(issue.code));
    assert.equal(told(field.issues.filter(own)), told(whole.issues.filter(own)));
    assert.equal(told(field.issues.filter((issue) => !within(issue))), "[]");
    assert.equal(told(field.changes), told(whole.changes.filter(within)));
    const moved = field.changes.some((change) => change.path.length === path.length && (change.rule === "custom_field_key" || change.rule === "drop_null"));
    if (whole.ok && !moved) assert.equal(told(field.value), told(path.reduce((holder, step) => holder[step], whole.value)));
  }, COUNT * 2);
});

describe("domains", () => {
  property("once clean stay as they are", (generator, tell) => {
    const first = cleanDomain(tell(generator.domain()));
    if (!first.ok) return false;
    const { ok, value, changes } = cleanDomain(first.value);
    assert.deepEqual({ ok, value, changes }, { ok: true, value: first.value, changes: [] });
    assert.match(first.value, /^(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);
  }, COUNT * 5);

  test("in a list are cleaned as alone", () => {
    const generator = new Generator(SEED);
    const domains = Array.from({ length: COUNT * 3 }, () => (generator.once(9) ? generator.string() : generator.domain()));
    assert.equal(told([...cleanDomains(domains)]), told(domains.map((domain) => cleanDomain(domain))));
  });
});

describe("custom fields", () => {
  property("taken apart and put together are what they were", (generator, tell) => {
    const members = generator.some(6, () => [generator.once(2) ? generator.customKey() : generator.key(), generator.any(2)]);
    const body = tell(Object.fromEntries([...members, ...(generator.once(4) ? [["__proto__", 1], ["custom_field_", 2], ["custom_field___proto__", { a: 3 }]] : [])]));
    const before = JSON.stringify(body);
    const { fields, custom } = splitCustomFields(body);
    assert.ok(Object.keys(fields).every((key) => !key.startsWith("custom_field_")));
    const whole = mergeCustomFields(fields, custom);
    assert.equal(Object.getPrototypeOf(whole), Object.prototype);
    const sorted = (value) => Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    assert.deepEqual(sorted(whole), sorted(body));
    assert.equal(JSON.stringify(body), before);
  });
});

const { batch } = prewash.recotap.pushAccounts;

/** What a server that knows no more than the plan would do. */
const outcomes = (plan) => plan.items.filter(({ status }) => status !== "invalid").map(({ domain, status, index }) => ({ domain, status, id: status === "failed" ? null : `id-${index}`, ...(status === "failed" && { error: "busy" }) }));

function planned(plan, count, first = 0) {
  assert.deepEqual(plan.items.map(({ index }) => index), Array.from({ length: count }, (_, at) => first + at));
  const { total, created, updated, failed } = plan.summary;
  assert.equal(total, created + updated + failed);
  const refused = plan.issues.some(({ severity }) => severity === "error");
  const sent = plan.items.filter(({ status }) => status !== "invalid");
  assert.equal(plan.ok, !refused && sent.length > 0);
// What the vendor would refuse is sent, and told; what else is wrong is not sent.
  const own = ({ severity, code }) => severity === "error" && !["already_exists", "unknown_custom_field"].includes(code);
  if (!refused) for (const { status, issues } of plan.items) assert.equal(status === "invalid", issues.some(own));
  if (refused) return assert.deepEqual({ ...plan.summary, results: plan.results }, { total: 0, created: 0, updated: 0, failed: 0, results: [] });
  assert.equal(total, sent.length);
  assert.deepEqual(plan.results.map(({ domain, status }) => ({ domain, status })), sent.map(({ domain, status }) => ({ domain, status })));
  for (const status of ["created", "updated", "failed"]) assert.equal(plan.summary[status], sent.filter((item) => item.status === status).length);
}

const known = (generator) => {
  const { segment: _, ...rest } = generator.known() ?? {};
  return rest;
};

describe("a batch", () => {
  property("has each row once, in order, and counts what it says", (generator, tell) => {
    const rows = accounts(generator, 12);
    const body = { accounts: rows, ...(generator.once(2) && { upsert: generator.once(2) }) };
    const given = tell(known(generator));
    const plan = batch.plan(tell(body), given);
    planned(plan, rows.length);
    if (!plan.ok) return false;
    const sent = plan.items.filter(({ status }) => status !== "invalid");
    assert.deepEqual(plan.request.accounts.map(({ domain }) => domain), sent.map(({ domain }) => domain));
    // What is sent is clean.
    const again = batch.plan(plan.request, given);
    assert.equal(told(again.request), told(plan.request));
    assert.equal(told(again.results), told(plan.results));
    assert.ok(again.items.every(({ changes }) => changes.length === 0));
    const text = batch.plan(JSON.stringify(body), given);
    assert.equal(told(JSON.parse(text.request)), told(plan.request));
    assert.equal(told(text.items.map((item) => ({ ...item, issues: withoutPositions(item.issues) }))), told(plan.items));
  });

  property("in pieces is the whole: indexes go on, and domains are remembered", (generator, tell) => {
    const rows = tell(Array.from({ length: 90 + generator.below(150) }, (_, at) => (generator.once(3) ? { domain: `acme-${generator.below(at + 1)}.com`, name: "Acme" } : accounts(generator, 1)[0] ?? { domain: `x${at}.de`, name: "X" })));
    const given = known(generator);
    const options = { ...given, ...(generator.once(2) && { upsert: generator.once(2) }) };
    const plans = [...batch.plans(rows, options)];
    assert.equal(plans.length, Math.ceil(rows.length / 100));
    plans.forEach((plan, at) => planned(plan, Math.min(100, rows.length - at * 100), at * 100));
    // As bytes, row by row.
    const texts = [...batch.plans(rows.map((row) => encoder.encode(JSON.stringify(row))), options)];
    const plainly = ({ items, ...plan }) => ({ ok: plan.ok, results: plan.results, summary: plan.summary, items: items.map((item) => ({ ...item, issues: withoutPositions(item.issues) })) });
    assert.equal(told(texts.map(plainly)), told(plans.map(plainly)));
    texts.forEach(({ request }, at) => assert.equal(told(request && JSON.parse(decoder.decode(request))), told(plans[at].request)));
    // What of one row is said does not hang on the piece that it is in, but for what came before it.
    const alone = batch.plan({ accounts: rows.slice(0, 100), ...("upsert" in options && { upsert: options.upsert }) }, given);
    assert.equal(told(alone), told(plans[0]));
    const domains = plans.flatMap(({ items }) => items).filter(({ status }) => status === "created").map(({ domain }) => domain);
    assert.equal(new Set(domains).size, domains.length, "each domain is created once");
  }, COUNT / 20);

  property("and the answer to it are joined to the rows", (generator, tell) => {
    const rows = accounts(generator, 10);
    const plan = batch.plan(tell({ accounts: rows, upsert: generator.once(2) }), tell(known(generator)));
    const answer = batch.respond(outcomes(plan));
    if (!plan.ok) return false;
    assert.equal(told(answer.summary), told(plan.summary));
    const { ok, done, retry, fix, issues } = batch.reconcile(plan, generator.once(2) ? answer : JSON.stringify(answer));
    assert.deepEqual({ ok, issues }, { ok: true, issues: [] });
    const rowsOf = (statuses) => plan.items.filter(({ status }) => statuses.includes(status)).map(({ index, domain, status }) => ({ index, domain, status, id: ["created", "updated"].includes(status) ? `id-${index}` : null, error: status === "failed" ? "busy" : null }));
    assert.deepEqual(done, rowsOf(["created", "updated"]));
    assert.deepEqual(retry, rowsOf(["failed"]));
    assert.deepEqual(fix, rowsOf(["invalid"]));
  });

  test("of lines comes out the same for any number of workers", (context) => {
    const folder = mkdtempSync(join(tmpdir(), "prewash-properties-"));
    try {
      const generator = new Generator(SEED + 3);
      const rows = Array.from({ length: COUNT * 3 }, () => {
        const [account] = accounts(generator, 1);
        const text = generator.once(2) ? JSON.stringify(account ?? 5) : generator.text(account ?? null);
        return text.replaceAll(/[\r\n]/g, " ");
      });
      const file = join(folder, "rows.ndjson");
      writeFileSync(file, `${rows.join("\n")}\n`);
      const run = (workers) => {
        const [out, report] = ["out", "report"].map((name) => join(folder, `${name}-${workers}.ndjson`));
        const cli = fileURLToPath(new URL("../pkg/dist/cli.js", import.meta.url));
        const { status, stdout, stderr } = spawnSync(process.execPath, [cli, "check", "recotap.pushAccounts", file, "--out", out, "--report", report, "--workers", String(workers)], { encoding: "utf8" });
        return { status, told: stdout.split("\n").filter((line) => !line.includes(folder)).join("\n"), stderr, out: readFileSync(out, "utf8"), report: readFileSync(report, "utf8") };
      };
      const one = run(1);
      assert.equal(one.status, 1, one.stderr);
      for (const workers of [2, 3]) assert.deepEqual(run(workers), one);
      // And as the package has it.
      const requests = [...batch.plans(rows.map((row) => encoder.encode(row)))].filter(({ ok }) => ok);
      const domains = (accounts) => accounts.map(({ domain }) => domain);
      assert.deepEqual(one.out.trim().split("\n").flatMap((line) => domains(JSON.parse(line).accounts)), requests.flatMap(({ request }) => domains(JSON.parse(decoder.decode(request)).accounts)));
      context.diagnostic(`${rows.length} rows`);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

test("the crate and the package give the same answers, line by line", (context) => {
  const cases = corpus(SEED, COUNT * 2);
  const native = answers(cases, `properties-${SEED}`);
  const { lines } = prove(prewash, cases);
  assert.equal(native.length, lines.length);
  const wrong = lines.flatMap((line, at) => (line === native[at] ? [] : [`${JSON.stringify(cases[at])}\n  package ${line}\n  crate   ${native[at]}`]));
  assert.equal(wrong.length, 0, `${wrong.length} differ:\n${wrong.slice(0, 5).join("\n")}`);
  context.diagnostic(`${lines.length} cases`);
});
