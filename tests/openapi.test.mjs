// OpenAPI documents of the user's own, 3.1 and 3.0: every construct that is read, in small documents.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { openapi } from "prewash";

const pathOf = (pointer) => pointer.split("/").slice(1).map((step) => (/^\d+$/.test(step) ? Number(step) : step));
const issue = (code, pointer, message, params, more = {}) => ({ code, severity: "error", path: pathOf(pointer), pointer, message, params, ...more });
const warning = (...given) => ({ ...issue(...given), severity: "warning" });
const change = (pointer, from, to, rule) => ({ path: pathOf(pointer), pointer, from, to, rule });
const passed = (value, { issues = [], changes = [] } = {}) => ({ ok: true, value, issues, changes });
const refused = (issues, changes = []) => ({ ok: false, issues, changes });
const required = (pointer) => issue("required", pointer, `\`${pointer.split("/").at(-1)}\` is required`, { key: pointer.split("/").at(-1) });
const type = (pointer, found, actual, expected) =>
  issue("type", pointer, `\`${found}\` is a ${actual}; give ${/^[aio]/.test(expected) ? "an" : "a"} ${expected}`, { found, expected: [expected], actual });
/** Each input and the whole result it must have; the same from text. */
function judges(schema, rows) {
  for (const [input, expected] of rows) {
    assert.deepEqual(schema.check(input), expected, JSON.stringify(input));
    const { ok, issues } = schema.checkText(JSON.stringify(input));
    assert.deepEqual([ok, issues.map(({ position: _, ...told }) => told)], [expected.ok, expected.issues], JSON.stringify(input));
  }
}
const json = (schema) => ({ description: "", content: { "application/json": { schema } } });
/** A document with one operation: `POST /`. */
const posting = (schema, { openapi: version = "3.1.0", schemas = {}, ...more } = {}) =>
  openapi({ openapi: version, info: { title: "Mine", version: "1" }, paths: { "/": { post: { requestBody: json(schema), responses: { 200: json(schema) }, ...more } } }, components: { schemas } })["POST /"];

describe("operations", () => {
  const document = {
    openapi: "3.1.0",
    info: { title: "Things", version: "1" },
    paths: {
      "/things": { get: { operationId: "listThings", responses: {} }, post: { responses: {} }, "x-put": { operationId: "none" }, summary: "Things" },
      "/shared": { $ref: "#/components/pathItems/Shared" },
      "/twice": { get: { operationId: "listThings", responses: {} } },
    },
    components: { pathItems: { Shared: { patch: { operationId: "share", requestBody: json({ type: "boolean" }), responses: {} } } } },
  };
  const text = JSON.stringify(document);
  const given = { "an object": document, text, bytes: new TextEncoder().encode(text), "bytes of Node's": Buffer.from(text) };
  for (const [kind, one] of Object.entries(given)) {
    test(`by operationId, or by method and path, from ${kind}`, () => {
      const api = openapi(one);
      assert.deepEqual(
        Object.entries(api).map(([name, { method, path }]) => [name, method, path]),
        [["listThings", "GET", "/things"], ["POST /things", "POST", "/things"], ["share", "PATCH", "/shared"]],
      );
    });
  }
  test("each go by method and path too", () => {
    const api = openapi(document);
    assert.equal(api["PATCH /shared"], api.share);
    assert.equal(api["GET /things"], api.listThings);
    assert.equal(api["GET /twice"].path, "/twice", "the second of two with one operationId");
    assert.equal(api["PUT /things"], undefined);
  });
  test("may be in a path item that is elsewhere", () => {
    judges(openapi(document).share.body, [[true, passed(true)], [1, refused([type("", "1", "number", "boolean")])]]);
    assert.deepEqual(openapi(document).share.bodies["application/json"].jsonSchema, { $schema: "https://json-schema.org/draft/2020-12/schema", type: "boolean" });
  });
  test("of a document that is changed afterwards stay what they were", () => {
    const own = structuredClone(document);
    const { share } = openapi(own);
    delete own.components.pathItems.Shared;
    judges(share.body, [[true, passed(true)]]);
  });
});

