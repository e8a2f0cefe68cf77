// Your API: an OpenAPI document of the user's own, whose operations join those that are built in.

import { schema, type OpenApiOperation } from "prewash";
import sample from "./leads.openapi.json";
import { DOCUMENT } from "./document.js";
import { count, h, say, unique } from "./element.js";
import { addDocument, all, type Choice } from "./operations.js";
import { PARTS, type Part, type PartName } from "./part.js";
import { summaryOf, wrapped, unwrapped, fieldsOf, type Field } from "./schemas.js";
import type { State } from "./state.js";

/** A file longer than this is not an API's description. */
const LARGEST = 20_000_000;

/** What the package adds to JSON Schema and OpenAPI; docs/vocabulary.md has all of it. */
const VOCABULARY: [string, string][] = [
  ["format: domain", "cleans https://www.Acme.com/foo to acme.com"],
  ["format: email", "trims, and writes the domain in lower case"],
  ["format: linkedin-company", "cleans to the address of the page"],
  ["x-trim", "takes white space off both ends, before minLength and others judge"],
  ["x-drop-null", "leaves a null out"],
  ["x-drop-duplicates", "keeps each element of an array once"],
  ["x-suggested-values", "warns of values that are not listed"],
  ["x-custom-fields", "takes keys with a prefix, or registered ones, as custom fields"],
  ["x-hint", "says something besides where a value is wrong"],
  ["x-batch", "on an operation: it takes many items, and Batch can plan them"],
];

export default {
  start(root, state) {
    new ApiPart(root, state);
  },
} satisfies Part;

class ApiPart {
  readonly #state: State;
  readonly #text = h("textarea", { id: unique("document"), spellcheck: false, rows: 10, placeholder: '{ "openapi": "3.1.0", … }' });
  readonly #file = h("input", { type: "file", class: "unseen", accept: ".json,application/json", tabIndex: -1, "aria-hidden": "true" });
  readonly #told = h("div", { class: "outcome" });
  readonly #listed = h("section", { class: "card", hidden: true });
  readonly #remove = h("button", { type: "button", onclick: () => this.#clear() }, "Remove");

  constructor(root: HTMLElement, state: State) {
    this.#state = state;
    this.#build(root);
    state.on((changed, by) => {
      if (changed.has(DOCUMENT) && by !== addDocument) this.#remembered();
    });
    this.#remembered();
  }

