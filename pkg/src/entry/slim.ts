// The entry without wasm, for who loads the file `prewash/wasm` themselves.

import { start } from "../instance.js";
import { compile } from "../wasm/slim.js";

export * from "../index.js";

/** `WebAssembly.Module` where the types of the runtime have it; they say no more than that it is an object. */
export type WasmModule = Global<"WebAssembly", "Module"> & object;
/** `Response` where the types of the runtime have it. */
export type WasmResponse = typeof globalThis extends { Response: { prototype: infer T } } ? T : never;

type Global<N extends string, M extends string> = typeof globalThis extends {
  [K in N]: { [K in M]: { prototype: infer T } };
}
  ? T
  : object;

/** The file `prewash/wasm`, in whatever form it was loaded. */
export type WasmSource = ArrayBuffer | ArrayBufferView | WasmModule | WasmResponse;

/**
 * Starts, with the file that was loaded. Must have been called once before anything else; more
 * calls change nothing.
 *
 * @param source - the file's bytes, a Response with them, or the compiled module; or a promise
 * @throws TypeError if it is none of these; Error that says what to do, where WebAssembly is refused
 */
export function init(source?: WasmSource | Promise<WasmSource>): Promise<void> {
  return start(() => compile(source));
}
