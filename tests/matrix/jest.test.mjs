// Jest: in its environment of Node, by require and by import, and in that of a page, jsdom.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { row } from "./row.mjs";
import { places, run, versionOf } from "./place.mjs";

/** Jest's own tests run in the fixture, and leave what they proved in a file. */
const jest = (options = {}) => async (folder) => {
  await run("node", [...(options.node ?? []), join(places, "node_modules/jest/bin/jest.js"), "--ci", "--no-cache", "--watchman=false"], folder);
  return await readFile(join(folder, "proof.json"), "utf8");
};

const version = () => versionOf("jest");

row("Jest, require", { fixture: "jest-require", version, run: jest() });
row("Jest, import", { fixture: "jest-import", version, run: jest({ node: ["--experimental-vm-modules", "--no-warnings"] }) });
row("Jest, jsdom", { fixture: "jest-jsdom", version: async () => `${await version()}, jsdom ${await versionOf("jsdom")}`, run: jest() });
