// Strings and bytes to the core's input buffer, and back.

import { ROOM, type Instance } from "./instance.js";
import type { Position } from "./types.js";
import { Decoder, Encoder } from "./utf8.js";

const encoder = /*#__PURE__*/ new Encoder();
const decoder = /*#__PURE__*/ new Decoder("utf-8", { ignoreBOM: true });

/** Strings of up to this many units get room for the worst case, three bytes a unit, at once. */
const SHORT = 1 << 14;

/**
 * Writes a string into the input buffer as UTF-8.
 *
 * A long string gets a byte a unit first, which is all that ASCII needs, and more room only for
 * what is left over: three times its length is never allocated without need.
 *
 * @param at - the offset to write at; what lies before it is kept
 * @returns the number of bytes written
 */
export function put(core: Instance, text: string, at = 0): number {
  let end = at;
  let rest = text;
  let room = text.length <= SHORT ? text.length * 3 : text.length + 16;
  for (;;) {
    const target = core.input(end + room).subarray(end);
    const { read, written } = encoder.encodeInto(rest, target);
    end += written;
    if (read === rest.length) return end - at;
    rest = rest.slice(read);
    room = rest.length * 3;
  }
}

/**
 * Writes a string into the room for a short text, where it costs less, and one of more than
 * {@link ROOM} bytes into the input buffer. The length tells which.
 *
 * @returns the number of bytes written
 */
export function putShort(core: Instance, text: string): number {
  if (text.length <= ROOM) {
    const { read, written } = encoder.encodeInto(text, core.room());
    if (read === text.length) return written;
  }
  return put(core, text);
}

/** Copies bytes into the input buffer; see {@link put}. */
export function putBytes(core: Instance, bytes: Uint8Array, at = 0): number {
  const length = lengthOf(bytes);
  // Of a buffer that was given away not even nothing can be copied.
  if (length > 0) core.input(at + length).set(bytes, at);
  return length;
}

/**
 * Writes a string that is not well-formed UTF-16, up to its first lone surrogate and with that.
 *
 * The surrogate is written in three bytes, as no UTF-8 may hold it: so the core itself finds it, at
 * its place, instead of a U+FFFD that the encoder would have put there silently.
 */
export function putIllFormed(core: Instance, text: string, at = 0): number {
  const index = text.search(LONE);
  const length = put(core, text.slice(0, index), at);
  const unit = text.charCodeAt(index);
  const bytes = [0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f)];
  return length + putBytes(core, new Uint8Array(bytes), at + length);
}

// With the flag u a pair is one character, so that only lone surrogates match.
const LONE = /\p{Surrogate}/u;

/** What was given for a text as a string or bytes; undefined if it is neither. */
export function asText(given: unknown): string | Uint8Array | undefined {
  if (typeof given === "string" || isBytes(given)) return given;
  try {
    if (ArrayBuffer.isView(given)) return new Uint8Array(given.buffer, given.byteOffset, given.byteLength);
    // Asks no proxy, and throws for what is no buffer. So does a view of a buffer that was given away.
    Object.getOwnPropertyDescriptor(ArrayBuffer.prototype, "byteLength")?.get?.call(given);
    return new Uint8Array(given as ArrayBuffer);
  } catch {
    return undefined;
  }
}

/** Whether a value is bytes. Asks no proxy: `instanceof` alone would. */
export function isBytes(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value) && value instanceof Uint8Array;
}

/** How many bytes there are, whatever a subclass says. */
export function lengthOf(bytes: Uint8Array): number {
  return Reflect.get(Uint8Array.prototype, "length", bytes) as number;
}

/** Whether every surrogate in a string has its other half. */
export function isWellFormed(text: string): boolean {
  const { isWellFormed } = text as { isWellFormed?: () => boolean };
  return isWellFormed ? isWellFormed.call(text) : !LONE.test(text);
}

/** The text of a span of the memory. */
export function textAt(core: Instance, pointer: number, length: number): string {
  return decode(core.bytes().subarray(pointer, pointer + length));
}

/** The text of bytes that are UTF-8. */
export function decode(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

/** The length of a string as UTF-8, in bytes. */
export function byteLength(text: string): number {
  const room = new Uint8Array(SHORT);
  let length = 0;
  // In pieces with as much room as they have units: half a pair at the end of one finds none, and is the next one's.
  for (let at = 0; at < text.length; ) {
    const { read, written } = encoder.encodeInto(text.slice(at, at + SHORT), room);
    at += read;
    length += written;
  }
  return length;
}

/** The place of an offset, in bytes, in a text: of the character that is there, of a string. */
export function positionOf(text: string | Uint8Array, offset: number): Position {
  let bytes = text as Uint8Array;
  if (typeof text === "string") {
    bytes = new Uint8Array(offset);
    bytes = bytes.subarray(0, encoder.encodeInto(text, bytes).written);
  }
  let line = 1;
  let column = 1;
  const end = Math.min(offset, lengthOf(bytes));
  for (let at = 0; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte === 0x0a) {
      line += 1;
      column = 1;
    } else if ((byte & 0xc0) !== 0x80) column += 1;
  }
  return { line, column, offset: end };
}
