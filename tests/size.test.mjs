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
  "browser, everything": { gzip: 511_000, brotli: 358_500 },
  "browser, { cleanDomain }": { gzip: 503_700, brotli: 352_400 },
  "browser, one operation": { gzip: 508_500, brotli: 356_600 },
  "index.js": { gzip: 652_500, brotli: 474_100 },
  "index.cjs": { gzip: 652_900, brotli: 474_300 },
  "slim.js": { gzip: 20_500, brotli: 18_500 },
  "workerd.js": { gzip: 20_300, brotli: 18_400 },
  "edge-light.js": { gzip: 20_300, brotli: 18_400 },
  "cli.js": { gzip: 28_000, brotli: 24_500 },
  "prewash.wasm": { gzip: 489_000, brotli: 325_100 },
  "the browsers' wasm": { gzip: 489_400, brotli: 325_900 },
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
