// Batches: kinds of bodies, plans that decode late, items as bytes, what is known.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { inspect } from "node:util";
import { recotap } from "prewash";

const { batch } = recotap.pushAccounts;
const encode = (text) => new TextEncoder().encode(text);
const decode = (bytes) => new TextDecoder().decode(bytes);
const item = (domain, name = "Acme") => ({ domain, name });
const body = { accounts: [item("www.acme.com"), item("localhost"), item("acme.com")], upsert: true };
const clean = { accounts: [item("acme.com"), item("acme.com")], upsert: true };

describe("plan", () => {
  test("gives the request in the kind of the body", () => {
    const text = JSON.stringify(body);
    const fromValue = batch.plan(body);
    const fromText = batch.plan(text);
    const fromBytes = batch.plan(encode(text));
    assert.deepEqual(fromValue.request, clean);
    assert.equal(fromText.request, JSON.stringify(clean));
    assert.ok(fromBytes.request instanceof Uint8Array);
    assert.equal(decode(fromBytes.request), fromText.request);
    for (const plan of [fromText, fromBytes]) {
      assert.deepEqual([plan.results, plan.summary], [fromValue.results, fromValue.summary]);
      const unplaced = plan.items.map((one) => ({ ...one, issues: one.issues.map(({ position, ...issue }) => (assert.ok(position), issue)) }));
      assert.deepEqual(unplaced, fromValue.items);
    }
  });
  test("is a plain object, whichever of its parts is read first", () => {
    const expected = ["ok", "request", "results", "summary", "items", "issues"];
    const whole = JSON.parse(JSON.stringify(batch.plan(body)));
    assert.deepEqual(Object.keys(whole).sort(), [...expected].sort());
    for (const part of ["results", "summary", "items"]) {
      const plan = batch.plan(body);
      batch.plan({ accounts: [item("other.com")] });
      assert.deepEqual(plan[part], whole[part]);
      assert.deepEqual(Object.getOwnPropertyDescriptor(plan, part), { value: plan[part], writable: true, enumerable: true, configurable: true });
      assert.deepEqual(JSON.parse(JSON.stringify(plan)), whole);
    }
    assert.deepEqual(Object.keys(batch.plan(body)).sort(), [...expected].sort());
    assert.equal(Object.getPrototypeOf(batch.plan(body)), Object.prototype);
    assert.doesNotMatch(inspect(batch.plan(body), { depth: 4 }), /Getter/);
    assert.match(inspect(batch.plan(body), { depth: 4 }), /duplicate_in_batch|created/);
    assert.deepEqual({ ...batch.plan(body) }.summary, whole.summary);
  });
  test("that cannot be sent has no request", () => {
    const plan = batch.plan({ accounts: [] });
    assert.equal(plan.ok, false);
    assert.equal("request" in plan, false);
    assert.deepEqual([plan.results, plan.summary, plan.items], [[], { total: 0, created: 0, updated: 0, failed: 0 }, []]);
  });
  test("ends in issues for anything", () => {
    for (const value of [undefined, null, 5, "", "{", encode("{"), [], NaN, () => 1]) {
      const plan = batch.plan(value);
      assert.equal(plan.ok, false);
      assert.ok(plan.issues.length > 0);
      assert.deepEqual(plan.items, []);
    }
  });
  test("takes what exists in any form", () => {
    const statuses = (existing) => batch.plan({ accounts: [item("a.com"), item("b.com")], upsert: true }, { existing }).results;
    const expected = (id) => [
      { rtp_aid: id, domain: "a.com", status: "updated" },
      { rtp_aid: null, domain: "b.com", status: "created" },
    ];
    assert.deepEqual(statuses(["https://www.A.com/x"]), expected(null));
    assert.deepEqual(statuses(new Set(["a.com"])), expected(null));
    assert.deepEqual(statuses([["A.com", "1"]]), expected("1"));
    assert.deepEqual(statuses(new Map([["a.com", "1"], ["c.com", null]])), expected("1"));
    assert.deepEqual(statuses({ "a.com": "1" }), expected("1"));
    assert.deepEqual(statuses((function* () { yield "a.com"; })()), expected(null));
  });
  test("refuses what is known of the wrong type with a TypeError", () => {
    for (const known of [{ existing: "a.com" }, { existing: [5] }, { existing: [[5, "1"]] }, { customFields: "A" }, { customFields: [{}] }]) {
      assert.throws(() => batch.plan(body, known), TypeError, JSON.stringify(known));
    }
  });
});

