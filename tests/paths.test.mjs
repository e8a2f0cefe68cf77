// The ways into the core: a plain value with its shape, any other value as text, the user's own text
// as a string and as bytes. What comes out must not tell which one was taken.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { internal } from "./internal.mjs";
import { random } from "./random.mjs";

/** The glue, counting the calls of each name, and apart from them the shapes that did not fit. */
const COUNTING = `
  import { glue as real } from "real:#glue";
  export function glue() {
    globalThis.crossings = { unfit: 0 };
    return Object.fromEntries(Object.entries(real()).map(([name, call]) => [name, (...args) => {
      const given = call(...args);
      crossings[name] = (crossings[name] ?? 0) + 1;
      if (name === "check_shaped" && given === 0) crossings.unfit += 1;
      return given;
    }]));
  }
`;

const { monaco, recotap, reply, schema } = await internal(`export * from "./index.js";`, { "#glue": COUNTING });

/** Runs something; gives how often it called each of these. */
function counted(run) {
  const { check = 0, check_shaped: shaped = 0, unfit = 0 } = globalThis.crossings ?? {};
  const result = run();
  const now = globalThis.crossings;
  return { result, texts: (now.check ?? 0) - check, shapes: (now.check_shaped ?? 0) - shaped, unfit: now.unfit - unfit };
}

// ------------------------------------------------------------------------------------------------
// Bodies: good ones, changed at random

const UUID = "3c90c3cc-0d44-4b50-8888-8dd25736052a";
const OTHER = "2EB8AA08-AA98-11EA-B4AA-73B441D16380";
const CUSTOM = `custom_field_${UUID}`;

const account = { domain: "https://www.Acme.com/foo", linkedin_url: "linkedin.com/company/acme", name: "Acme ", status: "customer", notes: "n", tags: [UUID, OTHER], [CUSTOM]: "vip" };
const contact = {
  email: "Jane@ACME.com",
  linkedin_url: "https://www.linkedin.com/in/jane-smith/details/",
  first_name: " Jane",
  last_name: "Smith",
  title: null,
  phone_number: "+1-555-010-9999",
  location: "München",
  account_id: UUID,
  domain: "www.acme.com",
  do_not_contact: false,
  tags: [OTHER, OTHER.toLowerCase()],
  [`custom_field_${OTHER}`]: 7,
};
const { account_id: _, domain: __, ...update } = contact;
const replied = { name: "Acme", description: "d", domainName: "WWW.acme.com", industry: "x", companySize: "11-50", country: "de", city: " Berlin", timeZoneId: "europe/berlin", linkedInUrl: "linkedin.com/company/acme", phone: "1", email: "a@b.co", ownerUserId: 7, logoUrl: "https://acme.com/logo.png" };
const pushed = {
  accounts: [
    { externalId: "crm-1", domain: "www.acme.com", name: "Acme", shortName: null, linkedinUrl: "linkedin.com/company/acme/about", tags: ["a", "a "], customFields: { REGION_C: "EMEA", VALUE_C: 5 } },
    { domain: "Globex.com", name: " Globex" },
    { domain: "acme.com", name: "Acme", tags: [] },
  ],
  upsert: true,
};

