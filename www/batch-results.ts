// What came of a file: the summary, the codes, the table of rows, the downloads.

import type { Client } from "./batch-client.js";
import type { Counts, Described, Done, Progress, RowTold, Status } from "./batch-messages.js";
import { rowDialog } from "./batch-row.js";
import { Rows, type RowShown } from "./batch-rows.js";
import { count, download, h, say, unique } from "./element.js";
import { issueList } from "./report.js";
import type { State } from "./state.js";
import { Table } from "./table.js";

/** What the statuses of a batch mean, and those of single bodies. */
const BATCH: [Status, string][] = [
  ["created", "new, will be created"],
  ["updated", "exist, will be updated"],
  ["failed", "sent, but will fail"],
  ["invalid", "left out of the requests"],
];
const BODIES: [Status, string][] = [
  ["ready", "can be sent"],
  ["refused", "cannot be sent"],
];

/** How long the search waits for the next letter, in milliseconds. */
const TYPING = 150;

/** The results of one run; made anew for each. */
export class Results {
  readonly element: HTMLElement;
  readonly #client: Client;
  readonly #state: State;
  readonly #statuses: [Status, string][];
  readonly #described: Described;
  readonly #file: File;
  readonly #rows: Rows;
  readonly #table: Table<RowShown>;
  readonly #headline = h("h2", {});
  readonly #timing = h("p", { class: "quiet small" });
  readonly #notes = h("div", { class: "notes" });
  readonly #bar: Map<Status, HTMLElement>;
  readonly #legend: Map<Status, { button: HTMLButtonElement; number: HTMLElement }>;
  readonly #codes = h("ul", { class: "codes", role: "list", "aria-label": "Issues by code" });
  readonly #noCodes = h("p", { class: "quiet" }, "No issues.");
  readonly #search: HTMLInputElement;
  readonly #status: HTMLSelectElement;
  readonly #code: HTMLSelectElement;
  readonly #shown = h("p", { class: "quiet small", role: "status" });
  readonly #clear: HTMLButtonElement;
  readonly #downloads = h("div", { class: "card downloads", hidden: true });
  /** What was counted, and is not shown yet. */
  #counts: Counts | undefined;
  readonly #codeRows = new Map<string, { item: HTMLElement; button: HTMLButtonElement; fill: HTMLElement; number: HTMLElement }>();

