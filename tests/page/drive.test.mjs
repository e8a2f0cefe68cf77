// The driver itself: each action in each browser, on a page of its own.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { serve } from "../../scripts/serve.mjs";
import { browsers } from "./drive.mjs";

const HTML = `<!doctype html><title>t</title><link rel=icon href="data:,">
<label for=a>Name</label><input id=a>
<fieldset><legend>Kind</legend><label><input type=checkbox> Tick</label></fieldset>
<select aria-label=Pick><option value=1>One<option value=2>Two</select>
<button>Copy</button><button hidden>Hidden</button><p>Some text <b>here</b></p>
<input type=file hidden><div id=zone>drop</div><div id=host></div>
<a href="#there">There</a>
<script type=module>
const note = document.querySelector("p");
document.querySelector("button").onclick = () => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(["saved"], { type: "text/csv" }));
  link.download = "a.csv";
  link.click();
  navigator.clipboard.writeText("copied");
};
document.querySelector("[type=file]").onchange = async ({ target }) => { note.textContent = target.files[0].name + " " + (await target.files[0].text()); };
const zone = document.querySelector("#zone");
zone.ondragover = (event) => event.preventDefault();
zone.ondrop = async (event) => { event.preventDefault(); zone.textContent = await event.dataTransfer.files[0].text(); };
const root = document.querySelector("#host").attachShadow({ mode: "open" });
root.innerHTML = "<textarea aria-label=Inside></textarea>";
</script>`;

for (const browser of browsers) {
  describe(browser.name, { skip: browser.missing }, () => {
    let server, page;

    before(async () => {
      server = await serve("/nowhere", 0, (_, response) => {
        response.setHeader("content-type", "text/html");
        response.end(HTML);
        return true;
      });
      page = await browser.open(server.url, { width: 390, height: 700 });
    });

    after(async () => {
      await browser.close();
      await server?.close();
    });

    test("fields", async () => {
      await page.fill({ label: "Name" }, "old");
      await page.fill({ label: "Name" }, "Zoë 🏔");
      assert.equal(await page.value({ label: "Name" }), "Zoë 🏔");
      await page.press("Control+a");
      await page.insert("pasted");
      assert.equal(await page.value("#a"), "pasted");
      assert.equal(await page.focused(), 'input#a "Name"');
      await page.check({ label: "Tick" });
      assert.equal(await page.checked({ label: "Tick" }), true);
      await page.select({ label: "Pick" }, "Two");
      assert.equal(await page.value({ role: "combobox", name: "Pick" }), "2");
      await page.click({ label: "Inside" });
      await page.type("in the shadow");
      assert.equal(await page.value({ label: /^Inside/ }), "in the shadow");
    });

    test("what is seen", async () => {
      assert.deepEqual(await page.texts({ role: "button" }), ["Copy"]);
      assert.equal(await page.count({ role: "group", name: "Kind" }), 1);
      assert.equal(await page.count({ text: "Nothing" }), 0);
      assert.equal(await page.text({ text: /^Some/ }), "Some text here");
      assert.deepEqual(await page.evaluate((a, b) => [a + b, innerWidth], 1, 2), [3, 390]);
      await page.resize(1000);
      await page.waitFor(() => innerWidth === 1000);
      await page.eventually(async () => assert.equal(await page.text("#zone"), "drop"));
    });

    test("files", async () => {
      await page.setFiles("[type=file]", { name: "rows.csv", content: "a,b" });
      await page.see({ text: "rows.csv a,b" });
      await page.drop("#zone", { name: "d.csv", content: "dropped" });
      await page.see({ text: "dropped" });
      const [file] = await page.downloads(() => page.click({ role: "button", name: "Copy" }));
      assert.deepEqual([file.name, file.bytes.toString()], ["a.csv", "saved"]);
      assert.equal(await page.copied(() => page.click({ role: "button", name: "Copy" })), "copied");
    });

    test("going about", async () => {
      await page.goto(`${server.url}#x=1`);
      await page.click({ role: "link", name: "There" });
      assert.match(await page.url(), /#there$/);
      await page.reload();
      await page.offline();
      assert.match(await page.evaluate(() => fetch("/?offline").then(() => "there", () => "not there")), /^not there$/);
      await page.offline(false);
      assert.ok(page.requests.includes(server.url));
    });

    test("complaints", async () => {
      await page.evaluate(() => console.error("bad"));
      await page.eventually(async () => assert.ok((await page.complaints()).includes("bad")));
      await assert.rejects(page.close(), /bad/);
    });

    test("dark", async () => {
      const dark = await browser.open(server.url, { dark: true });
      assert.equal(await dark.evaluate(() => matchMedia("(prefers-color-scheme: dark)").matches), true);
      await dark.close();
    });
  });
}
