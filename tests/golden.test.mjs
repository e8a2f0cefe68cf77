// The golden corpus: it is what scripts/golden.mjs writes, it holds for every entry of the package, and
// it covers what there is to cover.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, test } from "node:test";
import * as prewash from "prewash";
import * as slim from "prewash/slim";
import * as browser from "../pkg/dist/browser.js";
import * as bundled from "../pkg/dist/index.js";
import { codeExamples, isOutOfReach } from "../scripts/codes.mjs";
import { cases } from "./golden/cases.mjs";
import { prove } from "./golden/prove.js";
import { compared } from "./matrix/row.mjs";

const golden = (name) => JSON.parse(readFileSync(new URL(`golden/${name}`, import.meta.url), "utf8"));
const corpus = golden("corpus.json");
const expected = golden("expected.json");

describe("the golden corpus", () => {
  test("is what `npm run golden` writes", () => {
    assert.deepEqual(corpus, JSON.parse(JSON.stringify(cases())));
    assert.equal(expected.length, corpus.length);
  });

  const require = createRequire(import.meta.url);
  const entries = { "node.js": prewash, "index.js": bundled, "index.cjs": require("prewash"), "browser.js": browser, "slim.js": slim, "slim.cjs": require("prewash/slim") };
  for (const [name, entry] of Object.entries(entries)) {
    test(`comes out as expected by ${name}`, async () => {
      if (name.startsWith("slim")) await entry.init(readFileSync(new URL("../pkg/dist/prewash.wasm", import.meta.url)));
      const { idna, lines } = prove(entry, corpus);
      assert.equal(idna, name === "browser.js" ? "host" : "tables");
      compared(lines, idna);
    });
  }

  test("has every code that an input leads to", () => {
    const found = new Set(expected.flatMap((line) => [...line.matchAll(/"code":"(\w+)"/g)].map(([, code]) => code)));
    const reachable = codeExamples().filter((example) => !isOutOfReach(example) && example.command === undefined);
    assert.deepEqual(reachable.map(({ code }) => code).filter((code) => !found.has(code)), []);
  });
  test("has every operation, good and bad, by value and by text", () => {
    const { monaco, reply, recotap } = prewash;
    for (const [vendor, operations] of Object.entries({ monaco, reply, recotap })) {
      for (const name of Object.keys(operations)) {
        const own = [...corpus.keys()].filter((at) => corpus[at].operation === `${vendor}.${name}` && !("part" in corpus[at]));
        const kinds = own.filter((at) => !("field" in corpus[at])).map((at) => `${"text" in corpus[at] ? "text" : "value"} ${JSON.parse(expected[at]).ok}`);
        assert.deepEqual([...new Set(kinds)].sort(), ["text false", "text true", "value false", "value true"], name);
      }
    }
  });
  test("marks the names that a host may judge otherwise, and little else", () => {
    const marked = corpus.filter(({ international }) => international);
    assert.ok(marked.length > 50 && marked.length < corpus.length / 4, String(marked.length));
    for (const one of corpus) if (/xn--/i.test(JSON.stringify(one))) assert.ok(one.international, JSON.stringify(one));
  });
});
