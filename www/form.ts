// Form: fields made from the operation's own schema, and beside them what will be sent.

import type { Issue, Schema, TextResult } from "prewash";
import loaders, { type Help } from "prewash-help";
import { count, h, say } from "./element.js";
import { Fields, NEEDS_MORE, type More, type Shape } from "./fields.js";
import type { Kind } from "./menu.js";
import { chosen, onOperations, type Choice } from "./operations.js";
import type { Panel } from "./panel.js";
import type { Part } from "./part.js";
import { picker } from "./picker.js";
import type { State } from "./state.js";
import { Digits, plain, type Path, type Value } from "./values.js";

/** What is wrong with the text itself: then there is nothing that fields could show. */
const UNREADABLE = new Set(["invalid_json", "duplicate_key", "too_deep", "too_large", "invalid_unicode"]);
/** What is only missing: no mistake while nobody has typed. */
const MISSING = new Set(["required", "missing_identifier"]);

export default {
  async start(root, state) {
    const form = new Form(state);
    await form.build();
    root.append(form.root);
  },
} satisfies Part;

class Form {
  readonly root: HTMLElement;
  readonly #state: State;
  readonly #samples = h("div", { class: "row samples" });
  readonly #summary = h("p", { class: "quiet" });
  readonly #fieldsAt = h("form", { class: "form-fields", noValidate: true, autocomplete: "off", "aria-label": "Request" });
  readonly #verdict = h("p", { class: "notice", role: "status" });
  readonly #result = h("section", { class: "card stays result", "aria-label": "Result" }, this.#verdict, h("p", { class: "quiet" }, "What will be sent is shown here: fill in the fields, or take a sample."));
  #panel: Panel | undefined;
  #choice: Choice;
  #body: Fields | undefined;
  #path: Fields | undefined;
  #help: Help | undefined;
  /** Loaded when a form needs it. */
  #more: More | undefined;
  #isStale = false;
  #builds = 0;
  #isPressed = false;