describe("parameters", () => {
  const { "GET /things/{id}": get } = openapi({
    openapi: "3.1.0",
    paths: {
      "/things/{id}": {
        parameters: [
          { name: "id", in: "path", required: true, schema: { $ref: "#/components/schemas/Id" } },
          { $ref: "#/components/parameters/Limit" },
          { name: "X-Trace", in: "header", required: true, schema: { type: "string", format: "uuid" } },
          { name: "session", in: "cookie", schema: { type: "string" } },
        ],
        get: {
          parameters: [
            { name: "limit", in: "query", required: true, schema: { type: "integer", maximum: 5 } },
            { name: "deep", in: "query", schema: { type: "boolean" } },
            { name: "ids", in: "query", schema: { type: "array", items: { type: "number" } } },
            { name: "filter", in: "query", content: { "application/json": { schema: { type: "object" } } } },
          ],
          responses: {},
        },
      },
    },
    components: {
      parameters: { Limit: { name: "limit", in: "query", schema: { type: "integer", maximum: 100 } } },
      schemas: { Id: { type: "integer", minimum: 1 } },
    },
  });
  test("of the path may be text, which is judged as what it stands for", () =>
    judges(get.pathParameters, [
      [{ id: 7 }, passed({ id: 7 })],
      [{ id: "7" }, passed({ id: 7 }, { changes: [change("/id", "7", 7, "integer")] })],
      [{ id: "0" }, refused([issue("minimum", "/id", "`0` is too small; give 1 or more", { found: "0", limit: 1 })], [change("/id", "0", 0, "integer")])],
      [{ id: "7.5" }, refused([type("/id", "7.5", "string", "integer")])],
      [{}, refused([required("/id")])],
    ]));
  test("of the query: one of the operation overrides one of the path item", () =>
    judges(get.queryParameters, [
      [
        { limit: "5", deep: "true", ids: ["1", 2], filter: "{}" },
        passed({ limit: 5, deep: true, ids: [1, 2], filter: "{}" }, { changes: [change("/limit", "5", 5, "integer"), change("/deep", "true", true, "boolean"), change("/ids/0", "1", 1, "number")] }),
      ],
      [{ limit: 6 }, refused([issue("maximum", "/limit", "`6` is too large; give 5 or less", { found: "6", limit: 5 })])],
      [{}, refused([required("/limit")])],
      [{ limit: 1, depe: 1 }, passed({ limit: 1, depe: 1 }, { issues: [warning("unknown_key", "/depe", "`depe` is not a known key; did you mean `deep`", { found: "depe" }, { suggestion: "deep" })] })],
    ]));
  test("of the header: names are in lower case, other headers are let pass", () => {
    const [upper, lower] = ["2EB8AA08-AA98-11EA-B4AA-73B441D16380", "2eb8aa08-aa98-11ea-b4aa-73b441d16380"];
    judges(get.headerParameters, [
      [{ "x-trace": upper, accept: "*/*" }, passed({ "x-trace": lower, accept: "*/*" }, { changes: [change("/x-trace", upper, lower, "uuid")] })],
      [{ accept: "*/*" }, refused([required("/x-trace")])],
    ]);
  });
  test("that there are none of ask for nothing", () => {
    const one = posting({});
    for (const schema of [one.pathParameters, one.queryParameters, one.headerParameters]) judges(schema, [[{}, passed({})], [{ a: "1" }, passed({ a: "1" })]]);
  });
  test("as JSON Schema", () => {
    const $schema = "https://json-schema.org/draft/2020-12/schema";
    assert.deepEqual(get.pathParameters.jsonSchema, { $schema, type: "object", properties: { id: { $ref: "#/$defs/Id" } }, required: ["id"], $defs: { Id: { type: "integer", minimum: 1 } } });
    assert.deepEqual(get.headerParameters.jsonSchema, { $schema, type: "object", properties: { "x-trace": { type: "string", format: "uuid" } }, required: ["x-trace"], additionalProperties: true });
    assert.deepEqual(get.queryParameters.jsonSchema, {
      $schema,
      type: "object",
      properties: { limit: { type: "integer", maximum: 5 }, deep: { type: "boolean" }, ids: { type: "array", items: { type: "number" } }, filter: true },
      required: ["limit"],
    });
  });
  test("of a form stand for the body, in documents made from older ones", () => {
    const parameters = [{ name: "name", in: "formData", required: true, schema: { type: "string" } }, { name: "age", in: "formData", schema: { type: "integer" } }];
    const { body } = openapi({ openapi: "3.0.0", paths: { "/": { post: { parameters, responses: {} } } } })["POST /"];
    judges(body, [[{ name: "x", age: "5" }, passed({ name: "x", age: 5 }, { changes: [change("/age", "5", 5, "integer")] })], [{}, refused([required("/name")])]]);
  });
});

