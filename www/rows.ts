// What a form needs beyond plain fields: rows of lists, objects in objects, custom fields, and JSON where
// no input fits. Loaded when it is needed.

import { h, unique } from "./element.js";
import { controlFor, freeKeys, kept, legend, messageLine, nulled, text, typesOf, type About, type Control, type Fields, type Shape, type Verdict, type Within } from "./fields.js";
import { read, sentPath, shownPath } from "./reading.js";
import { Digits, pointerOf, write, type Path, type Value } from "./values.js";

export * from "./reading.js";

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/** An object inside another: what need not be there is added and removed. */
export function group(fields: Fields, about: About, isOptional: boolean): HTMLElement {
  const { path, slot, title } = about;
  const made = h("fieldset", { class: "group" });
  const note = noteOn(fields, path, title, made);
  const show = (): void => {
    fields.forget(path, true);
    const isThere = slot.get() instanceof Map;
    const set = (value: Value) => () => {
      slot.set(value);
      show();
      fields.changed();
      fields.left();
      focusIn(made);
    };
    const isFree = about.shape.properties === undefined;
    const toggle = isOptional && !isFree && h("button", { type: "button", class: "plain small", onclick: set(isThere ? undefined : new Map()) }, isThere ? `Remove ${title}` : `Add ${title}`);
    made.replaceChildren(...kept(legend(about), fields.help(about), isThere || isFree ? fields.members(about) : undefined, toggle && h("div", {}, toggle), note));
  };
  show();
  return made;
}

/** A list: a row for each item, added and removed. */
export function list(fields: Fields, about: About): HTMLElement {
  const { path, shape, slot, title } = about;
  const item = fields.resolve(shape.items as Shape);
  const one = item.title ?? title;
  const isObject = typesOf(item).includes("object") || item.properties !== undefined;
  const made = h("fieldset", { "data-at": pointerOf(path), class: `group list${isObject ? " of-objects" : ""}` });
  const note = noteOn(fields, path, title, made);
  const fresh = (): Value => (isObject ? new Map() : undefined);
  if (slot.get() === undefined && about.required && (shape.minItems ?? 0) > 0) slot.set([fresh()]);
  const items = (): Value[] => (Array.isArray(slot.get()) ? (slot.get() as Value[]) : []);
  const show = (): void => {
    fields.forget(path, true);
    const value = slot.get();
    const rows = items().map((_, index) => row(fields, about, item, one, index, isObject, () => change((all) => all.splice(index, 1), "add")));
    const add = h(
      "button",
      { type: "button", class: "small add", disabled: items().length >= (shape.maxItems ?? Infinity), onclick: () => change((all) => all.push(fresh()), "last") },
      `Add to ${title}`,
    );
    const empty = Array.isArray(value) && value.length === 0;
    made.replaceChildren(
      ...kept(
        legend(about, fields.nullButton(about, show)),
        fields.help(about),
        value === null ? h("p", { class: "quiet small" }, "Sent as null.") : h("div", { class: "rows" }, ...rows),
        empty && h("p", { class: "quiet small" }, "Sent as an empty list. ", h("button", { type: "button", class: "plain small", onclick: () => change(() => 0, "add") }, "Leave it out")),
        value !== null && h("div", {}, add),
        note,
      ),
    );
  };
  const change = (edit: (all: Value[]) => void, focus: "add" | "last"): void => {
    const all = items();
    edit(all);
    slot.set(all.length === 0 ? undefined : all);
    show();
    fields.changed();
    fields.left();
    if (focus === "last") focusIn(made.querySelector<HTMLElement>(".rows > :last-child") ?? made);
    else made.querySelector<HTMLElement>(":scope > div > .add")?.focus();
  };
  show();
  return made;
}

function row(fields: Fields, list: About, item: Shape, one: string, index: number, isObject: boolean, remove: () => void): HTMLElement {
  const title = `${one} ${index + 1}`;
  const items = (): Value[] => list.slot.get() as Value[];
  const slot = { get: () => items()[index], set: (value: Value) => void (items()[index] = value) };
  const about: About = { path: [...list.path, index], shape: item, slot, title, inRow: !isObject, required: true };
  const button = h("button", { type: "button", class: "remove", "aria-label": `Remove ${title}`, title: `Remove ${title}`, onclick: remove }, "×");
  return h("div", { class: isObject ? "item" : "item of-one" }, fields.body(about), button);
}

