// Values that only JavaScript has, made to do harm: each ends in an issue or in the right result, in
// bounded time, is never written to, and reaches no prototype. What text can do is in bad-input.test.mjs.

import assert from "node:assert/strict";
import { afterEach, describe, test } from "node:test";
import vm from "node:vm";
import { cleanDomain, cleanDomains, mergeCustomFields, monaco, openapi, recotap, schema, splitCustomFields, toProblem } from "prewash";

const any = schema(true);
const domain = schema({ type: "object", properties: { domain: { type: "string", format: "domain" } } });
const { batch } = recotap.pushAccounts;
const LIMIT = 16 << 20;

const tooLarge = (limit = LIMIT) => ({ ok: false, issues: [{ code: "too_large", severity: "error", path: [], pointer: "", message: `more than the ${limit} bytes that are taken`, params: { limit } }], changes: [] });
const unsupported = (path, what) => ({ code: "unsupported_value", severity: "error", path, pointer: path.map((step) => `/${step}`).join(""), message: `JSON cannot hold ${what}`, params: { what } });
const THREW = "a value that threw while it was read";
const same = (value) => ({ ok: true, value, issues: [], changes: [] });
const thrower = () => {
  throw new Error("from the value");
};

/** Fails if it takes longer than a machine with much else to do takes for the longest of these. */
const bounded = (name, work) => test(name, { timeout: 60_000 }, work);

describe("a value that grows while it is read is over the limit", () => {
  const small = any.with({ maxBytes: 1 << 20 });
  const shared = (levels, around) => {
    let value = around(null, null);
    for (let level = 1; level < levels; level++) value = around(value, value);
    return value;
  };
  const cases = {
    "40 levels of an object that is there twice": shared(40, (a, b) => ({ a, b })),
    "100 levels of an array that is there twice": shared(100, (a, b) => [a, b]),
    "the same with keys of no characters": shared(60, (a, b) => ({ "": a, b })),
    "getters that make more of the same": (() => {
      const made = () => ({ get a() { return made(); }, get b() { return made(); } });
      return made();
    })(),
    "toJSON that gives two more": (() => {
      class Twice {
        toJSON() {
          return { a: new Twice(), b: new Twice() };
        }
      }
      return new Twice();
    })(),
    "an array of 2³²-1 holes": Object.assign([], { length: 2 ** 32 - 1 }),
    "a proxy of an array that says it is endless": new Proxy([], { get: (target, key) => (key === "length" ? Infinity : 1) }),
    "a proxy of 100,000 keys": new Proxy({}, { ownKeys: () => Array.from({ length: 1e5 }, (_, at) => `a key of twenty bytes ${at}`), getOwnPropertyDescriptor: () => ({ value: 1, enumerable: true, configurable: true }), get: (_, key) => (key === "toJSON" ? undefined : 1) }),
    "a typed array": new Uint8Array(1 << 20),
  };
  for (const [name, value] of Object.entries(cases)) {
    bounded(name, () => {
      assert.deepEqual(small.check(value), tooLarge(1 << 20));
      assert.deepEqual(small.checkField("a", value), tooLarge(1 << 20));
      const { ok, issues } = recotap.pushAccounts.with({ maxBytes: 1 << 20 }).batch.plan({ accounts: [value] });
      assert.deepEqual({ ok, issues, changes: [] }, tooLarge(1 << 20));
    });
  }
  bounded("and the limit that there is without options holds as well", () => assert.deepEqual(any.check(cases["40 levels of an object that is there twice"]), tooLarge()));
  bounded("a value that is there twice, and no larger for it, is no cycle", () => {
    const twice = { x: [1] };
    assert.deepEqual(any.check({ a: twice, b: [twice, twice] }), same({ a: { x: [1] }, b: [{ x: [1] }, { x: [1] }] }));
  });
  bounded("a million keys that are undefined are none", () => assert.deepEqual(any.check(Object.fromEntries(Array.from({ length: 1e6 }, (_, at) => [`k${at}`, undefined]))), same({})));
});

