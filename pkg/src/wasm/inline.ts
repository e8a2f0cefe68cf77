// The wasm as text in a module beside the entry: no file to read, no request to make, nothing to configure.

import { base64 } from "#wasm-base64";

let module: WebAssembly.Module | undefined;

/** The compiled module; compiles at the first call, synchronously. */
export function compiled(): WebAssembly.Module {
  return (module ??= new WebAssembly.Module(decode(base64())));
}

/** Compiles without blocking, where synchronous compilation is refused. */
export async function compile(): Promise<void> {
  module ??= await WebAssembly.compile(decode(base64()));
}

type FromBase64 = { fromBase64?(text: string): Uint8Array<ArrayBuffer> };
type BufferFrom = { Buffer?: { from(text: string, encoding: "base64"): Uint8Array<ArrayBuffer> } };

function decode(text: string): Uint8Array<ArrayBuffer> {
  const { fromBase64 } = Uint8Array as FromBase64;
  if (fromBase64) return fromBase64.call(Uint8Array, text);
  const { Buffer } = globalThis as BufferFrom;
  if (Buffer) return Buffer.from(text, "base64");
  // A plain loop: `Uint8Array.from(binary, …)` takes twenty times as long.
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}
