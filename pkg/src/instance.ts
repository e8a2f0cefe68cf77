// The running copy of the core: started at the first call, dropped and started anew after a trap.

import { glue } from "#glue";
import { compiled } from "#wasm";
import { Mistake } from "./mistake.js";
import { internal } from "./issue.js";
import type { Info, Issue } from "./types.js";

/** What the core exports (src/wasm.rs). Lengths are bytes in the input buffer; pointers are to a header. */
export interface Glue {
  initSync(options: { module: WebAssembly.Module }): { memory: WebAssembly.Memory };
  input(length: number): number;
  compile(select: string): number;
  with_options(handle: number, length: number): number;
  release(handle: number): void;
  operations(length: number): string;
  known(length: number): number;
  release_known(handle: number): void;
  info(): Info;
  check(handle: number, length: number, mode: number): number;
  check_field(handle: number, pathLength: number, length: number, mode: number): number;
  clean_domain(length: number): number;
  clean_domains(length: number): number;
  plan(handle: number, known: number, length: number, mode: number): number;
  respond(handle: number, length: number): number;
  reconcile(handle: number, requestLength: number, length: number): number;
}

/** A running copy of the core. Handles are good for the instance that gave them and no other. */
export class Instance {
  readonly glue: Glue;
  /** False once it has trapped. */
  usable = true;
  readonly #memory: WebAssembly.Memory;
  #bytes = new Uint8Array(0);
  #words = new Uint32Array(0);

  constructor(module: WebAssembly.Module) {
    this.glue = glue();
    this.#memory = this.glue.initSync({ module }).memory;
  }

  /** The memory. Ask again after every call: memory that grew is another buffer. */
  bytes(): Uint8Array {
    const { buffer } = this.#memory;
    if (this.#bytes.buffer !== buffer) this.#bytes = new Uint8Array(buffer);
    return this.#bytes;
  }

  /** The same as words of 32 bits. */
  words(): Uint32Array {
    const { buffer } = this.#memory;
    if (this.#words.buffer !== buffer) this.#words = new Uint32Array(buffer);
    return this.#words;
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
  let module;
  try {
    module = compiled();
  } catch (error) {
    throw refusal(error);
  }
  return (running = new Instance(module));
}

/**
 * Makes one call to the core.
 *
 * A trap leaves an instance in no state to go on with. It is dropped, the next call starts a fresh
 * one from the compiled module, and this call ends in one `internal` issue. The mistakes of the
 * caller's are thrown on.
 */
export function call<T>(run: (core: Instance) => T, failed: (issue: Issue) => T): T {
  const core = instance();
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

/** Starts the core ahead of the first call, after `compile` has made its module. */
export async function start(compile: () => Promise<void>): Promise<void> {
  if (running) return;
  try {
    await compile();
  } catch (error) {
    throw refusal(error);
  }
  instance();
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
  if (error instanceof RangeError) {
    return new Error("prewash cannot start: synchronous compilation is refused here; call `await init()` first", {
      cause: error,
    });
  }
  return error;
}
