// A case in its address: it comes back after a reload, and in another browser.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { root } from "../../scripts/command.mjs";
import { serve } from "../../scripts/serve.mjs";
import { browsers } from "./drive.mjs";

const BODY = '{"domain":"https://www.Acme.com/foo","name":"Zürich & Söhne #1 🏔"}';

for (const browser of browsers) {
  describe(browser.name, { skip: browser.missing }, () => {
    let server;
    const address = (shown) => `${server.url}#${new URLSearchParams(shown)}`;
    const link = (page) => page.copied(() => page.click({ role: "button", name: /^Cop(y link|ied)$/ }));
    const tab = (title) => ({ role: "link", name: title, in: "#parts" });

    before(async () => {
      server = await serve(join(root, "www/dist"));
    });

    after(async () => {
      await browser.close();
      await server?.close();
    });

    test("the part, the operation and the body come back, here and elsewhere", async () => {
      const shown = { part: "json", operation: "recotap.pushAccounts", body: BODY };
      const page = await browser.open(address(shown));
      await page.see(".part.json h2");
      const copied = await link(page);
      assert.deepEqual(Object.fromEntries(new URLSearchParams(new URL(copied).hash.slice(1))), shown);
      assert.equal(await page.text("#share"), "Copied");
      await page.reload();
      await page.see(".part.json h2");
      assert.equal(await link(page), copied);
      await page.close();
      const other = await browser.open(copied);
      await other.see(".part.json h2");
      assert.equal(await link(other), copied);
      await other.close();
    });

    test("a first visit has an address without anything, and the part is put in", async () => {
      const page = await browser.open(server.url);
      await page.see(".part.form h2");
      assert.equal(await page.url(), server.url);
      await page.click(tab("Domain"));
      await page.see(".part.domain h2");
      await page.eventually(async () => assert.equal(await page.url(), address({ part: "domain" })));
      await page.close();
    });

    test("the browser's Back leads to the part before, and loses nothing", async () => {
      const page = await browser.open(address({ body: BODY }));
      await page.see(".part.form h2");
      await page.click(tab("JSON"));
      await page.see(".part.json h2");
      await page.click(tab("Batch"));
      await page.see(".part.batch h2");
      await page.evaluate(() => history.back());
      await page.see(".part.json h2");
      await page.gone(".part.batch h2");
      assert.equal(await page.attribute("#parts a[aria-current]", "data-part"), "json");
      await page.evaluate(() => history.back());
      await page.see(".part.form h2");
      assert.match(await link(page), /Acme/);
      await page.close();
    });

    test("another address in the same tab is another case", async () => {
      const page = await browser.open(address({ part: "json", body: "{}" }));
      await page.see(".part.json h2");
      await page.evaluate((hash) => (location.hash = hash), new URL(address({ part: "domain", "domain.text": "acme.com" })).hash);
      await page.see(".part.domain h2");
      assert.equal(await link(page), address({ part: "domain", "domain.text": "acme.com" }));
      await page.close();
    });

    test("a long case is compressed, and opens elsewhere as it was", async () => {
      const body = JSON.stringify(Array.from({ length: 400 }, (_, row) => ({ domain: `company-${row}.com`, name: `Zoë ${row} 🏔` })));
      const page = await browser.open(address({ part: "json", body }));
      await page.see(".part.json h2");
      const copied = await link(page);
      assert.ok(copied.length < 8000, `${copied.length}`);
      assert.match(copied, /#z=[\w-]+$/);
      assert.equal(await page.count("#share-note"), 0);
      await page.close();
      const other = await browser.open(copied);
      await other.see(".part.json h2");
      assert.equal(await link(other), copied);
      // Read back from the address: what was packed is what was put in.
      const again = await other.evaluate(async () => {
        const packed = atob(location.hash.slice(3).replaceAll("-", "+").replaceAll("_", "/"));
        const bytes = Uint8Array.from(packed, (char) => char.charCodeAt(0));
        return await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).text();
      });
      assert.equal(new URLSearchParams(again).get("body"), body);
      await other.close();
    });

    test("a case too long for any link says what is left out, and survives a reload all the same", async () => {
      // Nothing in it repeats: it does not get smaller.
      let random = 1;
      const next = () => (random = (random * 48271) % 2147483647).toString(36);
      const body = JSON.stringify(Array.from({ length: 9000 }, next));
      const page = await browser.open(server.url);
      await page.see(".part.form h2");
      // As a link from elsewhere would: too long for what this page writes, not for what it reads.
      await page.evaluate((hash) => (location.hash = hash), `#${new URLSearchParams({ part: "json", operation: "recotap.pushAccounts", body })}`);
      await page.see(".part.json h2");
      const copied = await link(page);
      assert.equal(copied, address({ part: "json", operation: "recotap.pushAccounts" }));
      assert.equal(await page.text("#share-note"), "Too long for a link, and not in it: the body.");
      await page.click(tab("Domain"));
      await page.see(".part.domain h2");
      assert.equal(await page.count("#share-note"), 0, "a note about one case is none about the next");
      await page.eventually(async () => assert.equal(await page.url(), address({ part: "domain", operation: "recotap.pushAccounts" })));
      await page.reload();
      await page.see(".part.domain h2");
      await link(page);
      assert.equal(await page.text("#share-note"), "Too long for a link, and not in it: the body.");
      await page.close();
    });

    test("an address that says nonsense shows the first part", async () => {
      for (const hash of ["#part=nothing", "#z=%%%", "#z=AAAA", "#operation=nothing.there", "#", "#__proto__=x&constructor=y"]) {
        const page = await browser.open(server.url + hash);
        await page.see(".part.form h2");
        await page.close();
      }
    });

    test("where the page may not write to the clipboard, the link is there to be copied", async () => {
      const page = await browser.open(address({ part: "domain" }));
      await page.see(".part.domain h2");
      await page.evaluate(() => {
        navigator.clipboard.writeText = () => Promise.reject(new Error("not allowed"));
      });
      await page.click({ role: "button", name: "Copy link" });
      assert.equal(await page.value({ label: "The link, to be copied" }), address({ part: "domain" }));
      assert.equal(await page.evaluate(() => String(getSelection())), await page.evaluate(() => location.href), "and selected");
      await page.close();
    });
  });
}
