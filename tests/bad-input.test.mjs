// Whatever arrives, text or value, of any type or size, ends in a result with a code; and input
// objects are never changed. (Issue 2, "Bad input".)

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { cleanDomain, cleanDomains, mergeCustomFields, monaco, recotap, reply, schema, splitCustomFields } from "prewash";
import { any, assertIssues, assertMessage, assertResult, assertTextResult, error, frozen, warning } from "./results.mjs";

const { body } = monaco.upsertAccount;
const { batch } = recotap.pushAccounts;
const KEY = "custom_field_1a2b3c4d-5e6f-4a7b-8c9d-0e1f2a3b4c5d";
const MEGABYTE = 1 << 20;

const everyBody = {
  "monaco.upsertAccount": monaco.upsertAccount.body,
  "monaco.upsertContact": monaco.upsertContact.body,
  "monaco.updateContact": monaco.updateContact.body,
  "reply.updateContactAccount": reply.updateContactAccount.body,
  "recotap.pushAccounts": recotap.pushAccounts.body,
};

/** A new array nested so deep. */
function nested(depth) {
  let value = [];
  for (let level = 1; level < depth; level++) value = [value];
  return value;
}

function cyclic() {
  const value = { a: { b: [] } };
  value.a.b.push(value.a);
  return value;
}

const throwing = () => ({
  get x() {
    throw new Error("no");
  },
});
const trap = () => {
  throw new Error("no");
};
const hostileProxy = () => new Proxy({}, { ownKeys: trap, get: trap, getOwnPropertyDescriptor: trap, getPrototypeOf: trap, has: trap });
const revokedProxy = () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};

// ------------------------------------------------------------------------------------------------
// Values

// What JSON cannot hold: a new value, and the steps to where it is found.
const unsupported = [
  ["NaN", () => NaN],
  ["Infinity", () => -Infinity],
  ["a BigInt", () => 10n],
  ["a function", () => () => 1],
  ["a symbol", () => Symbol("x")],
  ["a lone surrogate", () => "a\ud800b"],
  ["a getter that throws", throwing, "x"],
  ["a toJSON that throws", () => ({ toJSON: trap })],
  ["a proxy that throws", hostileProxy],
  ["a revoked proxy", revokedProxy],
  ["an invalid number in a box", () => Object(NaN)],
  ["a BigInt in a box", () => Object(1n)],
  ["a NaN far inside", () => ({ a: [0, { b: NaN }] }), "a", 1, "b"],
  ["a cycle", cyclic, "a", "b", 0],
];

describe("a value that JSON cannot hold", () => {
  for (const [name, make, ...steps] of unsupported) {
    test(`${name} in a field is an issue with its path`, () =>
      assertResult(body.check({ domain: "acme.com", [KEY]: make() }), { issues: [error("unsupported_value", [KEY, ...steps])] }));
    test(`${name} for a body is an issue with its path`, () => {
      const { ok, issues } = body.check(make());
      assert.equal(ok, false);
      assert.ok(issues.some(({ code, path }) => code === "unsupported_value" && path.join() === steps.join()), JSON.stringify(issues));
    });
    test(`${name} in one field of a form is an issue with its path`, () =>
      assertResult(body.checkField([KEY], make()), { issues: [error("unsupported_value", [KEY, ...steps])] }));
    test(`${name} in an account makes that account invalid`, () => {
      const plan = batch.plan({ accounts: [{ domain: "acme.com", name: "Acme", customFields: { X: make() } }, { domain: "globex.com", name: "Globex" }] });
      assert.equal(plan.ok, true);
      assert.deepEqual(plan.items.map(({ status }) => status), ["invalid", "created"]);
      assertIssues(plan.items[0].issues, [error("unsupported_value", ["accounts", 0, "customFields", "X", ...steps])]);
      assert.deepEqual(plan.request, { accounts: [{ domain: "globex.com", name: "Globex" }] });
    });
  }
  test("no keyword is run on it", () => assertResult(body.check({ domain: NaN, name: 1n }), { issues: [error("unsupported_value", ["domain"]), error("unsupported_value", ["name"])] }));
  test("a lone surrogate in a key is an issue", () => {
    const { ok, issues } = body.check({ domain: "acme.com", "x\udc00": 1 });
    assert.equal(ok, false);
    assert.ok(issues.some(({ code }) => code === "unsupported_value"));
  });
  test("one value in two places is no cycle", () => {
    const shared = { x: [] };
    assertResult(body.check({ domain: "acme.com", [KEY]: [shared, shared] }), { value: { domain: "acme.com", [KEY]: [{ x: [] }, { x: [] }] } });
  });
});

