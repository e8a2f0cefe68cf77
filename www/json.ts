// JSON: an editor with the issues as markers, and beside it the body that will be sent.

import type { Issue, Options, TextResult } from "prewash";
import { differences } from "./difference.js";
import { bodyEditor, cleanView, type Marker } from "./editor.js";
import { brief, count, download, h, say, unique } from "./element.js";
import { chosen, onOperations } from "./operations.js";
import type { Part } from "./part.js";
import { picker } from "./picker.js";
import { indexesOf, markAt, spanAt } from "./places.js";
import { changeList, issueList } from "./report.js";
import type { State } from "./state.js";

/** So many issues are marked in the text; the list says how many there are. */
const MARKED = 300;

/** So many differences are shown. */
const SHOWN = 2_000;

/** A text longer than this is checked and compared in two steps. */
const LONG = 100_000;

/** A text longer than this is not laid out anew by the page: a person does not read it, and it takes long. */
const FORMATTED = 8_000_000;

/** An issue, where it is in the text, and what in the text its suggestion replaces. */
interface Place {
  issue: Issue;
  from: number;
  to: number;
}

export default {
  start(root, state) {
    new JsonPart(root, state);
  },
} satisfies Part;

class JsonPart {
  readonly #state: State;
  readonly #editor = bodyEditor(
    "",
    "Body, JSON",
    "Tab leaves the editor. F8 goes to the next issue, Shift and F8 to the one before.",
    () => this.#typed(),
    () => this.#tellPlace(),
  );
  readonly #clean = cleanView("Will be sent, JSON");
  readonly #verdict = h("p", { class: "notice", id: unique("verdict") });
  readonly #timing = h("p", { class: "quiet small timing" });
  readonly #issues = h("section", { class: "card" });
  readonly #changes = h("section", { class: "card" });
  readonly #sent = h("section", { class: "card", "aria-label": "Will be sent" });
  readonly #differs = h("p", { class: "quiet small legend" });
  readonly #place = h("div", { class: "place" });
  readonly #samples = h("div", { class: "row samples", role: "group", "aria-label": "Samples" });
  readonly #strict = h("input", { type: "checkbox", id: unique("strict") });
  readonly #host = h("select", { id: unique("host") });
  /** What the text was judged to be, and where its issues are; undefined while it is being typed. */
  #result: TextResult<string> | undefined;
  #places: Place[] = [];
  /** The text that the state has, as far as this part knows. */
  #known = "";
  /** How long all that follows a change took the last time, in milliseconds. */
  #cost = 0;
  #waiting = 0;
  #saying = 0;
  #comparing = 0;
  #first = true;
  /** Whether others changed the state while another part was shown. */
  #stale = false;

  constructor(root: HTMLElement, state: State) {
    this.#state = state;
    this.#build(root);
    state.on((changed, by) => {
      if (by === this) return;
      if (changed.has("part")) this.#settle();
      // While another part is shown, nothing is laid out here: it is done at the return.
      if (state.shown.part !== "json") {
        this.#stale = true;
        return;
      }
      if (this.#stale) {
        this.#stale = false;
        setTimeout(() => this.#return());
        return;
      }
      if (changed.has("operation") || changed.has("json.strict") || changed.has("json.linkedinHost")) {
        this.#showOptions();
        this.#showSamples();
        this.#take();
        this.#later(0);
      } else if (changed.has("body")) this.#take();
    });
    onOperations(() => {
      this.#showSamples();
      if (!this.#stale) this.#later(0);
    });
    this.#return();
  }

  /** Catches up with what other parts have changed. */
  #return(): void {
    this.#showOptions();
    this.#showSamples();
    this.#take();
    this.#check();
  }

  #build(root: HTMLElement): void {
    this.#host.append(h("option", { value: "" }, "as the API writes it"), h("option", { value: "www" }, "www.linkedin.com"), h("option", { value: "apex" }, "linkedin.com"));
    this.#strict.addEventListener("change", () => this.#state.set({ "json.strict": this.#strict.checked ? "1" : "" }));
    this.#host.addEventListener("change", () => this.#state.set({ "json.linkedinHost": this.#host.value }));
    // A link that is copied, or another part, has the text as it is.
    this.#editor.element.addEventListener("focusout", () => this.#settle());
    const copy = h("button", { type: "button", onclick: () => void this.#copy(copy) }, "Copy");
    root.append(
      h("h1", { class: "unseen" }, "JSON"),
      h(
        "section",
        { class: "card settings", "aria-label": "What is checked" },
        picker(this.#state),
        h("div", { class: "options" }, h("label", { class: "check" }, this.#strict, " Strict: unknown keys are errors"), h("div", { class: "host" }, h("label", { htmlFor: this.#host.id }, "LinkedIn host"), this.#host)),
      ),
      h(
        "div",
        { class: "columns" },
        h(
          "section",
          { class: "card stays", "aria-label": "Body" },
          h("div", { class: "row heading" }, h("h2", {}, "Body"), this.#samples, h("button", { type: "button", onclick: () => this.#format() }, "Format")),
          this.#editor.element,
          this.#place,
        ),
        h(
          "div",
          { class: "results" },
          h("div", { class: "judged" }, this.#verdict, this.#timing),
          this.#sent,
          this.#issues,
          this.#changes,
        ),
      ),
    );
    this.#sent.append(
      h(
        "div",
        { class: "row spread" },
        h("h2", {}, "Will be sent"),
        h("div", { class: "row" }, copy, h("button", { type: "button", onclick: () => this.#download() }, "Download")),
      ),
      this.#clean.element,
      this.#differs,
    );
  }

  #options(): Options {
    const { "json.strict": strict, "json.linkedinHost": host } = this.#state.shown;
    return { ...(strict === "1" ? { strict: true } : {}), ...(host === "www" || host === "apex" ? { linkedinHost: host } : {}) };
  }

  #showOptions(): void {
    const { strict, linkedinHost } = this.#options();
    this.#strict.checked = strict === true;
    this.#host.value = linkedinHost ?? "";
  }

  #showSamples(): void {
    const { samples } = chosen(this.#state.shown.operation);
    this.#samples.replaceChildren(...samples.map(({ title, body }) => h("button", { type: "button", class: "plain", onclick: async () => this.#replace(await body()) }, title)));
  }

  /** Takes the body that another part, or the address, has put into the state. */
  #take(): void {
    const { body } = this.#state.shown;
    if (body === this.#known) return;
    this.#known = body;
    this.#editor.replace(body);
  }

  #replace(text: string): void {
    this.#editor.replace(text);
    this.#check();
  }

  /** After each change of the text. */
  #typed(): void {
    this.#result = undefined;
    this.#later(this.#cost);
  }

  /** What is quick is done with the next frame; what is not, when the typing pauses, for longer than it takes. */
  #later(cost: number): void {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => this.#check(), cost < 8 ? 0 : Math.min(150 + 3 * cost, 1_500));
  }

  /** Does now what waits. */
  #settle(): void {
    if (this.#waiting !== 0 && !this.#stale) this.#check();
  }

  #check(): void {
    clearTimeout(this.#waiting);
    this.#waiting = 0;
    const began = performance.now();
    const text = this.#editor.text();
    this.#known = text;
    this.#state.set({ body: text }, this);
    const { operation } = chosen(this.#state.shown.operation);
    const body = operation.body.with(this.#options());
    const start = performance.now();
    const result = body.checkText(text);
    const took = performance.now() - start;
    this.#result = result;
    const empty = text.trim() === "";
    this.#places = empty ? [] : placesOf(text, result.issues);
    this.#editor.mark(this.#places.map((place) => this.#marker(place)));
    this.#tell(text, result, empty, took);
    this.#tellPlace();
    this.#cost = performance.now() - began;
    this.#first = false;
  }

  #marker({ issue, from, to }: Place): Marker {
    const { suggestion } = issue;
    return {
      from,
      to,
      severity: issue.severity,
      message: issue.message,
      source: issue.code,
      actions: suggestion === undefined ? [] : [{ name: `Use ${brief(suggestion, 60)}`, apply: () => this.#apply(issue) }],
    };
  }

  #tell(text: string, result: TextResult<string>, empty: boolean, took: number): void {
    const { ok, issues, changes } = result;
    const errors = issues.filter(({ severity }) => severity === "error").length;
    const warnings = issues.length - errors;
    const besides = [warnings > 0 && count(warnings, "warning"), changes.length > 0 && count(changes.length, "change")].filter((one) => one !== false);
    const verdict = empty ? "Nothing to check yet" : [ok ? "Ready to send" : `Not to be sent: ${count(errors, "error")}`, ...besides].join(", ");
    if (this.#verdict.textContent !== verdict) {
      this.#verdict.textContent = verdict;
      // When the typing pauses, and not with each key.
      clearTimeout(this.#saying);
      if (!this.#first) this.#saying = setTimeout(() => say(verdict), 800);
    }
    this.#verdict.className = `notice ${empty ? "quiet" : ok ? "ready" : "refused"}`;
    this.#timing.textContent = empty ? "" : `${size(text)} checked in ${duration(took)}, in this page${this.#first ? " (the first check, with its start-up)" : ""}.`;
    this.#sent.hidden = empty || !ok;
    // What is long is compared in a task of its own, so that what was typed meanwhile goes first.
    clearTimeout(this.#comparing);
    if (text.length > LONG) this.#comparing = setTimeout(() => this.#tellClean(text, result));
    else this.#tellClean(text, result);
    this.#issues.hidden = empty || issues.length === 0;
    this.#issues.replaceChildren(h("h2", {}, `Issues (${issues.length.toLocaleString("en")})`), issueList(issues, (issue) => this.#goTo(issue), (issue) => this.#apply(issue)));
    this.#changes.hidden = empty || changes.length === 0;
    this.#changes.replaceChildren(h("h2", {}, `Changes (${changes.length.toLocaleString("en")})`), changeList(changes));
  }

  #tellClean(text: string, result: TextResult<string>): void {
    if (this.#sent.hidden || result.json === undefined) return;
    const began = performance.now();
    const { found, more } = result.json === text ? { found: [], more: false } : differences(text, result.json, SHOWN);
    this.#clean.show(result.json, found);
    if (found.length === 0) this.#differs.replaceChildren("The same, byte for byte.");
    else this.#differs.replaceChildren("± marks a changed line: ", h("del", {}, "removed"), " is struck through, ", h("ins", {}, "added"), ` is underlined.${more ? ` The first ${SHOWN.toLocaleString("en")} differences are shown.` : ""}`);
    this.#cost = Math.max(this.#cost, performance.now() - began);
  }

  /** What is at the caret: its place, and the issue there with its suggestion. */
  #tellPlace(): void {
    const { index, line, column } = this.#editor.caret();
    const place = this.#result && this.#places.find(({ from, to }) => from <= index && index <= to);
    const issue = place?.issue;
    this.#place.replaceChildren(
      h("span", { class: "quiet mono" }, `${line}:${column}`),
      issue
        ? h("div", {}, h("p", { class: issue.severity === "error" ? "wrong" : "warned" }, issue.message), issue.suggestion !== undefined && h("button", { type: "button", class: "small", onclick: () => this.#apply(issue) }, `Use ${brief(issue.suggestion, 60)}`))
        : h("span", { class: "quiet" }, "Tab leaves the editor, F8 goes to the next issue."),
    );
    if (place && place.issue !== this.#told) say(`${place.issue.severity}: ${place.issue.message}`);
    this.#told = place?.issue;
  }
  #told: Issue | undefined;

  #placeOf(issue: Issue): Place | undefined {
    this.#settle();
    const found = this.#places.find((place) => place.issue === issue || same(place.issue, issue));
    // What is too far down to be marked has its place all the same.
    return found ?? placesOf(this.#editor.text(), [issue])[0];
  }

  #goTo(issue: Issue): void {
    const place = this.#placeOf(issue);
    if (place) this.#editor.goTo(place.from);
  }

  /** Puts a suggestion in the place of the key or value that it is for. */
  #apply(issue: Issue): void {
    const place = this.#placeOf(issue);
    const span = place && spanAt(this.#editor.text(), place.from);
    if (!span) return;
    this.#editor.put(span.from, span.to, JSON.stringify(issue.suggestion));
    this.#check();
    say(`Now ${brief(issue.suggestion)}`);
  }

  #format(): void {
    const text = this.#editor.text();
    if (text.length > FORMATTED) return say("Too long to be formatted here");
    const formatted = indented(text);
    if (formatted === undefined) {
      say("Not formatted: the text is not JSON");
      const [issue] = this.#result?.issues ?? [];
      if (issue) this.#goTo(issue);
      return;
    }
    if (formatted !== text) this.#replace(formatted);
    say("Formatted");
  }

  async #copy(button: HTMLButtonElement): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.#clean.text());
      button.textContent = "Copied";
      say("Copied");
    } catch {
      // Where the browser allows no copying, the text can still be selected.
      button.textContent = "Not allowed";
      say("The browser does not allow copying");
    }
    setTimeout(() => (button.textContent = "Copy"), 2_000);
  }

  #download(): void {
    download(`${this.#state.shown.operation}.json`, [this.#clean.text()], "application/json");
  }
}

/** Where the first issues are in the text. */
function placesOf(text: string, issues: readonly Issue[]): Place[] {
  const placed = issues.slice(0, MARKED).filter(({ position }) => position !== undefined);
  placed.sort((one, other) => (one.position?.offset ?? 0) - (other.position?.offset ?? 0));
  const indexes = indexesOf(text, placed.map(({ position }) => position?.offset ?? 0));
  return placed.map((issue, at) => ({ issue, ...markAt(text, indexes[at] as number) }));
}

function same(one: Issue, other: Issue): boolean {
  return one.code === other.code && one.pointer === other.pointer && one.position?.offset === other.position?.offset;
}

/**
 * The text with each member on a line of its own, or undefined if it is not JSON. Done on the text:
 * `JSON.parse` would round numbers and lose keys that come twice.
 */
function indented(text: string): string | undefined {
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  const out: string[] = [];
  let depth = 0;
  const line = (): string => `\n${"  ".repeat(depth)}`;
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g) ?? [];
  tokens.forEach((token, at) => {
    const before = tokens[at - 1];
    if (token === "{" || token === "[") {
      out.push(token);
      depth += 1;
      const next = tokens[at + 1];
      if (next !== "}" && next !== "]") out.push(line());
    } else if (token === "}" || token === "]") {
      depth -= 1;
      if (before !== "{" && before !== "[") out.push(line());
      out.push(token);
    } else if (token === ",") out.push(token, line());
    else if (token === ":") out.push(": ");
    else out.push(token);
  });
  return out.join("");
}

function size(text: string): string {
  const bytes = new Blob([text]).size;
  return bytes < 10_000 ? count(bytes, "byte") : bytes < 1_000_000 ? `${(bytes / 1000).toFixed(0)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** Browsers measure no finer than this, and some in whole milliseconds. */
function duration(ms: number): string {
  if (ms === 0) return "less than the browser's clock can tell";
  return ms < 0.1 ? "less than 0.1 ms" : ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`;
}
