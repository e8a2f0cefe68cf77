// Runs the examples of a markdown file: what a README shows is what happens.
//
//   ```sh     The commands, a bare line or `$ ` before each, run by bash in a folder that looks like
//             the project's. If a ```text block comes next it is their whole output, on both streams.
//             `status=1` after the language: the exit status that is expected, else 0.
//   ```js     A module. If a ```text block comes next it is what the module prints. A comment
//   ```ts     `// → value` after a statement is what the statement gives: the value of its
//             expression, of its variable, or of the one argument of its console.log. The value is a
//             JavaScript expression, compared deeply; what is none is compared as text. It goes on
//             in the lines that start with `//` and two spaces. TypeScript is checked by tsc as well.
//   continue  after `js` or `ts`: the module goes on from the one before.
//   file=NAME after any other language: the block is written to that file, for the examples below it.
//   from=FILE after any language: the block stands in that file of the project, as it is. Such a file
//             is tested where it belongs.
//
// In a ```text block `…` stands for any text. A block that would be a way around this (no language,
// a command that is not run) is refused.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { root } from "./command.mjs";

/** The commands that are shown and not run here, and why. */
export const EXEMPT = {
  "npm test": "it is what runs the examples",
  "npm run demo": "it serves until it is stopped",
  "npm install prewash": "the examples run against this build, not the published package",
};

const SHELL = new Set(["bash", "console", "sh", "shell"]);
const MODULE = new Set(["js", "mjs", "ts"]);

/**
 * The examples of a markdown text, in order.
 *
 * @param {string} markdown
 * @param {string} name of the file, for messages
 * @returns {{ name: string, run: (folder: string) => void }[]} each to be run in the same folder, in
 *   order; `run` throws with what was expected and what came
 */
export function examples(markdown, name) {
  if (/<!--\s*not run\s*-->/i.test(markdown)) {
    throw new Error(`${name}: every example is run; take out \`<!-- not run -->\``);
  }
  const blocks = fences(markdown, name);
  const found = [];
  let module = "";
  blocks.forEach((block, index) => {
    const next = blocks[index + 1];
    const printed = next?.language === "text" && next.follows ? next.code : undefined;
    const place = `${name}:${block.line}`;
    const add = (run) => found.push({ name: `${place} (${block.language})`, run });
    const from = block.info.match(/\bfrom=(\S+)/)?.[1];
    if (from) add(() => standsIn(from, block.code));
    else if (SHELL.has(block.language)) {
      const script = commands(block.code);
      const status = Number(block.info.match(/\bstatus=(\d+)/)?.[1] ?? 0);
      if (script.length > 0) add((folder) => runShell(folder, script.join("\n"), status, printed));
      else if (printed !== undefined) throw new Error(`${place}: output of commands that are not run`);
    } else if (MODULE.has(block.language)) {
      // The lines above are kept as empty ones, so that every message has the markdown's line.
      const before = /\bcontinue\b/.test(block.info) ? module : "";
      module = before + "\n".repeat(block.line - before.split("\n").length + 1) + block.code;
      const source = module;
      add((folder) => runModule(folder, name, source, block, printed));
    } else {
      const file = block.info.match(/\bfile=(\S+)/)?.[1];
      if (file) add((folder) => writeFileSync(join(folder, basename(file)), block.code));
    }
  });
  return found;
}

