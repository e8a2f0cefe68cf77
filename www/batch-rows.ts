// The rows of a run as the page holds them: blocks of numbers and bytes, read where they are shown.

import { BLOCK, STATUSES, type Block, type Status } from "./batch-messages.js";

/** A row as the table shows it. */
export interface RowShown {
  index: number;
  row: number;
  status: Status;
  key: string;
  message: string;
  issues: number;
  changes: number;
}

/** Which rows are wanted; what is empty says nothing. */
export interface Filter {
  status: string;
  code: string;
  search: string;
}

/** How long the page may be busy at once, in milliseconds. */
const BUSY = 8;

/** How many blocks' texts are kept as strings: those that are shown. */
const RECENT = 4;

/** All rows, and those that a filter lets through. */
export class Rows {
  readonly #blocks: Block[] = [];
  #numbers: readonly string[] = [];
  readonly #recent = new Map<number, string[]>();
  readonly #decoder = new TextDecoder();
  #filter: Filter = { status: "", code: "", search: "" };
  #matches = new Uint32Array(BLOCK);
  #found = 0;
  /** How many blocks the filter has seen. */
  #scanned = 0;
  #scanning = false;
  #wanted = 0;

  /** @param changed - called when there are more or other rows to show */
  constructor(private readonly changed: () => void) {}

  /** All rows. */
  get total(): number {
    const last = this.#blocks.length - 1;
    return last < 0 ? 0 : last * BLOCK + (this.#blocks[last] as Block).status.length;
  }

  /** The rows that are let through, as far as they were found. */
  get count(): number {
    return this.#all ? this.total : this.#found;
  }

  /** Whether the filter has seen all rows. */
  get complete(): boolean {
    return this.#all || this.#scanned === this.#blocks.length;
  }

  get #all(): boolean {
    const { status, code, search } = this.#filter;
    return status === "" && code === "" && search === "";
  }

  add(blocks: readonly Block[], numbers: readonly string[]): void {
    this.#numbers = numbers;
    this.#blocks.push(...blocks);
    if (this.#all) this.changed();
    else void this.#scan();
  }

  set filter(filter: Filter) {
    this.#filter = { ...filter, search: filter.search.trim().toLowerCase() };
    this.#found = this.#scanned = 0;
    this.#wanted += 1;
    if (this.#all) this.changed();
    else void this.#scan();
  }

  /** The row at a position among those that are let through. */
  at(position: number): RowShown | undefined {
    const index = this.#all ? position : (this.#matches[position] as number);
    const number = Math.floor(index / BLOCK);
    const block = this.#blocks[number];
    const at = index % BLOCK;
    if (!block || position >= this.count) return undefined;
    const [key = "", message = ""] = (this.#lines(number)[at] ?? "").split("\t");
    return {
      index,
      row: block.row[at] as number,
      status: STATUSES[block.status[at] as number] as Status,
      key,
      message,
      issues: block.issues[at] as number,
      changes: block.changes[at] as number,
    };
  }

  /** Looks through what it has not seen, a little at a time. */
  async #scan(): Promise<void> {
    if (this.#scanning) return;
    this.#scanning = true;
    let since = performance.now();
    while (!this.complete) {
      const wanted = this.#wanted;
      this.#scanBlock(this.#scanned++);
      if (performance.now() - since < BUSY) continue;
      this.changed();
      await new Promise((later) => setTimeout(later));
      since = performance.now();
      // Another filter starts anew.
      if (wanted !== this.#wanted) continue;
    }
    this.#scanning = false;
    this.changed();
  }

  #scanBlock(number: number): void {
    const block = this.#blocks[number] as Block;
    const { status, starts, codes } = block;
    const wantedStatus = STATUSES.indexOf(this.#filter.status as Status);
    const wantedCode = this.#filter.code === "" ? -1 : this.#numbers.indexOf(this.#filter.code);
    const { search } = this.#filter;
    const lines = search === "" ? undefined : this.#text(number).toLowerCase().split("\n");
    for (let at = 0; at < status.length; at++) {
      if (wantedStatus >= 0 && status[at] !== wantedStatus) continue;
      if (this.#filter.code !== "" && !codes.subarray(starts[at], starts[at + 1]).includes(wantedCode)) continue;
      if (lines && !(lines[at] as string).includes(search)) continue;
      if (this.#found === this.#matches.length) {
        const more = new Uint32Array(this.#found * 2);
        more.set(this.#matches);
        this.#matches = more;
      }
      this.#matches[this.#found++] = number * BLOCK + at;
    }
  }

  #text(number: number): string {
    return this.#decoder.decode((this.#blocks[number] as Block).text);
  }

  #lines(number: number): string[] {
    let lines = this.#recent.get(number);
    if (lines) return lines;
    lines = this.#text(number).split("\n");
    this.#recent.set(number, lines);
    const [oldest] = this.#recent.keys();
    if (this.#recent.size > RECENT && oldest !== undefined) this.#recent.delete(oldest);
    return lines;
  }
}
