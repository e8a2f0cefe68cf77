// Text is shown as text: whatever is typed, dropped, or in a link, no markup of it becomes an element,
// none of it runs, and messages hold nothing that turns or hides what stands beside it.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { root } from "../../scripts/command.mjs";
import { serve } from "../../scripts/serve.mjs";
import { browsers } from "./drive.mjs";

const MARKUP = `<img src=x onerror="globalThis.hit=1">"'><svg onload=globalThis.hit=1></textarea></title><script>globalThis.hit=1</script>{{7*7}}\${globalThis.hit=1}`;
const TURNED = "\u202eesrever\u2066\u200b\u061c";
const HOSTILE = `${MARKUP}${TURNED}`;
const ADDRESS = "javascript:globalThis.hit=1";

/** What came of it in a page: elements that only the hostile text can have made, attributes that run, messages. */
function found() {
  const made = [];
  const messages = [];
  const look = (node) => {
    for (const element of node.querySelectorAll("*")) {
      const attributes = [...element.attributes];
      const runs = attributes.filter(({ name, value }) => /^on/i.test(name) || /^\s*javascript:/i.test(value) && /^(?:href|src|action|formaction|xlink:href)$/.test(name));
      if (runs.length > 0 || element.matches("img[src=x], svg[onload], script:not([src]):not([type])")) made.push(element.outerHTML.slice(0, 200));
      if (element.matches(".message, [role=alert], .told, .result pre, .cm-content")) messages.push(element.textContent);
      if (element.shadowRoot) look(element.shadowRoot);
    }
  };
  look(document);
  return { made, messages, hit: globalThis.hit, dialogs: globalThis.dialogs ?? [], title: document.title };
}

/** Types into all there is to type into, as a visitor would; gives how many there were. */
function typeEverywhere(texts) {
  globalThis.dialogs = [];
  for (const name of ["alert", "confirm", "prompt"]) globalThis[name] = (text) => void globalThis.dialogs.push(`${name}: ${text}`);
  let count = 0;
  for (const element of document.querySelectorAll("input, textarea")) {
    if (["file", "checkbox", "radio", "hidden"].includes(element.type) || element.disabled || element.readOnly) continue;
    const text = texts[count++ % texts.length];
    const { set } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(element), "value");
    set.call(element, text);
    for (const type of ["input", "change", "blur"]) element.dispatchEvent(new Event(type, { bubbles: true }));
  }
  return count;
}

const [chromium] = browsers;

