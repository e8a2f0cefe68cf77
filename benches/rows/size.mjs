// What there is to download.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import { kilobytes } from "../report.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const dist = join(root, "pkg/dist");
const ENTRIES = ["index.js", "index.cjs", "slim.js", "workerd.js", "edge-light.js", "prewash.wasm", "cli.js"];

/** An app that does one thing. */
const APP = 'import { monaco } from "prewash"; console.log(monaco.upsertAccount.body.check({}).ok);';

export async function run() {
  const app = line("default browser bundle: an app that imports `monaco`, by esbuild, minified", await bundled());
  const entries = ENTRIES.map((name) => line(name, readFileSync(join(dist, name))));
  const wasm = entries[ENTRIES.indexOf("prewash.wasm")];
  const named = ({ name, sizes }) => ({ name, cells: Object.values(sizes).map(kilobytes) });
  return [
    {
      row: "size",
      what: "size",
      head: ["raw", "gzip -9", "brotli"],
      lines: [app, ...entries].map(named),
      targets: [
        { of: "KB, the browser bundle by gzip -9", measured: app.sizes.gzip / 1e3, most: 60 },
        { of: "KB, prewash.wasm by brotli", measured: wasm.sizes.brotli / 1e3, most: 110 },
      ],
    },
  ];
}

/** The bytes of that app, as a browser gets it. */
export async function bundled() {
  const { outputFiles } = await esbuild.build({
    stdin: { contents: APP, resolveDir: root },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    write: false,
  });
  return outputFiles[0].contents;
}

function line(name, bytes) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return { name, sizes: { raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotliCompressSync(bytes, { params }).length } };
}