describe("values count as JSON.stringify would see them", () => {
  const seen = (value) => assertResult(body.check({ domain: "acme.com", [KEY]: value }), { value: JSON.parse(JSON.stringify({ domain: "acme.com", [KEY]: value })) });
  test("undefined is absent", () => {
    seen(undefined);
    assertResult(body.check({ domain: undefined }), { issues: [error("required", ["domain"])] });
  });
  test("undefined and holes in an array are null", () => seen([undefined, , 1]));
  test("a date is its text", () => seen(new Date(0)));
  test("boxed values are unwrapped", () => seen([Object("x"), Object(5), Object(true)]));
  test("a Map, a Set, a RegExp and an error are empty objects", () => seen([new Map([[1, 2]]), new Set([1]), /x/, new Error("x")]));
  test("typed arrays have their indexes for keys", () => seen(new Uint8Array([1, 2])));
  test("only own, enumerable text keys count", () => {
    const value = Object.create({ inherited: 1 }, { hidden: { value: 2 }, shown: { value: 3, enumerable: true } });
    value[Symbol("x")] = 4;
    seen(value);
  });
  test("objects without a prototype pass", () => seen(Object.assign(Object.create(null), { x: 1 })));
  test("an instance of a class passes as the body", () => {
    class Account {
      domain = "acme.com";
    }
    assertResult(body.check(new Account()), { value: { domain: "acme.com" } });
  });
  test("-0 is 0", () => assert.deepEqual(JSON.stringify(body.check({ domain: "acme.com", [KEY]: -0 }).value), JSON.stringify({ domain: "acme.com", [KEY]: 0 })));
  test("toJSON is honoured and given the key", () => {
    let given;
    const value = { toJSON: (key) => ((given = key), { x: 1 }) };
    assertResult(body.check({ domain: "acme.com", [KEY]: value }), { value: { domain: "acme.com", [KEY]: { x: 1 } } });
    assert.equal(given, KEY);
  });
});

describe("a value of the wrong kind at the top", () => {
  for (const [name, schema] of Object.entries(everyBody)) {
    test(`${name} refuses it with a code`, () => {
      for (const value of [null, true, 0, "", "x", [], [{}], new Date(0)]) {
        assertResult(schema.check(value), { issues: [error("type", [], { suggestion: any })] });
      }
      assertResult(schema.check(undefined), { issues: [error("required", [])] });
      assertResult(schema.check(), { issues: [error("required", [])] });
    });
  }
  test("an empty body lacks what is required", () => {
    assertResult(everyBody["monaco.upsertAccount"].check({}), { issues: [error("required", ["domain"])] });
    assertResult(everyBody["monaco.upsertContact"].check({}), { issues: [error("missing_identifier", ["email"])] });
    assertResult(everyBody["monaco.updateContact"].check({}), { value: {}, issues: [warning("no_changes", [])] });
    assertResult(everyBody["reply.updateContactAccount"].check({}), { issues: [error("required", ["name"])] });
    assertResult(everyBody["recotap.pushAccounts"].check({}), { issues: [error("required", ["accounts"])] });
  });
  test("a plan refuses it with a code", () => {
    for (const [value, code] of [[undefined, "required"], [null, "type"], [true, "type"], [5, "type"], [[], "type"], ["", "invalid_json"], ["null", "type"], ["{", "invalid_json"], [new Uint8Array(), "invalid_json"]]) {
      const plan = batch.plan(value);
      assert.equal(plan.ok, false);
      assertIssues(plan.issues, [error(code, [], { suggestion: any })], { text: true });
      assert.equal(plan.request, undefined);
    }
  });
  test("plans refuses items with a code, one by one", () => {
    const items = [null, 5, "acme.com", undefined, NaN, cyclic(), { domain: "acme.com", name: "Acme" }];
    const [plan, ...rest] = batch.plans(items);
    assert.deepEqual(rest, []);
    assert.deepEqual(plan.items.map(({ status }) => status), [...Array(6).fill("invalid"), "created"]);
    for (const { status, issues } of plan.items) assert.equal(issues.some(({ severity }) => severity === "error"), status === "invalid");
  });
});

