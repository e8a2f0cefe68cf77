// The wasm as a module that the runtime has compiled: workerd and Vercel's edge runtime refuse bytes.

import module from "#wasm-file";

export function compiled(): WebAssembly.Module {
  return module;
}

export async function compile(): Promise<void> {}
