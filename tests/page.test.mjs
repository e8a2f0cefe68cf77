// The page as it is built and served, driven in Chromium.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, beforeEach, afterEach, describe, test } from "node:test";
import { monaco } from "prewash";
import { root } from "../scripts/command.mjs";
import { serve } from "../scripts/serve.mjs";
import { launchChromium } from "./browser.mjs";

describe("the page", () => {
  let server, browser, page;
  /** What the console complained about, and what was asked of the network once the page was there. */
  let complaints, requests;

  before(async () => {
    server = await serve(join(root, "www/dist"));
    browser = await launchChromium();
  });

  after(async () => {
    await browser?.close();
    await server?.close();
  });

  beforeEach(async () => {
    page = await browser.newPage();
    page.setDefaultTimeout(5000);
    complaints = [];
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.goto(server.url, { waitUntil: "networkidle" });
    requests = [];
    page.on("request", (request) => requests.push(request.url()));
  });

  afterEach(async () => {
    await page.close();
    assert.deepEqual(complaints, []);
    assert.deepEqual(requests, [], "what is typed stays in the page");
  });

  const body = () => page.getByLabel("JSON");
  const verdict = () => page.getByRole("status").textContent();
  const rows = async (title) => await page.getByRole("list", { name: title }).getByRole("listitem").allTextContents();
  const clean = () => page.getByRole("region", { name: "Will be sent" }).textContent();

  test("says what is wrong with a domain as it is typed, and shows the clean body once it is mended", async () => {
    const bad = '{ "domain": "localhost" }';
    await body().fill(bad);
    assert.equal(await verdict(), "Not to be sent, 1 error");
    const [{ message }] = monaco.upsertAccount.body.checkText(bad).issues;
    assert.deepEqual(await rows("Issues"), [`error 1:13 /domain ${message} single_label`]);
    assert.deepEqual(await rows("Changes"), ["None."]);
    assert.equal(await clean(), "Nothing, until the errors are mended.");

    await body().fill('{ "domain": "" }');
    await body().press("Home");
    for (let step = 0; step < '{ "domain": "'.length; step += 1) await body().press("ArrowRight");
    await body().pressSequentially("https://www.Acme.com/foo");
    assert.equal(await verdict(), "Ready to send, 1 change");
    assert.deepEqual(await rows("Issues"), ["None."]);
    assert.deepEqual(await rows("Changes"), ['/domain "https://www.Acme.com/foo" → "acme.com" domain']);
    assert.equal(await clean(), '{ "domain": "acme.com" }');
  });

  test("has every operation, each with an example that can be sent and one that cannot", async () => {
    const names = await page.getByLabel("Operation").getByRole("option").allTextContents();
    assert.deepEqual(names, [
      "monaco.upsertAccount",
      "monaco.upsertContact",
      "monaco.updateContact",
      "reply.updateContactAccount",
      "recotap.pushAccounts",
    ]);
    const requests = [];
    for (let index = 0; index < names.length; index += 1) {
      await page.getByLabel("Operation").selectOption({ index });
      requests.push(await page.locator("#request").textContent());
      // A batch is sent without its bad rows; as a body it is refused for them.
      if (names[index] !== "recotap.pushAccounts") assert.match(await verdict(), /^Ready to send/, names[index]);
      await page.getByRole("button", { name: "Example with mistakes" }).click();
      assert.match(await verdict(), /^Not to be sent, \d+ errors/, names[index]);
    }
    assert.deepEqual(requests, [
      "PUT /v1/preview/accounts/",
      "PUT /v1/contacts/",
      "PATCH /v1/preview/contacts/{contact_id}",
      "PUT /v3/contact-accounts/{id}",
      "POST /accounts",
    ]);
  });

  test("takes the caret to an issue, past what is more than one byte long", async () => {
    await body().fill('{ "name": "Zürich 🏔",\n  "domain": "localhost" }');
    await page.getByRole("button", { name: "go to line 2, column 13" }).click();
    const caret = await body().evaluate((area) => [area.selectionStart, document.activeElement === area]);
    assert.deepEqual(caret, ['{ "name": "Zürich 🏔",\n  "domain": '.length, true]);
  });

  test("bears whatever is typed", async () => {
    for (const text of ["", "{", "null", "[]", "[".repeat(1000), "\0", '"<b>"']) {
      await body().fill(text);
      assert.match(await verdict(), /^Not to be sent, /, JSON.stringify(text));
    }
  });

  test("fits a phone", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    assert.ok(content <= window, `${content} pixels wide in a window of ${window}`);
  });
});
