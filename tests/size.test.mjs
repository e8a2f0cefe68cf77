// What there is to download grows only when somebody means it to.

import assert from "node:assert/strict";
import { test } from "node:test";
import { sizes } from "../benches/sizes.mjs";

/**
 * The most that each may be, in bytes as in the table of `npm run bench -- size`: two hundredths over
 * what it was when the budget was set. Something that is worth its bytes may raise a budget, in the
 * change that brings it; what made it smaller by more than that lowers it, so that it stays so.
 */
const BUDGET = {
  "browser, everything": { gzip: 187_600, brotli: 163_100 },
  "browser, { cleanDomain }": { gzip: 179_600, brotli: 156_100 },
  "browser, one operation": { gzip: 184_700, brotli: 160_300 },
  "index.js": { gzip: 23_600, brotli: 21_300 },
  "node.js": { gzip: 23_800, brotli: 21_500 },
  "index.cjs": { gzip: 23_800, brotli: 21_450 },
  "core-base64.cjs": { gzip: 478_000, brotli: 365_400 },
  "slim.js": { gzip: 23_500, brotli: 21_200 },
  "workerd.js": { gzip: 23_350, brotli: 21_050 },
  "edge-light.js": { gzip: 23_350, brotli: 21_050 },
  "cli.js": { gzip: 31_700, brotli: 27_900 },
  "prewash.wasm": { gzip: 245_700, brotli: 196_400 },
  "the browsers' wasm": { gzip: 162_300, brotli: 138_700 },
};

test("nothing is larger than its budget", async () => {
  const measured = await sizes();
  const over = [];
  for (const [name, budget] of Object.entries(BUDGET)) {
    for (const [how, most] of Object.entries(budget)) {
      const size = measured[name][how];
      if (size > most) over.push(`${name}, ${how}: ${size} bytes, and the budget is ${most}`);
    }
  }
  assert.deepEqual(over, []);
  assert.deepEqual(Object.keys(BUDGET), Object.keys(measured), "each has a budget");
});
