// npm run readme: writes the table of error codes into README.md, between the two comments.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "./build.mjs";
import { Refusal, main, root } from "./command.mjs";

const START = "<!-- codes: written by `npm run readme` -->";
const END = "<!-- /codes -->";

/** The codes of the core that was built: `[{ code, message }]`. */
export async function codes() {
  const bound = join(root, "target/bindgen");
  const { codes, initSync } = await import(pathToFileURL(join(bound, "prewash.js")).href);
  initSync({ module: readFileSync(join(bound, "prewash.wasm")) });
  return JSON.parse(codes());
}

/** The text with the table between its two comments, whatever stood there. */
export function withCodes(markdown, codes) {
  const [start, end] = [markdown.indexOf(START), markdown.indexOf(END)];
  if (start < 0 || end < start) throw new Refusal(`README.md needs a line \`${START}\` and, below it, \`${END}\``);
  return `${markdown.slice(0, start)}${START}\n\n${table(codes)}\n\n${markdown.slice(end)}`;
}

function table(codes) {
  // A bar ends a cell, even inside of backticks.
  const rows = codes.map(({ code, message }) => `| \`${code}\` | ${message.replaceAll("|", "\\|")} |`);
  return ["| code | message |", "|---|---|", ...rows].join("\n");
}

await main(import.meta.url, async () => {
  await build();
  const file = join(root, "README.md");
  const before = readFileSync(file, "utf8");
  const after = withCodes(before, await codes());
  if (after !== before) writeFileSync(file, after);
  console.log(after === before ? "README.md is up to date" : "README.md has the new table");
});
