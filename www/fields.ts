// Fields for a JSON Schema: the right input for each type, with label, help and messages.

import type { Change, Issue, Schema } from "prewash";
import { brief, h, harmless, say, unique } from "./element.js";
import { isSent, plain, pointerOf, write, type Members, type Path, type Value } from "./values.js";

/** A JSON Schema, so far as a form reads it. */
export interface Shape {
  $ref?: string;
  $defs?: Record<string, Shape>;
  type?: string | string[];
  title?: string;
  description?: string;
  format?: string;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  properties?: Record<string, Shape | boolean>;
  required?: string[];
  items?: Shape | boolean;
  minItems?: number;
  maxItems?: number;
  minimum?: number;
  allOf?: Shape[];
  anyOf?: Shape[];
  oneOf?: Shape[];
  additionalProperties?: Shape | boolean;
  "x-suggested-values"?: string[];
  "x-drop-null"?: boolean;
  "x-custom-fields"?: { prefix?: string; key?: string };
}

/** Where a value is kept. */
interface Slot {
  get(): Value;
  set(value: Value): void;
}

/** The object that members stand in: as it is, made if it is not there, and taken away. */
export interface Within {
  now(): Members | undefined;
  make(): Members;
  drop(): void;
}

/** What a field is about. */
export interface About {
  path: Path;
  shape: Shape;
  slot: Slot;
  title: string;
  /** The key, shown beside the title. */
  name?: string;
  required?: boolean;
  /** In a list, where the rows' names are read only by screen readers. */
  inRow?: boolean;
}

/** What there is to tell of a field. */
export interface Verdict {
  issues: readonly Issue[];
  changes: readonly Change[];
}

export interface Field {
  path: Path;
  title: string;
  /** Whether it was left once, or had a value from the start: its messages are shown. */
  touched: boolean;
  input: HTMLElement;
  tell(verdict: Verdict): void;
}

interface Given {
  schema: Schema;
  /** What the schema is read from. */
  shape: Shape;
  value: Value;
  /** The description of what stands at a path, if the schema has none. */
  help(path: Path): string | undefined;
  /** At each input, after the value is there. */
  onInput(): void;
  /** When a field is left. */
  onLeave(): void;
  /** What is loaded when it is needed; see `NEEDS_MORE`. */
  more?: More | undefined;
  /** When a list is begun for which more is needed; its `data-at` finds it again. */
  onMore(at: string): void;
}

/** Rows of lists, objects in objects, and JSON: what an empty form of plain fields does without. */
export type More = Pick<typeof import("./rows.js"), "group" | "list" | "custom" | "special" | "resolve" | "read" | "sentPath" | "shownPath">;

/** Thrown where a form cannot be shown without `more`. */
export const NEEDS_MORE = new Error("more is needed");

/** Deeper than this, JSON is written as JSON. */
const DEEPEST = 12;
/** Strings that have several lines, by their keys: no keyword of JSON Schema says so. */
const LONG = /^(notes?|description|comments?|message|text|remarks?|summary|bio)$/i;
/** The inputs of formats: their type, and the keyboard of a phone. */
const INPUTS: Record<string, { type?: string; inputMode?: string }> = {
  email: { type: "email" },
  "idn-email": { type: "email" },
  uri: { type: "url" },
  phone: { type: "tel" },
  date: { type: "date" },
  domain: { inputMode: "url" },
  linkedin: { inputMode: "url" },
  "linkedin-company": { inputMode: "url" },
  "linkedin-person": { inputMode: "url" },
};

/** All fields of a schema, and the value they make together. */
export class Fields {
  readonly root: HTMLElement;
  readonly #given: Given;
  readonly fields = new Map<string, Field>();
  /** What the whole check said when a field was last left. */
  whole: Verdict = { issues: [], changes: [] };
  value: Value;

  constructor(given: Given) {
    this.#given = given;
    this.value = given.value;
    const slot = { get: () => this.value, set: (value: Value) => void (this.value = value) };
    this.root = this.body({ path: [], shape: this.resolve(given.shape), slot, title: "Body", required: true });
  }

  /** The value as JSON text. */
  get text(): string {
    return isSent(this.value) ? write(this.value) : "";
  }

  /** Tells each field what the check of the whole says of it. */
  tell(whole: Verdict): void {
    this.whole = whole;
    const issues = this.#byField(whole.issues);
    const changes = this.#byField(whole.changes);
    for (const [pointer, field] of this.fields) {
      const its = issues.get(pointer) ?? [];
      // What is not there yet is missed where one has been; a rule across fields is told at once.
      field.tell({ issues: field.touched ? its : its.filter(({ code }) => code !== "required"), changes: changes.get(pointer) ?? [] });
    }
  }

