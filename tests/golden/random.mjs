// Cases as those of the golden corpus, made by seeded random numbers.

import * as prewash from "prewash";
import { Generator } from "../generator.mjs";

/** The vendors' operations. */
export const OPERATIONS = ["monaco.upsertAccount", "monaco.upsertContact", "monaco.updateContact", "reply.updateContactAccount", "recotap.pushAccounts"];

/** An operation of the package, by `vendor.name`. */
export function operation(name) {
  const [vendor, own] = name.split(".");
  return prewash[vendor][own];
}

/** The JSON Schema of each part of each operation that takes something. */
const documents = new Map(
  OPERATIONS.flatMap((name) =>
    ["body", "response", "pathParameters"].map((part) => [`${name} ${part}`, operation(name)[part].jsonSchema]),
  ),
);

/** The JSON Schema of a part of an operation. */
export const documentOf = (name, part = "body") => documents.get(`${name} ${part}`);

/** A value for a part of an operation: most are nearly right, some are right, some have nothing to do with it. */
export function valueFor(generator, name, part = "body", deepest = 140) {
  const document = documentOf(name, part);
  if (generator.once(40)) return generator.any();
  if (generator.once(60)) return { [generator.key()]: generator.deep(generator.below(deepest)) };
  if (name === "recotap.pushAccounts" && part === "body") {
    const body = generator.fitting({ ...document, properties: { ...document.properties, accounts: false } }, 30, document);
    if (typeof body === "object" && body !== null && !Array.isArray(body)) body.accounts = accounts(generator, 6);
    return body;
  }
  return generator.fitting(document, generator.pick([5, 20, 1e9]), document);
}

/** Accounts of a batch. */
export function accounts(generator, most) {
  const document = documentOf("recotap.pushAccounts");
  const { items } = document.properties.accounts;
  return generator.some(most, () => generator.account(items, document));
}

/** The JSON Schema of one account, of that of a batch's body. */
export function itemOf({ properties, $defs }) {
  const { items } = properties.accounts;
  return items.$ref === undefined ? items : $defs[items.$ref.split("/").at(-1)];
}

/** What a value is as JSON. */
export const plain = (value) => JSON.parse(JSON.stringify(value));

const encoder = new TextEncoder();

/**
 * Cases of every kind, in turn: operations by value, text, bytes and field, domains, batches and their
 * answers, and schemas made up with values for each.
 */
export function* cases(seed) {
  const generator = new Generator(seed);
  for (let at = 0; ; at++) {
    const name = OPERATIONS[at % OPERATIONS.length];
    const options = generator.options();
    const part = generator.once(6) ? generator.pick(["response", "pathParameters"]) : "body";
    const { maxDepth, maxBytes, ...rest } = options;
    // What a value is over a limit by, JavaScript does not count to its end: of these, texts only.
    const given = { operation: name, part, options: rest };
    const text = { ...given, options };
    switch (generator.below(10)) {
      case 0:
      case 1:
        yield { ...given, value: valueFor(generator, name, part, 120) };
        break;
      case 2:
        yield { ...text, text: generator.text(valueFor(generator, name, part)) };
        break;
      case 3:
        yield { ...text, bytes: [...encoder.encode(generator.text(valueFor(generator, name, part)))] };
        break;
      case 4:
        yield field(generator, name, rest);
        break;
      case 5:
        if (generator.once(10)) yield { schema: { properties: { value: { type: "number" } } }, unsupported: generator.pick(["number", "bigint", "function", "symbol"]) };
        yield { domain: generator.once(8) ? generator.string() : generator.domain() };
        break;
      case 6:
        yield batch(generator, rest);
        break;
      default: {
        const schema = generator.schema();
        const more = generator.once(8) ? { with: { formats: "annotate" } } : {};
        for (let times = 0; times < 4; times++) {
          const value = generator.fitting(schema, 8);
          yield { schema, ...more, ...(times === 3 ? { options, text: generator.text(value) } : { options: rest, value }) };
        }
      }
    }
  }
}

function field(generator, name, options) {
  const { properties } = documentOf(name);
  const key = generator.once(6) ? generator.key() : generator.pick(Object.keys(properties));
  const one = { operation: name, options, field: [key] };
  if (name === "recotap.pushAccounts" && generator.once(2)) {
    const account = itemOf(documentOf(name)).properties;
    const inner = generator.pick(Object.keys(account));
    Object.assign(one, { field: `/accounts/${generator.below(3)}/${inner}`, value: generator.fitting(account[inner], 6, documentOf(name)) });
  } else {
    one.value = generator.fitting(properties[key] ?? true, 6, documentOf(name));
  }
  if (generator.once(20)) delete one.value;
  return one;
}

function batch(generator, options) {
  const one = { batch: "recotap.pushAccounts", options };
  const known = generator.known();
  if (known !== undefined) one.known = known;
  const body = generator.once(30) ? generator.any() : { accounts: accounts(generator, 8), ...(generator.once(2) && { upsert: generator.once(2) }), ...(generator.once(5) && { segmentId: "s1" }) };
  if (generator.once(3)) return { ...one, text: generator.text(body) };
  if (generator.once(6)) one.response = generator.any();
  return { ...one, value: body };
}

/** The first cases of a seed, as a reader of the corpus sees them: a minus zero, say, is none in JSON. */
export function corpus(seed, count) {
  const made = [];
  for (const one of cases(seed)) {
    if (made.length === count) return plain(made);
    made.push(one);
  }
}
