// npm run build: cargo → wasm-bindgen → wasm-opt → pkg/dist. Each step is skipped when up to date.

import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Refusal, ask, main, root, run } from "./command.mjs";
import { refresh } from "./fresh.mjs";
import * as setup from "./setup.mjs";

/**
 * For size. wasm-opt would put every function that has one caller into it; but a compressor finds more that
 * repeats in functions than in one large one, whose many variables have long numbers. And rustc puts the
 * stack first and what is static behind it: the first kilobyte is the very last of the stack, no object
 * begins there, and offsets may be folded into the instructions.
 */
const SMALL = ["-Oz", "--one-caller-inline-max-function-size=20", "--low-memory-unused"];

/**
 * The cores: what Cargo builds, and what wasm-opt optimises for (`-O3` is speed, `-Oz` is size).
 * Cargo's share of that is the profile. Each has a target folder of its own, since Cargo gives both
 * wasm files one name and would make each anew in turn.
 */
const CORES = {
  /** With Unicode's tables, and what the command line needs: for Node, Deno and Bun. */
  whole: { features: [], profile: "wasm", optimize: ["-O3"], target: "target" },
  /** With what a stranger's text is judged by, as a file: for the edge runtimes, and who loads it. */
  edge: { features: ["--no-default-features", "--features=ambiguity,tables"], profile: "wasm-small", optimize: SMALL, target: "target/edge" },
  /** Without: a browser has tables of its own, and is asked. */
  browser: { features: ["--no-default-features"], profile: "wasm-small", optimize: SMALL, target: "target/browser" },
};

/**
 * What rustc's wasm32-unknown-unknown uses, and no more: with `--all-features` wasm-opt would put in
 * what a runtime of today may not know.
 */
const FEATURES = [
  "--enable-bulk-memory",
  "--enable-multivalue",
  "--enable-mutable-globals",
  "--enable-nontrapping-float-to-int",
  "--enable-reference-types",
  "--enable-sign-ext",
  "--enable-simd",
];

/** wasm-opt strips; Cargo must not, since wasm-bindgen reads what `strip` would remove. */
const STRIP = ["--strip-debug", "--strip-producers", "--strip-target-features"];

/** wasm-opt tells what it shortened, which pkg/build/glue.mjs reads. */
const SHORTEN = "--minify-imports-and-exports-and-modules";

const built = (name) => `${CORES[name].target}/wasm32-unknown-unknown/${CORES[name].profile}/prewash.wasm`;
const bound = (name) => `target/bindgen/${name}`;

/** Builds the npm package, with what that needs. */
export async function build() {
  await setup.rust();
  await setup.npm();
  for (const name of Object.keys(CORES)) {
    await core(name);
    await glue(name);
  }
  await packaged();
  await command();
}

/**
 * A core as wasm, alone: with the rlib beside it Cargo leaves out link-time optimisation. Cargo knows
 * itself what is up to date.
 */
async function core(name) {
  const { features, profile, target } = CORES[name];
  // Beside what .cargo/config.toml says.
  const { std, flags } = profile === "wasm-small" ? SMALL_STD : { std: [], flags: [] };
  const config = `--config=target.wasm32-unknown-unknown.rustflags=${JSON.stringify([...anywhere(), ...flags])}`;
  // The pinned compiler has the flags of an unstable one, where it is asked to.
  if (std.length > 0) process.env.RUSTC_BOOTSTRAP = "1";
  try {
    await run("cargo", "rustc", "--package=prewash", "--lib", "--crate-type=cdylib", `--profile=${profile}`, "--target=wasm32-unknown-unknown", `--target-dir=${target}`, config, ...std, ...features);
  } finally {
    delete process.env.RUSTC_BOOTSTRAP;
  }
}

/**
 * The standard library of the small cores, built with them: a panic is a trap at once, without the text that
 * nobody would see. Saves 6 % of a core by gzip. The whole core would be no smaller and no faster.
 */
const SMALL_STD = {
  std: ["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"],
  flags: ["-Zunstable-options", "-Cpanic=immediate-abort"],
};

/** That the module does not say in which folder of whose machine the crates were: it is the same from everywhere. */
function anywhere() {
  const metadata = ask("cargo", "metadata", "--format-version=1", "--filter-platform=wasm32-unknown-unknown");
  if (metadata === undefined) throw new Refusal("`cargo metadata` failed");
  const crates = JSON.parse(metadata).packages.filter(({ source }) => source !== null);
  const folders = new Set(crates.map((crate) => dirname(dirname(crate.manifest_path))));
  // The standard library's own sources, where it is built as well.
  folders.add(join(ask("rustc", "--print", "sysroot"), "lib/rustlib/src/rust"));
  return [...folders].sort().map((folder) => `--remap-path-prefix=${folder}/=`);
}

/** Its JavaScript glue, and the module optimised. */
async function glue(name) {
  const inputs = [built(name), "tools/bindgen", "pkg/build/glue.mjs", "Cargo.lock", "package-lock.json", "scripts/build.mjs"];
  await refresh(`glue-${name}`, { inputs, outputs: [bound(name)] }, async () => {
    const bindgen = ["--package=prewash-bindgen", "--target-dir=target"];
    await run("cargo", "run", ...bindgen, "--", built(name), bound(name));
    const { optimize } = CORES[name];
    const [from, to] = [`${bound(name)}/prewash_bg.wasm`, `${bound(name)}/prewash.wasm`];
    console.log(`  wasm-opt ${optimize.join(" ")} ${to}`);
    const options = [...optimize, ...FEATURES, ...STRIP, SHORTEN];
    const told = ask("node", "node_modules/binaryen/bin/wasm-opt", ...options, from, "-o", to);
    if (told === undefined) throw new Refusal(`\`wasm-opt ${options.join(" ")} ${from} -o ${to}\` failed`);
    const { finished } = await import("../pkg/build/glue.mjs");
    const file = join(root, bound(name), "prewash.js");
    await writeFile(file, finished(await readFile(file, "utf8"), told));
  });
}

/** The npm package. How is told in pkg/build/. */
async function packaged() {
  const inputs = ["pkg", "apis", ...Object.keys(CORES).map(bound), "Cargo.lock", "package-lock.json", "LICENSE-MIT", "LICENSE-APACHE"];
  await refresh("package", { inputs, outputs: ["pkg/dist", "pkg/src/generated"] }, async () => {
    console.log("    Building pkg/dist");
    const { build } = await import("../pkg/build/build.mjs");
    const files = (name) => ({ wasm: join(root, bound(name), "prewash.wasm"), glue: join(root, bound(name), "prewash.js") });
    await build({ whole: files("whole"), edge: files("edge"), browser: files("browser"), outdir: join(root, "pkg/dist") });
  });
}

/** `npx prewash` in this project: npm links a package's command only when its file is there already. */
async function command() {
  if (existsSync(join(root, "node_modules/.bin/prewash"))) return;
  await run("npm", "rebuild", "--silent", "--ignore-scripts", "prewash");
}

await main(import.meta.url, build);