describe("bodies and responses", () => {
  const api = openapi({
    openapi: "3.1.0",
    paths: {
      "/": {
        post: { operationId: "post", requestBody: { $ref: "#/components/requestBodies/Many" }, responses: { 404: { description: "nothing in it" }, 201: { $ref: "#/components/responses/Made" }, "4XX": json({ type: "string" }), default: json({ type: "boolean" }), 302: { description: "", content: { "text/html": { schema: {} } } } } },
        put: { operationId: "put", requestBody: { content: { "application/x-www-form-urlencoded": { schema: { type: "object" } } } }, responses: { 200: json({ type: "number" }), 201: json({ type: "string" }) } },
        patch: { operationId: "patch", requestBody: json({}), responses: { default: json({ type: "null" }) } },
        get: { operationId: "get", responses: { 204: { description: "nothing in it" } } },
      },
    },
    components: {
      requestBodies: {
        Many: { content: { "text/csv": {}, "application/xml": { schema: { type: "array" } }, "application/vnd.mine+json; charset=utf-8": { schema: { type: "object", required: ["a"], properties: { a: {} } } }, "application/json": { schema: { type: "integer" } } } },
      },
      responses: { Made: json({ type: "object", required: ["id"], properties: { id: { type: "integer" } } }) },
    },
  });
  test("bodies are by media type, those with a schema", () => {
    assert.deepEqual(Object.keys(api.post.bodies), ["application/xml", "application/vnd.mine+json; charset=utf-8", "application/json"]);
    judges(api.post.bodies["application/xml"], [[[], passed([])], [1, refused([type("", "1", "number", "array")])]]);
    judges(api.post.bodies["application/json"], [[1, passed(1)]]);
    assert.equal(api.post.bodies["text/csv"], undefined);
    assert.deepEqual(Object.keys(api.get.bodies), []);
  });
  test("the body is of the first media type that is JSON", () => {
    judges(api.post.body, [[{ a: 1 }, passed({ a: 1 })], [{}, refused([required("/a")])]]);
    assert.throws(() => api.put.body.check({}), { name: "TypeError", message: "at `/paths/~1/put`: `put` has no request body in JSON; there is `application/x-www-form-urlencoded`" });
    assert.throws(() => api.get.body.check({}), { name: "TypeError", message: "at `/paths/~1/get`: `get` has no request body in JSON" });
  });
  test("responses are by status, those with a schema for JSON", () => {
    assert.deepEqual(Object.keys(api.post.responses), ["201", "4XX", "default"]);
    judges(api.post.responses[201], [[{ id: 1 }, passed({ id: 1 })], [{}, refused([required("/id")])]]);
    judges(api.post.responses["4XX"], [["x", passed("x")]]);
    judges(api.post.responses.default, [[true, passed(true)]]);
  });
  test("a status that is not listed is judged as its class, or by default", () => {
    const { responses } = api.post;
    assert.equal(responses[422], responses["4XX"]);
    assert.equal(responses["500"], responses.default);
    assert.equal(responses[404], undefined, "it is listed, and has nothing in it");
    assert.equal(responses[302], undefined, "it is listed, and has no JSON in it");
    assert.deepEqual([responses[99], responses[600], responses["5XX"], responses.length], [undefined, undefined, undefined, undefined]);
    assert.deepEqual(Object.keys(api.get.responses), []);
    assert.equal(api.get.responses[500], undefined);
  });
  test("the response is the successful one, or the default", () => {
    judges(api.post.response, [[{ id: 1 }, passed({ id: 1 })]]);
    judges(api.put.response, [[1, passed(1)]]);
    judges(api.patch.response, [[null, passed(null)]]);
    assert.throws(() => api.get.response.check({}), { name: "TypeError", message: "at `/paths/~1/get`: `get` has no response in JSON" });
  });
  test("options hold for each of them", () => {
    const strict = api.post.with({ strict: true });
    const unknown = refused([issue("unknown_key", "/b", "`b` is not a known key", { found: "b" })]);
    judges(strict.bodies["application/vnd.mine+json; charset=utf-8"], [[{ a: 1, b: 2 }, unknown]]);
    judges(strict.body, [[{ a: 1, b: 2 }, unknown]]);
  });
  test("are made once", () => {
    assert.equal(api.post.bodies, api.post.bodies);
    assert.equal(api.post.bodies["application/json"], api.post.bodies["application/json"]);
    assert.equal(api.post.responses[201], api.post.responses[201]);
    assert.equal(api.post.queryParameters, api.post.queryParameters);
  });
});

