// What a machine can tell of accessibility, on every part, with content; and the keyboard.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { root } from "../../scripts/command.mjs";
import { serve } from "../../scripts/serve.mjs";
import { browsers } from "./drive.mjs";
import { PARTS, filled } from "./parts.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

for (const browser of browsers) {
  describe(browser.name, { skip: browser.missing }, () => {
    let server;

    before(async () => {
      server = await serve(join(root, "www/dist"));
    });

    after(async () => {
      await browser.close();
      await server?.close();
    });

    for (const dark of [false, true]) {
      for (const part of PARTS) {
        test(`axe finds nothing: ${part}, ${dark ? "dark" : "light"}, wide and narrow`, async () => {
          const page = await browser.open(server.url, { dark });
          for (const width of [1280, 390]) {
            await page.resize(width);
            await filled(page, server.url, part);
            assert.deepEqual(await found(page), [], `at ${width}`);
            const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
            assert.ok(content <= window, `${content} pixels wide in a window of ${window}`);
          }
          await page.close();
        });
      }
    }

    for (const part of PARTS) {
      test(`by keyboard: ${part}`, async () => {
        const page = await browser.open(server.url);
        await filled(page, server.url, part);
        await page.evaluate(() => {
          getSelection().removeAllRanges();
          document.activeElement.blur();
        });
        // The first Tab of a page leads to the skip link, which is seen only then.
        await page.focus(".brand");
        await page.press("Shift+Tab");
        assert.match(await page.focused(), /^a#skip/);
        const seen = await walk(page);
        assert.ok(seen.length > 8, `${seen.length} stops`);
        const unmarked = seen.filter(({ marked }) => !marked).map(({ name }) => name);
        assert.deepEqual(unmarked, [], "what has the focus shows it");
        assert.deepEqual(seen.slice(1, 8).map(({ name }) => name), ["a Prewash", "a Form", "a JSON", "a Batch", "a Domain", "a Your API", "button Copy link"]);
        await page.close();
      });
    }

    test("the skip link leads to the content, and what is shown stays", async () => {
      const page = await browser.open(`${server.url}#part=domain&domain.text=acme.com`);
      await page.see(".part.domain h2");
      await page.focus(".brand");
      await page.press("Shift+Tab");
      await page.press("Enter");
      assert.match(await page.focused(), /^main#part/);
      assert.match(await page.url(), /part=domain/);
      await page.press("Tab");
      assert.equal(await page.evaluate(() => document.querySelector("main").contains(document.activeElement)), true);
      await page.close();
    });

    test("a part is opened by the keyboard", async () => {
      const page = await browser.open(server.url);
      await page.see(".part.form h2");
      await page.focus("#parts a[data-part=json]");
      await page.press("Enter");
      await page.see(".part.json h2");
      assert.equal(await page.attribute("#parts a[aria-current]", "data-part"), "json");
      assert.equal(await page.evaluate(() => document.title), "JSON · Prewash");
      await page.close();
    });
  });
}

/** What axe finds, in a line each. */
async function found(page) {
  await page.inject(AXE);
  return await page.evaluate(async () => {
    const { violations } = await axe.run(document, { resultTypes: ["violations"] });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.flat().join(" ")}: ${failureSummary.replace(/\s+/g, " ")}`));
  });
}

/** Presses Tab from the skip link on, until the focus leaves the page or comes back: what it stops at. */
async function walk(page) {
  const stops = [];
  for (let step = 0; step < 400; step += 1) {
    const stop = await page.evaluate(async () => {
      // An editor marks itself a moment after it has the focus.
      await new Promise((resolve) => setTimeout(resolve, 30));
      let active = document.activeElement;
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
      if (!active || active === document.body || active === document.documentElement) return undefined;
      // The mark may be on what stands around it, as an editor has it.
      const marks = (element) => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
        return (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none";
      };
      let marked = false;
      for (let at = active, up = 0; at instanceof Element && up < 6; at = at.parentElement ?? at.getRootNode().host, up += 1) marked ||= marks(at);
      const again = globalThis.prewashStops?.has(active) ?? false;
      (globalThis.prewashStops ??= new Set()).add(active);
      return { name: `${active.localName} ${(active.getAttribute("aria-label") || active.innerText || active.id || "").replace(/\s+/g, " ").trim().slice(0, 40)}`, marked, again };
    });
    if (!stop || stop.again) return stops;
    stops.push(stop);
    await page.press("Tab");
  }
  throw new Error(`no end after ${stops.length} stops; the last: ${stops.slice(-5).map(({ name }) => name)}`);
}