/** Rules that undo edits, compare values, look at keys, or edit what others have edited. */
const OWN = {
  branches: {
    type: "object",
    properties: {
      contact: { anyOf: [{ type: "string", format: "email" }, { type: "string", format: "domain" }, { type: "null" }] },
      kind: { oneOf: [{ const: "company", type: "string" }, { type: "string", maxLength: 3, "x-trim": true }, { type: "integer", minimum: 3 }] },
      name: { type: "string", "x-trim": true, minLength: 1, maxLength: 40, not: { pattern: "^n/?a$" } },
      both: { allOf: [{ "x-trim": true }, { type: "string", format: "uuid" }, { enum: [UUID, "x"] }] },
    },
    anyOf: [{ required: ["contact"] }, { required: ["name"] }],
    if: { properties: { kind: { const: "company" } }, required: ["kind"] },
    then: { required: ["name"] },
    else: { properties: { name: { maxLength: 5 } } },
    dependentRequired: { both: ["kind"] },
  },
  members: {
    type: "object",
    properties: { a: { type: "string", "x-trim": true, "x-suggested-values": ["one", "two"] }, b: { type: ["integer", "null"], "x-drop-null": true, multipleOf: 2 }, c: { const: { x: [1, 2.5, null, "é"] } } },
    patternProperties: { "^x_": { type: "string", format: "uri" }, "^n_": { type: "number", exclusiveMaximum: 1e3 } },
    propertyNames: { maxLength: 12 },
    additionalProperties: { type: "array", uniqueItems: true, minItems: 1, items: { anyOf: [{ type: "string" }, { type: "object", maxProperties: 2 }, { type: "number" }, { type: "array", maxItems: 2 }] } },
    minProperties: 2,
  },
  nested: {
    $defs: { node: { type: "object", required: ["name"], properties: { name: { type: "string", "x-trim": true, minLength: 1 }, page: { type: ["string", "null"], format: "linkedin", "x-drop-null": true }, children: { type: "array", maxItems: 4, items: { $ref: "#/$defs/node" } } }, unevaluatedProperties: false } },
    type: "object",
    properties: { tree: { $ref: "#/$defs/node" }, tags: { type: "array", uniqueItems: true, items: { type: "string", "x-trim": true }, contains: { const: "a" } }, when: { type: "string", format: "date-time" }, matrix: { type: "array", items: { type: "array", prefixItems: [{ type: "number" }], items: { type: "string", maxLength: 3 } } } },
  },
};
const BODIES = {
  branches: { contact: "Jane@Acme.com", kind: "company", name: " Acme ", both: OTHER },
  members: { a: " one", b: null, c: { x: [1, 2.5, null, "é"] }, x_1: "HTTP://acme.com/ü", n_1: 5e2, list: ["1", 1, { a: 1 }, { a: 1.0 }, [1]], empty: [[]] },
  nested: { tree: { name: " root", page: null, children: [{ name: "leaf ", page: "linkedin.com/in/jane" }, { name: "x", children: [{ name: "y" }] }] }, tags: ["a", " a", "b"], when: "2024-02-30t10:00:00z", matrix: [[1, "a"], [2, "bcde"], []] },
};

const FIELDS = [{ key: UUID, label: "Role", type: "select", options: ["vip", "other"] }, { key: OTHER.toLowerCase(), type: "number" }];

/** What is checked: a name, a schema, good bodies, and whether what was cleaned must be clean. */
const SUBJECTS = [
  ["upsertAccount", monaco.upsertAccount.body, account, true],
  ["upsertContact", monaco.upsertContact.body, contact, true],
  ["upsertContact, strict", monaco.upsertContact.body.with({ strict: true }), contact, true],
  ["upsertContact, custom fields", monaco.upsertContact.body.with({ customFields: FIELDS, linkedinHost: "apex" }), contact, true],
  ["updateContact", monaco.updateContact.body, update, true],
  ["updateContactAccount", reply.updateContactAccount.body, replied, true],
  ["pushAccounts", recotap.pushAccounts.body, pushed, true],
  ["pushAccounts, messages", recotap.pushAccounts.body.with({ messages: { type: ({ params }) => `not ${params.expected}` } }), pushed, true],
  ...Object.entries(OWN).map(([name, document]) => [name, schema(document), BODIES[name], false]),
];

