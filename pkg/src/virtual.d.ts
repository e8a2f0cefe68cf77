// Modules that the build makes. What each holds is told in build/.

/** The JavaScript half of the core, as a function: every call gives a copy with a state of its own. */
declare module "#glue" {
  export function glue(): import("./instance.js").Glue;
}

/** The core's WebAssembly, as base64 text. */
declare module "#wasm-text" {
  const base64: string;
  export default base64;
}

/** The same as text that compresses well. */
declare module "#wasm-ascii" {
  const text: string;
  export default text;
}

/** The core's WebAssembly file, imported as a module by runtimes that compile it themselves. */
declare module "#wasm-file" {
  const module: WebAssembly.Module;
  export default module;
}