describe("strings as long as there can be", () => {
  const LONGEST = 2 ** 29 - 24;
  bounded("are over the limit, wherever they stand, and are not quoted to find out", () => {
    const text = "\x01".repeat(LONGEST);
    for (const value of [[text], { [text.slice(0, 1 << 27)]: 1 }]) assert.deepEqual(any.check(value), tooLarge());
    assert.deepEqual(monaco.upsertAccount.body.checkField("domain", text), tooLarge());
    for (const { ok, issues } of [cleanDomain(text.slice(0, 1 << 26)), ...cleanDomains([text.slice(0, 1 << 26)])]) {
      assert.deepEqual([ok, issues.map(({ code, params }) => [code, params])], [false, [["too_large", { length: 1 << 26, limit: LIMIT }]]]);
    }
  });
  bounded("are over it where the text of the value would be longer than a string can be", () => {
    const most = any.with({ maxBytes: 2 ** 32 });
    assert.deepEqual(most.check(["\x01".repeat(1 << 27)]), tooLarge(1 << 30));
  });
  bounded("4 GiB is a limit that can be given, and 1 GiB is the most that is taken", () => {
    const most = any.with({ maxBytes: 2 ** 32 });
    const text = `"${"x".repeat(20 << 20)}"`;
    assert.deepEqual(most.checkText(text), { ok: true, json: text, issues: [], changes: [] });
  });
});

