// What a Content-Security-Policy leaves of the package, in each browser.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { browsers } from "../browser.mjs";
import { pages, site, visit } from "./pages.mjs";
import { place } from "./place.mjs";

const policy = (...scripts) => ({
  "content-security-policy": `default-src 'none'; script-src ${scripts.join(" ")}; connect-src 'none'; worker-src 'none'`,
});
const ALLOWED = policy("'self'", "'wasm-unsafe-eval'");
const REFUSED = policy("'self'");

const REFUSAL =
  "prewash cannot start: WebAssembly is refused here; a page with a Content-Security-Policy must allow 'wasm-unsafe-eval' in script-src";

pages("Content-Security-Policy", {
  fixture: "policy",
  also: Object.values(ALLOWED),
  async start(folder) {
    const allowed = await site(folder, ALLOWED);
    return { ...allowed, url: new URL("allowed.html", allowed.url).href };
  },
});

describe("without 'wasm-unsafe-eval' each call says that it is missing, and the page goes on,", { timeout: 600_000 }, () => {
  let refused;
  before(async () => {
    refused = await site(await place("policy"), REFUSED);
  });
  after(() => refused?.close());

  for (const { name, missing, open } of browsers) {
    test(`in ${name}`, { skip: missing }, async (context) => {
      const { proof } = await visit({ ...refused, url: new URL("refused.html", refused.url).href }, open);
      const { without, atImport, calls, started, violations } = proof;
      assert.deepEqual(without, { method: "PUT", split: { fields: { name: "Acme" }, custom: { "1a2b": 5 } } });
      assert.deepEqual(atImport, [], "nothing is refused before the first call");
      for (const { name, message } of [...calls, started]) assert.deepEqual({ name, message }, { name: "Error", message: REFUSAL });
      // WebKit tells of none.
      assert.deepEqual(violations.filter((one) => one !== "script-src wasm-eval"), [], "nothing else is refused");
      context.diagnostic(`${name} says: ${calls[0].cause}`);
    });
  }
});
