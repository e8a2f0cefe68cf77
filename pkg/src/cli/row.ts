// Rows: what a file is made of, whatever its format.

import type { Issue, Position } from "prewash";

/** One item or body of a file. */
export interface Row {
  /** Where people find it: the line of an NDJSON or CSV file, the item of a JSON array; from 1. */
  row: number;
  /** Which it is, from 0. */
  index: number;
  /** Its JSON text. */
  text: Uint8Array;
  /** Where its text starts in the file; undefined if the text is not the file's own. */
  at?: Position;
  /** Its cells as they are in the file, if it is a row of a table. */
  cells?: readonly string[];
  /** Why it is not judged. */
  fault?: Issue;
}

/** Rows over this many bytes are not taken: no more of them is kept than tells that. */
export const LONGEST = 16 << 20;

/** Gathers the bytes of one row from chunks. */
export class Gathered {
  #parts: Uint8Array[] = [];
  #kept = 0;

  /** Adds bytes, which are not copied; those beyond the limit are dropped. */
  add(bytes: Uint8Array): void {
    if (bytes.length === 0 || this.#kept > LONGEST) return;
    const room = LONGEST + 1 - this.#kept;
    const part = bytes.length > room ? bytes.subarray(0, room) : bytes;
    this.#parts.push(part);
    this.#kept += part.length;
  }

  /** Gives them, and starts anew. */
  take(): Uint8Array {
    const parts = this.#parts;
    this.#parts = [];
    this.#kept = 0;
    return parts.length === 1 ? (parts[0] as Uint8Array) : joined(parts);
  }
}

/** Bytes one after the other. */
export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  let length = 0;
  for (const part of parts) length += part.length;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** An issue of the row itself. */
export function fault(code: string, message: string, params: Record<string, unknown> = {}): Issue {
  return { code, severity: "error", path: [], pointer: "", message, params };
}
