// The core, compiled once for all threads.

import { isMainThread, workerData } from "node:worker_threads";
import { init } from "prewash/slim";
import { base64 } from "../wasm/node.js";

/** The compiled module; workers are given that of the main thread. */
export const core: WebAssembly.Module = isMainThread
  ? new WebAssembly.Module(Buffer.from(base64(), "base64"))
  : (workerData as { core: WebAssembly.Module }).core;

export function startCore(): Promise<void> {
  return init(core);
}