describe("readOnly and writeOnly", () => {
  const thing = {
    type: "object",
    required: ["id", "name", "secret"],
    properties: { id: { $ref: "#/components/schemas/Id" }, name: { type: "string" }, secret: { type: "string", writeOnly: true }, parent: { $ref: "#/components/schemas/Thing" } },
  };
  const { body, response } = posting({ $ref: "#/components/schemas/Thing" }, { schemas: { Thing: thing, Id: { type: "integer", readOnly: true } } });
  const readOnly = (pointer) => issue("read_only", pointer, "`id` is set by the server; leave it out of requests", { found: "id" });
  test("what is only read is refused in a request, and not required there", () =>
    judges(body, [
      [{ name: "a", secret: "b" }, passed({ name: "a", secret: "b" })],
      [{ id: 1, name: "a", secret: "b", parent: { id: 2, name: "c", secret: "d" } }, refused([readOnly("/id"), readOnly("/parent/id")])],
      [{ name: "a" }, refused([required("/secret")])],
    ]));
  test("what is only written is refused in a response, and not required there", () =>
    judges(response, [
      [{ id: 1, name: "a" }, passed({ id: 1, name: "a" })],
      [{ id: 1, name: "a", secret: "b" }, refused([issue("write_only", "/secret", "`secret` is only sent to the server; it has no place in an answer", { found: "secret" })])],
      [{ name: "a" }, refused([required("/id")])],
    ]));
  test("as JSON Schema: what is refused is false", () => {
    const $schema = "https://json-schema.org/draft/2020-12/schema";
    const { secret, name } = thing.properties;
    assert.deepEqual(body.jsonSchema, { $schema, type: "object", required: ["name", "secret"], properties: { id: false, name, secret, parent: { $ref: "#" } } });
    assert.deepEqual(response.jsonSchema, {
      $schema,
      type: "object",
      required: ["id", "name"],
      properties: { id: { $ref: "#/$defs/Id" }, name, secret: false, parent: { $ref: "#" } },
      $defs: { Id: { type: "integer", readOnly: true } },
    });
  });
});

