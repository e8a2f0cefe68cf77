// Standard JSON Schema: what a schema accepts and what it gives, for each target.
//
// Whole documents are compared. What they say is tried too: the JSON Schema Test Suite runs through
// the converted schemas, and whatever a check takes or gives passes the schema that tells of it.

import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import { monaco, openapi, recotap, reply, schema } from "prewash";

const DRAFT_2020_12 = "https://json-schema.org/draft/2020-12/schema";
const DRAFT_07 = "http://json-schema.org/draft-07/schema#";
const TARGETS = ["draft-2020-12", "draft-07", "openapi-3.0"];
const TRIMMED = "^(?:\\S(?:[\\s\\S]*\\S)?)?$";
const LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const DOMAIN = { type: "string", format: "hostname", pattern: `^(?:${LABEL}\\.)+${LABEL}$`, maxLength: 253 };
const NUMBER_AS_TEXT = "^[ \\t\\n\\r]*(?:-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)[ \\t\\n\\r]*$";

/** The schema of a Schema Object: OpenAPI 3.0.3, section 4.7.24. */
const SCHEMA_OBJECT = {
  $id: "https://example.com/schema-object",
  definitions: {
    schema: { anyOf: [{ type: "object", required: ["$ref"], properties: { $ref: { type: "string" } }, additionalProperties: false }, { $ref: "#" }] },
    schemas: { type: "array", minItems: 1, items: { $ref: "#/definitions/schema" } },
    count: { type: "integer", minimum: 0 },
  },
  type: "object",
  properties: {
    ...Object.fromEntries(["title", "description", "format", "pattern"].map((key) => [key, { type: "string" }])),
    ...Object.fromEntries(["nullable", "deprecated", "readOnly", "writeOnly", "uniqueItems", "exclusiveMinimum", "exclusiveMaximum"].map((key) => [key, { type: "boolean" }])),
    ...Object.fromEntries(["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"].map((key) => [key, { $ref: "#/definitions/count" }])),
    ...Object.fromEntries(["allOf", "anyOf", "oneOf"].map((key) => [key, { $ref: "#/definitions/schemas" }])),
    ...Object.fromEntries(["not", "items"].map((key) => [key, { $ref: "#/definitions/schema" }])),
    type: { enum: ["array", "boolean", "integer", "number", "object", "string"] },
    enum: { type: "array", minItems: 1 },
    minimum: { type: "number" },
    maximum: { type: "number" },
    multipleOf: { type: "number", exclusiveMinimum: 0 },
    required: { type: "array", minItems: 1, uniqueItems: true, items: { type: "string" } },
    properties: { type: "object", additionalProperties: { $ref: "#/definitions/schema" } },
    additionalProperties: { anyOf: [{ type: "boolean" }, { $ref: "#/definitions/schema" }] },
    default: true,
    example: true,
    "x-definitions": { type: "object", additionalProperties: { $ref: "#/definitions/schema" } },
  },
  patternProperties: { "^x-": true },
  additionalProperties: false,
  dependencies: { nullable: ["type"] },
  if: { required: ["type"], properties: { type: { const: "array" } } },
  then: { required: ["items"] },
};

const ajv = { "draft-2020-12": new Ajv2020({ strict: false, validateFormats: false, ownProperties: true }), "draft-07": new Ajv({ strict: false, validateFormats: false, ownProperties: true }) };
const isSchemaObject = new Ajv({ strict: false }).compile(SCHEMA_OBJECT);

/** A schema as a target tells it; it must be one of that target. */
function told(schema, direction, target) {
  const document = schema["~standard"].jsonSchema[direction]({ target });
  if (target === "openapi-3.0") assert.ok(isSchemaObject(document), `${JSON.stringify(isSchemaObject.errors)}: ${JSON.stringify(document)}`);
  else assert.ok(ajv[target].validateSchema(document), `${JSON.stringify(ajv[target].errors)}: ${JSON.stringify(document)}`);
  return document;
}

