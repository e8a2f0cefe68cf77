// Chunks: whole lines of NDJSON, many at once, to be judged together.

import type { Rooms } from "./rooms.js";
import { LONGEST } from "./row.js";

/** Whole lines, and where they are in their file. */
export interface Chunk {
  text: Uint8Array<ArrayBuffer>;
  /** The first line, from 1. */
  row: number;
  /** The first row, from 0; blank lines are none. */
  index: number;
  /** Where the first line starts, in bytes. */
  offset: number;
}

/** How much a request holds. */
export interface RequestSize {
  items: number;
  /** Bytes of items; one item alone may have more. */
  bytes: number;
}

/** A chunk ends with the request that makes it this long, in bytes. */
const ENOUGH = 1 << 18;

/** Cuts a file into chunks of whole requests. A line over the limit comes alone, and cut short. */
export class Chunks {
  readonly #request: RequestSize;
  readonly #rooms: Rooms;
  #ready: Chunk[] = [];
  /** What was read and is in no chunk yet. */
  #bytes: Buffer<ArrayBuffer>;
  #length = 0;
  /** How far new lines were looked for, and where the line starts that is looked at. */
  #scanned = 0;
  #start = 0;
  /** Whether the rest of that line is passed over, and how much of it was. */
  #passing = false;
  #passed = 0;
  /** What the request holds so far. */
  #items = 0;
  #size = 0;
  /** Where the chunk starts, and the line that is looked at. */
  #first = { row: 1, index: 0, offset: 0 };
  #row = 1;
  #index = 0;

  constructor(request: RequestSize, rooms: Rooms) {
    this.#request = request;
    this.#rooms = rooms;
    this.#bytes = asBuffer(rooms.take());
  }

  async *of(blocks: AsyncIterable<Uint8Array>): AsyncGenerator<Chunk> {
    for await (const block of blocks) {
      this.#add(block);
      for (;;) {
        // What is found beyond the length is of an earlier chunk.
        const end = this.#bytes.indexOf(0x0a, this.#scanned);
        if (end < 0 || end >= this.#length) break;
        this.#scanned = end + 1;
        this.#line(1);
      }
      this.#scanned = this.#length;
      this.#shorten();
      if (this.#ready.length > 0) yield* this.#ready.splice(0);
    }
    if (this.#length > this.#start) this.#line(0);
    if (this.#length > 0) this.#cut(this.#length);
    yield* this.#ready;
  }

  #add(block: Uint8Array): void {
    let added = block;
    if (this.#passing) {
      const end = block.indexOf(0x0a);
      this.#passing = end < 0;
      added = block.subarray(end < 0 ? block.length : end);
      this.#passed += block.length - added.length;
    }
    const length = this.#length + added.length;
    if (length > this.#bytes.length) {
      const larger = asBuffer(new Uint8Array(Math.max(length, this.#bytes.length * 2)));
      larger.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = larger;
    }
    this.#bytes.set(added, this.#length);
    this.#length = length;
  }

  /** Keeps no more of the line than tells that it is over the limit. */
  #shorten(): void {
    const over = this.#length - this.#start - (LONGEST + 1);
    if (over <= 0) return;
    this.#passing = true;
    this.#passed += over;
    this.#length = this.#scanned = this.#length - over;
  }

  /** Takes the line that ends where was looked, with its line break of that many bytes. */
  #line(lineBreak: number): void {
    const end = this.#scanned - lineBreak;
    const size = end - this.#start;
    const long = size > LONGEST;
    const blank = isBlank(this.#bytes, this.#start, end);
    // The core does the same.
    if (long || (!blank && this.#size + size > this.#request.bytes)) {
      this.#items = this.#size = 0;
      if (this.#start >= ENOUGH || (long && this.#start > 0)) this.#cut(this.#start);
    }
    if (!blank) {
      this.#items += 1;
      this.#size += size;
      this.#index += 1;
    }
    this.#row += lineBreak;
    this.#start = this.#scanned;
    if (this.#items === this.#request.items || long) this.#items = this.#size = 0;
    if (long || (this.#items === 0 && this.#start >= ENOUGH)) this.#cut(this.#start, long);
  }

  /** Makes a chunk of what is before `at`, all but the line that is looked at. */
  #cut(at: number, long = false): void {
    this.#ready.push({ text: this.#bytes.subarray(0, long ? LONGEST + 1 : at), ...this.#first });
    const rest = this.#bytes.subarray(at, this.#length);
    this.#bytes = asBuffer(this.#rooms.take(rest.length));
    this.#bytes.set(rest);
    this.#length -= at;
    this.#scanned -= at;
    this.#start -= at;
    const offset = this.#first.offset + at + (long ? this.#passed : 0);
    if (long) this.#passed = 0;
    this.#first = { row: this.#row, index: this.#index, offset };
  }
}

/** The same bytes: `indexOf` of a `Buffer` is six times as fast as that of a typed array. */
function asBuffer({ buffer, byteOffset, length }: Uint8Array<ArrayBuffer>): Buffer<ArrayBuffer> {
  return Buffer.from(buffer, byteOffset, length);
}

/** Whether a line is none of the rows. */
export function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at];
    if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0d) return false;
  }
  return true;
}
