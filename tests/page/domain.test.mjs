// The domain part: what its steps tell is true, and what it shows is what the package says.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { cleanDomain } from "prewash";
import { build } from "esbuild";
import { root } from "../../scripts/command.mjs";
import { serve } from "../../scripts/serve.mjs";
import { browsers } from "./drive.mjs";

const shared = process.env.PREWASH_SHARED ?? fileURLToPath(new URL("../../../shared", import.meta.url));
const cases = join(shared, "cases/domain.tsv");

/** The steps as the page has them, on the package as Node has it. */
async function load() {
  const { outputFiles } = await build({ entryPoints: [join(root, "www/steps.ts")], bundle: true, format: "esm", write: false, external: ["prewash"] });
  // Beside the tests' own imports, so that `prewash` is found.
  const code = outputFiles[0].text.replace(/from "prewash"/g, `from ${JSON.stringify(import.meta.resolve("prewash"))}`);
  return await import(`data:text/javascript,${encodeURIComponent(code)}`);
}

const { trace } = await load();

/** What must hold of the steps of any input. */
function assertTrue(text) {
  const result = cleanDomain(text);
  const { steps, ok, value } = trace(text);
  const shown = JSON.stringify({ text, steps: steps.map(({ title, state, text }) => [title, state, text]) });
  assert.equal(ok, result.ok, shown);
  const refused = steps.filter(({ state }) => state === "refused");
  if (result.ok) {
    assert.equal(refused.length, 0, shown);
    assert.equal(steps.at(-1).text, result.value, shown);
    assert.equal(value, result.value);
  } else {
    assert.equal(refused.length, 1, shown);
    assert.equal(refused[0].note, result.issues.find(({ severity }) => severity === "error").message);
    const at = steps.indexOf(refused[0]);
    assert.ok(steps.slice(at + 1).every(({ state }) => state === "off"), shown);
  }
}

const refusedAt = (text) => trace(text).steps.find(({ state }) => state === "refused")?.title;
const changes = (text) => trace(text).steps.flatMap(({ title, state, text }) => (state === "changed" ? [[title, text]] : []));

describe("the steps of cleaning a domain", () => {
  test("end where the package ends, for all known cases", { skip: existsSync(cases) ? false : `the acceptance cases are not at ${cases}; name the folder that has cases/ with PREWASH_SHARED` }, () => {
    const rows = readFileSync(cases, "utf8").trim().split("\n").slice(1);
    assert.ok(rows.length > 100);
    for (const row of rows) assertTrue(JSON.parse(row.split("\t")[0]));
  });

  test("end where the package ends, for texts put together by chance", () => {
    const parts = ["", " ", "http://", "HTTPS:", "//", "www.", "acme", "Acme", "ü", "münchen", "xn--mnchen-3ya", ".", ".", "。", ".com", ".de", "com", ":80", ":x", "/", "?a@b", "@", "jane@", "%61", "%C3%BC", "%", "-", "_", ",", ";", "\u200b", "\u00ad", "1", "127.0.0.1", "[::1]", "n/a", "\n", "#", "א", "0x7f"];
    let seed = 7;
    const next = (below) => {
      seed = (seed * 48271) % 2147483647;
      return seed % below;
    };
    for (let round = 0; round < 50_000; round += 1) assertTrue(Array.from({ length: 1 + next(7) }, () => parts[next(parts.length)]).join(""));
  });

  test("tell what each has changed", () => {
    assert.deepEqual(changes(" https://jane:x@www.M%C3%BCnchen.DE.:8080/a?b "), [
      ["Trim", "https://jane:x@www.M%C3%BCnchen.DE.:8080/a?b"],
      ["Scheme", "jane:x@www.M%C3%BCnchen.DE.:8080/a?b"],
      ["Authority", "jane:x@www.M%C3%BCnchen.DE.:8080"],
      ["User part", "www.M%C3%BCnchen.DE.:8080"],
      ["Port", "www.M%C3%BCnchen.DE."],
      ["Percent-decoding", "www.München.DE."],
      ["UTS #46", "www.xn--mnchen-3ya.de."],
      ["Root dot", "www.xn--mnchen-3ya.de"],
      ["www.", "xn--mnchen-3ya.de"],
    ]);
  });

  test("tell where a text is refused", () => {
    for (const [text, title] of [
      ["", "Trim"],
      ["n/a", "Trim"],
      ["www.n.a", "www."],
      ["tel:911", "Scheme"],
      ["https://", "Authority"],
      ["acme.com, foo.com", "Authority"],
      ["acme corp.com", "Authority"],
      ["jane@acme.com", "User part"],
      ["[::1]", "Port"],
      ["acme.com:99999", "Port"],
      ["xn--a.com", "UTS #46"],
      ["192.168.0.1", "Number"],
      ["acme.123", "Number"],
      ["acme..com", "Root dot"],
      ["localhost", "Root dot"],
    ])
      assert.equal(refusedAt(text), title, text);
  });
});

