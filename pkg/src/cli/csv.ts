// CSV: a header, then a row a record.
//
// Parsed by csv-parse: it reads quoted cells over several lines strictly, and says at which line it
// cannot go on. Which build of it, the caller says: Node's is in csv-parser.ts, a browser's in www/.

import { mapColumns, rowText, type Columns, type Mapping } from "./columns.js";
import { CannotRun } from "./failure.js";
import { LONGEST, fault, type Row } from "./row.js";
import { visible } from "./terminal.js";

/** How many rows are given at once. */
const ROWS = 256;

/** One record, and the line it starts at, from 1. */
export interface Line {
  cells: string[];
  line: number;
}

/** Parses a table's characters: csv-parse with these options. Throws what the source throws, or a {@link ParseError}. */
export type Parse = (characters: AsyncIterable<string>, options: ParseOptions) => AsyncIterable<Parsed>;

/** Those of csv-parse. */
export interface ParseOptions {
  delimiter: string;
  info: true;
  relax_column_count: true;
  skip_empty_lines: true;
  max_record_size: number;
}

/** A record, and how many lines were read up to its end. */
export interface Parsed {
  record: string[];
  info: { lines: number };
}

/** Why it cannot go on. */
interface ParseError extends Error {
  code?: string;
  lines?: number;
}

/** A table: its header, and the records below it. */
export interface Table {
  headers: string[];
  lines: AsyncIterable<Line[]>;
}

/** Opens a table. The delimiter of a CSV file is that of its header: comma, semicolon or tab. */
export async function openTable(chunks: AsyncIterable<Uint8Array>, name: string, tsv: boolean, parse: Parse): Promise<Table> {
  const lines = records(text(chunks, name), name, tsv ? "\t" : undefined, parse)[Symbol.asyncIterator]();
  const first = await lines.next();
  const [header, ...rest] = first.done === true ? [] : first.value;
  if (!header) throw new CannotRun(`${name} is empty; its first line must name the columns`);
  const again = async function* (): AsyncGenerator<Line[]> {
    if (rest.length > 0) yield rest;
    for (let next = await lines.next(); next.done !== true; next = await lines.next()) yield next.value;
  };
  return { headers: header.cells.map((cell) => cell.trim()), lines: again() };
}

/** The rows of a table, with its columns mapped to fields. */
export async function csvRows(
  table: Table,
  mapping: Mapping,
): Promise<{ columns: Columns; rows: AsyncGenerator<Row[]> }> {
  const iterator = table.lines[Symbol.asyncIterator]();
  const first = await iterator.next();
  const sample = first.done === true ? undefined : first.value[0];
  const columns = mapColumns(table.headers, sample?.cells ?? [], mapping);
  const encoder = new TextEncoder();
  let index = 0;
  const toRow = ({ cells, line }: Line): Row => {
    const row: Row = { row: line, index: index++, text: encoder.encode(rowText(columns.columns, cells)), cells };
    const count = table.headers.length;
    if (cells.slice(count).some((cell) => cell.trim() !== "")) {
      // Its cells are not under the headers they belong to: nothing of it can be trusted.
      const message = `the row has ${cells.length} cells, the header ${count}; put a cell with a delimiter in quotes`;
      row.fault = fault("column_count", message, { count: cells.length, expected: count });
    }
    return row;
  };
  const rows = async function* (): AsyncGenerator<Row[]> {
    for (let next = first; next.done !== true; next = await iterator.next()) yield next.value.map(toRow);
  };
  return { columns, rows: rows() };
}

/** The characters of a file. */
export async function* text(chunks: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let line = 1;
  try {
    for await (const chunk of chunks) {
      const decoded = decoder.decode(chunk, { stream: true });
      for (let at = decoded.indexOf("\n"); at >= 0; at = decoded.indexOf("\n", at + 1)) line += 1;
      yield decoded;
    }
    yield decoder.decode();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new CannotRun(`${name} is not UTF-8, at or after line ${line}; save it as UTF-8 (it may be Latin-1)`);
  }
}

async function* records(
  characters: AsyncIterable<string>,
  name: string,
  delimiter: string | undefined,
  parse: Parse,
): AsyncGenerator<Line[]> {
  const iterator = characters[Symbol.asyncIterator]();
  let head = "";
  for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
    head += next.value;
    // Only what is new is looked at: a line may be long.
    if (BREAK.test(next.value) || head.length > LONGEST) break;
  }
  const all = async function* (): AsyncGenerator<string> {
    yield head;
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
  };
  const parsed = parse(all(), {
    delimiter: delimiter ?? delimiterOf(head),
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LONGEST,
  });
  let rows: Line[] = [];
  /** `\r` within cells, each of which the parser counts as a line of its own. */
  let returns = 0;
  try {
    for await (const { record, info } of parsed) {
      let breaks = 0;
      for (const cell of record) {
        for (let at = cell.search(BREAK); at >= 0 && at < cell.length; at++) {
          if (cell[at] === "\n") breaks += 1;
          else if (cell[at] === "\r") returns += 1;
        }
      }
      // `info` counts the lines up to the end of the record.
      rows.push({ cells: record, line: info.lines - returns - breaks });
      if (rows.length === ROWS) {
        yield rows;
        rows = [];
      }
    }
  } catch (error) {
    if (error instanceof CannotRun) throw error;
    if (rows.length > 0) yield rows;
    throw new CannotRun(`${name}, ${reason(error as ParseError)}`);
  }
  if (rows.length > 0) yield rows;
}

const BREAK = /[\r\n]/;

/** The delimiter there is most of in the header, outside of quotes. */
function delimiterOf(head: string): string {
  const counts = new Map([",", ";", "\t"].map((delimiter) => [delimiter, 0]));
  for (let at = 0; at < head.length; at++) {
    const char = head[at] as string;
    if (char === "\n" || char === "\r") break;
    if (char === '"') {
      // To the end of the quote; one that is doubled begins another at once.
      at = head.indexOf('"', at + 1);
      if (at < 0) break;
    } else if (counts.has(char)) counts.set(char, (counts.get(char) as number) + 1);
  }
  return [...counts].reduce((best, other) => (other[1] > best[1] ? other : best))[0];
}

function reason(error: ParseError): string {
  const line = typeof error.lines === "number" ? `line ${error.lines}: ` : "";
  switch (error.code) {
    case "CSV_QUOTE_NOT_CLOSED":
      return `${line}a cell's quote is never closed`;
    case "CSV_MAX_RECORD_SIZE":
      return `${line}a row is over ${LONGEST} bytes; is a quote not closed`;
    case "CSV_INVALID_CLOSING_QUOTE":
    case "INVALID_OPENING_QUOTE":
      return `${line}a quote stands within a cell; put the whole cell in quotes and double those within it`;
    default:
      return `${line}${visible(error.message)}`;
  }
}