describe("what lies about itself", () => {
  const traps = Object.fromEntries(Reflect.ownKeys(Reflect).filter((name) => typeof Reflect[name] === "function").map((name) => [name, thrower]));
  const revoked = (target) => {
    const { proxy, revoke } = Proxy.revocable(target, {});
    revoke();
    return proxy;
  };
  const broken = { "a proxy of which every trap throws": new Proxy({}, traps), "one of an array": new Proxy([], traps), "a revoked proxy": revoked({}), "a revoked one of an array": revoked([]) };
  for (const [name, value] of Object.entries(broken)) {
    test(`${name} is an issue at its place`, () => {
      assert.deepEqual(any.check(value), { ok: false, issues: [unsupported([], THREW)], changes: [] });
      assert.deepEqual(any.check({ a: [1, value] }), { ok: false, issues: [unsupported(["a", 1], THREW)], changes: [] });
      assert.equal(any.checkText(value).issues[0].code, "type");
      assert.deepEqual([cleanDomain(value), ...cleanDomains([value])].map(({ ok }) => ok), [false, false]);
      const { issues } = batch.plan({ accounts: [{ domain: "a.com", name: value }] }).items[0];
      assert.deepEqual(issues, [unsupported(["accounts", 0, "name"], THREW)]);
    });
  }
  test("bytes of another length than they say are read as they are, and nothing that came before is", () => {
    const lying = (content, says) => new (class extends Uint8Array { get length() { return says; } })(Buffer.from(content).values());
    any.checkText(JSON.stringify("stale".repeat(1000)));
    for (const says of [0, 1, 3, 500, 2 ** 40, -1, NaN, "9"]) {
      const text = lying(" 12", says);
      const { json, ...rest } = any.checkText(text);
      assert.deepEqual([json === text, rest], [true, { ok: true, issues: [], changes: [] }]);
      const { issues: [{ code, position }] } = any.checkText(lying("[12", says));
      assert.deepEqual([code, position], ["invalid_json", { line: 1, column: 4, offset: 3 }]);
      assert.equal(any.with({ maxBytes: 2 }).checkText(text).issues[0].params.length, 3);
      const item = lying('{"domain":"www.a.com","name":"A"}', says);
      const [{ request }] = batch.plans([item, item]);
      assert.equal(Buffer.from(request).toString(), `{"accounts":[{"domain":"a.com","name":"A"},{"domain":"a.com","name":"A"}]}`);
    }
    const thrown = Object.defineProperty(new Uint8Array([0x31]), "length", { get: thrower });
    assert.equal(any.checkText(thrown).ok, true);
  });
  test("a path that cannot be read, or is endless, is a mistake that says so", () => {
    const { body } = monaco.upsertAccount;
    for (const path of [{ toString: thrower }, Object.create(null), revoked([]), new Proxy(["a"], traps), ["a", { toString: thrower }]]) {
      assert.throws(() => body.checkField(path, 1), { name: "TypeError", message: "a path is text, or a list of keys and indexes, of at most 4194304 characters" });
    }
    for (const path of ["x".repeat(17 << 20), ["\u0001".repeat(3 << 20)]]) {
      assert.throws(() => body.checkField(path, 1), { name: "TypeError", message: "a path is text, or a list of keys and indexes, of at most 4194304 characters" });
    }
    assert.deepEqual(body.checkField("domain", "www.a.com").value, "a.com");
  });
  test("a message that is no function is a mistake that names it", () => {
    for (const type of [5, "text", null, {}]) {
      assert.throws(() => schema({ type: "string" }).with({ messages: { type } }).check(1), { name: "TypeError", message: "messages.type must be a function" });
    }
    assert.equal(schema({ type: "string" }).with({ messages: { type: undefined } }).check(1).issues[0].message, "`1` is a number; give a string");
  });
  test("keys that are not there, and those that are not told", () => {
    const describes = { getOwnPropertyDescriptor: (_, key) => ({ value: key, enumerable: true, configurable: true }), get: (_, key) => (key === "toJSON" ? undefined : `of ${key}`) };
    assert.deepEqual(any.check(new Proxy({ a: 1 }, { ...describes, ownKeys: () => ["b", "c", Symbol.iterator] })), same({ b: "of b", c: "of c" }));
    assert.deepEqual(any.check(new Proxy({ a: 1 }, { ownKeys: () => [] })), same({}));
    assert.deepEqual(any.check(new Proxy({}, { ownKeys: () => ["a", "a"] })), { ok: false, issues: [unsupported([], THREW)], changes: [] });
  });
  test("lengths that are none", () => {
    for (const length of [-1, NaN, "x", 1.5, {}, null, undefined, Symbol("x"), 1n]) {
      const { ok, value, issues } = any.check(new Proxy([7, 8, 9], { get: (target, key) => (key === "length" ? length : target[key]) }));
      if (ok) assert.deepEqual(value, length === 1.5 || length === 1n ? [7] : [], String(length));
      else assert.deepEqual(issues, [unsupported([], THREW)], String(length));
    }
  });
  test("getters that give something else each time are read once, or all of one reading is used", () => {
    let count = 0;
    const value = { get domain() { return `www.a${count++}.com`; }, plain: 1 };
    const { value: clean, changes } = domain.check(value);
    assert.deepEqual(changes, [{ path: ["domain"], pointer: "/domain", from: `www.${clean.domain}`, to: clean.domain, rule: "domain" }]);
    assert.deepEqual(clean, { domain: clean.domain, plain: 1 });
  });
  test("getters that change what is beside them", () => {
    const value = { get a() { delete this.b; this.c = 3; this.d = 4; return 1; }, b: 2, c: 0 };
    assert.deepEqual(any.check(value), same({ a: 1, c: 3 }));
    const list = [{ get a() { list.length = 1; return 1; } }, 2, 3];
    assert.deepEqual(any.check(list), same([{ a: 1 }]));
  });
  test("toJSON: itself, another toJSON, nothing, one that throws, one that never ends", () => {
    const other = { toJSON: () => ({ toJSON: () => 1, x: 2 }) };
    const fallsDown = () => fallsDown();
    assert.deepEqual(any.check([{ toJSON: () => undefined }, { toJSON: () => null }, { toJSON: 5 }]), same([null, null, { toJSON: 5 }]));
    assert.deepEqual(any.check(other).issues, [unsupported(["toJSON"], "a function")]);
    assert.deepEqual(any.check([{ toJSON() { return this; } }]).issues, [unsupported([0, "toJSON"], "a function")]);
    assert.deepEqual(any.check([{ toJSON: thrower }, { toJSON: fallsDown }]).issues, [unsupported([0], THREW), unsupported([1], THREW)]);
    const deeper = { toJSON: () => ({ deeper }) };
    assert.deepEqual(any.check(deeper).issues.map(({ code, path }) => [code, path.length]), [["too_deep", 128]]);
    assert.deepEqual(any.check({ toJSON: () => undefined }).issues.map(({ code }) => code), ["required"]);
  });
});

