// The modules that src/virtual.d.ts declares.

import { readFile } from "node:fs/promises";
import * as esbuild from "esbuild";
import { ascii } from "./ascii.mjs";

/**
 * An esbuild plugin.
 *
 * @param {object} options
 * @param {string} options.wasm - the file to inline
 * @param {string} options.glue - what wasm-bindgen wrote
 * @param {string} [options.file] - how the bundle names the .wasm file beside it
 */
export function virtual({ wasm, glue, file = "./prewash.wasm" }) {
  return {
    name: "virtual",
    setup({ onResolve, onLoad }) {
      const namespace = "virtual";
      onResolve({ filter: /^#wasm-file$/ }, () => ({ path: file, external: true }));
      onResolve({ filter: /^#(wasm-text|wasm-ascii|glue)$/ }, ({ path }) => ({ path, namespace, sideEffects: false }));
      onLoad({ filter: /^#wasm-text$/, namespace }, async () => ({
        contents: `export default "${await readFile(wasm, "base64")}";`,
      }));
      onLoad({ filter: /^#wasm-ascii$/, namespace }, async () => ({
        contents: `export default "${ascii(await readFile(wasm))}";`,
      }));
      onLoad({ filter: /^#glue$/, namespace }, async () => ({ contents: await factory(glue) }));
    },
  };
}

/** What the package uses of the glue; the rest is left out of the bundle. */
const USED = [
  ...["imports", "begin", "input", "compile", "with_options", "release", "operations", "known", "release_known", "info"],
  ...["check", "shape", "check_shaped", "check_field", "room", "clean_domain", "clean_domains"],
  ...["plan", "respond", "reconcile"],
  ...["judge_lines", "remember", "tell_lines", "check_lines"],
];

/**
 * The glue as a function. wasm-bindgen keeps its state in the module and starts once; after a trap
 * a fresh instance is needed, so that each call of the function gives glue with a state of its own.
 */
async function factory(glue) {
  const source = await readFile(glue, "utf8");
  // The core of browsers has no lines.
  const used = USED.filter((name) => source.includes(`export function ${name}(`));
  const { outputFiles } = await esbuild.build({
    stdin: { contents: `export { ${used.join(", ")} } from ${JSON.stringify(glue)};`, resolveDir: "/" },
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    platform: "neutral",
    logLevel: "warning",
  });
  // Not esbuild's "iife", whose exports are made by a page of code.
  const body = outputFiles[0].text.replace(/^export \{([^}]*)\};\s*$/m, (_, names) => `return {${names.replace(/(\w+) as (\w+)/g, "$2: $1")}};`);
  return `export function glue() {\n${body}}`;
}
