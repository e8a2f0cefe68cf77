// Files as the shared code of the command line reads them.

import { marked } from "../../pkg/src/cli/encoding.js";
import { CannotRun } from "../../pkg/src/cli/failure.js";
import type { Format } from "../batch-messages.js";

/** What is read, and how much of it was. */
export interface Input {
  name: string;
  size: number;
  read: number;
  chunks: AsyncIterable<Uint8Array>;
}

/** Opens a file; a byte order mark is left out, and what is not UTF-8 refused. */
export function openFile(file: Blob, name: string): Input {
  const input: Input = { name, size: file.size, read: 0, chunks: [] as never };
  input.chunks = marked(blocks(file), input);
  return input;
}

/** The bytes of a file. Not every browser's streams can be iterated over. */
async function* blocks(file: Blob): AsyncGenerator<Uint8Array> {
  const reader = file.stream().getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    // Who reads no more has the rest never read.
    await reader.cancel().catch(() => {});
  }
}

const EXTENSIONS: Record<string, Format> = { csv: "csv", tsv: "tsv", tab: "tsv", json: "json", ndjson: "ndjson", jsonl: "ndjson" };

/** How many bytes are looked at before anything is read. */
const HEAD = 4096;

/**
 * How a file is written, by its name or else its beginning.
 *
 * @throws CannotRun if it is empty, or not text at all
 */
export async function formatOf(file: File): Promise<Format> {
  if (file.size === 0) throw new CannotRun(`${file.name} is empty`);
  const bytes = new Uint8Array(await file.slice(0, HEAD).arrayBuffer());
  const wide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03) {
    throw new CannotRun(`${file.name} is a workbook or an archive, not text; save it as CSV (UTF-8) first`);
  }
  // UTF-16 has zeros too, and is told better by who reads it.
  if (!wide && !bytes.subarray(0, 4).includes(0) && bytes.includes(0)) {
    throw new CannotRun(`${file.name} is a binary file, not text; save its rows as CSV, NDJSON or JSON first`);
  }
  const extension = /\.([^.]+)$/.exec(file.name)?.[1]?.toLowerCase() ?? "";
  const text = new TextDecoder().decode(bytes).trimStart();
  const known = EXTENSIONS[extension];
  if (text === "" && file.size <= HEAD) throw new CannotRun(`${file.name} has nothing but white space`);
  if (known) return known;
  if (text.startsWith("[")) return "json";
  if (text.startsWith("{")) return /^\{.*\}\s*\n\s*\{/.test(text) ? "ndjson" : "json";
  return /^[^\n]*\t/.test(text) ? "tsv" : "csv";
}
