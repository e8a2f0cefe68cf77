// What a Schema does around the core: options, messages, paths, standards, and values against text.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { cleanDomain, cleanDomains, mergeCustomFields, monaco, openapi, recotap, reply, schema, splitCustomFields } from "prewash";
import { internal } from "./internal.mjs";

const ID = "1a2b3c4d-5e6f-4a7b-8c9d-0e1f2a3b4c5d";
const { body } = monaco.upsertAccount;

describe("with", () => {
  test("gives a new schema and leaves the old one as it was", () => {
    const strict = body.with({ strict: true });
    const unknown = { domain: "acme.com", website: "x" };
    assert.deepEqual([strict.check(unknown).ok, body.check(unknown).ok], [false, true]);
    assert.notEqual(strict, body);
  });
  test("adds to the options given before", () => {
    const both = body.with({ strict: true }).with({ linkedinHost: "www" });
    const value = { domain: "acme.com", linkedin_url: "linkedin.com/company/acme" };
    assert.equal(both.check(value).value.linkedin_url, "https://www.linkedin.com/company/acme");
    assert.equal(both.check({ ...value, website: "x" }).ok, false);
    assert.equal(both.with({ strict: false }).check({ ...value, website: "x" }).ok, true);
  });
  test("keeps a copy: what is changed afterwards changes nothing", () => {
    const customFields = [{ key: ID, type: "number" }];
    const typed = body.with({ customFields });
    customFields[0].type = "text";
    assert.equal(typed.check({ domain: "acme.com", [`custom_field_${ID}`]: 1 }).ok, true);
  });
  test("on an operation holds for all of its schemas and its batches", () => {
    const strict = recotap.pushAccounts.with({ strict: true });
    assert.deepEqual([strict.method, strict.path], ["POST", "/accounts"]);
    const accounts = [{ domain: "acme.com", name: "Acme", website: "x" }];
    assert.equal(strict.body.check({ accounts }).ok, false);
    assert.equal(strict.batch.plan({ accounts }).items[0].status, "invalid");
    assert.equal(recotap.pushAccounts.batch.plan({ accounts }).items[0].status, "created");
  });
  test("refuses what is no option, with a TypeError that says so", () => {
    assert.throws(() => body.with({ linkedinHost: "m" }).check({}), { name: "TypeError", message: /linkedinHost/ });
    assert.throws(() => body.with({ customFields: [{ key: "a", type: "money" }] }).check({}), { name: "TypeError" });
  });
  test("limits how deep and how long inputs may be", () => {
    const small = schema(true).with({ maxDepth: 2, maxBytes: 10 });
    assert.equal(small.check([[1]]).ok, true);
    for (const result of [small.check([[[1]]]), small.checkText("[[[1]]]")]) assert.equal(result.issues[0].code, "too_deep");
    for (const result of [small.check("x".repeat(9)), small.checkText(`"${"x".repeat(9)}"`), small.checkText(Buffer.from(`"${"é".repeat(5)}"`))]) {
      assert.equal(result.issues[0].code, "too_large");
    }
    assert.equal(small.checkText(`"${"é".repeat(5)}"`).issues[0].code, "too_large", "the limit is in bytes, not in characters");
    assert.deepEqual(small.checkText('"\n345678901"').issues, [
      {
        code: "too_large",
        severity: "error",
        path: [],
        pointer: "",
        message: "12 bytes are more than the 10 that are taken",
        params: { length: 12, limit: 10 },
        position: { line: 2, column: 9, offset: 10 },
      },
    ]);
  });
});

