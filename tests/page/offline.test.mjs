// The page is static: it works from any path, asks nobody but its own server, obeys its own policy, and
// works without a network once it was loaded.

import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { root } from "../../scripts/command.mjs";
import { serve } from "../../scripts/serve.mjs";
import { browsers } from "./drive.mjs";
import { PARTS, filled } from "./parts.mjs";

const DEEP = "some/deep/path/";

for (const browser of browsers) {
  describe(browser.name, { skip: browser.missing }, () => {
    let folder, server;
    /** The paths that were asked of the server. */
    let asked = [];

    const start = async () => {
      asked = [];
      server = await serve(folder, 0, (request) => {
        asked.push(request.url);
        return false;
      });
      return server.url + DEEP;
    };

    before(() => {
      folder = mkdtempSync(join(tmpdir(), "prewash-page-"));
      mkdirSync(join(folder, DEEP), { recursive: true });
      cpSync(join(root, "www/dist"), join(folder, DEEP), { recursive: true });
    });

    after(async () => {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    });

    const kept = (page) => page.see({ text: /^Kept in your browser/ });

    test("every part works under the policy, from a deep path, and asks only for the page's own files", async () => {
      const url = await start();
      const page = await browser.open(url);
      await kept(page);
      for (const part of PARTS) await filled(page, url, part);
      const files = new Set(["./", ...readdirSync(join(folder, DEEP), { recursive: true })].map((name) => `/${DEEP}${name.replace("./", "")}`));
      assert.deepEqual(asked.filter((path) => !files.has(path)), []);
      const foreign = page.requests.filter((address) => !address.startsWith(url) && !/^(blob|data):/.test(address));
      assert.deepEqual(foreign, []);
      // Fails if the console or the policy had something to say.
      await page.close();
      await server.close();
    });

    test("what is typed asks for nothing", async () => {
      const url = await start();
      const page = await browser.open(url);
      await kept(page);
      for (const part of PARTS) {
        await filled(page, url, part);
        const [before, served] = [page.requests.length, asked.length];
        for (const target of ["input[type=text], input:not([type])", "textarea"]) {
          const field = `.part.${part} :is(${target})`;
          if ((await page.count(field)) === 0) continue;
          await page.focus(field);
          await page.type("https://example.com/typed");
        }
        await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
        // Chromium asks for the icon again whenever the address changes, and Firefox looks for a newer service
        // worker when it likes.
        const told = [...page.requests.slice(before), ...asked.slice(served)].filter((path) => !/\/(icon\.svg|service-worker\.js)$/.test(path));
        assert.deepEqual(told, [], part);
      }
      await page.close();
      await server.close();
    });

    test("works without a network after the first load: parts that were never opened, too", async () => {
      const url = await start();
      const page = await browser.open(url);
      await kept(page);
      await server.close();
      await page.offline();
      for (const part of PARTS) await filled(page, url, part);
      await page.reload();
      await page.see(".part.api h2");
      await page.goto(`${url}index.html?from=mail#part=domain`);
      await page.see(".part.domain h2");
      await page.close();
    });

    test("a part that cannot be loaded says so, and can be tried again", async () => {
      const broken = mkdtempSync(join(tmpdir(), "prewash-page-"));
      cpSync(join(root, "www/dist"), broken, { recursive: true });
      rmSync(join(broken, "service-worker.js"));
      const [lost] = readdirSync(join(broken, "parts")).filter((name) => /^json-\w+\.js$/.test(name));
      const text = readFileSync(join(broken, "parts", lost));
      rmSync(join(broken, "parts", lost));
      const server = await serve(broken);
      const page = await browser.open(`${server.url}#part=json`);
      await page.see({ text: "JSON could not be loaded" });
      // The others are there.
      await page.click({ role: "link", name: "Domain", in: "#parts" });
      await page.see(".part.domain h2");
      await page.click({ role: "link", name: "JSON", in: "#parts" });
      await page.see({ text: "JSON could not be loaded" });
      writeFileSync(join(broken, "parts", lost), text);
      await page.click({ role: "button", name: "Try again" });
      await page.gone({ text: "JSON could not be loaded" });
      await page.see(".part.json h2");
      await page.close({ complaints: true });
      await server.close();
      rmSync(broken, { recursive: true, force: true });
    });

    test("a slow part says that it is loaded", async () => {
      let let_go;
      const held = new Promise((resolve) => (let_go = resolve));
      const server = await serve(join(root, "www/dist"), 0, (request, response) => {
        if (!/parts\/json-/.test(request.url)) return false;
        const path = join(root, "www/dist", request.url);
        void held.then(() => response.writeHead(200, { "content-type": "text/javascript" }).end(readFileSync(path)));
        return true;
      });
      const page = await browser.open(server.url);
      await page.click({ role: "link", name: "JSON", in: "#parts" });
      await page.see({ role: "status", text: "Loading JSON …" });
      let_go();
      await page.see(".part.json h2");
      await page.gone(".loading");
      await page.close();
      await server.close();
    });

    test("a newer version waits until it is asked for", async () => {
      const site = mkdtempSync(join(tmpdir(), "prewash-page-"));
      cpSync(join(root, "www/dist"), site, { recursive: true });
      const server = await serve(site);
      const page = await browser.open(server.url);
      await kept(page);
      // The next build: another name of the cache, another title.
      const worker = join(site, "service-worker.js");
      const build = readFileSync(worker, "utf8").match(/"([0-9a-f]{12})"/)[1];
      writeFileSync(worker, readFileSync(worker, "utf8").replaceAll(build, "0123456789ab"));
      writeFileSync(join(site, "index.html"), readFileSync(join(site, "index.html"), "utf8").replace("Static, with", "Newer, with"));
      await page.reload();
      await page.see({ text: /There is a newer version/ });
      assert.match(await page.text(".bottom"), /^Static, with/);
      await page.click({ role: "button", name: "Reload", in: ".bottom" });
      await page.see({ text: /^Newer, with/ });
      await kept(page);
      assert.equal(await page.evaluate(() => caches.keys().then((names) => names.length)), 1, "the old one is gone");
      await page.close();
      await server.close();
      rmSync(site, { recursive: true, force: true });
    });

    test("where JavaScript's WebAssembly is refused, the page says so", async () => {
      const server = await serve(join(root, "www/dist"), 0, (_, response) => {
        response.setHeader("content-security-policy", "script-src 'self'");
        return false;
      });
      const page = await browser.open(server.url);
      await page.eventually(async () => assert.match(await page.text("main"), /WebAssembly|wasm-unsafe-eval/));
      await page.close({ complaints: true });
      await server.close();
    });
  });
}

test("the folder has only what the page needs", () => {
  const names = readdirSync(join(root, "www/dist"));
  assert.deepEqual(names.filter((name) => !name.endsWith(".map")), ["api.css", "batch-worker.js", "batch.css", "domain.css", "icon.svg", "index.html", "json.css", "manifest.webmanifest", "page.js", "parts", "service-worker.js", "style.css"]);
  const html = readFileSync(join(root, "www/dist/index.html"), "utf8");
  for (const [, path] of html.matchAll(/(?:href|src)="([^"#]+)"/g)) assert.ok(existsSync(join(root, "www/dist", path)), path);
});
