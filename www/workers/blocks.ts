// Rows as the page keeps them, gathered into blocks of bytes.

import { BLOCK, STATUSES, type Block, type Status } from "../batch-messages.js";

/** What is shown of a row in the table. */
export interface Shown {
  status: Status;
  row: number;
  issues: readonly { code: string; severity: string; message: string }[];
  changes: number;
  key: string;
}

/** Gathers rows; gives whole blocks. */
export class Blocks {
  /** The codes by their numbers. */
  readonly numbers: string[] = [];
  readonly #numberOf = new Map<string, number>();
  readonly #encoder = new TextEncoder();
  #ready: Block[] = [];
  #count = 0;
  #status = new Uint8Array(BLOCK);
  #row = new Uint32Array(BLOCK);
  #issues = new Uint8Array(BLOCK);
  #changes = new Uint8Array(BLOCK);
  #starts = new Uint32Array(BLOCK + 1);
  #codes: number[] = [];
  #text = "";

  add({ status, row, issues, changes, key }: Shown): void {
    const at = this.#count++;
    this.#status[at] = STATUSES.indexOf(status);
    this.#row[at] = row;
    this.#issues[at] = Math.min(issues.length, 255);
    this.#changes[at] = Math.min(changes, 255);
    const first = issues.find(({ severity }) => severity === "error") ?? issues[0];
    for (const number of new Set(issues.map(({ code }) => this.#number(code)))) this.#codes.push(number);
    this.#starts[at + 1] = this.#codes.length;
    this.#text += `${oneLine(key)}\t${oneLine(first?.message ?? "")}\n`;
    if (this.#count === BLOCK) this.#cut();
  }

  /** The blocks that are whole; at the end also the last one. */
  take(end: boolean): Block[] {
    if (end && this.#count > 0) this.#cut();
    return this.#ready.splice(0);
  }

  #number(code: string): number {
    const known = this.#numberOf.get(code);
    if (known !== undefined) return known;
    this.#numberOf.set(code, this.numbers.length);
    return this.numbers.push(code) - 1;
  }

  #cut(): void {
    const count = this.#count;
    this.#ready.push({
      status: this.#status.slice(0, count),
      row: this.#row.slice(0, count),
      issues: this.#issues.slice(0, count),
      changes: this.#changes.slice(0, count),
      starts: this.#starts.slice(0, count + 1),
      codes: Uint16Array.from(this.#codes),
      text: this.#encoder.encode(this.#text),
    });
    this.#count = 0;
    this.#codes = [];
    this.#text = "";
  }
}

/** What a line of the table has room for, with nothing that would end the line. */
function oneLine(text: string): string {
  return (text.length > 300 ? `${text.slice(0, 299)}…` : text).replace(/[\t\r\n\u2028\u2029]+/g, " ");
}