describe("messages", () => {
  const messages = {
    required: ({ path, params }) => `${path.join(".")} fehlt (${params.key})`,
    single_label: ({ params }) => `${params.found} ist keine Domain`,
    invalid_json: () => "kein JSON",
    duplicate_in_batch: () => "doppelt",
    response_length: ({ params }) => `${params.count} statt ${params.sent}`,
    internal: "not a function",
  };
  const german = body.with({ messages });
  const told = ({ issues }) => issues.map(({ message }) => message);
  test("replace those of their codes, and no others", () => {
    assert.deepEqual(told(german.check({ domain: "x", status: "OLD" })), ["x ist keine Domain", told(body.check({ domain: "acme.com", status: "OLD" }))[0]]);
    assert.deepEqual(told(german.check({})), ["domain fehlt (domain)"]);
    assert.deepEqual(told(german.checkText("{")), ["kein JSON"]);
    assert.deepEqual(told(german.checkField("domain", "x")), ["x ist keine Domain"]);
  });
  test("apply to the items of plans and to reconciling", () => {
    const { batch } = recotap.pushAccounts.with({ messages });
    const item = { domain: "acme.com", name: "Acme" };
    const plan = batch.plan({ accounts: [item, item] });
    assert.deepEqual(told(plan.items[1]), ["doppelt"]);
    assert.deepEqual(told(batch.reconcile(plan, { results: [] })), ["0 statt 2"]);
  });
  test("are looked up as own members only", () => {
    assert.equal(body.with({ messages: Object.create({ required: () => "inherited" }) }).check({}).issues[0].message, "`domain` is required");
  });
});

describe("checkField", () => {
  const { body } = recotap.pushAccounts;
  test("takes a path, a pointer or a dotted name", () => {
    const expected = body.checkField(["accounts", 0, "domain"], "www.acme.com");
    assert.deepEqual(expected, {
      ok: true,
      value: "acme.com",
      issues: [],
      changes: [{ path: ["accounts", 0, "domain"], pointer: "/accounts/0/domain", from: "www.acme.com", to: "acme.com", rule: "domain" }],
    });
    for (const path of ["/accounts/0/domain", "accounts[0].domain", "accounts.0.domain", 'accounts[0]["domain"]']) {
      assert.deepEqual(body.checkField(path, "www.acme.com"), expected, path);
    }
    for (const path of ["", []]) assert.equal(body.checkField(path, {}).issues[0].pointer, "/accounts");
  });
  test("unescapes pointers and quoted names", async () => {
    const { toPath, toPointer } = await internal(`export * from "./path.js";`);
    assert.deepEqual(toPath("/a~1b/m~0n/01/0/"), ["a/b", "m~n", "01", 0, ""]);
    assert.deepEqual(toPath('a["b.c"].d[3][e]'), ["a", "b.c", "d", 3, "e"]);
    assert.deepEqual(toPath('["a\\"b"]'), ['a"b']);
    assert.equal(toPointer(["a/b", "m~n", 0, ""]), "/a~1b/m~0n/0/");
  });
});

describe("text", () => {
  test("that needs no change is given back itself, bytes included", () => {
    const text = '{ "domain" : "acme.com", "notes": 1.50e1 }';
    assert.equal(schema(true).checkText(text).json, text);
    const bytes = new TextEncoder().encode(text);
    assert.equal(schema(true).checkText(bytes).json, bytes);
    assert.equal(schema(true).checkText(bytes.buffer).json.length, bytes.length);
    assert.equal(schema(true).checkText(new DataView(bytes.buffer, 0, 1)).ok, false);
  });
  test("that is changed comes back in its kind, as bytes of its own", () => {
    const bytes = Buffer.from('{"domain":"www.acme.com"}');
    const { json } = body.checkText(bytes);
    assert.ok(json instanceof Uint8Array && !Buffer.isBuffer(json));
    body.checkText(Buffer.from('{"domain":"www.other.com"}'));
    assert.equal(Buffer.from(json).toString(), '{"domain":"acme.com"}');
    assert.equal(json.buffer.byteLength, json.length, "nothing of the core's memory hangs on it");
  });
  test("of any script and any length passes", () => {
    const any = schema({ type: "string", "x-trim": true });
    for (const unit of ["a", "é", "ก", "😀", "aé", "ก😀b"]) {
      for (const length of [1, 100, 5461, 5462, 16384, 16385, 70_000]) {
        const text = unit.repeat(length);
        assert.equal(any.checkText(JSON.stringify(` ${text}`)).json, JSON.stringify(text));
        assert.equal(any.check(` ${text}`).value, text);
      }
    }
  });
  test("with half of a surrogate pair is one issue at its place, and nothing is put in its place", () => {
    const issue = (column, offset, line = 1) => [
      {
        code: "invalid_unicode",
        severity: "error",
        path: [],
        pointer: "",
        message: "not valid Unicode: half of a surrogate pair",
        params: { what: "half of a surrogate pair" },
        position: { line, column, offset },
      },
    ];
    const any = schema(true);
    assert.deepEqual(any.checkText('"\ud800"').issues, issue(2, 1));
    assert.deepEqual(any.checkText('"\udc00\ud800"').issues, issue(2, 1));
    assert.deepEqual(any.checkText('["é😀",\n "\\\udfff"]').issues, issue(4, 14, 2));
  });
});