describe("discriminator", () => {
  const schemas = {
    Cat: { type: "object", properties: { kind: { type: "string" }, lives: { type: "integer" } } },
    Dog: { type: "object", required: ["barks"], properties: { kind: { type: "string" }, barks: { type: "boolean" } } },
  };
  const branches = [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }];
  const meant = (found, allowed, more) => issue("discriminator", "/kind", `\`${found}\` is not a form that is known; give \`${allowed[0]}\` or \`${allowed[1]}\`${more ? `; did you mean \`${more.suggestion}\`` : ""}`, { found, allowed }, more);
  for (const keyword of ["oneOf", "anyOf"]) {
    test(`names the branch of ${keyword} that is judged`, () =>
      judges(posting({ [keyword]: branches, discriminator: { propertyName: "kind" } }, { schemas }).body, [
        [{ kind: "Cat", lives: 9 }, passed({ kind: "Cat", lives: 9 })],
        [{ kind: "Dog", barks: 1 }, refused([type("/barks", "1", "number", "boolean")])],
        [{ kind: "Dig" }, refused([meant("Dig", ["Cat", "Dog"], { suggestion: "Dog" })])],
        [{}, refused([required("/kind")])],
      ]));
  }
  test("with a mapping, by reference or by name", () =>
    judges(posting({ oneOf: branches, discriminator: { propertyName: "kind", mapping: { kitty: "#/components/schemas/Cat", doggo: "Dog" } } }, { schemas }).body, [
      [{ kind: "kitty" }, passed({ kind: "kitty" })],
      [{ kind: "doggo" }, refused([required("/barks")])],
      [{ kind: "bird" }, refused([meant("bird", ["kitty", "doggo"])])],
    ]));
  test("without branches says nothing", () => {
    const Pet = { type: "object", required: ["kind"], properties: { kind: { type: "string" } }, discriminator: { propertyName: "kind", mapping: { cat: "#/components/schemas/Cat" } } };
    const own = { Pet, Cat: { allOf: [{ $ref: "#/components/schemas/Pet" }, { required: ["lives"], properties: { lives: { type: "integer" } } }] } };
    judges(posting({ $ref: "#/components/schemas/Cat" }, { schemas: own }).body, [[{ kind: "x", lives: 9 }, passed({ kind: "x", lives: 9 })], [{ kind: "x" }, refused([required("/lives")])]]);
    judges(posting({ $ref: "#/components/schemas/Pet" }, { schemas: own }).body, [[{ kind: "x" }, passed({ kind: "x" })]]);
  });
});

describe("OpenAPI 3.0", () => {
  const of = (schema, schemas = {}) => posting(schema, { openapi: "3.0.3", schemas });
  test("nullable takes null, whatever else is said", () => {
    judges(of({ type: "string", nullable: true, enum: ["a"] }).body, [["a", passed("a")], [null, passed(null)], ["b", refused([issue("enum", "", "`b` does not pass; give `a`", { found: "b", allowed: ["a"] })])]]);
    judges(of({ type: "string", nullable: false }).body, [[null, refused([issue("type", "", "null does not pass; give a string", { expected: ["string"], actual: "null" })])]]);
  });
  test("in 3.1 nullable says nothing", () =>
    judges(posting({ type: "string", nullable: true }).body, [[null, refused([issue("type", "", "null does not pass; give a string", { expected: ["string"], actual: "null" })])]]));
  test("exclusiveMinimum and exclusiveMaximum are flags", () => {
    const { body } = of({ type: "number", minimum: 1, exclusiveMinimum: true, maximum: 5, exclusiveMaximum: false });
    judges(body, [[1.5, passed(1.5)], [5, passed(5)], [1, refused([issue("exclusive_minimum", "", "`1` is too small; give more than 1", { found: "1", limit: 1 })])]]);
    judges(of({ maximum: 5, exclusiveMaximum: true }).body, [[5, refused([issue("exclusive_maximum", "", "`5` is too large; give less than 5", { found: "5", limit: 5 })])]]);
    assert.throws(() => posting({ minimum: 1, exclusiveMinimum: true }).body.check(1), { name: "TypeError", message: /`\/paths\/~1\/post\/requestBody\/content\/application~1json\/schema\/exclusiveMinimum`/ });
  });
  test("a reference stands alone", () => {
    const schemas = { Name: { type: "string", maxLength: 2 } };
    const schema = { type: "object", properties: { name: { $ref: "#/components/schemas/Name", nullable: true, maxLength: 1, type: "string" } } };
    judges(of(schema, schemas).body, [[{ name: "ab" }, passed({ name: "ab" })], [{ name: null }, refused([issue("type", "/name", "null does not pass; give a string", { expected: ["string"], actual: "null" })])]]);
    judges(posting(schema, { schemas }).body, [[{ name: "ab" }, refused([issue("max_length", "/name", "`ab` has 2 characters; give at most 1", { found: "ab", length: 2, limit: 1 })])]]);
  });
  test("as JSON Schema 2020-12", () => {
    const schemas = { Name: { type: "string", maxLength: 2, example: "a" } };
    const own = {
      type: "object",
      properties: {
        name: { $ref: "#/components/schemas/Name", nullable: true },
        stage: { type: "string", nullable: true, enum: ["a"] },
        size: { type: "number", minimum: 1, exclusiveMinimum: true, maximum: 5, exclusiveMaximum: false },
        other: { nullable: true, allOf: [{ $ref: "#/components/schemas/Name" }], description: "Other" },
      },
    };
    assert.deepEqual(of(own, schemas).body.jsonSchema, {
      $schema: "https://json-schema.org/draft/2020-12/schema",
      type: "object",
      properties: {
        name: { $ref: "#/$defs/Name" },
        stage: { type: ["string", "null"], enum: ["a", null] },
        size: { type: "number", exclusiveMinimum: 1, maximum: 5 },
        other: { description: "Other", anyOf: [{ allOf: [{ $ref: "#/$defs/Name" }] }, { type: "null" }] },
      },
      $defs: { Name: { type: "string", maxLength: 2, examples: ["a"] } },
    });
    // And back, in the words of 3.0.
    assert.deepEqual(of(own, schemas).body["~standard"].jsonSchema.input({ target: "openapi-3.0" }), {
      type: "object",
      properties: {
        name: { type: "string", maxLength: 2, example: "a" },
        stage: { type: "string", nullable: true, enum: ["a", null] },
        size: { type: "number", minimum: 1, exclusiveMinimum: true, maximum: 5 },
        other: { description: "Other", anyOf: [{ allOf: [{ type: "string", maxLength: 2, example: "a" }] }, { type: "string", nullable: true, enum: [null] }] },
      },
    });
  });
});

describe("references", () => {
  test("lead across the document, and may come back", () => {
    const { body } = posting({ $ref: "#/components/schemas/a~1b%20c" }, { schemas: { "a/b c": { type: "object", properties: { next: { $ref: "#/components/schemas/a~1b%20c" }, name: { $ref: "#/components/schemas/Deep/properties/name" } } }, Deep: { properties: { name: { type: "string" } } } } });
    judges(body, [[{ next: { next: {} }, name: "x" }, passed({ next: { next: {} }, name: "x" })], [{ next: { name: 1 } }, refused([type("/next/name", "1", "number", "string")])]]);
    assert.deepEqual(body.jsonSchema, { $schema: "https://json-schema.org/draft/2020-12/schema", type: "object", properties: { next: { $ref: "#" }, name: { $ref: "#/$defs/name" } }, $defs: { name: { type: "string" } } });
  });
  test("that lead nowhere, or to another document, say so", () => {
    const at = "/paths/~1/post/requestBody/content/application~1json/schema/$ref";
    assert.throws(() => posting({ $ref: "#/components/schemas/None" }).body.check(1), { name: "TypeError", message: `at \`${at}\`: \`#/components/schemas/None\` leads nowhere` });
    assert.throws(() => posting({ $ref: "other.json" }).body.check(1), { name: "TypeError", message: `at \`${at}\`: \`other.json\` leads nowhere; give its document along, nothing is fetched` });
  });
});

