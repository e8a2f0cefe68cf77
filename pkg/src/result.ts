// The core's answers, decoded, and its changes applied to a copy of the value.

import type { Instance } from "./instance.js";
import { Mistake, shown } from "./mistake.js";
import { RecordReader } from "./record.js";
import { textAt } from "./text.js";
import { set } from "./value.js";
import type { Change, Issue, Options, Refused, Result } from "./types.js";

/** What the core answers with; valid until the next call. */
export interface Answer {
  ok: boolean;
  /** The output is the input, unchanged. */
  unchanged: boolean;
  /** Where the output is, in bytes. */
  output: number;
  length: number;
  issues: Issue[];
  changes: Change[];
}

const OK = 1;
const UNCHANGED = 2;

/** Reads the header of eight words that a call gives, and the record it points to. */
export function answer(core: Instance, pointer: number): Answer {
  const words = core.words();
  const at = pointer >>> 2;
  const flags = words[at] as number;
  const { issues, changes } = reader(core, at)?.lists() ?? { issues: [], changes: [] };
  return {
    ok: (flags & OK) !== 0,
    unchanged: (flags & UNCHANGED) !== 0,
    output: words[at + 1] as number,
    length: words[at + 2] as number,
    issues,
    changes,
  };
}

/** A reader of the record that a header points to; undefined if there is nothing to tell. */
function reader(core: Instance, header: number): RecordReader | undefined {
  const words = core.words();
  const start = (words[header + 3] as number) >>> 2;
  const length = words[header + 4] as number;
  // The words begin with how much there is to tell.
  if (length === 0 || (words[start] as number) + (words[start + 1] as number) === 0) return undefined;
  const text = textAt(core, words[header + 5] as number, words[header + 6] as number);
  return new RecordReader(core, words, start, text);
}

/** The verdict on a value that was handed over with its shape, its copy being what is given back. */
export function shapedResult<T>(core: Instance, pointer: number, copy: unknown): Result<T> {
  const header = pointer >>> 2;
  const rest: Change[] = [];
  const told = reader(core, header)?.shaped(copy, rest);
  const issues = told?.issues ?? [];
  const changes = told?.changes ?? [];
  if (((core.words()[header] as number) & OK) === 0) return { ok: false, issues, changes };
  return { ok: true, value: apply(copy, rest) as T, issues, changes };
}

/** Puts in the messages that the user has for their codes. */
export function translate(issues: Issue[], messages: Options["messages"]): void {
  if (!messages) return;
  for (const issue of issues) {
    const message = Object.hasOwn(messages, issue.code) ? messages[issue.code] : undefined;
    if (message === undefined) continue;
    if (typeof message !== "function") throw new Mistake(`messages.${shown(issue.code)} must be a function`);
    issue.message = String(message(issue));
  }
}

/** The verdict on an input that was not checked. */
export function refused(issue: Issue): Refused {
  return { ok: false, issues: [issue], changes: [] };
}

/** The rule of changes that rename a key; their path is that of the old key. */
export const RENAMED = "custom_field_key";
/** Stands for an element that was dropped, until all changes are made. */
const DROPPED: unique symbol = /*#__PURE__*/ Symbol();

/**
 * Applies changes to a copy of the value that was checked; gives the copy, or what replaced it.
 *
 * Paths are those of the value as it was given, so changes are made from the last to the first, and
 * whatever would move others comes at the end, once for each container: elements that go, keys that
 * are renamed. A hostile input has many of them.
 *
 * @param skip - how many steps of each path lead to the value
 */
export function apply(copy: unknown, changes: readonly Change[], skip = 0): unknown {
  if (changes.length === 0) return copy;
  const root = { value: copy };
  let shrunk: Set<unknown[]> | undefined;
  let renamed: Map<Record<string, unknown>, Map<string, string>> | undefined;
  for (let at = changes.length - 1; at >= 0; at--) {
    const { path, from, to, rule } = changes[at] as Change;
    if (path.length < skip) continue;
    const last = path.length - 1;
    let parent: unknown = root;
    let key: string | number = "value";
    for (let step = skip; step <= last; step++) {
      parent = child(parent, key);
      key = path[step] as string | number;
    }
    if (typeof parent !== "object" || parent === null) continue;
    if (rule === RENAMED) {
      // Of a field that was checked alone, the key is not part of the value.
      if (parent === root) continue;
      const object = parent as Record<string, unknown>;
      renamed ??= new Map();
      const names = renamed.get(object) ?? new Map<string, string>();
      renamed.set(object, names.set(String(from), String(to)));
    } else if (Array.isArray(parent)) {
      if (to === undefined) (shrunk ??= new Set()).add(parent);
      parent[Number(key)] = to === undefined ? DROPPED : own(to);
    } else if (to === undefined) {
      delete (parent as Record<string, unknown>)[key];
    } else {
      set(parent as Record<string, unknown>, String(key), own(to));
    }
  }
  for (const [object, names] of renamed ?? []) rename(object, names);
  for (const array of shrunk ?? []) {
    let length = 0;
    for (const element of array) if (element !== DROPPED) array[length++] = element;
    array.length = length;
  }
  return root.value;
}

function child(parent: unknown, key: string | number): unknown {
  if (typeof parent !== "object" || parent === null || !Object.hasOwn(parent, key)) return undefined;
  return (parent as Record<string | number, unknown>)[key];
}

/** What a change says is the user's to keep; the value gets one of its own. */
export function own(to: unknown): unknown {
  return typeof to === "object" && to !== null ? (JSON.parse(JSON.stringify(to)) as unknown) : to;
}

/** Gives keys new names and leaves the order as it is. */
function rename(object: Record<string, unknown>, names: ReadonlyMap<string, string>): void {
  const members = Object.entries(object);
  for (const [key] of members) delete object[key];
  for (const [key, value] of members) set(object, names.get(key) ?? key, value);
}
