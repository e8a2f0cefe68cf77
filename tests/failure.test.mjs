// What happens when the core fails in the middle of something: a trap, memory or stack that runs out, a
// call from within a call. The call that fails ends in one issue, and nothing else is touched by it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { beforeEach, describe, test } from "node:test";
import * as untroubled from "prewash";
import * as slim from "prewash/slim";
import { internal } from "./internal.mjs";
import { limited } from "./limited.mjs";

/** The glue, with a switch that makes the next call of a name trap: at once, or after its work is done. */
const TRAPPING = `
  import { glue as real } from "real:#glue";
  export function glue() {
    const glue = real();
    return Object.fromEntries(Object.entries(glue).map(([name, call]) => [name, (...args) => {
      const { trap } = globalThis;
      if (trap?.name !== name || trap.after-- > 0) return call(...args);
      globalThis.trap = undefined;
      if (trap.late) call(...args);
      throw new WebAssembly.RuntimeError("unreachable");
    }]));
  }
`;

const prewash = await internal(`export * from "./index.js";`, { "#glue": TRAPPING });

/** Has the call of that name trap that comes after so many others. */
const trap = (name, { after = 0, late = false } = {}) => {
  globalThis.trap = { name, after, late };
};

const MESSAGE = "the check failed through no fault of the input; please report it";
const internalIssue = { code: "internal", severity: "error", path: [], pointer: "", message: MESSAGE, params: { reason: "unreachable" } };
const refused = { ok: false, issues: [internalIssue], changes: [] };
const plain = (value) => JSON.parse(JSON.stringify(value));

const UUID = "3c90c3cc-0d44-4b50-8888-8dd25736052a";
const account = (at) => ({ domain: `https://www.Acme-${at}.com/x`, name: ` Acme ${at}` });
const DOCUMENT = { type: "object", properties: { domain: { type: "string", format: "domain" } }, required: ["domain"] };

beforeEach(() => {
  globalThis.trap = undefined;
});

describe("a trap touches no other result", () => {
  for (const late of [false, true]) {
    test(`plans that were made before are decoded after it${late ? ", its work half done" : ""}`, () => {
      const request = { accounts: [account(1), { domain: "localhost", name: "B" }, account(1), { domain: "c.com", name: "C", "\u202e": 1 }], upsert: true };
      const known = { existing: { "c.com": 7 } };
      const expected = untroubled.recotap.pushAccounts.batch.plan(request, known);
      const { batch } = prewash.recotap.pushAccounts;
      const made = Array.from({ length: 3 }, () => batch.plan(request, known));
      trap("plan", { late });
      assert.deepEqual(batch.plan({ accounts: [account(2)] }).issues, [internalIssue]);
      assert.deepEqual(plain(made[0]), plain(expected));
      assert.equal(batch.plan({ accounts: [account(3)] }).ok, true, "the fresh instance overwrites what the old one had");
      assert.deepEqual(made[1].items, expected.items);
      assert.deepEqual([made[2].results, made[2].summary, made[2].request], [expected.results, expected.summary, expected.request]);
    });
  }
  test("results, issues and changes that were given before it stay as they are", () => {
    const schema = prewash.schema(DOCUMENT);
    const body = { domain: "www.Acme.com", [`custom_field_${UUID}`]: { deep: [1] } };
    const results = [schema.check(body), schema.checkText('{"domain":"x"}'), prewash.cleanDomain("x@y.com"), ...prewash.cleanDomains(["www.a.com", "é.com"])];
    const before = plain(results);
    trap("check", { late: true });
    assert.deepEqual(schema.checkText("{}"), refused);
    for (let at = 0; at < 20; at++) schema.checkText(JSON.stringify({ domain: `n${at}.com`, text: "x".repeat(10_000) }));
    assert.deepEqual(plain(results), before);
  });
  test("schemas, their options, operations and what is registered work again", () => {
    const schema = prewash.schema({ $ref: "https://a.b/c" }, { documents: { "https://a.b/c": DOCUMENT } });
    const strict = schema.with({ strict: true, messages: { required: () => "give it" } });
    const registered = prewash.monaco.upsertAccount.body.with({ customFields: [{ key: UUID, type: "number" }] });
    const all = () => plain([
      schema.check({ domain: "WWW.acme.com" }),
      strict.check({}),
      registered.check({ domain: "a.com", [`custom_field_${UUID}`]: "x" }),
      prewash.reply.updateContactAccount.pathParameters.check({ id: "5" }),
      prewash.monaco.upsertContact.response.checkText("[]"),
      schema.checkField("domain", "x y"),
    ]);
    const before = all();
    for (const name of ["check", "check_shaped", "check_field", "compile", "with_options", "clean_domain", "plan", "known", "input"]) {
      trap(name, { late: true });
      for (const call of [() => schema.checkText("{}"), () => schema.check({}), () => schema.checkField("domain", 1), () => prewash.schema(true), () => schema.with({ strict: true }).check(1), () => prewash.cleanDomain("a"), () => prewash.recotap.pushAccounts.batch.plan({}, { existing: [] }), () => schema.checkText(" ".repeat(1 << 17))]) {
        if (globalThis.trap) try { call(); } catch ({ message }) { assert.equal(message, MESSAGE); }
      }
      assert.equal(globalThis.trap, undefined, `${name} was called`);
      assert.deepEqual(all(), before, name);
    }
  });
  test("of a list of domains those of one crossing are refused, and no other", () => {
    const domains = Array.from({ length: 5000 }, (_, at) => (at % 97 === 0 ? `é${at}.Example` : `WWW.acme-${at}.com`));
    trap("clean_domains", { after: 2 });
    const results = prewash.cleanDomains(domains);
    const expected = untroubled.cleanDomains(domains);
    const failed = results.flatMap((result, at) => (result.issues[0]?.code === "internal" ? [at] : []));
    assert.deepEqual(failed, Array.from({ length: 1024 }, (_, at) => 2048 + at));
    results.forEach((result, at) => assert.deepEqual(result, failed.includes(at) ? refused : expected[at]));
  });
});

