// Batch: a file of rows, checked in a worker, and what came of it.

import { Client, Stopped } from "./batch-client.js";
import { givenList } from "./batch-given.js";
import type { ColumnTold, Described, Done, Format, Progress, Settings } from "./batch-messages.js";
import { Results, megabytes } from "./batch-results.js";
import { h, say, unique } from "./element.js";
import { chosen } from "./operations.js";
import type { Part } from "./part.js";
import { picker } from "./picker.js";
import type { State } from "./state.js";

const FORMATS: [Format, string][] = [["csv", "CSV"], ["tsv", "TSV"], ["ndjson", "NDJSON"], ["json", "JSON"]];

/** How long settings may change before the file is looked at anew, in milliseconds. */
const SETTLING = 200;

export default {
  start(root, state) {
    new Batch(root, state);
  },
} satisfies Part;

class Batch {
  readonly #state: State;
  readonly #client = new Client();
  #file: File | undefined;
  #format: Format | undefined;
  #described: Described | undefined;
  /** Which fields the user chose, by headers. */
  #chosen = new Map<string, string>();
  #running = false;
  #settling = 0;
  #looking = 0;

  readonly #input = h("input", { type: "file", accept: ".csv,.tsv,.tab,.ndjson,.jsonl,.json,.txt", class: "unseen", "aria-label": "Choose a CSV, NDJSON or JSON file" });
  readonly #name = h("p", { class: "file-name", hidden: true });
  readonly #formats = h("select", { "aria-label": "Read it as" }, ...FORMATS.map(([value, title]) => h("option", { value }, title)));
  readonly #error = h("p", { class: "notice refused", role: "alert", hidden: true });
  readonly #options = h("section", { class: "card options", "aria-label": "Options" });
  readonly #columns = h("section", { class: "card", "aria-label": "Columns", hidden: true });
  readonly #go = h("button", { type: "button", class: "main", disabled: true }, "Check the file");
  readonly #cancel = h("button", { type: "button", hidden: true }, "Cancel");
  readonly #meter = h("progress", { max: 1, value: 0, "aria-label": "Progress" });
  readonly #far = h("span", { class: "small quiet" });
  readonly #progress = h("div", { class: "progress", hidden: true }, this.#meter, this.#far);
  readonly #stale = h("p", { class: "small warned", role: "status" });
  readonly #place = h("div", {});
  readonly #setup: HTMLElement;
  #given!: { existing: ReturnType<typeof givenList>; customFields: ReturnType<typeof givenList> };
  #onlyBatches: HTMLElement[] = [];
  #members = h("div", { class: "members" });
  #upsert!: HTMLElement;