describe("Prewash's keywords", () => {
  test("x-trim, x-drop-null and x-suggested-values", () =>
    judges(posting({ type: "object", required: ["name"], properties: { name: { type: "string", "x-trim": true, minLength: 1 }, note: { type: "string", "x-drop-null": true }, source: { type: "string", "x-suggested-values": ["web", "fair"] } } }).body, [
      [{ name: " Acme ", note: null, source: "fair" }, passed({ name: "Acme", source: "fair" }, { changes: [change("/name", " Acme ", "Acme", "trim"), change("/note", null, undefined, "drop_null")] })],
      [{ name: "Acme", source: "fare" }, passed({ name: "Acme", source: "fare" }, { issues: [warning("suggested_values", "/source", "`fare` is not a usual value; the usual ones are `web` and `fair`", { found: "fare", suggested: ["web", "fair"] })] })],
      [{ name: " " }, refused([issue("min_length", "/name", "must not be blank", { length: 0, limit: 1 })], [change("/name", " ", "", "trim")])],
    ]));
  test("a key that is required is not there where its null is dropped", () => {
    const { body } = posting({ type: "object", required: ["note"], properties: { note: { type: "string", "x-drop-null": true } } });
    assert.deepEqual(body.check({ note: null }).issues, [required("/note")]);
    assert.deepEqual(body.with({ strict: true }).check({ note: null }).issues.map(({ code }) => code), ["type"]);
  });
  test("x-custom-fields", () => {
    const ID = "1a2b3c4d-5e6f-4a7b-8c9d-0e1f2a3b4c5d";
    const { body } = posting({ type: "object", properties: { name: { type: "string" } }, "x-custom-fields": { prefix: "cf_", key: "uuid" } });
    judges(body, [
      [{ name: "x", [`cf_${ID}`]: 5 }, passed({ name: "x", [`cf_${ID}`]: 5 })],
      [{ [`cf_${ID.toUpperCase()}`]: 5 }, passed({ [`cf_${ID}`]: 5 }, { changes: [change(`/cf_${ID.toUpperCase()}`, `cf_${ID.toUpperCase()}`, `cf_${ID}`, "custom_field_key")] })],
      [{ cf_size: 5 }, refused([issue("uuid", "/cf_size", "`cf_size` is not `cf_` and a uuid", { found: "cf_size", prefix: "cf_" })])],
    ]);
    const known = body.with({ customFields: [{ key: ID, label: "Size", type: "number" }] });
    assert.deepEqual(known.check({ cf_size: 5 }).issues.map(({ code, suggestion }) => [code, suggestion]), [["unknown_custom_field", `cf_${ID}`]]);
    assert.deepEqual(known.check({ [`cf_${ID}`]: 5 }), passed({ [`cf_${ID}`]: 5 }));
  });
  test("x-linkedin-host", () => {
    const document = { openapi: "3.1.0", "x-linkedin-host": "apex", paths: { "/": { post: { requestBody: json({ type: "string", format: "linkedin" }), responses: {} } } } };
    assert.equal(openapi(document)["POST /"].body.check("linkedin.com/in/jane").value, "https://linkedin.com/in/jane");
  });
});