describe("the standards", () => {
  test("Standard Schema gives the value or the errors, without the warnings", () => {
    const { version, vendor, validate } = body["~standard"];
    assert.deepEqual([version, vendor], [1, "prewash"]);
    assert.deepEqual(validate({ domain: "www.acme.com", website: 1 }), { value: { domain: "acme.com", website: 1 } });
    assert.deepEqual(validate({ website: 1 }), { issues: [{ message: "`domain` is required", path: ["domain"] }] });
    assert.equal(body["~standard"], body["~standard"]);
  });
  test("Standard JSON Schema gives a copy each time, and refuses targets that are none", () => {
    const { input, output } = body["~standard"].jsonSchema;
    for (const give of [input, output]) {
      assert.deepEqual(give({ target: "draft-2020-12" }), give({ target: "draft-2020-12" }));
      assert.notEqual(give({ target: "draft-2020-12" }), give({ target: "draft-2020-12" }));
      assert.throws(() => give({ target: "draft-04" }), { message: "`draft-04` is no target that is known; give draft-2020-12, draft-07, openapi-3.0" });
    }
  });
  test("jsonSchema refers to nothing outside of itself and compiles", () => {
    for (const operation of [...Object.values(monaco), ...Object.values(reply), ...Object.values(recotap)]) {
      for (const part of [operation.body, operation.response, operation.pathParameters]) {
        const { jsonSchema } = part;
        assert.equal(jsonSchema.$schema, "https://json-schema.org/draft/2020-12/schema");
        for (const [, reference] of JSON.stringify(jsonSchema).matchAll(/"\$ref":"([^"]*)"/g)) {
          const name = /^#\/\$defs\/(.+)$/.exec(reference)?.[1];
          assert.ok(Object.hasOwn(jsonSchema.$defs, name), reference);
        }
        schema(jsonSchema);
      }
    }
    const again = schema(recotap.pushAccounts.body.jsonSchema);
    assert.equal(again.check({ accounts: [{ domain: "x", name: "X" }] }).issues[0].code, "single_label");
  });
  test("jsonSchema of one's own schema is what was given, further documents bundled", () => {
    const given = { $ref: "https://example.com/name", title: "Name" };
    const documents = { "https://example.com/name": { type: "string", minLength: 2 } };
    assert.deepEqual(schema({ title: "x" }).jsonSchema, { title: "x" });
    assert.deepEqual([schema(true).jsonSchema, schema(false).jsonSchema], [{}, { not: {} }]);
    assert.deepEqual(schema(given, { documents }).jsonSchema, {
      ...given,
      $defs: { "https://example.com/name": { $id: "https://example.com/name", type: "string", minLength: 2 } },
    });
  });
});

