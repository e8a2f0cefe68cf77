// The npm package from the core's wasm and glue: everything after wasm-opt.

import { spawnSync } from "node:child_process";
import { copyFile, mkdir, readFile, readdir, rm, writeFile, chmod } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { ascii } from "./ascii.mjs";
import { notices } from "./notices.mjs";
import { generate } from "./generate.mjs";
import { glueModule } from "./glue-module.mjs";
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
  const generated = join(src, "generated");
  const glue = async (name, core) => {
    const file = join(generated, `glue-${name}.js`);
    await writeFile(file, await glueModule(core.glue));
    return file;
  };
  const [ofWhole, ofEdge, ofBrowser] = await Promise.all([glue("whole", whole), glue("edge", edge), glue("browser", browser)]);
  const node = { plugins: [virtual({ glue: ofWhole })] };
  const plugins = (file) => [virtual({ glue: ofEdge, file })];
  const browsers = {
    alias: own("browser"),
    plugins: [virtual({ glue: ofBrowser })],
    define: { WASM_ASCII: JSON.stringify(ascii(await readFile(browser.wasm))) },
  };
  await Promise.all([
    // The default entry, and the wasm for it.
    bundle("entry/default.ts", join(outdir, "index.js"), node),
    // Node's own, which starts sooner.
    bundle("entry/default.ts", join(outdir, "node.js"), {
      plugins: [virtual({ glue: ofWhole, base64: join(src, "wasm/node.ts") })],
      external: ["node:module"],
      banner: { js: 'const bundledCore = () => require("./core.cjs");' },
    }),
    bundle("entry/default.ts", join(outdir, "index.cjs"), { format: "cjs", ...node }),
    core(whole.wasm, outdir),
    // Browsers: a smaller wasm, inlined so that it compresses well. What is required there and not
    // bundled is index.cjs.
    bundle("entry/default.ts", join(outdir, "browser.js"), browsers),
    // Runtimes that compile the file: workerd names it as it is, Vercel's bundlers want a query.
    bundle("entry/module.ts", join(outdir, "workerd.js"), { alias: own("module"), plugins: plugins("./prewash.wasm") }),
    bundle("entry/module.ts", join(outdir, "edge-light.js"), { alias: own("module"), plugins: plugins("./prewash.wasm?module") }),
    // The user brings it.
    bundle("entry/slim.ts", join(outdir, "slim.js"), { alias: own("slim"), plugins: plugins() }),
    bundle("entry/slim.ts", join(outdir, "slim.cjs"), { format: "cjs", alias: own("slim"), plugins: plugins() }),
    // The command's own, in a file that is compiled once for all of its threads.
    bundle("entry/slim.ts", join(outdir, "cli-core.js"), { alias: own("slim"), ...node }),
    commandLine(outdir),
    declarations(outdir),
    copyFile(edge.wasm, join(outdir, "prewash.wasm")),
    writeFile(join(outdir, "prewash.wasm.d.ts"), WASM_TYPES),
    writeFile(join(outdir, "prewash.wasm.d.cts"), WASM_TYPES),
    licences(outdir),
    notices().then((text) => writeFile(join(outdir, "THIRD-PARTY-LICENSES.txt"), text)),
  ]);
}

/**
 * The whole wasm, once, for whoever imports, requires or runs the command.
 *
 * CommonJS, since an ES module cannot be required in every Node 20; and two files, since Node reads a
 * CommonJS module that is imported through for its exports, which takes ten milliseconds for one of
 * a megabyte. So it is loaded at the first call, too.
 */
async function core(wasm, outdir) {
  const base64 = `${BEFORE}${await readFile(wasm, "base64")}${AFTER}`;
  await writeFile(join(outdir, "core-base64.cjs"), base64);
  await writeFile(join(outdir, "core.cjs"), loader(base64.length));
}

const BEFORE = 'module.exports = "';
const AFTER = '";\n';

/** What gives the text: it is read, which takes two milliseconds, and only where it cannot be is it run, which takes eight. */
const loader = (length) => `// The module whose text this is. As it is read, not run: that would take longer, and keep it in memory.
exports.base64 = () => read() ?? require("./core-base64.cjs");

function read() {
  // To read a file takes a permission in Deno, to load a module none.
  if (typeof Deno !== "undefined") return undefined;
  try {
    const file = require("node:fs").readFileSync(require("node:path").join(__dirname, "core-base64.cjs"));
    // Beside a bundle there is none, or somebody else's.
    return file.length === ${length} ? file.latin1Slice(${BEFORE.length}, ${length - AFTER.length}) : undefined;
  } catch {
    return undefined;
  }
}
`;

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
    // The sources are published too: once, and not in each map.
    sourcemap: true,
    sourcesContent: false,
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
  await withForeignSources(`${outfile}.map`);
}

/** Puts the sources into a map that are not the package's own: nothing else would bring them along. */
async function withForeignSources(file) {
  const map = JSON.parse(await readFile(file, "utf8"));
  map.sourcesContent = await Promise.all(
    map.sources.map((source) => (source.includes("/node_modules/") ? readFile(join(dirname(file), source), "utf8") : null)),
  );
  await writeFile(file, JSON.stringify(map));
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
    if (!file.endsWith(".d.ts")) continue;
    const path = join(types, file);
    const text = shown.get(path);
    if (text === undefined) {
      // What no entry leads to is not part of the package's types.
      await rm(path);
      await rm(`${path}.map`);
      continue;
    }
    // A module that require() loads has types of its own: those of an ES module would not do. Nothing
    // that the map names moves: what is imported stands at the end of its line.
    const common = path.replace(/\.ts$/, ".cts");
    await writeFile(common, text.replace(IMPORTS, '$1.cjs"').replace(/\.d\.ts\.map$/m, ".d.cts.map"));
    const map = JSON.parse(await readFile(`${path}.map`, "utf8"));
    await writeFile(`${common}.map`, JSON.stringify({ ...map, file: map.file.replace(/\.ts$/, ".cts") }));
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
