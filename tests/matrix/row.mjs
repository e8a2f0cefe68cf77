// A row of the matrix: one place to run in, and what was proven there.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../../scripts/command.mjs";
import { place, places } from "./place.mjs";

const golden = (name) => JSON.parse(readFileSync(join(root, "tests/golden", name), "utf8"));
const corpus = golden("corpus.json");
const expected = golden("expected.json");

/** Where the rows that held are noted, a file each, for `scripts/matrix.mjs`. */
export const noted = join(places, "rows");

/**
 * A test that installs the tarball in a fixture, runs it, and compares what came with what is expected.
 *
 * @param {string} name as in the table: `Node, import`
 * @param {object} how
 * @param {string} [how.fixture] a folder of tests/matrix/fixtures/, if `run` needs a copy of its own
 * @param {() => string | Promise<string>} how.version of the runtime or bundler, and the browser if any
 * @param {(folder?: string) => Promise<{ idna: string, lines: string[] } | { idna: string, lines: string[], also: string[] }>} how.run
 *   what `prove` gave there, in JSON or as an object; `also` names what else was proven
 */
export function row(name, { fixture, version, run }) {
  test(name, { timeout: 600_000 }, async () => {
    const proof = await run(fixture && (await place(fixture)));
    const { idna, lines, also = [] } = typeof proof === "string" ? JSON.parse(proof) : proof;
    assert.ok(idna === "tables" || idna === "host", `idna is ${idna}`);
    assert.equal(lines.length, expected.length);
    note(name, { version: await version(), idna, proven: [...compared(lines, idna), ...also] });
  });
}

/**
 * Compares the lines with what is expected, byte for byte. International names that the host judged may
 * come out otherwise, and are counted apart.
 *
 * @returns {string[]} what was proven
 */
export function compared(lines, idna) {
  assert.equal(lines.length, expected.length);
  const byHost = ({ international }) => international === true && idna === "host";
  lines.forEach((line, at) => {
    if (!byHost(corpus[at])) assert.equal(line, expected[at], `case ${at}: ${JSON.stringify(corpus[at])}`);
  });
  const names = [...lines.keys()].filter((at) => byHost(corpus[at]));
  const same = names.filter((at) => lines[at] === expected[at]);
  const apart = idna === "host" ? [`names ${same.length} of ${names.length} by the host`] : [];
  return [...counted((one) => !byHost(one)), ...apart];
}

/** Notes a row that held. */
export function note(name, { version, idna, proven }) {
  mkdirSync(noted, { recursive: true });
  writeFileSync(join(noted, `${name.replace(/[^\w]+/g, "-")}.json`), JSON.stringify({ name, version, idna, proven }));
}

/** How many cases were the same: `731 cases`. */
export function counted(taken = () => true) {
  return [`${corpus.filter(taken).length} cases`];
}

/** The corpus in a sentence, by what its cases are about. */
export function contents() {
  const counts = new Map();
  for (const { about } of corpus) counts.set(about, (counts.get(about) ?? 0) + 1);
  const parts = [...counts].map(([about, count]) => `${count} of ${about}`);
  return `The corpus has ${corpus.length} cases: ${parts.join(", ")}.`;
}
