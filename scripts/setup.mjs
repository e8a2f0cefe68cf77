// What a fresh clone needs before it can build: the Rust target and the npm packages; for the tests in
// browsers, a Chromium and a Firefox. Each is looked for first, and fetched only when it is missing.

import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Refusal, ask, root, run } from "./command.mjs";

/** The toolchain of rust-toolchain.toml with its wasm target. */
export async function rust() {
  if (!ask("cargo", "--version")) {
    if (!ask("rustup", "--version")) {
      throw new Refusal("cargo is missing: install Rust from https://rustup.rs, then run this again");
    }
    // Where rustup may not fetch a toolchain on its own, it does when asked.
    await run("rustup", "toolchain", "install");
  }
  if (hasWasm()) return;
  if (ask("rustup", "--version")) await run("rustup", "target", "add", "wasm32-unknown-unknown");
  if (!hasWasm()) {
    throw new Refusal(
      "Rust's target wasm32-unknown-unknown is missing: install Rust from https://rustup.rs, " +
        "then run `rustup target add wasm32-unknown-unknown`",
    );
  }
}

function hasWasm() {
  const libraries = ask("rustc", "--print", "target-libdir", "--target", "wasm32-unknown-unknown");
  return libraries !== undefined && existsSync(libraries);
}

/** The packages of package-lock.json, exactly. */
export async function npm() {
  // npm ci empties node_modules first, so that a note in there vanishes with what it describes.
  const note = join(root, "node_modules/.installed");
  const lock = createHash("sha256").update(readFileSync(join(root, "package-lock.json"))).digest("hex");
  if (existsSync(note) && readFileSync(note, "utf8") === lock) return;
  await run("npm", "ci");
  writeFileSync(note, lock);
}

/** A Chromium or Chrome for the tests of the page. */
export async function chromium() {
  const { findChromium } = await import("../tests/browser.mjs");
  await browser("chromium", "CHROMIUM", "Chromium or Google Chrome", findChromium);
}

/** A Firefox, for what browsers may differ in. Without one that test is skipped, and says so. */
export async function firefox() {
  const { findFirefox } = await import("../tests/browser.mjs");
  try {
    await browser("firefox-esr", "FIREFOX", "Firefox", findFirefox);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    console.log(error.message);
  }
}

/** A browser: by apt, as its package, where it is missing and apt is there. */
async function browser(name, variable, title, find) {
  if (find()) return;
  const named = process.env[variable];
  if (named) throw new Refusal(`${variable} is set, but ${named} is no executable`);
  const advice = `tests run in ${title} and none was found: install it, or set ${variable} to the path of its executable`;
  if (!ask("apt-get", "--version")) throw new Refusal(advice);
  const asRoot = process.getuid() === 0 ? [] : ["sudo", "-n"];
  if (asRoot.length > 0 && ask(...asRoot, "true") === undefined) {
    throw new Refusal(`${advice}; here: \`sudo apt-get install ${name}\``);
  }
  const apt = [...asRoot, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-y"];
  try {
    await run(...apt, "update");
    await run(...apt, "--no-install-recommends", "install", name);
  } catch (error) {
    throw new Refusal(`${error.message}\n${advice}`);
  }
  if (!find()) throw new Refusal(advice);
}