const MARKS = [" ", "\t", "\u00a0", "\u200b", "é", "ß", "İ", "漢", "😀", "\u2028", '"', "\\", "\n", "\0", "\u001f", "\u007f", "\ud800", "\udc00", "\ud83d", "@", "/", ".", ",", "%41", "{x}", "{", "}"];
const TEXTS = ["", " ", "n/a", "acme", "localhost", "acme.com", "HTTPS://Acme.COM:443/a?b#c", "192.168.0.1", "münchen.de", "jane@acme.com", "jane@acme,com", "linkedin.com/company/acme", UUID, `{${OTHER}}`, "vip", "Vip", "2024-02-29", "10", "1.5", "true", "null", "__proto__", "constructor", "toJSON", "\ud83d", "\ude00", "😀".repeat(100)];
const NUMBERS = [0, -0, 1, -1, 1.5, 1e21, -1e-7, 5e-324, 1.7976931348623157e308, 2 ** 53, 123456789012345680000, NaN, Infinity];
const KEYS = ["x", "Email", "emial", "domian", "notes ", "customFields", "custom_field_x", `custom_field_${UUID.toUpperCase()}`, `CUSTOM_FIELD_${OTHER}`, "__proto__", "toJSON", "constructor", "length", "0", "7", "", "é", "\u2028", '"', "\\", "\n", "\ud83d", "a/b~c", "k".repeat(300), "x_2", "n_2"];

/** A random value of any kind, nesting a few levels. */
function anything(next, levels = 3) {
  const pick = (list) => list[next(list.length)];
  switch (next(levels > 0 ? 12 : 8)) {
    case 0:
      return null;
    case 1:
      return next(2) === 0;
    case 2:
    case 3:
      return pick(NUMBERS);
    case 4:
      return pick([undefined, 7n, new Date(0), new Map([[1, 2]]), Object(5), Object("x"), /x/, new Uint8Array(2)]);
    case 8:
    case 9:
      return Array.from({ length: next(4) }, () => anything(next, levels - 1));
    case 10:
    case 11: {
      const object = {};
      for (let left = next(4); left > 0; left--) put(object, pick(KEYS), anything(next, levels - 1));
      return object;
    }
    default:
      return pick(TEXTS) + (next(3) === 0 ? pick(MARKS) : "");
  }
}

/** Sets an own member, whatever its key. */
function put(object, key, value) {
  Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}

const isContainer = (value) => Array.isArray(value) || (typeof value === "object" && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value)));

/** The arrays and objects of a body that something can be changed in. */
function containers(value) {
  if (!isContainer(value)) return [];
  return [value, ...Object.values(value).flatMap(containers)];
}

/** Changes something in a body. */
function mutate(body, next) {
  const pick = (list) => list[next(list.length)];
  const holder = pick(containers(body));
  const keys = Object.keys(holder);
  const key = pick(keys) ?? "0";
  const value = holder[key];
  const text = typeof value === "string" ? value : "x";
  switch (next(16)) {
    case 0:
    case 1:
    case 2:
      return put(holder, key, anything(next));
    case 3:
      return void (Array.isArray(holder) ? holder.splice(next(keys.length + 1), 1) : delete holder[key]);
    case 4:
      return Array.isArray(holder) ? void holder.push(anything(next)) : put(holder, pick(KEYS), anything(next, 1));
    case 5:
      // A key as it is misspelt.
      return Array.isArray(holder) ? undefined : put(holder, key.slice(0, next(key.length + 1)) + key.slice(next(key.length + 1)), value);
    case 6:
      return put(holder, key, `${pick([" ", "\n", "\u00a0", "\u200b"])}${text} `);
    case 7:
    case 8:
    case 9: {
      const at = next(text.length + 1);
      return put(holder, key, text.slice(0, at) + pick(MARKS) + text.slice(at));
    }
    case 10:
      return Array.isArray(holder) ? void holder.push(structuredClone(value), value) : put(holder, key, [value, value]);
    case 11: {
      let nested = value;
      for (let left = 1 + next(8); left > 0; left--) nested = next(2) === 0 ? [nested] : { a: nested };
      return put(holder, key, nested);
    }
    case 12:
      // The halves of a pair, in neighbouring strings.
      return put(holder, key, pick([["\ud83d", "\ude00"], { "\ud83d": "\ude00" }, ["a\ud83d", "", "\ude00b"], { a: "\ud83d", "\ude00": 1 }]));
    case 13:
      return next(6) === 0 ? put(holder, key, pick(["y", "é", "\ud83d\ude00"]).repeat(4090 + next(5000))) : put(holder, key, null);
    case 14:
      return next(6) === 0 ? put(holder, key, Array.from({ length: 1000 + next(60) }, (_, at) => (at % 7) + text)) : put(holder, key, [text]);
    default:
      return put(holder, key, typeof value === "string" ? value.toUpperCase() : String(value));
  }
}

