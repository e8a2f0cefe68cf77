// npm run test:matrix: installs the packed tarball in every runtime and bundler, runs it there, and
// prints what was proven where. With `-- --readme` it writes that table into README.md too.

import { readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Refusal, main, root } from "./command.mjs";
import { build } from "./build.mjs";
import * as setup from "./setup.mjs";
import { runTests, told } from "./runner.mjs";

const START = "<!-- matrix: written by `npm run test:matrix -- --readme` -->";
const END = "<!-- /matrix -->";

/** Sets up and runs the rows. Gives their counts, and prints the table. */
export async function matrix() {
  const { pack, tools } = await import("../tests/matrix/place.mjs");
  const { noted } = await import("../tests/matrix/row.mjs");
  await tools();
  await pack();
  await rm(noted, { recursive: true, force: true });
  const total = await runTests(join(root, "tests/matrix"));
  const found = await table();
  console.log(`\n${found}\n`);
  if (total.failed === 0 && !process.argv.includes("--readme")) await compare(found, total);
  return total;
}

/** One test more: README.md has these rows. Versions are those of the machine it was written on. */
async function compare(found, total) {
  const names = (text) => [...text.matchAll(/^\| ([^|]+?) \|/gm)].map(([, name]) => name).filter((name) => !/^-+$/.test(name));
  const shown = await readFile(join(root, "README.md"), "utf8").then((text) => names(text.slice(text.indexOf(START), text.indexOf(END))));
  const same = JSON.stringify(shown) === JSON.stringify(names(found));
  console.log(`${same ? "✔" : "✖"} README.md has these rows${same ? "" : ": run `npm run test:matrix -- --readme`"}`);
  total[same ? "passed" : "failed"] += 1;
}

/** The rows that held, as a table in markdown. */
async function table() {
  const { contents, noted } = await import("../tests/matrix/row.mjs");
  const names = (await readdir(noted).catch(() => [])).sort();
  const rows = await Promise.all(names.map(async (name) => JSON.parse(await readFile(join(noted, name), "utf8"))));
  const lines = rows.map(({ name, version, idna, proven }) => `| ${[name, version, proven.join("; "), idna].join(" | ")} |`);
  return [contents(), "", "| where | version | the same, and what else | names by |", "|---|---|---|---|", ...lines].join("\n");
}

/** Writes the table into README.md, between its two comments. */
async function intoReadme() {
  const file = join(root, "README.md");
  const markdown = await readFile(file, "utf8");
  const [start, end] = [markdown.indexOf(START), markdown.indexOf(END)];
  if (start < 0 || end < start) throw new Refusal(`README.md needs a line \`${START}\` and, below it, \`${END}\``);
  await writeFile(file, `${markdown.slice(0, start)}${START}\n\n${await table()}\n\n${markdown.slice(end)}`);
}

await main(import.meta.url, async () => {
  await build();
  await setup.browsers();
  const total = await matrix();
  if (process.argv.includes("--readme") && total.failed === 0) await intoReadme();
  console.log(told(total));
  process.exitCode = total.failed > 0 ? 1 : 0;
});
