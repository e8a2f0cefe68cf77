// Where schemas are in a schema: the keywords of JSON Schema 2020-12 whose value is a schema, a list
// of schemas or an object of schemas. What other keywords hold is data, whatever it looks like.

export type Json = Record<string, unknown>;

const ONE = [
  ...["additionalProperties", "contains", "contentSchema", "else", "if", "items", "not", "propertyNames", "then"],
  // `when` is what Prewash's own `x-warnings` asks.
  ...["unevaluatedItems", "unevaluatedProperties", "when"],
];
const LISTS = ["allOf", "anyOf", "oneOf", "prefixItems", "x-warnings"];
const NAMED = ["$defs", "definitions", "dependencies", "dependentSchemas", "patternProperties", "properties"];

/**
 * A schema with another in place of each of its subschemas.
 *
 * @param change - gives it
 * @param at - the JSON Pointer of the schema; `change` is told that of the subschema
 */
export function mapped(schema: Json, change: (subschema: unknown, at: string) => unknown, at = ""): Json {
  const named = (value: Json, at: string) =>
    // A list among `dependencies` is of required keys.
    rebuilt(value, (name, one) => (Array.isArray(one) ? one : change(one, `${at}/${escaped(name)}`)));
  return rebuilt(schema, (key, value) => {
    if (ONE.includes(key)) return change(value, `${at}/${key}`);
    if (LISTS.includes(key) && Array.isArray(value)) return value.map((one, index) => change(one, `${at}/${key}/${index}`));
    return NAMED.includes(key) && isObject(value) ? named(value, `${at}/${key}`) : value;
  });
}

/** The subschemas of a schema. */
export function subschemas(schema: Json): unknown[] {
  const found: unknown[] = [];
  mapped(schema, (subschema) => found.push(subschema));
  return found;
}

/** An object with other values. `__proto__` stays a key like any other. */
export function rebuilt(object: Json, change: (key: string, value: unknown) => unknown): Json {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(key, value)]));
}

/** A schema that says one thing more: beside the rest where its keywords are free, else in `allOf`. */
export function and(schema: Json, more: Json): Json {
  if (Object.keys(more).every((key) => !Object.hasOwn(schema, key))) return { ...schema, ...more };
  return { ...schema, allOf: [...list(schema.allOf), more] };
}

/** A schema that takes null besides. */
export function orNull(schema: Json): Json {
  const judges = ["$ref", "$dynamicRef", "allOf", "anyOf", "const", "if", "not", "oneOf"];
  if (judges.some((key) => Object.hasOwn(schema, key))) return orElse(schema, { type: "null" });
  const { type, enum: values } = schema;
  return {
    ...schema,
    ...(type === undefined ? {} : { type: [...new Set([...list(type), "null"])] }),
    ...(Array.isArray(values) && !values.includes(null) ? { enum: [...(values as unknown[]), null] } : {}),
  };
}

/** A schema, or another for the same value; what is told to people is told of both. */
export function orElse(schema: Json, other: Json): Json {
  const told = ["title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly"];
  const [outer, inner]: [Json, Json] = [{}, {}];
  for (const [key, value] of Object.entries(schema)) (told.includes(key) ? outer : inner)[key] = value;
  return { ...outer, anyOf: [inner, other] };
}

/** A value as a list: `type` may be one name or several. */
export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

export function member(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key) ? (value as Json)[key] : undefined;
}

export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A key as a token of a JSON Pointer (RFC 6901). */
function escaped(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}
