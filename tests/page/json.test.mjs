// The part JSON, as it is built and served, in each browser.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, describe, test } from "node:test";
import * as esbuild from "esbuild";
import { monaco } from "prewash";
import { root } from "../../scripts/command.mjs";
import { serve } from "../../scripts/serve.mjs";
import { random } from "../random.mjs";
import { browsers } from "./drive.mjs";

const EDITOR = { label: "Body, JSON" };
const CLEAN = { label: "Will be sent, JSON" };

const bad = readFileSync(join(root, "examples/bad/monaco.upsertAccount.json"), "utf8").trimEnd();

test("the differences, taken back, give what was typed", async () => {
  const { outputFiles } = await esbuild.build({ entryPoints: [join(root, "www/difference.ts")], bundle: true, format: "esm", write: false });
  const { differences } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
  const taken = (after, found) => found.reduceRight((text, { removed, from, to }) => text.slice(0, from) + removed + text.slice(to), after);
  for (let seed = 1; seed <= 300; seed += 1) {
    const below = random(seed);
    const items = Array.from({ length: 1 + below(60) }, (_, at) => ({ domain: `www.Acme${below(4)}.com`, tags: ["a", "b", below(3)], name: below(2) ? ` Zürich 🏔 ${at} ` : "Acme" }));
    const before = JSON.stringify({ items }, null, below(2) * 2);
    const after = JSON.stringify({
      items: items.filter(() => below(9) > 0).map(({ domain, tags, name }) => (below(3) ? { domain, tags, name } : { domain: domain.slice(4).toLowerCase(), name: name.trim(), ...(below(2) ? { tags: tags.slice(0, 1 + below(3)) } : {}) })),
    }, null, before.includes("\n") ? 2 : 0);
    const { found, more } = differences(before, after, 10_000);
    assert.equal(more, false);
    assert.equal(taken(after, found), before, `seed ${seed}`);
    assert.equal(found.length === 0, before === after);
  }
  assert.deepEqual(differences('{"a":" x ","b":null}', '{"a":"x"}', 10).found.map(({ removed }) => removed).join("|").includes('"b":null'), true);
});

