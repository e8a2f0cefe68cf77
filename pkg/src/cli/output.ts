// Files and standard output as outputs that wait for their reader.

import { closeSync, createWriteStream, openSync, realpathSync, statSync, writeSync } from "node:fs";
import { once } from "node:events";
import type { Writable } from "node:stream";
import { CannotRun, systemReason } from "./failure.js";
import { visible, visibleJson } from "./terminal.js";

/** An output of lines. */
export interface Output {
  /** Writes, and waits if the reader is behind, so that memory does not grow. */
  write(text: string | Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** Where there is nothing to write to. */
export const nowhere: Output = { write: async () => {}, close: async () => {} };

/**
 * Opens an output.
 *
 * @param name - a file, or `-` for standard output
 * @param inputs - files that are read meanwhile and must not be written over
 */
export async function openOutput(name: string, inputs: readonly string[]): Promise<Output> {
  if (name === "-") return new StreamOutput(process.stdout, "standard output");
  if (inputs.some((input) => samePlace(input, name))) {
    throw new CannotRun(`${visible(name)} is an input as well; write to another file`);
  }
  try {
    if (statSync(name, { throwIfNoEntry: false })?.isFile() !== false) return new FileOutput(name);
  } catch (error) {
    throw new CannotRun(`cannot write ${visible(name)}: ${systemReason(error)}`);
  }
  const stream = createWriteStream(name);
  try {
    await once(stream, "open");
  } catch (error) {
    throw new CannotRun(`cannot write ${visible(name)}: ${systemReason(error)}`);
  }
  return new StreamOutput(stream, name);
}

function samePlace(one: string, other: string): boolean {
  try {
    return one !== "-" && realpathSync(one) === realpathSync(other);
  } catch {
    // What does not exist yet is not the other.
    return false;
  }
}

/** A file, written at once: there is no reader to wait for. */
class FileOutput implements Output {
  readonly #name: string;
  readonly #descriptor: number;

  constructor(name: string) {
    this.#name = name;
    this.#descriptor = openSync(name, "w");
  }

  async write(text: string | Uint8Array): Promise<void> {
    const bytes = typeof text === "string" ? Buffer.from(text) : text;
    this.#try(() => {
      for (let at = 0; at < bytes.length; ) at += writeSync(this.#descriptor, bytes, at);
    });
  }

  async close(): Promise<void> {
    this.#try(() => closeSync(this.#descriptor));
  }

  #try(write: () => void): void {
    try {
      write();
    } catch (error) {
      throw new CannotRun(`cannot write ${visible(this.#name)}: ${systemReason(error)}`);
    }
  }
}

class StreamOutput implements Output {
  readonly #stream: Writable;
  readonly #name: string;
  #error: unknown;
  /** Who waits for the reader. */
  #waiting: (() => void) | undefined;

  constructor(stream: Writable, name: string) {
    this.#stream = stream;
    this.#name = name;
    stream.on("error", (error) => {
      this.#error = error;
      this.#goOn();
    });
    stream.on("close", () => this.#goOn());
  }

  async write(text: string | Uint8Array): Promise<void> {
    this.#check();
    const tty = (this.#stream as NodeJS.WriteStream).isTTY;
    const shown = !tty ? text : visibleJson(typeof text === "string" ? text : new TextDecoder().decode(text));
    // Until all of it is gone: its buffer is used again.
    await new Promise<void>((resolve) => {
      this.#waiting = resolve;
      this.#stream.write(shown, () => this.#goOn());
    });
    this.#check();
  }

  async close(): Promise<void> {
    this.#check();
    // Standard output stays open: the summary may go there.
    if (this.#stream === process.stdout) return;
    this.#stream.end();
    await once(this.#stream, "close").catch(() => {});
    this.#check();
  }

  #goOn(): void {
    this.#waiting?.();
    this.#waiting = undefined;
  }

  #check(): void {
    if (this.#error === undefined) return;
    if ((this.#error as NodeJS.ErrnoException).code === "EPIPE") throw new ReaderGone();
    throw new CannotRun(`cannot write ${visible(this.#name)}: ${systemReason(this.#error)}`);
  }
}

/** Who reads our standard output wants no more of it, as `head` does. */
export class ReaderGone extends Error {}
