// The browsers' wasm as text within the bundle: no file to find, no request to make, nothing to configure.

import { fromAscii } from "./ascii.js";

const text = WASM_ASCII;
let module: WebAssembly.Module | undefined;

/** The compiled module; compiles at the first call, synchronously. */
export function compiled(): WebAssembly.Module {
  return (module ??= new WebAssembly.Module(fromAscii(text)));
}

/** Compiles without blocking: some browsers refuse to compile much of it synchronously. */
export async function compile(): Promise<void> {
  module ??= await WebAssembly.compile(fromAscii(text));
}
