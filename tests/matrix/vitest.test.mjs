// Vitest: in its environment of Node, and with jsdom.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { row } from "./row.mjs";
import { run, versionOf } from "./place.mjs";

/** Vitest's own tests run in the fixture, and leave what they proved in a file. */
const vitest = async (folder) => {
  await run("vitest", ["run", "--no-cache"], folder);
  return await readFile(join(folder, "proof.json"), "utf8");
};

const version = () => versionOf("vitest");

row("Vitest", { fixture: "vitest-node", version, run: vitest });
row("Vitest, jsdom", { fixture: "vitest-jsdom", version: async () => `${await version()}, jsdom ${await versionOf("jsdom")}`, run: vitest });