for (const browser of browsers) {
  describe(`JSON in ${browser.name}`, { skip: browser.missing }, () => {
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
      page = await browser.open(`${server.url}#${new URLSearchParams({ part: "json", ...shown })}`, options);
      await page.see(EDITOR);
    }

    /** The lines of the editor, as they are shown. */
    const lines = async (editor = EDITOR) => await page.evaluate((label) => {
      const shown = [...document.querySelectorAll(".editor")].map((host) => host.shadowRoot.querySelector(".cm-content")).find((content) => content.getAttribute("aria-label") === label);
      return [...shown.querySelectorAll(".cm-line")].map((line) => line.textContent);
    }, editor.label);

    /** The marks: the line's number, what is underlined, and how grave it is. */
    const marks = async () => await page.evaluate(() => {
      const { shadowRoot } = document.querySelector(".editor");
      const shown = [...shadowRoot.querySelectorAll(".cm-line")];
      return shown.flatMap((line, at) => {
        const ranges = [...line.querySelectorAll(".cm-lintRange")];
        return ranges.map((range) => [at + 1, range.textContent, range.classList.contains("cm-lintRange-error") ? "error" : "warning"]);
      });
    });

    /** Drops a text where the editor's text begins: a paste, which Firefox lets no script imitate, does the same. */
    const drop = async (text) => await page.evaluate((text) => {
      const content = document.querySelector(".editor").shadowRoot.querySelector(".cm-content");
      const { left, top } = content.getBoundingClientRect();
      const dataTransfer = new DataTransfer();
      dataTransfer.setData("text/plain", text);
      content.dispatchEvent(new DragEvent("drop", { dataTransfer, clientX: left + 8, clientY: top + 12, bubbles: true, cancelable: true, composed: true }));
    }, text);

    const verdict = async () => await page.text(".judged .notice");
    const place = async () => (await page.text(".place .mono"));

    test("marks each issue where it is, in the text and beside its line", async () => {
      await open({ body: bad });
      await page.eventually(async () => assert.equal((await marks()).length, 8));
      assert.deepEqual(await marks(), [
        [2, '"Acme Corp"', "error"],
        [3, '"https://www.linkedin.com/in/jane-smith"', "error"],
        [4, "42", "error"],
        [5, '"customer"', "warning"],
        [6, '"note"', "warning"],
        [7, '"Jane Smith"', "error"],
        [8, '"Key account"', "error"],
        [9, '"custom_field_Region"', "error"],
      ]);
      const gutter = await page.evaluate(() => [...document.querySelector(".editor").shadowRoot.querySelectorAll(".cm-lint-marker")].map((one) => one.className.replace(/^.*-/, "")));
      assert.deepEqual(gutter, ["error", "error", "error", "warning", "warning", "error", "error", "error"]);
      assert.equal(await verdict(), "Not to be sent: 6 errors, 2 warnings");
      assert.equal(await page.count({ role: "region", name: "Will be sent" }), 0);
    });

    test("marks the right letters after some of two, three and four bytes", async () => {
      const body = '{"name": "Zürich – 🏔🏔", "domain": "localhost",\n "größe": "🏔", "status": "customer"}';
      await open({ body });
      await page.eventually(async () =>
        assert.deepEqual(await marks(), [
          [1, '"localhost"', "error"],
          [2, '"größe"', "warning"],
          [2, '"customer"', "warning"],
        ]),
      );
      const { issues } = monaco.upsertAccount.body.checkText(body);
      for (const { position } of issues.slice(1)) {
        await page.click({ role: "button", name: new RegExp(`go to line ${position.line}, column ${position.column}$`) });
        assert.equal(await place(), `${position.line}:${position.column}`);
      }
      // Typing goes to where the caret was taken.
      await page.click({ role: "button", name: "1:35, go to line 1, column 35" });
      await page.press("Delete");
      await page.eventually(async () => assert.match((await lines())[0], /"domain": localhost"/));
    });

    test("takes the caret to an issue, tells it below, and applies a suggestion by one click", async () => {
      await open({ body: bad });
      await page.click({ role: "button", name: "5:13, go to line 5, column 13" });
      assert.match(await page.focused(), /^div.*"Body, JSON"/);
      assert.equal(await place(), "5:13");
      assert.match(await page.text(".place"), /`customer` is not a usual value/);
      await page.click({ role: "button", name: 'Use "CUSTOMER"', in: ".place" });
      await page.eventually(async () => assert.equal((await lines())[4], '  "status": "CUSTOMER",'));
      // A suggestion for a key takes the key's place, from the list.
      await page.click({ role: "button", name: 'Use "notes"', in: ".told" });
      await page.eventually(async () => assert.equal((await lines())[5], '  "notes": "Asked for a quote in May",'));
      assert.equal(await verdict(), "Not to be sent: 6 errors");
      await page.press("Control+z");
      await page.eventually(async () => assert.equal((await lines())[5], '  "note": "Asked for a quote in May",'));
    });

    test("shows the body that will be sent, and what differs, by more than colour", async () => {
      const body = '{\n  "domain": "https://www.Acme.com/foo",\n  "name": " Zürich 🏔 ",\n  "employees": 1.0\n}';
      await open({ body });
      await page.see({ role: "region", name: "Will be sent" });
      const shown = await page.evaluate(() => {
        const { shadowRoot } = [...document.querySelectorAll(".editor")][1];
        const style = (element) => getComputedStyle(element).textDecorationLine;
        return {
          removed: [...shadowRoot.querySelectorAll("del")].map((one) => [one.textContent, style(one)]),
          added: [...shadowRoot.querySelectorAll("ins")].map((one) => [one.textContent, style(one)]),
          gutter: [...shadowRoot.querySelectorAll(".changes .cm-gutterElement")].filter((one) => one.textContent === "±" && one.style.visibility !== "hidden").length,
        };
      });
      assert.deepEqual(shown, {
        removed: [["https://www.Acme.com/foo", "line-through"], ["·", "line-through"], ["·", "line-through"]],
        added: [["acme.com", "underline"]],
        gutter: 2,
      });
      const { json } = monaco.upsertAccount.body.checkText(body);
      assert.equal(await page.copied(() => page.click({ role: "button", name: "Copy" })), json);
      const [file] = await page.downloads(() => page.click({ role: "button", name: "Download" }));
      assert.equal(file.name, "monaco.upsertAccount.json");
      assert.equal(file.bytes.toString(), json);
      assert.match(await verdict(), /^Ready to send, 1 warning, 2 changes$/);
      assert.match(await page.text(".timing"), /^\d+ bytes checked in .* ms, in this page|clock/);
    });

    test("says that nothing differs where the body is sent as it is", async () => {
      await open({ body: '{ "domain": "acme.com", "name": "Acme" }' });
      await page.see({ text: "The same, byte for byte." });
    });

    test("checks as one types, formats, undoes, and keeps the case in the address", async () => {
      await open();
      assert.equal(await verdict(), "Nothing to check yet");
      await page.focus(EDITOR);
      await page.type('{"domain":"www.acme.com","name":"A","big":12345678901234567890}');
      await page.eventually(async () => assert.equal(await verdict(), "Ready to send, 1 warning, 1 change"));
      await page.click({ role: "button", name: "Format" });
      const formatted = ["{", '  "domain": "www.acme.com",', '  "name": "A",', '  "big": 12345678901234567890', "}"];
      await page.eventually(async () => assert.deepEqual(await lines(), formatted));
      await page.check({ label: /Strict/ });
      await page.eventually(async () => assert.equal(await verdict(), "Not to be sent: 1 error, 1 change"));
      await page.eventually(async () => assert.match(await page.url(), /json\.strict=1/));
      await page.reload();
      await page.see(EDITOR);
      await page.eventually(async () => assert.deepEqual(await lines(), formatted));
      assert.equal(await verdict(), "Not to be sent: 1 error, 1 change");
    });

    test("writes the LinkedIn host that is chosen", async () => {
      await open({ body: '{"domain":"acme.com","name":"A","linkedin_url":"linkedin.com/company/acme"}' });
      await page.select({ label: "LinkedIn host" }, "apex");
      await page.eventually(async () => assert.match((await lines(CLEAN)).join(), /https:\/\/linkedin\.com\/company\/acme/));
      await page.select({ label: "LinkedIn host" }, "www");
      await page.eventually(async () => assert.match((await lines(CLEAN)).join(), /https:\/\/www\.linkedin\.com\/company\/acme/));
    });

    test("has samples of each operation", async () => {
      await open();
      for (const name of ["monaco.upsertContact", "recotap.pushAccounts"]) {
        await page.select({ label: "Operation" }, name);
        await page.click({ role: "button", name: "Sample with mistakes" });
        await page.eventually(async () => assert.match(await verdict(), /^Not to be sent: \d+ errors/));
        assert.ok((await marks()).length > 3);
      }
      await page.select({ label: "Operation" }, "monaco.upsertContact");
      await page.click({ role: "button", name: "Sample" });
      await page.eventually(async () => assert.match(await verdict(), /^Ready to send/));
    });

    test("bears whatever is typed", async () => {
      await open();
      for (const body of ["{", "null", "[]", "[".repeat(1000), "\u0001", '"<b>"', '{"a" "b"}', '{"domain":']) {
        await page.focus(EDITOR);
        await page.press("Control+a");
        await page.press("Delete");
        await page.eventually(async () => assert.equal(await verdict(), "Nothing to check yet"));
        await drop(body);
        await page.eventually(async () => assert.match(await verdict(), /^Not to be sent/, JSON.stringify(body)));
      }
    });

    test("is entered, used and left by the keyboard alone", async () => {
      await open({ body: bad });
      for (let step = 0; step < 30 && !/Body, JSON/.test(await page.focused()); step += 1) await page.press("Tab");
      assert.match(await page.focused(), /Body, JSON/);
      await page.press("F8");
      await page.press("F8");
      // The issue is told in a tooltip, below the editor, and to a screen reader.
      assert.match(await page.text(".place"), /is the page of a person/);
      await page.eventually(async () => assert.match(await page.evaluate(() => document.querySelector(".editor").shadowRoot.querySelector(".cm-tooltip")?.textContent), /is the page of a person/));
      assert.match(await page.evaluate(() => document.getElementById("said").textContent), /^error: .*is the page of a person/);
      await page.press("Shift+F8");
      assert.match(await page.text(".place"), /Acme Corp/);
      await page.press("Tab");
      assert.doesNotMatch(await page.focused(), /Body, JSON/);
      assert.equal((await lines()).join("\n"), bad, "Tab types nothing");
      await page.press("Shift+Tab");
      assert.match(await page.focused(), /Body, JSON/);
      await page.press("Shift+Tab");
      assert.match(await page.focused(), /Format/);
      const described = await page.evaluate(() => {
        const { shadowRoot } = document.querySelector(".editor");
        return shadowRoot.getElementById(shadowRoot.querySelector(".cm-content").getAttribute("aria-describedby")).textContent;
      });
      assert.match(described, /Tab leaves/);
    });

    for (const [name, indent] of [["in lines", 2], ["in one line", 0]]) {
      test(`answers while one types into a megabyte ${name}`, { timeout: 120_000 }, async (t) => {
        const accounts = Array.from({ length: 100 }, (_, at) => ({ domain: `https://www.Acme${at}.com/`, name: ` Acme ${at}`, tags: Array.from({ length: 280 }, (_, tag) => `a tag of some length, number ${at}-${tag} ❄`) }));
        const body = JSON.stringify({ accounts }, null, indent);
        assert.ok(Buffer.byteLength(body) > 1_000_000);
        await open({ operation: "recotap.pushAccounts" });
        await page.focus(EDITOR);
        await drop(body);
        await page.eventually(async () => assert.match(await verdict(), /changes$/));
        await new Promise((resolve) => setTimeout(resolve, 1500));
        await page.evaluate(() => {
          globalThis.prewashGaps = [];
          let last = performance.now();
          const tick = () => {
            const now = performance.now();
            globalThis.prewashGaps.push(now - last);
            last = now;
            requestAnimationFrame(tick);
          };
          requestAnimationFrame(tick);
        });
        await page.press("Control+Home");
        await page.press("ArrowRight");
        // A machine that does something else besides makes frames long: the best of some tries counts.
        let longest = Infinity;
        for (let turn = 0; turn < 4 && longest > 100; turn += 1) {
          await page.evaluate(() => globalThis.prewashGaps.splice(0));
          for (const letter of ` "upsert${turn}": true,`) {
            await page.type(letter);
            await new Promise((resolve) => setTimeout(resolve, 30));
          }
          await new Promise((resolve) => setTimeout(resolve, 2000));
          const gaps = (await page.evaluate(() => globalThis.prewashGaps)).sort((one, other) => other - one);
          longest = Math.min(longest, gaps[0]);
          t.diagnostic(`${browser.name}, ${name}: longest frames ${gaps.slice(0, 4).map((gap) => Math.round(gap)).join(", ")} ms; ${await page.text(".timing")}`);
        }
        assert.match((await lines())[0], /^\{ "upsert0": true,/);
        await page.eventually(async () => assert.match(await verdict(), /warnings?, \d+ changes$/));
        assert.ok(longest < 200, `a frame took ${longest} ms in the best of the tries`);
      });
    }
  });
}
