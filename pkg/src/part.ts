// Parts of OpenAPI documents as JSON Schema: the same reading as src/openapi.rs, for who asks for the
// schema itself.

import type { Part } from "./source.js";
import { standalone } from "./standalone.js";
import { isObject, member, type Json } from "./subschema.js";

/** Where an operation is in its document. */
interface At {
  method: string;
  path: string;
}

/** The JSON Schema of a part of an operation, with all that it refers to in `$defs`. */
export function partSchema(document: unknown, at: At, { kind, name }: Part): object {
  const openapi30 = String(member(document, "openapi")).startsWith("3.0");
  const refused = kind === "body" ? "readOnly" : kind === "response" ? "writeOnly" : undefined;
  const found = schemaOf(document, at, { kind, name }) ?? {};
  const { schema, definitions } = standalone([["", document]], bare(document, found, openapi30), { openapi30, refused });
  const $schema = "https://json-schema.org/draft/2020-12/schema";
  const root = isObject(schema) ? schema : schema === false ? { not: {} } : {};
  return { $schema, ...root, ...(Object.keys(definitions).length > 0 ? { $defs: definitions } : {}) };
}

/** The media types of a request body that have a schema. */
export function mediaTypes(document: unknown, at: At): string[] {
  const content = member(referred(document, member(operationAt(document, at), "requestBody")), "content");
  return keys(content).filter((name) => member(member(content, name), "schema") !== undefined);
}

/** The statuses of the responses: which of them have a schema for JSON. */
export function statuses(document: unknown, at: At): Map<string, boolean> {
  const responses = member(operationAt(document, at), "responses");
  const hasSchema = (status: string) => contentSchema(referred(document, member(responses, status))) !== undefined;
  return new Map(keys(responses).map((status) => [status, hasSchema(status)]));
}

/** An operation of a document. */
export function operationAt(document: unknown, { method, path }: At): unknown {
  return member(itemAt(document, path), method.toLowerCase());
}

/** What a reference object refers to; what is none is given back. */
export function referred(document: unknown, value: unknown): unknown {
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    const reference = member(value, "$ref");
    if (typeof reference !== "string" || !reference.startsWith("#")) break;
    value = target(document, reference);
  }
  return value;
}

/** How many references are followed, one to the next, before they are taken for a circle. */
const MOST_STEPS = 32;

function target(document: unknown, reference: string): unknown {
  const steps = decodeURIComponent(reference.slice(1)).split("/").slice(1);
  const step = (value: unknown, step: string) => member(value, step.replaceAll("~1", "/").replaceAll("~0", "~"));
  return steps.reduce(step, document);
}

function itemAt(document: unknown, path: string): unknown {
  return referred(document, member(member(document, "paths"), path));
}

function schemaOf(document: unknown, at: At, { kind, name }: Part): unknown {
  const operation = operationAt(document, at);
  switch (kind) {
    case "body": {
      const body = referred(document, member(operation, "requestBody"));
      // Documents that were made from older ones have forms as parameters.
      if (body === undefined) return parameters(document, at, "formData");
      return name === undefined ? contentSchema(body) : member(member(member(body, "content"), name), "schema");
    }
    case "response": {
      const responses = member(operation, "responses");
      const success = ["200", keys(responses).find((status) => status.startsWith("2")) ?? "", "default"];
      const status = name ?? success.find((status) => member(responses, status) !== undefined) ?? "";
      return contentSchema(referred(document, member(responses, status)));
    }
    case "pathParameters":
      return parameters(document, at, "path");
    case "queryParameters":
      return parameters(document, at, "query");
    case "headerParameters":
      // A request has headers that no document lists.
      return { ...parameters(document, at, "header"), additionalProperties: true };
  }
}

function parameters(document: unknown, at: At, place: string): Json {
  const found = new Map<string, unknown>();
  for (const owner of [operationAt(document, at), itemAt(document, at.path)]) {
    const given = member(owner, "parameters");
    for (const one of Array.isArray(given) ? given : []) {
      const parameter = referred(document, one);
      const name = member(parameter, "name");
      if (typeof name !== "string" || member(parameter, "in") !== place) continue;
      const key = place === "header" ? name.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) : name;
      // A parameter of the operation overrides one of the path item.
      if (!found.has(key)) found.set(key, parameter);
    }
  }
  const schemas = [...found].map(([name, parameter]) => [name, member(parameter, "schema") ?? true]);
  const isRequired = ([, parameter]: [string, unknown]) => place === "path" || member(parameter, "required") === true;
  const required = [...found].filter(isRequired).map(([name]) => name);
  return { type: "object", properties: Object.fromEntries(schemas) as Json, required };
}

/** The schema of the JSON among the media types. */
function contentSchema(holder: unknown): unknown {
  const content = member(holder, "content");
  const isJson = (type: string) => /^(?:application\/json|.*\+json|\*\/\*)$/i.test((type.split(";")[0] ?? "").trim());
  return member(member(content, keys(content).find(isJson) ?? ""), "schema");
}

/** A schema that only refers to another one is that one. */
function bare(document: unknown, schema: unknown, openapi30: boolean): unknown {
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    const reference = member(schema, "$ref");
    const only = openapi30 || keys(schema).every((key) => ["$ref", "summary", "description"].includes(key));
    if (typeof reference !== "string" || !reference.startsWith("#/") || !only) break;
    schema = target(document, reference) ?? {};
  }
  return schema;
}

function keys(value: unknown): string[] {
  return Object.keys(isObject(value) ? value : {});
}
