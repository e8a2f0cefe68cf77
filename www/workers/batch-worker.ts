// The worker of batches: reads a file, judges it, and keeps what came of it for whoever asks.

import type { Change, Issue } from "prewash";
import { CannotRun } from "../../pkg/src/cli/failure.js";
import type { Row } from "../../pkg/src/cli/row.js";
import type { Tally } from "../../pkg/src/cli/tally.js";
import type { Judged } from "../../pkg/src/cli/verdict.js";
import type { Ask, Block, Counts, Done, RowTold, Tell } from "../batch-messages.js";
import { Blocks } from "./blocks.js";
import { formatOf } from "./input.js";
import { describe, run, type Run } from "./judge.js";
import { problems } from "./problems.js";
import { sampleOf } from "./sample.js";
import { Numbers, Store } from "./store.js";

declare const self: DedicatedWorkerGlobalScope;

/** How often the page is told how far it is, in milliseconds. */
const PAUSE = 100;

/** What the last run left. */
interface Kept {
  run: Run;
  clean: Store;
  report: Store;
  /** Rows as they are in the file, where each begins, and which it is. */
  source: Store;
  sources: Numbers;
  reports: Numbers;
  rows: Numbers;
}

let kept: Kept | undefined;

self.addEventListener("message", ({ data }: MessageEvent<Ask>) => {
  answer(data).then(
    (answer) => self.postMessage({ id: data.id, answer } satisfies Tell),
    (error: unknown) => self.postMessage({ id: data.id, failed: reason(error) } satisfies Tell),
  );
});

function reason(error: unknown): string {
  if (error instanceof DOMException && error.name === "NotReadableError") return "the file cannot be read; was it changed or moved since it was chosen? Choose it again";
  return error instanceof Error ? error.message : String(error);
}

async function answer(ask: Ask): Promise<unknown> {
  switch (ask.ask) {
    case "describe":
      return await describe(ask.file, ask.format ?? (await formatOf(ask.file)), ask.settings);
    case "sample":
      return await sampleOf(ask.rows, ask.settings);
    case "run":
      return await judge(ask);
    case "row":
      return await rowAt(ask.index);
    case "clean":
      return the().clean.blob("application/x-ndjson");
    case "report":
      return the().report.blob("application/x-ndjson");
    case "problems": {
      const table = new Store();
      for await (const some of problems(the().report.blob(""))) table.addText(some);
      return table.blob("text/csv");
    }
  }
}

function the(): Kept {
  if (!kept) throw new CannotRun("no file was checked yet");
  return kept;
}

async function judge({ id, file, format, settings, map }: Extract<Ask, { ask: "run" }>): Promise<Done> {
  const started = performance.now();
  const blocks = new Blocks();
  const requests = new Map<string, Done["requests"][number]>();
  let rows: { row: Row; judged: Judged }[] = [];
  const opened = await run(file, format, settings, map, (row, judged) => rows.push({ row, judged }));
  const { input, job, verdicts } = opened;
  const encoded = keyReader(opened);
  const keeping: Kept = { run: opened, clean: new Store(), report: new Store(), source: new Store(), sources: new Numbers(), reports: new Numbers(), rows: new Numbers() };
  kept = keeping;
  const { clean, report, source, sources, reports, rows: places } = keeping;
  const tell = (end: boolean): void => {
    const ready = blocks.take(end);
    const progress = { read: input.read, size: input.size, counts: countsOf(job.tally), numbers: blocks.numbers, blocks: ready };
    self.postMessage({ id, progress } satisfies Tell, ready.flatMap(buffersOf));
  };
  let told = performance.now();
  let stopped: string | undefined;
  try {
    for await (const { out, report: text } of verdicts) {
      clean.add(out);
      // What is about the request as a whole stands first.
      const about = rows.reduce((length, { judged }) => length - judged.report.length, text.length);
      const whole = (text as string).slice(0, about);
      report.addText(whole);
      for (const line of whole === "" ? [] : whole.trimEnd().split("\n")) {
        const known = requests.get(line);
        if (known) known.count += 1;
        else if (requests.size < 20) requests.set(line, { issue: JSON.parse(line) as Issue, count: 1 });
      }
      for (const { row, judged } of rows) {
        sources.push(source.length);
        reports.push(report.length);
        places.push(row.row);
        if (row.cells) source.addText(JSON.stringify(row.cells));
        else source.add(row.text);
        report.addText(judged.report);
        const { status, issues, changes } = judged;
        blocks.add({ status, row: row.row, issues, changes, key: encoded(row, judged) });
      }
      rows = [];
      if (performance.now() - told < PAUSE) continue;
      tell(false);
      // Who asks meanwhile gets an answer.
      await turn();
      told = performance.now();
    }
  } catch (error) {
    stopped = reason(error);
  }
  sources.push(source.length);
  reports.push(report.length);
  const time = performance.now() - started;
  tell(true);
  const { columns } = opened;
  return {
    time,
    ...(stopped === undefined ? {} : { stopped }),
    requests: [...requests.values()],
    unused: [...(columns?.unknown.map(({ header }) => header) ?? []), ...(columns?.dropped ?? [])],
    missing: columns?.missing ?? [],
  };
}

