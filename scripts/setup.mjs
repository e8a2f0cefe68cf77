// What a fresh clone needs before it can build: the Rust target and the npm packages; for the tests in
// browsers, a Chromium, a Firefox and a WebKit. Each is looked for first, and fetched only when it is missing.

import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Refusal, ask, root, run } from "./command.mjs";

/** The toolchain of rust-toolchain.toml with its wasm target and the sources of its library. */
export async function rust() {
  if (!ask("cargo", "--version")) {
    if (!ask("rustup", "--version")) {
      throw new Refusal("cargo is missing: install Rust from https://rustup.rs, then run this again");
    }
    // Where rustup may not fetch a toolchain on its own, it does when asked.
    await run("rustup", "toolchain", "install");
  }
  const missing = [
    { has: hasWasm, what: "target wasm32-unknown-unknown", command: ["target", "add", "wasm32-unknown-unknown"] },
    { has: hasSources, what: "component rust-src", command: ["component", "add", "rust-src"] },
  ];
  for (const { has, what, command } of missing) {
    if (has()) continue;
    if (ask("rustup", "--version")) await run("rustup", ...command);
    if (!has()) throw new Refusal(`Rust's ${what} is missing: install Rust from https://rustup.rs, then run \`rustup ${command.join(" ")}\``);
  }
}

function hasWasm() {
  const libraries = ask("rustc", "--print", "target-libdir", "--target", "wasm32-unknown-unknown");
  return libraries !== undefined && existsSync(libraries);
}

/** Those of the standard library, which the small cores are built with. */
function hasSources() {
  const sysroot = ask("rustc", "--print", "sysroot");
  return sysroot !== undefined && existsSync(join(sysroot, "lib/rustlib/src/rust/library/Cargo.lock"));
}

/**
 * A tool that Cargo runs as a command of its own, in this very version: built into target/tools/ where it is
 * not on the machine.
 *
 * @param {string} name such as cargo-deny
 * @param {string} version
 * @returns {Promise<string>} its executable
 */
export async function tool(name, version) {
  const own = join(root, "target/tools/bin", name);
  for (const program of [own, name]) {
    // A subcommand wants its own name before its options.
    if (ask(program, name.replace("cargo-", ""), "--version")?.endsWith(` ${version}`)) return program;
  }
  await run("cargo", "install", "--quiet", "--locked", "--root", join(root, "target/tools"), name, "--version", `=${version}`);
  return own;
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

/**
 * The browsers that the tests run in: Chromium, and for what browsers may differ in, Firefox and WebKit.
 * Without these two their tests are skipped, and say so.
 */
export async function browsers() {
  await chromium();
  for (const other of [firefox, webkit]) {
    try {
      await other();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      console.log(`${error.message}\nwithout it, its tests are skipped`);
    }
  }
}

/** The browser that the tests of the page need. */
export async function chromium() {
  const { findChromium } = await import("../tests/browser.mjs");
  await browser(["chromium"], "CHROMIUM", "Chromium or Google Chrome", findChromium);
}

async function firefox() {
  const { findFirefox } = await import("../tests/browser.mjs");
  await browser(["firefox-esr"], "FIREFOX", "Firefox", findFirefox);
}

async function webkit() {
  const { findWebKit } = await import("../tests/browser.mjs");
  await browser(["webkit2gtk-driver", "xvfb"], "WEBKIT", "WebKit's MiniBrowser on Xvfb's display", findWebKit);
}

/** A browser: by apt, as its packages, where it is missing and apt is there. */
async function browser(names, variable, title, find) {
  if (find()) return;
  const named = process.env[variable];
  if (named) throw new Refusal(`${variable} is set, but ${named} is no executable`);
  const advice = `tests run in ${title} and none was found: install it, or set ${variable} to the path of its executable`;
  if (!ask("apt-get", "--version")) throw new Refusal(advice);
  const asRoot = process.getuid() === 0 ? [] : ["sudo", "-n"];
  if (asRoot.length > 0 && ask(...asRoot, "true") === undefined) {
    throw new Refusal(`${advice}; here: \`sudo apt-get install ${names.join(" ")}\``);
  }
  const apt = [...asRoot, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-y"];
  try {
    await run(...apt, "update");
    await run(...apt, "--no-install-recommends", "install", ...names);
  } catch (error) {
    throw new Refusal(`${error.message}\n${advice}`);
  }
  if (!find()) throw new Refusal(advice);
}
