// What there is to download. For the row of that name, and for tests/size.test.mjs; so nothing here
// is of the benches' own packages.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import * as esbuild from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Apps in a browser: all that the package exports, one call, one operation. */
const APPS = {
  "browser, everything": 'export * from "prewash";',
  "browser, { cleanDomain }": 'export { cleanDomain } from "prewash";',
  "browser, one operation": 'import { monaco } from "prewash"; console.log(monaco.upsertAccount.body.check({}).ok);',
};
const ENTRIES = ["index.js", "node.js", "index.cjs", "core-base64.cjs", "slim.js", "workerd.js", "edge-light.js", "cli.js"];
const MODULES = { "prewash.wasm": "pkg/dist/prewash.wasm", "the browsers' wasm": "target/bindgen/browser/prewash.wasm" };

/**
 * The sizes in bytes, by name: `raw` as it is published or bundled, `minified` by esbuild where it is
 * JavaScript, and that by gzip -9 and by brotli 11.
 *
 * @returns {Promise<Record<string, { raw: number, minified?: number, gzip: number, brotli: number }>>}
 */
export async function sizes() {
  const measured = {};
  for (const [name, code] of Object.entries(APPS)) measured[name] = compressed(await bundle(code, false), await bundle(code, true));
  for (const name of ENTRIES) {
    const code = readFileSync(join(root, "pkg/dist", name));
    const { code: minified } = await esbuild.transform(code, { minify: true, charset: "utf8" });
    measured[name] = compressed(code, Buffer.from(minified));
  }
  for (const [name, file] of Object.entries(MODULES)) measured[name] = compressed(readFileSync(join(root, file)));
  return measured;
}

/** The bytes of an app, as a browser gets it. */
async function bundle(code, minify) {
  const { outputFiles } = await esbuild.build({
    stdin: { contents: code, resolveDir: root },
    bundle: true,
    minify,
    format: "esm",
    platform: "browser",
    write: false,
  });
  return outputFiles[0].contents;
}

function compressed(raw, minified) {
  const bytes = minified ?? raw;
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  const gzip = gzipSync(bytes, { level: 9 }).length;
  const brotli = brotliCompressSync(bytes, { params }).length;
  return { raw: raw.length, ...(minified && { minified: minified.length }), gzip, brotli };
}