describe("keys that reach for a prototype", () => {
  for (const key of ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf"]) {
    test(`${key} is an ordinary key`, () => {
      const json = `{"domain":"acme.com","${key}":{"polluted":true}}`;
      const input = JSON.parse(json);
      const { ok, value, issues } = body.check(frozen(input));
      assert.equal(ok, true);
      assertIssues(issues, [warning("unknown_key", [key], { suggestion: any })]);
      assert.deepEqual(Object.keys(value), ["domain", key]);
      assert.equal(Object.getPrototypeOf(value), Object.prototype);
      assert.equal(JSON.stringify(value), json);
      assert.equal({}.polluted, undefined);
      assertTextResult(body.checkText(json), { json, issues: [warning("unknown_key", [key], { suggestion: any })] });
      assertResult(body.checkField([key], { polluted: true }), { value: any, issues: [warning("unknown_key", [key], { suggestion: any })] });
    });
    test(`${key} in a custom field, beside a change, stays an own key`, () => {
      const json = `{"domain":"ACME.com","${KEY}":{"${key}":{"polluted":true}}}`;
      const { ok, value } = body.check(frozen(JSON.parse(json)));
      assert.equal(ok, true);
      assert.equal(JSON.stringify(value), json.replace("ACME", "acme"));
      assert.equal({}.polluted, undefined);
    });
    test(`${key} passes through splitCustomFields and mergeCustomFields`, () => {
      const input = JSON.parse(`{"${key}":1,"custom_field_${key}":2}`);
      const { fields, custom } = splitCustomFields(input);
      assert.ok(Object.hasOwn(fields, key) && Object.hasOwn(custom, key));
      assert.equal(JSON.stringify(mergeCustomFields(fields, custom)), JSON.stringify(input));
      assert.equal(Object.getPrototypeOf({}), Object.prototype);
    });
  }
  test("keys that an object inherits are not its own", () => {
    assertResult(body.check(Object.create({ domain: "acme.com" })), { issues: [error("required", ["domain"])] });
    const plan = batch.plan({ accounts: [{ domain: "acme.com", name: "Acme", customFields: { constructor: 1 } }] }, { customFields: ["CONTRACT_VALUE_C"] });
    assert.equal(plan.results[0].error, "Custom field key(s) not found: constructor. Unable to add this account.");
  });
});

// ------------------------------------------------------------------------------------------------
// Size and depth

