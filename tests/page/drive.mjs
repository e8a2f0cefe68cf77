// Drives the page in Chromium and in Firefox, by the same few actions: what a visitor does, and what a
// test looks at. Chromium is driven by playwright-core, Firefox by puppeteer-core over WebDriver BiDi.
//
//     for (const browser of browsers) {
//       describe(browser.name, { skip: browser.missing }, () => {
//         after(() => browser.close());
//         test("…", async () => {
//           const page = await browser.open(url, { width: 390, dark: true });
//           await page.click({ role: "button", name: "Copy" });
//           await page.close();   // fails if the console complained
//         });
//       });
//     }
//
// A target is a CSS selector, or says what a visitor sees: { label: "Domain" }, { role: "button", name:
// "Copy" }, { text: "Ready to send" }; a name is a text that must be all of it, or a RegExp. `in` is a
// selector that it stands in. What is hidden is not found; what is in open shadow roots is.

import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { findChromium, findFirefox, launchChromium } from "../browser.mjs";
import { launchFirefox } from "./firefox.mjs";

/** How long an action waits for what it needs. */
const PATIENCE = 15_000;

/** @typedef {string | { role?: string, name?: string | RegExp, label?: string | RegExp, text?: string | RegExp, in?: string }} Target */

/**
 * The browsers that the page is tested in.
 *
 * `missing` is false, or says why its tests are skipped; `open` opens the page, in a profile of its own,
 * with nothing in its storage; `close` ends the browser.
 */
export const browsers = [
  { name: "Chromium", find: findChromium, variable: "CHROMIUM", start: startChromium },
  { name: "Firefox", find: findFirefox, variable: "FIREFOX", start: startFirefox },
].map(({ name, find, variable, start }) => {
  /** One for each scheme, started when it is first asked for. */
  const started = new Map();
  return {
    name,
    missing: find() ? false : `no ${name} found: install it, or set ${variable} to the path of its executable`,

    /**
     * @param {string} url
     * @param {{ width?: number, height?: number, dark?: boolean, reducedMotion?: boolean }} [options]
     */
    async open(url, { width = 1280, height = 900, dark = false, reducedMotion = false } = {}) {
      // One browser for all is enough where a page can be told its scheme.
      const key = name === "Chromium" ? "any" : String(dark);
      if (!started.has(key)) started.set(key, start({ dark }));
      const page = new Page(await (await started.get(key)).page({ width, height, dark, reducedMotion }));
      await page.start();
      await page.goto(url);
      return page;
    },

    async close() {
      const running = [...started.values()];
      started.clear();
      for (const browser of running) await (await browser).close();
    },
  };
});

/** A page, and what can be done on it. */
class Page {
  /** What went to the network since the page was opened: addresses. */
  requests = [];
  #native;
  #complaints = [];

  constructor(native) {
    this.#native = native;
  }