describe("plans of many items go on after a trap", () => {
  const { batch } = prewash.recotap.pushAccounts;
  const summary = { total: 0, created: 0, updated: 0, failed: 0 };
  const unread = (index) => ({ index, status: "invalid", domain: null, issues: [], changes: [] });
  /** 350 items; the last hundred are domains that came before, of which 100 to 149 were in the request that trapped. */
  const items = Array.from({ length: 350 }, (_, at) => ({ domain: `acme-${at < 250 ? at : at - 200}.com`, name: "A" }));
  const known = { existing: ["acme-3.com", ["acme-240.com", 5]] };
  const asBytes = (values) => values.map((value) => new TextEncoder().encode(JSON.stringify(value)));

  for (const [name, given] of [["values", items], ["bytes", asBytes(items)]]) {
    test(`${name}: every item is told with its index, and what was sent before is not sent as new`, () => {
      trap("plan", { after: 1, late: true });
      const plans = [...batch.plans(given, known)];
      const expected = [...untroubled.recotap.pushAccounts.batch.plans(given, known)];
      assert.equal(plans.length, 4);
      assert.deepEqual(plain(plans[0]), plain(expected[0]));
      assert.deepEqual(plain(plans[1]), { ok: false, results: [], summary, items: Array.from({ length: 100 }, (_, at) => unread(100 + at)), issues: [internalIssue] });
      // 250 to 299 are those of 50 to 99, which were sent; 300 to 349 those of 100 to 149, which were not.
      assert.deepEqual(plans.flatMap(({ items }) => items.map(({ index }) => index)), items.map((_, at) => at));
      assert.deepEqual(plans[2].items.map(({ status }) => status), Array.from({ length: 100 }, (_, at) => (at < 40 ? "created" : at === 40 ? "failed" : at < 50 ? "created" : "failed")));
      assert.deepEqual(plans[2].items.slice(50).map(({ issues }) => issues.map(({ code }) => code)), Array(50).fill(["already_exists"]));
      assert.deepEqual(plans[3].items.map(({ status }) => status), Array(50).fill("created"));
      assert.equal(plans[2].results[40].rtp_aid, 5, "an id that was given holds");
    });
  }
  test("and after one in another call, between two of them", () => {
    const plans = batch.plans(items, known)[Symbol.iterator]();
    const first = plans.next().value;
    trap("clean_domain");
    prewash.cleanDomain("a.com");
    const rest = [...plans];
    const all = [first, ...rest].flatMap(({ items }) => items);
    const expected = [...untroubled.recotap.pushAccounts.batch.plans(items, known)].flatMap(({ items }) => items);
    assert.deepEqual(all.map(({ index, status, domain }) => [index, status, domain]), expected.map(({ index, status, domain }) => [index, status, domain]));
  });
  test("more than once, asynchronously, and when it ends", async () => {
    const plans = [];
    const given = async function* () {
      for (const [at, item] of items.entries()) {
        if (at === 50 || at === 250) trap("plan");
        yield item;
      }
    };
    for await (const plan of batch.plans(given(), known)) plans.push(plan);
    assert.deepEqual(plans.map(({ ok }) => ok), [false, true, false, true]);
    assert.deepEqual(plans.flatMap(({ items }) => items.map(({ index }) => index)), items.map((_, at) => at));
    assert.deepEqual(plans[3].items.map(({ status }) => status), Array(50).fill("failed"), "100 to 149 were sent by the second");
    const [only] = batch.plans([account(1)]);
    assert.equal(only.items[0].index, 0, "nothing of it is left for others");
  });
  test("a request that is too large to be read leaves the indexes right", () => {
    const small = prewash.recotap.pushAccounts.with({ maxBytes: 20_000 });
    const large = items.slice(0, 250).map((item, at) => (at === 150 ? { ...item, name: "x".repeat(30_000) } : item));
    const plans = [...small.batch.plans(large)];
    assert.deepEqual(plans.map(({ ok, issues }) => [ok, issues.map(({ code }) => code)]), [[true, []], [false, ["too_large"]], [true, []]]);
    assert.deepEqual(plans.flatMap(({ items }) => items.map(({ index }) => index)), large.map((_, at) => at));
  });
});

