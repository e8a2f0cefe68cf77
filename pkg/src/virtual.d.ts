// What the build puts in. How is told in build/.

/** The JavaScript half of the core, as a function: every call gives a copy with a state of its own. */
declare module "#glue" {
  export function glue(): import("./instance.js").Glue;
}

/** The core's WebAssembly, as base64 text that is loaded when it is asked for. */
declare module "#wasm-base64" {
  export function base64(): string;
}

/** The same as text that compresses well. */
declare const WASM_ASCII: string;

/** The core's WebAssembly file, imported as a module by runtimes that compile it themselves. */
declare module "#wasm-file" {
  const module: WebAssembly.Module;
  export default module;
}
