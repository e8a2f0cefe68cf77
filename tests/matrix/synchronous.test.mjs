// Where modules are neither compiled nor instantiated synchronously, the first call says to call
// `init`, and after it all is as anywhere.

import assert from "node:assert/strict";
import { test } from "node:test";
import { findChromium, openInChromium } from "../browser.mjs";
import { place } from "./place.mjs";
import { pages, site, visit } from "./pages.mjs";
import { compared } from "./row.mjs";

const told = "prewash cannot start: synchronous compilation is refused here; call `await init()` first";

const fixture = "synchronous";

pages("Synchronous compilation refused", {
  fixture,
  also: ["`init`, and the error before it"],
  start: (folder) => site(folder),
  check: ({ before }) => assert.equal(before, told),
});

test("V8's own refusal of it is told as well, and init() starts all the same", { skip: !findChromium() }, async () => {
  const { url, post, close } = await site(await place(fixture));
  try {
    const open = (url) => openInChromium(url, ["--js-flags=--allow-natives-syntax"]);
    const { proof } = await visit({ url: new URL("v8.html", url).href, post }, open);
    assert.equal(proof.before, told);
    compared(proof.lines, proof.idna);
  } finally {
    await close();
  }
});
