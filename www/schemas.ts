// What "Your API" reads out of documents and schemas, to show it.

import type { OpenApiOperation } from "prewash";

/** A field of a body. */
export interface Field {
  /** `website`, or in an array `leads[].website`. */
  name: string;
  /** `string, domain`, or the values there are. */
  type: string;
  description: string;
  required: boolean;
}

type Node = Record<string, unknown>;

/** So deep are the fields of fields listed. */
const DEEP = 3;

/** The fields of a body, those of arrays of objects among them. */
export function fieldsOf(schema: object): Field[] {
  const root = schema as Node;
  const found: Field[] = [];
  visit(root, root, "", 0, found);
  return found;
}

function visit(root: Node, schema: Node, prefix: string, depth: number, found: Field[]): void {
  const parts = merged(root, schema);
  const required = new Set(parts.flatMap((part) => (Array.isArray(part["required"]) ? part["required"] : [])));
  for (const part of parts) {
    for (const [key, value] of Object.entries(nodeOf(part["properties"]) ?? {})) {
      const field = nodeOf(value);
      if (!field) continue;
      const name = `${prefix}${key}`;
      const inside = merged(root, field);
      found.push({ name, type: typeOf(inside), description: first(inside, "description") ?? first(inside, "title") ?? "", required: required.has(key) });
      if (depth >= DEEP) continue;
      const items = inside.map((one) => nodeOf(one["items"])).find((one) => one !== undefined);
      if (items) visit(root, items, `${name}[].`, depth + 1, found);
      else visit(root, field, `${name}.`, depth + 1, found);
    }
    const custom = nodeOf(part["x-custom-fields"]);
    if (custom) found.push({ name: `${prefix}${typeof custom["prefix"] === "string" ? custom["prefix"] : ""}…`, type: "any", description: "Custom fields", required: false });
  }
}

/** A schema with those that it refers to and that hold besides. */
function merged(root: Node, schema: Node, seen = new Set<Node>()): Node[] {
  if (seen.has(schema)) return [];
  seen.add(schema);
  const besides = [resolve(root, schema["$ref"]), ...(Array.isArray(schema["allOf"]) ? schema["allOf"].map(nodeOf) : [])];
  return [schema, ...besides.flatMap((one) => (one ? merged(root, one, seen) : []))];
}

function resolve(root: Node, ref: unknown): Node | undefined {
  if (typeof ref !== "string" || !ref.startsWith("#/")) return undefined;
  let at: unknown = root;
  for (const key of ref.slice(2).split("/")) at = nodeOf(at)?.[decodeURIComponent(key).replaceAll("~1", "/").replaceAll("~0", "~")];
  return nodeOf(at);
}

function typeOf(parts: Node[]): string {
  for (const part of parts) if (Array.isArray(part["enum"])) return part["enum"].slice(0, 6).map(String).join(", ") + (part["enum"].length > 6 ? ", …" : "");
  const type = parts.map((part) => part["type"]).find((one) => one !== undefined);
  const types = Array.isArray(type) ? type.join(" or ") : typeof type === "string" ? type : "any";
  const format = first(parts, "format");
  return format === undefined ? types : `${types}, ${format}`;
}

function first(parts: Node[], key: string): string | undefined {
  return parts.map((part) => part[key]).find((one): one is string => typeof one === "string");
}

function nodeOf(value: unknown): Node | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Node) : undefined;
}

/** What the document says of an operation: its summary, or the first sentence of its description. */
export function summaryOf(document: string, { method, path }: OpenApiOperation): string {
  const { paths } = JSON.parse(document) as { paths?: Record<string, Record<string, { summary?: unknown; description?: unknown } | undefined> | undefined> };
  const told = paths?.[path]?.[method.toLowerCase()];
  const text = typeof told?.summary === "string" ? told.summary : typeof told?.description === "string" ? told.description : "";
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}

/** What marks a document that was made of a JSON Schema. */
const MADE = "x-made-of-schema";

/**
 * A JSON Schema as an API with one operation, so that all parts of the page take it as any other
 * document. It gets an address of its own, which its references are relative to.
 */
export function wrapped(schema: object): string {
  const { title } = schema as { title?: unknown };
  const api = {
    openapi: "3.1.0",
    info: { title: typeof title === "string" && title !== "" ? title : "Your schema", version: "1" },
    [MADE]: true,
    paths: { "/": { post: { operationId: "body", requestBody: { content: { "application/json": { schema: { $id: "urn:your:schema", ...schema } } } } } } },
  };
  return JSON.stringify(api);
}

/** The document as the user gave it. */
export function unwrapped(document: string): string {
  if (!document.includes(`"${MADE}":true`)) return document;
  try {
    const { paths } = JSON.parse(document) as { paths: { "/": { post: { requestBody: { content: { "application/json": { schema: Node } } } } } } };
    const { $id, ...rest } = paths["/"].post.requestBody.content["application/json"].schema;
    return JSON.stringify($id === "urn:your:schema" ? rest : { $id, ...rest }, null, 2);
  } catch {
    return document;
  }
}
