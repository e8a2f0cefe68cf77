// What is counted while rows are judged, and the summary of it.

import type { Issue } from "prewash";
import { counted, grouped, short, table, visible } from "./terminal.js";

/** How many issues are shown one by one. */
const SHOWN = 20;

/** How often there was an issue of a code. */
export interface Count {
  code: string;
  severity: string;
  count: number;
  /** The row it was first found in; undefined if it was about a whole request. */
  first: number | undefined;
}

/** What the core counts of lines. */
export interface Counted {
  rows: number;
  sent: number;
  changes: number;
  requests: number;
  created: number;
  updated: number;
  failed: number;
  /** Each with its severity, how often there was one, and the row it was first found in. */
  codes: [code: string, severity: string, count: number, first: number | null][];
  /** The first issues, if there is no report. */
  shown: (Omit<Issue, "position"> & { row: number | null })[];
}

/** Counts. */
export class Tally {
  rows = 0;
  sent = 0;
  errors = 0;
  warnings = 0;
  changes = 0;
  /** Requests of a batch that can be sent. */
  requests = 0;
  /** What the vendor will say to the rows sent in a batch. */
  readonly statuses = { created: 0, updated: 0, failed: 0 };
  readonly #codes = new Map<string, Count>();
  readonly #shown: [row: number | undefined, issue: Omit<Issue, "position">][] = [];

  row(fate: "sent" | "refused"): void {
    this.rows += 1;
    if (fate === "sent") this.sent += 1;
  }

  issue(row: number | undefined, issue: Omit<Issue, "position">): void {
    this.#count(issue.code, issue.severity, 1, row);
    if (this.#shown.length < SHOWN) this.#shown.push([row, issue]);
  }

  /** Adds what was counted elsewhere, of the rows that follow. */
  add({ rows, sent, changes, requests, created, updated, failed, codes, shown }: Counted): void {
    this.rows += rows;
    this.sent += sent;
    this.changes += changes;
    this.requests += requests;
    this.statuses.created += created;
    this.statuses.updated += updated;
    this.statuses.failed += failed;
    for (const [code, severity, count, first] of codes) this.#count(code, severity, count, first ?? undefined);
    for (const issue of shown) {
      if (this.#shown.length < SHOWN) this.#shown.push([issue.row ?? undefined, issue]);
    }
  }

  #count(code: string, severity: string, count: number, first: number | undefined): void {
    if (severity === "error") this.errors += count;
    else this.warnings += count;
    const key = `${severity} ${code}`;
    const found = this.#codes.get(key);
    if (found) found.count += count;
    else this.#codes.set(key, { code, severity, count, first });
  }

  /** How often there was an issue of each code, the most frequent first. */
  get codes(): Count[] {
    return [...this.#codes.values()].sort((a, b) => b.count - a.count);
  }

  /** The first issues, one by one. */
  issueLines(noun: string): string[] {
    const rows = this.#shown.map(([row, { code, severity, pointer, message }]) => [
      row === undefined ? "request" : `${noun} ${row}`,
      severity,
      short(code, 40),
      pointer === "" ? message : `${short(pointer, 40)}: ${message}`,
    ]);
    const lines = table(rows.map((row) => row.map(visible)));
    const more = this.errors + this.warnings - this.#shown.length;
    if (more > 0) lines.push(`… and ${grouped(more)} more; --report FILE has them all`);
    return lines;
  }

  /** The summary. */
  summaryLines({ batch, domains }: { batch: boolean; domains: boolean }): string[] {
    const { created, updated, failed } = this.statuses;
    const ready = domains ? "clean" : "ready to send";
    const of = `${grouped(created)} created, ${grouped(updated)} updated, ${grouped(failed)} failed`;
    const lines = table([
      ["rows", this.rows],
      [ready, this.sent, ...(batch ? [`in ${counted(this.requests, "request")}: ${of}`] : [])],
      [domains ? "refused" : "left out", this.rows - this.sent],
      ["errors", this.errors],
      ["warnings", this.warnings],
      ["changes", this.changes],
    ]);
    const { codes } = this;
    if (codes.length === 0) return lines;
    const rows = codes.map(({ code, severity, count, first }) => [
      short(code, 40),
      severity,
      count,
      first === undefined ? "request" : first,
    ]);
    return [...lines, "", ...table([["code", "severity", "count", "first row"], ...rows])];
  }
}
