// What becomes of the glue that wasm-bindgen wrote: another start, and short names.
//
// The names that the core and its glue call each other by are long, end in hashes, and stand in both.
// wasm-opt shortens those of the module and says how (`--minify-imports-and-exports-and-modules`);
// here the glue follows.

/** `initSync` and `init` have much to say of what else than a module they could be given. */
const BEGIN = `
export function imports() {
  return __wbg_get_imports();
}
export function begin(instance, module) {
  __wbg_finalize_init(instance, module);
  return wasm.memory;
}
`;

/** The module that wasm-bindgen imports from, and what wasm-opt makes of it. */
const MODULE = ['"./prewash_bg.js"', '"a"'];

/**
 * The glue with the names that the module has, `imports`, which gives what to instantiate it with, and
 * `begin`, which takes what came of that and gives the memory.
 *
 * @param {string} glue - as wasm-bindgen wrote it
 * @param {string} told - what wasm-opt printed: `{ imports: [[module, name, short]], exports: [[name, short]] }`
 */
export function finished(glue, told) {
  const { imports, exports } = JSON.parse(told);
  const imported = new Map(imports.map(([, name, short]) => [name, short]));
  const exported = new Map(exports);
  const text = (glue + BEGIN)
    .replaceAll(...MODULE)
    // wasm-opt dropped the imports that nothing calls.
    .replace(/^ {8}(\w+)(?=: function\()/gm, (_, name) => imported.get(name) ?? name)
    .replace(/(?<![\w.])wasm\.(\w+)/g, (_, name) => `wasm.${exported.get(name) ?? name}`);
  const kept = [...imported.keys()].find((name) => text.includes(name)) ?? [...exported.keys()].find((name) => new RegExp(`\\bwasm\\.${name}\\b`).test(text));
  if (kept !== undefined) throw new Error(`the glue still calls ${kept} by its long name`);
  return text;
}
