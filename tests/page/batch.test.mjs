// The part batch: files checked in the page, and what it saves compared with what the command writes.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { root } from "../../scripts/command.mjs";
import { serve } from "../../scripts/serve.mjs";
import { browsers } from "./drive.mjs";

/** What a visitor may wait for at most, in milliseconds, while 100,000 rows are checked. */
const AT_ONCE = 100;

const MANY = 100_000;

const folder = mkdtempSync(join(tmpdir(), "prewash-batch-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const ENDS = [
  (row) => `acme-${row}.com`,
  (row) => `https://www.Globex-${row}.de/about?x=1`,
  (row) => `WWW.Initech-${row}.CO.UK`,
  (row) => `info@hooli-${row}.io`,
  (row) => `acme-${row % 40}.com`,
  () => "n/a",
  () => "localhost",
  (row) => `www.münchen-${row}.de`,
  () => "",
];

/** A table with all that tables have: quotes, breaks and delimiters in cells, empty lines, too many cells. */
function table(rows) {
  const lines = ["name,Company website,LinkedIn page,tags,CONTRACT_VALUE_C,Notes"];
  for (let row = 0; row < rows; row++) {
    const name = row % 17 === 0 ? `"Company ""${row}"", Ltd"` : row % 23 === 0 ? `"Two\nlines ${row}"` : ` Company ${row}`;
    const linkedin = row % 5 === 0 ? `linkedin.com/company/c-${row}/` : row % 31 === 0 ? "linkedin.com/in/jane" : "";
    const note = row % 13 === 0 ? "=1+1" : "";
    lines.push([name, ENDS[row % ENDS.length](row), linkedin, row % 3 === 0 ? "a;b" : "", row % 7, note].join(",") + (row % 997 === 0 ? ",more" : ""));
    if (row % 1009 === 0) lines.push("");
  }
  return lines.join("\n");
}

/** The rows of the table as items. */
function items(rows) {
  return Array.from({ length: rows }, (_, row) => {
    const item = { domain: ENDS[row % ENDS.length](row), name: row % 41 === 0 ? 7 : `Company ${row}` };
    return row % 29 === 0 ? { ...item, Domain: "x" } : item;
  });
}

function file(name, content) {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** What the command writes. */
function command(operation, path, ...options) {
  const [out, report] = [join(folder, "out.ndjson"), join(folder, "report.ndjson")];
  const args = [join(root, "pkg/dist/cli.js"), "check", operation, path, "--out", out, "--report", report, ...options];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  assert.ok(status === 0 || status === 1, stderr);
  return { clean: readFileSync(out, "utf8"), report: readFileSync(report, "utf8") };
}

/** A report as the table of problems, by a way of its own. */
function problems(report) {
  const names = "row,index,column,severity,code,pointer,message,from,to,rule";
  const lines = report.split("\n").filter((line) => line !== "").map((line) => {
    const told = JSON.parse(line);
    return names.split(",").map((name) => {
      const value = told[name];
      if (value === undefined || (value === null && !["from", "to"].includes(name))) return "";
      let text = typeof value === "string" ? value : JSON.stringify(value);
      if (typeof value !== "number" && "=+-@\t\r".includes(text[0] ?? "x")) text = `'${text}`;
      return /[",\n\r]/.test(text) ? `"${text.split('"').join('""')}"` : text;
    }).join(",");
  });
  return [names, ...lines, ""].join("\r\n");
}

const INPUT = "input[aria-label^='Choose a CSV']";
const CHECK = { role: "button", name: /^Check (the file|again)$/ };
const DONE = { role: "heading", name: "Downloads" };
const SUMMARY = { role: "region", name: "Summary" };

const url = (server, operation, more = "") => `${server.url}#part=batch&operation=${operation}${more}`;

/** Opens the part, and waits until it is there. */
async function opened(browser, address) {
  const page = await browser.open(address);
  await page.see(".drop");
  return page;
}

async function checked(page, path) {
  await page.setFiles(INPUT, path);
  await page.see(".file-name");
  await page.waitFor((name) => document.querySelector(".file-name strong")?.textContent === name && !document.querySelector(".go .main").disabled, path.split("/").pop());
  await page.click(CHECK);
  await page.see(DONE, 90_000);
}

/** Saves all there is, and gives it. */
async function saved(page) {
  const one = async (name) => {
    const [{ name: called, bytes }] = await page.downloads(() => page.click({ role: "button", name }));
    return { called, text: bytes.toString("utf8") };
  };
  return { clean: await one(/^Save the cleaned/), problems: await one("Save the problems as CSV"), report: await one("Save the report") };
}

/** Compares what the page saves with what the command writes, byte for byte. */
async function same(page, expected) {
  const { clean, problems: csv, report } = await saved(page);
  assert.ok(clean.text === expected.clean, `cleaned: ${difference(clean.text, expected.clean)}`);
  assert.ok(report.text === expected.report, `report: ${difference(report.text, expected.report)}`);
  const wanted = problems(expected.report);
  assert.ok(csv.text === wanted, `problems: ${difference(csv.text, wanted)}`);
  return { clean, problems: csv, report };
}

function difference(actual, expected) {
  let at = 0;
  while (at < actual.length && actual[at] === expected[at]) at++;
  return `${actual.length} and ${expected.length} long, from ${at}: ${JSON.stringify(actual.slice(at - 60, at + 120))}, not ${JSON.stringify(expected.slice(at - 60, at + 120))}`;
}

for (const browser of browsers) {
  describe(`batch in ${browser.name}`, { skip: browser.missing }, () => {
    let server;
    before(async () => {
      server = await serve(join(root, "www/dist"));
    });
    after(async () => {
      await browser.close();
      await server.close();
    });

    test("checks 100,000 rows of CSV as the command does, and answers meanwhile", async (t) => {
      const path = file("accounts.csv", table(MANY));
      const expected = command("recotap.pushAccounts", path, "--map", "Company website=domain", "--map", "LinkedIn page=linkedinUrl", "--map", "Notes=", "--map", "CONTRACT_VALUE_C=");
      const page = await opened(browser, url(server, "recotap.pushAccounts"));
      await page.setFiles(INPUT, path);
      await page.see({ role: "region", name: "Columns" });
      assert.equal(await page.value({ label: "Field of the column Company website" }), "domain");
      assert.equal(await page.value({ label: "Field of the column LinkedIn page" }), "linkedinUrl");
      assert.equal(await page.value({ label: "Field of the column name" }), "name");
      assert.equal(await page.value({ label: "Field of the column Notes" }), "");

      // What else runs on the machine takes its time from the page too: the best of three runs counts, and
      // where frames are late while the page does nothing, or many programs wait for a processor, they say
      // nothing about the page. What was measured is told in any case.
      const idle = await page.evaluate(() => new Promise((done) => {
        const frames = [];
        const frame = () => {
          frames.push(performance.now());
          if (frames.at(-1) - frames[0] < 3000) requestAnimationFrame(frame);
          else done(Math.max(...frames.slice(1).map((time, at) => time - frames[at])));
        };
        requestAnimationFrame(frame);
      }));
      t.diagnostic(`${browser.name}: longest gap of frames while the page does nothing ${idle.toFixed(1)} ms`);
      let best;
      for (let run = 0; run < 3 && !(best?.frame <= AT_ONCE && best.key <= AT_ONCE); run++) {
        await page.evaluate(() => {
          const seen = (globalThis.seen = { frames: [], keys: [], going: true });
          const frame = () => {
            seen.frames.push(performance.now());
            if (seen.going) requestAnimationFrame(frame);
          };
          requestAnimationFrame(frame);
          globalThis.heard = (event) => seen.keys.push(performance.now() - event.timeStamp);
          addEventListener("keydown", globalThis.heard, true);
        });
        await page.click(CHECK);
        await page.see({ role: "searchbox", name: "Search" });
        await page.fill({ role: "searchbox", name: "Search" }, "hooli");
        const keysWhileRunning = await page.evaluate(() => document.querySelector("progress").checkVisibility());
        await page.fill({ role: "searchbox", name: "Search" }, "");
        // Not by asking the page again and again: that would be work of its own.
        await page.evaluate(() => new Promise((done) => {
          const looking = setInterval(() => {
            if (document.querySelector(".downloads:not([hidden])")) done(clearInterval(looking));
          }, 100);
        }));
        const { frames, keys } = await page.evaluate(() => {
          globalThis.seen.going = false;
          removeEventListener("keydown", globalThis.heard, true);
          return globalThis.seen;
        });
        const gaps = frames.slice(1).map((time, at) => time - frames[at]);
        const measured = { frame: Math.max(...gaps), key: Math.max(...keys), frames: frames.length, keys: keys.length };
        t.diagnostic(`${browser.name}: longest gap of ${measured.frames} frames ${measured.frame.toFixed(1)} ms, longest wait of ${measured.keys} keys ${measured.key.toFixed(1)} ms; ${await page.text(".results .quiet.small")}`);
        assert.ok(keysWhileRunning, "keys were pressed while rows were checked");
        if (!best || Math.max(measured.frame, measured.key) < Math.max(best.frame, best.key)) best = measured;
      }
      // Of the load this test has no more than two threads.
      const load = loadavg()[0] / availableParallelism();
      const busy = idle > AT_ONCE / 2 || load > 2;
      if (busy) t.diagnostic(`${browser.name}: the machine is too busy to be judged by, its load is ${load.toFixed(1)} for each processor`);
      assert.ok(busy || best.frame <= AT_ONCE, `a frame came after ${best.frame} ms`);
      assert.ok(busy || best.key <= AT_ONCE, `a key waited for ${best.key} ms`);

      const { clean, problems: csv } = await same(page, expected);
      assert.equal(clean.called, "accounts.clean.ndjson");
      assert.equal(csv.called, "accounts.problems.csv");
      const requests = clean.text.trimEnd().split("\n").map((line) => JSON.parse(line).accounts.length);
      assert.ok(requests.every((length) => length <= 100));
      assert.match(await page.text(SUMMARY), new RegExp(`${requests.reduce((sum, one) => sum + one).toLocaleString("en")} of 100,000 rows can be sent, in ${requests.length.toLocaleString("en")} requests`));

      // To the last row by the keyboard, and back.
      await page.focus("[role=grid]");
      assert.equal(await page.attribute("[role=grid]", "aria-rowcount"), String(MANY + 1));
      const active = () => page.evaluate(() => {
        const grid = document.querySelector("[role=grid]");
        const row = document.getElementById(grid.getAttribute("aria-activedescendant"));
        const [outer, inner] = [grid.getBoundingClientRect(), row.getBoundingClientRect()];
        return { index: Number(row.getAttribute("aria-rowindex")), seen: inner.top >= outer.top && inner.bottom <= outer.bottom + 1, elements: grid.querySelectorAll("[role=row]").length };
      });
      await page.press("End");
      assert.deepEqual({ ...(await active()), elements: 0 }, { index: MANY + 1, seen: true, elements: 0 });
      await page.press("PageUp");
      const up = await active();
      assert.ok(up.index < MANY && up.index > MANY - 40 && up.seen && up.elements < 60, JSON.stringify(up));
      await page.press("Home");
      await page.press("ArrowDown");
      assert.equal((await active()).index, 3);
      await page.close();
    });

    test("filters and searches, and opens a row", async () => {
      const path = file("some.csv", table(5000));
      const page = await opened(browser, url(server, "recotap.pushAccounts"));
      await checked(page, path);
      const shown = () => page.text(".card > .row > [role=status]");
      assert.equal(await shown(), "5,000 rows");
      const report = (await page.downloads(() => page.click({ role: "button", name: "Save the report" })))[0].bytes.toString();
      const rowsWith = (code) => new Set(report.split("\n").filter((line) => line !== "").map(JSON.parse).filter((one) => one.code === code).map(({ row }) => row)).size;
      await page.click({ role: "button", name: /^placeholder/ });
      await page.eventually(async () => assert.equal(await shown(), `${rowsWith("placeholder").toLocaleString("en")} of 5,000 rows`));
      await page.eventually(async () => assert.match(await page.url(), /batch\.code=placeholder/));
      await page.click({ role: "button", name: /^placeholder/ });
      await page.select({ label: "Status" }, "invalid");
      await page.fill({ label: "Search" }, "LOCALHOST");
      await page.eventually(async () => assert.match(await shown(), /^\d{3} of 5,000 rows$/));
      assert.deepEqual(new Set(await page.texts(".grid-body [role=row]:not([hidden]) .key")), new Set(["localhost"]));
      await page.fill({ label: "Search" }, "no such thing");
      await page.eventually(async () => assert.equal(await shown(), "0 of 5,000 rows"));
      await page.click({ role: "button", name: "Show all rows" });
      await page.eventually(async () => assert.equal(await shown(), "5,000 rows"));

      // The sixth row has `n/a` for a domain.
      await page.focus("[role=grid]");
      for (let step = 0; step < 5; step++) await page.press("ArrowDown");
      await page.press("Enter");
      await page.see("dialog[open]");
      const told = await page.text("dialog[open]");
      assert.match(told, /^Row 8 invalid/);
      assert.match(told, /placeholder/);
      assert.match(told, /Company website → domain n\/a/);
      assert.match(told, /Notes · left out empty/);
      await page.click({ role: "button", name: "Row before" });
      await page.eventually(async () => assert.match(await page.text("dialog[open]"), /acme-4\.com/));
      await page.press("Escape");
      await page.gone("dialog[open]");
      assert.match(await page.focused(), /^div "Rows"/);
      await page.close();
    });

    test("cancels in the middle, and checks again", async () => {
      const page = await opened(browser, url(server, "recotap.pushAccounts"));
      await page.click({ role: "button", name: "Sample of 100,000 rows" });
      await page.see({ role: "region", name: "Columns" });
      await page.click(CHECK);
      await page.waitFor(() => Number(document.querySelector("[role=grid]")?.getAttribute("aria-rowcount")) > 5000);
      await page.click({ role: "button", name: "Cancel" });
      const stopped = await page.text(".notes");
      const rows = Number(/^Stopped after ([\d,]+) rows/.exec(stopped)[1].replaceAll(",", ""));
      assert.ok(rows > 0 && rows < MANY, stopped);
      assert.equal(await page.count(DONE), 0);
      await page.click({ role: "button", name: "Check again" });
      await page.see(DONE, 90_000);
      assert.match(await page.text(SUMMARY), /of 100,000 rows can be sent/);
      await page.close();
    });

    test("takes the columns as they are mapped by hand", async () => {
      const path = file("mapped.csv", "a,b,Website,Website\nAcme,acme.com,globex.com,x\nGlobex,https://globex.com/,acme.com,y\n");
      const expected = command("recotap.pushAccounts", file("unique.csv", "a,b,Website,Website (2)\nAcme,acme.com,globex.com,x\nGlobex,https://globex.com/,acme.com,y\n"), "--map", "a=name", "--map", "b=domain", "--map", "Website=", "--map", "Website (2)=shortName");
      const page = await opened(browser, url(server, "recotap.pushAccounts"));
      await page.setFiles(INPUT, path);
      await page.see({ role: "region", name: "Columns" });
      // Its first cell is a domain.
      assert.equal(await page.value({ label: "Field of the column b" }), "domain");
      await page.select({ label: "Field of the column Website" }, "domain");
      assert.match(await page.text({ role: "region", name: "Columns" }), /Each field can be one column only/);
      assert.equal(await page.evaluate(() => document.querySelector(".go .main").disabled), true);
      await page.select({ label: "Field of the column Website" }, "");
      await page.select({ label: "Field of the column a" }, "name");
      await page.select({ label: "Field of the column Website (2)" }, "shortName");
      await page.click(CHECK);
      await page.see(DONE);
      await same(page, expected);
      // After a run they can be changed as well.
      await page.select({ label: "Field of the column Website (2)" }, "");
      await page.see({ text: /columns were changed since/ });
      await page.click(CHECK);
      await page.see(DONE);
      const [{ bytes }] = await page.downloads(() => page.click({ role: "button", name: /^Save the cleaned/ }));
      assert.equal(bytes.toString(), '{"accounts":[{"name":"Acme","domain":"acme.com"},{"name":"Globex","domain":"globex.com"}]}\n');
      await page.close();
    });

    test("knows what exists, custom fields, the segment, upsert and strict", async () => {
      const path = file("known.csv", table(1000));
      const existing = file("existing.txt", "acme-0.com\nacme-9.com,id-9\nwww.globex-1.de\n");
      const fields = '[{"key":"CONTRACT_VALUE_C","label":"Contract value","type":"number"}]';
      const maps = ["--map", "Company website=domain", "--map", "LinkedIn page=linkedinUrl", "--map", "Notes="];
      const known = ["--existing", existing, "--custom-fields", file("fields.json", fields)];
      const page = await opened(browser, url(server, "recotap.pushAccounts"));
      await page.setFiles(INPUT, path);
      await page.see({ label: "Existing domains" });
      await page.setFiles("input[aria-label='Existing domains: choose a file']", existing);
      await page.focus({ label: "Custom fields" });
      await page.insert(fields);
      await page.evaluate(() => document.activeElement.blur());
      await page.evaluate(() => [...document.querySelectorAll("textarea")].forEach((area) => area.dispatchEvent(new Event("change"))));
      await page.eventually(async () => assert.equal(await page.value({ label: "Field of the column CONTRACT_VALUE_C" }), "customFields.CONTRACT_VALUE_C"));
      await page.click(CHECK);
      await page.see(DONE);
      await same(page, command("recotap.pushAccounts", path, ...maps, ...known));
      assert.match(await page.text(SUMMARY), /0 updated/);

      await page.check({ label: "Update what exists (upsert)" });
      await page.check({ label: "Strict" });
      await page.fill({ label: "Segment id" }, "663f1c2ab94d5e0012ab34cd");
      await page.fill({ label: "The segment's type and status" }, "static/active");
      await page.press("Tab");
      await page.see({ text: /settings were changed since/ });
      await page.click(CHECK);
      await page.see(DONE);
      await page.eventually(async () => assert.match(await page.text(SUMMARY), /[1-9]\d* updated/));
      await same(page, command("recotap.pushAccounts", path, ...maps, ...known, "--upsert", "--strict", "--segment", "static/active", "--set", "segmentId=663f1c2ab94d5e0012ab34cd"));

      await page.fill({ label: "The segment's type and status" }, "dynamic/active");
      await page.press("Tab");
      await page.see({ text: /settings were changed since/ });
      await page.click(CHECK);
      await page.see(DONE);
      assert.match(await page.text(SUMMARY), /^0 of 1,000 rows can be sent, in 0 requests.*`dynamic`; it must be `static` \(in 10 requests\)/);
      await page.close();
    });

    test("reads NDJSON and JSON, and bodies of other operations", async () => {
      const rows = items(1500);
      const page = await opened(browser, url(server, "recotap.pushAccounts"));
      const ndjson = file("rows.ndjson", rows.map((row, at) => (at % 50 === 7 ? "{ broken" : JSON.stringify(row)) + (at % 90 === 0 ? "\n\n" : "\n")).join(""));
      await checked(page, ndjson);
      await same(page, command("recotap.pushAccounts", ndjson));
      const json = file("rows.json", JSON.stringify(rows, null, 2));
      await checked(page, json);
      await same(page, command("recotap.pushAccounts", json));
      await page.focus("[role=grid]");
      await page.press("Enter");
      assert.match(await page.text("dialog[open]"), /^Item 1 /);
      assert.match(await page.text("dialog[open]"), /As in the file \{ "domain": "acme-0\.com"/);
      await page.press("Escape");
      const whole = file("whole.json", JSON.stringify({ accounts: rows.slice(0, 60), upsert: true }));
      await checked(page, whole);
      await same(page, command("recotap.pushAccounts", whole));

      await page.select({ label: "Operation" }, "monaco.upsertAccount");
      await page.eventually(async () => assert.equal(await page.count({ label: "Existing domains" }), 0));
      await checked(page, ndjson);
      await same(page, command("monaco.upsertAccount", ndjson));
      assert.match(await page.text(SUMMARY), /ready can be sent.*refused cannot be sent/);
      const contacts = file("contacts.csv", "E-mail;First name;Last name\n jane@acme.com ;Jane;Doe\nomar@@acme.com;Omar;\n");
      await page.select({ label: "Operation" }, "monaco.upsertContact");
      await checked(page, contacts);
      await same(page, command("monaco.upsertContact", contacts));
      await page.close();
    });

    test("says what is wrong with a file", async () => {
      const page = await opened(browser, url(server, "recotap.pushAccounts"));
      const wrong = async (name, content, pattern) => {
        await page.setFiles(INPUT, { name, content });
        // What is huge is read up to the limit first.
        await page.eventually(async () => assert.match(await page.text("[role=alert]"), pattern), 60_000);
        assert.equal(await page.evaluate(() => document.querySelector(".go .main").disabled), true, name);
      };
      await wrong("empty.csv", "", /empty\.csv is empty/);
      await wrong("blank.ndjson", " \n\n", /nothing but white space/);
      await wrong("book.csv", new Uint8Array([0x50, 0x4b, 3, 4, 20, 0, 6, 0]), /workbook or an archive.*save it as CSV/);
      await wrong("picture.csv", new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]), /binary file, not text/);
      await wrong("wide.csv", Buffer.from("\ufeffname,domain\nAcme,acme.com\n", "utf16le"), /UTF-16 or UTF-32; save it as UTF-8/);
      await wrong("latin.csv", Buffer.from("name,domain\nMünchen,acme.com\n", "latin1"), /not UTF-8.*Latin-1/);
      // A line without end: a quote that is never closed.
      await wrong("huge.csv", `"${"x".repeat(17 << 20)}`, /is a quote not closed/);

      const half = file("half.csv", `name,domain\n${"Acme,acme.com\n".repeat(300)}"Globex,globex.com\n`);
      await checked(page, half);
      assert.match(await page.text("[role=alert]"), /only the rows before: half\.csv, line \d+: a cell's quote is never closed/);
      const long = file("long.ndjson", `{"domain":"acme.com","name":"Acme"}\n{"domain":"${"x".repeat(17 << 20)}"}\n{"domain":"globex.com","name":"Globex"}\n`);
      await checked(page, long);
      assert.match(await page.text(SUMMARY), /2 of 3 rows can be sent/);
      assert.deepEqual(await page.texts(".codes code"), ["too_large"]);
      await page.close();
    });

    test("comes back by its address", async () => {
      const page = await opened(browser, url(server, "monaco.upsertContact", "&batch.sample=1000&batch.strict=1"));
      await page.see({ text: "sample-1000.csv" });
      assert.equal(await page.checked({ label: "Strict" }), true);
      await page.eventually(async () => assert.equal(await page.evaluate(() => document.querySelector(".go .main").disabled), false));
      await page.click(CHECK);
      await page.see(DONE);
      assert.match(await page.text(SUMMARY), /of 1,000 rows can be sent/);
      await page.close();
    });
  });
}
