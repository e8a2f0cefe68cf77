// The modules that src/virtual.d.ts declares.

/**
 * An esbuild plugin.
 *
 * @param {object} options
 * @param {string} options.glue - the file of `glueModule`
 * @param {string} [options.core] - how the bundle names the file with the wasm as base64
 * @param {string} [options.base64] - the module in its place that finds that file while it runs
 * @param {string} [options.file] - how it names the .wasm file
 */
export function virtual({ glue, core = "./core.cjs", base64, file = "./prewash.wasm" }) {
  return {
    name: "virtual",
    setup({ onResolve }) {
      onResolve({ filter: /^#glue$/ }, () => ({ path: glue, sideEffects: false }));
      onResolve({ filter: /^#wasm-base64$/ }, () => ({ path: base64 ?? core, external: !base64, sideEffects: false }));
      onResolve({ filter: /^#wasm-file$/ }, () => ({ path: file, external: true }));
    },
  };
}