  #build(root: HTMLElement): void {
    const choose = h("button", { type: "button", onclick: () => this.#file.click() }, "Choose a file");
    const zone = h(
      "div",
      { class: "dropzone" },
      h("div", { class: "row" }, choose, this.#file, h("button", { type: "button", class: "plain", onclick: () => this.#use(sample, "The sample") }, "Try a sample document")),
      h("p", { class: "help" }, "Drop a file here, or choose or paste one: OpenAPI 3.1 or 3.0 or a JSON Schema, as JSON. It is compiled in this page; nothing is fetched or sent."),
    );
    for (const kind of ["dragenter", "dragover"]) zone.addEventListener(kind, (event) => (event.preventDefault(), zone.classList.add("over")));
    for (const kind of ["dragleave", "drop"]) zone.addEventListener(kind, () => zone.classList.remove("over"));
    root.addEventListener("dragover", (event) => event.preventDefault());
    root.addEventListener("drop", (event) => {
      event.preventDefault();
      const [file] = event.dataTransfer?.files ?? [];
      if (file) void this.#read(file);
    });
    this.#file.addEventListener("change", () => {
      const [file] = this.#file.files ?? [];
      this.#file.value = "";
      if (file) void this.#read(file);
    });
    // A paste of a whole document is used at once; what is edited by hand, by the button.
    this.#text.addEventListener("paste", () => setTimeout(() => this.#text.value.trim() !== "" && this.#use(this.#text.value, "The document")));
    this.#text.addEventListener("input", () => this.#text.removeAttribute("aria-invalid"));
    root.append(
      h("h1", { class: "unseen" }, "Your API"),
      h(
        "div",
        { class: "columns" },
        h(
          "section",
          { class: "card", "aria-label": "Your document" },
          h("h2", {}, "Your API"),
          zone,
          h("div", {}, h("label", { htmlFor: this.#text.id }, "Document, JSON"), this.#text),
          h("div", { class: "row" }, h("button", { type: "button", class: "main", onclick: () => this.#use(this.#text.value, "The document") }, "Use this document"), this.#remove),
          this.#told,
        ),
        h("div", { class: "results" }, this.#listed, aside()),
      ),
    );
  }

  /** Shows the document that the state has: from the address, the session or this part. */
  #remembered(): void {
    const document = this.#state.shown[DOCUMENT] ?? "";
    this.#text.value = unwrapped(document);
    this.#told.replaceChildren();
    this.#text.removeAttribute("aria-invalid");
    if (document) this.#compile(document);
    this.#list();
  }

  async #read(file: File): Promise<void> {
    if (file.size > LARGEST) return this.#refuse(`${file.name} is too large: ${count(Math.round(file.size / 1e6), "megabyte")}`);
    try {
      this.#use(await file.text(), file.name);
    } catch {
      // It was moved or changed since it was chosen.
      this.#refuse(`${file.name} could not be read`);
    }
  }

  /** Uses a document: compiles it, remembers it and lists its operations. Says what is wrong, if something is. */
  #use(text: string, what: string): void {
    this.#text.value = text.replace(/^\uFEFF/, "");
    const document = this.#readable(this.#text.value);
    if (document === undefined) return;
    const names = this.#compile(document);
    if (!names) return;
    this.#state.set({ [DOCUMENT]: document }, addDocument);
    if (!all().some(({ name }) => name === this.#state.shown.operation)) this.#leave();
    const told = names.length === 0 ? `${what} has no operation that takes JSON` : `${what} is in use: ${count(names.length, "operation")} in the picker`;
    this.#told.replaceChildren(h("p", { class: `notice ${names.length === 0 ? "warned" : "ready"}` }, `${told}.`));
    say(told);
    this.#list();
  }

  /** The document as OpenAPI, or undefined if it is neither that nor a JSON Schema. */
  #readable(text: string): string | undefined {
    if (text.trim() === "") return void this.#refuse("There is no document yet: paste one, or choose a file");
    // The package says where a JSON text is wrong.
    const wrong = schema(true as unknown as object).checkText(text).issues.find(({ severity }) => severity === "error");
    if (wrong) {
      const yaml = /^\s*(#|---|openapi\s*:|swagger\s*:)/.test(text) ? " It looks like YAML: convert it to JSON first." : "";
      return void this.#refuse(`${wrong.message}${yaml}`, wrong.position);
    }
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return void this.#refuse("This is neither an OpenAPI document nor a JSON Schema: both are objects");
    if ("openapi" in value || "swagger" in value || "paths" in value) return text;
    try {
      // On its own first, so that a mistake is told at its own place.
      schema(value).check(undefined);
    } catch (error) {
      return void this.#refuse(messageOf(error));
    }
    return wrapped(value);
  }

  #compile(document: string): string[] | undefined {
    try {
      return addDocument(document);
    } catch (error) {
      return void this.#refuse(messageOf(error));
    }
  }

  #refuse(message: string, position?: { line: number; column: number; offset: number }): void {
    const where = position && `line ${position.line}, column ${position.column}`;
    this.#text.setAttribute("aria-invalid", "true");
    this.#told.replaceChildren(
      h(
        "div",
        { class: "notice refused" },
        h("p", {}, where ? `At ${where}: ${message}` : message),
        position && h("button", { type: "button", class: "small", onclick: () => this.#goTo(position) }, "Go there"),
      ),
    );
    say(`Not used: ${where ? `at ${where}, ` : ""}${message}`);
  }

  #goTo({ offset }: { offset: number }): void {
    const index = new TextDecoder().decode(new TextEncoder().encode(this.#text.value).subarray(0, offset)).length;
    this.#text.focus();
    this.#text.setSelectionRange(index, index);
    // The line is brought into view by its share of the height.
    const lines = this.#text.value.split("\n").length;
    const line = this.#text.value.slice(0, index).split("\n").length;
    this.#text.scrollTop = (this.#text.scrollHeight * (line - 4)) / lines;
  }

  #clear(): void {
    this.#state.set({ [DOCUMENT]: "" });
    this.#leave();
    this.#file.value = "";
    say("Removed");
    this.#text.focus();
  }

  /** An operation that is gone is not picked any longer. */
  #leave(): void {
    if (!this.#state.shown.operation.startsWith("api.")) return;
    this.#state.set({ operation: (all()[0] as Choice).name, body: "" });
  }

  #list(): void {
    const own = all().filter(({ name }) => name.startsWith("api."));
    this.#remove.hidden = !this.#state.shown[DOCUMENT];
    this.#listed.hidden = own.length === 0;
    const [first] = own;
    if (!first) return;
    const document = this.#state.shown[DOCUMENT] ?? "";
    this.#listed.replaceChildren(
      h("div", { class: "row spread" }, h("h2", {}, first.vendor), h("span", { class: "quiet small" }, count(own.length, "operation"))),
      h("ul", { class: "operations", role: "list", "aria-label": "Operations" }, ...own.map((choice) => this.#row(choice, summaryOf(document, choice.operation)))),
    );
  }

  #row({ name, operation }: Choice, summary: string): HTMLElement {
    const fields = fieldsOf(operation.body.jsonSchema);
    return h(
      "li",
      {},
      h("div", { class: "row" }, h("span", { class: "method" }, operation.method), h("h3", {}, name), h("span", { class: "request" }, operation.path)),
      summary !== "" && h("p", { class: "quiet" }, summary),
      fields.length > 0 && h("details", {}, h("summary", {}, count(fields.length, "field")), table(name, fields)),
      h("div", { class: "row" }, ...this.#links(name, operation)),
    );
  }

  /** Links, so that they can be opened in another tab too; a document too long for an address comes from the session there. */
  #links(name: string, operation: OpenApiOperation): HTMLElement[] {
    return PARTS.filter((part) => part.name === "form" || part.name === "json" || (part.name === "batch" && operation.batch)).map(({ name: part, title }) => {
      const link = h("a", { class: "button", href: `#${new URLSearchParams({ part, operation: name, [DOCUMENT]: this.#state.shown[DOCUMENT] ?? "" })}`, "aria-label": `Open in ${title}: ${name}` }, `Open in ${title}`);
      link.addEventListener("click", (event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        this.#open(part, name);
      });
      return link;
    });
  }

  #open(part: PartName, operation: string): void {
    // A body belongs to its operation.
    this.#state.set({ part, operation, ...(operation === this.#state.shown.operation ? {} : { body: "" }) });
    document.getElementById("part")?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }
}

function table(name: string, fields: Field[]): HTMLElement {
  const rows = fields.map((field) => h("tr", {}, h("th", { scope: "row" }, h("code", {}, field.name), field.required && h("span", { class: "quiet small" }, " required")), h("td", {}, field.type), h("td", { class: "quiet" }, field.description)));
  return h("table", { class: "fields", "aria-label": `Fields of ${name}` }, h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Field"), h("th", { scope: "col" }, "Takes"), h("th", { scope: "col" }, "Meaning"))), h("tbody", {}, ...rows));
}

function aside(): HTMLElement {
  const rows = VOCABULARY.map(([keyword, meaning]) => h("tr", {}, h("th", { scope: "row" }, h("code", {}, keyword)), h("td", {}, meaning)));
  return h(
    "section",
    { class: "card", "aria-label": "What to write in a schema" },
    h("h2", {}, "What to write in a schema"),
    h("p", { class: "quiet small" }, "A schema says what passes. A few keywords more say what to clean; they are legal in any schema, and other tools pass over them."),
    h("table", { class: "fields", "aria-label": "Keywords" }, h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Keyword"), h("th", { scope: "col" }, "What it does"))), h("tbody", {}, ...rows)),
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
