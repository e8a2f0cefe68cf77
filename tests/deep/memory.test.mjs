// Inputs that take all the memory there is for one: up to 4 GiB, which is what WebAssembly can address.
// Each ends in an issue, in Node and in a page, and the next call works.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { findChromium, launchChromium } from "../browser.mjs";
import { serve } from "../../scripts/serve.mjs";
import { root } from "../../scripts/command.mjs";
import { join } from "node:path";

const FAILED = "the check failed through no fault of the input; please report it";

/**
 * What to hand over, as a function's body; by name, with the code of the one issue that it must end in.
 * The limits are raised as far as they go: else each is refused by its length.
 */
const INPUTS = {
  "bytes, 3 GiB of them": ["return judge.checkText(new Uint8Array(3 * 2 ** 30))", "too_large"],
  "bytes with half a billion numbers": ["const bytes = new Uint8Array(2 ** 30 - 1).fill(0x31); for (let at = 0; at < bytes.length; at += 2) bytes[at] = 0x2c; bytes[0] = 0x5b; bytes[bytes.length - 1] = 0x5d; return judge.checkText(bytes)", "internal"],
  "bytes that are one string": ["const bytes = new Uint8Array(2 ** 28).fill(0x78); bytes[0] = bytes[bytes.length - 1] = 0x22; const { ok, issues } = domain.checkText(bytes); return { ok, issues }", "label_too_long"],
  "a text with 200 million numbers": ["return judge.checkText(`[${'1,'.repeat(2e8)}1]`)", "internal"],
  "a value of a string over the longest there is": ["return judge.check(['\\x01'.repeat(2 ** 28)])", "too_large"],
  "a batch of as many": ["return batch.plan(`{\"accounts\":[${'1,'.repeat(1.5e8)}1]}`)", "internal"],
};

const work = (input) => `
  const { schema, recotap, cleanDomain } = prewash;
  const options = { maxBytes: 2 ** 32, maxDepth: 1e9 };
  const judge = schema(true).with(options);
  const domain = schema({ format: "domain" }).with(options);
  const { batch } = recotap.pushAccounts.with(options);
  const plan = batch.plan({ accounts: [{ domain: "www.acme.com", name: "A" }] });
  const { ok, issues } = (() => { ${input} })();
  return {
    ok,
    codes: issues.map(({ code }) => code),
    messages: issues.map(({ message }) => message.length),
    before: plan.items.map(({ status, domain }) => [status, domain]),
    next: [cleanDomain("www.acme.com").value, judge.check({ a: [1] }).value, judge.checkText("[1]").json, batch.plan({ accounts: [] }).ok],
  };`;

function assertTold({ ok, codes, messages, before, next }, code, name) {
  assert.deepEqual([ok, codes], [false, [code]], name);
  assert.ok(messages.every((length) => length <= 300 || length === FAILED.length), name);
  assert.deepEqual(before, [["created", "acme.com"]], name);
  assert.deepEqual(next, ["acme.com", { a: [1] }, "[1]", false], name);
}

describe("memory that runs out in Node", () => {
  for (const [name, [input, code]] of Object.entries(INPUTS)) {
    test(name, { timeout: 300_000 }, () => {
      const script = `import * as prewash from "prewash"; console.log(JSON.stringify((() => {${work(input)}})()));`;
      const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], { cwd: root, encoding: "utf8" });
      assert.equal(status, 0, stderr.slice(-2000));
      assertTold(JSON.parse(stdout), code, name);
    });
  }
});

describe("memory that runs out in a page", { skip: findChromium() ? false : "no Chromium found: install it, or set CHROMIUM to the path of its executable" }, () => {
  let server, browser, page;
  const script = readFileSync(join(root, "pkg/dist/browser.js"));

  before(async () => {
    server = await serve(root, 0, (request, response) => {
      const isScript = request.url === "/prewash.js";
      response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
      response.end(isScript ? script : "<!doctype html><title>Memory</title>");
      return true;
    });
    browser = await launchChromium();
    page = await browser.newPage();
    await page.goto(server.url);
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  // One page for all: none of them is its end. Chromium gives no array of more than 2 GiB.
  for (const [name, [input, code]] of Object.entries(INPUTS)) {
    if (name.includes("GiB")) continue;
    test(name, { timeout: 300_000 }, async () => {
      const told = await page.evaluate(`(async () => { const prewash = await import("/prewash.js"); await prewash.init(); ${work(input)} })()`);
      assertTold(told, code, name);
      assert.equal(await page.evaluate(() => document.title), "Memory", "the page is alive");
    });
  }
});