  async start() {
    await this.#native.before(preload);
    this.#native.on({
      console: (type, text) => ["error", "warning", "warn"].includes(type) && this.#complaints.push(text),
      error: (message) => this.#complaints.push(message),
      request: (url) => this.requests.push(url),
    });
  }

  /** Opens an address and waits until its part is shown. */
  async goto(url) {
    await this.#native.goto(url);
  }

  async reload() {
    await this.#native.reload();
  }

  /** The address that is shown. */
  async url() {
    return await this.evaluate(() => location.href);
  }

  /**
   * Runs a function in the page, with arguments that JSON can carry, and gives what it returns; a
   * function that returns a promise is waited for. By its text, which no Content-Security-Policy is
   * asked about.
   */
  async evaluate(work, ...args) {
    return await this.#native.evaluate(call(work, args));
  }

  /** Runs a script in the page, which no Content-Security-Policy is asked about. */
  async inject(source) {
    await this.#native.evaluate(`${source}\n;0`);
  }

  /** Waits until a function in the page gives something true, and gives that. */
  async waitFor(work, ...args) {
    return await this.#until(String(work), () => this.evaluate(work, ...args));
  }

  /** Waits until a function here, assertions say, throws no longer. */
  async eventually(work, timeout = PATIENCE) {
    await this.#until("that", async () => [await work()], timeout);
  }

  /** Waits until there is such an element. */
  async see(target, timeout = PATIENCE) {
    await this.#until(told(target), async () => (await this.count(target)) > 0, timeout);
  }

  /** Waits until there is no such element. */
  async gone(target, timeout = PATIENCE) {
    await this.#until(`no ${told(target)}`, async () => (await this.count(target)) === 0, timeout);
  }

  /** How many elements there are now. */
  async count(target) {
    return await this.#ask((elements) => elements.length, target);
  }

  /** The text of the first such element, its spaces made one; waits for it. */
  async text(target) {
    return await this.#first(target, (element) => element.innerText.replace(/\s+/g, " ").trim());
  }

  /** The texts of all such elements there are now. */
  async texts(target) {
    return await this.#ask((elements) => elements.map((element) => element.innerText.replace(/\s+/g, " ").trim()), target);
  }

  /** What is in a field. */
  async value(target) {
    return await this.#first(target, (element) => element.value);
  }

  /** An attribute, or null. */
  async attribute(target, name) {
    return await this.#first(target, (element, name) => element.getAttribute(name), name);
  }

  /** Whether a box is ticked. */
  async checked(target) {
    return await this.#first(target, (element) => element.checked);
  }

  async click(target) {
    // What is still being moved by what appears above it would be missed.
    await this.#first(target, async (element) => {
      element.scrollIntoView({ block: "nearest" });
      const place = () => JSON.stringify(element.getBoundingClientRect());
      for (let before = "", still = 0, tries = 0; still < 3 && tries < 120; tries += 1) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
        still = place() === before ? still + 1 : 0;
        before = place();
      }
    });
    await this.#withHandle(target, (handle) => handle.click());
  }

  async focus(target) {
    await this.#first(target, (element) => element.focus());
  }

  /** Empties a field and types into it, key by key. */
  async fill(target, text) {
    await this.#first(target, (element) => {
      element.focus();
      element.select?.();
    });
    if ((await this.value(target)) !== "") await this.press("Delete");
    if (text !== "") await this.type(text);
  }

  /** Types into what has the focus; a line's end is the key Enter. */
  async type(text) {
    await this.#native.keyboard.type(text);
  }

  /** Puts a text into what has the focus at once, as a paste does: for what is long. */
  async insert(text) {
    await this.evaluate((text) => {
      let active = document.activeElement;
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
      const data = new DataTransfer();
      data.setData("text/plain", text);
      // An editor of its own takes the paste; a field takes the text by itself.
      if (active.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true, composed: true }))) {
        if (!("setRangeText" in active)) throw new Error("what has the focus takes no text");
        active.setRangeText(text, active.selectionStart, active.selectionEnd, "end");
        active.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromPaste" }));
      }
    }, text);
  }

  /** Presses a key, or a chord: `Tab`, `Shift+Tab`, `Control+a`. */
  async press(keys) {
    const chord = keys.split(/(?<=.)\+/);
    const key = chord.pop();
    for (const held of chord) await this.#native.keyboard.down(held);
    await this.#native.keyboard.press(key);
    for (const held of chord.reverse()) await this.#native.keyboard.up(held);
  }

  /** Chooses an option of a select by its value or its text. */
  async select(target, wanted) {
    await this.#first(target, (element, wanted) => {
      const option = [...element.options].find(({ value, text }) => value === wanted || text === wanted);
      if (!option) throw new Error(`there is no option ${wanted}`);
      element.focus();
      element.value = option.value;
      element.dispatchEvent(new Event("input", { bubbles: true }));
      element.dispatchEvent(new Event("change", { bubbles: true }));
    }, wanted);
  }

  /** Ticks a box, or takes the tick away. */
  async check(target, ticked = true) {
    if ((await this.checked(target)) !== ticked) await this.click(target);
  }

  /**
   * Gives files to an input of files, which may be hidden.
   *
   * @param {string} selector
   * @param {...(string | { name: string, content: string | Uint8Array })} files paths, or what is in them
   */
  async setFiles(selector, ...files) {
    const folder = mkdtempSync(join(tmpdir(), "prewash-files-"));
    try {
      const paths = files.map((file) => {
        if (typeof file === "string") return file;
        const path = join(folder, file.name);
        writeFileSync(path, file.content);
        return path;
      });
      const handle = await this.#native.handle(`document.querySelector(${JSON.stringify(selector)})`);
      if (!handle) throw new Error(`there is no ${selector}`);
      await this.#native.setFiles(handle, paths);
      // The page reads them when it likes; the folder goes with this page.
      this.#native.onClose(() => rmSync(folder, { recursive: true, force: true }));
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** Drops files on an element: what is in them as text. */
  async drop(target, ...files) {
    await this.#first(target, (element, files) => {
      const data = new DataTransfer();
      for (const { name, content, type } of files) data.items.add(new File([content], name, { type: type ?? "" }));
      for (const kind of ["dragenter", "dragover", "drop"]) element.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: data }));
    }, files);
  }

  /**
   * Does something and gives the files that the browser saves for it.
   *
   * @returns {Promise<{ name: string, bytes: Buffer }[]>} as many as asked for, in the order they came
   */
  async downloads(work, many = 1, timeout = 60_000) {
    return await this.#native.downloads(work, many, timeout);
  }

  /** What the page puts on the clipboard while something is done. */
  async copied(work) {
    await this.evaluate(() => {
      globalThis.prewashCopied = undefined;
      navigator.clipboard.writeText = async (text) => {
        globalThis.prewashCopied = text;
      };
    });
    await work();
    return await this.waitFor(() => globalThis.prewashCopied);
  }

  /** A picture of the page, as a PNG; of all of it, or of what is in the window. */
  async screenshot(path, { fullPage = true } = {}) {
    await this.#native.screenshot({ path, fullPage });
  }

  async resize(width, height = 900) {
    await this.#native.resize(width, height);
  }

  /** Takes the network away, or gives it back. */
  async offline(is = true) {
    await this.#native.offline(is);
  }

  /** What the console complained about, errors that nobody caught, and what the policy refused. */
  async complaints() {
    const refused = await this.evaluate(() => globalThis.prewashViolations ?? []);
    return [...this.#complaints, ...refused];
  }

  /** Where the focus is: `tag#id.class "name"`, through shadow roots. */
  async focused() {
    return await this.evaluate(() => {
      let active = document.activeElement;
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
      if (!active || active === document.body) return "nothing";
      const name = active.getAttribute("aria-label") ?? active.labels?.[0]?.innerText ?? active.innerText ?? "";
      return `${active.localName}${active.id && `#${active.id}`} "${name.replace(/\s+/g, " ").trim().slice(0, 60)}"`;
    });
  }

  /** Closes the page and, unless told otherwise, fails if the console complained. */
  async close({ complaints: allowed = false } = {}) {
    let complaints = [];
    try {
      if (!allowed) complaints = await this.complaints();
    } finally {
      await this.#native.close();
    }
    if (complaints.length > 0) throw new Error(`the page complained:\n${complaints.join("\n")}`);
  }

  async #ask(work, target, ...args) {
    return await this.#native.evaluate(`(${work})(${finder(target)}, ...${JSON.stringify(args)})`);
  }

  /** Asks the first such element, once there is one. */
  async #first(target, work, ...args) {
    await this.see(target);
    return await this.#ask(`([element], ...args) => (${work})(element, ...args)`, target, ...args);
  }

  async #withHandle(target, work) {
    await this.see(target);
    const handle = await this.#native.handle(`${finder(target)}[0]`);
    if (!handle) throw new Error(`${told(target)} has gone`);
    await work(handle);
  }

  async #until(what, work, timeout = PATIENCE) {
    const deadline = performance.now() + timeout;
    let last;
    for (;;) {
      try {
        const found = await work();
        if (found) return found;
        last = undefined;
      } catch (error) {
        last = error;
      }
      if (performance.now() > deadline) {
        const screen = await this.evaluate(() => document.body.innerText.slice(0, 2000)).catch(() => "");
        throw last?.code === "ERR_ASSERTION" ? last : new Error(`waited ${timeout} ms for ${what}${last ? `: ${last.message}` : ""}; the page shows:\n${screen}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
}

/** A call of a function, as an expression. */
function call(work, args) {
  return `(${work})(...${JSON.stringify(args)})`;
}

function told(target) {
  const shown = (_, value) => (value instanceof RegExp ? String(value) : value);
  return typeof target === "string" ? target : JSON.stringify(target, shown);
}

/** An expression of the elements that a target names. */
function finder(target) {
  const text = (wanted) => (wanted instanceof RegExp ? { pattern: wanted.source, flags: wanted.flags } : wanted);
  const plain = typeof target === "string" ? { css: target } : { ...target, name: text(target.name), label: text(target.label), text: text(target.text) };
  return `(${find})(${JSON.stringify(plain)})`;
}

/** Runs in the page. Finds elements by what a visitor sees. */
function find({ css, role, name, label, text, in: within }) {
  const ROLES = {
    button: "button, summary, input[type=button], input[type=submit]",
    link: "a[href]",
    textbox: "input:not([type]), input[type=text], input[type=email], input[type=url], input[type=tel], textarea, [contenteditable=true]",
    searchbox: "input[type=search]",
    spinbutton: "input[type=number]",
    checkbox: "input[type=checkbox]",
    radio: "input[type=radio]",
    combobox: "select, input[list]",
    option: "option",
    listitem: "li",
    list: "ul, ol",
    heading: "h1, h2, h3, h4",
    region: "section[aria-label], section[aria-labelledby]",
    status: "output",
    dialog: "dialog[open]",
    table: "table",
    row: "tr",
    cell: "td",
    columnheader: "th",
    progressbar: "progress",
    group: "fieldset, details",
    main: "main",
    navigation: "nav",
  };
  const clean = (value) => (value ?? "").replace(/\s+/g, " ").trim();
  const fits = (value, wanted) => (typeof wanted === "string" ? clean(value) === wanted : new RegExp(wanted.pattern, wanted.flags).test(clean(value)));
  const all = (selector, root) => {
    const found = [...root.querySelectorAll(selector)];
    for (const host of root.querySelectorAll("*")) if (host.shadowRoot) found.push(...all(selector, host.shadowRoot));
    return found;
  };
  const seen = (element) => element.localName === "option" || element.checkVisibility({ visibilityProperty: true });
  const byIds = (element, ids) => clean(ids.split(/\s+/).map((id) => element.getRootNode().getElementById(id)?.textContent).join(" "));
  const nameOf = (element) => {
    const by = element.getAttribute("aria-labelledby");
    if (by) return byIds(element, by);
    const own = element.getAttribute("aria-label");
    if (own) return own;
    if (element.labels?.length) return [...element.labels].map((one) => one.innerText).join(" ");
    if (element.localName === "fieldset") return element.querySelector("legend")?.innerText ?? "";
    if (element.localName === "table") return element.caption?.innerText ?? "";
    const inner = element.innerText || element.textContent;
    return clean(inner) || element.querySelector("img[alt]")?.alt || element.title || element.value || "";
  };
  const roots = within ? all(within, document) : [document];
  const among = (selector) => roots.flatMap((root) => all(selector, root));
  let found;
  if (css) found = among(css);
  else if (label !== undefined) found = among("input, select, textarea, [contenteditable=true], [role=textbox], [role=combobox], [role=slider]").filter((element) => fits(nameOf(element), label));
  else if (role !== undefined) {
    found = among(`${ROLES[role] ? `:is(${ROLES[role]}):not([role]), ` : ""}[role~="${role}"]`);
    if (name !== undefined) found = found.filter((element) => fits(nameOf(element), name));
    if (text !== undefined) found = found.filter((element) => fits(element.innerText, text));
  } else {
    // The innermost elements that have the text.
    found = among("*").filter((element) => element.innerText !== undefined && fits(element.innerText, text));
    found = found.filter((element) => !found.some((other) => other !== element && element.contains(other)));
  }
  return found.filter(seen);
}

/** Runs before the page's own scripts. */
function preload() {
  globalThis.prewashViolations = [];
  addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sourceFile, lineNumber }) => {
    globalThis.prewashViolations.push(`policy: ${violatedDirective} refused ${blockedURI} (${sourceFile}:${lineNumber})`);
  });
}

async function startChromium() {
  const browser = await launchChromium();
  return {
    close: () => browser.close(),
    async page({ width, height, dark, reducedMotion }) {
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme: dark ? "dark" : "light",
        reducedMotion: reducedMotion ? "reduce" : "no-preference",
        acceptDownloads: true,
        locale: "en-US",
      });
      const page = await context.newPage();
      page.setDefaultTimeout(PATIENCE);
      const closing = [];
      return {
        keyboard: page.keyboard,
        before: (work) => page.addInitScript(work),
        on({ console, error, request }) {
          page.on("console", (message) => console(message.type(), message.text()));
          page.on("pageerror", ({ message }) => error(message));
          page.on("request", (one) => request(one.url()));
        },
        goto: (url) => page.goto(url, { waitUntil: "load" }),
        reload: () => page.reload({ waitUntil: "load" }),
        evaluate: (expression) => page.evaluate(expression),
        handle: async (expression) => (await page.evaluateHandle(expression)).asElement(),
        setFiles: (handle, paths) => handle.setInputFiles(paths),
        screenshot: (options) => page.screenshot(options),
        resize: (width, height) => page.setViewportSize({ width, height }),
        offline: (is) => context.setOffline(is),
        onClose: (work) => closing.push(work),
        async downloads(work, many, timeout) {
          const files = [];
          const caught = (download) => files.push(download);
          page.on("download", caught);
          try {
            await work();
            await waitUntil(() => files.length >= many, timeout, `${many} downloads`);
            return await Promise.all(files.map(async (file) => ({ name: file.suggestedFilename(), bytes: readFileSync(await file.path()) })));
          } finally {
            page.off("download", caught);
          }
        },
        async close() {
          await context.close();
          for (const work of closing) work();
        },
      };
    },
  };
}

async function startFirefox({ dark }) {
  const { browser, downloads: folder, close } = await launchFirefox({ dark });
  return {
    close,
    async page({ width, height, reducedMotion }) {
      if (reducedMotion) throw new Error("Firefox cannot be told to reduce motion by BiDi");
      const context = await browser.createBrowserContext();
      const page = await context.newPage();
      page.setDefaultTimeout(PATIENCE);
      await page.setViewport({ width, height });
      const closing = [];
      return {
        keyboard: page.keyboard,
        before: (work) => page.evaluateOnNewDocument(work),
        on({ console, error, request }) {
          page.on("console", (message) => console(message.type(), message.text()));
          page.on("pageerror", ({ message }) => error(message));
          page.on("request", (one) => request(one.url()));
        },
        goto: (url) => page.goto(url, { waitUntil: "load" }),
        reload: () => page.reload({ waitUntil: "load" }),
        evaluate: (expression) => page.evaluate(expression),
        handle: async (expression) => (await page.evaluateHandle(expression)).asElement(),
        setFiles: (handle, paths) => handle.uploadFile(...paths),
        screenshot: (options) => page.screenshot(options),
        resize: (width, height) => page.setViewport({ width, height }),
        offline: (is) => page.setOfflineMode(is),
        onClose: (work) => closing.push(work),
        async downloads(work, many, timeout) {
          // What is being written has another file beside it.
          const files = () => readdirSync(folder);
          const before = new Set(files());
          const done = () => {
            const now = files();
            return now.some((name) => name.endsWith(".part")) ? [] : now.filter((name) => !before.has(name));
          };
          // First there is an empty file of the name, then the other one, which takes its place.
          const size = (name) => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0;
          let found = [];
          let seen = "";
          const settled = () => {
            found = done().filter((name) => size(name) > 0);
            const told = found.map((name) => `${name} ${size(name)}`).join();
            const same = told === seen;
            seen = told;
            return same && found.length >= many;
          };
          await work();
          await waitUntil(settled, timeout, `${many} downloads`);
          return found.map((name) => {
            const bytes = readFileSync(join(folder, name));
            rmSync(join(folder, name));
            return { name: basename(name), bytes };
          });
        },
        async close() {
          await context.close();
          for (const work of closing) work();
        },
      };
    },
  };
}

async function waitUntil(holds, timeout, what) {
  const deadline = performance.now() + timeout;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`waited ${timeout} ms for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
