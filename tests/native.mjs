// The crate's answers, natively, to cases that are made here.

import { spawnSync } from "node:child_process";
import { mkdirSync, openSync, closeSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../scripts/command.mjs";

/**
 * Asks the crate, by `tests/golden/answers.rs`.
 *
 * @param {object[]} cases as those of the golden corpus
 * @param {string} name of the files in `target/`, which stay when it fails
 * @returns {string[]} a line for each
 */
export function answers(cases, name) {
  const folder = join(root, "target/answers");
  mkdirSync(folder, { recursive: true });
  const [corpus, lines] = [join(folder, `${name}.json`), join(folder, `${name}.txt`)];
  writeFileSync(corpus, JSON.stringify(cases));
  const [input, output] = [openSync(corpus, "r"), openSync(lines, "w")];
  const { status, stderr } = spawnSync("cargo", ["run", "--quiet", "--example", "answers"], { cwd: root, stdio: [input, output, "pipe"], encoding: "utf8" });
  closeSync(input);
  closeSync(output);
  if (status !== 0) throw new Error(`the crate gave no answers to ${corpus}: ${stderr}`);
  const told = readFileSync(lines, "utf8").slice(0, -1).split("\n");
  for (const file of [corpus, lines]) rmSync(file);
  return told;
}
