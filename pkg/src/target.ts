// JSON Schema 2020-12 in the words of older dialects: draft-07, and the Schema Object of OpenAPI 3.0.
//
// A conversion says the same, or throws and names what the target has no words for. Annotations that a
// target does not know are left out; `x-` keywords stay, which all three allow, and so does `format`,
// whose values are open in all three.
//
// Own code, so that the package has no run-time dependency and what cannot be said is refused, never
// dropped in silence.

import type { Standalone } from "./standalone.js";
import { and, isObject, list, mapped, rebuilt, subschemas, type Json } from "./subschema.js";

/** The targets of Standard JSON Schema that there are. */
export const TARGETS = { "draft-2020-12": draft202012, "draft-07": draft07, "openapi-3.0": openapi30 } as const;

export type Target = keyof typeof TARGETS;

function draft202012({ schema, definitions }: Standalone): Json {
  const $schema = "https://json-schema.org/draft/2020-12/schema";
  return { $schema, ...object(schema), ...named("$defs", definitions) };
}

function draft07({ schema, definitions }: Standalone): Json {
  const visit = (schema: unknown, at: string): unknown => {
    if (!isObject(schema)) return schema;
    const cannot = refusal("draft-07", at);
    let made = mapped(judgingKnown(schema, definitions, cannot), visit, at);
    const { prefixItems, items, dependentRequired, dependentSchemas, minContains, maxContains, ...rest } = made;
    made = rest;
    if (prefixItems !== undefined) Object.assign(made, { items: prefixItems }, items === undefined ? {} : { additionalItems: items });
    else if (items !== undefined) made.items = items;
    if (dependentRequired !== undefined || dependentSchemas !== undefined) made.dependencies = dependencies(made, dependentRequired, dependentSchemas);
    if (schema.contains !== undefined) {
      if (maxContains !== undefined) throw cannot("maxContains");
      if (minContains === 0) delete made.contains;
      else if (minContains !== undefined && minContains !== 1) throw cannot("minContains");
    }
    delete made.contentSchema;
    made = possible(made);
    const { $ref, ...beside } = made;
    if (typeof $ref !== "string") return made;
    const reference = { $ref: local($ref, "definitions", cannot) };
    // Nothing beside a reference counts (draft-07, core, section 8.3).
    return Object.keys(beside).length > 0 ? { ...beside, allOf: [...list(beside.allOf), reference] } : reference;
  };
  const $schema = "http://json-schema.org/draft-07/schema#";
  const root = object(visit(schema, ""));
  const alone = "$ref" in root ? { allOf: [root] } : root;
  return { $schema, ...alone, ...named("definitions", rebuilt(definitions, (name, one) => visit(one, `/$defs/${name}`))) };
}

/** `dependencies` (draft-07, validation, section 6.5.7), which are of both kinds. */
function dependencies(made: Json, required: unknown, schemas: unknown): Json {
  const found: Json = { ...(made.dependencies as Json | undefined) };
  for (const [key, one] of [...Object.entries(object(required)), ...Object.entries(object(schemas))]) {
    const schema = (one: unknown) => (Array.isArray(one) ? { required: one as unknown[] } : one);
    found[key] = Object.hasOwn(found, key) ? { allOf: [schema(found[key]), schema(one)] } : one;
  }
  return found;
}

/** What a Schema Object may have (OpenAPI 3.0.3, section 4.7.24). */
const OPENAPI_30 = [
  ...["$ref", "title", "description", "default", "example", "deprecated", "readOnly", "writeOnly", "nullable", "format"],
  ...["type", "enum", "allOf", "anyOf", "oneOf", "not", "multipleOf", "minimum", "maximum", "exclusiveMinimum"],
  ...["exclusiveMaximum", "minLength", "maxLength", "pattern", "minItems", "maxItems", "uniqueItems", "items"],
  ...["minProperties", "maxProperties", "required", "properties", "additionalProperties"],
];

/** What limits values, and OpenAPI 3.0 has nothing like. */
const UNSAYABLE = ["patternProperties", "prefixItems", "propertyNames"];

/**
 * A Schema Object has no definitions: they are put in place of what refers to them, so that it can be
 * put into any document. One that comes back to itself stays, in `x-definitions`.
 */
