// examples/form, filled in and sent in Chromium.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { example } from "../../scripts/example.mjs";
import { launchChromium } from "../browser.mjs";

let form;
let browser;
before(async () => {
  form = await example("form");
  browser = await launchChromium();
});
after(async () => {
  await browser?.close();
  await form?.stop();
});

test("the form tells under its fields what is wrong and what will be sent, and gives the clean value", { timeout: 120_000 }, async () => {
  const page = await browser.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  // Vite bundles what the page needs when it is first asked for.
  await page.goto(form.url, { timeout: 60_000 });
  const field = (label) => page.getByLabel(label, { exact: true });
  const shows = async (label, note) => {
    const shown = page.locator(".field", { has: field(label) }).locator("p");
    await shown.filter({ hasText: note === "" ? /^$/ : note }).waitFor({ state: "attached", timeout: 20_000 });
    assert.equal(await shown.textContent(), note);
    assert.equal(await field(label).getAttribute("aria-describedby"), await shown.getAttribute("id"));
  };

  await field("Company domain").fill("https://www.Acme.com/foo");
  await shows("Company domain", "will be sent as acme.com");
  await field("Company domain").fill("acme.com");
  await shows("Company domain", "");
  await field("LinkedIn").fill("https://linkedin.com/company/acme");
  await page.getByRole("button", { name: "Send" }).click();
  await shows("LinkedIn", "`https://linkedin.com/company/acme` is the page of a company, and this field takes a person; give an address such as `https://linkedin.com/in/jane-smith`");
  await field("LinkedIn").fill("");
  await shows("LinkedIn", "");
  await page.getByRole("button", { name: "Send" }).click();
  await shows("Email", "`email` or `linkedin_url` is required");
  await field("Email").fill("ada@ACME.com");
  await shows("Email", "will be sent as ada@acme.com");
  await field("Company domain").fill("www.acme.com");
  await page.getByRole("button", { name: "Send" }).click();
  assert.deepEqual(JSON.parse(await page.locator("pre").textContent({ timeout: 20_000 })), { email: "ada@acme.com", domain: "acme.com" });
  assert.deepEqual(errors, []);
});
