// The running copy of the core: started at the first call, dropped and started anew after a trap.

import { glue } from "#glue";
import { compiled } from "#wasm";
import { Mistake } from "./mistake.js";
import { internal } from "./issue.js";
import type { Info, Issue } from "./types.js";

/** What the core exports (src/wasm.rs). Lengths are bytes in the input buffer; pointers are to a header. */
export interface Glue {
  /** What the module is to be instantiated with. */
  imports(): WebAssembly.Imports;
  /** Starts the copy; before anything else, once. Gives its memory. */
  begin(instance: WebAssembly.Instance, module: WebAssembly.Module): WebAssembly.Memory;
  input(length: number): number;
  compile(select: string): number;
  with_options(handle: number, length: number): number;
  release(handle: number): void;
  operations(length: number): string;
  known(length: number): number;
  release_known(handle: number): void;
  info(): Info;
  check(handle: number, length: number, mode: number): number;
  shape(length: number): number;
  check_shaped(handle: number, length: number, words: number): number;
  check_field(handle: number, pathLength: number, length: number, mode: number): number;
  room(): number;
  clean_domain(length: number): number;
  clean_domains(length: number, count: number): number;
  plan(handle: number, known: number, length: number, mode: number): number;
  respond(handle: number, length: number): number;
  reconcile(handle: number, requestLength: number, length: number): number;
  judge_lines(...numbers: [handle: number, known: number, length: number, membersLength: number, trappedLength: number, most: number]): number;
  remember(known: number, length: number, first: number): number;
  tell_lines(...numbers: [handle: number, known: number, items: number, ...LinesTold]): number;
  check_lines(...numbers: [handle: number, length: number, trappedLength: number, row: number, index: number, offset: number, mode: number]): number;
}

/** An input buffer as long as this is given back when the next input is small. */
const HUGE = 1 << 20;
const SMALL = 1 << 14;
/** The length of the room for a short text, in bytes (src/wasm.rs). */
export const ROOM = 256;
/** Where lines are in the input buffer, and where they are in their file. */
type LinesTold = [
  ...[length: number, membersLength: number, repeatedLength: number, most: number],
  ...[row: number, index: number, offset: number, mode: number],
];

/** A running copy of the core. Handles are good for the instance that gave them and no other. */
export class Instance {
  readonly glue: Glue;
  /** False once it has trapped. */
  usable = true;
  readonly #memory: WebAssembly.Memory;
  #input: Uint8Array = new Uint8Array(0);
  #inner: Uint8Array = new Uint8Array(0);
  #shape = new Uint32Array(0);
  #bytes = new Uint8Array(0);
  #words = new Uint32Array(0);
  #room: Uint8Array = new Uint8Array(0);

  /** Of glue, and what came of instantiating the module with its imports. */
  constructor(glue: Glue, instance: WebAssembly.Instance, module: WebAssembly.Module) {
    this.glue = glue;
    this.#memory = glue.begin(instance, module);
  }

  /**
   * The buffer that the core reads input from: as many bytes, or more. Good until the next call.
   *
   * Of memory that grew all views have no length any more, here and below.
   */
  input(length: number): Uint8Array {
    const { length: room } = this.#input;
    // Without room, even for nothing: memory may have grown, and a view of what it was takes no call.
    if (room === 0 || room < length || (room > HUGE && length < SMALL)) {
      const wanted = Math.max(length, SMALL);
      const pointer = this.glue.input(wanted) >>> 0;
      this.#input = new Uint8Array(this.#memory.buffer, pointer, wanted);
      this.#inner = this.#input.subarray(1);
    }
    return this.#input;
  }

  /** The same from its second byte on: as many bytes. */
  inner(length: number): Uint8Array {
    this.input(length + 1);
    return this.#inner;
  }

  /** The buffer for the shape of a value: as many words. Good until the next call. */
  shape(length: number): Uint32Array {
    if (this.#shape.length < length) {
      const pointer = this.glue.shape(length) >>> 0;
      this.#shape = new Uint32Array(this.#memory.buffer, pointer, length);
    }
    return this.#shape;
  }

