// Verdicts: rows in, cleaned bodies and a report out. Nothing here reads or writes files, and what
// goes in and comes out is plain data, so that it can run anywhere.

import type { Change, Issue, OpenApiOperation, Path, Plan, PlansOptions, Position } from "prewash";
import type { Columns } from "./columns.js";
import { onOneLine } from "./json.js";
import { joined, type Row } from "./row.js";
import type { Tally } from "./tally.js";

/** What came of some rows. */
export interface Verdict {
  /** Cleaned bodies or requests, a line each. */
  out: Uint8Array;
  /** Issues and changes as NDJSON, if they are wanted. */
  report: string | Uint8Array;
}

/** How rows are judged. */
export interface Job {
  operation: OpenApiOperation;
  /** The columns, if the rows are those of a table. */
  columns: Columns | undefined;
  /** What is known, and what each request of a batch holds besides its items. */
  plans: PlansOptions;
  /** Whether issues and changes are wanted one by one. */
  reported: boolean;
  tally: Tally;
  /** What items of the batch are known by: `domain`, as a rule. */
  key?: string | undefined;
  /** Is told of each row, in their order; what is of whole requests in a report stands before their rows. */
  seen?: (row: Row, judged: Judged) => void;
}

/** What came of a row. */
export interface Judged {
  /** What the vendor will say to an item of a batch; of a body, whether it can be sent. */
  status: "created" | "updated" | "failed" | "invalid" | "ready" | "refused";
  /** The domain, or whatever items of this batch are known by. */
  key?: unknown;
  /** The body that can be sent. */
  json?: Uint8Array | undefined;
  /** From the row down. */
  issues: readonly Issue[];
  changes: number;
  /** The lines of the report about it. */
  report: string;
}

/** Judges rows that are bodies. */
export async function* judgeBodies(job: Job, batches: AsyncIterable<Row[]>): AsyncGenerator<Verdict> {
  const { tally } = job;
  for await (const rows of batches) {
    const bodies: Uint8Array[] = [];
    let report = "";
    for (const row of rows) {
      const { ok, json, issues, changes } = row.fault
        ? { ok: false as const, json: undefined, issues: [row.fault], changes: [] }
        : job.operation.body.checkText(row.text);
      tally.row(ok ? "sent" : "refused");
      if (ok) bodies.push(json);
      const lines = told(job, row, issues, changes, 0);
      report += lines;
      job.seen?.(row, { status: ok ? "ready" : "refused", json, issues, changes: changes.length, report: lines });
    }
    yield { out: asLines(bodies), report };
  }
}

/** Judges rows that are the items of batches. */
export async function* judgeItems(job: Job, batches: AsyncIterable<Row[]>): AsyncGenerator<Verdict> {
  const { tally } = job;
  const waiting: Row[] = [];
  const texts = async function* (): AsyncGenerator<Uint8Array> {
    for await (const rows of batches) {
      for (const row of rows) {
        waiting.push(row);
        yield row.fault ? NOTHING : row.text;
      }
    }
  };
  const plans = job.operation.batch?.plans(texts(), job.plans) ?? [];
  for await (const plan of plans) {
    tally.requests += plan.ok ? 1 : 0;
    // Nobody but us saw the request: a place in it tells nothing.
    let report = ofWhole(job, plan.issues.map(({ position: _, ...issue }) => issue));
    const rows = waiting.splice(0, plan.items.length);
    plan.items.forEach((item, at) => {
      const row = rows[at] as Row;
      report += row.fault ? toldItem(job, row, plan, item, [row.fault], []) : toldItem(job, row, plan, item);
    });
    yield { out: asLines(plan.ok ? [plan.request] : []), report };
  }
}

const NOTHING = new Uint8Array(0);

/** Judges a text that is a whole request of a batch. */
export async function* judgeRequest(job: Job, batches: AsyncIterable<Row[]>): AsyncGenerator<Verdict> {
  const { tally } = job;
  for await (const rows of batches) {
    for (const { text } of rows) {
      const plan = job.operation.batch?.plan(text, job.plans);
      if (!plan) continue;
      tally.requests += plan.ok ? 1 : 0;
      let report = ofWhole(job, plan.issues);
      for (const item of plan.items) {
        const { index } = item;
        // Positions are those in the file, since it is the request.
        const row = { row: index + 1, index, text, at: { line: 1, column: 1, offset: 0 } };
        report += toldItem(job, row, plan, item);
      }
      yield { out: asLines(plan.ok ? [plan.request] : []), report };
    }
  }
}

const NEW_LINE = new Uint8Array([0x0a]);

function asLines(bodies: readonly Uint8Array[]): Uint8Array {
  return joined(bodies.flatMap((body) => [onOneLine(body), NEW_LINE]));
}

/** Report lines about an item, which is counted. Of a request that is refused no item is sent. */
function toldItem(job: Job, row: Row, plan: Plan<unknown>, item: Plan["items"][number], issues = item.issues, changes = item.changes): string {
  const report = told(job, row, issues, changes, 2);
  const status = plan.ok ? item.status : "invalid";
  const sent = status !== "invalid";
  job.tally.row(sent ? "sent" : "refused");
  if (sent) job.tally.statuses[status] += 1;
  job.seen?.(row, {
    status,
    key: (item as unknown as Record<string, unknown>)[job.key ?? ""],
    issues: issues.map((issue) => inRow(issue, 2)),
    changes: changes.length,
    report,
  });
  return report;
}

/** Report lines about a whole request. */
function ofWhole({ tally, reported }: Job, issues: readonly Issue[]): string {
  let report = "";
  for (const issue of issues) {
    tally.issue(undefined, issue);
    if (reported) report += line({ row: null, index: null, ...issue });
  }
  return report;
}

/**
 * Report lines about a row.
 *
 * @param skip - how many steps of each path lead to the row
 */
function told(job: Job, row: Row, issues: readonly Issue[], changes: readonly Change[], skip: number): string {
  let report = "";
  for (const given of issues) {
    const { position, ...issue } = inRow(given, skip);
    job.tally.issue(row.row, issue);
    if (!job.reported) continue;
    const place = position && row.at ? { position: inFile(row.at, position) } : {};
    report += line({ row: row.row, index: row.index, ...columnOf(job, issue.path), ...issue, ...place });
  }
  job.tally.changes += changes.length;
  for (const given of job.reported ? changes : []) {
    const change = inRow(given, skip);
    report += line({ row: row.row, index: row.index, ...columnOf(job, change.path), ...change });
  }
  return report;
}

function line(told: object): string {
  return `${JSON.stringify(told)}\n`;
}

/** The same with the path from the row down. */
function inRow<T extends { path: Path; pointer: string }>(told: T, skip: number): T {
  if (skip === 0) return told;
  const pointer = told.path.length <= skip ? "" : told.pointer.split("/").slice(skip + 1).map((step) => `/${step}`).join("");
  return { ...told, path: told.path.slice(skip), pointer };
}

/** A place in a row as one in the file. */
function inFile(at: Position, { line, column, offset }: Position): Position {
  return { line: at.line + line - 1, column: line === 1 ? at.column + column - 1 : column, offset: at.offset + offset };
}

/** The header of the column that a path leads to. */
function columnOf({ columns }: Job, path: Path): { column?: string } {
  const column = columns?.columns.find((column) => column?.path.every((step, at) => step === path[at]));
  return column ? { column: column.header } : {};
}
