// Schemas made to stand alone: what a schema refers to is copied beside it, and every reference
// leads there.
//
// | rule | JSON Schema 2020-12, core |
// |---|---|
// | `$id`, `$anchor`, `$ref` | 8.2.1, 8.2.2, 8.2.3.1 |
// | `$dynamicRef`: to the outermost schema resource on the way that has the dynamic anchor | 8.2.3.2 |

import { and, isObject, list, mapped, member, orNull, rebuilt, subschemas, type Json } from "./subschema.js";

/** A schema whose `$ref` are `#`, `#/$defs/` and a name, or an address that no document has. */
export interface Standalone {
  schema: unknown;
  definitions: Record<string, unknown>;
}

/** How the document that a schema is from is written. */
export interface Written {
  /** As OpenAPI 3.0: `nullable`, boolean `exclusiveMinimum`, `example`, references that stand alone. */
  openapi30?: boolean;
  /** Properties with this flag are refused: `readOnly` in a request, `writeOnly` in a response. */
  refused?: "readOnly" | "writeOnly" | undefined;
}

/** A schema with an address of its own, and all in it that has none. */
interface Resource {
  uri: string;
  root: unknown;
  anchors: Map<string, unknown>;
  dynamic: Map<string, unknown>;
}

interface Place {
  schema: unknown;
  resource: Resource;
}

/** What dynamic anchors lead to. */
type Scope = ReadonlyMap<string, Place>;

/**
 * Makes a schema stand alone.
 *
 * @param documents - by address, the one first that the schema is in
 * @param schema - a schema in the first of them, or one made of such schemas
 */