  constructor(client: Client, state: State, file: File, described: Described) {
    this.#client = client;
    this.#state = state;
    this.#file = file;
    this.#described = described;
    this.#statuses = described.batch ? BATCH : BODIES;
    this.#rows = new Rows(() => this.#draw());
    const [search, status, code] = [unique("search"), unique("status"), unique("code")];
    this.#search = h("input", { id: search, type: "search", autocomplete: "off", spellcheck: false, placeholder: "A domain, or words of a message" });
    this.#status = h("select", { id: status }, h("option", { value: "" }, "All"), ...this.#statuses.map(([name]) => h("option", { value: name }, name)));
    this.#code = h("select", { id: code }, h("option", { value: "" }, "All"));
    this.#clear = h("button", { type: "button", class: "plain", hidden: true, onclick: () => this.#filter("", "", "") }, "Show all rows");
    let typing = 0;
    this.#search.addEventListener("input", () => {
      clearTimeout(typing);
      typing = setTimeout(() => this.#filtered(), TYPING);
    });
    for (const select of [this.#status, this.#code]) select.addEventListener("change", () => this.#filtered());

    const dialog = rowDialog({
      row: (position) => this.#row(position),
      noun: () => this.#noun,
      moved: (position) => this.#table.go(position),
    });
    this.#table = new Table<RowShown>({
      label: "Rows",
      columns: [
        { title: this.#noun, name: "at", text: ({ row }) => row.toLocaleString("en") },
        { title: "Status", name: "status", text: ({ status }) => status },
        { title: described.batch ? "Domain" : "Known by", name: "key", text: ({ key }) => key },
        { title: "First issue", name: "message", text: ({ message }) => message },
        { title: "Issues", name: "number", text: ({ issues }) => number(issues) },
        { title: "Changes", name: "number", text: ({ changes }) => number(changes) },
      ],
      count: () => this.#rows.count,
      at: (position) => this.#rows.at(position),
      kind: ({ status }) => status,
      open: (position) => dialog.open(position),
    });

    this.#bar = new Map(this.#statuses.map(([name]) => [name, h("span", { class: `part-of ${name}` })]));
    this.#legend = new Map(this.#statuses.map(([name, meaning]) => {
      const number = h("strong", {}, "0");
      const button = h("button", { type: "button", class: "legend", "aria-pressed": "false", onclick: () => this.#toggle("status", name) },
        h("span", { class: `dot ${name}` }), number, h("span", {}, name), h("span", { class: "quiet small" }, meaning));
      return [name, { button, number }] as const;
    }));
    const bar = h("div", { class: "bar", "aria-hidden": "true" }, ...this.#bar.values());
    const legend = h("div", { class: "legends", role: "group", "aria-label": "Rows by status" }, ...[...this.#legend.values()].map(({ button }) => button));
    this.#filter(state.shown["batch.status"] ?? "", state.shown["batch.code"] ?? "", state.shown["batch.search"] ?? "", true);
    this.element = h("div", { class: "results" },
      h("section", { class: "card", "aria-label": "Summary" }, h("div", {}, this.#headline, this.#timing), bar, legend, this.#notes),
      this.#downloads,
      h("section", { class: "card", "aria-label": "Issues" }, h("h2", {}, "Issues by code"), this.#noCodes, this.#codes),
      h("section", { class: "card", "aria-label": "Table" },
        h("div", { class: "row spread" }, h("h2", {}, `${this.#noun}s`), this.#shown),
        h("div", { class: "filters" },
          h("div", { class: "wide" }, h("label", { htmlFor: search }, "Search"), this.#search),
          h("div", {}, h("label", { htmlFor: status }, "Status"), this.#status),
          h("div", {}, h("label", { htmlFor: code }, "Code"), this.#code),
          this.#clear,
        ),
        this.#table.element,
        h("p", { class: "help" }, described.columns ? "A row's number is its line in the file. " : "", "Click a row, or use the arrow keys, Home, End and the page keys and press Enter, to see its cells, issues and changes."),
      ),
      dialog.element,
    );
  }

  /** Takes what a run has so far. */
  progress({ counts, blocks, numbers }: Progress): void {
    this.#rows.add(blocks, numbers);
    // Once a frame is enough, however often it is told.
    if (this.#counts === undefined) {
      requestAnimationFrame(() => {
        if (this.#counts) this.#count(this.#counts);
        this.#counts = undefined;
      });
    }
    this.#counts = counts;
  }

  /** Takes what a run ended with. */
  done(done: Done, whole: number): void {
    if (this.#counts) this.#count(this.#counts);
    this.#counts = undefined;
    const { total } = this.#rows;
    const rate = Math.round(total / (done.time / 1000));
    this.#timing.textContent =
      `${count(total, this.#noun.toLowerCase())} of ${megabytes(this.#file.size)} in ${seconds(done.time)}, which is ${rate.toLocaleString("en")} a second in the worker; ` +
      `${seconds(whole)} from the click until all of it stood here.`;
    const notes: HTMLElement[] = [];
    if (done.stopped !== undefined) notes.push(h("p", { class: "notice refused", role: "alert" }, `It could not be read to its end, and what is here is only the rows before: ${done.stopped}`));
    if (done.requests.length > 0) notes.push(h("div", { class: "notice" }, h("h3", {}, "About whole requests"), issueList(done.requests.map(({ count, issue }) => ({ ...issue, message: count === 1 ? issue.message : `${issue.message} (in ${count.toLocaleString("en")} requests)` })))));
    if (done.missing.length > 0) notes.push(h("p", { class: "notice warned" }, `No column is ${done.missing.map((name) => `“${name}”`).join(", ")}, which every row needs.`));
    if (done.unused.length > 0) notes.push(h("p", { class: "quiet small" }, `Columns left out: ${done.unused.join(", ")}.`));
    if (total === 0) notes.push(h("p", { class: "notice" }, "There are no rows in this file."));
    this.#notes.replaceChildren(...notes);
    this.#offer();
    say(this.#headline.textContent ?? "");
  }

  /** Says that the run was stopped. */
  stopped(): void {
    this.#notes.replaceChildren(h("p", { class: "notice", role: "status" }, `Stopped after ${count(this.#rows.total, this.#noun.toLowerCase())}. Nothing can be saved of a run that was stopped, and its rows cannot be opened; check the file again for that.`));
    this.#timing.textContent = "";
  }

  get #noun(): string {
    return this.#described.format === "json" ? "Item" : "Row";
  }

  #count(counts: Counts): void {
    const { rows, sent, created, updated, failed } = counts;
    const by: Partial<Record<Status, number>> = { created, updated, failed, invalid: rows - sent, ready: sent, refused: rows - sent };
    for (const [name] of this.#statuses) {
      const number = by[name] ?? 0;
      (this.#bar.get(name) as HTMLElement).style.flexGrow = String(number);
      (this.#bar.get(name) as HTMLElement).hidden = number === 0;
      (this.#legend.get(name) as { number: HTMLElement }).number.textContent = number.toLocaleString("en");
    }
    const all = `${sent.toLocaleString("en")} of ${count(rows, this.#noun.toLowerCase())} can be sent`;
    this.#headline.textContent = this.#described.batch ? `${all}, in ${count(counts.requests, "request")}` : all;
    this.#countCodes(counts);
  }

  #countCodes({ codes }: Counts): void {
    const most = codes[0]?.count ?? 1;
    this.#noCodes.hidden = codes.length > 0;
    const counts = new Map<string, { count: number; severity: string }>();
    for (const { code, severity, count } of codes) {
      const known = counts.get(code);
      counts.set(code, { count: count + (known?.count ?? 0), severity: known?.severity === "error" ? "error" : severity });
    }
    for (const [code, { count, severity }] of counts) {
      let row = this.#codeRows.get(code);
      if (!row) {
        const [fill, number] = [h("span", { class: `fill ${severity}` }), h("span", { class: "number" })];
        const button = h("button", { type: "button", "aria-pressed": String(this.#code.value === code), onclick: () => this.#toggle("code", code) },
          h("code", {}, code), h("span", { class: severity === "error" ? "wrong small" : "warned small" }, severity), h("span", { class: "track", "aria-hidden": "true" }, fill), number);
        row = { item: h("li", {}, button), button, fill, number };
        this.#codeRows.set(code, row);
        this.#codes.append(row.item);
        this.#code.append(h("option", { value: code }, code));
        if (this.#state.shown["batch.code"] === code) this.#code.value = code;
      }
      row.number.textContent = count.toLocaleString("en");
      row.fill.style.width = `${Math.max(0.5, (count / most) * 100)}%`;
    }
    // The most frequent first; nothing is moved that stands where it should, so that what has the focus keeps it.
    [...counts.keys()].forEach((code, at) => {
      const { item } = this.#codeRows.get(code) as { item: HTMLElement };
      if (this.#codes.children[at] !== item) this.#codes.insertBefore(item, this.#codes.children[at] ?? null);
    });
  }

  #toggle(which: "status" | "code", value: string): void {
    const [status, code] = [this.#status.value, this.#code.value];
    if (which === "status") this.#filter(status === value ? "" : value, code, this.#search.value);
    else this.#filter(status, code === value ? "" : value, this.#search.value);
  }

  #filter(status: string, code: string, search: string, first = false): void {
    this.#status.value = status;
    if (code !== "" && ![...this.#code.options].some(({ value }) => value === code)) {
      // A shared address may name it before the run has found it.
      if (!first) this.#code.value = "";
    } else this.#code.value = code;
    this.#search.value = search;
    this.#filtered(first ? code : this.#code.value);
  }

  #filtered(code = this.#code.value): void {
    const filter = { status: this.#status.value, code, search: this.#search.value };
    this.#clear.hidden = Object.values(filter).every((value) => value === "");
    for (const [name, { button }] of this.#legend) button.setAttribute("aria-pressed", String(name === filter.status));
    for (const [name, { button }] of this.#codeRows) button.setAttribute("aria-pressed", String(name === filter.code));
    this.#state.set({ "batch.status": filter.status, "batch.code": filter.code, "batch.search": filter.search }, this);
    this.#rows.filter = filter;
    this.#table.toTop();
  }

  #draw(): void {
    const { count: found, total, complete } = this.#rows;
    const all = `${total.toLocaleString("en")}`;
    const rows = `${this.#noun.toLowerCase()}s`;
    const text = found === total ? `${all} ${rows}` : `${found.toLocaleString("en")} of ${all} ${rows}${complete ? "" : " …"}`;
    if (this.#shown.textContent !== text) this.#shown.textContent = text;
    this.#table.later();
  }

  async #row(position: number): Promise<{ told: RowTold; status: Status } | undefined> {
    const row = this.#rows.at(position);
    if (!row) return undefined;
    return { told: await this.#client.ask<RowTold>({ ask: "row", index: row.index }), status: row.status };
  }

  /** The files that can be saved. */
  #offer(): void {
    const stem = this.#file.name.replace(/\.[^.]+$/, "");
    const save = (label: string, ask: "clean" | "problems" | "report", name: string, help: string, main = false): HTMLElement => {
      const button = h("button", { type: "button", class: main ? "main" : "" }, label);
      button.addEventListener("click", () => {
        button.disabled = true;
        this.#client
          .ask<Blob>({ ask })
          .then((blob) => download(name, [blob], blob.type))
          .catch((error: unknown) => say(error instanceof Error ? error.message : String(error)))
          .finally(() => (button.disabled = false));
      });
      return h("div", {}, button, h("p", { class: "help" }, help));
    };
    const what = this.#described.batch ? "requests" : "bodies";
    this.#downloads.replaceChildren(
      h("h2", {}, "Downloads"),
      h("div", { class: "saves" },
        save(`Save the cleaned ${what}`, "clean", `${stem}.clean.ndjson`, this.#described.batch ? "NDJSON: a request of at most 100 items a line, ready to send." : "NDJSON: a body a line, ready to send.", true),
        save("Save the problems as CSV", "problems", `${stem}.problems.csv`, "All issues and changes, for a spreadsheet. Cells that begin with = + - @ or a tab get an apostrophe before them, so that none is run as a formula."),
        save("Save the report", "report", `${stem}.report.ndjson`, "The same as NDJSON: what the command line writes as its report."),
      ),
    );
    this.#downloads.hidden = false;
  }
}

function number(count: number): string {
  return count === 0 ? "" : count === 255 ? "255+" : String(count);
}

function seconds(time: number): string {
  return time < 1000 ? `${Math.max(1, Math.round(time))} ms` : `${(time / 1000).toFixed(2)} s`;
}

/** A size as people read it. */
export function megabytes(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.max(bytes < 1 ? 0 : 0.1, bytes / 1000).toFixed(1)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