describe("hostile text in Chromium", { skip: chromium.missing }, () => {
  let server;
  let typed = 0;

  before(async () => {
    server = await serve(join(root, "www/dist"));
  });
  after(async () => {
    await chromium.close();
    await server?.close();
  });

  const address = (state) => `${server.url}#${new URLSearchParams(state)}`;

  /** Nothing came of it, now and a little later. */
  async function assertHarmless(page) {
    // Time for what is judged after a pause, and for an image that fails.
    await new Promise((resolve) => setTimeout(resolve, 400));
    const { made, messages, hit, dialogs, title } = await page.evaluate(found);
    assert.deepEqual({ made, hit, dialogs }, { made: [], hit: undefined, dialogs: [] });
    for (const message of messages) assert.doesNotMatch(message, /[\u200b-\u200f\u202a-\u202e\u2066-\u2069\u061c]/u, JSON.stringify(message));
    assert.ok(!title.includes("<img"));
    return messages;
  }

  const operations = ["monaco.upsertAccount", "monaco.upsertContact", "reply.updateContactAccount", "recotap.pushAccounts"];
  for (const operation of operations) {
    test(`in every field of the form of ${operation}`, async () => {
      const page = await chromium.open(address({ part: "form", operation }));
      await page.see(".part.form h2");
      const before = typed;
      for (const texts of [[HOSTILE], [ADDRESS, MARKUP], [TURNED, `https://${HOSTILE}`]]) {
        typed += await page.evaluate(typeEverywhere, texts);
        await assertHarmless(page);
      }
      assert.ok(typed > before);
      await page.close({ complaints: true });
    });
  }
  test("in a clean value, at its field and beside the form", async () => {
    const page = await chromium.open(address({ part: "form", operation: "monaco.upsertAccount" }));
    await page.see(".part.form h2");
    await page.fill({ label: /^Domain/ }, "acme.com");
    await page.fill({ label: /^Name/ }, ` A${TURNED}B `);
    await page.see({ text: /^will be sent as A\\u\{202e\}esrever/ });
    const said = await assertHarmless(page);
    assert.ok(said.some((text) => text.includes('"A\\u202eesrever')), JSON.stringify(said));
    await page.close({ complaints: true });
  });
  test("in the steps of a domain", async () => {
    const page = await chromium.open(address({ part: "domain" }));
    await page.see({ label: "Domain" });
    for (const text of [HOSTILE, `https://${MARKUP}.com/`, `user:${HOSTILE}@acme.com`, `acme.com/${HOSTILE}`, `${TURNED}acme.com`, ADDRESS]) {
      typed += 1;
      await page.fill({ label: "Domain" }, text.replace(/\n/g, ""));
      await assertHarmless(page);
    }
    await page.close({ complaints: true });
  });
  test("in a link", async () => {
    for (const state of [{ part: HOSTILE }, { part: "form", operation: HOSTILE }, { part: "json", body: JSON.stringify({ [HOSTILE]: HOSTILE, domain: HOSTILE }), operation: HOSTILE }, { part: "domain", domain: HOSTILE, text: HOSTILE }, { part: "api", document: HOSTILE }, { [HOSTILE]: HOSTILE }]) {
      const page = await chromium.open(address(state));
      await page.see("h1, h2");
      await assertHarmless(page);
      await page.close({ complaints: true });
    }
  });
  test("in the editor for JSON: keys, values, and what is no JSON", async () => {
    const body = JSON.stringify({ [HOSTILE]: HOSTILE, domain: HOSTILE, name: ` ${HOSTILE} `, linkedinUrl: ADDRESS, [`custom_field_${HOSTILE}`]: { [HOSTILE]: [HOSTILE] } });
    for (const text of [body, `{"a":${HOSTILE}`, HOSTILE, JSON.stringify([HOSTILE])]) {
      const page = await chromium.open(address({ part: "json", operation: "recotap.pushAccounts" }));
      await page.see({ label: "Body, JSON" });
      await page.drop(".dropzone, .drop, [data-drop], .json", { name: `${MARKUP.replaceAll("/", "")}.json`, content: text }).catch(async () => {
        await page.click({ label: "Body, JSON" });
        await page.insert(text);
      });
      typed += 1;
      await assertHarmless(page);
      await page.close({ complaints: true });
    }
  });
  test("in files of rows: their names, headers, keys and cells", async () => {
    const cell = `"${HOSTILE.replaceAll('"', '""')}"`;
    const name = MARKUP.replaceAll("/", "");
    const files = [
      { name: `${name}.csv`, content: `domain,name,${cell}\n${cell},${cell},${cell}\nacme.com,A,${cell}\n` },
      { name: `${name}.ndjson`, content: `${JSON.stringify({ domain: HOSTILE, name: HOSTILE, [HOSTILE]: HOSTILE })}\n{${HOSTILE}\n` },
      { name: `${name}.json`, content: JSON.stringify([{ domain: HOSTILE }, { domain: "a.com", name: HOSTILE, [HOSTILE]: { [HOSTILE]: 1 } }]) },
      { name: `${name}.txt`, content: HOSTILE },
    ];
    for (const file of files) {
      const page = await chromium.open(address({ part: "batch" }));
      await page.see(".drop");
      await page.setFiles("input[type=file]", file);
      await page.see({ text: /img src=x/ });
      typed += 1;
      await assertHarmless(page);
      typed += await page.evaluate(typeEverywhere, [HOSTILE]);
      await assertHarmless(page);
      await page.close({ complaints: true });
    }
  });
  test("in a document of one's own: its titles, paths, operations and fields", async () => {
    const schema = { type: "object", title: HOSTILE, description: HOSTILE, required: [HOSTILE], properties: { [HOSTILE]: { type: "string", title: HOSTILE, description: HOSTILE, enum: [HOSTILE, "b"], default: HOSTILE, examples: [HOSTILE] }, url: { type: "string", format: "uri", description: HOSTILE } } };
    const document = { openapi: "3.1.0", info: { title: HOSTILE, version: HOSTILE, description: HOSTILE }, servers: [{ url: ADDRESS }], externalDocs: { url: ADDRESS }, paths: { [`/${HOSTILE}`]: { post: { operationId: HOSTILE, summary: HOSTILE, description: HOSTILE, externalDocs: { url: ADDRESS }, requestBody: { content: { "application/json": { schema } } }, responses: {} } } } };
    for (const content of [JSON.stringify(document), `{"openapi":${HOSTILE}`, JSON.stringify({ ...document, paths: { [`/${HOSTILE}`]: { post: { operationId: HOSTILE, requestBody: { content: { "application/json": { schema: { type: HOSTILE, $ref: HOSTILE } } } } } } } })]) {
      const page = await chromium.open(address({ part: "api" }));
      await page.see(".dropzone");
      await page.drop(".dropzone", { name: `${MARKUP.replaceAll("/", "")}.json`, content });
      typed += 1;
      await assertHarmless(page);
      typed += await page.evaluate(typeEverywhere, [HOSTILE]);
      await assertHarmless(page);
      await page.close({ complaints: true });
    }
  });
  test("was typed in many places", (t) => {
    t.diagnostic(`${typed} places`);
    assert.ok(typed > 60, `${typed}`);
  });
});
