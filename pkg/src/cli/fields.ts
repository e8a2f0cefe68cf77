// The fields of a body, or of the items of a batch, as its JSON Schema tells them.

import type { OpenApiOperation } from "prewash";

/** A field. */
export interface Field {
  name: string;
  title: string;
  description: string;
  /** Its JSON types but null; empty if any. */
  types: string[];
  nullable: boolean;
  /** The types of its elements, if it is an array. */
  items: string[];
  format: string;
  required: boolean;
  /** Whether it is an object of registered custom fields. */
  custom: boolean;
}

/** What a row may hold. */
export interface Fields {
  fields: Field[];
  /** What keys of custom fields start with, if they lie beside the others. */
  prefix: string | undefined;
  /** The name of the array that rows are the items of, in a batch. */
  items: string | undefined;
  /** What items are known by, in a batch. */
  key: string | undefined;
  /** The name of the flag that has existing items updated, in a batch. */
  upsert: string | undefined;
}

type Json = Record<string, unknown>;

/** The fields of an operation's rows. */
export function fieldsOf(operation: OpenApiOperation, document: string): Fields {
  const root = operation.body.jsonSchema as Json;
  const batch = operationObject(document, operation)["x-batch"] as { items?: string; key?: string; upsert?: string } | undefined;
  let schema = root;
  if (batch?.items !== undefined) {
    schema = referred(root, object(referred(root, object(root.properties)[batch.items])).items);
  }
  const all = parts(root, schema);
  const required = new Set(all.flatMap((part) => (Array.isArray(part.required) ? part.required : [])));
  const properties = all.flatMap((part) => Object.entries(object(part.properties)));
  const prefix = all.map((part) => object(part["x-custom-fields"]).prefix).find((prefix) => typeof prefix === "string");
  return {
    fields: properties.map(([name, property]) => field(root, name, referred(root, property), required.has(name))),
    prefix: prefix as string | undefined,
    items: batch?.items,
    key: batch?.key,
    upsert: batch?.upsert,
  };
}

function field(root: Json, name: string, property: Json, required: boolean): Field {
  const types = typesOf(property);
  return {
    name,
    title: text(property.title),
    description: text(property.description),
    types: types.filter((type) => type !== "null"),
    nullable: types.includes("null"),
    items: property.items === undefined ? [] : typesOf(referred(root, property.items)),
    format: text(property.format),
    required,
    custom: property["x-custom-fields"] !== undefined,
  };
}

/** A schema and those that `allOf` adds to it. */
function parts(root: Json, schema: Json): Json[] {
  const added = Array.isArray(schema.allOf) ? schema.allOf : [];
  return [schema, ...added.flatMap((part) => parts(root, referred(root, part)))];
}

function typesOf({ type }: Json): string[] {
  return Array.isArray(type) ? type.map(String) : typeof type === "string" ? [type] : [];
}

/** The schema itself, or what its `$ref` leads to in `$defs`. */
function referred(root: Json, schema: unknown): Json {
  let found = object(schema);
  for (let steps = 0; steps < 32; steps++) {
    const name = /^#\/\$defs\/([^/]+)$/.exec(text(found.$ref))?.[1];
    if (name === undefined) break;
    const { $ref: _, ...beside } = found;
    found = { ...object(object(root.$defs)[name]), ...beside };
  }
  return found;
}

function object(value: unknown): Json {
  return typeof value === "object" && value !== null ? (value as Json) : {};
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** The operation's object in its document. */
export function operationObject(document: string, { method, path }: OpenApiOperation): Record<string, unknown> {
  const { paths } = JSON.parse(document) as { paths?: Record<string, Record<string, unknown> | undefined> };
  return (paths?.[path]?.[method.toLowerCase()] as Record<string, unknown> | undefined) ?? {};
}