  constructor(state: State) {
    this.#state = state;
    this.#choice = chosen(state.shown.operation);
    // Enter in a line sends a form; here there is nowhere to send it to.
    this.#fieldsAt.addEventListener("submit", (event) => event.preventDefault());
    this.root = h(
      "div",
      { class: "columns form-part" },
      h("section", { class: "card", "aria-label": "Fields" }, h("h2", { class: "unseen" }, "Form"), picker(state), this.#summary, this.#samples, this.#fieldsAt),
      this.#result,
    );
    addEventListener("pointerdown", () => (this.#isPressed = true), true);
    for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => (this.#isPressed = false), true);
    state.on((changed, by) => {
      const isOwn = by === this || ![...changed].some((key) => key === "operation" || key === "body" || key.startsWith("form."));
      if (!isOwn) this.#isStale = true;
      // Fields nobody sees need not follow.
      if (this.#isStale && state.shown.part === "form") void this.build();
    });
    onOperations(() => void this.build());
  }

  /** Makes all fields anew, for another operation or another body. */
  async build(isBegun = true): Promise<void> {
    this.#isStale = false;
    this.#builds += 1;
    const build = this.#builds;
    const choice = chosen(this.#state.shown.operation);
    if (choice !== this.#choice || !this.#help) {
      const loaded = (await loaders[choice.name]?.())?.default;
      // Another one was picked meanwhile.
      if (build !== this.#builds) return;
      this.#help = loaded;
      this.#choice = choice;
    }
    const { operation, samples } = choice;
    this.#summary.textContent = this.#help?.summary ?? "";
    this.#summary.hidden = this.#summary.textContent === "";
    const button = (title: string, take: () => unknown): HTMLElement => h("button", { type: "button", class: "small", onclick: take }, title);
    this.#samples.replaceChildren(
      ...samples.map(({ title, body }) => button(title, async () => this.#take(await body()))),
      button("Empty", () => this.#state.set({ body: "", ...this.#parameters(() => "") })),
    );
    this.#body = this.#path = undefined;
    try {
      this.#path = this.#pathFields();
      this.#body = this.#bodyFields();
      // The first check compiles the schema; what is timed are those that follow.
      operation.body.checkText("null");
    } catch (error) {
      if (error === NEEDS_MORE) {
        this.#more = await import("./rows.js");
        return this.build(isBegun);
      }
      this.#fieldsAt.replaceChildren(this.#refusal(error instanceof Error ? error.message : String(error)));
    }
    const [body, path] = [this.#body as Fields | undefined, this.#path as Fields | undefined];
    const isBare = operation.method === "GET" || operation.method === "HEAD";
    if (body || path)
      this.#fieldsAt.replaceChildren(
        ...(path ? [h("fieldset", { class: "group" }, h("legend", {}, "In the path"), path.root)] : []),
        ...(body && !isBare ? [body.root] : isBare ? [h("p", { class: "quiet" }, `${operation.method} takes no body.`)] : []),
      );
    // What comes from a sample, an address or the JSON part is judged as a whole, also by what it lacks.
    if (isBegun && this.#state.shown.body !== "") body?.touch();
    this.#check(true);
  }

  /** A sample, with the examples of the parameters where none are given. */
  #take(body: string): void {
    const examples = this.#help?.path ?? {};
    this.#state.set({ body, ...this.#parameters((name, given) => given || String(examples[name]?.example ?? "")) });
    say("The sample is filled in.");
  }

  #parameters(next: (name: string, given: string) => string): Record<string, string> {
    const shape = this.#choice.operation.pathParameters.jsonSchema as Shape;
    return Object.fromEntries(Object.keys(shape.properties ?? {}).map((name) => [`form.${name}`, next(name, this.#state.shown[`form.${name}`] ?? "")]));
  }

  #pathFields(): Fields | undefined {
    const schema = this.#choice.operation.pathParameters;
    const shape = schema.jsonSchema as Shape;
    const given = Object.entries(shape.properties ?? {});
    if (given.length === 0) return undefined;
    const value = new Map<string, Value>();
    for (const [name, parameter] of given) {
      const text = this.#state.shown[`form.${name}`] ?? "";
      const isNumber = typeof parameter === "object" && parameter.type !== "string" && /^-?(0|[1-9]\d*)$/.test(text);
      if (text !== "") value.set(name, isNumber ? new Digits(text) : text);
    }
    const fields: Fields = new Fields({
      schema,
      shape,
      value,
      help: ([name]) => this.#help?.path[String(name)]?.description,
      onInput: () => {
        const now = (plain(fields.value) ?? {}) as Record<string, unknown>;
        this.#state.set(this.#parameters((name) => String(now[name] ?? "")), this);
        this.#check(false);
      },
      onLeave: () => this.#left(),
      more: this.#more,
      onMore: (at) => void this.#begin(at),
    });
    return fields;
  }

  #bodyFields(): Fields {
    const schema: Schema = this.#choice.operation.body;
    const shape = schema.jsonSchema as Shape;
    const text = this.#state.shown.body.trim();
    let value: Value;
    if (text !== "") {
      const unreadable = schema.checkText(text).issues.find(({ code }) => UNREADABLE.has(code));
      if (unreadable) throw new Error(unreadable.message);
      if (!this.#more) throw NEEDS_MORE;
      value = this.#more.read(text);
      if (shape.type === "object" && !(value instanceof Map)) throw new Error("the JSON is not an object");
    }
    const fields: Fields = new Fields({
      schema,
      shape,
      value,
      help: (path: Path) => this.#help?.body[path.map((step) => `/${typeof step === "number" ? "*" : step}`).join("")],
      onInput: () => {
        // An object that nothing is in yet is no body of the user's.
        this.#state.set({ body: fields.value instanceof Map && fields.value.size === 0 ? "" : fields.text }, this);
        this.#check(false);
      },
      onLeave: () => this.#left(),
      more: this.#more,
      onMore: (at) => void this.#begin(at),
    });
    return fields;
  }

  /**
   * A field is left: all are told how they stand. What that moves must not move away from under a button
   * that is just being pressed, which is how the field was left: so that waits.
   */
  #left(): void {
    if (this.#isPressed) addEventListener("pointerup", () => setTimeout(() => this.#check(true)), { once: true });
    else this.#check(true);
  }

  /** Begins a list, as soon as there is what shows its rows. */
  async #begin(at: string): Promise<void> {
    this.#more = await import("./rows.js");
    await this.build(false);
    this.#fieldsAt.querySelector<HTMLElement>(`[data-at="${CSS.escape(at)}"] > div > .add`)?.click();
  }

  /** Says that the text cannot be shown in fields. */
  #refusal(message: string): HTMLElement {
    return h(
      "div",
      { class: "notice refused" },
      h("p", {}, `The form cannot show the text that is in the JSON part: ${message}.`),
      h("button", { type: "button", onclick: () => this.#state.set({ body: "" }) }, "Start anew"),
    );
  }

  /** Checks the whole request, and shows what came of it. */
  #check(tell: boolean): { result: TextResult<string>; issues: Issue[]; text: string } | undefined {
    const { operation } = this.#choice;
    if (!this.#body) {
      this.#tell("Not to be sent", "refused");
      this.#panel?.show({ json: undefined, issues: [], changes: [] });
      return undefined;
    }
    const text = this.#body.text || "null";
    const isBare = operation.method === "GET" || operation.method === "HEAD";
    const check = (): TextResult<string> => (this.#panel ? this.#panel.watch.time(() => operation.body.checkText(text)) : operation.body.checkText(text));
    const result: TextResult<string> = isBare ? { ok: true, json: "", issues: [], changes: [] } : check();
    const path = this.#path && operation.pathParameters.check(plain(this.#path.value) ?? {});
    if (tell) {
      this.#body.tell(result);
      if (path) this.#path?.tell(path);
    }
    const issues = [...(path?.issues ?? []), ...result.issues];
    this.#show(result, issues);
    return { result, issues, text };
  }

  #show(result: TextResult<string>, issues: Issue[]): void {
    const errors = issues.filter(({ severity }) => severity === "error");
    const warnings = issues.length - errors.length;
    const also = [warnings > 0 ? count(warnings, "warning") : "", result.changes.length > 0 ? count(result.changes.length, "change") : ""].filter(Boolean);
    const isUnbegun = this.#state.shown.body === "" && errors.every(({ code }) => MISSING.has(code));
    const [said, kind] = errors.length === 0 ? ["Ready to send", "ready"] : isUnbegun ? ["Not ready yet", ""] : [`Not to be sent: ${count(errors.length, "error")}`, "refused"];
    this.#tell([said, ...also].join(", "), kind as string);
    this.#panel?.show({ json: result.json, issues, changes: result.changes });
    if (!this.#panel && this.#state.shown.body !== "") void this.#bringPanel();
  }

  /** The verdict. A live region speaks at each change, also to the same. */
  #tell(text: string, kind: string): void {
    this.#verdict.className = `notice ${kind}`;
    if (this.#verdict.textContent !== text) this.#verdict.textContent = text;
  }

  async #bringPanel(): Promise<void> {
    const { Panel } = await import("./panel.js");
    if (this.#panel) return;
    this.#panel = new Panel((kind) => this.#copy(kind), (issue) => this.#find(issue));
    this.#result.replaceChildren(this.#verdict, ...this.#panel.parts);
    this.#check(false);
  }

  #find(issue: Issue): { title: string; input: HTMLElement } | undefined {
    const inPath = this.#choice.operation.path.includes(`{${issue.path[0]}}`) ? this.#path?.find(issue) : undefined;
    const found = inPath ?? this.#body?.find(issue);
    return issue.path.length === 0 ? undefined : found;
  }

  /** Copies the request in a form, if it may be sent: else it says what is in the way, and goes there. */
  async #copy(kind: Kind): Promise<boolean> {
    this.#body?.touch();
    this.#path?.touch();
    const checked = this.#check(true);
    const wrong = checked?.issues.find(({ severity }) => severity === "error");
    const isRefused = !checked || !checked.result.ok || (wrong !== undefined && kind !== "json");
    if (isRefused) {
      say("Not copied: mend the errors first.");
      if (wrong) this.#find(wrong)?.input.focus();
      return false;
    }
    const { as } = await import("./copy.js");
    const { name, operation } = this.#choice;
    const path = this.#path ? (operation.pathParameters.check(plain(this.#path.value) ?? {}).value as Record<string, unknown>) : {};
    const text = as(kind, { name, method: operation.method, path: operation.path, parameters: path, header: this.#help?.header, json: checked.result.json as string });
    await navigator.clipboard.writeText(text);
    say("Copied.");
    return true;
  }
}
