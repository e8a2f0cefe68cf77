// What a schema accepts, and what comes out after cleaning: JSON Schema 2020-12 without Prewash's own
// keywords, which it says in standard ones as far as these go.
//
// Where cleaning cannot be said exactly, the schema takes more, never less: every value that a check
// accepts passes its input schema, and every value that a check gives passes its output schema. So a
// condition (`if`, `not`) that cleans is left out, and a `oneOf` whose branches clean is an `anyOf`.
// Keys that a check warns of are not told.

import type { Standalone } from "./standalone.js";
import { and, isObject, list, mapped, member, orElse, orNull, rebuilt, subschemas, type Json } from "./subschema.js";

/** Before cleaning, or after it. */
export type Direction = "input" | "output";

/** How a schema is checked with. */
export interface Manner {
  /** Whether `format` asserts and cleans. */
  formats: boolean;
  /** Whether numbers and booleans may be written as text, as in a path. */
  text: boolean;
  /** Whether a null that would be dropped is an error. */
  strict: boolean;
}

/** What `x-trim` leaves: nothing, or no white space at the edges. */
const TRIMMED = "^(?:\\S(?:[\\s\\S]*\\S)?)?$";
const LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";

/** A format that cleans: what is taken is told in words, what comes out in standard keywords. */
interface Cleaned {
  /** The format of what is taken, where there is a standard one for it. */
  input?: Json;
  told: string;
  output: Json;
}

const linkedin = (told: string, path: string): Cleaned => ({
  told: `the address of ${told} on LinkedIn, in any spelling`,
  output: { format: "uri", pattern: `^https://(?:www\\.)?linkedin\\.com/${path}$` },
});
const COMPANY = "(?:company|showcase|school)/[^/?#]+";
const PERSON = "(?:in/[^/?#]+|pub/[^?#]+)";

const FORMATS: Readonly<Record<string, Cleaned>> = {
  domain: {
    told: "a domain, or an address that has one",
    output: { format: "hostname", pattern: `^(?:${LABEL}\\.)+${LABEL}$`, maxLength: 253 },
  },
  email: { told: "an e-mail address", output: { format: "email" } },
  uuid: {
    input: { format: "uuid" },
    told: "a uuid, in upper or lower case",
    output: { format: "uuid", pattern: "^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$" },
  },
  "linkedin-company": linkedin("a company's page", COMPANY),
  "linkedin-person": linkedin("a person's page", PERSON),
  linkedin: linkedin("a page", `(?:${COMPANY}|${PERSON})`),
  phone: { told: "a telephone number, as free text", output: { pattern: TRIMMED } },
  "time-zone": { told: "the name of a time zone, as IANA lists it", output: { pattern: TRIMMED } },
};

/** The keywords that have been said in others, or that say nothing about what passes. */
const OWN = [
  ...["x-trim", "x-drop-null", "x-drop-duplicates", "x-suggested-values", "x-custom-fields", "x-hint", "x-warnings"],
  // OpenAPI's, which JSON Schema does not know (3.1.0, section 4.8.24).
  ...["discriminator", "example", "externalDocs", "xml"],
];

