// npm run build: cargo → wasm-bindgen → wasm-opt → pkg/dist. Each step is skipped when up to date.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { main, root, run } from "./command.mjs";
import { refresh } from "./fresh.mjs";
import * as setup from "./setup.mjs";

/** What wasm-opt optimises for: `-O3` is speed, `-Oz` is size. Cargo's share is `[profile.wasm]`. */
const OPTIMIZE = "-O3";

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
];

/** wasm-opt strips; Cargo must not, since wasm-bindgen reads what `strip` would remove. */
const STRIP = ["--strip-debug", "--strip-producers", "--strip-target-features"];

const BUILT = "target/wasm32-unknown-unknown/wasm/prewash.wasm";
const BOUND = "target/bindgen";

/** Builds the npm package, with what that needs. */
export async function build() {
  await setup.rust();
  await setup.npm();
  await core();
  await glue();
  await packaged();
  await command();
}

/** The core as wasm, alone: with the rlib beside it Cargo leaves out link-time optimisation. Cargo knows itself what is up to date. */
async function core() {
  await run("cargo", "rustc", "--package=prewash", "--lib", "--crate-type=cdylib", "--profile=wasm", "--target=wasm32-unknown-unknown", "--target-dir=target");
}

/** The JavaScript glue, and the module optimised. */
async function glue() {
  const inputs = [BUILT, "tools/bindgen", "Cargo.lock", "package-lock.json", "scripts/build.mjs"];
  await refresh("glue", { inputs, outputs: [BOUND] }, async () => {
    const bindgen = ["--package=prewash-bindgen", "--target-dir=target"];
    await run("cargo", "run", ...bindgen, "--", BUILT, BOUND);
    const [from, to] = [`${BOUND}/prewash_bg.wasm`, `${BOUND}/prewash.wasm`];
    console.log(`  wasm-opt ${OPTIMIZE} ${to}`);
    await run("node", "node_modules/binaryen/bin/wasm-opt", OPTIMIZE, ...FEATURES, ...STRIP, from, "-o", to);
  });
}

/** The npm package. How is told in pkg/build/. */
async function packaged() {
  const inputs = ["pkg", "apis", BOUND, "package-lock.json", "LICENSE-MIT", "LICENSE-APACHE"];
  await refresh("package", { inputs, outputs: ["pkg/dist", "pkg/src/generated"] }, async () => {
    console.log("    Building pkg/dist");
    const { build } = await import("../pkg/build/build.mjs");
    await build({
      wasm: join(root, BOUND, "prewash.wasm"),
      glue: join(root, BOUND, "prewash.js"),
      outdir: join(root, "pkg/dist"),
    });
  });
}

/** `npx prewash` in this project: npm links a package's command only when its file is there already. */
async function command() {
  if (existsSync(join(root, "node_modules/.bin/prewash"))) return;
  await run("npm", "rebuild", "--silent", "--ignore-scripts", "prewash");
}

await main(import.meta.url, build);
