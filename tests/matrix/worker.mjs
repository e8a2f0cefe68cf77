// Worker projects, bundled by esbuild with wrangler's conditions or by wrangler itself, and run in workerd
// by miniflare.

import { createRequire } from "node:module";
import { basename, dirname, extname, join } from "node:path";
import { readFile, readdir } from "node:fs/promises";
import { places, run } from "./place.mjs";

const require = createRequire(join(places, "package.json"));

/** The newest date of workerd's own, so that the worker gets what one made today would. */
const compatibilityDate = () => require("workerd").compatibilityDate;

/**
 * Starts a worker.
 *
 * @param {string} folder with `worker.js`
 * @param {(url: URL, modules: string[]) => Promise<T>} use gets its address, and the names of the modules
 *   it consists of
 * @param {(folder: string) => Promise<object[]>} [bundle] gives the modules, as miniflare takes them
 * @returns {Promise<T>}
 * @template T
 */
export async function inWorkerd(folder, use, bundle = bundled) {
  const { Miniflare } = require("miniflare");
  const modules = await bundle(folder);
  // Without `cf: false` miniflare fetches a sample of what Cloudflare tells of a request.
  const worker = new Miniflare({ modules, modulesRoot: folder, compatibilityDate: compatibilityDate(), cf: false, host: "127.0.0.1", port: 0 });
  try {
    return await use(await worker.ready, modules.map(({ path }) => basename(path)));
  } finally {
    await worker.dispose();
  }
}

/** The modules that wrangler would upload. */
export async function byWrangler(folder) {
  const quiet = { CI: "1", WRANGLER_SEND_METRICS: "false", WRANGLER_HIDE_BANNER: "true", XDG_CONFIG_HOME: join(folder, ".config") };
  await run("wrangler", ["deploy", "--dry-run", "--outdir", "out"], folder, quiet);
  const out = join(folder, "out");
  const types = { ".js": "ESModule", ".wasm": "CompiledWasm" };
  const names = (await readdir(out)).filter((name) => extname(name) in types).sort((one, other) => extname(one).localeCompare(extname(other)));
  return await Promise.all(names.map(async (name) => ({ type: types[extname(name)], path: join(folder, name), contents: await readFile(join(out, name)) })));
}

/** The worker as one ECMAScript module, and each .wasm file it imports as a compiled one. */
async function bundled(folder) {
  const { build } = require("esbuild");
  const wasm = new Map();
  const { outputFiles } = await build({
    entryPoints: [join(folder, "worker.js")],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2024",
    conditions: ["workerd", "worker", "browser"],
    logLevel: "error",
    plugins: [
      {
        name: "wasm",
        setup({ onResolve }) {
          onResolve({ filter: /\.wasm$/ }, ({ path, importer }) => {
            const file = join(dirname(importer), path);
            wasm.set(basename(file), file);
            return { path: `./${basename(file)}`, external: true };
          });
        },
      },
    ],
  });
  const compiled = [...wasm].map(async ([name, file]) => ({ type: "CompiledWasm", path: join(folder, name), contents: await readFile(file) }));
  return [{ type: "ESModule", path: join(folder, "index.js"), contents: outputFiles[0].text }, ...(await Promise.all(compiled))];
}