/** Whether a value passes what a target tells. OpenAPI 3.0 is read by `openapi`. */
function judge(document, target) {
  if (target !== "openapi-3.0") return ajv[target].compile(document);
  const { body } = openapi({
    openapi: "3.0.3",
    paths: { "/": { post: { requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/it" } } } } } } },
    components: { schemas: { it: within(document, "#/components/schemas/it") } },
  })["POST /"];
  return (value) => body.check(value).ok;
}

/** A Schema Object at another place, so that `#` is there; without formats, which would assert. */
function within(value, place) {
  if (Array.isArray(value)) return value.map((inner) => within(inner, place));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([key, inner]) => key !== "format" || typeof inner !== "string");
  return Object.fromEntries(
    entries.map(([key, inner]) => [key, key === "enum" ? inner : key === "$ref" && typeof inner === "string" ? place + inner.slice(1) : within(inner, place)]),
  );
}

describe("cleaning is told in standard keywords", () => {
  const check = (given, input, output) => {
    const one = schema(given);
    assert.deepEqual(told(one, "input", "draft-2020-12"), { $schema: DRAFT_2020_12, ...input });
    assert.deepEqual(told(one, "output", "draft-2020-12"), { $schema: DRAFT_2020_12, ...output });
  };
  const string = { type: "string" };
  for (const [format, words, output, input = {}] of [
    ["domain", "a domain, or an address that has one", DOMAIN],
    ["email", "an e-mail address", { format: "email" }],
    ["uuid", "a uuid, in upper or lower case", { format: "uuid", pattern: "^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$" }, { format: "uuid" }],
    ["linkedin-company", "the address of a company's page on LinkedIn, in any spelling", { format: "uri", pattern: "^https://(?:www\\.)?linkedin\\.com/(?:company|showcase|school)/[^/?#]+$" }],
    ["linkedin-person", "the address of a person's page on LinkedIn, in any spelling", { format: "uri", pattern: "^https://(?:www\\.)?linkedin\\.com/(?:in/[^/?#]+|pub/[^?#]+)$" }],
    ["linkedin", "the address of a page on LinkedIn, in any spelling", { format: "uri", pattern: "^https://(?:www\\.)?linkedin\\.com/(?:(?:company|showcase|school)/[^/?#]+|(?:in/[^/?#]+|pub/[^?#]+))$" }],
    ["phone", "a telephone number, as free text", { pattern: TRIMMED }],
    ["time-zone", "the name of a time zone, as IANA lists it", { pattern: TRIMMED }],
  ]) {
    test(`format ${format}`, () => {
      check({ ...string, format }, { ...string, description: words, ...input }, { ...string, ...output });
      // The author's words come first; what was asked of the text before says nothing of the text after.
      check({ ...string, format, description: "mine", minLength: 3, maxLength: 9, pattern: "a" }, { ...string, description: "mine", minLength: 3, maxLength: 9, pattern: "a", ...input }, { ...string, description: "mine", ...output });
    });
  }
  test("formats that clean nothing, and formats that nobody knows, stay", () => {
    for (const format of ["date", "date-time", "duration", "hostname", "ipv4", "uri", "regex", "int64", "constructor"]) check({ ...string, format }, { ...string, format }, { ...string, format });
  });
  test("formats that only annotate clean nothing", () => {
    const annotated = schema({ ...string, format: "domain" }, { formats: "annotate" });
    for (const direction of ["input", "output"]) assert.deepEqual(told(annotated, direction, "draft-07"), { $schema: DRAFT_07, ...string, format: "domain" });
  });
  test("x-trim: other keywords ask of the trimmed text", () => {
    check({ ...string, "x-trim": true, minLength: 1, maxLength: 9 }, { ...string, minLength: 1 }, { ...string, minLength: 1, maxLength: 9, pattern: TRIMMED });
    check({ ...string, "x-trim": true, pattern: "^a" }, string, { ...string, pattern: "^a", allOf: [{ pattern: TRIMMED }] });
    check({ ...string, "x-trim": true, format: "uri" }, string, { ...string, format: "uri", pattern: TRIMMED });
    check({ "x-trim": true, enum: ["a", null] }, { examples: ["a"] }, { enum: ["a", null], pattern: TRIMMED });
    check({ "x-trim": true, const: "a" }, { examples: ["a"] }, { const: "a", pattern: TRIMMED });
  });
  test("x-drop-null: null is taken, and does not come out", () => {
    const text = { ...string, "x-drop-null": true };
    check({ properties: { a: text }, minProperties: 1 }, { properties: { a: { type: ["string", "null"] } }, minProperties: 1 }, { properties: { a: string } });
    check({ ...text, enum: ["a"] }, { type: ["string", "null"], enum: ["a", null] }, { ...string, enum: ["a"] });
    check({ ...text, title: "A", not: { const: "a" } }, { title: "A", anyOf: [{ ...string, not: { const: "a" } }, { type: "null" }] }, { ...string, title: "A", not: { const: "a" } });
    check({ items: text, minItems: 1 }, { items: { type: ["string", "null"] }, minItems: 1 }, { items: string });
    // Where null is a value like others, nothing is dropped.
    for (const type of [["string", "null"], undefined]) {
      const given = { ...(type ? { type } : {}), "x-drop-null": true };
      const { "x-drop-null": _, ...plain } = given;
      check(given, plain, plain);
    }
  });
  test("x-drop-null under strict: null is not taken", () => {
    const strict = schema({ properties: { a: { ...string, "x-drop-null": true } } }).with({ strict: true });
    assert.deepEqual(told(strict, "input", "draft-2020-12"), { $schema: DRAFT_2020_12, properties: { a: string } });
  });
  test("x-drop-duplicates: items come out once", () => {
    const given = { type: "array", "x-drop-duplicates": true, minItems: 2, maxItems: 5 };
    check(given, { type: "array", minItems: 2, maxItems: 5 }, { type: "array", minItems: 1, maxItems: 5, uniqueItems: true });
  });
  test("x-suggested-values and example are examples", () => {
    check({ ...string, "x-suggested-values": ["a", "b"] }, { ...string, examples: ["a", "b"] }, { ...string, examples: ["a", "b"] });
    check({ ...string, "x-suggested-values": ["a"], examples: ["c"] }, { ...string, examples: ["c"] }, { ...string, examples: ["c"] });
    check({ ...string, example: "a" }, { ...string, examples: ["a"] }, { ...string, examples: ["a"] });
  });
  test("x-custom-fields: their keys are no additional properties", () => {
    const open = { type: "object", properties: { a: true } };
    const closed = { ...open, additionalProperties: false };
    check({ ...open, "x-custom-fields": { prefix: "c_" } }, open, open);
    check({ ...closed, "x-custom-fields": { prefix: "c.f-" } }, { ...closed, patternProperties: { "^c\\.f-": true } }, { ...closed, patternProperties: { "^c\\.f-": true } });
    check({ ...closed, "x-custom-fields": { registered: true } }, open, open);
  });
  test("other keywords of Prewash go, those of others stay", () => {
    check({ ...string, "x-hint": "a", "x-warnings": [{ when: {}, code: "a", message: "b" }], "x-mine": { a: 1 } }, { ...string, "x-mine": { a: 1 } }, { ...string, "x-mine": { a: 1 } });
  });
  test("conditions that clean are left out, and choices that clean are wider", () => {
    const domain = { ...string, format: "domain" };
    const input = { ...string, description: "a domain, or an address that has one" };
    check({ not: domain }, {}, {});
    check({ not: string }, { not: string }, { not: string });
    check({ if: domain, then: { minLength: 1 }, else: { type: "number" } }, { anyOf: [{ minLength: 1 }, { type: "number" }] }, { anyOf: [{ minLength: 1 }, { type: "number" }] });
    check({ if: domain, then: { minLength: 1 } }, {}, {});
    check({ oneOf: [domain, { type: "null" }] }, { anyOf: [input, { type: "null" }] }, { anyOf: [DOMAIN, { type: "null" }] });
    check({ contains: domain, maxContains: 2, minContains: 2 }, { contains: input, minContains: 2 }, { contains: DOMAIN, minContains: 2 });
    check({ not: { $ref: "#/$defs/d" }, $defs: { d: { items: domain } } }, { $defs: { d: { items: input } } }, { $defs: { d: { items: DOMAIN } } });
  });
  test("a discriminator's branches name their values", () => {
    const given = {
      oneOf: [{ $ref: "#/$defs/Cat" }, { $ref: "#/$defs/Dog" }],
      discriminator: { propertyName: "kind", mapping: { kitty: "Cat", tom: "#/$defs/Cat" } },
      $defs: { Cat: { type: "object" }, Dog: { type: "object" } },
    };
    const branch = (name, values) => ({ $ref: `#/$defs/${name}`, required: ["kind"], properties: { kind: { enum: values } } });
    const said = { type: "object", oneOf: [branch("Cat", ["kitty", "tom"]), branch("Dog", ["Dog"])], $defs: given.$defs };
    check(given, said, said);
    check({ type: "object", discriminator: { propertyName: "kind" } }, { type: "object" }, { type: "object" });
  });
  test("parameters may be text", () => {
    const { queryParameters, pathParameters } = openapi({
      openapi: "3.1.0",
      paths: {
        "/{id}": {
          get: {
            parameters: [
              { name: "id", in: "path", required: true, schema: { title: "Id", type: "integer", minimum: 1 } },
              { name: "all", in: "query", schema: { type: "boolean" } },
              { name: "size", in: "query", schema: { type: ["number", "string"] } },
            ],
          },
        },
      },
    })["GET /{id}"];
    const id = { title: "Id", type: "integer", minimum: 1 };
    assert.deepEqual(told(pathParameters, "input", "draft-2020-12"), {
      $schema: DRAFT_2020_12,
      type: "object",
      properties: { id: { title: "Id", anyOf: [{ type: "integer", minimum: 1 }, { type: "string", pattern: NUMBER_AS_TEXT }] } },
      required: ["id"],
    });
    assert.deepEqual(told(pathParameters, "output", "draft-2020-12"), { $schema: DRAFT_2020_12, type: "object", properties: { id }, required: ["id"] });
    assert.deepEqual(told(queryParameters, "input", "draft-2020-12").properties, {
      all: { anyOf: [{ type: "boolean" }, { type: "string", pattern: "^[ \\t\\n\\r]*(?:true|false)[ \\t\\n\\r]*$" }] },
      size: { type: ["number", "string"] },
    });
  });
  test("a built-in operation, whole", () => {
    const account = (properties) => ({ title: "Account", type: "object", required: ["domain", "name"], properties });
    const whole = (segmentId, properties) => ({
      $schema: DRAFT_2020_12,
      title: "Accounts to push",
      type: "object",
      required: ["accounts"],
      properties: {
        accounts: { title: "Accounts", type: "array", minItems: 1, maxItems: 100, items: { $ref: "#/$defs/Account" } },
        segmentId: { title: "Segment id", type: "string", ...segmentId },
        upsert: { title: "Update existing", type: "boolean", default: false },
      },
      $defs: { Account: account(properties) },
    });
    const orNull = ["string", "null"];
    assert.deepEqual(
      told(recotap.pushAccounts.body, "input", "draft-2020-12"),
      whole({}, {
        domain: { title: "Domain", type: "string", description: "a domain, or an address that has one" },
        name: { title: "Name", type: "string", minLength: 1 },
        externalId: { title: "External id", type: orNull },
        shortName: { title: "Short name", type: orNull },
        linkedinUrl: { title: "LinkedIn URL", type: orNull, description: "the address of a company's page on LinkedIn, in any spelling" },
        tags: { title: "Tags", type: ["array", "null"], items: { type: "string" } },
        customFields: { title: "Custom fields", type: ["object", "null"] },
      }),
    );
    assert.deepEqual(
      told(recotap.pushAccounts.body, "output", "draft-2020-12"),
      whole({ pattern: TRIMMED }, {
        domain: { title: "Domain", ...DOMAIN },
        name: { title: "Name", type: "string", minLength: 1, pattern: TRIMMED },
        externalId: { title: "External id", type: "string" },
        shortName: { title: "Short name", type: "string", pattern: TRIMMED },
        linkedinUrl: { title: "LinkedIn URL", type: "string", format: "uri", pattern: "^https://(?:www\\.)?linkedin\\.com/(?:company|showcase|school)/[^/?#]+$" },
        tags: { title: "Tags", type: "array", items: { type: "string", pattern: TRIMMED } },
        customFields: { title: "Custom fields", type: "object" },
      }),
    );
  });
});

describe("a schema stands alone", () => {
  test("with what it refers to, by pointer, anchor, address and dynamic anchor", () => {
    const tree = {
      $id: "https://example.com/tree",
      $dynamicAnchor: "node",
      type: "object",
      properties: { children: { type: "array", items: { $dynamicRef: "#node" } }, name: { $ref: "#name" } },
      $defs: { any: { $anchor: "name", type: "string" }, unused: false },
    };
    const given = { $id: "https://example.com/strict", $dynamicAnchor: "node", $ref: "tree", required: ["children"] };
    const plain = { properties: { children: { type: "array", items: { $ref: "#/$defs/tree" } }, name: { $ref: "#/$defs/name" } }, type: "object" };
    assert.deepEqual(told(schema(tree), "input", "draft-2020-12"), {
      $schema: DRAFT_2020_12,
      ...plain,
      properties: { ...plain.properties, children: { type: "array", items: { $ref: "#" } } },
      $defs: { name: { type: "string" } },
    });
    assert.deepEqual(told(schema(given, { documents: { "https://example.com/tree": tree } }), "output", "draft-2020-12"), {
      $schema: DRAFT_2020_12,
      $ref: "#/$defs/tree",
      required: ["children"],
      $defs: { name: { type: "string" }, tree: { ...plain, properties: { ...plain.properties, children: { type: "array", items: { $ref: "#" } } } } },
    });
  });
  test("true and false", () => {
    for (const [given, expected] of [[true, {}], [false, { not: {} }]]) {
      assert.deepEqual(TARGETS.map((target) => told(schema(given), "input", target)), [{ $schema: DRAFT_2020_12, ...expected }, { $schema: DRAFT_07, ...expected }, expected]);
    }
  });
});

describe("targets", () => {
  const rows = [
    ["nothing to convert", { type: "string", minLength: 1, "x-mine": 1 }, undefined, undefined],
    ["null", { type: ["string", "null"], enum: ["a", null] }, undefined, { type: "string", nullable: true, enum: ["a", null] }],
    ["null alone", { type: "null" }, undefined, { type: "string", nullable: true, enum: [null] }],
    ["several types", { type: ["string", "integer", "null"], title: "A" }, undefined, { title: "A", anyOf: [{ type: "string", nullable: true }, { type: "integer" }] }],
    ["several types beside anyOf", { type: ["array", "integer"], anyOf: [true] }, undefined, { anyOf: [{}], allOf: [{ anyOf: [{ type: "array", items: {} }, { type: "integer" }] }] }],
    ["an array of anything", { type: "array" }, undefined, { type: "array", items: {} }],
    ["const", { const: "a" }, undefined, { enum: ["a"] }],
    ["const beside enum", { enum: ["a", "b"], const: "a" }, undefined, { enum: ["a", "b"], allOf: [{ enum: ["a"] }] }],
    ["no value at all", { enum: [] }, { not: {} }, { not: {} }],
    ["limits", { exclusiveMinimum: 1, exclusiveMaximum: 5 }, undefined, { minimum: 1, exclusiveMinimum: true, maximum: 5, exclusiveMaximum: true }],
    ["two limits each", { minimum: 1, exclusiveMinimum: 1, maximum: 4, exclusiveMaximum: 5 }, undefined, { minimum: 1, exclusiveMinimum: true, maximum: 4 }],
    ["examples", { examples: ["a", "b"] }, undefined, { example: "a" }],
    ["annotations", { $comment: "a", deprecated: true, contentEncoding: "base64", contentMediaType: "text/plain", contentSchema: true }, { $comment: "a", deprecated: true, contentEncoding: "base64", contentMediaType: "text/plain" }, { deprecated: true, format: "byte" }],
    ["booleans as schemas", { properties: { a: true, b: false }, additionalProperties: false }, undefined, { properties: { a: {}, b: { not: {} } }, additionalProperties: false }],
    ["required nothing", { required: [] }, undefined, {}],
    ["dependentRequired", { dependentRequired: { a: ["b"], c: [] } }, { dependencies: { a: ["b"], c: [] } }, { allOf: [{ anyOf: [{ not: { type: "object", required: ["a"] } }, { required: ["b"] }] }] }],
    [
      "both dependent",
      { dependentRequired: { a: ["b"] }, dependentSchemas: { a: { maxProperties: 2 } } },
      { dependencies: { a: { allOf: [{ required: ["b"] }, { maxProperties: 2 }] } } },
      { allOf: [{ anyOf: [{ not: { type: "object", required: ["a"] } }, { required: ["b"] }] }, { anyOf: [{ not: { type: "object", required: ["a"] } }, { maxProperties: 2 }] }] },
    ],
    ["if", { if: { minimum: 1 }, then: { maximum: 5 }, else: { multipleOf: 2 } }, undefined, { allOf: [{ anyOf: [{ not: { minimum: 1 } }, { maximum: 5 }] }, { anyOf: [{ minimum: 1 }, { multipleOf: 2 }] }] }],
    ["contains", { contains: { type: "string" }, minContains: 1 }, { contains: { type: "string" } }, { not: { type: "array", items: { not: { type: "string" } } } }],
    ["contains nothing", { contains: { type: "string" }, minContains: 0 }, {}, {}],
    ["contains a number of times", { contains: true, minContains: 2 }, "`minContains` cannot be said in draft-07; ask for draft-2020-12", "`minContains` cannot be said in openapi-3.0; ask for draft-2020-12"],
    ["contains at most", { contains: true, maxContains: 2 }, "`maxContains` cannot be said in draft-07; ask for draft-2020-12", "`maxContains` cannot be said in openapi-3.0; ask for draft-2020-12"],
    ["prefixItems", { prefixItems: [{ type: "string" }], items: false }, { items: [{ type: "string" }], additionalItems: false }, "`prefixItems` cannot be said in openapi-3.0; ask for draft-2020-12"],
    ["patternProperties", { properties: { a: { patternProperties: { b: true } } } }, undefined, "`patternProperties` at `/properties/a` cannot be said in openapi-3.0; ask for draft-2020-12"],
    ["propertyNames", { items: { propertyNames: { maxLength: 5 } } }, undefined, "`propertyNames` at `/items` cannot be said in openapi-3.0; ask for draft-2020-12"],
    [
      "unevaluatedProperties where the keys are known",
      { allOf: [{ $ref: "#/$defs/a" }], properties: { b: { type: "string" } }, unevaluatedProperties: false, $defs: { a: { properties: { a: { type: "integer" } } } } },
      { allOf: [{ $ref: "#/definitions/a" }], properties: { a: true, b: { type: "string" } }, additionalProperties: false, definitions: { a: { properties: { a: { type: "integer" } } } } },
      { allOf: [{ properties: { a: { type: "integer" } } }], properties: { a: {}, b: { type: "string" } }, additionalProperties: false },
    ],
    ["unevaluatedProperties where all are judged", { additionalProperties: { type: "string" }, unevaluatedProperties: false }, { additionalProperties: { type: "string" } }, { additionalProperties: { type: "string" } }],
    [
      "unevaluatedProperties by the value",
      { items: { anyOf: [{ properties: { a: true } }, true], unevaluatedProperties: false } },
      "`unevaluatedProperties` at `/items` cannot be said in draft-07; ask for draft-2020-12",
      "`unevaluatedProperties` at `/items` cannot be said in openapi-3.0; ask for draft-2020-12",
    ],
    ["unevaluatedItems", { unevaluatedItems: { type: "string" } }, { items: { type: "string" } }, { items: { type: "string" } }],
    ["unevaluatedItems by the value", { contains: true, unevaluatedItems: false }, "`unevaluatedItems` cannot be said in draft-07; ask for draft-2020-12", "`unevaluatedItems` cannot be said in openapi-3.0; ask for draft-2020-12"],
    [
      "references",
      { properties: { a: { $ref: "#/$defs/a" }, b: { $ref: "#/$defs/a", title: "B", allOf: [true] } }, $defs: { a: { type: ["string", "null"] } } },
      { properties: { a: { $ref: "#/definitions/a" }, b: { title: "B", allOf: [true, { $ref: "#/definitions/a" }] } }, definitions: { a: { type: ["string", "null"] } } },
      { properties: { a: { type: "string", nullable: true }, b: { title: "B", allOf: [{}, { type: "string", nullable: true }] } } },
    ],
    [
      "references that come back",
      { $ref: "#/$defs/list", $defs: { list: { type: "object", properties: { next: { $ref: "#/$defs/list" } } } } },
      { allOf: [{ $ref: "#/definitions/list" }], definitions: { list: { type: "object", properties: { next: { $ref: "#/definitions/list" } } } } },
      { allOf: [{ $ref: "#/x-definitions/list" }], "x-definitions": { list: { type: "object", properties: { next: { $ref: "#/x-definitions/list" } } } } },
    ],
    ["references to the whole", { properties: { next: { $ref: "#" } } }, undefined, undefined],
    ["the meta-schema", { $ref: DRAFT_2020_12 }, `\`$ref: ${DRAFT_2020_12}\` cannot be said in draft-07; ask for draft-2020-12`, `\`$ref: ${DRAFT_2020_12}\` cannot be said in openapi-3.0; ask for draft-2020-12`],
  ];
  for (const [name, given, draft07 = given, openapi30 = given] of rows) {
    test(name, () => {
      const one = schema(given, { formats: "annotate" });
      assert.deepEqual(told(one, "input", "draft-2020-12"), { $schema: DRAFT_2020_12, ...given });
      for (const [target, head, expected] of [["draft-07", { $schema: DRAFT_07 }, draft07], ["openapi-3.0", {}, openapi30]]) {
        if (typeof expected === "string") assert.throws(() => told(one, "input", target), { name: "Error", message: expected });
        else assert.deepEqual(told(one, "input", target), { ...head, ...expected });
      }
    });
  }
  test("each gives a copy, and leaves the schema as it was", () => {
    const given = { type: ["string", "null"], enum: ["a", null] };
    const one = schema(given);
    told(one, "input", "openapi-3.0").enum.push("b");
    assert.deepEqual([one.jsonSchema, told(one, "input", "openapi-3.0").enum], [{ type: ["string", "null"], enum: ["a", null] }, ["a", null]]);
  });
});

describe("what a check takes and gives passes what is told of it", () => {
  const UUID = "2EB8AA08-aa98-11EA-B4Aa-73B441D16380";
  const VALUES = [
    ...[null, true, 7, -1.5, "", " ", " x ", "x", "a".repeat(300), [], {}, ["a", "a ", "b"], [UUID, UUID.toLowerCase()], [null], { a: 1 }],
    ...["https://www.Acme.com/foo", "MÜNCHEN.de", "localhost", " Jane@ACME.com ", "jane@acme.com", "linkedin.com/company/Acme/about", "https://de.linkedin.com/in/Jane?x"],
    ...["linkedin.com/pub/jane/4b/698/a65", UUID, " europe/berlin ", "Mars/Base", "+49 1", " https://acme.com ", "51-200", "7", "PROSPECTING", "created", "2023-11-07T05:31:56Z"],
  ];
  const account = { domain: "acme.com", name: "Acme" };
  const [response] = [reply.updateContactAccount.response];
  const targets = [
    ["monaco.upsertAccount.body", monaco.upsertAccount.body, account],
    ["monaco.upsertContact.body", monaco.upsertContact.body, { email: "jane@acme.com" }],
    ["monaco.updateContact.body", monaco.updateContact.body, {}],
    ["monaco.updateContact.pathParameters", monaco.updateContact.pathParameters, { contact_id: UUID }],
    ["reply.updateContactAccount.body", reply.updateContactAccount.body, { name: "Acme" }],
    ["reply.updateContactAccount.pathParameters", reply.updateContactAccount.pathParameters, { id: "7" }],
    ["reply.updateContactAccount.response", response, { id: 1, ownerUserId: 1, name: "x", linkedProspectsCount: 1, createdDate: "2023-11-07T05:31:56Z", lastActivityDate: "2023-11-07T05:31:56Z" }],
    ["recotap.pushAccounts.body", recotap.pushAccounts.body, account, (body) => ({ accounts: [body] })],
    ["recotap.pushAccounts.response", recotap.pushAccounts.response, { results: [], summary: { total: 0, created: 0, updated: 0, failed: 0 } }],
  ];
  for (const [name, one, base, wrap = (body) => body] of targets) {
    test(name, () => {
      const { properties, $defs } = one.jsonSchema;
      const keys = Object.keys({ ...properties, ...$defs?.Account?.properties, [`custom_field_${UUID}`]: 1 });
      const judges = TARGETS.map((target) => ["input", "output"].map((direction) => judge(told(one, direction, target), target)));
      let taken = 0;
      for (const key of keys) {
        for (const value of VALUES) {
          const body = wrap({ ...base, [key]: value });
          const result = one.check(body);
          if (!result.ok) continue;
          taken += 1;
          for (const [index, [takes, gives]] of judges.entries()) {
            assert.ok(takes(body), `${TARGETS[index]} takes ${JSON.stringify(body)}`);
            assert.ok(gives(result.value), `${TARGETS[index]} gives ${JSON.stringify(result.value)}`);
          }
        }
      }
      assert.ok(taken > 5, `${taken} of the values were taken`);
    });
  }
});

const conformance = process.env.PREWASH_CONFORMANCE ?? fileURLToPath(new URL("../../shared/conformance", import.meta.url));
const suite = join(conformance, "json-schema-2020-12");
const skip = existsSync(suite) ? false : `the JSON Schema Test Suite is not at ${suite}; json-schema.test.mjs tells how to put it there`;

test("the JSON Schema Test Suite passes through what is converted", { skip }, (context) => {
  const files = (folder) =>
    readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".json")).map((name) => [name.replaceAll("\\", "/"), JSON.parse(readFileSync(join(folder, name), "utf8"))]);
  const documents = Object.fromEntries(files(join(suite, "remotes")).map(([name, document]) => [`http://localhost:1234/${name}`, document]));
  const LEDGER = new Set([
    // A meta-schema that leaves out a vocabulary is not converted with the schema.
    ...TARGETS.map((target) => `${target} | vocabulary.json | no validation: invalid number, but it still validates`),
    // ajv passes over a property of this name.
    "draft-07 | properties.json | __proto__ not valid",
  ]);
  // ajv fails 40 tests of 2020-12 itself.
  const again = (document) => (value) => schema(document, { formats: "annotate" }).check(value).ok;
  const judges = { ...Object.fromEntries(TARGETS.map((target) => [target, (document) => judge(document, target)])), "draft-2020-12": again };
  const counts = {};
  const unexpected = new Set();
  for (const [name, cases] of files(join(suite, "tests")).filter(([name]) => !name.startsWith("optional/"))) {
    for (const { schema: document, tests } of cases) {
      const one = schema(document, { documents, formats: "annotate" });
      for (const target of TARGETS) {
        counts[target] ??= { passed: 0, "cannot be said": 0 };
        let takes;
        try {
          takes = judges[target](one["~standard"].jsonSchema.input({ target }));
        } catch (error) {
          if (!/cannot be said in/.test(error.message)) throw error;
          counts[target]["cannot be said"] += tests.length;
          continue;
        }
        for (const { description, data, valid } of tests) {
          const title = `${target} | ${name} | ${description}`;
          if (takes(data) === valid) counts[target].passed += 1;
          // A line of the ledger that passes is no longer true; one that fails is as told.
          if ((takes(data) === valid) === LEDGER.has(title)) unexpected.add(title);
        }
      }
    }
  }
  context.diagnostic(JSON.stringify(counts));
  assert.deepEqual([...unexpected], []);
});