/** Fields that the schema does not name: rows of key, kind and value. */
export function custom(fields: Fields, about: About, prefix: string, known: ReadonlySet<string>, members: Within): HTMLElement {
  const { path } = about;
  const made = h("fieldset", { class: "group custom", "data-at": pointerOf(about.path) });
  const rows = h("div", { class: "rows" });
  const all: CustomRow[] = [];
  /** The keys that rows stand for now: what is not among them is left alone. */
  let held: string[] = [];
  const save = (): void => {
    const into = members.make();
    for (const key of held) into.delete(key);
    held = [];
    fields.forget(path, false, (key) => key.startsWith(prefix) && !known.has(key));
    for (const row of all) {
      const key = prefix + row.key.value.trim();
      const isNamed = key !== prefix;
      const isTaken = isNamed && (into.has(key) || known.has(key));
      row.note(isTaken ? `\`${key}\` is there already` : isNamed || row.get() === undefined ? "" : "give it a key, to have it sent");
      row.tell({ issues: [], changes: [] });
      if (!isNamed || isTaken) continue;
      held.push(key);
      into.set(key, row.get());
      fields.fields.set(pointerOf([...path, key]), { path: [...path, key], title: key, touched: true, input: row.key, tell: row.tell });
    }
    if (into.size === 0) members.drop();
    fields.changed();
  };
  const add = (key = "", value?: Value): CustomRow => {
    const row = customRow(all.length + 1, key.slice(prefix.length), value, save, () => fields.left());
    const remove = h("button", { type: "button", class: "remove", "aria-label": "Remove this custom field", title: "Remove this custom field", onclick: () => {
      all.splice(all.indexOf(row), 1);
      row.root.remove();
      save();
      fields.left();
      button.focus();
    } }, "×");
    row.root.append(remove);
    all.push(row);
    rows.append(row.root);
    return row;
  };
  const button = h("button", { type: "button", class: "small add", onclick: () => add().key.focus() }, prefix === "" ? "Add a field" : "Add a custom field");
  for (const [key, value] of members.now() ?? []) {
    if (!key.startsWith(prefix) || known.has(key)) continue;
    held.push(key);
    const row = add(key, value);
    fields.fields.set(pointerOf([...path, key]), { path: [...path, key], title: key, touched: true, input: row.key, tell: row.tell });
  }
  // A nested object of custom fields has its legend already.
  if (about.path.length > 0 && prefix === "" && known.size === 0) return h("div", { class: "custom" }, rows, button);
  made.append(...kept(legend(about), fields.help(about), rows, h("div", {}, button)));
  return made;
}

/** The input for all but a line of text, unless the value that is there does not fit into it. */
export function special({ shape, slot, name }: About, types: string[], isNull: boolean, set: (value: Value, problem?: string) => void): Control {
  const value = slot.get();
  const hasNull = typesOf(shape).includes("null");
  const options = shape.enum ?? (shape.const === undefined ? undefined : [shape.const]);
  const among = (choices: string[]): boolean => value === undefined || choices.includes(write(value));
  if (options && among(options.map((one) => JSON.stringify(one)))) return choice(options, value, set);
  const only = types.length === 1 ? types[0] : undefined;
  if (only === "boolean") {
    if (typeof shape.default === "boolean" && (value === undefined || typeof value === "boolean")) return check(shape.default, value, set);
    const choices = hasNull ? [true, false, null] : [true, false];
    if (among(choices.map(String))) return choice(choices, value, set);
  }
  if ((only === "integer" || only === "number") && (value === undefined || value instanceof Digits || isNull)) return numeric(only, shape, value, set);
  if (isNull && types.length === 0) return text(shape, name, value, set);
  if (options && typeof value === "string") return text(shape, name, value, set, options.filter((one) => typeof one === "string"));
  return json(value, set);
}

function choice(options: unknown[], value: Value, set: (value: Value) => void): Control {
  const input = h("select", {}, h("option", { value: "" }, "Leave out"), ...options.map((one) => h("option", { value: JSON.stringify(one) }, typeof one === "string" ? one : JSON.stringify(one))));
  input.value = value === undefined ? "" : write(value);
  input.addEventListener("change", () => set(input.value === "" ? undefined : read(input.value)));
  return { input, beside: [], hasNull: true };
}

function check(otherwise: boolean, value: Value, set: (value: Value) => void): Control {
  const input = h("input", { type: "checkbox", checked: value ?? otherwise });
  input.addEventListener("change", () => set(input.checked === otherwise ? undefined : input.checked));
  return { input, beside: [], isCheck: true };
}

function numeric(type: string, shape: Shape, value: Value, set: (value: Value, problem?: string) => void): Control {
  const input = h("input", { type: "number", step: type === "integer" ? "1" : "any", autocomplete: "off" });
  if (value instanceof Digits) input.value = value.text;
  if (value === null) nulled(input);
  input.addEventListener("input", () => {
    if (input.validity.badInput) set(undefined, `not ${type === "integer" ? "an integer" : "a number"} yet`);
    else set(input.value === "" ? undefined : new Digits(NUMBER.test(input.value) ? input.value : String(Number(input.value))));
  });
  return { input, beside: [] };
}

/** Where no input fits: JSON, as it is. */
function json(value: Value, set: (value: Value, problem?: string) => void): Control {
  const input = h("textarea", { rows: 2, spellcheck: false, autocomplete: "off", placeholder: "JSON" });
  if (value !== undefined) input.value = write(value);
  input.addEventListener("input", () => {
    if (input.value.trim() === "") return set(undefined);
    try {
      JSON.parse(input.value);
    } catch {
      return set(undefined, "not JSON yet: text stands in double quotes");
    }
    set(read(input.value));
  });
  return { input, beside: [], isJson: true };
}

