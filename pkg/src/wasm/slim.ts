// The wasm as the user brings it, by `init(source)`.

let module: WebAssembly.Module | undefined;

export function compiled(): WebAssembly.Module {
  if (!module) throw new Error("prewash/slim is not started; call `await init(source)` with prewash.wasm first");
  return module;
}

/** Takes the module, or what it can be compiled from. */
export async function compile(source?: unknown): Promise<void> {
  const given = await source;
  if (given === undefined && module) return;
  if (given instanceof WebAssembly.Module) {
    module = given;
  } else if (typeof Response === "function" && given instanceof Response) {
    // Not compileStreaming: it refuses a server that does not know the type application/wasm.
    module = await WebAssembly.compile(await given.arrayBuffer());
  } else if (given instanceof ArrayBuffer || ArrayBuffer.isView(given)) {
    module = await WebAssembly.compile(given as BufferSource);
  } else if (typeof given === "object" && given !== null && "default" in given) {
    // `init(import("prewash/wasm"))`, where that gives the module as its default export.
    await compile(given.default);
  } else {
    throw new TypeError("init takes prewash.wasm as bytes, a Response or a WebAssembly.Module");
  }
}
