// npm run readme: writes the table of error codes into README.md, between the two comments.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "./build.mjs";
import { codeExamples, codes, isOutOfReach } from "./codes.mjs";
import { Refusal, main, root } from "./command.mjs";

const START = "<!-- codes: written by `npm run readme` -->";
const END = "<!-- /codes -->";

/**
 * The text with the table between its two comments, whatever stood there.
 *
 * @param {string} markdown
 * @param {{ code: string, message: string }[]} codes of the core, each with its template
 * @param {object[]} examples of these codes, and of those that are not the core's
 */
export function withCodes(markdown, codes, examples) {
  const [start, end] = [markdown.indexOf(START), markdown.indexOf(END)];
  if (start < 0 || end < start) throw new Refusal(`README.md needs a line \`${START}\` and, below it, \`${END}\``);
  return `${markdown.slice(0, start)}${START}\n\n${table(codes, examples)}\n\n${markdown.slice(end)}`;
}

function table(codes, examples) {
  const templates = new Map(codes.map(({ code, message }) => [code, message]));
  const rows = examples.map((example) => [
    `\`${example.code}\``,
    example.template ?? templates.get(example.code),
    isOutOfReach(example) ? "no input leads to it" : `${asked(example)} → ${example.message}`,
  ]);
  const head = [["code", "message", "example"], ["---", "---", "---"]];
  return [...head, ...rows].map((cells) => `| ${cells.map(cell).join(" | ")} |`).join("\n");
}

/** A bar ends a cell, even inside of backticks; what cannot be seen is told. */
function cell(text) {
  const escaped = (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return text.replaceAll("|", "\\|").replaceAll(/\p{Cf}/gu, escaped);
}

/** What is asked: the input, and what it is for. */
function asked({ schema, as, operation, call, command, options, input, text, javascript }) {
  const quoted = command ? JSON.stringify(text).slice(1, -1) : (text ?? javascript ?? JSON.stringify(input));
  const place = { request: "a request of ", response: "a response of ", plan: "a batch of ", reconcile: "the answer to a batch of " }[as ?? call];
  const of = command ? `prewash ${command.join(" ")}` : (operation ?? JSON.stringify(schema));
  const parts = [`\`${quoted}\``];
  if (of !== "true") parts.push(`for ${place ?? ""}\`${of}\``);
  if (options) parts.push(`with \`${JSON.stringify(options)}\``);
  return parts.join(" ");
}

await main(import.meta.url, async () => {
  await build();
  const file = join(root, "README.md");
  const before = readFileSync(file, "utf8");
  const after = withCodes(before, await codes(), codeExamples());
  if (after !== before) writeFileSync(file, after);
  console.log(after === before ? "README.md is up to date" : "README.md has the new table");
});