describe("what is no plain object", () => {
  test("boxed primitives are unwrapped, and what has their tag is not", () => {
    const fake = (tag) => ({ [Symbol.toStringTag]: tag, x: 1 });
    assert.deepEqual(any.check([new String("x"), new Number(-0), new Boolean(false), fake("String"), fake("Number"), fake("Boolean"), fake("BigInt")]), same(["x", 0, false, { x: 1 }, { x: 1 }, { x: 1 }, { x: 1 }]));
    assert.deepEqual(any.check([Object(1n)]).issues, [unsupported([0], "a BigInt")]);
  });
  test("subclasses of what is built in count as JSON.stringify would have it", () => {
    const value = [
      new (class extends Array {})(1, 2),
      new (class extends Map {})([[1, 2]]),
      new (class extends Set {})([1]),
      new (class extends Date {})(0),
      new (class extends String { toString() { return "mine"; } })("x"),
      new (class extends Number { valueOf() { return 7; } })(5),
      new (class extends Uint8Array {})([1, 2]),
      new (class extends Error {})("x"),
      Object.assign(/x/g, { own: 1 }),
      new DataView(new ArrayBuffer(2)),
      new Date(NaN),
      Object.assign([1, 2], { more: 3 }),
      { length: 2, 0: "a" },
      new Float64Array([0.5, -0]),
    ];
    assert.deepEqual(any.check(value), same(JSON.parse(JSON.stringify(value))));
  });
  test("symbols, functions, BigInt, and numbers that are none", () => {
    const value = { a: Symbol("x"), b() {}, c: 1n, d: [NaN, -Infinity], [Symbol("not seen")]: 1, e: class {} };
    assert.deepEqual(any.check(value).issues, [unsupported(["a"], "a symbol"), unsupported(["b"], "a function"), unsupported(["c"], "a BigInt"), unsupported(["d", 0], "a number that is not finite"), unsupported(["d", 1], "a number that is not finite"), unsupported(["e"], "a function")]);
    assert.equal(JSON.stringify(any.check([-0, 1e21, 1e-7, 2 ** 53, 5e-324, 1.7976931348623157e308]).value), "[0,1e+21,1e-7,9007199254740992,5e-324,1.7976931348623157e+308]");
  });
  test("objects of another realm, without a prototype, with one of their own", () => {
    const value = vm.runInNewContext("({ a: [1, new Date(0), new String('x'), Object.create(null)], m: new Map([[1, 2]]), e: new Error('x'), o: Object.create({ inherited: 1 }, { own: { value: 1, enumerable: true }, hidden: { value: 1 } }) })");
    const { value: clean } = any.check(value);
    assert.deepEqual(clean, { a: [1, "1970-01-01T00:00:00.000Z", "x", {}], m: {}, e: {}, o: { own: 1 } });
    assert.ok([clean, clean.a[3], clean.o].every((object) => Object.getPrototypeOf(object) === Object.prototype));
    assert.ok(Array.isArray(clean.a) && clean.a instanceof Array);
    assert.deepEqual(any.checkText(vm.runInNewContext("new Uint8Array([0x5b, 0x5d])")).ok, true);
  });
  test("lone surrogates in keys and values", () => {
    const half = "half of a surrogate pair";
    const { issues } = any.check({ "\ud800": 1, a: "\udfff", b: ["x\ud800y"] });
    assert.deepEqual(issues.map(({ code, params, path }) => [code, params, path]), [["unsupported_value", { what: half }, ["\ufffd"]], ["unsupported_value", { what: half }, ["a"]], ["unsupported_value", { what: half }, ["b", 0]]]);
  });
});

