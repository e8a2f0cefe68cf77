// JSON: an array whose elements are rows, read one by one, or one text that is the only row.

import { CannotRun } from "./failure.js";
import { Gathered, type Row } from "./row.js";

/** The rows of a JSON file, and whether they are the elements of an array. */
export interface JsonRows {
  array: boolean;
  rows: AsyncGenerator<Row[]>;
}

/** Opens a JSON text: what it is shows in its first character. */
export async function jsonRows(chunks: AsyncIterable<Uint8Array>, name: string): Promise<JsonRows> {
  const iterator = chunks[Symbol.asyncIterator]();
  const head: Uint8Array[] = [];
  for (;;) {
    const { value, done } = await iterator.next();
    if (done === true) break;
    head.push(value);
    const first = value.find((byte) => !isSpace(byte));
    if (first === undefined) continue;
    const rest = again(head, iterator);
    return first === 0x5b ? { array: true, rows: elements(rest, name) } : { array: false, rows: whole(rest) };
  }
  return { array: false, rows: whole(again(head, iterator)) };
}

async function* again(head: Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* head;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

async function* whole(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Row[]> {
  const text = new Gathered();
  for await (const chunk of chunks) text.add(chunk);
  yield [{ row: 1, index: 0, text: text.take(), at: { line: 1, column: 1, offset: 0 } }];
}

/**
 * Cuts an array into the texts of its elements. Only brackets, commas and strings are looked at:
 * whether an element is JSON is for the core to say.
 */
async function* elements(chunks: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Row[]> {
  const text = new Gathered();
  let state = "before" as "before" | "element" | "after";
  let depth = 0;
  let inString = false;
  let escaped = false;
  let index = 0;
  let line = 1;
  let column = 1;
  let offset = 0;
  /** Where the element starts, once something of it was seen. */
  let at: Row["at"];

  for await (const chunk of chunks) {
    const rows: Row[] = [];
    const take = (end: number): void => {
      text.add(chunk.subarray(start, end));
      const bytes = text.take();
      // `[]` has no element; `[1,]` has an empty one, which is a mistake in it.
      const empty = at === undefined;
      if (!empty || index > 0 || chunk[end] === 0x2c) {
        rows.push({ row: index + 1, index, text: bytes, at: at ?? { line, column, offset } });
        index += 1;
      }
      at = undefined;
    };
    let start = 0;
    for (let pos = 0; pos < chunk.length; pos++) {
      const byte = chunk[pos] as number;
      if (state === "before") {
        if (byte === 0x5b) {
          state = "element";
          start = pos + 1;
        }
      } else if (state === "after") {
        if (!isSpace(byte)) throw new CannotRun(`${name}: there is more after the array, at line ${line}`);
      } else if (inString) {
        if (escaped) escaped = false;
        else if (byte === 0x5c) escaped = true;
        else if (byte === 0x22) inString = false;
      } else if (depth === 0 && (byte === 0x2c || byte === 0x5d)) {
        take(pos);
        start = pos + 1;
        if (byte === 0x5d) state = "after";
      } else if (isSpace(byte)) {
        if (at === undefined) start = pos + 1;
      } else {
        at ??= { line, column, offset };
        if (byte === 0x22) inString = true;
        else if (byte === 0x5b || byte === 0x7b) depth += 1;
        else if ((byte === 0x5d || byte === 0x7d) && depth > 0) depth -= 1;
      }
      offset += 1;
      if (byte === 0x0a) {
        line += 1;
        column = 1;
      } else if ((byte & 0xc0) !== 0x80) column += 1;
    }
    if (state === "element") text.add(chunk.subarray(start));
    if (rows.length > 0) yield rows;
  }
  if (state !== "after") throw new CannotRun(`${name} ends within the array, at line ${line}; is it whole?`);
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}

/** A JSON text on one line. Valid JSON has new lines between its tokens only. */
export function onOneLine(text: Uint8Array): Uint8Array {
  if (!text.includes(0x0a) && !text.includes(0x0d)) return text;
  const out = new Uint8Array(text.length);
  let length = 0;
  let indent = false;
  for (const byte of text) {
    if (byte === 0x0a || byte === 0x0d) indent = true;
    else if (!indent || !(byte === 0x20 || byte === 0x09)) {
      indent = false;
      out[length++] = byte;
    }
  }
  return out.subarray(0, length);
}
