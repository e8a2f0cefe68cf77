// The codes, each with its example in docs/codes.json. An example is one input,
//
//   input       a JSON value
//   text        a JSON text
//   javascript  an expression of JavaScript, where JSON cannot hold or should not show the value
//
// what is asked about it,
//
//   schema      a JSON Schema; with `as`: "request" or "response", that of such a body in OpenAPI
//   operation   the name of a built-in operation, whose body it is; with `call`: "plan", a batch, or
//               "reconcile", the vendor's answer to the batch `plan`
//   command     arguments of the command line, with the text as the file they name
//
// with the `options` of that call, and the `message` of the first issue with the code.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./command.mjs";

/** The codes of the core that was built: `[{ code, message }]`, the message a template. */
export async function codes() {
  const bound = join(root, "target/bindgen/whole");
  const { codes, begin, imports } = await import(pathToFileURL(join(bound, "prewash.js")).href);
  const module = new WebAssembly.Module(readFileSync(join(bound, "prewash.wasm")));
  begin(new WebAssembly.Instance(module, imports()), module);
  return JSON.parse(codes());
}

/** The names of the codes that the TypeScript around the core raises, some of which are the core's too. */
export function codesOutsideOfTheCore() {
  const sources = join(root, "pkg/src");
  const files = readdirSync(sources, { recursive: true }).filter((name) => name.endsWith(".ts"));
  const text = files.map((name) => readFileSync(join(sources, name), "utf8")).join("\n");
  return [...new Set([...text.matchAll(/\b(?:error|fault)\("([a-z_]+)"/g)].map(([, code]) => code))];
}

/** The examples, in the order of the table: `[{ code, message, … }]`. */
export function codeExamples() {
  return JSON.parse(readFileSync(join(root, "docs/codes.json"), "utf8"));
}

/** Whether no input leads to the code. */
export const isOutOfReach = ({ input, text, javascript }) => [input, text, javascript].every((one) => one === undefined);

/** The issues that an example gives. */
export async function issuesOf(example) {
  const prewash = await import(pathToFileURL(join(root, "pkg/dist/index.js")).href);
  const { operation, call, plan, options = {}, text, command } = example;
  const value = example.javascript === undefined ? example.input : new Function(`return (${example.javascript});`)();
  if (command !== undefined) return reported(command, text);
  if (operation !== undefined) {
    const [vendor, name] = operation.split(".");
    const { batch, body } = prewash[vendor][name];
    if (call === "reconcile") return batch.reconcile(batch.plan(plan), value).issues;
    if (call === "plan") {
      const { issues, items } = batch.plan(value, options);
      return [...issues, ...items.flatMap((item) => item.issues)];
    }
    return body.with(options).check(value).issues;
  }
  const asked = schemaOf(prewash, example).with(options);
  return (text === undefined ? asked.check(value) : asked.checkText(text)).issues;
}

function schemaOf({ openapi, schema }, example) {
  if (example.as === undefined) return schema(example.schema);
  const content = { "application/json": { schema: example.schema } };
  const responses = { 200: { description: "done", content } };
  const post = { operationId: "send", requestBody: { content }, responses };
  const { send } = openapi({ openapi: "3.1.0", info: { title: "an example", version: "1" }, paths: { "/": { post } } });
  return example.as === "request" ? send.body : send.response;
}

/** What the command line reports of a file. */
function reported(command, text) {
  const folder = mkdtempSync(join(tmpdir(), "prewash-codes-"));
  try {
    const file = command.at(-1);
    writeFileSync(join(folder, file), text);
    const args = [join(root, "pkg/dist/cli.js"), ...command, "--report", "report.ndjson"];
    const { stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
    if (stderr !== "") throw new Error(stderr);
    return readFileSync(join(folder, "report.ndjson"), "utf8").trim().split("\n").map((line) => JSON.parse(line));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
