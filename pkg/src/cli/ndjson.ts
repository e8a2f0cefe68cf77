// NDJSON: one JSON text a line. Lines with nothing but white space count as lines, not as rows.

import { Gathered, type Row } from "./row.js";

/** The rows of each chunk. Their texts are not copied unless a chunk ends within one. */
export async function* ndjsonRows(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Row[]> {
  const line = new Gathered();
  let number = 1;
  let index = 0;
  /** Where the line starts. */
  let offset = 0;
  let read = 0;
  const take = (rows: Row[]): void => {
    const text = line.take();
    if (!isBlank(text)) rows.push({ row: number, index: index++, text, at: { line: number, column: 1, offset } });
  };
  for await (const chunk of chunks) {
    const rows: Row[] = [];
    let start = 0;
    for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, start)) {
      line.add(chunk.subarray(start, end));
      take(rows);
      start = end + 1;
      number += 1;
      offset = read + start;
    }
    line.add(chunk.subarray(start));
    read += chunk.length;
    if (rows.length > 0) yield rows;
  }
  const rows: Row[] = [];
  take(rows);
  if (rows.length > 0) yield rows;
}

function isBlank(text: Uint8Array): boolean {
  for (const byte of text) if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0d) return false;
  return true;
}