describe("x-batch", () => {
  const { batch } = openapi({
    openapi: "3.0.3",
    paths: {
      "/people": { $ref: "#/components/pathItems/People" },
    },
    components: {
      pathItems: {
        People: {
          post: {
            requestBody: json({ $ref: "#/components/schemas/Push" }),
            responses: { 200: json({ type: "object" }) },
            "x-batch": { items: "people", key: "site", upsert: "overwrite", id: "ref", errors: { exists: "{key} is here", custom_fields: "no {keys}" } },
          },
        },
      },
      schemas: {
        Push: { type: "object", required: ["people"], properties: { overwrite: { type: "boolean" }, people: { $ref: "#/components/schemas/People" } } },
        People: { type: "array", minItems: 1, maxItems: 2, items: { $ref: "#/components/schemas/Person" } },
        Person: { type: "object", required: ["site"], properties: { site: { type: "string", format: "domain" }, name: { type: "string", nullable: true } } },
      },
    },
  })["POST /people"];
  const people = [{ site: "www.acme.com" }, { site: "globex.com", name: null }];
  const exists = warning("already_exists", "/people/0", "`acme.com` exists already; ask for an upsert to update it", { key: "acme.com" });
  const cleaned = change("/people/0/site", "www.acme.com", "acme.com", "domain");
  test("plan", () => {
    const plan = batch.plan({ people }, { existing: ["acme.com"] });
    assert.deepEqual({ ...plan, items: plan.items.map(({ issues, ...item }) => ({ ...item, issues: issues.map(({ code }) => code) })) }, {
      ok: true,
      request: { people: [{ site: "acme.com" }, { site: "globex.com", name: null }] },
      issues: [],
      results: [
        { ref: null, site: "acme.com", status: "failed", error: "acme.com is here" },
        { ref: null, site: "globex.com", status: "created" },
      ],
      summary: { total: 2, created: 1, updated: 0, failed: 1 },
      items: [
        { index: 0, status: "failed", site: "acme.com", issues: [exists.code], changes: [cleaned] },
        { index: 1, status: "created", site: "globex.com", issues: [], changes: [] },
      ],
    });
  });
  test("plans of as many items as one request may hold, through references", () => {
    const plans = [...batch.plans([...people, { site: "n/a" }, { site: "acme.com" }, { site: "x.org" }], { upsert: true })];
    assert.deepEqual(plans.map(({ request }) => request), [
      { overwrite: true, people: [{ site: "acme.com" }, { site: "globex.com", name: null }] },
      { overwrite: true, people: [{ site: "acme.com" }] },
      { overwrite: true, people: [{ site: "x.org" }] },
    ]);
    assert.deepEqual(plans.flatMap(({ items }) => items.map(({ index, status }) => [index, status])), [[0, "created"], [1, "created"], [2, "invalid"], [3, "updated"], [4, "created"]]);
  });
  test("respond", () => {
    assert.deepEqual(batch.respond([{ site: "acme.com", status: "created", id: "7" }, { site: "globex.com", status: "failed" }]), {
      results: [
        { ref: "7", site: "acme.com", status: "created" },
        { ref: null, site: "globex.com", status: "failed", error: "globex.com is here" },
      ],
      summary: { total: 2, created: 1, updated: 0, failed: 1 },
    });
  });
  test("reconcile", () => {
    const plan = batch.plan({ people });
    const results = [{ ref: "7", site: "acme.com", status: "created" }, { ref: null, site: "globex.com", status: "failed", error: "busy" }];
    assert.deepEqual(batch.reconcile(plan, { results, summary: { total: 2, created: 1, updated: 0, failed: 1 } }), {
      ok: true,
      done: [{ index: 0, site: "acme.com", status: "created", id: "7", error: null }],
      retry: [{ index: 1, site: "globex.com", status: "failed", id: null, error: "busy" }],
      fix: [],
      issues: [],
    });
  });
});