/** The schema of what is taken, or of what is given. */
export function directed({ schema, definitions }: Standalone, direction: Direction, manner: Manner): Standalone {
  const { formats, text, strict } = manner;
  const input = direction === "input";

  function visit(schema: unknown): unknown {
    if (!isObject(schema)) return schema;
    let made = mapped(schema, visit);
    made = conditions(made, schema);
    made = branches(made, schema);
    made = strings(made, schema);
    if (schema["x-drop-duplicates"] === true && !input) {
      made.uniqueItems = true;
      if (Number(made.minItems) > 1) made.minItems = 1;
    }
    // What is counted is what was there before.
    if (!input && dropsNull(schema.items)) delete made.minItems;
    if (!input && subschemas({ properties: schema.properties }).some(dropsNull)) delete made.minProperties;
    made = customFields(made, schema);
    const examples = schema["x-suggested-values"] ?? ("example" in schema ? [schema.example] : undefined);
    if (Array.isArray(examples)) made.examples ??= examples;
    for (const key of OWN) delete made[key];
    const written = input && text ? writtenAs(list(schema.type)) : undefined;
    if (written !== undefined) made = orElse(made, { type: "string", pattern: written });
    return input && !strict && dropsNull(schema) ? orNull(made) : made;
  }

  /** A null is dropped where the types beside it do not take it. */
  function dropsNull(schema: unknown): boolean {
    const types = list(member(schema, "type"));
    return member(schema, "x-drop-null") === true && types.length > 0 && !types.includes("null");
  }

  function conditions(made: Json, schema: Json): Json {
    if (cleans(schema.not)) delete made.not;
    if (cleans(schema.contains)) delete made.maxContains;
    if (Array.isArray(schema.oneOf) && !isObject(schema.discriminator) && schema.oneOf.some((one) => cleans(one))) {
      const { oneOf, ...rest } = made;
      made = and(rest, { anyOf: oneOf });
    }
    if (!cleans(schema.if)) return made;
    const { if: _, then, else: otherwise, ...rest } = made;
    return then === undefined || otherwise === undefined ? rest : and(rest, { anyOf: [then, otherwise] });
  }

  /** The branches of a discriminator, each with the values that mean it. */
  function branches(made: Json, { discriminator }: Json): Json {
    const property = member(discriminator, "propertyName");
    const mapping = Object.entries((member(discriminator, "mapping") ?? {}) as Json);
    if (typeof property !== "string" || mapping.length === 0) return made;
    const key = Array.isArray(made.anyOf) ? "anyOf" : "oneOf";
    const meant = (branch: unknown) => {
      const values = mapping.filter(([, target]) => target === member(branch, "$ref")).map(([value]) => value);
      return and(branch as Json, { required: [property], properties: { [property]: { enum: values } } });
    };
    return { type: "object", ...made, [key]: list(made[key]).map(meant) };
  }

  function strings(made: Json, schema: Json): Json {
    const trims = schema["x-trim"] === true;
    const format = formats ? cleaned(schema.format) : undefined;
    if (input && trims) {
      // These are asked of the trimmed text.
      for (const key of ["maxLength", "pattern", ...(formats ? ["format"] : [])]) delete made[key];
      for (const key of ["enum", "const"]) {
        if (Object.hasOwn(made, key)) made.examples ??= list(made[key]).filter((value) => value !== null);
        delete made[key];
      }
    }
    if (format && input) {
      delete made.format;
      made = { ...made, ...(trims ? {} : format.input), description: made.description ?? format.told };
    } else if (format) {
      // These were asked of the text before.
      for (const key of ["format", "pattern", "minLength", "maxLength", "enum", "const"]) delete made[key];
      Object.assign(made, format.output);
    } else if (trims && !input) {
      made = and(made, { pattern: TRIMMED });
    }
    return made;
  }

  /** Keys of custom fields, which `additionalProperties` has no say in. */
  function customFields(made: Json, schema: Json): Json {
    const fields = schema["x-custom-fields"];
    const closed = made.additionalProperties !== undefined && made.additionalProperties !== true;
    if (!isObject(fields) || !closed) return made;
    const { additionalProperties: _, ...open } = made;
    if (typeof fields.prefix !== "string") return open;
    const prefix = `^${fields.prefix.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&").replaceAll("\\-", "-")}`;
    return { ...made, patternProperties: { ...(made.patternProperties as Json | undefined), [prefix]: true } };
  }

  /** Whether a schema, or what it refers to, takes what it does not give. */
  function cleans(schema: unknown, seen = new Set<unknown>()): boolean {
    if (!isObject(schema) || seen.has(schema)) return false;
    seen.add(schema);
    const { $ref } = schema;
    return (
      ["x-trim", "x-drop-null", "x-drop-duplicates"].some((key) => schema[key] === true) ||
      (formats && cleaned(schema.format) !== undefined) ||
      (text && writtenAs(list(schema.type)) !== undefined) ||
      subschemas(schema).some((subschema) => cleans(subschema, seen)) ||
      (typeof $ref === "string" && cleans(targetOf($ref), seen))
    );
  }

  const targetOf = (reference: string) => (reference === "#" ? schema : definitions[reference.slice("#/$defs/".length)]);
  return { schema: visit(schema), definitions: rebuilt(definitions, (_, definition) => visit(definition)) };
}

function cleaned(format: unknown): Cleaned | undefined {
  return typeof format === "string" && Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
}

/** How a text is written that stands for a value of these types; undefined where text is text. */
function writtenAs(types: unknown[]): string | undefined {
  if (types.includes("string")) return undefined;
  const number = types.includes("number") || types.includes("integer");
  const forms = [
    ...(number ? ["-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?"] : []),
    ...(types.includes("boolean") ? ["true|false"] : []),
  ];
  return forms.length > 0 ? `^[ \\t\\n\\r]*(?:${forms.join("|")})[ \\t\\n\\r]*$` : undefined;
}
