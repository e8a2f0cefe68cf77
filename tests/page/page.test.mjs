// The frame: what comes with the first load, how it looks on a phone, what the address and the footer say.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import { root } from "../../scripts/command.mjs";
import { serve } from "../../scripts/serve.mjs";
import { browsers } from "./drive.mjs";

/** The most that the first load may be, compressed. */
const MOST = 200_000;

for (const browser of browsers) {
  describe(browser.name, { skip: browser.missing }, () => {
    let server, asked;

    before(async () => {
      server = await serve(join(root, "www/dist"), 0, (request) => {
        asked.push(request.url);
        return false;
      });
    });

    after(async () => {
      await browser.close();
      await server?.close();
    });

    test("the first load, compressed, is at most 200 KB", async (t) => {
      asked = [];
      const site = await serve(join(root, "www/dist"), 0, (request, response) => {
        // What the service worker fetches to keep is no part of what the visitor waits for.
        if (request.url === "/service-worker.js") return response.writeHead(404).end(), true;
        asked.push(request.url);
        return false;
      });
      const page = await browser.open(site.url);
      await page.see(".part.form h2");
      await page.see({ text: /^Prewash \d/ });
      const paths = [...new Set(asked)].map((path) => (path === "/" ? "/index.html" : path));
      // Headless, a browser may not ask for the icon.
      if (!paths.includes("/icon.svg")) paths.push("/icon.svg");
      const sizes = paths.map((path) => [path, gzipSync(readFileSync(join(root, "www/dist", path)), { level: 9 }).length]);
      const total = sizes.reduce((sum, [, size]) => sum + size, 0);
      for (const [path, size] of sizes) t.diagnostic(`${String(size).padStart(7)} ${path}`);
      t.diagnostic(`${String(total).padStart(7)} in all, of ${MOST}`);
      assert.ok(total <= MOST, `${total} bytes`);
      assert.ok(!paths.some((path) => /parts\/(json|batch|domain|api)-/.test(path)), "other parts are loaded when they are opened");
      const code = asked.filter((path) => path.endsWith(".js"));
      assert.deepEqual(code, [...new Set(code)], "nothing is asked for twice");
      await page.close({ complaints: true });
      await site.close();
    });

    test("has its parts, its promise, and tells what it is", async () => {
      asked = [];
      const page = await browser.open(server.url);
      await page.see(".part.form h2");
      assert.deepEqual(await page.texts("#parts a"), ["Form", "JSON", "Batch", "Domain", "Your API"]);
      assert.equal(await page.text(".promise"), "Nothing you type or drop leaves this page.");
      assert.equal(await page.evaluate(() => document.title), "Form · Prewash");
      const { version } = JSON.parse(readFileSync(join(root, "pkg/package.json"), "utf8"));
      await page.eventually(async () => assert.equal(await page.text(".bottom"), `Static, with no server behind it. Prewash ${version}, international names judged by your browser. Kept in your browser: it works without a network.`));
      await page.close();
    });

    test("fits a phone: all parts in sight, a header that leaves room, targets large enough", async () => {
      for (const width of [320, 390]) {
        const page = await browser.open(server.url, { width, height: 844 });
        await page.see(".part.form h2");
        const { content, header, small, outside } = await page.evaluate(() => {
          const boxes = [...document.querySelectorAll(".top a, .top button")].map((element) => [element.innerText, element.getBoundingClientRect()]);
          return {
            content: document.documentElement.scrollWidth,
            header: document.querySelector(".top").offsetHeight,
            small: boxes.filter(([, { width, height }]) => width < 24 || height < 24).map(([name]) => name),
            outside: boxes.filter(([, { left, right }]) => left < 0 || right > innerWidth).map(([name]) => name),
          };
        });
        assert.ok(content <= width, `${content} pixels wide in a window of ${width}`);
        assert.ok(header <= 844 / 6, `a header of ${header} pixels`);
        assert.deepEqual(small, []);
        if (width === 390) assert.deepEqual(outside, []);
        await page.close();
      }
    });

    test("fits text of twice the size", async () => {
      const page = await browser.open(server.url, { width: 640 });
      await page.see(".part.form h2");
      await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
      const content = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(content <= 640, `${content} pixels wide`);
      await page.close();
    });
  });
}
