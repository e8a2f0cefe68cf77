// Next.js: one application, built with Turbopack and started, and a row for each place code runs in.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before } from "node:test";
import { launchChromium } from "../browser.mjs";
import { started } from "../service.mjs";
import { place, places, run, versionOf } from "./place.mjs";
import { row } from "./row.mjs";

const QUIET = { NEXT_TELEMETRY_DISABLED: "1", CI: "1" };

let server;
let browser;

const version = async (also = "") => `${await versionOf("next")}${also}`;

before(async () => {
  browser = await launchChromium();
  const folder = await place("next");
  const told = await run("next", ["build"], folder, QUIET);
  assert.match(told, /Turbopack/);
  const next = join(places, "node_modules/next/dist/bin/next");
  server = await started(process.execPath, [next, "start", "--hostname", "127.0.0.1", "--port", "0"], { cwd: folder, env: QUIET, ready: /Local:\s+(http:\S+)[^]*Ready/ });
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

row("Next.js, server component", {
  version,
  run: () => shown("server", { javaScriptEnabled: false }),
});
row("Next.js, client component, Chromium", {
  version: () => version(`, Chromium ${browser.version()}`),
  run: () => shown("client"),
});
row("Next.js, edge route", {
  version,
  async run() {
    const response = await fetch(new URL("edge", server.url));
    const text = await response.text();
    assert.equal(response.status, 200, text);
    const { edge, ...proof } = JSON.parse(text);
    assert.equal(edge, true);
    return proof;
  },
});

/** What a page shows as its proof. */
async function shown(path, options = {}) {
  const page = await browser.newPage(options);
  try {
    const errors = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    await page.goto(new URL(path, server.url).href);
    const proof = await page.locator("#proof").textContent({ timeout: 20_000 }).catch((error) => errors.push(error.message));
    assert.deepEqual(errors, []);
    return proof;
  } finally {
    await page.close();
  }
}