  /** Shows the messages of all fields, also of those nobody has been in. */
  touch(): void {
    for (const field of this.fields.values()) field.touched = true;
  }

  /** The field an issue is about, if there is one. */
  find(issue: { path: Path }): { title: string; input: HTMLElement } | undefined {
    return this.fields.get(pointerOf(this.#shown(issue.path)));
  }

  #byField<T extends { path: Path }>(all: readonly T[]): Map<string, T[]> {
    const found = new Map<string, T[]>();
    for (const one of all) {
      const path = this.#shown(one.path);
      // What lies deeper than the fields is told by the nearest field above it.
      while (path.length > 0 && !this.fields.has(pointerOf(path))) path.pop();
      const pointer = pointerOf(path);
      found.set(pointer, [...(found.get(pointer) ?? []), one]);
    }
    return found;
  }

  /** Where something in the text is shown: another place only where there are rows. */
  #shown(path: Path): Path {
    return this.#given.more?.shownPath(this.value, path) ?? [...path];
  }

  /** A schema without its references and the parts it is put together from. */
  resolve(given: Shape | boolean | undefined): Shape {
    if (typeof given !== "object") return {};
    return given.$ref === undefined && !given.allOf && !given.anyOf && !given.oneOf ? given : (this.#given.more?.resolve(given, this.#given.shape) ?? (given.$ref === undefined && given.type !== undefined ? given : this.more().resolve(given, this.#given.shape)));
  }

  /** What shows a value: fields of an object, rows of a list, or one input. */
  body(about: About): HTMLElement {
    const { shape, slot, path } = about;
    const value = slot.get();
    const types = typesOf(shape).filter((type) => type !== "null");
    const is = (type: string): boolean => types.length === 1 && types[0] === type;
    const isObject = is("object") || (types.length === 0 && shape.properties !== undefined);
    const isOptional = path.length > 0 && !about.required;
    if (path.length < DEEPEST) {
      const { more } = this.#given;
      if (isObject && (value === undefined || value instanceof Map) && (shape.properties || freeKeys(shape) !== undefined)) {
        if (value === undefined && !isOptional) slot.set(new Map());
        return path.length === 0 ? this.members(about) : this.more().group(this, about, isOptional);
      }
      if (is("array") && typeof shape.items === "object" && (value === undefined || Array.isArray(value) || (value === null && typesOf(shape).includes("null")))) {
        const isBegun = value !== undefined || (about.required && (shape.minItems ?? 0) > 0);
        return more || isBegun ? this.more().list(this, about) : this.#stub(about, `Add to ${about.title}`);
      }
    }
    return this.input(about);
  }

  /** The members of an object, one after the other. */
  members({ path, shape, slot }: About): HTMLElement {
    const made = h("div", { class: "fields" });
    const known = shape.properties ?? {};
    const members: Within = {
      now() {
        const value = slot.get();
        return value instanceof Map ? value : undefined;
      },
      make() {
        if (!this.now()) slot.set(new Map());
        return slot.get() as Members;
      },
      // An object that holds custom fields alone is there while there is one.
      drop: () => path.length > 0 && shape.properties === undefined && slot.set(undefined),
    };
    for (const [key, given] of Object.entries(known)) {
      const isThere = members.now()?.has(key) ?? false;
      // What only answers have (`readOnly`) has no place in a request.
      if (given === false && !isThere) continue;
      const member = this.resolve(given);
      made.append(
        this.body({
          path: [...path, key],
          shape: member,
          title: member.title ?? key,
          name: key,
          required: shape.required?.includes(key) ?? false,
          slot: {
            get: () => members.now()?.get(key),
            set: (next) => void (next === undefined ? members.make().delete(key) : members.make().set(key, next)),
          },
        }),
      );
    }
    const prefix = freeKeys(shape);
    if (prefix !== undefined) {
      const isBegun = [...(members.now()?.keys() ?? [])].some((key) => key.startsWith(prefix) && known[key] === undefined);
      const named = customAbout(path, prefix, shape, slot);
      made.append(this.#given.more || isBegun || path.length > 0 ? this.more().custom(this, named, prefix, new Set(Object.keys(known)), members) : this.#stub(named, prefix === "" ? "Add a field" : "Add a custom field"));
    }
    return made;
  }

  /** What is loaded when the form needs it; the form then begins anew. */
  more(): More {
    if (!this.#given.more) throw NEEDS_MORE;
    return this.#given.more;
  }

  /** A list nobody has begun: what it takes to show rows is loaded with the first. */
  #stub(about: About, title: string): HTMLElement {
    const at = pointerOf(about.path);
    const add = h("button", { type: "button", class: "small add", onclick: () => this.#given.onMore(at) }, title);
    return h("fieldset", { class: "group", "data-at": at }, ...kept(legend(about), this.help(about), h("div", {}, add)));
  }

  /** One input. */
  input(about: About): HTMLElement {
    const { path, shape, slot, title, required } = about;
    const id = unique("field");
    const made = h("div", { class: "field" });
    const message = messageLine(id);
    const field: Field = { path, title, touched: isSent(slot.get()), input: made, tell: () => {} };
    this.fields.set(pointerOf(path), field);
    let own = "";
    const show = (): void => {
      const control = controlFor(about, () => this.more(), (value, problem = "") => {
        own = problem;
        if (problem === "") slot.set(value);
        this.typed(field, problem === "");
        if (problem !== "" && field.touched) message.tell(input, problem, "wrong");
      });
      const { input } = control;
      input.id = id;
      field.input = input;
      field.tell = (verdict) => {
        if (own !== "" && field.touched) message.tell(input, own, "wrong");
        else message.verdict(input, verdict, slot.get());
      };
      const help = this.help(about);
      if (help) help.id = `${id}-help`;
      input.setAttribute("aria-describedby", `${help ? `${id}-help ` : ""}${id}-message`);
      if (required && !about.inRow) input.setAttribute("aria-required", "true");
      input.addEventListener("blur", () => {
        // An empty field that had JSON in it becomes again what its type asks for.
        if (control.isJson && input.value.trim() === "") show();
        field.touched = true;
        this.left();
        const said = message.text();
        if (said !== "" && input.getAttribute("aria-invalid") === "true") say(`${title}: ${said}`);
      });
      const label = h("label", { htmlFor: id, class: about.inRow ? "unseen" : "" }, title, ...nameOf(about));
      const head = control.isCheck ? h("div", { class: "check" }, input, label) : h("div", { class: "head" }, label, this.nullButton(about, show, control.hasNull));
      made.replaceChildren(...kept(head, control.isCheck ? undefined : input, ...control.beside, help, message.root));
    };
    show();
    return made;
  }

  /** What turns a value into null and back, where null is a value. */
  nullButton({ shape, slot, title }: About, show: () => void, hasNull = false): HTMLElement | undefined {
    const isNull = slot.get() === null;
    if (hasNull || !(isNull || typesOf(shape).includes("null"))) return undefined;
    const button = h("button", { type: "button", class: "plain null", "aria-pressed": String(isNull), "aria-label": `Send null as ${title}`, title: "null is sent, and clears what is there" }, "null");
    button.addEventListener("click", () => {
      const parent = button.closest("fieldset, .field");
      slot.set(isNull ? undefined : null);
      show();
      this.changed();
      this.left();
      parent?.querySelector<HTMLElement>(":scope > .head > .null, :scope > legend .null")?.focus();
    });
    return button;
  }

  help({ path, shape, inRow }: About): HTMLElement | undefined {
    // What the first of a list's items says need not be said again.
    const isSaid = path.some((step) => typeof step === "number" && step > 0);
    const text = inRow || isSaid ? undefined : (shape.description ?? this.#given.help(path));
    if (text === undefined) return undefined;
    // Between backticks stands what is written so.
    return h("p", { class: "help" }, ...text.split("`").map((part, index) => (index % 2 === 1 ? h("code", {}, part) : part)));
  }

  /** Drops the fields below a path, before others take their place. */
  forget(path: Path, all: boolean, which: (key: string) => boolean = () => true): void {
    const start = `${pointerOf(path)}/`;
    for (const [pointer, field] of this.fields) {
      const isDirect = field.path.length === path.length + 1;
      if (pointer.startsWith(start) && (all || isDirect) && which(String(field.path[path.length]))) this.fields.delete(pointer);
    }
  }

  /** One field is typed in: it alone is checked, and says so if it was left before. */
  typed(field: Field, isValue: boolean): void {
    if (isValue) {
      const value = field.path.reduce<Value>((at, step) => (at instanceof Map ? at.get(String(step)) : Array.isArray(at) ? at[Number(step)] : undefined), this.value);
      const path = this.#given.more?.sentPath(this.value, field.path) ?? field.path;
      const { issues, changes } = path.length === 0 ? this.#given.schema.check(plain(value)) : this.#given.schema.checkField(path, plain(value));
      field.tell({ issues: field.touched ? issues : [], changes: isSent(value) ? changes : [] });
    }
    this.changed();
  }

  changed(): void {
    this.#given.onInput();
  }

  left(): void {
    this.#given.onLeave();
  }
}

/** The line below an input. */
export function messageLine(id: string) {
  const root = h("p", { class: "message", id: `${id}-message` });
  const tell = (input: HTMLElement | undefined, text: string, kind: "wrong" | "warned" | "note"): void => {
    root.textContent = text;
    root.className = `message ${kind === "note" ? "quiet" : kind}`;
    if (input && kind === "wrong") input.setAttribute("aria-invalid", "true");
    else input?.removeAttribute("aria-invalid");
  };
  return {
    root,
    tell,
    text: () => root.textContent ?? "",
    verdict(input: HTMLElement | undefined, { issues, changes }: Verdict, typed: Value): void {
      const worst = issues.find(({ severity }) => severity === "error") ?? issues[0];
      const change = changes[0];
      if (worst) tell(input, worst.message, worst.severity === "error" ? "wrong" : "warned");
      else if (change && typed !== undefined) tell(input, sentAs(change), "note");
      else tell(input, changes.length > 0 ? changes.map(sentAs)[0] as string : "", "note");
    },
  };
}

function sentAs({ to, unicode }: Change): string {
  if (to === undefined) return "will be left out";
  return `will be sent as ${typeof to === "string" ? harmless(to) : brief(to)}${unicode === undefined ? "" : `, which is ${unicode}`}`;
}

export type Input = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

export interface Control {
  input: Input;
  beside: Node[];
  isCheck?: boolean;
  isJson?: boolean;
  /** Whether null is one of the choices. */
  hasNull?: boolean;
}

/** The input for what a schema takes: for most, a line of text. */
export function controlFor(about: About, more: () => More, set: (value: Value, problem?: string) => void): Control {
  const { shape, slot, name } = about;
  const value = slot.get();
  const all = typesOf(shape);
  const types = all.filter((type) => type !== "null");
  const isNull = value === null && (all.includes("null") || shape["x-drop-null"] === true);
  const isText = types[0] === "string" && types.length === 1 && !shape.enum && shape.const === undefined;
  return isText && (value === undefined || typeof value === "string" || isNull) ? text(shape, name, value, set) : more().special(about, types, isNull, set);
}

export function text(shape: Shape, name: string | undefined, value: Value, set: (value: Value) => void, suggested = shape["x-suggested-values"]): Control {
  const given = { autocomplete: "off", spellcheck: false, autocapitalize: "none" };
  const isLong = LONG.test(name ?? "") && shape.format === undefined;
  const { type = "text", inputMode } = INPUTS[shape.format ?? ""] ?? {};
  // A line break would be lost in a line, and what is no date in an input of dates.
  const fits = typeof value !== "string" || (!/[\r\n]/.test(value) && (type !== "date" || /^\d{4}-\d\d-\d\d$/.test(value)));
  const input = isLong || (!fits && type !== "date") ? h("textarea", { ...given, spellcheck: true, rows: 2 }) : h("input", { ...given, type: fits ? type : "text", inputMode });
  if (typeof value === "string") input.value = value;
  if (value === null) nulled(input);
  input.addEventListener("input", () => set(input.value === "" ? undefined : input.value));
  const beside: Node[] = [];
  const values = shape.format === "time-zone" ? Intl.supportedValuesOf("timeZone") : suggested;
  if (values) {
    const list = h("datalist", { id: unique("values") }, ...values.map((one) => h("option", { value: one })));
    input.setAttribute("list", list.id);
    beside.push(list);
  }
  return { input, beside };
}

export function nulled(input: HTMLInputElement | HTMLTextAreaElement): void {
  input.disabled = true;
  input.placeholder = "null";
}

export function legend(about: About, beside?: HTMLElement): HTMLElement {
  return h("legend", {}, about.title, ...nameOf(about), beside && " ", beside);
}

/** What stands behind a title: the key, and whether it must be given. */
function nameOf({ name, title, required, inRow }: About): (Node | string)[] {
  if (inRow) return [];
  return [...(name === undefined || name === title ? [] : [" ", h("code", { class: "key" }, name)]), ...(required && name !== undefined ? [" ", h("span", { class: "must" }, "required")] : [])];
}

/** What custom fields are about: they stand in the object that has them, under a name of their own. */
function customAbout(path: Path, prefix: string, shape: Shape, slot: Slot): About {
  const kind = shape["x-custom-fields"]?.key;
  const description = prefix === "" ? "" : `Sent under \`${prefix}\` and the key${kind === "uuid" ? ", a uuid" : ""}.`;
  return { path, slot, title: prefix === "" ? "More fields" : "Custom fields", shape: description === "" ? {} : { description } };
}

/** What stands before keys that the schema does not name, if it takes any. */
export function freeKeys(shape: Shape): string | undefined {
  const custom = shape["x-custom-fields"];
  if (custom) return custom.prefix ?? "";
  return shape.additionalProperties === true || typeof shape.additionalProperties === "object" ? "" : undefined;
}

export function typesOf({ type }: Shape): string[] {
  return type === undefined ? [] : [type].flat();
}

export function kept<T>(...all: (T | undefined | false)[]): T[] {
  return all.filter((one): one is T => one !== undefined && one !== false);
}