describe("size and depth", () => {
  test("100,000 levels of a value are too deep", () => {
    for (const value of [nested(100_000), { a: nested(100_000) }]) {
      const { ok, issues } = body.check({ domain: "acme.com", [KEY]: value });
      assert.equal(ok, false);
      assertIssues(issues, [error("too_deep", any)]);
      assert.equal(issues[0].path[0], KEY);
    }
    assert.ok(body.check(nested(100_000)).issues.some(({ code }) => code === "too_deep"));
    assertIssues(body.checkField([KEY], nested(100_000)).issues, [error("too_deep", any)]);
    const plan = batch.plan({ accounts: nested(100_000) });
    assert.equal(plan.ok, false);
    assert.ok([...plan.issues, ...plan.items.flatMap(({ issues }) => issues)].some(({ code }) => code === "too_deep"));
  });
  test("of a field the limit is told that there is, wherever the field lies", () => {
    const { body } = recotap.pushAccounts;
    const path = "/accounts/1/customFields";
    const limited = (body, levels) => body.checkField(path, { a: nested(levels - 1) }).issues.filter(({ code }) => code === "too_deep").map(({ message }) => message);
    assert.deepEqual(limited(body.with({ maxDepth: 1 }), 2), ["nested more than 1 level deep"]);
    assert.deepEqual(limited(body, 129), ["nested more than 128 levels deep"]);
    assert.deepEqual(limited(body, 128), []);
    assert.deepEqual(limited(body.with({ maxDepth: 512 }), 600), ["nested more than 512 levels deep"]);
  });
  test("100,000 levels of text are too deep", () => {
    for (const json of ["[".repeat(100_000), "[".repeat(100_000) + "]".repeat(100_000), '{"a":'.repeat(100_000), `{"domain":"acme.com","${KEY}":${"[".repeat(100_000)}`]) {
      assertTextResult(body.checkText(json), { issues: [error("too_deep", any)] });
    }
  });
  test("128 levels pass and 129 do not, in a value and in text", () => {
    const deep = (levels) => ({ domain: "acme.com", [KEY]: nested(levels - 1) });
    assertResult(body.check(deep(128)), { value: deep(128) });
    assertTextResult(body.checkText(JSON.stringify(deep(128))), { json: JSON.stringify(deep(128)) });
    assertIssues(body.check(deep(129)).issues, [error("too_deep", any)]);
    assertTextResult(body.checkText(JSON.stringify(deep(129))), { issues: [error("too_deep", any)] });
  });
  test("10 MB in one string pass where text is free", () => {
    const value = { domain: "acme.com", notes: "é".repeat(5 * MEGABYTE) };
    assertResult(body.check(value), { value });
    const json = JSON.stringify(value);
    assertTextResult(body.checkText(json), { json });
  });
  test("10 MB in one string are one short issue where text has a form", () => {
    for (const key of ["domain", "linkedin_url", "owner", "status"]) {
      for (const unit of ["a", " ", "é", "a.", "/", "%41", "@"]) {
        const value = { domain: "acme.com", [key]: unit.repeat((10 * MEGABYTE) / unit.length) };
        const result = body.check(value);
        assert.equal(result.issues.length, 1, `${key}: ${unit}`);
        assertMessage(result.issues[0].message);
        assert.ok(JSON.stringify(result.issues).length < 10_000);
      }
    }
  });
  test("10 MB in one key are one short issue", () => {
    const key = "k".repeat(10 * MEGABYTE);
    const { ok, issues } = body.check({ domain: "acme.com", [key]: 1 });
    assert.equal(ok, true);
    assertIssues(issues, [warning("unknown_key", [key])]);
  });
  test("text over 16 MiB is too large, and just 16 MiB is not", () => {
    const text = (bytes) => `{"domain":"acme.com","notes":"${"x".repeat(bytes - 33)}"}`.padEnd(bytes);
    const limit = 16 * MEGABYTE;
    assert.equal(text(limit).length, limit);
    assert.equal(body.checkText(text(limit)).ok, true);
    assertTextResult(body.checkText(text(limit + 1)), { issues: [error("too_large", [])] });
    assertTextResult(body.checkText(new TextEncoder().encode(text(limit + 1))), { issues: [error("too_large", [])] });
  });
  test("a value over 16 MiB is too large", () => assertIssues(body.check({ domain: "acme.com", notes: "x".repeat(17 * MEGABYTE) }).issues, [error("too_large", [])]));
  test("100,000 unknown keys are 100,000 warnings", () => {
    const value = { domain: "acme.com" };
    for (let index = 0; index < 100_000; index++) value[`k${index}`] = index;
    const { ok, issues } = body.check(value);
    assert.equal(ok, true);
    assert.equal(issues.length, 100_000);
  });
  test("a check that comes after any of these is as good as ever", () => assertResult(body.check({ domain: "www.acme.com", [KEY]: 1 }), { value: { domain: "acme.com", [KEY]: 1 }, changes: [{ path: ["domain"], pointer: "/domain", from: "www.acme.com", to: "acme.com", rule: "domain" }] }));
});

// ------------------------------------------------------------------------------------------------
// Text

