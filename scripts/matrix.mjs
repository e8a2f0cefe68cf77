// npm run test:matrix: installs the packed tarball in every runtime and bundler, runs it there, and
// prints what was proven where.

import { readFile, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { main, root } from "./command.mjs";
import { build } from "./build.mjs";
import * as setup from "./setup.mjs";
import { runTests, told } from "./runner.mjs";

/** Sets up and runs the rows. Gives their counts, and prints the table. */
export async function matrix() {
  const { pack, tools } = await import("../tests/matrix/place.mjs");
  const { noted } = await import("../tests/matrix/row.mjs");
  await tools();
  await pack();
  await rm(noted, { recursive: true, force: true });
  const total = await runTests(join(root, "tests/matrix"));
  console.log(`\n${table(await rows(noted))}\n`);
  return total;
}

/** The rows that held, by name. */
async function rows(noted) {
  const names = (await readdir(noted).catch(() => [])).sort();
  return await Promise.all(names.map(async (name) => JSON.parse(await readFile(join(noted, name), "utf8"))));
}

/** As a table in markdown. */
export function table(rows) {
  const lines = rows.map(({ name, version, idna, proven }) => `| ${[name, version, proven.join(", "), idna].join(" | ")} |`);
  return ["| where | version | proven | names by |", "|---|---|---|---|", ...lines].join("\n");
}

await main(import.meta.url, async () => {
  await build();
  await setup.browsers();
  const total = await matrix();
  console.log(told(total));
  process.exitCode = total.failed > 0 ? 1 : 0;
});