/** A body with up to five changes. */
function mutated(good, next) {
  const body = structuredClone(good);
  for (let left = next(6); left > 0; left--) mutate(body, next);
  return body;
}

/** Whether JSON text holds all of a value. */
function isJson(value) {
  switch (typeof value) {
    case "string":
      return value.isWellFormed();
    case "number":
      return Number.isFinite(value);
    case "bigint":
      return false;
    case "object":
      return value === null || Object.entries(value).every(([key, inner]) => key.isWellFormed() && isJson(inner));
    default:
      return true;
  }
}

// ------------------------------------------------------------------------------------------------
// What is compared

/** Asserts that two results are equal, down to the order of their keys. */
function assertSame(actual, expected, of) {
  try {
    assert.deepStrictEqual(actual, expected);
    assert.equal(inOrder(actual), inOrder(expected));
  } catch ({ message }) {
    // Without the values, not all of which a reporter can write.
    throw new Error(`${of()}\n${message}`);
  }
}

const inOrder = (value) => JSON.stringify(value, (_, inner) => (typeof inner === "bigint" ? `${inner}n` : inner));

/** Asserts that a result is a tree of its own: no object in it is there twice, or part of the input. */
function assertOwn(result, input) {
  const seen = new Set();
  const walk = (value, isNew) => {
    if (typeof value !== "object" || value === null) return;
    if (isNew) assert.ok(!seen.has(value), "an object is shared");
    seen.add(value);
    Object.values(value).forEach((inner) => walk(inner, isNew));
  };
  walk(input, false);
  walk(result, true);
}

const withoutPositions = (issues) => issues.map(({ position: _, ...issue }) => issue);
const told = (name, seed, body) => () => `${name}, seed ${seed}: ${inOrder(body).slice(0, 2000)}`;

/** Compares all ways for one body; gives which way the value went. */
function compare([name, checked, , mustBeClean], slowly, body, seed) {
  const of = told(name, seed, body);
  const before = structuredClone(body);
  const fast = counted(() => checked.check(body));
  const slow = counted(() => slowly.check(body));
  assertSame([body], [before], of);
  const isTooLarge = slow.result.issues[0]?.code === "too_large";
  assert.ok(slow.shapes === 0 && (slow.texts === 1 || isTooLarge), of());
  const way = fast.shapes === 1 && fast.unfit === 0 ? "shape" : fast.unfit === 1 ? "unfit" : "text";
  assert.equal(fast.texts, way === "shape" ? 0 : 1, of());
  if (!isTooLarge) assertSame(fast.result, slow.result, of);
  assertSame(checked.check(body), fast.result, of);
  assertOwn(fast.result, body);
  assertOwn(slow.result, body);
  assert.equal(fast.result.ok, "value" in fast.result);

  if (isJson(body)) {
    const text = JSON.stringify(body);
    const byText = checked.checkText(text);
    const byBytes = checked.checkText(new TextEncoder().encode(text));
    const { json, ...rest } = byText;
    assertSame({ ...byBytes, ...(byBytes.ok && { json: new TextDecoder().decode(byBytes.json) }) }, byText, of);
    const { value, ...expected } = fast.result;
    assertSame({ ...rest, issues: withoutPositions(rest.issues) }, expected, of);
    if (byText.ok) assertSame(JSON.parse(json), value, of);
  }
  if (fast.result.ok && mustBeClean) {
    const again = checked.check(fast.result.value);
    assertSame([again.ok, again.value, again.changes], [true, fast.result.value, []], of);
  }
  return way;
}

