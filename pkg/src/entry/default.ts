// The default entry: the wasm is inlined and compiled at the first call.

import { start } from "../instance.js";
import { compile } from "#wasm";

export * from "../index.js";

/**
 * Starts ahead of the first call, without blocking. Needed only where synchronous compilation is
 * refused; else the first call starts by itself.
 *
 * @throws Error that says what to do, where WebAssembly is refused
 */
export function init(): Promise<void> {
  return start(compile);
}