function openapi30({ schema, definitions }: Standalone): Json {
  const whole: Json = {};
  const visited = new Map<string, unknown>();
  const circular = new Map<string, boolean>();

  const visit = (schema: unknown, at: string): unknown => {
    if (!isObject(schema)) return schema === false ? { not: {} } : {};
    const cannot = refusal("openapi-3.0", at);
    const known = judgingKnown(schema, definitions, cannot);
    for (const key of UNSAYABLE) if (key in known) throw cannot(key);
    let made = mapped(known, visit, at);
    // The one place where a boolean is a schema.
    if (typeof known.additionalProperties === "boolean") made.additionalProperties = known.additionalProperties;
    made = contained(made, cannot);
    made = dependent(conditional(made));
    if ("const" in made) made = and({ ...made, const: undefined }, { enum: [made.const] });
    made = possible(made);
    if (Array.isArray(made.examples) && made.examples.length > 0) made.example = (made.examples as unknown[])[0];
    if (made.contentEncoding === "base64") made.format ??= "byte";
    if (list(made.required).length === 0) delete made.required;
    limit(made, "minimum", "exclusiveMinimum", Math.max);
    limit(made, "maximum", "exclusiveMaximum", Math.min);
    made = typed(made);
    for (const key of Object.keys(made)) if (made[key] === undefined || !(OPENAPI_30.includes(key) || key.startsWith("x-"))) delete made[key];
    const { $ref, ...beside } = made;
    if (typeof $ref !== "string") return made;
    const target = inPlace(local($ref, "x-definitions", cannot), $ref);
    return Object.keys(beside).length > 0 ? { ...beside, allOf: [...list(beside.allOf), target] } : target;
  };

  const inPlace = (reference: string, given: string): unknown => {
    const name = given.slice("#/$defs/".length);
    if (reference === "#") return { $ref: "#" };
    if (!visited.has(name)) {
      visited.set(name, undefined);
      visited.set(name, visit(definitions[name], `/$defs/${name}`));
    }
    const again = circular.get(name) ?? comesBack(name);
    circular.set(name, again);
    if (!again) return visited.get(name);
    whole[name] = undefined;
    return { $ref: reference };
  };

  /** Whether a definition is reached from itself. */
  const comesBack = (name: string) => {
    const seen = new Set<unknown>();
    const reaches = (schema: unknown): boolean => {
      if (!isObject(schema) || seen.has(schema)) return false;
      seen.add(schema);
      if (schema.$ref === `#/$defs/${name}`) return true;
      const target = typeof schema.$ref === "string" ? definitions[schema.$ref.slice("#/$defs/".length)] : undefined;
      return reaches(target) || subschemas(schema).some(reaches);
    };
    return reaches(definitions[name]);
  };

  const root = visit(schema, "") as Json;
  const shown = rebuilt(whole, (name) => visited.get(name));
  // Nothing beside a reference counts.
  return { ...("$ref" in root && Object.keys(shown).length > 0 ? { allOf: [root] } : root), ...named("x-definitions", shown) };
}

/** No value at all: older dialects have no empty `enum`. */
function possible(made: Json): Json {
  const { enum: values, ...rest } = made;
  return Array.isArray(values) && values.length === 0 ? and(rest, { not: {} }) : made;
}

/** `contains`: not all items are others. */
function contained(made: Json, cannot: (keyword: string) => Error): Json {
  const { contains, minContains, maxContains, ...rest } = made;
  if (contains === undefined) return made;
  if (maxContains !== undefined) throw cannot("maxContains");
  if (minContains === 0) return rest;
  if (minContains !== undefined && minContains !== 1) throw cannot("minContains");
  return and(rest, { not: { type: "array", items: { not: contains } } });
}

/** `if`, `then` and `else`: the condition holds not, or what follows does. */
function conditional(made: Json): Json {
  const { if: condition, then, else: otherwise, ...rest } = made;
  if (condition === undefined) return rest;
  const either = [
    ...(then === undefined ? [] : [{ anyOf: [{ not: condition }, then] }]),
    ...(otherwise === undefined ? [] : [{ anyOf: [condition, otherwise] }]),
  ];
  return either.length > 0 ? { ...rest, allOf: [...list(rest.allOf), ...either] } : rest;
}

/** What depends on a key: the key is not there, or what it asks for holds. */
function dependent(made: Json): Json {
  const { dependentRequired, dependentSchemas, dependencies, ...rest } = made;
  const all = [dependentRequired, dependentSchemas, dependencies].flatMap((one) => Object.entries(object(one)));
  const either = all.map(([key, one]) => {
    const asked = Array.isArray(one) ? { required: one as unknown[] } : one;
    return { anyOf: [{ not: { type: "object", required: [key] } }, asked] };
  });
  const sayable = either.filter(({ anyOf }) => list((anyOf[1] as Json).required ?? [0]).length > 0);
  return sayable.length > 0 ? { ...rest, allOf: [...list(rest.allOf), ...sayable] } : rest;
}

