// The part "Your API", as it is built and served, in each browser.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, describe, test } from "node:test";
import { root } from "../../scripts/command.mjs";
import { serve } from "../../scripts/serve.mjs";
import { browsers } from "./drive.mjs";

const DOCUMENT = { label: "Document, JSON" };
const sample = readFileSync(join(root, "www/leads.openapi.json"), "utf8");

/** A small API; `size` is the type of its second field, and may be none that there is. */
const orders = (size = "integer", more = {}) =>
  JSON.stringify({
    openapi: "3.0.3",
    info: { title: "Orders", version: "1" },
    paths: {
      "/orders": {
        get: { operationId: "listOrders", responses: { 200: { description: "all" } } },
        post: {
          operationId: "createOrder",
          description: "Creates an order.",
          requestBody: { content: { "application/json": { schema: { type: "object", required: ["email"], properties: { email: { type: "string", format: "email" }, size: { type: size }, ...more } } } } },
          responses: { 201: { description: "made" } },
        },
      },
    },
  });

for (const browser of browsers) {
  describe(`Your API in ${browser.name}`, { skip: browser.missing }, () => {
    let server, page;

    before(async () => {
      server = await serve(join(root, "www/dist"));
    });

    after(async () => {
      await browser.close();
      await server?.close();
    });

    afterEach(async () => {
      await page?.close();
      page = undefined;
    });

    async function open(shown = {}, options = {}) {
      page = await browser.open(`${server.url}#${new URLSearchParams({ part: "api", ...shown })}`, options);
      await page.see(shown.part === "json" ? { label: "Body, JSON" } : DOCUMENT);
    }

    const paste = async (text) => {
      await page.fill(DOCUMENT, "");
      await page.insert(text);
      await page.click({ role: "button", name: "Use this document" });
    };
    const told = async () => await page.text(".outcome .notice");
    const operations = async () => await page.texts(".operations h3");

    test("lists the operations of the sample, with their fields", async () => {
      await open();
      await page.click({ role: "button", name: "Try a sample document" });
      assert.equal(await told(), "The sample is in use: 2 operations in the picker.");
      assert.deepEqual(await operations(), ["api.createLead", "api.importLeads"]);
      assert.deepEqual(await page.texts(".operations .request"), ["/leads", "/leads/batch"]);
      assert.equal(await page.value(DOCUMENT), sample);
      await page.click({ text: "8 fields" });
      const rows = await page.texts({ role: "row", in: ".operations [open]" });
      assert.deepEqual(rows.slice(0, 3), ["Field Takes Meaning", "website required string, domain The company's domain", "name required string The company's name"]);
      assert.equal(await page.count({ role: "link", name: "Open in Batch: api.importLeads" }), 1);
      assert.equal(await page.count({ role: "link", name: "Open in Batch: api.createLead" }), 0, "it takes one lead");
    });

    test("opens an operation in JSON, where it is picked and judged", async () => {
      await open();
      await page.click({ role: "button", name: "Try a sample document" });
      await page.click({ role: "link", name: "Open in JSON: api.createLead" });
      await page.see({ label: "Body, JSON" });
      assert.equal(await page.value({ label: "Operation", in: ".json" }), "api.createLead");
      await page.focus({ label: "Body, JSON" });
      await page.type('{"website":"https://www.Acme.com/","name":" Acme ","cf_size":5}');
      await page.eventually(async () => assert.equal(await page.text(".judged .notice"), "Ready to send, 2 changes"));
    });

    test("takes a file, chosen or dropped", async () => {
      await open();
      await page.setFiles(".api input[type=file]", { name: "orders.json", content: `\uFEFF${orders()}` });
      await page.eventually(async () => assert.equal(await told(), "orders.json is in use: 1 operation in the picker."));
      assert.deepEqual(await operations(), ["api.createOrder"], "one that takes no body is left out");
      await page.drop(".dropzone", { name: "leads.json", content: sample });
      await page.eventually(async () => assert.equal(await told(), "leads.json is in use: 2 operations in the picker."));
      assert.deepEqual(await operations(), ["api.createLead", "api.importLeads"], "in the place of the one before");
    });

    test("takes what is pasted, and a JSON Schema", async () => {
      await open();
      await paste(JSON.stringify({ title: "Tag", $ref: "#/$defs/tag", $defs: { tag: { type: "object", properties: { site: { type: "string", format: "domain" } } } } }));
      assert.equal(await told(), "The document is in use: 1 operation in the picker.");
      assert.deepEqual(await operations(), ["api.body"]);
      await page.reload();
      await page.see({ text: "api.body" });
      assert.match(await page.value(DOCUMENT), /"title": "Tag"/);
      assert.doesNotMatch(await page.value(DOCUMENT), /openapi/);
      await page.click({ role: "link", name: "Open in JSON: api.body" });
      await page.focus({ label: "Body, JSON" });
      await page.type('{"site":"www.acme.com"}');
      await page.eventually(async () => assert.equal(await page.text(".judged .notice"), "Ready to send, 1 change"));
    });

    test("says what is wrong with a document, and where", async () => {
      await open();
      for (const [text, message] of [
        ["", /^There is no document yet/],
        ["openapi: 3.1.0\ninfo:\n", /^At line 1, column 1: not JSON: .* It looks like YAML: convert it to JSON first\./],
        ['{\n  "größe": "🏔", x }', /^At line 2, column 17: not JSON/],
        ["[]", /both are objects/],
        ['{"swagger":"2.0","paths":{}}', /at `\/openapi`/],
        [orders("text"), /at `\/paths\/~1orders\/post\/requestBody\/content\/application~1json\/schema\/properties\/size\/type`/],
        ['{"$defs":{"a":{"type":"text"}},"$ref":"#/$defs/a"}', /at `\/\$defs\/a\/type`/],
      ]) {
        await paste(text);
        await page.eventually(async () => assert.match(await told(), message));
        assert.equal(await page.attribute(DOCUMENT, "aria-invalid"), "true");
      }
      assert.deepEqual(await operations(), []);
      await paste('{\n  "größe": "🏔", x }');
      await page.click({ role: "button", name: "Go there" });
      assert.equal(await page.evaluate(() => document.activeElement.value.slice(document.activeElement.selectionStart)), "x }");
    });

    test("a mistake leaves the document before in use", async () => {
      await open();
      await paste(orders());
      await paste(orders("text"));
      await page.see({ text: /give `null`/ });
      assert.deepEqual(await operations(), ["api.createOrder"]);
    });

    test("an address with an own API works in a fresh page", async () => {
      await open();
      await paste(orders());
      await page.click({ role: "link", name: "Open in JSON: api.createOrder" });
      await page.focus({ label: "Body, JSON" });
      await page.type('{"email":"Jane@ACME.com","size":"2"}');
      await page.eventually(async () => assert.deepEqual([...new URLSearchParams(new URL(await page.url()).hash.slice(1)).entries()].filter(([key]) => key !== "api.document"), [["part", "json"], ["operation", "api.createOrder"], ["body", '{"email":"Jane@ACME.com","size":"2"}']]));
      assert.match(await page.url(), /api\.document=/);
      const address = await page.url();
      await page.close();
      page = await browser.open(address);
      await page.see({ label: "Body, JSON" });
      assert.equal(await page.value({ label: "Operation" }), "api.createOrder");
      await page.eventually(async () => assert.equal(await page.text(".judged .notice"), "Not to be sent: 1 error, 1 change"));
    });

    test("a document too long for an address comes back after a reload, until it is removed", async () => {
      // Of digits like any: what repeats itself would be packed into the address.
      const digits = (at) => Array.from({ length: 8 }, (_, n) => Math.sin(at * 8 + n + 1)).join(" ");
      const long = orders("integer", Object.fromEntries(Array.from({ length: 400 }, (_, at) => [`field${at}`, { type: "string", description: digits(at) }])));
      await open();
      await paste(long);
      await page.see({ text: "402 fields" });
      await new Promise((resolve) => setTimeout(resolve, 300));
      assert.ok((await page.url()).length < 1000, "it is written a moment later, without the document");
      await page.reload();
      await page.see({ text: "402 fields" });
      assert.equal(await page.value(DOCUMENT), long);
      await page.click({ role: "link", name: "Open in JSON: api.createOrder" });
      await page.see({ label: "Body, JSON" });
      await page.click({ role: "link", name: "Your API" });
      await page.click({ role: "button", name: "Remove" });
      assert.deepEqual(await operations(), []);
      assert.equal(await page.value(DOCUMENT), "");
      await page.click({ role: "link", name: "JSON" });
      assert.equal(await page.value({ label: "Operation" }), "monaco.upsertAccount");
      await page.eventually(async () => assert.match(await page.url(), /part=json/));
      await page.reload();
      await page.see({ label: "Body, JSON" });
      assert.equal(await page.value({ label: "Operation" }), "monaco.upsertAccount");
      assert.doesNotMatch(await page.text({ label: "Operation" }), /api\./);
    });

    test("works from the keyboard alone", async () => {
      await open();
      const to = async (name) => {
        for (let step = 0; step < 40 && !name.test(await page.focused()); step += 1) await page.press("Tab");
        assert.match(await page.focused(), name);
      };
      await to(/Try a sample document/);
      await page.press("Enter");
      await to(/8 fields/);
      await page.press("Enter");
      assert.equal(await page.count({ role: "table", name: "Fields of api.createLead" }), 1);
      await to(/Open in JSON: api\.createLead/);
      await page.press("Enter");
      await page.see({ label: "Body, JSON" });
    });
  });
}