describe("memory that runs out", () => {
  const any = slim.schema(true);
  test("ends the call in an issue, and the next call works", async () => {
    await slim.init(limited(readFileSync(new URL("../pkg/dist/prewash.wasm", import.meta.url)), 160));
    const body = slim.monaco.upsertAccount.body;
    const plan = slim.recotap.pushAccounts.batch.plan({ accounts: [account(1)] });
    const large = JSON.stringify(Array(2_000_000).fill(1));
    const calls = {
      "a text": () => any.checkText(large),
      bytes: () => any.checkText(Buffer.from(large)),
      "a value": () => any.check(Array(2_000_000).fill(1)),
      "a field": () => body.checkField("name", "x".repeat(12_000_000)),
      "a batch": () => slim.recotap.pushAccounts.batch.plan(large),
      "a domain": () => slim.cleanDomain("x".repeat(12_000_000)),
      "an answer": () => slim.recotap.pushAccounts.batch.reconcile(plan, large),
    };
    for (const [name, call] of Object.entries(calls)) {
      for (let count = 0; count < 3; count++) {
        const { ok, issues } = call();
        assert.deepEqual([ok, issues.map(({ code, message }) => [code, message])], [false, [["internal", MESSAGE]]], name);
        assert.deepEqual(body.check({ domain: "www.acme.com" }).value, { domain: "acme.com" }, name);
      }
    }
    assert.deepEqual(plain(plan), plain(untroubled.recotap.pushAccounts.batch.plan({ accounts: [account(1)] })), "and is read only now");
  });
  test("while a document is compiled is an exception that says so", () => {
    const large = { enum: Array.from({ length: 400_000 }, (_, at) => `value ${at}`) };
    assert.throws(() => slim.schema(large), { name: "Error", message: MESSAGE });
    assert.equal(slim.schema(DOCUMENT).check({ domain: "www.acme.com" }).value.domain, "acme.com");
  });
});