describe("plans", () => {
  const rows = Array.from({ length: 250 }, (_, index) => item(`www.Site${index % 240}.com`));
  test("of values and of their bytes are the same", () => {
    const options = { existing: ["site7.com"], upsert: true, body: { segmentId: "s1" } };
    const values = [...batch.plans(rows, options)];
    const texts = [...batch.plans(rows.map((row) => encode(JSON.stringify(row))), options)];
    assert.equal(texts.length, 3);
    texts.forEach((plan, index) => {
      assert.deepEqual(JSON.parse(decode(plan.request)), values[index].request);
      assert.deepEqual(plan.summary, values[index].summary);
      assert.deepEqual(plan.items.map(({ index }) => index), values[index].items.map(({ index }) => index));
    });
    assert.equal(values[0].request.segmentId, "s1");
    assert.deepEqual(values.flatMap(({ items }) => items.map(({ index }) => index)), rows.map((_, index) => index));
  });
  test("of an asynchronous iterable come as they fill", async () => {
    let read = 0;
    const slowly = async function* () {
      for (const row of rows) {
        read += 1;
        yield row;
      }
    };
    const sizes = [];
    for await (const plan of batch.plans(slowly())) sizes.push([plan.items.length, read]);
    assert.deepEqual(sizes, [[100, 100], [100, 200], [50, 250]]);
  });
  test("tell of bytes that are no JSON by themselves, at their place, and lose no other item", () => {
    const good = (name) => encode(`{"domain":"${name}.com","name":"A","externalId":1.0}`.replace(',"externalId":1.0', ""));
    const items = [good("a"), encode('{"domain":"b.com",\n"name":'), encode('{"domain":"c.com","name":"C"},{"domain":"d.com"'), encode(""), encode('"x"'), encode('{"name":"é",\n "domain":"localhost"}'), good("e")];
    const [plan] = batch.plans(items);
    assert.equal(decode(plan.request), '{"accounts":[{"domain":"a.com","name":"A"},{"domain":"e.com","name":"A"}]}');
    assert.deepEqual(plan.items.map(({ index, status }) => [index, status]), [[0, "created"], [1, "invalid"], [2, "invalid"], [3, "invalid"], [4, "invalid"], [5, "invalid"], [6, "created"]]);
    const told = plan.items.map(({ issues }) => issues.map(({ code, pointer, position }) => [code, pointer, position]));
    assert.deepEqual(told, [
      [],
      [["invalid_json", "/accounts/1", { line: 2, column: 8, offset: 26 }]],
      [["invalid_json", "/accounts/2", { line: 1, column: 30, offset: 29 }]],
      [["invalid_json", "/accounts/3", { line: 1, column: 1, offset: 0 }]],
      [["type", "/accounts/4", { line: 1, column: 1, offset: 0 }]],
      [["single_label", "/accounts/5/domain", { line: 2, column: 11, offset: 24 }]],
      [],
    ]);
  });
  test("keep the digits of numbers in bytes", () => {
    const [plan] = batch.plans([encode('{"domain":"a.com","name":"A","customFields":{"X":1.500,"Y":12345678901234567890}}')]);
    assert.equal(decode(plan.request), '{"accounts":[{"domain":"a.com","name":"A","customFields":{"X":1.500,"Y":12345678901234567890}}]}');
  });
  test("of one deep or large item lose no other", () => {
    const deep = (levels) => encode(`{"domain":"a.com","name":"A","customFields":{"X":${"[".repeat(levels)}${"]".repeat(levels)}}}`);
    const [plan] = batch.plans([deep(124), deep(125), encode(JSON.stringify(item("b.com")))]);
    assert.deepEqual(plan.items.map(({ status, issues }) => [status, issues.map(({ code }) => code)]), [["created", []], ["invalid", ["too_deep"]], ["created", []]]);
    const large = (bytes) => encode(JSON.stringify({ domain: "big.com", name: "x".repeat(bytes) }));
    const plans = [...batch.plans([large(9 << 20), large(9 << 20), item("c.com"), large(17 << 20)].map((one) => (one instanceof Uint8Array ? one : encode(JSON.stringify(one)))))];
    assert.deepEqual(plans.map(({ items }) => items.map(({ status }) => status)).flat(), ["created", "failed", "created", "invalid"]);
    assert.equal(plans.at(-1).items.at(-1).issues[0].code, "too_large");
  });
  test("take items that are all bytes or all values", () => {
    assert.throws(() => [...batch.plans([encode("{}"), {}])], TypeError);
  });
  test("let go of what they know when the loop is left", () => {
    for (const plan of batch.plans(rows)) {
      assert.equal(plan.ok, true);
      break;
    }
    assert.equal([...batch.plans([item("site0.com")])][0].items[0].status, "created");
  });
});

describe("respond", () => {
  test("takes any iterable, and the id by either name", () => {
    const outcomes = new Set([
      { domain: "a.com", status: "created", id: "1" },
      { domain: "b.com", status: "updated", rtp_aid: "2" },
      { domain: "c.com", status: "failed", error: "Busy" },
    ]);
    assert.deepEqual(batch.respond(outcomes), {
      results: [
        { rtp_aid: "1", domain: "a.com", status: "created" },
        { rtp_aid: "2", domain: "b.com", status: "updated" },
        { rtp_aid: null, domain: "c.com", status: "failed", error: "Busy" },
      ],
      summary: { total: 3, created: 1, updated: 1, failed: 1 },
    });
  });
  test("refuses outcomes that are none with a TypeError that says which", () => {
    assert.throws(() => batch.respond([{ domain: "a.com", status: "created" }, { domain: "b.com", status: "invalid" }]), { name: "TypeError", message: /1/ });
    assert.throws(() => batch.respond([{ status: "created" }]), { name: "TypeError", message: /domain/ });
  });
});

describe("reconcile", () => {
  const plan = batch.plan({ accounts: [item("a.com"), item("b.com")] });
  const response = batch.respond([{ domain: "a.com", status: "created", id: "1" }, { domain: "b.com", status: "failed" }]);
  const expected = {
    ok: true,
    done: [{ index: 0, domain: "a.com", status: "created", id: "1", error: null }],
    retry: [],
    fix: [{ index: 1, domain: "b.com", status: "failed", id: null, error: response.results[1].error }],
    issues: [],
  };
  test("takes the answer in any kind, and the plan as JSON", () => {
    const text = JSON.stringify(response);
    for (const given of [response, text, encode(text)]) assert.deepEqual(batch.reconcile(plan, given), expected);
    assert.deepEqual(batch.reconcile(JSON.parse(JSON.stringify(plan)), response), expected);
  });
});