describe("buffers", () => {
  const bytes = (text, made = (length) => new Uint8Array(length)) => {
    const target = made(text.length);
    target.set(Buffer.from(text));
    return target;
  };
  const pool = Buffer.from(" [1] [2] ");
  const taken = {
    "a view in the middle of a pool": pool.subarray(1, 4),
    "a DataView": new DataView(pool.buffer, pool.byteOffset + 1, 3),
    "an ArrayBuffer": bytes("[1]").buffer,
    "one of 16 bits": new Uint16Array(bytes("[1] ").buffer),
    "a shared one": bytes("[1]", (length) => new Uint8Array(new SharedArrayBuffer(length))),
    "one that can grow": bytes("[1]", (length) => new Uint8Array(new ArrayBuffer(length, { maxByteLength: 100 }))),
    "a subclass": bytes("[1]", (length) => new (class extends Uint8Array {})(length)),
  };
  for (const [name, given] of Object.entries(taken)) {
    test(`${name} is read`, () => {
      const { ok, json } = any.checkText(given);
      assert.deepEqual([ok, Buffer.from(json).toString().trim()], [true, "[1]"]);
    });
  }
  test("what was given away, or has shrunk, is none or empty", () => {
    const gone = () => {
      const given = bytes("[1]");
      structuredClone(given.buffer, { transfer: [given.buffer] });
      return given;
    };
    const view = new DataView(new ArrayBuffer(2));
    structuredClone(view.buffer, { transfer: [view.buffer] });
    const shrunk = new ArrayBuffer(4, { maxByteLength: 8 });
    const outside = new Uint8Array(shrunk, 2, 2);
    shrunk.resize(1);
    for (const given of [gone(), gone().buffer, view, outside]) {
      const { ok, issues } = any.checkText(given);
      assert.deepEqual([ok, issues.length, ["type", "invalid_json"].includes(issues[0].code)], [false, 1, true]);
      assert.equal(batch.plan(given).ok, false);
    }
    assert.deepEqual([...batch.plans([gone()])].flatMap(({ items }) => items.map(({ status }) => status)), ["invalid"]);
  });
  test("what comes back shares nothing with what changes later", () => {
    const given = Buffer.from('{"domain":"www.acme.com"}');
    const before = Buffer.from(given);
    const { json } = domain.checkText(given);
    assert.deepEqual(given, before);
    given.fill(0);
    for (let at = 0; at < 10; at++) domain.checkText(Buffer.from(`{"domain":"www.n${at}.com"}`));
    assert.equal(Buffer.from(json).toString(), '{"domain":"acme.com"}');
  });
});

/** Names that every object inherits. */
const INHERITED = [...Object.getOwnPropertyNames(Object.prototype), "prototype", "then", "toJSON"];

describe("names that reach for a prototype", () => {
  const owned = (names, value) => Object.fromEntries(names.map((name) => [name, value]));
  const names = INHERITED.filter((name) => name !== "toJSON");
  test("are own keys of what comes back", () => {
    const value = JSON.parse(`{${INHERITED.map((name) => `${JSON.stringify(name)}:{"x":1}`).join()}}`);
    const { ok, value: clean } = any.check(value);
    assert.equal(ok, true);
    assert.deepEqual(Object.keys(clean), INHERITED);
    assert.equal(Object.getPrototypeOf(clean), Object.prototype);
    assert.equal({}.x, undefined);
  });
  test("of custom fields, apart and together", () => {
    const body = JSON.parse(`{${names.map((name) => `${JSON.stringify(name)}:1,"custom_field_${name}":2`).join()}}`);
    const { fields, custom } = splitCustomFields(body);
    for (const part of [fields, custom]) {
      assert.deepEqual(Object.keys(part), names);
      assert.equal(Object.getPrototypeOf(part), Object.prototype);
    }
    assert.deepEqual(mergeCustomFields(fields, custom), body);
  });
  test("of messages, options and documents", () => {
    const wrong = schema({ type: "string" });
    const { message } = wrong.check(1).issues[0];
    assert.equal(wrong.with({ messages: JSON.parse('{"__proto__":{"type":1},"constructor":1}') }).check(1).issues[0].message, message);
    assert.equal(wrong.with({ messages: Object.create({ type: () => "inherited" }) }).check(1).issues[0].message, message);
    assert.deepEqual(domain.with(JSON.parse('{"__proto__":{"strict":true},"constructor":1}')).check({ domain: "a.com" }), same({ domain: "a.com" }));
    for (const name of names) {
      const named = schema(JSON.parse(`{"properties":{${JSON.stringify(name)}:{"type":"string"}},"required":[${JSON.stringify(name)}],"additionalProperties":false}`));
      assert.deepEqual(named.check({}).issues.map(({ code, path }) => [code, path]), [["required", [name]]]);
      const good = JSON.parse(`{${JSON.stringify(name)}:"x"}`);
      assert.deepEqual(Object.entries(named.check(good).value), [[name, "x"]]);
      assert.deepEqual(schema(true, { documents: JSON.parse(`{${JSON.stringify(name)}:{}}`) }).check(1), same(1));
    }
  });
  test("of operations", () => {
    const paths = Object.fromEntries(names.map((name, at) => [`/${at}`, { get: JSON.parse(`{"operationId":${JSON.stringify(name)},"responses":{}}`) }]));
    const api = openapi({ openapi: "3.1.0", info: { title: "x", version: "1" }, paths });
    assert.deepEqual(Object.keys(api), names);
    for (const name of names) assert.equal(Object.getOwnPropertyDescriptor(api, name).value.method, "GET");
    assert.equal(Object.getPrototypeOf(api), Object.prototype);
  });
  test("of what is known in a batch, and of what a vendor answers", () => {
    const known = { existing: JSON.parse('{"__proto__":"1","constructor":"2","a.com":"3"}') };
    const plan = batch.plan({ accounts: [{ domain: "a.com", name: "A", ...owned(["constructor"], 1) }] }, known);
    assert.deepEqual(plan.results.map(({ domain, status, rtp_aid }) => [domain, status, rtp_aid]), [["a.com", "failed", "3"]]);
    const { ok } = batch.reconcile(plan, JSON.parse('{"__proto__":{"results":[]},"results":[{"domain":"__proto__","status":"constructor"}]}'));
    assert.equal(ok, false);
    assert.equal({}.results, undefined);
  });
});

