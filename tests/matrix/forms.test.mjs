// Form libraries, in a page with real forms that are filled in and sent in Chromium.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import { serve } from "../../scripts/serve.mjs";
import { launchChromium } from "../browser.mjs";
import { places, versionOf } from "./place.mjs";
import { row } from "./row.mjs";
import { noIdentifier, wrongItem } from "./said.mjs";

const require = createRequire(join(places, "package.json"));

/** Bundles a fixture's page and opens it. */
async function opened(folder, use) {
  const { build } = require("esbuild");
  await build({
    entryPoints: [join(folder, "main.jsx")],
    outfile: join(folder, "main.js"),
    bundle: true,
    format: "esm",
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"' },
    logLevel: "error",
  });
  const server = await serve(folder);
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(20_000);
    const errors = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
    await page.goto(server.url);
    const proof = await use(page);
    assert.deepEqual(errors, []);
    return { proof, chromium: browser.version() };
  } finally {
    await browser.close();
    await server.close();
  }
}

/** A form of the page, as its user has it. */
function formOf(page, name) {
  const form = page.getByRole("form", { name });
  return {
    type: (label, text) => form.getByLabel(label, { exact: true }).fill(text),
    press: (name) => form.getByRole("button", { name }).click(),
    /** The messages by the label of their field, once there are as many. */
    async told(count) {
      const all = form.locator('[role="alert"]:not(:empty)');
      await all.nth(count - 1).waitFor();
      assert.equal(await all.count(), count);
      return Object.fromEntries(await all.evaluateAll((alerts) => alerts.map((alert) => [alert.parentElement.querySelector("label").textContent.trim(), alert.textContent])));
    },
    sent: async () => {
      await form.locator("pre:not(:empty)").waitFor();
      return JSON.parse(await form.locator("pre").textContent());
    },
  };
}

/** Fills in both forms wrongly, reads what is told where, mends it, and sees what is sent. */
async function filledIn(page) {
  const contact = formOf(page, "Contact");
  await contact.type("Company domain", "localhost");
  await contact.press("Send");
  assert.deepEqual(await contact.told(2), {
    Email: noIdentifier.message,
    "Company domain": "`localhost` is a single name; give a whole domain such as `acme.com`",
  });
  await contact.type("Email", " ada@ACME.com ");
  await contact.type("Company domain", "https://www.Acme.com/foo");
  await contact.press("Send");
  assert.deepEqual(await contact.sent(), { email: "ada@acme.com", domain: "acme.com" });

  const accounts = formOf(page, "Accounts");
  await accounts.press("Add");
  const [first, second] = wrongItem.body.accounts;
  for (const [label, text] of [["Domain 1", first.domain], ["Name 1", first.name], ["Domain 2", second.domain]]) await accounts.type(label, text);
  await accounts.press("Send");
  assert.deepEqual(await accounts.told(2), { "Domain 2": wrongItem.message, "Name 2": "`name` is required" });
  await accounts.type("Domain 2", "WWW.Globex.com");
  await accounts.type("Name 2", "Globex ");
  await accounts.press("Send");
  assert.deepEqual(await accounts.sent(), { accounts: [{ domain: "acme.com", name: "Acme" }, { domain: "globex.com", name: "Globex" }] });
  return await page.evaluate("proof()");
}

function form(name, fixture, version) {
  let chromium;
  row(`${name}, Chromium`, {
    fixture,
    version: async () => `${await version()}, Chromium ${chromium}`,
    async run(folder) {
      const { proof, ...used } = await opened(folder, filledIn);
      ({ chromium } = used);
      return { ...proof, also: ["messages at their fields, across fields and in a batch", "the cleaned value sent"] };
    },
  });
}

form("react-hook-form", "react-hook-form", async () => `${await versionOf("react-hook-form")}, @hookform/resolvers ${await versionOf("@hookform/resolvers")}`);
form("TanStack Form", "tanstack-form", () => versionOf("@tanstack/react-form"));