describe("a check gives the same by every way", () => {
  for (const [index, subject] of SUBJECTS.entries()) {
    const [name, checked, good] = subject;
    test(name, (context) => {
      // Under so low a limit a value is written as text.
      const slowly = checked.with({ maxBytes: (1 << 16) - 1 });
      const ways = { shape: 0, unfit: 0, text: 0 };
      for (let at = 0; at < 600; at++) {
        const seed = index * 10_000 + at;
        ways[compare(subject, slowly, at === 0 ? good : mutated(good, random(seed)), seed)] += 1;
      }
      context.diagnostic(JSON.stringify(ways));
      assert.ok(ways.shape > 300 && ways.text > 60 && ways.unfit > 5, JSON.stringify(ways));
    });
  }
});

describe("what only a value can be is the same by every way", () => {
  const subject = schema({ type: "object", properties: { a: { type: "string", format: "domain" }, list: { type: "array", items: { "x-trim": true } } } });
  const slowly = subject.with({ maxBytes: (1 << 16) - 1 });
  const hidden = (object, key, value) => Object.defineProperty(object, key, { value });
  const shared = { b: " x" };
  const cyclic = { a: "www.acme.com" };
  cyclic.list = [cyclic];
  class Point {
    a = "www.acme.com";
  }
  // Each is made anew for each way.
  const cases = {
    "no prototype": () => Object.assign(Object.create(null), { a: "www.acme.com", list: [Object.create(null)] }),
    "an object of a class": () => new Point(),
    "an array of a class": () => ({ list: new (class extends Array {})(" x", "y") }),
    "an array of a class with toJSON": () => ({ list: new (class extends Array { toJSON() { return ["json "]; } })(" x", "y") }),
    "toJSON of an array's own": () => ({ a: "www.acme.com", list: Object.assign([" x"], { toJSON: () => [" json"] }) }),
    "toJSON of an object's own": () => ({ a: { toJSON: () => "www.json.com" } }),
    "toJSON that is hidden": () => hidden({ a: "www.acme.com" }, "toJSON", () => ({ a: "www.json.com" })),
    "toJSON that is hidden in an array": () => ({ list: hidden([" x"], "toJSON", () => [" json"]) }),
    "toJSON that is no function": () => ({ a: "www.acme.com", toJSON: 1 }),
    "keys that are hidden, symbols or inherited": () => Object.assign(hidden({ a: "www.acme.com" }, "list", 5), { [Symbol("s")]: 1 }),
    "members of arrays": () => ({ list: Object.assign([" x"], { more: 1 }) }),
    "holes": () => ({ list: [" x", , " y"] }),
    "one object twice": () => ({ list: [shared, shared] }),
    "a cycle": () => cyclic,
    "a date that is none": () => ({ list: [new Date(NaN)] }),
    "functions and symbols": () => ({ a: () => 1, list: [Symbol("s"), class {}] }),
    "boxes": () => ({ a: Object("www.acme.com"), list: [Object(5), Object(true), Object(7n)] }),
    "a getter": () => ({ get a() { return "www.acme.com"; }, list: [" x"] }),
    "a getter that throws": () => ({ get a() { throw new Error("no"); }, list: [" x"] }),
    "a getter that checks another value": () => ({ list: [" x"], get a() { return subject.check({ list: [" y", " z"], a: "globex.com" }).value.a; }, z: " z" }),
    "a getter that checks a text": () => ({ list: [" x"], get a() { return subject.checkText('{"a":"www.globex.com"}').json; }, z: " z" }),
    "a proxy of an object": () => new Proxy({ a: "www.acme.com", list: [" x"] }, {}),
    "a proxy of an array": () => ({ list: new Proxy([" x", "y"], {}) }),
    "a proxy that tells odd lengths": () => ({ list: new Proxy([" x", "y"], { get: (list, key) => (key === "length" ? 1.5 : list[key]) }) }),
    "what is frozen": () => Object.freeze({ a: "www.acme.com", list: Object.freeze([" x"]) }),
    "no object at all": () => "www.acme.com",
    "nothing": () => undefined,
  };
  for (const [name, make] of Object.entries(cases)) {
    test(name, () => {
      const of = () => name;
      const expected = slowly.check(make());
      assertSame(subject.check(make()), expected, of);
      assertSame(subject.check(make()), expected, of);
    });
  }
  test("a getter that has the memory grow", async () => {
    // A memory of its own, which is still small.
    const { schema } = await internal(`export * from "./index.js";`);
    const subject = schema({ items: { items: { "x-trim": true } } });
    // Leaves another shape behind, which would fit as well.
    subject.check([[" ", "x y"]]);
    const list = [[" x", " y"]];
    const growing = Object.defineProperty([], 0, { enumerable: true, get: () => (subject.checkText("[]".padEnd(15 << 20)), list[0]) });
    assertSame(subject.check(growing), subject.check(list), () => "grown");
  });
  test("a method that is lent to all objects or arrays, for a while", () => {
    for (const prototype of [Object.prototype, Array.prototype]) {
      Object.defineProperty(prototype, "toJSON", { value: () => "lent", configurable: true });
      try {
        const value = { a: "www.acme.com", list: [" x"] };
        assertSame(subject.check(value), slowly.check(value), () => "lent");
      } finally {
        delete prototype.toJSON;
      }
    }
  });
});

