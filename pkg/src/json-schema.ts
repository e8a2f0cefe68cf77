// Parts of OpenAPI documents, and schemas that stand on their own.

import type { Part } from "./source.js";

type Json = Record<string, unknown>;

/** The JSON Schema of a part of an operation, with all that it refers to in `$defs`. */
export function partSchema(document: unknown, method: string, path: string, part: Part): object {
  const item = resolve(document, member(member(document, "paths"), path));
  const operation = resolve(document, member(item, method.toLowerCase()));
  return standalone(document, partOf(document, item, operation, part));
}

function partOf(document: unknown, item: unknown, operation: unknown, part: Part): unknown {
  switch (part) {
    case "body":
      return contentSchema(document, resolve(document, member(operation, "requestBody")));
    case "response": {
      const responses = member(operation, "responses");
      const statuses = Object.keys(isObject(responses) ? responses : {});
      const success = [/^200$/, /^2/, /^default$/].map((form) => statuses.find((name) => form.test(name)));
      const status = success.find((name) => name !== undefined);
      return contentSchema(document, resolve(document, member(responses, status ?? "")));
    }
    case "pathParameters": {
      const properties: Json = {};
      for (const given of [member(item, "parameters"), member(operation, "parameters")]) {
        for (const one of Array.isArray(given) ? given : []) {
          const parameter = resolve(document, one);
          const name = member(parameter, "name");
          if (member(parameter, "in") === "path") properties[String(name)] = member(parameter, "schema") ?? {};
        }
      }
      return { type: "object", properties, required: Object.keys(properties) };
    }
  }
}

/** The schema of JSON content, in whatever spelling its media type is. */
function contentSchema(document: unknown, holder: unknown): unknown {
  const content = member(holder, "content");
  const types = Object.keys(isObject(content) ? content : {});
  const json = types.find((type) => /^application\/(?:[^;]+\+)?json\b/i.test(type)) ?? types[0];
  return member(resolve(document, member(content, json ?? "")), "schema") ?? {};
}

/** The schema with whatever it refers to in the document copied into `$defs`. */
function standalone(document: unknown, schema: unknown): object {
  const names = new Map<string, string>();
  const definitions: Json = {};
  const copy = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(copy);
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        key,
        key === "$ref" && typeof inner === "string" && inner.startsWith("#") ? `#/$defs/${define(inner)}` : copy(inner),
      ]),
    );
  };
  const define = (reference: string): string => {
    const known = names.get(reference);
    if (known !== undefined) return known;
    const last = reference.split("/").at(-1)?.replace(/[^\w.-]/g, "_") || "root";
    let name = last;
    for (let count = 2; Object.hasOwn(definitions, name); count++) name = `${last}_${count}`;
    names.set(reference, name);
    definitions[name] = true;
    definitions[name] = copy(at(document, reference));
    return name;
  };
  const root = copy(resolve(document, schema));
  const $schema = "https://json-schema.org/draft/2020-12/schema";
  if (!isObject(root)) return { $schema, ...(root === false ? { not: {} } : {}) };
  const $defs = { ...(isObject(root.$defs) ? root.$defs : {}), ...definitions };
  return { $schema, ...root, ...(Object.keys($defs).length > 0 ? { $defs } : {}) };
}

/** What a reference object refers to; what is none is given back. */
export function resolve(document: unknown, value: unknown): unknown {
  for (let steps = 0; steps < 32 && isObject(value) && typeof value.$ref === "string"; steps++) {
    // A schema may have more beside its reference.
    if (Object.keys(value).some((key) => !["$ref", "summary", "description"].includes(key))) break;
    value = at(document, value.$ref);
  }
  return value;
}

function at(document: unknown, reference: string): unknown {
  let value = document;
  for (const step of decodeURIComponent(reference.slice(1)).split("/").slice(1)) {
    value = member(value, step.replaceAll("~1", "/").replaceAll("~0", "~"));
  }
  return value;
}

function member(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key) ? (value as Json)[key] : undefined;
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