/** A limit that is a number of its own, as a limit and a flag. */
function limit(made: Json, name: string, exclusive: string, stricter: (a: number, b: number) => number): void {
  const [inclusive, open] = [made[name], made[exclusive]];
  if (typeof open !== "number") return;
  delete made[exclusive];
  if (typeof inclusive === "number" && inclusive !== open && stricter(inclusive, open) === inclusive) return;
  Object.assign(made, { [name]: open, [exclusive]: true });
}

/** One type; null beside it is `nullable`. */
function typed(made: Json): Json {
  const types = list(made.type);
  const others = types.filter((type) => type !== "null");
  const nullable = others.length < types.length;
  // Arrays must say what is in them.
  const one = (type: unknown, nullable: boolean) => ({
    type,
    ...(nullable ? { nullable } : {}),
    ...(type === "array" && made.items === undefined ? { items: {} } : {}),
  });
  if (others.length === 1) return { ...made, ...one(others[0], nullable) };
  const { type: _, ...rest } = made;
  // A null alone: by 3.0.3 `nullable` counts beside a type only.
  if (nullable && others.length === 0) return and(rest, { type: "string", nullable: true, enum: [null] });
  return others.length > 1 ? and(rest, { anyOf: others.map((type, index) => one(type, nullable && index === 0)) }) : rest;
}

/**
 * `unevaluatedProperties` and `unevaluatedItems` as `additionalProperties` and `items`, where what is
 * judged elsewhere does not depend on the value.
 */
function judgingKnown(schema: Json, definitions: Json, cannot: (keyword: string) => Error): Json {
  const { unevaluatedProperties: rest, unevaluatedItems, ...made } = schema;
  if (unevaluatedItems !== undefined && made.items === undefined) {
    if ([...CHOOSING, "allOf", "$ref", "contains"].some((key) => key in made)) throw cannot("unevaluatedItems");
    made.items = unevaluatedItems;
  }
  if (rest === undefined || rest === true) return made;
  const keys = { properties: {} as Json, patternProperties: {} as Json };
  const known = gather(made, definitions, keys);
  if (known === "some") throw cannot("unevaluatedProperties");
  if (known === "all") return made;
  for (const name of ["properties", "patternProperties"] as const) {
    const merged = { ...keys[name], ...(made[name] as Json | undefined) };
    if (Object.keys(merged).length > 0) made[name] = merged;
  }
  return { ...made, additionalProperties: rest };
}

/** The keywords by which it depends on the value what is judged. */
const CHOOSING = ["anyOf", "oneOf", "if", "dependentSchemas", "dependencies"];

/** Gathers the keys that a schema judges: these, all there are, or some by the value. */
function gather(schema: unknown, definitions: Json, keys: Record<string, Json>, deep = 0): "these" | "all" | "some" {
  if (!isObject(schema)) return "these";
  if (deep > 32 || CHOOSING.some((key) => key in schema) || schema.$ref === "#") return "some";
  if ("additionalProperties" in schema || (deep > 0 && "unevaluatedProperties" in schema)) return "all";
  for (const [name, known] of Object.entries(keys)) for (const key of Object.keys(object(schema[name]))) known[key] = true;
  const { $ref } = schema;
  const target = typeof $ref === "string" ? [definitions[$ref.slice("#/$defs/".length)]] : [];
  const parts = [...list(schema.allOf), ...target].map((part) => gather(part, definitions, keys, deep + 1));
  return parts.find((part) => part === "some") ?? parts.find((part) => part === "all") ?? "these";
}

function local(reference: string, holder: string, cannot: (keyword: string) => Error): string {
  if (reference === "#") return reference;
  if (!reference.startsWith("#/$defs/")) throw cannot(`$ref: ${reference}`);
  return `#/${holder}/${reference.slice("#/$defs/".length)}`;
}

function refusal(target: Target, at: string): (keyword: string) => Error {
  const place = at === "" ? "" : ` at \`${at}\``;
  return (keyword) => new Error(`\`${keyword}\`${place} cannot be said in ${target}; ask for draft-2020-12`);
}

function object(schema: unknown): Json {
  if (isObject(schema)) return schema;
  return schema === false ? { not: {} } : {};
}

function named(key: string, definitions: Json): Json {
  return Object.keys(definitions).length > 0 ? { [key]: definitions } : {};
}