describe("a prototype that somebody has added to", () => {
  const added = new Set();
  const add = (name, descriptor, to = Object.prototype) => {
    Object.defineProperty(to, name, { __proto__: null, configurable: true, ...descriptor });
    added.add([to, name]);
  };
  afterEach(() => {
    for (const [from, name] of added) delete from[name];
    added.clear();
  });
  const body = { domain: "www.acme.com", ok: 1, value: "v", issues: [1], changes: {}, path: "p", code: 2, a: { value: null, domain: "x" }, when: "2024" };
  const expected = domain.check(body);
  const problem = toProblem(domain.check({ domain: "x" }));
  const planned = JSON.stringify(batch.plan({ accounts: [{ domain: "www.a.com", name: "A", tags: ["x"] }] }));
  const all = () => {
    // Of what is plain and of what is not.
    for (const given of [body, { ...body, when: new (class { toJSON() { return "2024"; } })() }]) {
      const result = domain.check(given);
      assert.deepEqual(Object.entries(result), Object.entries(expected));
      assert.deepEqual(Object.entries(result.value), Object.entries(expected.value));
      assert.deepEqual(Object.entries(result.value.a), Object.entries(expected.value.a));
    }
    assert.equal(JSON.stringify(toProblem(domain.check({ domain: "x" }))), JSON.stringify(problem));
    assert.equal(JSON.stringify(batch.plan({ accounts: [{ domain: "www.a.com", name: "A", tags: ["x"] }] })), planned);
    assert.equal(cleanDomain("www.a.com").value, "a.com");
    assert.deepEqual(splitCustomFields({ value: 1, custom_field_value: 2 }).custom.value, 2);
  };
  test("a member that all objects inherit is in nothing that comes back", () => {
    add("foo", { value: 1, enumerable: true, writable: true });
    add("domain", { value: "inherited.com", enumerable: true, writable: true });
    all();
    assert.deepEqual(domain.check({}), same({}));
  });
  test("setters by the names of members take nothing away", () => {
    for (const name of ["value", "issues", "ok", "domain", "changes", "path", "code", "when"]) add(name, { get: () => undefined, set: thrower });
    all();
  });
  test("members that cannot be written to hide nothing", () => {
    for (const name of ["value", "ok", "domain", "a", "when"]) add(name, { value: "inherited", writable: false });
    all();
  });
  test("a toJSON for everything is honoured, as JSON.stringify does", () => {
    add("toJSON", { value: () => 5, writable: true });
    assert.deepEqual(any.check({ a: 1 }).value, 5);
  });
});