describe("a plan is the same", () => {
  const { batch } = recotap.pushAccounts;
  const known = { existing: { "globex.com": 7 }, customFields: ["REGION_C"] };
  const unplaced = (plan) => ({ results: plan.results, summary: plan.summary, items: plan.items.map((item) => ({ ...item, issues: withoutPositions(item.issues) })), issues: withoutPositions(plan.issues), ok: plan.ok, changes: plan.changes });
  const bodies = Array.from({ length: 600 }, (_, at) => mutated(pushed, random(500_000 + at)));

  test("of a value, a string and bytes, whichever part is read first", () => {
    for (const [at, body] of bodies.entries()) {
      const of = told("plan", 500_000 + at, body);
      const options = at % 2 === 0 ? known : undefined;
      const before = structuredClone(body);
      const plan = batch.plan(body, options);
      const itemsFirst = batch.plan(body, options);
      const { items, results, summary } = itemsFirst;
      assertSame([body], [before], of);
      assertSame([plan.results, plan.summary, plan.items, plan.results, plan.summary], [results, summary, items, itemsFirst.results, itemsFirst.summary], of);
      assertOwn({ ...plan }, body);
      if (!isJson(body)) continue;
      const text = JSON.stringify(body);
      const byText = batch.plan(text, options);
      const byBytes = batch.plan(new TextEncoder().encode(text), options);
      assertSame(unplaced(byText), unplaced(plan), of);
      assertSame([byBytes.items, unplaced(byBytes)], [byText.items, unplaced(byText)], of);
      if (!plan.ok) continue;
      assertSame(JSON.parse(byText.request), plan.request, of);
      assert.equal(new TextDecoder().decode(byBytes.request), byText.request);
    }
  });
  test("if it is read long after", () => {
    const some = bodies.slice(0, 40);
    const expected = some.map((body) => ({ ...batch.plan(body, known) }));
    const kept = some.map((body) => batch.plan(body, known));
    for (let at = 0; at < 1000; at++) {
      const body = bodies[at % bodies.length];
      if (at % 3 === 0) batch.plan(body);
      else if (at % 3 === 1) recotap.pushAccounts.body.check(body);
      else monaco.upsertContact.body.check(contact);
    }
    kept.forEach((plan, at) => assertSame({ ...plan }, expected[at], told("late", 500_000 + at, some[at])));
  });
});