describe("documents of the user's own", () => {
  const document = {
    openapi: "3.1.0",
    info: { title: "Mine", version: "1" },
    paths: {
      "/things/{id}": {
        parameters: [{ name: "id", in: "path", required: true, schema: { type: "integer" } }],
        put: {
          operationId: "putThing",
          requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/Thing" } } } },
          responses: { 204: { description: "done" } },
        },
      },
      "/things": {
        post: {
          requestBody: { content: { "application/json": { schema: { type: "object", properties: { things: { type: "array", maxItems: 2, items: { $ref: "#/components/schemas/Thing" } } } } } } },
          responses: { 200: { description: "done", content: { "application/json": { schema: {} } } } },
          "x-batch": { items: "things", key: "site" },
        },
      },
    },
    components: { schemas: { Thing: { type: "object", required: ["site"], properties: { site: { type: "string", format: "domain" } } } } },
  };
  test("give operations by operationId, or by method and path", () => {
    for (const given of [document, JSON.stringify(document), Buffer.from(JSON.stringify(document))]) {
      const api = openapi(given);
      assert.deepEqual(Object.keys(api), ["putThing", "POST /things"]);
      const { method, path } = api.putThing;
      assert.deepEqual([method, path, "batch" in api.putThing], ["PUT", "/things/{id}", false]);
      assert.deepEqual(api.putThing.body.check({ site: "www.acme.com" }).value, { site: "acme.com" });
      assert.deepEqual(api.putThing.pathParameters.check({ id: "7" }).value, { id: 7 });
      assert.deepEqual(api.putThing.body.jsonSchema, { $schema: "https://json-schema.org/draft/2020-12/schema", ...document.components.schemas.Thing });
    }
  });
  test("have batches of as many items as theirs may hold", () => {
    const { batch } = openapi(document)["POST /things"];
    const plans = [...batch.plans(["a.com", "b.com", "a.com"].map((site) => ({ site })))];
    assert.deepEqual(plans.map(({ request }) => request.things.length), [2, 1]);
    assert.deepEqual(plans[1].items.map(({ index, status, site }) => [index, status, site]), [[2, "failed", "a.com"]]);
    assert.throws(() => [...batch.plans([], { upsert: true })], TypeError);
  });
  test("that do not compile are a TypeError that says where", () => {
    assert.throws(() => schema({ properties: { a: { type: "text" } } }), { name: "TypeError", message: /`\/properties\/a\/type`/ });
    assert.throws(() => schema("{"), TypeError);
    assert.throws(() => schema(undefined), TypeError);
    const cyclic = {};
    cyclic.self = cyclic;
    assert.throws(() => schema(cyclic), TypeError);
    assert.throws(() => openapi({}), { name: "TypeError", message: /openapi/ });
  });
});

describe("custom fields", () => {
  const input = { domain: "acme.com", [`custom_field_${ID}`]: [1], [`custom_field_${ID.toUpperCase()}`]: 2, custom_field_: 3, notes: undefined };
  test("go apart as written and together again without loss", () => {
    const { fields, custom } = splitCustomFields(input);
    assert.deepEqual(fields, { domain: "acme.com", notes: undefined });
    assert.deepEqual(custom, { [ID]: [1], [ID.toUpperCase()]: 2, "": 3 });
    assert.deepEqual(mergeCustomFields(fields, custom), input);
  });
  test("that are there already are not written over", () => {
    assert.throws(() => mergeCustomFields(input, { [ID]: 5 }), { name: "TypeError", message: `\`custom_field_${ID}\` is in both the fields and the custom fields` });
  });
  test("of what is no object are a TypeError", () => {
    for (const value of [undefined, null, [], "x"]) {
      assert.throws(() => splitCustomFields(value), TypeError);
      assert.throws(() => mergeCustomFields({}, value), TypeError);
    }
  });
});

describe("domains", () => {
  test("one by one and many at once are the same", () => {
    const inputs = ["https://www.Acme.com/foo", "acme.com", "localhost", "", "münchen.de", "\ud800.com", 5, null, undefined, {}, "x".repeat(300)];
    const results = cleanDomains(inputs);
    inputs.forEach((input, index) => assert.deepEqual(results[index], cleanDomain(input), String(input)));
  });
  test("come from any iterable, holes included", () => {
    assert.deepEqual(cleanDomains(new Set(["a.com", "www.b.com"])).map(({ value }) => value), ["a.com", "b.com"]);
    assert.deepEqual(cleanDomains([, "a.com"]).map(({ ok }) => ok), [false, true]);
  });
});