describe("a document with a mistake is a TypeError that says where", () => {
  const says = (run, message) => assert.throws(run, { name: "TypeError", message });
  test("at once, if it is no OpenAPI document", () => {
    const none = "at `/openapi`: this is no OpenAPI document of version 3; give one with `3.1.0`";
    says(() => openapi({}), none);
    says(() => openapi({ swagger: "2.0" }), none);
    says(() => openapi({ openapi: "4.0.0" }), "at `/openapi`: `4.0.0` is no version of OpenAPI known here; give `3.1.0`");
    says(() => openapi({ openapi: "3.1.0", paths: [] }), "at `/paths`: give an object of path items");
    says(() => openapi('{"openapi":'), /^the document cannot be read: not JSON: the text ends/);
    says(() => openapi(new Uint8Array([0xff])), "an OpenAPI document must be in UTF-8");
    says(() => openapi(undefined), "an OpenAPI document must be a JSON document, but is undefined");
    assert.deepEqual(openapi({ openapi: "3.1.0" }), {}, "a document may have no paths");
  });
  test("at once, if an x-batch is none", () => {
    const document = (batch) => ({ openapi: "3.1.0", paths: { "/": { post: { responses: {}, "x-batch": batch } } } });
    says(() => openapi(document({ items: "a" })), "at `/paths/~1/post/x-batch`: give `items` and `key`, the names of the array and of the item's key");
  });
  test("at first use, if a schema does not compile, and no other schema minds", () => {
    const bad = { type: "object", properties: { a: { type: "text" } } };
    const parameters = [{ name: "a/b", in: "path", required: true, schema: { items: { pattern: "(" } } }, { name: "q", in: "query", schema: { type: "string" } }];
    const api = posting({ $ref: "#/components/schemas/Bad" }, { schemas: { Bad: bad }, parameters });
    for (let again = 0; again < 2; again++) {
      says(() => api.body.check({}), "at `/components/schemas/Bad/properties/a/type`: give `null`, `boolean`, `number`, `integer`, `string`, `array` or `object`");
      says(() => api.pathParameters.check({}), /^at `\/paths\/~1\/post\/parameters\/0\/schema\/items\/pattern`: `\(` is no regular expression/);
    }
    judges(api.queryParameters, [[{ q: "x" }, passed({ q: "x" })]]);
  });
});
