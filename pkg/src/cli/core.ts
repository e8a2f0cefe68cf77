// The core, compiled once for all threads.

import { readFileSync } from "node:fs";
import { isMainThread, workerData } from "node:worker_threads";
import { init } from "prewash/slim";

/** The compiled module; workers are given that of the main thread. */
export const core: WebAssembly.Module = isMainThread
  ? new WebAssembly.Module(readFileSync(new URL("./cli.wasm", import.meta.url)))
  : (workerData as { core: WebAssembly.Module }).core;

export function startCore(): Promise<void> {
  return init(core);
}
