// Vercel's edge runtime, with a function bundled as Next.js does: an import of `….wasm?module` becomes
// a variable, which the runtime puts there with the compiled module.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { places, versionOf } from "./place.mjs";
import { row } from "./row.mjs";

const require = createRequire(join(places, "package.json"));

row("Vercel's edge runtime", {
  fixture: "edge",
  version: () => versionOf("edge-runtime"),
  async run(folder) {
    const { code, wasm } = await bundled(folder);
    assert.equal(Object.keys(wasm).length, 1);
    const { EdgeRuntime } = require("edge-runtime");
    const runtime = new EdgeRuntime({
      // Hosted, it compiles no bytes; the package's own default is laxer.
      codeGeneration: { strings: false, wasm: false },
      extend: (context) => Object.assign(context, wasm),
      initialCode: code,
    });
    const response = await runtime.dispatchFetch("http://localhost/");
    const text = await response.text();
    assert.equal(response.status, 200, text);
    return { ...JSON.parse(text), also: ["the .wasm file as a module"] };
  },
});

/** The function as a script, and the modules it names. */
async function bundled(folder) {
  const { build } = require("esbuild");
  const wasm = {};
  const { outputFiles } = await build({
    entryPoints: [join(folder, "function.js")],
    bundle: true,
    write: false,
    format: "iife",
    conditions: ["edge-light", "worker", "browser"],
    logLevel: "error",
    plugins: [
      {
        name: "wasm",
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /\.wasm\?module$/ }, ({ path, importer }) => ({ path: join(dirname(importer), path.replace("?module", "")), namespace: "wasm" }));
          onLoad({ filter: /./, namespace: "wasm" }, async ({ path }) => {
            const bytes = await readFile(path);
            const name = `wasm_${createHash("sha1").update(bytes).digest("hex")}`;
            wasm[name] = await WebAssembly.compile(bytes);
            return { contents: `export default ${name};` };
          });
        },
      },
    ],
  });
  return { code: outputFiles[0].text, wasm };
}
