// The form part: from an empty form to a request that can be sent, as a visitor does it.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, describe, test } from "node:test";
import { build } from "esbuild";
import { monaco, recotap, reply } from "prewash";
import ts from "typescript";
import { root } from "../../scripts/command.mjs";
import { serve } from "../../scripts/serve.mjs";
import { browsers } from "./drive.mjs";

const UUID = "3c90c3cc-0d44-4b50-8888-8dd25736052a";
const CUSTOM = "1a2b3c4d-5e6f-4a7b-8c9d-0e1f2a3b4c5d";
const example = (name) => readFileSync(join(root, "examples", `${name}.json`), "utf8");

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
      page = undefined;
    });

    const open = async (operation, { body, ...options } = {}) => {
      const hash = new URLSearchParams({ operation, ...(body === undefined ? {} : { body }) });
      page = await browser.open(`${server.url}#${hash}`, options);
      await page.see(".form-part .field");
    };
    const button = (name) => ({ role: "button", name });
    const field = (label) => ({ label: new RegExp(`^${label}( |$)`), in: ".form-fields" });
    const verdict = () => page.text(".result .notice");
    const says = (expected) => page.eventually(async () => (assert.match(await verdict(), expected, (await page.texts(".to-mend li")).join("; ")), true));
    const sent = async () => JSON.parse(await page.evaluate(() => document.querySelector(".result pre").textContent));
    /** The line below a field. */
    const message = async (label) => {
      await page.see(field(label));
      return await page.evaluate((label) => {
        const input = [...document.querySelectorAll(".form-fields input, .form-fields textarea, .form-fields select")].find((one) => `${one.labels?.[0]?.innerText ?? one.getAttribute("aria-label")} `.startsWith(`${label} `));
        return document.getElementById(input.getAttribute("aria-describedby").split(" ").at(-1)).textContent;
      }, label);
    };
    const told = (label, expected) => page.eventually(async () => (assert.match(await message(label), expected), true));

    test("an account, from empty to sent, with what happens to it on the way", async () => {
      await open("monaco.upsertAccount");
      assert.equal(await verdict(), "Not ready yet");
      assert.equal(await page.attribute(field("Domain"), "aria-required"), "true");
      await page.fill(field("Domain"), "localhost");
      assert.equal(await message("Domain"), "", "nothing is said before the field is left");
      await page.press("Tab");
      await told("Domain", /single name/);
      assert.equal(await page.attribute(field("Domain"), "aria-invalid"), "true");
      await page.fill(field("Domain"), "https://www.Acme.com/foo");
      await told("Domain", /^will be sent as acme.com$/);
      assert.equal(await page.attribute(field("Domain"), "aria-invalid"), null);
      await page.fill(field("Name"), "Acme Corp");
      await page.fill(field("Status"), "CUSTOMER");
      assert.deepEqual(await page.evaluate(() => [...document.querySelector(".form-fields input[list]").list.options].map(({ value }) => value).slice(0, 2)), ["NEW", "PROSPECTING"]);
      await page.fill(field("Notes"), "One\nTwo");
      await page.click(button("Add to Tags"));
      await page.eventually(async () => (assert.match(await page.focused(), /Tag id 1/), true));
      await page.type(UUID.toUpperCase());
      await page.click(button("Add to Tags"));
      await page.click(button("Add a custom field"));
      await page.fill({ label: "Key of custom field 1" }, CUSTOM.toUpperCase());
      await page.select({ label: "Kind of custom field 1" }, "Number");
      await page.fill({ label: "Value of custom field 1" }, "12.50");
      await says(/^Ready to send, 3 changes$/);
      assert.deepEqual(await sent(), { domain: "acme.com", name: "Acme Corp", status: "CUSTOMER", notes: "One\nTwo", tags: [UUID], [`custom_field_${CUSTOM}`]: 12.5 });
      assert.match(await page.text(".result pre"), /12\.50/, "numbers keep their digits");
      assert.equal(await page.count({ role: "listitem", in: '.result [aria-label="Changes"]' }), 3);
      await page.click(button("Remove this custom field"));
      await says(/^Ready to send, 2 changes$/);
      assert.equal(`custom_field_${CUSTOM}` in (await sent()), false);
      await page.eventually(async () => (assert.match(await page.url(), /acme/i), true));
      await page.reload();
      await page.eventually(async () => (assert.equal(await page.value(field("Domain")), "https://www.Acme.com/foo"), true));
    });

    test("a contact: a rule across fields is told at its field", async () => {
      await open("monaco.upsertContact");
      await page.fill(field("First name"), "Jane");
      await page.press("Tab");
      await told("Email", /`email` or `linkedin_url` is required/);
      await says(/^Not to be sent: 1 error/);
      await page.fill(field("LinkedIn URL"), "linkedin.com/in/Jane");
      await page.press("Tab");
      await told("Email", /^$/);
      await page.fill(field("Email"), "jane@@acme.com");
      await page.press("Tab");
      await told("Email", /not an e-mail address/);
      await page.fill(field("Email"), "Jane@ACME.com");
      await told("Email", /^will be sent as Jane@acme.com$|^will be sent as jane@acme.com$/);
      await page.select(field("Do not contact"), "true");
      await says(/^Ready to send/);
      assert.equal((await sent()).do_not_contact, true);
    });

    test("a contact's changes: null clears, a path parameter is needed", async () => {
      await open("monaco.updateContact");
      await page.click(button("Send null as Phone number"));
      await page.select(field("Do not contact"), "null");
      await says(/^Not to be sent: 1 error/);
      await page.fill(field("Contact id"), "x");
      await page.press("Tab");
      await told("Contact id", /uuid/);
      await page.fill(field("Contact id"), UUID);
      await says(/^Ready to send/);
      assert.deepEqual(await sent(), { phone_number: null, do_not_contact: null });
      await page.click(button("Send null as Phone number"));
      await page.eventually(async () => (assert.deepEqual(await sent(), { do_not_contact: null }), true));
    });

    test("a contact account: choices, numbers, addresses", async () => {
      await open("reply.updateContactAccount");
      await page.fill(field("Id"), "4217");
      await page.fill(field("Name"), " Globex");
      await page.fill(field("Domain"), "www.globex.com");
      await page.select(field("Company size"), "51-200");
      await page.fill(field("Owner"), "123");
      await page.fill(field("Twitter URL"), "https://twitter.com/globex");
      await page.fill(field("Time zone"), "europe/berlin");
      await says(/^Ready to send, 3 changes$/);
      assert.deepEqual(await sent(), { name: "Globex", domainName: "globex.com", companySize: "51-200", timeZoneId: "Europe/Berlin", twitterUrl: "https://twitter.com/globex", ownerUserId: 123 });
      const types = await page.evaluate(() => [...document.querySelectorAll(".form-fields .fields input")].map(({ type }) => type));
      for (const type of ["number", "url", "tel", "email", "text"]) assert.ok(types.includes(type), type);
    });

    test("accounts to push: groups are added and removed, rows that are empty are left out", async () => {
      await open("recotap.pushAccounts");
      await page.fill({ label: /^Domain/, in: ".item" }, "https://acme.com/x");
      await page.fill({ label: /^Name/, in: ".item" }, "Acme");
      await says(/^Ready to send, 1 change$/);
      await page.click(button("Add to Accounts"));
      await says(/^Not to be sent: 2 errors/);
      await page.fill({ label: /^Domain/, in: ".item:nth-child(2)" }, "globex.com");
      await page.fill({ label: /^Name/, in: ".item:nth-child(2)" }, "Globex");
      await page.click({ role: "button", name: "Add to Tags", in: ".item:nth-child(2)" });
      await page.click({ role: "button", name: "Add to Tags", in: ".item:nth-child(2)" });
      await page.type("q2 ");
      await page.click({ role: "button", name: "Add a field", in: ".item:nth-child(2)" });
      await page.fill({ label: "Key of custom field 1" }, "REGION_C");
      await page.fill({ label: "Value of custom field 1" }, "EMEA");
      await page.check(field("Update existing"));
      await says(/^Ready to send, 2 changes$/);
      const globex = { domain: "globex.com", name: "Globex", tags: ["q2"], customFields: { REGION_C: "EMEA" } };
      assert.deepEqual(await sent(), { accounts: [{ domain: "acme.com", name: "Acme" }, globex], upsert: true });
      await page.click(button("Remove Account 1"));
      await page.eventually(async () => (assert.deepEqual(await sent(), { accounts: [globex], upsert: true }), true));
    });

    test("samples: each fills the form, and its mistakes are told at the fields", async () => {
      for (const [name, operation] of Object.entries({ "monaco.upsertAccount": monaco.upsertAccount, "monaco.upsertContact": monaco.upsertContact, "monaco.updateContact": monaco.updateContact, "reply.updateContactAccount": reply.updateContactAccount, "recotap.pushAccounts": recotap.pushAccounts })) {
        await open(name);
        await page.click(button("Sample"));
        await page.see(".result pre");
        const good = operation.body.check(JSON.parse(example(name)));
        if (good.ok) {
          await says(/^Ready to send/);
          assert.deepEqual(await sent(), JSON.parse(JSON.stringify(good.value)));
        } else await says(new RegExp(`^Not to be sent: ${good.issues.filter(({ severity }) => severity === "error").length} errors`));
        await page.click(button("Sample with mistakes"));
        const bad = operation.body.check(JSON.parse(example(`bad/${name}`)));
        await says(new RegExp(`^Not to be sent: ${bad.issues.filter(({ severity }) => severity === "error").length} errors?`));
        const shown = await page.texts(".form-fields .message.wrong");
        for (const { message, severity, path } of bad.issues) if (severity === "error" && !(operation === recotap.pushAccounts && path.length < 3)) assert.ok(shown.some((text) => text === message.replace(/\s+/g, " ").trim()), `${name}: ${message}\n${shown.join("\n")}`);
        await page.click(button("Empty"));
        await says(/^(Not ready yet|Not to be sent|Ready to send)/);
        await page.close();
      }
      page = undefined;
    });

    test("a request is copied as JSON, for curl and as TypeScript", async () => {
      const body = { name: "It's \"Ümlaut\"\nline", domainName: "https://www.globex.com/", description: "$(x) `y` \\ !" };
      await open("reply.updateContactAccount", { body: JSON.stringify(body) });
      await page.see(button("Copy"));
      await page.click(button("Copy"));
      await page.click({ role: "menuitem", name: "as curl" });
      await page.eventually(async () => (assert.match(await page.focused(), /Id/), true), 3000);
      await told("Id", /required/);
      await page.fill(field("Id"), "4217");
      const expected = { ...body, domainName: "globex.com" };
      const copy = (as) =>
        page.copied(async () => {
          await page.focus(".copy > button");
          await page.press("Enter");
          await page.click({ role: "menuitem", name: as });
        });
      assert.deepEqual(JSON.parse(await copy("as JSON")), expected);

      const curl = await copy("as curl");
      const checked = spawnSync("bash", ["-n"], { input: curl, encoding: "utf8" });
      assert.equal(checked.status, 0, checked.stderr);
      const { stdout } = spawnSync("bash", ["-c", `curl() { printf '%s\\0' "$@"; }\n${curl}`], { encoding: "utf8" });
      const given = stdout.split("\0");
      assert.deepEqual(given.slice(0, 3), ["--request", "PUT", "https://api.example.com/v3/contact-accounts/4217"]);
      assert.ok(given.includes("X-API-Key: YOUR_KEY"));
      assert.deepEqual(JSON.parse(given[given.indexOf("--data-raw") + 1]), expected);

      const code = await copy("as a TypeScript call");
      assert.match(code, /^import \{ reply \} from "prewash";/);
      assertCompiles(code);
    });

    test("what the form does not know is kept, and what it cannot show is told", async () => {
      await open("monaco.upsertAccount", { body: '{"domain":"acme.com","extra":[12345678901234567890],"__proto__":{"a":1.50}}' });
      await page.fill(field("Name"), "Acme");
      await page.eventually(async () => (assert.match(await page.text(".result pre"), /Acme/), true));
      const text = await page.text(".result pre");
      assert.match(text, /12345678901234567890/);
      assert.match(text, /"__proto__": \{ "a": 1\.50 \}/);
      const copied = await page.copied(async () => {
        await page.click(button("Copy"));
        await page.press("End");
        await page.press("Enter");
      });
      assert.match(copied, /checkText\(/);
      assertCompiles(copied);
      await page.close();
      for (const body of ['{"domain":', "[1]", '{"a":1,"a":2}']) {
        page = await browser.open(`${server.url}#${new URLSearchParams({ body })}`);
        await page.click(button("Start anew"));
        await page.see(field("Domain"));
        await page.close();
      }
      page = undefined;
    });

    test("a user's own document: an input for each type, and JSON where none fits", async () => {
      const own = await serveOwn(DOCUMENT);
      try {
        page = await browser.open(own.url);
        await page.fill(field("Address id"), "a b");
        // A date is typed in the order of the visitor's country.
        await page.evaluate(() => {
          const born = document.querySelector("input[type=date]");
          born.value = "2001-02-03";
          born.dispatchEvent(new Event("input", { bubbles: true }));
        });
        await page.select(field("size"), "large");
        await page.check(field("active"));
        await page.fill(field("any"), '{"a":[1.0]}');
        await page.click(button("Add home"));
        await page.fill(field("city"), "Berlin");
        await page.click(button("Add to friends"));
        await page.fill({ label: /^name/, in: ".item" }, "Jane");
        await page.click({ role: "button", name: "Add home", in: ".item" });
        await page.fill({ label: /^city/, in: ".item" }, "Rome");
        await page.fill(field("age"), "41.5");
        await page.press("Tab");
        await told("age", /integer/);
        await page.fill(field("age"), "41");
        await page.fill({ label: /^name/, in: ".form-fields > .fields > .field" }, "Joe");
        await says(/^Ready to send/);
        assert.deepEqual(await sent(), { born: "2001-02-03", size: "large", active: true, any: { a: [1] }, home: { city: "Berlin" }, friends: [{ name: "Jane", home: { city: "Rome" } }], age: 41, name: "Joe" });
        assert.equal(await page.count({ label: /^id/, in: ".form-fields > .fields" }), 0, "what only answers have is left out");
        const code = await page.copied(async () => {
          await page.click(button("Copy"));
          await page.click({ role: "menuitem", name: "as a TypeScript call" });
        });
        assert.match(code, /api\.createPerson\.body\.checkText\(/);
        assert.match(code, /\/people\/a%20b"/);
        await page.close();
        page = undefined;
      } finally {
        await own.close();
      }
    });

    test("all of it by keyboard alone", async () => {
      await open("monaco.upsertAccount");
      await page.focus("body");
      const reach = async (wanted, most = 60) => {
        for (let step = 0; step < most; step += 1) {
          await page.press("Tab");
          if (wanted.test(await page.focused())) return;
        }
        assert.fail(`${wanted} is not reached; the focus is on ${await page.focused()}`);
      };
      await reach(/^input.*"Domain/);
      await page.type("WWW.Acme.com");
      await reach(/Add to Tags/);
      await page.press("Enter");
      await page.eventually(async () => (assert.match(await page.focused(), /Tag id 1/), true));
      await page.type("x");
      await reach(/Remove Tag id 1/);
      await page.press("Enter");
      await page.eventually(async () => (assert.match(await page.focused(), /Add to Tags/), true));
      await reach(/"Copy/);
      const copied = await page.copied(async () => {
        await page.press("Enter");
        await page.press("ArrowDown");
        assert.match(await page.focused(), /as curl/);
        await page.press("Escape");
        assert.match(await page.focused(), /"Copy/);
        await page.press("ArrowDown");
        await page.press("Enter");
      });
      assert.deepEqual(JSON.parse(copied), { domain: "acme.com" });
    });

    test("nothing is sent anywhere, and nothing is wider than a phone", async () => {
      for (const name of ["monaco.upsertContact", "recotap.pushAccounts"]) {
        await open(name, { width: 390, dark: name.startsWith("m") });
        await page.click(button("Sample"));
        await page.see(".result pre");
        await page.click(button("Sample with mistakes"));
        await page.see(".message.wrong");
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
        const small = await page.evaluate(() => [...document.querySelectorAll("#part button, #part input, #part select, #part textarea")].filter((one) => one.checkVisibility() && Math.min(one.getBoundingClientRect().width, one.getBoundingClientRect().height) < 24).map(({ outerHTML }) => outerHTML));
        assert.deepEqual(small, []);
        assert.deepEqual(page.requests.filter((url) => !url.startsWith(server.url) && !url.startsWith("data:")), []);
        await page.close();
      }
      page = undefined;
    });
  });
}

/** Types and shapes that the built-in operations do not have. */
const PERSON = {
  type: "object",
  required: ["name"],
  properties: {
    id: { type: "integer", readOnly: true },
    name: { type: "string", minLength: 1 },
    age: { anyOf: [{ type: "integer" }, { type: "null" }] },
    born: { type: "string", format: "date" },
    size: { enum: ["small", "large", 3] },
    active: { type: "boolean", default: false },
    any: { description: "Whatever it is." },
    home: { allOf: [{ $ref: "#/components/schemas/Home" }] },
    friends: { type: "array", items: { $ref: "#/components/schemas/Person" } },
  },
};
const DOCUMENT = {
  openapi: "3.1.0",
  info: { title: "People", version: "1" },
  paths: {
    "/people/{id}": {
      put: {
        operationId: "createPerson",
        parameters: [{ name: "id", in: "path", required: true, schema: { type: "string", title: "Address id" } }],
        requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/Person" } } } },
      },
    },
  },
  components: { schemas: { Person: PERSON, Home: { type: "object", properties: { city: { type: "string" } } } } },
};

/** The form alone, with the operations of a document in its picker. */
async function serveOwn(document) {
  const { outputFiles } = await build({
    stdin: {
      contents: `import form from "./form.ts"; import { addDocument } from "./operations.ts"; import { State } from "./state.ts";
        const [name] = addDocument(${JSON.stringify(JSON.stringify(document))});
        const state = State.open ? await State.open() : new State();
        state.set({ operation: name });
        await form.start(window.document.getElementById("part"), state);`,
      resolveDir: join(root, "www"),
    },
    bundle: true,
    format: "esm",
    target: "es2022",
    write: false,
    loader: { ".json": "text" },
    plugins: [
      {
        name: "no help",
        setup(build) {
          build.onResolve({ filter: /^prewash-help/ }, ({ path }) => ({ path, namespace: "help" }));
          build.onLoad({ filter: /.*/, namespace: "help" }, () => ({ contents: "export default {}" }));
        },
      },
    ],
  });
  const html = readFileSync(join(root, "www/index.html"), "utf8").replace(/^.*(manifest|preload).*$/gm, "");
  return await serve(join(root, "www/dist"), 0, (request, response) => {
    const path = new URL(request.url, "http://page").pathname;
    if (path !== "/" && path !== "/page.js") return false;
    response.writeHead(200, { "content-type": path === "/" ? "text/html" : "text/javascript" });
    response.end(path === "/" ? html : outputFiles[0].text);
    return true;
  });
}

/** That TypeScript takes a text, beside the package. */
function assertCompiles(code) {
  const folder = mkdtempSync(join(root, "tests/page/copied-"));
  try {
    const file = join(folder, "copied.ts");
    writeFileSync(file, code);
    const program = ts.createProgram([file], { strict: true, noEmit: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext, moduleDetection: ts.ModuleDetectionKind.Force, lib: ["lib.es2022.d.ts", "lib.dom.d.ts"], types: ["node"], skipLibCheck: true });
    const found = ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
    assert.deepEqual(found.filter((text) => !/top-level 'await'/.test(text)), [], code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