describe("a stack that runs out", () => {
  test("at any depth leaves everything as it was", () => {
    const schema = prewash.schema(DOCUMENT);
    const batch = prewash.recotap.pushAccounts.batch;
    const calls = [
      () => schema.check({ domain: "www.acme.com" }),
      () => schema.checkText('{"domain":"www.acme.com"}'),
      () => prewash.cleanDomain("www.acme.com"),
      () => batch.plan({ accounts: [account(1)] }),
      () => schema.check({ domain: "www.acme.com", when: new Date(0) }),
    ];
    for (const call of calls) {
      const good = JSON.stringify(call());
      const seen = new Set();
      // From the bottom of the stack up: a call at each depth, until one has room enough.
      const dive = () => {
        let room = false;
        try {
          room = dive();
        } catch {
          // It is full here.
        }
        if (room) return true;
        let told;
        try {
          told = JSON.stringify(call());
        } catch (error) {
          assert.ok(error instanceof RangeError, String(error));
          return false;
        }
        const { issues } = JSON.parse(told);
        seen.add(told === good ? "right" : issues?.[0].code);
        return told === good;
      };
      assert.equal(dive(), true);
      for (const outcome of seen) assert.ok(["right", "internal", "too_large", "unsupported_value"].includes(outcome), outcome);
      assert.equal(JSON.stringify(call()), good, "as good as ever afterwards");
    }
  });
});

