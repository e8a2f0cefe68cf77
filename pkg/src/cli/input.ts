// The file, or standard input, as chunks of bytes.

import { closeSync, createReadStream, openSync, readSync } from "node:fs";
import { stat } from "node:fs/promises";
import { extname } from "node:path";
import { marked } from "./encoding.js";
import { CannotRun, systemReason } from "./failure.js";
import { visible } from "./terminal.js";

/** How a file is written. */
export type Format = "json" | "ndjson" | "csv" | "tsv" | "text";

/** What is read. */
export interface Input {
  /** Its name, for messages. */
  name: string;
  /** Its size in bytes, where that is known. */
  size: number | undefined;
  /** The bytes that were read so far. */
  read: number;
  /** Its bytes, less a byte order mark. */
  chunks: AsyncIterable<Uint8Array>;
}

/**
 * Opens a file; `-` is standard input.
 *
 * A UTF-8 byte order mark is left out. A file in UTF-16 or UTF-32 is refused.
 *
 * @param reused - whether a chunk is good only until the next one is asked for
 */
export async function openInput(file: string, reused = false): Promise<Input> {
  const name = file === "-" ? "standard input" : visible(file);
  let size: number | undefined;
  if (file !== "-") {
    try {
      const found = await stat(file);
      if (found.isDirectory()) throw Object.assign(new Error(), { code: "EISDIR" });
      // A pipe or a device says 0.
      if (found.isFile()) size = found.size;
    } catch (error) {
      throw new CannotRun(`cannot read ${name}: ${systemReason(error)}`);
    }
  }
  const stream = size === undefined ? (file === "-" ? process.stdin : createReadStream(file)) : blocks(file, reused);
  const input: Input = { name, size, read: 0, chunks: [] as never };
  input.chunks = marked(stream, input);
  return input;
}

/** The bytes of a file. What is not a pipe is read at once, which costs less than to wait for it. */
async function* blocks(file: string, reused: boolean): AsyncGenerator<Buffer> {
  const descriptor = openSync(file, "r");
  try {
    let buffer = Buffer.allocUnsafeSlow(BLOCK);
    for (let length = readSync(descriptor, buffer); length > 0; length = readSync(descriptor, buffer)) {
      yield buffer.subarray(0, length);
      if (!reused) buffer = Buffer.allocUnsafeSlow(BLOCK);
    }
  } finally {
    closeSync(descriptor);
  }
}

/** With this a chunk that is not long enough yet still fits in its buffer: see rooms.ts. */
const BLOCK = 1 << 17;

/** The format of a file, by `--format` or by its extension. */
export function formatOf(file: string, given: string | undefined, known: readonly Format[]): Format {
  if (given !== undefined) {
    const format = known.find((format) => format === given);
    if (!format) throw new CannotRun(`\`${visible(given)}\` is no format; give ${known.join(", ")}`);
    return format;
  }
  if (file === "-") {
    if (known.includes("text")) return "text";
    throw new CannotRun(`say how standard input is written: --format ${known.join("|")}`);
  }
  const extension = extname(file).toLowerCase();
  const format = EXTENSIONS[extension];
  if (format && known.includes(format)) return format;
  if (known.includes("text")) return "text";
  throw new CannotRun(`the extension of ${visible(file)} tells no format; give --format ${known.join("|")}`);
}

const EXTENSIONS: Record<string, Format> = {
  ".json": "json",
  ".ndjson": "ndjson",
  ".jsonl": "ndjson",
  ".csv": "csv",
  ".tsv": "tsv",
  ".tab": "tsv",
};