describe("text that is no JSON", () => {
  // text, offset in bytes, line, column (in characters)
  const texts = [
    ["", 0, 1, 1],
    [" \n ", 3, 2, 2],
    ["{", 1, 1, 2],
    ["nul", 0, 1, 1],
    ["undefined", 0, 1, 1],
    ["{}x", 2, 1, 3],
    ["{} {}", 3, 1, 4],
    ["{'domain':1}", 1, 1, 2],
    ["{domain:1}", 1, 1, 2],
    ['{"domain":"acme.com",}', 21, 1, 22],
    ['{\n  "domain": acme\n}', 14, 2, 13],
    ['{"name":"é","domain":acme}', 22, 1, 22],
    ['{"name":"👍","domain":acme}', 24, 1, 22],
    ['{\r\n"domain": x}', 13, 2, 11],
    ["[1,]", 3, 1, 4],
    ["[01]", 2, 1, 3],
    ["[1.]", 3, 1, 4],
    ["[.5]", 1, 1, 2],
    ["[+1]", 1, 1, 2],
    ["[NaN]", 1, 1, 2],
    ["[Infinity]", 1, 1, 2],
    ["// no\n{}", 0, 1, 1],
    ['["\u0001"]', 2, 1, 3],
    ['["a\nb"]', 3, 1, 4],
    ['["\\x"]', 3, 1, 4],
    ['["\\u12"]', 6, 1, 7],
    ["\ufeff{}", 0, 1, 1],
    ["\u0000", 0, 1, 1],
    ["{}\u00a0", 2, 1, 3],
    ["<!doctype html>", 0, 1, 1],
  ];
  for (const [text, offset, line, column] of texts) {
    test(`${JSON.stringify(text)} is refused at line ${line}, column ${column}`, () => {
      const wanted = { issues: [error("invalid_json", [], { position: { offset, line, column } })] };
      assertTextResult(body.checkText(text), wanted);
      assertTextResult(body.checkText(new TextEncoder().encode(text)), wanted);
    });
  }
  for (const [name, bytes, offset] of [
    ["a byte that begins nothing", [0x22, 0xff, 0x22], 1],
    ["an overlong form", [0x22, 0xc0, 0x80, 0x22], 1],
    ["a surrogate", [0x22, 0xed, 0xa0, 0x80, 0x22], 1],
    ["a character cut off", [0x22, 0xc3], 1],
    ["UTF-16", [0xff, 0xfe, 0x7b, 0x00], 0],
  ]) {
    test(`${name} is invalid UTF-8`, () => assertTextResult(body.checkText(new Uint8Array(bytes)), { issues: [error("invalid_unicode", [], { position: { offset, line: 1, column: offset + 1 } })] }));
  }
  test("a lone surrogate, written as an escape or as it is, is invalid", () => {
    for (const notes of ["\\ud800", "\\udc00\\ud800", "a\\ud800b"]) {
      const { ok, issues } = body.checkText(`{"domain":"acme.com","notes":"${notes}"}`);
      assert.equal(ok, false);
      assert.ok(issues.length > 0);
      for (const { code, path, position } of issues) {
        assert.deepEqual({ code, path }, { code: "invalid_unicode", path: ["notes"] });
        assert.ok(position.offset >= 29);
      }
    }
    assertTextResult(body.checkText('{"domain":"acme.com","notes":"\ud800"}'), { issues: [error("invalid_unicode", any)] });
  });
  test("a duplicate key is refused at its second place", () => {
    assertTextResult(body.checkText('{"domain":"acme.com","domain":"globex.com"}'), { issues: [error("duplicate_key", ["domain"], { position: { line: 1, column: 22, offset: 21 } })] });
    assertTextResult(body.checkText(`{"domain":"acme.com","${KEY}":{"a":1,"\\u0061":2}}`), { issues: [error("duplicate_key", [KEY, "a"])] });
  });
  test("what is no text is refused with a code", () => {
    for (const input of [undefined, null, 5, {}, [], Symbol("x"), () => 1, 1n]) {
      const { ok, issues } = body.checkText(input);
      assert.equal(ok, false);
      assert.ok(issues.length > 0);
      for (const { code, message } of issues) {
        assert.match(code, /^[a-z][a-z0-9_]*$/);
        assertMessage(message);
      }
    }
  });
  test("bytes are read from their own place in a buffer", () => {
    const bytes = new TextEncoder().encode('xx{"domain":"acme.com"}yy');
    const { ok, json } = body.checkText(bytes.subarray(2, -2));
    assert.equal(ok, true);
    assert.equal(new TextDecoder().decode(json), '{"domain":"acme.com"}');
  });
  test("bytes are not written to, and the answer is no view on them", () => {
    const bytes = new TextEncoder().encode('{"domain":"WWW.acme.com"}');
    const before = bytes.slice();
    const { json } = body.checkText(bytes);
    assert.deepEqual(bytes, before);
    const kept = new TextDecoder().decode(json);
    body.checkText('{"domain":"other.example.com","notes":"another check"}');
    assert.equal(new TextDecoder().decode(json), kept);
  });
});

describe("positions", () => {
  test("an issue about text has the place of its value", () => {
    assertTextResult(body.checkText('{\n  "name": "é",\n  "domain": 5\n}'), { issues: [error("type", ["domain"], { suggestion: any, position: { line: 3, column: 13, offset: 30 } })] });
  });
  test("an issue about a value has none", () => {
    for (const { position } of body.check({ domain: 5, x: 1 }).issues) assert.equal(position, undefined);
  });
});

// ------------------------------------------------------------------------------------------------
// One field