describe("a call from within a call", () => {
  const { cleanDomain, monaco, recotap } = prewash;
  const schema = prewash.schema(DOCUMENT);
  const other = prewash.schema({ type: "array", items: { type: "string", format: "email" }, uniqueItems: true });
  /** What is called within: each of these, with what it must give. */
  const within = {
    "the same schema": [() => schema.check({ domain: "www.inner.com" }), { ok: true, value: { domain: "inner.com" } }],
    "the same schema, on text": [() => schema.checkText('{"domain":"www.inner.com"}'), { ok: true, json: '{"domain":"inner.com"}' }],
    "another schema": [() => other.check([" Jane@ACME.com"]), { ok: true, value: ["Jane@acme.com"] }],
    "a domain": [() => cleanDomain("https://Inner.com/"), { ok: true, value: "inner.com" }],
    "domains": [() => prewash.cleanDomains(["é.com", "A.com"])[1], { ok: true, value: "a.com" }],
    "a new schema": [() => prewash.schema({ type: "string", minLength: 2 }).check("ab"), { ok: true, value: "ab" }],
    "new options": [() => schema.with({ strict: true }).check({ domain: "a.com" }), { ok: true, value: { domain: "a.com" } }],
    "a batch": [() => ({ ok: true, value: recotap.pushAccounts.batch.plan({ accounts: [account(9)] }).request.accounts[0] }), { ok: true, value: { domain: "acme-9.com", name: "Acme 9" } }],
    "a large text": [() => ({ ok: other.checkText(`["${"x".repeat(3_000_000)}@a.com"]`).ok }), { ok: false }],
    "what traps": [() => (trap("check"), other.checkText("[]")), { ok: false }],
  };
  for (const [name, [call, expected]] of Object.entries(within)) {
    const inner = () => {
      const result = call();
      for (const key of Object.keys(expected)) assert.deepEqual(result[key], expected[key]);
    };
    test(`${name}: by a function for messages`, () => {
      let called = 0;
      const told = schema.with({ messages: { single_label: (issue) => (inner(), called++, `not ${issue.params.found}`) } });
      assert.deepEqual(told.check({ domain: "outer" }).issues.map(({ message }) => message), ["not outer"]);
      assert.deepEqual(told.checkText('{"domain":"outer"}').issues.map(({ message, position }) => [message, position.column]), [["not outer", 11]]);
      const { batch } = recotap.pushAccounts.with({ messages: { single_label: () => (inner(), called++, "mine") } });
      const plan = batch.plan({ accounts: [{ domain: "outer", name: "A" }, account(1)] });
      assert.deepEqual(plan.items.map(({ issues }) => issues.map(({ message }) => message)), [["mine"], []]);
      assert.deepEqual(plan.request, { accounts: [{ domain: "acme-1.com", name: "Acme 1" }] });
      assert.equal(called, 3);
    });
    test(`${name}: by a getter, toJSON, a proxy`, () => {
      const expected = { domain: "outer.com", b: 2, c: [3], d: "x" };
      const values = [
        { domain: "www.outer.com", get b() { return inner(), 2; }, c: [3], d: "x" },
        { domain: "www.outer.com", b: { toJSON: () => (inner(), 2) }, c: [3], d: "x" },
        { domain: "www.outer.com", b: 2, c: new Proxy([3], { get: (target, key) => (inner(), target[key]) }), d: "x" },
        new Proxy({ domain: "www.outer.com", b: 2, c: [3], d: "x" }, { ownKeys: (target) => (inner(), Reflect.ownKeys(target)) }),
      ];
      for (const value of values) {
        const result = schema.check(value);
        assert.deepEqual(result.value, expected);
        assert.deepEqual(result.changes, [{ path: ["domain"], pointer: "/domain", from: "www.outer.com", to: "outer.com", rule: "domain" }]);
      }
    });
    test(`${name}: by what plans take, between and within their items`, () => {
      const items = function* () {
        for (let at = 0; at < 150; at++) {
          if (at % 50 === 7) inner();
          yield at === 120 ? { get domain() { return inner(), "acme-20.com"; }, name: "A" } : { domain: `acme-${at}.com`, name: "A" };
        }
      };
      const plans = [];
      for (const plan of recotap.pushAccounts.batch.plans(items())) {
        inner();
        plans.push(plan);
      }
      const statuses = plans.flatMap(({ items }) => items.map(({ index, status }) => [index, status]));
      assert.deepEqual(statuses, Array.from({ length: 150 }, (_, at) => [at, at === 120 ? "failed" : "created"]));
    });
  }
  test("two runs of plans at once know of nothing of each other", () => {
    const runs = Array.from({ length: 2 }, () => recotap.pushAccounts.batch.plans(Array.from({ length: 250 }, (_, at) => ({ domain: `acme-${at % 200}.com`, name: "A" })))[Symbol.iterator]());
    const taken = [[], []];
    for (let count = 0; count < 3; count++) runs.forEach((run, at) => taken[at].push(...run.next().value.items.map(({ status }) => status)));
    for (const statuses of taken) assert.deepEqual(statuses, Array.from({ length: 250 }, (_, at) => (at < 200 ? "created" : "failed")));
  });
  test("which throws is thrown on where it is the caller's own, and nothing is left of it", () => {
    const mine = new Error("mine");
    const throws = () => {
      throw mine;
    };
    const told = monaco.upsertAccount.body.with({ messages: { single_label: throws } });
    const { batch } = recotap.pushAccounts.with({ messages: { single_label: throws } });
    for (let count = 0; count < 3; count++) {
      assert.throws(() => told.check({ domain: "x" }), mine);
      assert.throws(() => told.checkText('{"domain":"x"}'), mine);
      assert.throws(() => told.checkField("domain", "x"), mine);
      const plan = batch.plan({ accounts: [{ domain: "x", name: "A" }] });
      assert.deepEqual([plan.ok, plan.summary.total], [false, 0], "items are told when they are read");
      assert.throws(() => plan.items, mine);
      assert.throws(() => plan.items, mine);
      assert.throws(() => [...recotap.pushAccounts.batch.plans((function* () { yield account(1); throws(); })())], mine);
      assert.throws(() => prewash.cleanDomains((function* () { yield "a.com"; throws(); })()), mine);
      assert.throws(() => schema.with({ get strict() { return throws(); } }), mine);
      // Of data it is an issue.
      const { ok, issues } = schema.check({ get domain() { return throws(); } });
      assert.deepEqual([ok, issues.map(({ code, pointer }) => [code, pointer])], [false, [["unsupported_value", "/domain"]]]);
      assert.deepEqual(schema.check({ domain: "www.acme.com" }).value, { domain: "acme.com" });
    }
  });
});