for (const browser of browsers) {
  describe(browser.name, { skip: browser.missing }, () => {
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
    });

    const open = async (state = {}, options = {}) => {
      page = await browser.open(`${server.url}#${new URLSearchParams({ part: "domain", ...state })}`, options);
      await page.see(".domain-part h2");
    };
    const verdict = (expected) => page.eventually(async () => (assert.match(await page.text(".verdict"), expected), true));
    const states = () => page.evaluate(() => [...document.querySelectorAll(".step")].map(({ className }) => className.replace("step ", "")));

    test("a domain is cleaned as it is typed, step by step", async () => {
      await open();
      await page.fill({ label: "Domain" }, "https://www.Acme.com/foo");
      await verdict(/^Sent as acme\.com$/);
      assert.deepEqual(await states(), ["same", "changed", "changed", "same", "same", "same", "changed", "same", "same", "changed"]);
      assert.match(await page.text(".domain-card > .small"), /^Checked in (under )?[\d.]+ (µs|ms)/);
      await page.eventually(async () => (assert.match(await page.url(), /domain\.text=https.*foo/), true));
      await page.reload();
      await verdict(/^Sent as acme\.com$/);
    });

    test("why one is refused, and what was meant, by keyboard", async () => {
      await open({ "domain.text": "jane@acme.com" });
      await verdict(/is an e-mail address/);
      assert.deepEqual(await states(), ["same", "same", "same", "refused", "off", "off", "off", "off", "off", "off"]);
      assert.equal(await page.attribute({ label: "Domain" }, "aria-invalid"), "true");
      await page.focus({ role: "button", name: "Take acme.com" });
      await page.press("Enter");
      await verdict(/^Sent as acme\.com$/);
      assert.match(await page.focused(), /Domain/);
    });

    test("samples, each with the package's own verdict", async () => {
      await open();
      const samples = await page.texts(".samples button");
      assert.ok(samples.length >= 8);
      for (const name of samples) {
        await page.click({ role: "button", name, in: ".samples" });
        const result = cleanDomain(await page.value({ label: "Domain" }));
        const expected = result.ok ? `Sent as ${result.value}` : result.issues[0].message;
        await page.eventually(async () => (assert.ok((await page.text(".verdict")).startsWith(expected.replace(/\s+/g, " "))), true));
      }
    });

    test("a list: cleaned line by line, counted and copied", async () => {
      await open({}, { width: 390, dark: true });
      await page.click({ role: "button", name: "List" });
      await page.focus({ label: "Domains, one a line" });
      const lines = ["https://www.Acme.com/foo", "acme.com", "globex.com", "n/a", ...Array.from({ length: 2000 }, (_, index) => `WWW.a${index}.com`)];
      await page.insert(lines.join("\n"));
      await page.eventually(async () => (assert.equal(await page.text('[aria-label="Cleaned list"] .notice'), "2,003 domains, 2,002 different ones; 1 refused"), true));
      const copied = await page.copied(() => page.click({ role: "button", name: "Copy the clean ones" }));
      assert.deepEqual(copied.trimEnd().split("\n"), ["acme.com", "globex.com", ...Array.from({ length: 2000 }, (_, index) => `a${index}.com`)]);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    });

    test("several lines pasted into the field become a list", async () => {
      await open();
      await page.focus({ label: "Domain" });
      // Firefox hands no data to a paste that is made up: it is put there.
      await page.evaluate(() => {
        const paste = new Event("paste", { bubbles: true, cancelable: true });
        document.activeElement.dispatchEvent(Object.assign(paste, { clipboardData: { getData: () => "acme.com\nglobex.com" } }));
      });
      await page.eventually(async () => (assert.equal(await page.value({ label: "Domains, one a line" }), "acme.com\nglobex.com"), true));
    });
  });
}
