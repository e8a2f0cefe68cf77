// The licences of what is within the package: crates in the wasm, npm packages in the JavaScript.
// Their texts are read from where they are installed, so that they are those of these versions.

import { spawnSync } from "node:child_process";
import { readFile, readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const require = createRequire(import.meta.url);

/** What esbuild puts into the command. */
const BUNDLED = ["csv-parse"];

/** The notices as one text: each licence once, below the names of those who have it. */
export async function notices() {
  const parts = [...crates(), ...(await Promise.all(BUNDLED.map(npmPackage)))];
  const byText = new Map();
  for (const { title, licence, folder } of parts.sort((one, other) => (one.title < other.title ? -1 : 1))) {
    const text = await licenceText(folder, licence);
    byText.set(text, [...(byText.get(text) ?? []), `${title} (${licence})`]);
  }
  const sections = [...byText].map(([text, titles]) => `${titles.join("\n")}\n\n${text}`);
  return `The package holds code and data of these projects.\n\n${sections.join(`\n\n${"-".repeat(80)}\n\n`)}\n`;
}

/** The crates that are compiled into the module: not those that only run while it is compiled. */
function crates() {
  const options = ["metadata", "--format-version=1", "--locked", "--filter-platform=wasm32-unknown-unknown"];
  const { status, stdout, stderr } = spawnSync("cargo", options, { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`cargo ${options.join(" ")} failed:\n${stderr}`);
  const { packages, resolve } = JSON.parse(stdout);
  const found = new Map(packages.map((one) => [one.id, one]));
  const needs = new Map(resolve.nodes.map(({ id, deps }) => [id, deps]));
  const own = packages.find(({ name }) => name === "prewash");
  const seen = new Set([own.id]);
  const isMacro = ({ targets }) => targets.some(({ kind }) => kind.includes("proc-macro"));
  for (const id of seen) {
    for (const { pkg, dep_kinds: kinds } of needs.get(id)) {
      if (kinds.some(({ kind }) => kind === null) && !isMacro(found.get(pkg))) seen.add(pkg);
    }
  }
  seen.delete(own.id);
  return [...seen].map((id) => {
    const { name, version, license, manifest_path: manifest } = found.get(id);
    return { title: `${name} ${version}`, licence: license, folder: dirname(manifest) };
  });
}

async function npmPackage(name) {
  const manifest = join(root, "node_modules", name, "package.json");
  const { version, license } = require(manifest);
  return { title: `${name} ${version}`, licence: license, folder: dirname(manifest) };
}

/** The text of a licence: where one may choose, the shortest to fulfil. */
async function licenceText(folder, licence) {
  const files = (await readdir(folder)).filter((file) => /^licen[sc]e/i.test(file)).sort();
  const file = (licence.includes("MIT") && files.find((name) => /mit/i.test(name))) || files[0];
  if (file === undefined) throw new Error(`${folder} has no file with its licence, ${licence}`);
  return (await readFile(join(folder, file), "utf8")).replaceAll("\r\n", "\n").trim();
}