  /** The memory. Ask again after every call: memory that grew is another buffer. */
  bytes(): Uint8Array {
    if (this.#bytes.length === 0) this.#bytes = new Uint8Array(this.#memory.buffer);
    return this.#bytes;
  }

  /** The same as words of 32 bits. */
  words(): Uint32Array {
    if (this.#words.length === 0) this.#words = new Uint32Array(this.#memory.buffer);
    return this.#words;
  }

  /** The room for a short text. Its address stays, and memory that grew leaves the view no length. */
  room(): Uint8Array {
    if (this.#room.length === 0) {
      const pointer = this.glue.room() >>> 0;
      this.#room = this.bytes().subarray(pointer, pointer + ROOM);
    }
    return this.#room;
  }
}

let running: Instance | undefined;

/**
 * The running instance, started if there is none.
 *
 * @throws Error that says what to do, where the runtime refuses to compile WebAssembly
 */
export function instance(): Instance {
  if (running) return running;
  try {
    const module = compiled();
    const own = glue();
    return (running = new Instance(own, new WebAssembly.Instance(module, own.imports()), module));
  } catch (error) {
    throw refusal(error);
  }
}

/** The running instance, for whoever asks alone: the next call starts another. */
export function taken(): Instance {
  const own = instance();
  running = undefined;
  return own;
}

/**
 * Makes one call to the core.
 *
 * A trap leaves an instance in no state to go on with. It is dropped, the next call starts a fresh
 * one from the compiled module, and this call ends in one `internal` issue. The mistakes of the
 * caller's are thrown on.
 */
export function call<T>(run: (core: Instance) => T, failed: (issue: Issue) => T, core = instance()): T {
  try {
    return run(core);
  } catch (error) {
    if (error instanceof Mistake) throw error;
    core.usable = false;
    if (running === core) running = undefined;
    return failed(internal(error));
  }
}

/** For calls that have no place for an issue. */
export function failed(issue: Issue): never {
  throw new Error(issue.message);
}

/** Whether an exception says that the instance is broken, rather than that its input was. */
export function isTrap(error: unknown): boolean {
  // A stack that overflows inside of wasm is a RangeError in V8 and JavaScriptCore, and an
  // InternalError in SpiderMonkey.
  return (
    error instanceof WebAssembly.RuntimeError ||
    error instanceof RangeError ||
    (error instanceof Error && error.name === "InternalError")
  );
}

/**
 * Starts the core ahead of the first call, after `compile` has made its module. Nothing here is
 * synchronous: what refuses to compile so may refuse to instantiate as well.
 */
export async function start(compile: () => Promise<void>): Promise<void> {
  if (running) return;
  try {
    await compile();
    const module = compiled();
    const own = glue();
    const started = await WebAssembly.instantiate(module, own.imports());
    // A call may have come first.
    running ??= new Instance(own, started, module);
  } catch (error) {
    throw refusal(error);
  }
}

function refusal(error: unknown): Error {
  if (typeof WebAssembly !== "object") {
    return new Error("prewash needs WebAssembly, which this runtime does not have");
  }
  if (!(error instanceof Error)) return new Error(String(error));
  const text = error.message;
  if (/content.security.policy|disallowed by embedder|unsafe-eval|blocked by CSP/i.test(text)) {
    return new Error(
      "prewash cannot start: WebAssembly is refused here; a page with a Content-Security-Policy " +
        "must allow 'wasm-unsafe-eval' in script-src",
      { cause: error },
    );
  }
  // Each engine has its own words for it, but memory or stack that runs out is a RangeError as well.
  if (error instanceof RangeError && !/memory|stack/i.test(text)) {
    return new Error("prewash cannot start: synchronous compilation is refused here; call `await init()` first", {
      cause: error,
    });
  }
  return error;
}
