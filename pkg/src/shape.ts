// A plain JavaScript value as its characters and its shape, as src/document/shape.rs reads them, and
// a copy of it, in one pass: nothing is escaped by the one and parsed by the other.
//
// Only what is plain goes this way: objects and arrays of strings, finite numbers, booleans and null,
// a few levels deep. All else, and whatever throws while it is read, is for value.ts.

import type { Instance } from "./instance.js";
import { isWellFormed } from "./text.js";
import type { Path } from "./types.js";
import { Encoder } from "./utf8.js";

/** The kinds of nodes, in the low bits of a word. */
const enum Kind {
  null = 0,
  boolean = 1,
  number = 2,
  string = 3,
  array = 4,
  object = 5,
  key = 6,
}

const KIND = 7;
/** Above the kind: a length, a count, or whether it is true. */
const SHIFT = 3;
/** How many words a shape may have. */
const MOST_WORDS = 1024;
/** How many units of UTF-16 the characters may have. */
const MOST_UNITS = 1 << 13;
/** How deep arrays and objects may nest, within the limit of whoever asks. */
const MOST_DEPTH = 6;

const encoder = /*#__PURE__*/ new Encoder();

/** Thrown, and caught here, where a value is not plain. */
const NOT_PLAIN: unique symbol = /*#__PURE__*/ Symbol();

let text = "";
const words = /*#__PURE__*/ new Uint32Array(MOST_WORDS);
let at = 0;
/** Whether a value is being read: what is read may call back, as a getter does. */
let busy = false;
/** Of each key and element the container it is in, and its name or index there. */
const parents = /*#__PURE__*/ new Uint16Array(MOST_WORDS);
const keys: (string | number)[] = [];
/** Of each container its copy. */
const copies: unknown[] = [];

/** A value that was read: its characters, the number of its nodes, and the copy. */
export interface Shaped {
  text: string;
  nodes: number;
  copy: unknown;
}

/** The path of a node of the value that was written last. */
export function pathOf(node: number): Path {
  if (node === 0) return [];
  const first = memberOf(node);
  const path: Path = [keys[first] as string | number];
  for (let on = parents[first] as number; on > 0; on = parents[memberOf(on)] as number) {
    path.push(keys[memberOf(on)] as string | number);
  }
  return path.length > 1 ? path.reverse() : path;
}

/** The key that a node is the value of; the node itself if it is a key or an element. */
function memberOf(node: number): number {
  return ((words[node - 1] as number) & KIND) === Kind.key ? node - 1 : node;
}

/** What is at a node of the value that was written last, in its copy. */
export function valueAt(node: number, copy: unknown): unknown {
  if (node === 0) return copy;
  const member = memberOf(node);
  return holderOf(member)[keys[member] as string | number];
}

/** Replaces what is at a node other than the root, in the copy. */
export function replaceAt(node: number, value: unknown): void {
  const member = memberOf(node);
  holderOf(member)[keys[member] as string | number] = value;
}

/** The copy of the container that a key or an element is in. */
function holderOf(member: number): Record<string | number, unknown> {
  return copies[parents[member] as number] as Record<string | number, unknown>;
}

/**
 * Reads a value.
 *
 * @param depth - how deep it may nest
 * @returns undefined where it is not plain
 */
export function shapeOf(value: unknown, depth: number): Shaped | undefined {
  if (typeof value !== "object" || value === null || depth < MOST_DEPTH || busy) return undefined;
  busy = true;
  text = "";
  at = 0;
  try {
    const copy = container(value, 0);
    return text.length > MOST_UNITS ? undefined : { text, nodes: at, copy };
  } catch {
    // It is read once more, by what tells each such thing.
    return undefined;
  } finally {
    busy = false;
    text = "";
  }
}

/**
 * Writes the value that was read last into the core's buffers.
 *
 * @returns the bytes of its text, with one before and one after; undefined where a string is not
 *   well-formed
 */
export function putShaped(core: Instance, { text, nodes }: Shaped): number | undefined {
  const target = core.shape(MOST_WORDS);
  for (let node = 0; node < nodes; node++) target[node] = words[node] as number;
  const { written } = encoder.encodeInto(text, core.inner(text.length * 3 + 1));
  // Halves of one pair that lie in two strings are found by the core.
  return written !== text.length && !isWellFormed(text) ? undefined : written + 2;
}

function container(value: object, depth: number): object {
  if (depth === MOST_DEPTH || (value as { toJSON?: unknown }).toJSON !== undefined) throw NOT_PLAIN;
  const node = at;
  at += 1;
  let count = 0;
  if (Array.isArray(value)) {
    const copy: unknown[] = [];
    copies[node] = copy;
    const { length } = value;
    // A proxy may say anything.
    if (!Number.isSafeInteger(length)) throw NOT_PLAIN;
    for (; count < length; count++) {
      parents[at] = node;
      keys[at] = count;
      copy.push(member(value[count], depth));
    }
    words[node] = (count << SHIFT) | Kind.array;
    return copy;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw NOT_PLAIN;
  const copy: Record<string, unknown> = {};
  copies[node] = copy;
  for (const key of Object.keys(value)) {
    const inner = (value as Record<string, unknown>)[key];
    if (inner === undefined) continue;
    // `__proto__`, and whatever somebody put into Object.prototype.
    if (key in copy) throw NOT_PLAIN;
    text += key;
    parents[at] = node;
    keys[at] = key;
    words[at++] = (key.length << SHIFT) | Kind.key;
    copy[key] = member(inner, depth);
    count += 1;
  }
  words[node] = (count << SHIFT) | Kind.object;
  return copy;
}

function member(value: unknown, depth: number): unknown {
  if (at >= MOST_WORDS - 1) throw NOT_PLAIN;
  switch (typeof value) {
    case "string":
      text += value;
      words[at++] = (value.length << SHIFT) | Kind.string;
      return value;
    case "boolean":
      words[at++] = value ? (1 << SHIFT) | Kind.boolean : Kind.boolean;
      return value;
    case "number": {
      if (!Number.isFinite(value)) throw NOT_PLAIN;
      const digits = String(value);
      text += digits;
      words[at++] = (digits.length << SHIFT) | Kind.number;
      // JSON knows no minus zero.
      return value === 0 ? 0 : value;
    }
    case "object":
      if (value !== null) return container(value, depth + 1);
      words[at++] = Kind.null;
      return null;
    default:
      throw NOT_PLAIN;
  }
}
