// The npm package from the core's wasm and glue: everything after wasm-opt.

import { spawnSync } from "node:child_process";
import { copyFile, mkdir, readFile, readdir, rm, writeFile, chmod } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { generate } from "./generate.mjs";
import { virtual } from "./virtual.mjs";

const here = fileURLToPath(new URL("..", import.meta.url));
const src = join(here, "src");

/**
 * Builds the package.
 *
 * A core is `{ wasm, glue }`: the module, optimised, and its JavaScript half as wasm-bindgen wrote it
 * (target web).
 *
 * @param {object} options
 * @param {object} options.whole - the core with all there is
 * @param {object} options.edge - the core with Unicode's tables, small
 * @param {object} options.browser - the core that asks the browser for what is in them
 * @param {string} options.outdir - emptied first
 */
export async function build({ whole, edge, browser, outdir }) {
  await generate(join(here, "../apis"), join(src, "generated"));
  await rm(outdir, { recursive: true, force: true });
  await mkdir(outdir, { recursive: true });
  const node = { plugins: [virtual(whole)] };
  const plugins = (file) => [virtual({ ...edge, file })];
  const browsers = { alias: own("browser"), plugins: [virtual(browser)] };
  await Promise.all([
    // The default entry: the wasm inlined.
    bundle("entry/default.ts", join(outdir, "index.js"), node),
    bundle("entry/default.ts", join(outdir, "index.cjs"), { format: "cjs", ...node }),
    // Browsers: a smaller wasm, inlined so that it compresses well.
    bundle("entry/default.ts", join(outdir, "browser.js"), browsers),
    bundle("entry/default.ts", join(outdir, "browser.cjs"), { format: "cjs", ...browsers }),
    // Runtimes that compile the file: workerd names it as it is, Vercel's bundlers want a query.
    bundle("entry/module.ts", join(outdir, "workerd.js"), { alias: own("module"), plugins: plugins("./prewash.wasm") }),
    bundle("entry/module.ts", join(outdir, "edge-light.js"), { alias: own("module"), plugins: plugins("./prewash.wasm?module") }),
    // The user brings it.
    bundle("entry/slim.ts", join(outdir, "slim.js"), { alias: own("slim"), plugins: plugins() }),
    bundle("entry/slim.ts", join(outdir, "slim.cjs"), { format: "cjs", alias: own("slim"), plugins: plugins() }),
    // The command's own, in a file that is compiled once for all of its threads.
    bundle("entry/slim.ts", join(outdir, "cli-core.js"), { alias: own("slim"), ...node }),
    copyFile(whole.wasm, join(outdir, "cli.wasm")),
    commandLine(outdir),
    declarations(outdir),
    copyFile(edge.wasm, join(outdir, "prewash.wasm")),
    writeFile(join(outdir, "prewash.wasm.d.ts"), WASM_TYPES),
    licences(outdir),
  ]);
}

const WASM_TYPES = `declare const module: WebAssembly.Module;
export default module;
`;

const own = (name) => ({ "#wasm": join(src, `wasm/${name}.ts`) });

async function bundle(entry, outfile, options) {
  await esbuild.build({
    entryPoints: [join(src, entry)],
    outfile,
    bundle: true,
    format: "esm",
    target: "es2022",
    platform: "neutral",
    // Not `minify`: without white space esbuild drops `/*#__PURE__*/` too, and then no bundler can
    // leave out what is not used.
    minifySyntax: true,
    minifyIdentifiers: true,
    legalComments: "none",
    tsconfig: join(here, "tsconfig.json"),
    logLevel: "warning",
    alias: own("inline"),
    ...options,
  });
}

/** The command uses the package as anybody would, with a core and a file of its own. */
async function commandLine(outdir) {
  const outfile = join(outdir, "cli.js");
  await bundle("cli.ts", outfile, {
    platform: "node",
    target: "node20",
    minifyIdentifiers: false,
    banner: { js: "#!/usr/bin/env node" },
    plugins: [
      {
        name: "package",
        setup({ onResolve }) {
          onResolve({ filter: /^prewash(\/slim)?$/ }, () => ({ path: "./cli-core.js", external: true }));
        },
      },
    ],
  });
  await chmod(outfile, 0o755);
}

/** Types, for import (.d.ts) and for require (.d.cts). */
async function declarations(outdir) {
  const types = join(outdir, "types");
  const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
  const done = spawnSync(process.execPath, [tsc, "--project", here, "--outDir", types], { encoding: "utf8" });
  if (done.status !== 0) throw new Error(`tsc --project pkg failed:\n${done.stdout}${done.stderr}`);
  const entries = ["default", "module", "slim"].map((name) => join(types, `entry/${name}.d.ts`));
  const shown = new Map();
  for (const file of entries) await reach(file, shown);
  for (const file of await readdir(types, { recursive: true })) {
    const text = shown.get(join(types, file));
    if (text === undefined) {
      // What no entry leads to is not part of the package's types.
      if (file.endsWith(".d.ts")) await rm(join(types, file));
      continue;
    }
    // A module that require() loads has types of its own: those of an ES module would not do.
    const common = text.replace(IMPORTS, '$1.cjs"');
    await writeFile(join(types, `${file.slice(0, -".d.ts".length)}.d.cts`), common);
  }
  await rm(join(types, "cli"), { recursive: true, force: true });
  await rm(join(types, "wasm"), { recursive: true, force: true });
}

const IMPORTS = /((?:from|import\()\s*"\.[^"]*)\.js"/g;

/** Gathers the types that a file leads to. */
async function reach(file, shown) {
  if (shown.has(file)) return;
  const text = await readFile(file, "utf8");
  shown.set(file, text);
  for (const [, path] of text.matchAll(/(?:from|import\()\s*"(\.[^"]*)\.js"/g)) {
    await reach(join(dirname(file), `${path}.d.ts`), shown);
  }
}

async function licences(outdir) {
  const root = join(here, "..");
  for (const file of await readdir(root)) {
    if (file.startsWith("LICENSE")) await copyFile(join(root, file), join(outdir, file));
  }
}
