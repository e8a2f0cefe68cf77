// npm start: builds, then shows the main job: the bodies in examples/ for each of the five
// operations, checked, cleaned and told. Those directly in there are fit to be sent once cleaned,
// those in examples/bad/ are not; any other verdict is a failure.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "./build.mjs";
import { main, root } from "./command.mjs";

const OPERATIONS = [
  ["monaco", "upsertAccount"],
  ["monaco", "upsertContact"],
  ["monaco", "updateContact"],
  ["reply", "updateContactAccount"],
  ["recotap", "pushAccounts"],
];

await main(import.meta.url, async () => {
  await build();
  const prewash = await import("prewash");
  const known = {
    existing: example("existing.txt").split("\n").filter(Boolean),
    customFields: JSON.parse(example("custom-fields.json")),
  };
  const count = { sendable: 0, refused: 0, unexpected: 0 };
  for (const [vendor, name] of OPERATIONS) {
    const operation = prewash[vendor][name];
    console.log(`\n${paint("bold", `${vendor}.${name}`)}  ${operation.method} ${operation.path}`);
    for (const [file, expected] of [[`${vendor}.${name}.json`, true], [`bad/${vendor}.${name}.json`, false]]) {
      console.log(`\n  examples/${file}`);
      const body = example(file);
      const result = operation.batch ? operation.batch.plan(body, known) : operation.body.checkText(body);
      (operation.batch ? tellBatch : tellBody)(result);
      count[result.ok ? "sendable" : "refused"] += 1;
      // An `internal` issue refuses a body for a fault of Prewash's, not of its own.
      if (result.ok !== expected || result.issues.some(({ code }) => code === "internal")) {
        count.unexpected += 1;
        console.log(paint("red", `    expected to be ${expected ? "fit to be sent" : "refused for its mistakes"}`));
      }
    }
  }
  const verdict = `${count.sendable} bodies cleaned and ready to send, ${count.refused} refused with reasons`;
  const unexpected = count.unexpected > 0 ? `, ${count.unexpected} NOT AS EXPECTED` : ", all as expected";
  console.log(`\n${paint(count.unexpected > 0 ? "red" : "green", verdict + unexpected)}`);
  process.exitCode = count.unexpected > 0 ? 1 : 0;
});

function tellBody({ ok, json, issues, changes }) {
  tell({ issues, changes }, "    ");
  tellOutput(ok, json);
}

function tellBatch({ ok, request, results, summary, items, issues }) {
  tell({ issues, changes: [] }, "    ");
  let sent = 0;
  for (const item of items) {
    const result = item.status === "invalid" ? undefined : results[sent++];
    const colour = { invalid: "red", failed: "red", updated: "yellow", created: "green" }[item.status];
    console.log(`    accounts[${item.index}]  ${paint(colour, item.status)}  ${item.domain ?? ""}`);
    tell(item, "      ");
    if (result?.error) console.log(`      vendor   ${result.error}`);
  }
  console.log(`    summary  ${JSON.stringify(summary)}`);
  tellOutput(ok, request);
}

function tell({ issues, changes }, indent) {
  for (const { severity, position, pointer, message, suggestion } of issues) {
    const place = position ? `${position.line}:${position.column} ` : "";
    const hint = suggestion === undefined ? "" : paint("dim", `  try ${JSON.stringify(suggestion)}`);
    const label = paint(severity === "error" ? "red" : "yellow", severity.padEnd(7));
    console.log(`${indent}${label}  ${place}${pointer || "(body)"}  ${message}${hint}`);
  }
  for (const { pointer, from, to, rule } of changes) {
    const after = to === undefined ? "removed" : JSON.stringify(to);
    console.log(`${indent}${paint("cyan", "changed")}  ${pointer || "(body)"}  ${JSON.stringify(from)} → ${after}  ${paint("dim", rule)}`);
  }
}

function tellOutput(ok, json) {
  if (!ok) {
    console.log(`    ${paint("red", "refused")}: nothing is sent`);
    return;
  }
  console.log(`    ${paint("green", "ready")}, to be sent:`);
  console.log(json.trimEnd().replace(/^/gm, "      "));
}

function example(file) {
  return readFileSync(join(root, "examples", file), "utf8");
}

/** Colour where someone looks; `NO_COLOR` and pipes get plain text. */
function paint(style, text) {
  const number = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 }[style];
  return process.stdout.isTTY && !process.env.NO_COLOR ? `\x1b[${number}m${text}\x1b[0m` : text;
}
