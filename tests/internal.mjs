// Modules of pkg/src as they are, for what the package's own exports do not show.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import * as esbuild from "esbuild";
import { virtual } from "../pkg/build/virtual.mjs";

const path = (file) => fileURLToPath(new URL(`../${file}`, import.meta.url));

/**
 * Bundles modules of pkg/src and imports them.
 *
 * @param {string} contents - what to export, as of a module in pkg/src
 * @param {Record<string, string>} replaced - the text of modules to put in place of others, by the
 *   name these are imported by; `real:` before such a name imports what was replaced
 */
export async function internal(contents, replaced = {}) {
  const folder = mkdtempSync(join(tmpdir(), "prewash-internal-"));
  const outfile = join(folder, "bundle.mjs");
  try {
    await bundled(contents, outfile, replaced);
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Bundles them into a file.
 *
 * @param {string} wasm - which of pkg/src/wasm brings the core
 */
export async function bundled(contents, outfile, replaced = {}, wasm = "inline") {
  const inner = [
    virtual({ glue: path("pkg/src/generated/glue-whole.js"), core: path("pkg/dist/core.cjs") }),
    {
      name: "wasm",
      setup({ onResolve }) {
        onResolve({ filter: /^#wasm$/ }, () => ({ path: path(`pkg/src/wasm/${wasm}.ts`) }));
      },
    },
  ];
  const plugin = {
    name: "replaced",
    setup({ onResolve, onLoad, resolve }) {
      for (const [name, contents] of Object.entries(replaced)) {
        const filter = new RegExp(`^${name}$`);
        // What is asked for as real is left to the next plugin.
        onResolve({ filter }, ({ pluginData }) => (pluginData === "real" ? undefined : { path: name, namespace: "replaced" }));
        onLoad({ filter, namespace: "replaced" }, () => ({ contents, resolveDir: path("pkg/src") }));
      }
      onResolve({ filter: /^real:/ }, ({ path, resolveDir }) =>
        resolve(path.slice("real:".length), { kind: "import-statement", resolveDir, pluginData: "real" }),
      );
    },
  };
  await esbuild.build({
    stdin: { contents, resolveDir: path("pkg/src"), loader: "ts" },
    outfile,
    bundle: true,
    format: "esm",
    target: "es2022",
    tsconfigRaw: {},
    logLevel: "warning",
    plugins: [plugin, ...inner],
  });
}
