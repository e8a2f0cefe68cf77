// `prewash domains FILE`

import { cleanDomains } from "prewash";
import { openTable, text } from "./csv.js";
import { parseCsv } from "./csv-parser.js";
import { CannotRun } from "./failure.js";
import { formatOf, openInput, type Input } from "./input.js";
import { jsonRows } from "./json.js";
import { ndjsonRows } from "./ndjson.js";
import { nearest, plain } from "./nearest.js";
import { nowhere, openOutput } from "./output.js";
import { Progress } from "./progress.js";
import { Tally } from "./tally.js";
import { visible } from "./terminal.js";

/** What the command line says. */
export interface DomainsOptions {
  format?: string | undefined;
  out?: string | undefined;
  report?: string | undefined;
  column?: string | undefined;
}

/** What a file gives: something that should be a domain, and where it stands. */
interface Entry {
  row: number;
  value: unknown;
}

/** How many are cleaned at once. */
const AT_ONCE = 1000;

/** Cleans a list of domains, a line each on standard output; gives the exit status. */
export async function domains(file: string, options: DomainsOptions): Promise<number> {
  const input = await openInput(file);
  const out = await openOutput(options.out ?? "-", [file]);
  const report = options.report === undefined ? nowhere : await openOutput(options.report, [file]);
  const tally = new Tally();
  const progress = new Progress(input.size);
  try {
    for await (const some of entries(input, file, options)) {
      for (let at = 0; at < some.length; at += AT_ONCE) {
        const { clean, told } = judge(some.slice(at, at + AT_ONCE), tally);
        if (clean !== "") await out.write(clean);
        if (told !== "") await report.write(told);
      }
      progress.tell(input.read, tally.rows);
    }
    await out.close();
    await report.close();
  } finally {
    progress.clear();
  }
  const lines = options.report === undefined ? tally.issueLines("row") : [];
  if (lines.length > 0) lines.push("");
  lines.push(`domains: ${input.name}`, "", ...tally.summaryLines({ batch: false, domains: true }));
  const people = options.out === undefined || options.out === "-" || options.report === "-" ? process.stderr : process.stdout;
  people.write(`${lines.join("\n")}\n`);
  return tally.errors > 0 ? 1 : 0;
}

function judge(entries: Entry[], tally: Tally): { clean: string; told: string } {
  let clean = "";
  let told = "";
  const results = cleanDomains(entries.map(({ value }) => value as string));
  results.forEach(({ ok, value, issues, changes }, at) => {
    const { row } = entries[at] as Entry;
    const index = tally.rows;
    tally.row(ok ? "sent" : "refused");
    tally.changes += changes.length;
    if (ok) clean += `${value}\n`;
    for (const issue of issues) {
      tally.issue(row, issue);
      told += `${JSON.stringify({ row, index, ...issue })}\n`;
    }
    for (const change of changes) told += `${JSON.stringify({ row, index, ...change })}\n`;
  });
  return { clean, told };
}

async function* entries(input: Input, file: string, options: DomainsOptions): AsyncGenerator<Entry[]> {
  const format = formatOf(file, options.format, ["text", "csv", "tsv", "json", "ndjson"]);
  if (options.column !== undefined && format !== "csv" && format !== "tsv") throw new CannotRun("--column is for tables");
  if (format === "text") yield* lines(input);
  else if (format === "csv" || format === "tsv") yield* cells(input, format === "tsv", options.column);
  else {
    const rows = format === "ndjson" ? ndjsonRows(input.chunks) : (await jsonRows(input.chunks, input.name)).rows;
    for await (const some of rows) {
      yield some.map(({ row, text }) => ({ row, value: parsed(text, input.name, row) }));
    }
  }
}

/** Lines of text; blank ones are passed over. */
async function* lines(input: Input): AsyncGenerator<Entry[]> {
  let rest = "";
  let row = 1;
  for await (const characters of text(input.chunks, input.name)) {
    const found = (rest + characters).split("\n");
    rest = found.pop() ?? "";
    const some = found.map((line) => ({ row: row++, value: line }));
    yield some.filter(({ value }) => value.trim() !== "");
  }
  if (rest.trim() !== "") yield [{ row, value: rest }];
}

async function* cells(input: Input, tsv: boolean, column: string | undefined): AsyncGenerator<Entry[]> {
  const { headers, lines } = await openTable(input.chunks, input.name, tsv, parseCsv);
  const at = columnAt(headers, column, input.name);
  for await (const some of lines) {
    const found = some.map(({ cells, line }) => ({ row: line, value: cells[at] ?? "" }));
    yield found.filter(({ value }) => value.trim() !== "");
  }
}

function columnAt(headers: readonly string[], column: string | undefined, name: string): number {
  if (column !== undefined) {
    const at = headers.indexOf(column);
    if (at >= 0) return at;
    const near = nearest(column, headers);
    throw new CannotRun(
      `${name} has no column \`${visible(column)}\`` +
        (near === undefined ? `; it has ${headers.map(visible).join(", ")}` : `; did you mean \`${visible(near)}\``),
    );
  }
  const at = headers.findIndex((header) => plain(header) === "domain");
  if (at >= 0) return at;
  if (headers.length === 1) return 0;
  throw new CannotRun(`${name} has no column \`domain\`; say which has them with --column: ${headers.map(visible).join(", ")}`);
}

/** A JSON text as a value; what is none is left to be judged as it is. */
function parsed(bytes: Uint8Array, name: string, row: number): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as unknown;
  } catch (error) {
    throw new CannotRun(`${name}, ${row}: not JSON: ${visible((error as Error).message)}`);
  }
}

