// What every place must give the same of: the golden corpus, one line of JSON for each case.
//
// Plain JavaScript that imports nothing, so that every runtime and bundler takes it as it is.

/**
 * Runs the corpus.
 *
 * @param {typeof import("prewash")} prewash
 * @param {object[]} corpus the cases of `corpus.json`
 * @returns {{ idna: string, lines: string[] }} where names are judged, and the results in order
 */
export function prove(prewash, corpus) {
  return { idna: prewash.info().idna, lines: corpus.map((one) => JSON.stringify(result(prewash, one))) };
}

const result = (prewash, one) => prepared(prewash, one)();

/**
 * A case as a call that can be made again and again: what it needs is compiled once.
 *
 * @param {typeof import("prewash")} prewash
 * @param {object} one a case of the corpus
 * @returns {() => object}
 */
export function prepared(prewash, one) {
  if ("domain" in one) return () => prewash.cleanDomain(one.domain);
  if ("batch" in one) return ofBatch(operation(prewash, one.batch).with(one.options ?? {}).batch, one);
  const schema = schemaOf(prewash, one).with(one.options ?? {});
  if ("field" in one) return () => schema.checkField(one.field, one.value);
  if ("bytes" in one) {
    const bytes = Uint8Array.from(one.bytes);
    return () => readable(schema.checkText(bytes));
  }
  if ("text" in one) return () => schema.checkText(one.text);
  return () => schema.check("unsupported" in one ? { value: UNSUPPORTED[one.unsupported]() } : one.value);
}

function schemaOf(prewash, one) {
  if ("schema" in one) return prewash.schema(one.schema, one.with);
  const named = "openapi" in one ? prewash.openapi(one.openapi)[one.operation] : operation(prewash, one.operation);
  return named[one.part ?? "body"];
}

/** `vendor.operation` of the package. */
function operation(prewash, name) {
  const [vendor, own] = name.split(".");
  return prewash[vendor][own];
}

function ofBatch(batch, one) {
  if ("outcomes" in one) return () => batch.respond(one.outcomes);
  return () => {
    const plan = batch.plan("text" in one ? one.text : one.value, one.known);
    return "response" in one ? batch.reconcile(plan, one.response) : told(plan);
  };
}

/** A plan, read whole: some of it is decoded only then. */
function told({ ok, request, results, summary, items, issues, changes }) {
  return { ok, request, results, summary, items, issues, changes };
}

/** Bytes as an array, which JSON has. */
function readable(result) {
  return result.ok ? { ...result, json: Array.from(result.json) } : result;
}

/** What JSON cannot hold. */
const UNSUPPORTED = {
  number: () => NaN,
  bigint: () => 1n,
  function: () => () => {},
  symbol: () => Symbol("one"),
};
