// The core, compiled once for all threads.

import { readFileSync } from "node:fs";
import { isMainThread, workerData } from "node:worker_threads";
import { init } from "prewash/slim";

const QUOTE = '"';

/** The compiled module; workers are given that of the main thread. */
export const core: WebAssembly.Module = isMainThread
  ? new WebAssembly.Module(wasm())
  : (workerData as { core: WebAssembly.Module }).core;

export function startCore(): Promise<void> {
  return init(core);
}

/**
 * The one that the entries for Node load, read as a file: a module would stay in memory with its text,
 * which is some megabytes more than the wasm itself.
 */
function wasm(): Buffer<ArrayBuffer> {
  const file = readFileSync(new URL("./core-base64.cjs", import.meta.url));
  // `module.exports = "…";`
  return Buffer.from(file.toString("latin1", file.indexOf(QUOTE) + 1, file.lastIndexOf(QUOTE)), "base64");
}