/** A line for what concerns a list or an object as a whole. */
function noteOn(fields: Fields, path: Path, title: string, within: HTMLElement): HTMLElement {
  const message = messageLine(unique("group"));
  fields.fields.set(pointerOf(path), {
    path,
    title,
    touched: false,
    get input() {
      return within.querySelector<HTMLElement>("input, select, textarea, button") ?? within;
    },
    tell: (verdict) => message.verdict(undefined, verdict, undefined),
  });
  return message.root;
}

interface CustomRow {
  root: HTMLElement;
  key: HTMLInputElement;
  get(): Value;
  note(text: string): void;
  tell(verdict: Verdict): void;
}

/** The kinds of values that a custom field is given by, with a shape for each. */
const KINDS: [name: string, shape: Shape, is: (value: Value) => boolean][] = [
  ["Text", { type: "string" }, (value) => value === undefined || typeof value === "string"],
  ["Number", { type: "number" }, (value) => value instanceof Digits],
  ["True or false", { type: "boolean" }, (value) => typeof value === "boolean"],
  ["Date", { type: "string", format: "date" }, () => false],
  ["JSON", {}, () => true],
];

/** This module, for what is built by it. */
const self = { group, list, custom, special, resolve, read, sentPath, shownPath };

function customRow(number: number, key: string, value: Value, save: () => void, leave: () => void): CustomRow {
  let held = value;
  let own = "";
  const id = unique("custom");
  const message = messageLine(id);
  const keyInput = h("input", { value: key, "aria-label": `Key of custom field ${number}`, placeholder: "key", autocomplete: "off", spellcheck: false, autocapitalize: "none", "aria-describedby": `${id}-message` });
  const kind = h("select", { "aria-label": `Kind of custom field ${number}` }, ...KINDS.map(([name]) => h("option", {}, name)));
  kind.selectedIndex = KINDS.findIndex(([, , is]) => is(value));
  const place = h("div", { class: "value" });
  const show = (): void => {
    const [, shape] = KINDS[kind.selectedIndex] as (typeof KINDS)[number];
    const slot = { get: () => held, set: (next: Value) => void (held = next) };
    const { input } = controlFor({ path: [], shape, slot, title: "", name: held !== undefined && String(held).includes("\n") ? "text" : "" }, () => self, (next, problem = "") => {
      own = problem;
      if (problem === "") held = next;
      save();
    });
    input.setAttribute("aria-label", `Value of custom field ${number}`);
    input.setAttribute("aria-describedby", `${id}-message`);
    input.addEventListener("blur", leave);
    place.replaceChildren(input);
  };
  kind.addEventListener("change", () => {
    held = undefined;
    show();
    save();
  });
  keyInput.addEventListener("input", save);
  keyInput.addEventListener("blur", leave);
  show();
  let noted = "";
  return {
    root: h("div", { class: "custom-row" }, keyInput, kind, place, message.root),
    key: keyInput,
    get: () => held,
    note: (text) => void (noted = text),
    tell: (verdict) => {
      if (own !== "" || noted !== "") message.tell(keyInput, own || noted, "wrong");
      else message.verdict(keyInput, verdict, held);
    },
  };
}

function focusIn(within: HTMLElement): void {
  within.querySelector<HTMLElement>("input, select, textarea, button")?.focus();
}

/** A schema without its references, and with what it is put together from in one. */
export function resolve(given: Shape | boolean | undefined, root: Shape): Shape {
  let shape: Shape = typeof given === "object" ? given : {};
  for (let hops = 0; shape.$ref !== undefined && hops < 20; hops += 1) {
    const { $ref, ...beside } = shape;
    if (!$ref.startsWith("#")) return beside;
    const steps = decodeURIComponent($ref.slice(1)).split("/").slice(1);
    const found = steps.reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step.replaceAll("~1", "/").replaceAll("~0", "~")], root);
    shape = { ...(typeof found === "object" ? (found as Shape) : {}), ...beside };
  }
  const { anyOf, oneOf, allOf } = shape;
  for (const part of allOf ?? []) shape = merge(resolve(part, root), shape);
  // One kind of value, or null.
  const kinds = (anyOf ?? oneOf ?? []).map((one) => resolve(one, root));
  const [one, ...others] = kinds.filter(({ type }) => type !== "null");
  if (one && others.length === 0 && shape.type === undefined) shape = { ...one, ...shape, type: kinds.length > 1 ? [...typesOf(one), "null"] : typesOf(one) };
  return shape;
}

function merge(part: Shape, into: Shape): Shape {
  const merged = { ...part, ...into };
  if (part.properties && into.properties) merged.properties = { ...part.properties, ...into.properties };
  if (part.required && into.required) merged.required = [...part.required, ...into.required];
  return merged;
}

