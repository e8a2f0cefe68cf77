// What a browser's own IDNA makes of names, beside Unicode's tables: the browser's entry asks the
// browser, Node's has the tables. Every source string of UTS #46's conformance test goes through both.

import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { cleanDomains } from "prewash";
import { browsers } from "./browser.mjs";

const conformance = process.env.PREWASH_CONFORMANCE ?? fileURLToPath(new URL("../../shared/conformance", import.meta.url));
const file = join(conformance, "idna/IdnaTestV2.txt");
const skip = existsSync(file) ? false : `${file} is not there; PREWASH_CONFORMANCE names the folder that has idna/`;

/** The first column of the table (its head says how it is written), each string once. */
function sources() {
  const rows = readFileSync(file, "utf8").split("\n").map((line) => line.replace(/#.*/, "")).filter((line) => line.includes(";"));
  const unescaped = (text) =>
    text === '""' ? "" : text.replace(/\\u([0-9A-F]{4})|\\x\{([0-9A-F]+)\}/g, (_, four, any) => (four ? String.fromCharCode(parseInt(four, 16)) : String.fromCodePoint(parseInt(any, 16))));
  return [...new Set(rows.map((line) => unescaped(line.slice(0, line.indexOf(";")).trim())))];
}

const told = ({ ok, value, issues }) => (ok ? value : `!${issues.find(({ severity }) => severity === "error").code}`);

/**
 * What UTS #46 says otherwise than with Unicode 15.0, of which some browsers still are: signs that were
 * refused, fillers that are left out, and newer ideographs. Capital letters that were refused, or `ẞ`,
 * which was `ss`, are no matter: the core puts them in lower case itself.
 */
const CHANGED = /[\u2260\u226E\u226F\u115F\u1160\u17B4\u17B5\u{2EBF0}-\u{2EE5D}\u{323B0}-\u{33479}]/u;

/** The names that hold such a character, or are the same domain as one that does. */
function changed(names) {
  const results = cleanDomains(names).map(told);
  const holds = names.map((name) => CHANGED.test(name.normalize("NFKC")));
  const domains = new Set(results.filter((result, at) => holds[at] && !result.startsWith("!")));
  return new Set(names.filter((_, at) => holds[at] || domains.has(results[at])));
}

/** What the tables make of a name and the host does not, counted; with a name for each kind. */
function differences(names, byHost) {
  const byTables = cleanDomains(names).map(told);
  const kind = (told) => (told.startsWith("!") ? told : "value");
  const counts = {};
  const examples = {};
  names.forEach((name, at) => {
    if (byTables[at] === byHost[at]) return;
    const both = `${kind(byTables[at])} → ${kind(byHost[at])}`;
    counts[both] = (counts[both] ?? 0) + 1;
    examples[both] ??= `${JSON.stringify(name)}: ${byTables[at]} → ${byHost[at]}`;
  });
  return { counts, examples };
}

/** A page that cleans the names and sends what came out. Its answer is `{ agent, older, results }`. */
async function visited(names, open) {
  const page = `<!doctype html><meta charset="utf-8"><title>names</title><script type="module">
    const send = (answer) => fetch("answer", { method: "POST", body: JSON.stringify(answer) });
    addEventListener("unhandledrejection", ({ reason }) => send({ error: String(reason) }));
    const { cleanDomains } = await import("./browser.js");
    const told = ${told};
    const names = await (await fetch("names")).json();
    const older = new URL("https://faẞ.de").hostname !== "xn--fa-hia.de";
    await send({ agent: navigator.userAgent, older, results: cleanDomains(names).map(told) });
  </script>`;
  const html = "text/html; charset=utf-8";
  const files = {
    "/": [html, page],
    "/names": ["application/json", JSON.stringify(names)],
    "/browser.js": ["text/javascript", readFileSync(new URL("../pkg/dist/browser.js", import.meta.url))],
  };
  let answered;
  const answer = new Promise((resolve) => (answered = resolve));
  const server = createServer(async (request, response) => {
    if (request.method === "POST") {
      const chunks = await request.toArray();
      response.end();
      answered(JSON.parse(Buffer.concat(chunks).toString()));
      return;
    }
    const [type, body] = files[request.url] ?? [];
    response.writeHead(type ? 200 : 404, { "content-type": type ?? html }).end(body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const late = setTimeout(() => answered({ error: "no answer within a minute" }), 60_000);
  let browser;
  try {
    browser = await open(`http://127.0.0.1:${server.address().port}/`);
    const { error, ...found } = await answer;
    assert.equal(error, undefined);
    return found;
  } finally {
    clearTimeout(late);
    await browser?.close();
    server.closeAllConnections();
    server.close();
  }
}

describe("names come out of the browser's entry as the tables say,", { skip, timeout: 120_000 }, () => {
  const names = skip ? [] : sources();

  function compare(context, { agent, older, results }) {
    assert.ok(names.length > 5000);
    assert.equal(results.length, names.length);
    const { counts, examples } = differences(names, results);
    const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
    context.diagnostic(`${agent}: ${total} of ${names.length} names differ ${JSON.stringify(counts)}`);
    for (const example of Object.values(examples)) context.diagnostic(example);
    if (older) {
      context.diagnostic("its Unicode is older than 15.1: names with what has changed are left aside");
      const excused = changed(names);
      const kept = names.map((_, at) => at).filter((at) => !excused.has(names[at]));
      assert.ok(kept.length > names.length / 2, `${kept.length} are left`);
      assert.deepEqual(differences(kept.map((at) => names[at]), kept.map((at) => results[at])).examples, {});
    } else {
      assert.deepEqual(counts, {});
    }
  }

  for (const { name, missing, open } of browsers) {
    test(`in ${name}`, { skip: missing }, async (context) => {
      compare(context, await visited(names, open));
    });
  }
});