describe("no input is written to", () => {
  /** Fails on all that changes it, and so does all that is in it. */
  const watched = (value) => {
    if (typeof value !== "object" || value === null) return value;
    const refuse = (name) => () => {
      throw new Error(`${name} of an input`);
    };
    const inner = Array.isArray(value) ? value.map(watched) : Object.fromEntries(Object.entries(value).map(([key, value]) => [key, watched(value)]));
    return new Proxy(inner, Object.fromEntries(["set", "defineProperty", "deleteProperty", "setPrototypeOf", "preventExtensions"].map((name) => [name, refuse(name)])));
  };
  const frozen = (value) => {
    if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
    return value;
  };
  const account = () => ({ domain: "https://www.Acme.com/x", name: " Acme ", linkedinUrl: "linkedin.com/company/acme", tags: null });
  const contact = () => ({ email: " Jane@ACME.com ", first_name: "Jane ", domain: "www.acme.com", tags: ["3C90C3CC-0D44-4B50-8888-8DD25736052A"], "custom_field_3C90C3CC-0D44-4B50-8888-8DD25736052A": { deep: [1] } });
  for (const [name, kept] of Object.entries({ watched, frozen, sealed: Object.seal })) {
    test(`${name}: by no call`, () => {
      const request = kept({ accounts: [account(), { domain: "x" }, account()], upsert: false });
      const known = { existing: kept(["a.com", kept(["acme.com", 5])]), customFields: kept([kept({ key: "x" })]), segment: kept({ type: "static", status: "active" }) };
      const plan = batch.plan(request, known);
      assert.deepEqual(plan.items.map(({ status }) => status), ["failed", "invalid", "failed"]);
      assert.deepEqual([...batch.plans(kept([kept(account())]), known)].map(({ ok }) => ok), [true]);
      const { body } = monaco.upsertContact;
      const given = kept(contact());
      const { ok, changes } = body.check(given);
      assert.ok(ok && changes.length >= 5);
      assert.equal(JSON.stringify(given), JSON.stringify(contact()));
      assert.equal(body.checkField(kept(["tags", 0]), kept(contact().tags)[0]).ok, true);
      assert.equal(body.with(kept({ messages: kept({ type: () => "x" }), customFields: kept([kept({ key: "a" })]) })).check(kept({ email: 1 })).issues.at(-1).severity !== undefined, true);
      const { fields, custom } = splitCustomFields(given);
      mergeCustomFields(kept(fields), kept(custom));
      schema(kept({ properties: kept({ a: kept({ enum: kept([1]) }) }) })).check(kept({ a: 1 }));
      assert.deepEqual(batch.reconcile(plan, kept({ results: kept([kept({ domain: "acme.com", status: "created" })]) })).issues.length > 0, true);
    });
  }
});

describe("options of a wrong type are refused, and the exception says which", () => {
  const wrong = [
    ...["x", "1", -1, 1.5, {}, true, [1]].flatMap((limit) => ["maxDepth", "maxBytes"].map((name) => [{ [name]: limit }, `\`${name}\` must be a whole number that is not negative`])),
    ...["yes", 1, {}, []].map((strict) => [{ strict }, "`strict` must be true or false"]),
    [{ customFields: 5 }, "`customFields` must be an array"],
    [{ customFields: [5] }, "a custom field must be an object with a `key`"],
    [{ customFields: [{ key: 5 }] }, "`key` of a custom field must be text"],
    [{ customFields: [{ key: "a", type: "\u202etext\x1b[31m" }] }, "`\\u{202e}text\\u{1b}[31m` is no type of a custom field; give `text`, `number`, `boolean`, `date`, `url`, `select` or `multiselect`"],
    [{ linkedinHost: `m\u202e\x07${"x".repeat(1000)}` }, /^`m\\u\{202e\}\\u\{7\}x{40,60}…` is no linkedinHost; give `www` or `apex`$/],
    [{ maxBytes: 5n }, "options must be a JSON document"],
    [{ customFields: (() => { const a = []; a.push(a); return a; })() }, "options must be a JSON document"],
  ];
  for (const [options, message] of wrong) {
    test(`${Object.keys(options)[0]}: ${typeof message === "string" ? message : message.source}`, () => {
      for (const call of [() => domain.with(options).check({ a: [1] }), () => domain.with(options).checkText("{}"), () => domain.with(options).checkField("a", [1])]) {
        assert.throws(call, (error) => error instanceof TypeError && (typeof message === "string" ? error.message === message : message.test(error.message)));
      }
      assert.deepEqual(domain.check({ domain: "a.com" }), same({ domain: "a.com" }), "and no harm is done");
    });
  }
  test("null is as if it was not given, and so is what is endless", () => {
    for (const options of [undefined, null, {}, { maxBytes: null, maxDepth: null, strict: null }, { maxBytes: Infinity, maxDepth: Infinity }]) {
      assert.deepEqual(any.with(options).check([[1]]), same([[1]]));
    }
  });
});
