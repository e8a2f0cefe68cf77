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

function result(prewash, one) {
  if ("domain" in one) return prewash.cleanDomain(one.domain);
  if ("batch" in one) return told(operation(prewash, one.batch).batch.plan(one.text, one.known));
  const schema = ("schema" in one ? prewash.schema(one.schema) : operation(prewash, one.operation).body).with(one.options ?? {});
  if ("field" in one) return schema.checkField(one.field, one.value);
  return "text" in one ? schema.checkText(one.text) : schema.check(one.value);
}

/** `vendor.operation` of the package. */
function operation(prewash, name) {
  const [vendor, own] = name.split(".");
  return prewash[vendor][own];
}

/** A plan, read whole: some of it is decoded only then. */
function told({ ok, request, results, summary, items, issues }) {
  return { ok, request, results, summary, items, issues };
}
