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
import { findFirefox, launchChromium, openInFirefox } from "./browser.mjs";

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

/** A page that cleans the names and sends what came out. Its answer is `{ agent, results }`. */
async function visited(names, open) {
  const page = `<!doctype html><meta charset="utf-8"><title>names</title><script type="module">
    const send = (answer) => fetch("answer", { method: "POST", body: JSON.stringify(answer) });
    addEventListener("unhandledrejection", ({ reason }) => send({ error: String(reason) }));
    const { cleanDomains } = await import("./browser.js");
    const told = ${told};
    const names = await (await fetch("names")).json();
    await send({ agent: navigator.userAgent, results: cleanDomains(names).map(told) });
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
    const { error, agent, results } = await answer;
    assert.equal(error, undefined);
    return { agent, results };
  } finally {
    clearTimeout(late);
    await browser?.close();
    server.closeAllConnections();
    server.close();
  }
}

async function openInChromium(url) {
  const browser = await launchChromium();
  const page = await browser.newPage();
  await page.goto(url);
  return browser;
}

describe("names come out of the browser's entry as the tables say,", { skip, timeout: 120_000 }, () => {
  const names = skip ? [] : sources();

  function compare(context, { agent, results }) {
    assert.ok(names.length > 5000);
    assert.equal(results.length, names.length);
    const { counts, examples } = differences(names, results);
    const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
    context.diagnostic(`${agent}: ${total} of ${names.length} names differ ${JSON.stringify(counts)}`);
    for (const example of Object.values(examples)) context.diagnostic(example);
    assert.deepEqual(counts, {});
  }

  test("in Chromium", async (context) => {
    compare(context, await visited(names, openInChromium));
  });

  const missing = findFirefox() ? false : "no Firefox found: install it, or set FIREFOX to the path of its executable";
  test("in Firefox", { skip: missing }, async (context) => {
    compare(context, await visited(names, openInFirefox));
  });
});