  constructor(root: HTMLElement, state: State) {
    this.#state = state;
    this.#restore();
    this.#fillOptions();
    const drop = h("div", { class: "drop" },
      h("p", {}, h("strong", {}, "Drop a file here"), " or ", h("label", { class: "button" }, this.#input, "choose one")),
      h("p", { class: "help" }, "CSV, NDJSON or JSON, 100,000 rows and more. It is read in this page and goes nowhere."),
      h("p", { class: "row small samples" }, "No file at hand? ", this.#sample(1000), this.#sample(100_000)),
    );
    this.#input.addEventListener("change", () => {
      const file = this.#input.files?.[0];
      if (file) this.#take(file);
      this.#input.value = "";
    });
    this.#formats.addEventListener("change", () => {
      this.#format = this.#formats.value as Format;
      void this.#look();
    });
    this.#go.addEventListener("click", () => void this.#run());
    this.#cancel.addEventListener("click", () => this.#client.stop());
    this.#setup = h("fieldset", { class: "setup" },
      h("legend", { class: "unseen" }, "What to check"),
      h("div", { class: "columns" },
        h("div", { class: "beside" },
          h("section", { class: "card", "aria-label": "File" }, picker(state), drop, this.#name, this.#error),
          this.#columns),
        this.#options));
    root.append(this.#setup, h("div", { class: "go row" }, this.#go, this.#cancel, this.#progress, this.#stale), this.#place);
    this.#acceptDrops(root, drop);
    state.on((changed, by) => {
      if (by === this) return;
      if (changed.has("operation")) {
        this.#chosen.clear();
        this.#state.set({ "batch.map": "" }, this);
        if (this.#running) this.#client.stop();
        this.#settle();
      }
    });
    this.#showOptions(undefined);
    const rows = Number(state.shown["batch.sample"]);
    if (rows > 0 && rows <= 1_000_000) void this.#takeSample(rows);
    else void this.#settleNow();
  }

  /** Takes what the address tells. */
  #restore(): void {
    try {
      this.#chosen = new Map(JSON.parse(this.#state.shown["batch.map"] || "[]") as [string, string][]);
    } catch {
      // An address that somebody mended by hand says nothing.
    }
  }

  #shown(key: string): string {
    return this.#state.shown[`batch.${key}`] ?? "";
  }

  #keep(key: string, value: string): void {
    this.#state.set({ [`batch.${key}`]: value }, this);
    this.#settle();
  }

  #sample(rows: number): HTMLElement {
    return h("button", { type: "button", class: "small", onclick: () => void this.#takeSample(rows) }, `Sample of ${rows.toLocaleString("en")} rows`);
  }

  async #takeSample(rows: number): Promise<void> {
    if (this.#running) return;
    try {
      const file = await this.#client.ask<File>({ ask: "sample", rows, settings: this.#settings() });
      this.#take(file, rows);
    } catch (error) {
      this.#fail(error);
    }
  }

  #acceptDrops(root: HTMLElement, drop: HTMLElement): void {
    const has = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") === true;
    root.addEventListener("dragover", (event) => {
      if (!has(event)) return;
      event.preventDefault();
      drop.classList.add("over");
    });
    root.addEventListener("dragleave", (event) => {
      if (!root.contains(event.relatedTarget as Node | null)) drop.classList.remove("over");
    });
    root.addEventListener("drop", (event) => {
      drop.classList.remove("over");
      const file = event.dataTransfer?.files[0];
      if (!has(event) || !file) return;
      event.preventDefault();
      this.#take(file);
    });
  }

  #take(file: File, sample = 0): void {
    if (this.#running) return;
    if (this.#file && this.#file.name !== file.name) this.#chosen.clear();
    this.#file = file;
    this.#format = undefined;
    this.#state.set({ "batch.sample": sample > 0 ? String(sample) : "" }, this);
    this.#place.replaceChildren();
    this.#stale.textContent = "";
    void this.#look();
  }

  /** After the settings have changed: looks at the file anew, and says that the results are of others. */
  #settle(): void {
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => void this.#settleNow(), SETTLING);
  }

  async #settleNow(): Promise<void> {
    clearTimeout(this.#settling);
    this.#settling = 0;
    if (this.#running) return;
    // A sample is of the operation.
    const rows = Number(this.#shown("sample"));
    if (rows > 0 && this.#file && this.#described && this.#operation !== this.#state.shown.operation) return await this.#takeSample(rows);
    if (this.#place.childElementCount > 0) this.#stale.textContent = "The settings were changed since; check the file again.";
    await this.#look();
  }

  #operation = "";

  /** Looks at the beginning of the file: what it is, and what its columns are. */
  async #look(): Promise<void> {
    const mine = ++this.#looking;
    // Without a file it still tells what the operation takes.
    const file = this.#file ?? new File(["{}"], "nothing.ndjson");
    const settings = this.#settings();
    let described: Described;
    try {
      described = await this.#client.ask<Described>({ ask: "describe", file, settings, ...(this.#file ? { format: this.#format } : {}) });
    } catch (error) {
      if (mine === this.#looking) this.#fail(error);
      return;
    }
    if (mine !== this.#looking) return;
    this.#operation = settings.operation;
    this.#error.hidden = true;
    this.#described = this.#file ? described : undefined;
    this.#showOptions(described);
    this.#showFile();
    if (this.#file) this.#showColumns(described);
    this.#go.disabled = this.#file === undefined;
  }

  #fail(error: unknown): void {
    if (error instanceof Stopped) return;
    this.#described = undefined;
    this.#error.textContent = error instanceof Error ? error.message : String(error);
    this.#error.hidden = false;
    this.#columns.hidden = true;
    this.#go.disabled = true;
    this.#showFile();
  }

  #showFile(): void {
    const file = this.#file;
    this.#name.hidden = file === undefined;
    if (!file) return;
    if (this.#described) this.#formats.value = this.#described.format;
    this.#formats.hidden = this.#described === undefined;
    this.#name.replaceChildren(h("strong", {}, file.name), h("span", { class: "quiet small" }, megabytes(file.size)), this.#formats);
  }

  #showColumns({ columns, fields }: Described): void {
    this.#columns.hidden = columns === undefined;
    if (!columns) return;
    const note = h("p", { class: "notice", role: "status" });
    const selects: [ColumnTold, HTMLSelectElement, HTMLElement][] = columns.map((column) => {
      const select = h("select", { "aria-label": `Field of the column ${column.header}` }, h("option", { value: "" }, "– leave out –"));
      const names = new Map(fields.map(({ name, title, required }) => [name, `${name}${title !== "" && title !== name ? ` · ${title}` : ""}${required ? " (required)" : ""}`]));
      if (column.field !== "" && !names.has(column.field)) names.set(column.field, column.field);
      for (const [value, text] of names) select.append(h("option", { value }, text));
      const own = this.#chosen.get(column.header);
      select.value = own !== undefined && (own === "" || names.has(own)) ? own : column.field;
      return [column, select, h("span", { class: "small" })];
    });
    const tell = (): void => {
      const used = selects.map(([, { value }]) => value).filter((value) => value !== "");
      const missing = fields.filter(({ name, required }) => required && !used.includes(name)).map(({ name }) => name);
      const twice = used.filter((field, at) => used.indexOf(field) !== at);
      for (const [column, select, mark] of selects) {
        const clash = twice.includes(select.value);
        select.setAttribute("aria-invalid", String(clash));
        const guessed = column.guessed && select.value === column.field;
        mark.textContent = clash ? "another column is this field too" : guessed ? "suggested" : "";
        mark.className = clash ? "small wrong" : "small suggested";
      }
      const parts = [
        ...(missing.length > 0 ? [`No column is ${missing.map((name) => `“${name}”`).join(", ")}, which every row needs.`] : []),
        ...(twice.length > 0 ? ["Each field can be one column only."] : []),
      ];
      note.textContent = parts.join(" ");
      note.hidden = parts.length === 0;
      note.className = twice.length > 0 ? "notice refused" : "notice warned";
      this.#go.disabled = twice.length > 0;
      this.#map = selects.map(([{ header }, { value }]) => [header, value]);
    };
    const rows = selects.map(([column, select, mark]) => {
      select.addEventListener("change", () => {
        this.#chosen.set(column.header, select.value);
        this.#state.set({ "batch.map": JSON.stringify([...this.#chosen]) }, this);
        if (this.#place.childElementCount > 0) this.#stale.textContent = "The columns were changed since; check the file again.";
        tell();
      });
      return h("li", { class: "column" },
        h("div", { class: "header" }, h("strong", {}, column.header || "(no header)"), h("span", { class: "quiet small sample" }, column.sample || "empty in the first row")),
        h("div", {}, select, mark));
    });
    const used = selects.filter(([, { value }]) => value !== "").length;
    this.#columns.replaceChildren(
      h("div", {}, h("h2", {}, "Columns"), h("p", { class: "help" }, `${used} of ${columns.length} columns are fields. What stands below a header is from the first row.`)),
      h("ul", { class: "mapping", role: "list" }, ...rows),
      note);
    tell();
  }

  #map: [string, string][] = [];

  #fillOptions(): void {
    const check = (key: string, label: string, help: string): HTMLElement => {
      const box = h("input", { type: "checkbox", checked: this.#shown(key) === "1" });
      box.addEventListener("change", () => this.#keep(key, box.checked ? "1" : ""));
      return h("div", {}, h("label", { class: "check" }, box, label), h("p", { class: "help" }, help));
    };
    this.#upsert = check("upsert", "Update what exists (upsert)", "Otherwise rows whose domain exists already will fail.");
    const existing = givenList({
      label: "Existing domains",
      help: "A domain a line, with its id after a comma if you have it; or CSV with a column “domain”, or JSON.",
      placeholder: "acme.com\nglobex.com",
      accept: ".txt,.csv,.tsv,.json",
      name: "the list of existing domains",
      text: this.#shown("existing"),
      changed: (text) => this.#keep("existing", text),
    });
    const customFields = givenList({
      label: "Custom fields",
      help: "The custom fields there are: a key a line, or JSON with key, label, type and options.",
      placeholder: "CONTRACT_VALUE_C",
      accept: ".txt,.json",
      name: "the list of custom fields",
      text: this.#shown("customFields"),
      changed: (text) => this.#keep("customFields", text),
    });
    this.#given = { existing, customFields };
    const id = unique("segment");
    const segment = h("input", { id, value: this.#shown("segment"), placeholder: "static/active", spellcheck: false, autocomplete: "off" });
    segment.addEventListener("change", () => this.#keep("segment", segment.value));
    const segmentField = h("div", {}, h("label", { htmlFor: id }, "The segment's type and status"), segment, h("p", { class: "help" }, "As TYPE/STATUS, or “none” if there is no such segment."));
    this.#onlyBatches = [existing.element, segmentField, this.#members];
    this.#options.append(
      h("h2", {}, "Options"),
      check("strict", "Strict", "Keys that are no field are errors, not warnings."),
      this.#upsert,
      existing.element,
      customFields.element,
      this.#members,
      segmentField,
    );
  }

  /** Shows the options that the operation has. */
  #showOptions(described: Described | undefined): void {
    for (const one of this.#onlyBatches) one.hidden = described?.batch !== true;
    this.#upsert.hidden = described?.upsert !== true;
    const members = described?.members ?? [];
    const known = [...this.#members.querySelectorAll("input")].map(({ name }) => name).join();
    if (known === members.map(({ name }) => name).join()) return;
    this.#members.replaceChildren(...members.map(({ name, title, description }) => {
      const id = unique("member");
      const input = h("input", { id, name, value: this.#shown(`set.${name}`), spellcheck: false, autocomplete: "off" });
      input.addEventListener("change", () => this.#keep(`set.${name}`, input.value));
      return h("div", {}, h("label", { htmlFor: id }, title), input, h("p", { class: "help" }, description));
    }));
  }

  #settings(): Settings {
    const { name, document } = chosen(this.#state.shown.operation);
    const members = [...this.#members.querySelectorAll("input")].map(({ name, value }) => [name, value] as const);
    return {
      operation: name,
      document,
      strict: this.#shown("strict") === "1",
      upsert: this.#shown("upsert") === "1",
      existing: this.#given.existing.given(),
      customFields: this.#given.customFields.given(),
      segment: this.#shown("segment"),
      members: Object.fromEntries(members),
    };
  }

  async #run(): Promise<void> {
    // What was typed last may be a custom field, which a column is now.
    if (this.#settling !== 0) await this.#settleNow();
    if (this.#go.disabled) return;
    const [file, described] = [this.#file, this.#described];
    if (!file || !described || this.#running) return;
    const started = performance.now();
    const results = new Results(this.#client, this.#state, file, described);
    this.#setRunning(true);
    this.#stale.textContent = "";
    this.#error.hidden = true;
    this.#place.replaceChildren(results.element);
    this.#tell({ read: 0, size: file.size, rows: 0 });
    say("Checking");
    try {
      const done = await this.#client.ask<Done>(
        { ask: "run", file, format: described.format, settings: this.#settings(), map: this.#map },
        (progress: Progress) => {
          this.#tell({ ...progress, rows: progress.counts.rows });
          results.progress(progress);
        },
      );
      results.done(done, performance.now() - started);
    } catch (error) {
      if (error instanceof Stopped) {
        results.stopped();
        say("Stopped");
      } else {
        this.#place.replaceChildren();
        this.#error.textContent = error instanceof Error ? error.message : String(error);
        this.#error.hidden = false;
      }
    } finally {
      this.#setRunning(false);
    }
  }

  #setRunning(running: boolean): void {
    this.#running = running;
    const cancelled = document.activeElement === this.#cancel;
    this.#setup.toggleAttribute("disabled", running);
    this.#go.hidden = running;
    this.#cancel.hidden = !running;
    this.#progress.hidden = !running;
    this.#go.textContent = "Check again";
    // Who pressed a button that goes away is at the one in its place.
    if (running) this.#cancel.focus();
    else if (cancelled) this.#go.focus();
  }

  #tell({ read, size, rows }: { read: number; size: number; rows: number }): void {
    this.#meter.value = size === 0 ? 1 : read / size;
    this.#far.textContent = `${megabytes(read)} of ${megabytes(size)}, ${rows.toLocaleString("en")} rows`;
  }
}