describe("a value and its text", () => {
  // Random bodies of all five operations, from a seeded generator: xorshift32.
  let state = 20240611;
  const random = (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
  const pick = (list) => list[random(list.length)];
  const scalar = () => pick(["www.acme.com", " x ", "", "a@B.com", "linkedin.com/in/Jane", ID.toUpperCase(), "N/A", 5, 1.5, -0, 1e21, true, null, "é\u2028😀\"\\\u0000"]);
  const value = (depth) => {
    const kind = random(depth > 2 ? 2 : 4);
    if (kind === 2) return Array.from({ length: random(4) }, () => value(depth + 1));
    if (kind === 3) return Object.fromEntries(Array.from({ length: random(4) }, () => [key({}), value(depth + 1)]));
    return scalar();
  };
  const key = ({ properties = {} }) =>
    pick([...Object.keys(properties), ...Object.keys(properties), `custom_field_${ID}`, `custom_field_${ID.toUpperCase()}`, "__proto__", "constructor", "x~/y", "0"]);
  /** A value that passes, if the property is one of a schema's; often one that is cleaned. */
  const good = ({ type, format, items, $ref }) => {
    const types = [type].flat();
    if ($ref || format === "uuid") return ID.toUpperCase();
    if (types.includes("array")) return Array.from({ length: random(3) }, () => good(items));
    if (types.includes("boolean")) return true;
    if (types.includes("integer")) return 7;
    if (types.includes("object")) return {};
    const values = { domain: "HTTPS://www.Acme.com/x", email: "Jane@ACME.com", uri: "https://acme.com", "time-zone": "europe/berlin" };
    return values[format] ?? (format?.startsWith("linkedin") ? `linkedin.com/${format.endsWith("person") ? "in" : "company"}/Acme` : " x ");
  };
  const object = (jsonSchema) => {
    const { properties, required = [] } = jsonSchema;
    const made = {};
    const put = (name, value) => Object.defineProperty(made, name, { value, enumerable: true, configurable: true, writable: true });
    const fine = random(3) > 0;
    for (const name of fine ? required : []) put(name, good(properties[name]));
    for (let count = random(10); count > 0; count--) {
      const name = key(jsonSchema);
      const known = fine && Object.hasOwn(properties, name);
      put(name, known && name !== "companySize" ? good(properties[name]) : name === "companySize" ? "Empty" : value(0));
    }
    return made;
  };
  test("have the same verdict, issues, changes and result", () => {
    const account = recotap.pushAccounts.body.jsonSchema.$defs.Account;
    const bodies = [monaco.upsertAccount, monaco.upsertContact, monaco.updateContact, reply.updateContactAccount].map(({ body }) => [body, () => object(body.jsonSchema)]);
    bodies.push([recotap.pushAccounts.body, () => ({ accounts: Array.from({ length: random(5) }, () => object(account)) })]);
    let passed = 0;
    for (let round = 0; round < 4000; round++) {
      const [body, make] = pick(bodies);
      const input = make();
      const json = JSON.stringify(input);
      const copy = structuredClone(input);
      const fromValue = body.check(input);
      const fromText = body.checkText(json);
      const fromBytes = body.checkText(new TextEncoder().encode(json));
      assert.deepEqual(input, copy, "the input is as it was");
      const unplaced = fromText.issues.map(({ position, ...issue }) => (assert.ok(position), issue));
      assert.deepEqual(fromValue.issues, unplaced, json);
      assert.deepEqual(fromValue.changes, fromText.changes, json);
      assert.deepEqual(fromBytes.issues, fromText.issues);
      assert.deepEqual([fromValue.ok, fromBytes.ok], [fromText.ok, fromText.ok]);
      if (!fromText.ok) continue;
      passed += 1;
      assert.equal(Buffer.from(fromBytes.json).toString(), fromText.json);
      assert.equal(JSON.stringify(fromValue.value), JSON.stringify(JSON.parse(fromText.json)), json);
    }
    assert.ok(passed > 1000, `${passed} passed`);
  });
  test("of many edits take no more than their share of time", () => {
    const dropped = schema({ type: "array", "x-drop-duplicates": true });
    const renamed = schema({ type: "object", "x-custom-fields": { prefix: "custom_field_", key: "uuid" } });
    const ids = Array.from({ length: 20_000 }, (_, index) => `custom_field_${ID.slice(0, -6)}${index.toString(16).padStart(6, "0")}`.replace(/[a-f]/g, (letter) => letter));
    const upper = Object.fromEntries(ids.map((id) => [`custom_field_${id.slice("custom_field_".length).toUpperCase()}`, 1]));
    const started = performance.now();
    assert.equal(dropped.check(Array.from({ length: 50_000 }, () => "x")).value.length, 1);
    assert.deepEqual(Object.keys(renamed.check(upper).value), ids);
    assert.ok(performance.now() - started < 5000);
  });
});