/** A new folder with all that is in the project's, in which examples may write files of their own. */
export function workplace() {
  const folder = mkdtempSync(join(tmpdir(), "prewash-examples-"));
  for (const entry of readdirSync(root)) {
    if (entry !== ".git") symlinkSync(join(root, entry), join(folder, entry));
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The fenced code blocks. `line` is that of the fence, from 1. */
function fences(markdown, name) {
  const blocks = [];
  let open;
  let text = "";
  markdown.split("\n").forEach((line, index) => {
    const fence = line.match(/^ {0,3}(`{3,}|~{3,})(.*)$/);
    if (open) {
      if (fence && fence[1].startsWith(open.mark) && fence[2].trim() === "") {
        blocks.push(open);
        open = undefined;
        text = "";
      } else open.code += `${line}\n`;
    } else if (fence) {
      const [language, ...info] = fence[2].trim().split(/\s+/);
      if (!language) throw new Error(`${name}:${index + 1}: name the language of the block`);
      const follows = text.trim() === "";
      open = { mark: fence[1], language, info: info.join(" "), line: index + 1, code: "", follows };
    } else text += line;
  });
  if (open) throw new Error(`${name}:${open.line}: the block is not closed`);
  return blocks;
}

/** Whether a file of the project has these lines in a row, however far they are indented there. */
function standsIn(file, code) {
  const lines = (text) => text.trim().split("\n").map((line) => line.trim()).join("\n");
  if (!`\n${lines(readFileSync(join(root, file), "utf8"))}\n`.includes(`\n${lines(code)}\n`)) {
    throw new Error(`${file} has no such lines in a row:\n${code}`);
  }
}

/** The lines of a shell block that are run. */
function commands(code) {
  const lines = code.split("\n").map((line) => line.replace(/^\$ /, ""));
  return lines.filter((line) => {
    const command = line.replace(/(^|\s+)#.*$/, "").trim();
    return command !== "" && !Object.hasOwn(EXEMPT, command);
  });
}

function runShell(folder, script, status, printed) {
  const done = spawnSync("bash", ["-euo", "pipefail", "-c", `exec 2>&1\n${script}`], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1", npm_config_offline: "true", npm_config_loglevel: "error" },
  });
  if (done.status !== status) {
    throw new Error(`exit status ${done.status}, expected ${status}:\n${done.stdout}`);
  }
  if (printed !== undefined) compare(done.stdout, printed);
}

async function runModule(folder, name, source, { language, line }, printed) {
  const { default: ts } = await import("typescript");
  if (language === "ts") checkTypes(ts, folder, name, source, line);
  const file = join(folder, `example-${line}.mjs`);
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true };
  writeFileSync(file, ts.transpileModule(observed(ts, name, source), { compilerOptions }).outputText);
  const done = spawnSync("node", [file], { cwd: folder, encoding: "utf8", env: { ...process.env, NO_COLOR: "1" } });
  if (done.status !== 0) throw new Error(`exit status ${done.status}\n${done.stdout}${done.stderr}`);
  if (printed !== undefined) compare(done.stdout, printed);
}

function checkTypes(ts, folder, name, source, line) {
  const file = join(folder, `example-${line}.ts`);
  writeFileSync(file, source);
  const program = ts.createProgram([file], {
    lib: ["lib.es2022.d.ts", "lib.dom.d.ts"],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    noEmit: true,
    skipLibCheck: true,
    strict: true,
    target: ts.ScriptTarget.ES2022,
    types: ["node"],
  });
  const problems = ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const at = file ? `${name}:${file.getLineAndCharacterOfPosition(start).line + 1}: ` : "";
    return at + ts.flattenDiagnosticMessageText(messageText, "\n");
  });
  if (problems.length > 0) throw new Error(problems.join("\n"));
}

/** The module with each value that has a `// →` comment compared to what the comment says. */
function observed(ts, name, source) {
  const { statements } = ts.createSourceFile("example.ts", source, ts.ScriptTarget.ES2022, true);
  const edits = [...source.matchAll(/\/\/ → (.*)((?:\n[ \t]*\/\/ {2,}.*)*)/g)].map((comment) => {
    const line = source.slice(0, comment.index).split("\n").length;
    const statement = statements.findLast((one) => one.getEnd() <= comment.index);
    const value = statement && valueOf(ts, statement);
    if (!value) throw new Error(`line ${line}: \`// →\` comes after no value`);
    const expected = comment[1] + comment[2].replace(/\n[ \t]*\/\/ /g, "\n");
    const place = JSON.stringify(`${name}:${line}`);
    const given = isExpression(expected) ? `(${expected})` : `String(${JSON.stringify(expected.trim())})`;
    const compared = isExpression(expected) ? "value" : "String(value)";
    return { value, before: `$example(${place}, `, after: `, (value) => [${compared}, ${given}])` };
  });
  let text = source;
  for (const { value, before, after } of edits.toReversed()) {
    text = text.slice(0, value.getStart()) + before + value.getText() + after + text.slice(value.getEnd());
  }
  return `${text}
import { deepStrictEqual as $equal } from "node:assert/strict";
function $example(place, value, pair) {
  try {
    $equal(...pair(value));
  } catch (error) {
    throw new Error(place + ": " + error.message);
  }
  return value;
}
`;
}

function valueOf(ts, statement) {
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.at(-1).initializer;
  if (!ts.isExpressionStatement(statement)) return undefined;
  const { expression } = statement;
  const prints = ts.isCallExpression(expression) && expression.expression.getText() === "console.log";
  return prints && expression.arguments.length === 1 ? expression.arguments[0] : expression;
}

function isExpression(text) {
  try {
    new Function(`return (${text}\n)`);
    return true;
  } catch {
    return false;
  }
}

/** `…` in what is expected stands for any text; white space at the end of a line does not count. */
function compare(got, expected) {
  const tidy = (text) => text.replace(/[ \t]+$/gm, "").trim();
  const pattern = tidy(expected).split("…").map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  if (!new RegExp(`^${pattern.join("[^]*?")}$`).test(tidy(got))) {
    throw new Error(`printed:\n${tidy(got)}\n\nexpected:\n${tidy(expected)}`);
  }
}