export function standalone(
  documents: readonly (readonly [uri: string, document: unknown])[],
  schema: unknown,
  written: Written = {},
): Standalone {
  const resources = new Resources(documents);
  const definitions: Record<string, unknown> = {};
  /** The names of definitions, by their schema and scope. */
  const names = new Map<unknown, Map<string, string>>();
  const start = { schema, resource: resources.first };

  function copy({ schema, resource: from }: Place, scope: Scope): unknown {
    if (!isObject(schema)) return schema;
    const resource = resources.of(schema, from);
    const inner = entered(scope, resource);
    if (written.openapi30 && typeof schema.$ref === "string") schema = { $ref: schema.$ref };
    let made = refusing(schema as Json, resource);
    made = mapped(made, (subschema) => copy({ schema: subschema, resource }, inner));
    for (const key of PLACED) delete made[key];
    const { $ref, $dynamicRef } = schema as Json;
    if (typeof $ref === "string") made.$ref = lead($ref, resources.resolve($ref, resource), inner);
    if (typeof $dynamicRef === "string") {
      const target = { $ref: lead($dynamicRef, dynamicTarget($dynamicRef, resource, inner), inner) };
      made = and(made, target);
    }
    made = told(made, schema as Json);
    return written.openapi30 ? upgraded(made) : made;
  }

  /** The reference to a target, which is copied if it was not yet. */
  function lead(reference: string, target: Place | undefined, scope: Scope): string {
    if (!target) return reference;
    const inner = entered(scope, target.resource);
    const key = keyOf(inner);
    const known = names.get(target.schema) ?? new Map<string, string>();
    names.set(target.schema, known);
    let name = known.get(key);
    if (name === undefined) {
      name = free(reference);
      known.set(key, name);
      definitions[name] = true;
      definitions[name] = copy(target, inner);
    }
    return name === "" ? "#" : `#/$defs/${name}`;
  }

  /** A name for what a reference leads to: what it ends with, and a number where that is taken. */
  function free(reference: string): string {
    const last = decoded(reference).split(/[/#]/).findLast((part) => part !== "") ?? "";
    const name = last.replace(/[^\w.-]/g, "_") || "root";
    for (let count = 2, next = name; ; next = `${name}_${count++}`) if (!Object.hasOwn(definitions, next)) return next;
  }

  function dynamicTarget(reference: string, resource: Resource, scope: Scope): Place | undefined {
    const first = resources.resolve(reference, resource);
    const anchor = decoded(reference.split("#")[1] ?? "");
    const dynamic = first !== undefined && first.resource.dynamic.get(anchor) === first.schema;
    return dynamic ? (scope.get(anchor) ?? first) : first;
  }

  /** A schema whose properties that are refused are `false`, and not required. */
  function refusing(schema: Json, resource: Resource): Json {
    const { properties, required } = schema;
    const { refused } = written;
    if (!refused || !isObject(properties)) return schema;
    const isRefused = (name: string) => {
      let place: Place | undefined = { schema: member(properties, name), resource };
      for (let steps = 0; steps < 32 && place; steps++) {
        if (member(place.schema, refused) === true) return true;
        const reference = member(place.schema, "$ref");
        place = typeof reference === "string" ? resources.resolve(reference, place.resource) : undefined;
      }
      return false;
    };
    return {
      ...schema,
      properties: rebuilt(properties, (name, property) => !isRefused(name) && property),
      ...(Array.isArray(required) ? { required: required.filter((name) => !isRefused(String(name))) } : {}),
    };
  }

  // `#` is the schema itself, unless it is reached in another scope.
  const scope = entered(new Map(), resources.of(schema, resources.first));
  names.set(schema, new Map([[keyOf(scope), ""]]));
  return { schema: copy(start, scope), definitions };
}

/** What says where a schema is; nothing refers to it by that any more. */
const PLACED = ["$id", "$schema", "$anchor", "$dynamicAnchor", "$dynamicRef", "$vocabulary", "$defs", "definitions"];

/** The schema resources of some documents, as far as they were looked at. */
class Resources {
  readonly first: Resource;
  readonly #byUri = new Map<string, Resource>();
  readonly #own = new Map<unknown, Resource>();
  readonly #seen = new Set<unknown>();
  readonly #documents: Resource[];

  constructor(documents: readonly (readonly [uri: string, document: unknown])[]) {
    this.#documents = documents.map(([uri, document]) => this.#add(absolute(uri, "document:///"), document));
    this.first = this.#documents[0] as Resource;
  }

  /** The resource that a schema belongs to, which lies in the resource given. */
  of(schema: unknown, resource: Resource): Resource {
    this.#look(schema, resource);
    return this.#own.get(schema) ?? resource;
  }

  /** What a reference leads to; undefined where that is in no document. */
  resolve(reference: string, from: Resource): Place | undefined {
    const [uri = "", fragment = ""] = reference.split("#");
    let resource = uri === "" ? from : this.#byUri.get(absolute(uri, from.uri));
    if (!resource) {
      for (const document of this.#documents) this.#look(document.root, document);
      resource = this.#byUri.get(absolute(uri, from.uri));
      if (!resource) return undefined;
    }
    const pointer = decoded(fragment);
    if (pointer !== "" && !pointer.startsWith("/")) {
      resource = this.of(resource.root, resource);
      const schema = resource.anchors.get(pointer);
      return schema === undefined ? undefined : { schema, resource };
    }
    let schema = resource.root;
    this.#look(schema, resource);
    for (const token of pointer.split("/").slice(1)) {
      resource = this.#own.get(schema) ?? resource;
      schema = member(schema, token.replaceAll("~1", "/").replaceAll("~0", "~"));
      if (schema === undefined) return undefined;
    }
    return { schema, resource: this.of(schema, resource) };
  }

  /** Looks for addresses and anchors in a schema and all its subschemas. */
  #look(schema: unknown, resource: Resource): void {
    if (!isObject(schema) || this.#seen.has(schema)) return;
    this.#seen.add(schema);
    const { $id, $anchor, $dynamicAnchor } = schema;
    if (typeof $id === "string") {
      resource = this.#add(absolute($id, resource.uri).replace(/#$/, ""), schema);
      this.#own.set(schema, resource);
    }
    if (typeof $anchor === "string") resource.anchors.set($anchor, schema);
    if (typeof $dynamicAnchor === "string") {
      resource.anchors.set($dynamicAnchor, schema);
      resource.dynamic.set($dynamicAnchor, schema);
    }
    for (const subschema of subschemas(schema)) this.#look(subschema, resource);
  }

  #add(uri: string, root: unknown): Resource {
    const resource: Resource = { uri, root, anchors: new Map(), dynamic: new Map() };
    if (!this.#byUri.has(uri)) this.#byUri.set(uri, resource);
    return resource;
  }
}

/** The scope within a resource: a dynamic anchor leads to the outermost resource that has it. */
function entered(scope: Scope, resource: Resource): Scope {
  const added = [...resource.dynamic].filter(([anchor]) => !scope.has(anchor));
  if (added.length === 0) return scope;
  return new Map([...scope, ...added.map(([anchor, schema]) => [anchor, { schema, resource }] as const)]);
}

function keyOf(scope: Scope): string {
  return [...scope].map(([anchor, { resource }]) => `${anchor}=${resource.uri}`).sort().join(" ");
}

/** A discriminator that says in full which branch each value means; one that chooses nothing is left out. */
function told(made: Json, schema: Json): Json {
  const { discriminator, ...rest } = made;
  if (!isObject(discriminator)) return made;
  const key = ["anyOf", "oneOf"].find((key) => Array.isArray(schema[key]));
  const references = list(key && schema[key]).map((branch) => member(branch, "$ref"));
  if (key === undefined || !references.every((reference) => typeof reference === "string")) return rest;
  const given = Object.entries(isObject(discriminator.mapping) ? discriminator.mapping : {});
  const mapping = references.flatMap((reference, index) => {
    const name = reference.split("/").at(-1) as string;
    const values = given.filter(([, target]) => target === reference || target === name).map(([value]) => value);
    const target = member((made[key] as unknown[])[index], "$ref");
    return (values.length > 0 ? values : [name]).map((value) => [value, target]);
  });
  return { ...made, discriminator: { ...discriminator, mapping: Object.fromEntries(mapping) as Json } };
}

/** A schema of OpenAPI 3.0 (3.0.3, section 4.7.24) as one of JSON Schema 2020-12. */
function upgraded({ nullable, example, ...schema }: Json): Json {
  for (const [flag, limit] of [["exclusiveMinimum", "minimum"], ["exclusiveMaximum", "maximum"]] as const) {
    const exclusive = schema[flag];
    if (typeof exclusive !== "boolean") continue;
    delete schema[flag];
    if (!exclusive || schema[limit] === undefined) continue;
    schema[flag] = schema[limit];
    delete schema[limit];
  }
  if (example !== undefined) schema.examples ??= [example];
  return nullable === true ? orNull(schema) : schema;
}

function absolute(reference: string, base: string): string {
  try {
    return new URL(reference, base).href;
  } catch {
    return reference;
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
