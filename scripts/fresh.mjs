// What is up to date is not made again. By content, not by time: a fresh clone, a branch switch and
// a restored cache all give files new times.

import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, stat, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { root } from "./command.mjs";

/** Folders that a step writes inside its own inputs. */
const WRITTEN = new Set(["dist", "generated", "node_modules"]);

/**
 * Does `work` unless it was done before with these inputs and its outputs are still what they were.
 *
 * @param {string} name of the step; the note about it is kept in target/fresh/
 * @param {{ inputs: string[], outputs: string[] }} paths files and folders from the project's
 *   folder; what does not exist counts as empty
 * @returns {Promise<boolean>} whether there was anything to do
 */
export async function refresh(name, { inputs, outputs }, work) {
  const note = join(root, "target/fresh", name);
  const state = async () => `inputs ${await digest(inputs)}\noutputs ${await digest(outputs)}\n`;
  const known = await readFile(note, "utf8").catch(() => "");
  if (known === (await state())) return false;
  await work();
  await mkdir(join(root, "target/fresh"), { recursive: true });
  await writeFile(note, await state());
  return true;
}

async function digest(paths) {
  const hash = createHash("sha256");
  for (const path of paths) {
    for (const file of await files(join(root, path))) {
      hash.update(relative(root, file)).update("\0").update(await readFile(file)).update("\0");
    }
  }
  return hash.digest("hex");
}

async function files(path) {
  const found = await stat(path).catch(() => undefined);
  if (!found) return [];
  if (!found.isDirectory()) return [path];
  const names = (await readdir(path)).filter((name) => !WRITTEN.has(name)).sort();
  return (await Promise.all(names.map((name) => files(join(path, name))))).flat();
}
