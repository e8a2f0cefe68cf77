// A progress bar on standard error, on a terminal only.

import { grouped } from "./terminal.js";

const WIDTH = 24;
/** How often it is drawn, in milliseconds. */
const PAUSE = 100;

export class Progress {
  readonly #size: number | undefined;
  readonly #shown = process.stderr.isTTY === true;
  #last = 0;
  #drawn = false;

  /** @param size - what there is to read, in bytes, if that is known */
  constructor(size: number | undefined) {
    this.#size = size;
  }

  /** Tells how far it is. */
  tell(bytes: number, rows: number): void {
    if (!this.#shown) return;
    const now = performance.now();
    if (now - this.#last < PAUSE) return;
    this.#last = now;
    this.#drawn = true;
    process.stderr.write(`\r${this.#bar(bytes)}${grouped(rows)} rows\x1b[K`);
  }

  /** Takes it away again. */
  clear(): void {
    if (this.#drawn) process.stderr.write("\r\x1b[K");
    this.#drawn = false;
  }

  #bar(bytes: number): string {
    if (!this.#size) return "";
    const share = Math.min(1, bytes / this.#size);
    const full = Math.round(share * WIDTH);
    return `[${"#".repeat(full)}${"-".repeat(WIDTH - full)}] ${String(Math.floor(share * 100)).padStart(3)} %  `;
  }
}