describe("checkField", () => {
  test("tells the whole path", () => {
    assertResult(body.checkField(["domain"], "www.acme.com"), { value: "acme.com", changes: [{ path: ["domain"], pointer: "/domain", from: "www.acme.com", to: "acme.com", rule: "domain" }] });
    assertResult(body.checkField("/domain", "localhost"), { issues: [error("single_label", ["domain"], { suggestion: any })] });
    assertResult(recotap.pushAccounts.body.checkField(["accounts", 3, "domain"], "localhost"), { issues: [error("single_label", ["accounts", 3, "domain"], { suggestion: any })] });
    assertResult(body.checkField(["tags", 1], "x"), { issues: [error("uuid", ["tags", 1], { suggestion: any })] });
  });
  test("tells of a required field that is absent, and of no other", () => {
    assertResult(body.checkField(["domain"], undefined), { issues: [error("required", ["domain"])] });
    assertResult(body.checkField(["name"], undefined), { value: undefined });
  });
  test("knows an unknown key", () => assertResult(body.checkField(["linkedinUrl"], "x"), { value: "x", issues: [warning("unknown_key", ["linkedinUrl"], { suggestion: "linkedin_url" })] }));
  test("ends in a result for any path and value", () => {
    const paths = [[], "", "/", "domain", ["domain", "x"], ["tags", -1], ["tags", 1.5], ["tags", "0"], ["__proto__"], ["constructor", "prototype"], Array(10_000).fill(0), ["\ud800"], ["a/b~c"]];
    const values = [undefined, null, NaN, "x", {}, [], cyclic(), throwing(), hostileProxy(), 1n];
    for (const path of paths) {
      for (const value of values) {
        const result = body.checkField(path, value);
        assert.equal(typeof result.ok, "boolean");
        assert.ok(Array.isArray(result.issues) && Array.isArray(result.changes));
        for (const { code, message } of result.issues) {
          assert.notEqual(code, "internal");
          assertMessage(message);
        }
      }
    }
  });
});

// ------------------------------------------------------------------------------------------------
// The rest of the surface

describe("the other calls", () => {
  const junk = [undefined, null, true, 5, NaN, 1n, Symbol("x"), () => 1, {}, [], cyclic(), throwing(), hostileProxy(), revokedProxy(), "", "\ud800", "x".repeat(10 * MEGABYTE)];
  const told = ({ ok, issues }) => {
    assert.equal(ok, false);
    assert.ok(issues.length > 0);
    for (const { code, message } of issues) {
      assert.notEqual(code, "internal");
      assertMessage(message);
    }
  };
  test("cleanDomain and cleanDomains end in results", () => {
    for (const value of junk) told(cleanDomain(value));
    const results = cleanDomains(["acme.com", ...junk, "WWW.acme.com"]);
    assert.equal(results.length, junk.length + 2);
    assert.deepEqual([results[0].value, results.at(-1).value], ["acme.com", "acme.com"]);
    results.slice(1, -1).forEach(told);
    assert.deepEqual(cleanDomains([]), []);
  });
  test("reconcile ends in a result for any answer", () => {
    const plan = batch.plan({ accounts: [{ domain: "acme.com", name: "Acme" }] });
    for (const value of junk) told(batch.reconcile(plan, value));
  });
  test("a schema that takes anything takes any JSON", () => {
    const anything = schema(true);
    for (const value of [null, 0, "", [], {}, nested(128)]) assertResult(anything.check(value), { value });
    assertResult(schema(false).check(1), { issues: [error(any, [], { suggestion: any })] });
  });
});

describe("input is never changed", () => {
  test("what is frozen comes back clean, in new objects where something changed", () => {
    const input = frozen({ domain: "WWW.acme.com", tags: ["3C90C3CC-0D44-4B50-8888-8DD25736052A", "3c90c3cc-0d44-4b50-8888-8dd25736052a"], [KEY.toUpperCase().replace("CUSTOM_FIELD_", "custom_field_")]: { x: [1] } });
    const before = structuredClone(input);
    const { ok, value } = body.check(input);
    assert.equal(ok, true);
    assert.deepEqual(input, before);
    assert.notEqual(value, input);
    assert.deepEqual(value, { domain: "acme.com", tags: ["3c90c3cc-0d44-4b50-8888-8dd25736052a"], [KEY]: { x: [1] } });
  });
  test("a frozen batch, frozen items and frozen knowledge do", () => {
    const accounts = frozen([{ domain: "WWW.acme.com", name: " Acme", shortName: null }, { domain: "x" }]);
    const known = frozen({ existing: ["HTTP://acme.com"], customFields: ["X"], segment: null });
    assert.equal(batch.plan(frozen({ accounts, upsert: true }), known).ok, true);
    assert.deepEqual([...batch.plans(accounts, known)].map(({ items }) => items.length), [2]);
  });
});