const channel = new MessageChannel();

/** Lets what waits have its turn; a timer would wait for longer. */
function turn(): Promise<void> {
  return new Promise((done) => {
    channel.port1.onmessage = () => done();
    channel.port2.postMessage(null);
  });
}

function buffersOf({ status, row, issues, changes, starts, codes, text }: Block): ArrayBuffer[] {
  return [status, row, issues, changes, starts, codes, text].map(({ buffer }) => buffer);
}

function countsOf({ rows, sent, errors, warnings, changes, requests, statuses, codes }: Tally): Counts {
  return { rows, sent, errors, warnings, changes, requests, ...statuses, codes: codes.map(({ code, severity, count }) => ({ code, severity, count })) };
}

/** Gives what a row is known by: as it is sent, else as the file has it. */
function keyReader({ key, columns }: Run): (row: Row, judged: Judged) => string {
  const at = columns?.columns.findIndex((column) => column?.path.length === 1 && column.path[0] === key) ?? -1;
  const decoder = new TextDecoder();
  const inText = (text: Uint8Array): string => {
    // What is very long is not read for the sake of one field.
    if (key === undefined || text.length > 65_536) return "";
    try {
      const value = (JSON.parse(decoder.decode(text)) as Record<string, unknown> | null)?.[key];
      return value === undefined || value === null ? "" : typeof value === "string" ? value : JSON.stringify(value);
    } catch {
      return "";
    }
  };
  return (row, judged) => {
    if (typeof judged.key === "string") return judged.key;
    if (judged.json) return inText(judged.json);
    return row.cells ? (row.cells[at] ?? "") : inText(row.text);
  };
}

async function rowAt(index: number): Promise<RowTold> {
  const { source, sources, report, reports, rows, run } = the();
  if (index >= rows.length) throw new CannotRun("there is no such row");
  // While a run goes on, the last row's end is not noted yet.
  const end = (starts: Numbers, store: Store): number => (index + 1 < starts.length ? starts.at(index + 1) : store.length);
  const [text, lines] = [
    await source.text(sources.at(index), end(sources, source)),
    await report.text(reports.at(index), end(reports, report)),
  ];
  const told: RowTold = { row: rows.at(index), issues: [], changes: [] };
  if (run.columns) {
    const { columns } = run.columns;
    told.cells = (JSON.parse(text) as string[]).map((cell, at) => [run.headers[at] ?? "(no header)", cell, columns[at]?.path.join(".") ?? ""]);
  } else {
    told.text = text;
  }
  for (const line of lines.split("\n")) {
    if (line === "") continue;
    const one = JSON.parse(line) as (Issue | Change) & { row: number | null };
    // Between two rows there may be what is about the next request.
    if (one.row === null) continue;
    if ("code" in one) told.issues.push(one);
    else told.changes.push(one);
  }
  return told;
}
