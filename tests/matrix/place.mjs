// Where a fixture is installed and run: a copy of it in target/matrix/, the tarball in its
// node_modules, and what runs it (bundlers, runtimes, frameworks) in those of the folder above.

import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { Refusal, root } from "../../scripts/command.mjs";

const execute = promisify(execFile);
const sources = join(root, "tests/matrix");

/** The folder of all of them. */
export const places = join(root, "target/matrix");

/** The package as it is published, packed by `pack`. */
export const tarball = join(places, "prewash.tgz");

/**
 * Installs what runs the fixtures, in the versions of package-lock.json. Not by `npm ci`: it refuses a
 * lock file that was written where the registry had no packages for other platforms.
 */
export async function tools() {
  const lock = await readFile(join(sources, "package-lock.json"));
  const note = join(places, "node_modules/.installed");
  const digest = createHash("sha256").update(lock).digest("hex");
  if ((await readFile(note, "utf8").catch(() => "")) === digest) return;
  await mkdir(places, { recursive: true });
  for (const name of ["package.json", "package-lock.json"]) await cp(join(sources, name), join(places, name));
  console.log("    Installing what runs the fixtures: target/matrix/node_modules");
  await run("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], places);
  // Of the scripts that packages bring only these are needed: they put a runtime where it is looked for.
  for (const name of ["bun", "deno"]) await run("npm", ["rebuild", "--silent", name], places);
  await writeFile(note, digest);
}

/** Packs the package, once for all fixtures. */
export async function pack() {
  await mkdir(places, { recursive: true });
  const stdout = await run("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", places], join(root, "pkg"));
  await rename(join(places, JSON.parse(stdout)[0].filename), tarball);
}

/**
 * A fresh copy of a fixture with the tarball installed.
 *
 * Beside the fixture's own files there are `prove.js` and `corpus.js`, which are the golden corpus and
 * what runs it (tests/golden/); and the same as `prove.cjs` and `corpus.json` for who can only require.
 *
 * @param {string} fixture a folder of tests/matrix/fixtures/, with a package.json
 * @returns {Promise<string>} the copy's folder
 */
export async function place(fixture) {
  const folder = join(places, fixture);
  await rm(folder, { recursive: true, force: true });
  await cp(join(sources, "fixtures", fixture), folder, { recursive: true });
  const prove = await readFile(join(root, "tests/golden/prove.js"), "utf8");
  await writeFile(join(folder, "prove.js"), prove);
  await writeFile(join(folder, "prove.cjs"), prove.replace(/^export function (\w+)/gm, "exports.$1 = $1;\n\nfunction $1"));
  const corpus = await readFile(join(root, "tests/golden/corpus.json"), "utf8");
  await writeFile(join(folder, "corpus.json"), corpus);
  // As a text that is parsed: in an object of JavaScript's `__proto__` would be no key. In ASCII: Parcel's
  // compiler takes an escape that is text, as of half a surrogate pair, for the surrogate in a literal
  // that has other letters.
  const ascii = corpus.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
  await writeFile(join(folder, "corpus.js"), `export default JSON.parse(${JSON.stringify(ascii)});\n`);
  await run("npm", ["install", "--no-save", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", tarball], folder);
  return folder;
}

/**
 * Runs a program to its end.
 *
 * @param {string} program a path, or a command of what runs the fixtures, or one of the machine's
 * @param {string[]} options
 * @param {string} cwd
 * @param {Record<string, string>} [env] besides the process's own
 * @returns {Promise<string>} what it printed to its standard output; it throws with all that was printed
 *   if the program fails or takes more than five minutes
 */
export async function run(program, options, cwd, env = {}) {
  const path = `${join(places, "node_modules/.bin")}:${process.env.PATH}`;
  try {
    const { stdout } = await execute(program, options, { cwd, env: { ...process.env, NO_COLOR: "1", ...env, PATH: path }, maxBuffer: 1 << 26, timeout: 300_000 });
    return stdout;
  } catch (error) {
    throw new Refusal(`\`${[program, ...options].join(" ")}\` in ${cwd}: ${error.message}\n${error.stdout ?? ""}${error.stderr ?? ""}`);
  }
}

/** The version of a package that runs fixtures. */
export async function versionOf(name) {
  return JSON.parse(await readFile(join(places, "node_modules", name, "package.json"), "utf8")).version;
}
