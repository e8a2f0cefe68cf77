// npm run bench: Prewash beside what a user would pick instead. See `--help`.

import { fork } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { build } from "./build.mjs";
import { Refusal, main, root, run } from "./command.mjs";

/** The files of benches/rows/, and the rows that each measures. Each runs in a process of its own. */
const FILES = {
  batch: ["B1"],
  contact: ["B2", "B3"],
  domains: ["B4"],
  "cold-start": ["B5"],
  schema: ["B6", "schemas"],
  "command-line": ["B7"],
  growth: ["growth"],
  native: ["native"],
  size: ["size"],
};
const ROWS = Object.values(FILES).flat();

const USAGE = `usage: npm run bench -- [ROW…] [--samples N] [--rows N] [--markdown]

  ROW         one of ${ROWS.join(", ")}; all of them if none is given
  --samples   how many samples of each contender; 200 if not given
  --rows      how many rows the file of B7 has; 1000000 if not given
  --markdown  prints the tables for the README`;

await main(import.meta.url, async () => {
  const { asked, options, asMarkdown } = read(process.argv.slice(2));
  await build();
  await peers();
  const { markdown, plain } = await import("../benches/report.mjs");
  const rows = [];
  for (const [file, names] of Object.entries(FILES)) {
    if (!names.some((name) => asked.includes(name))) continue;
    const measured = await child(file, options);
    const wanted = measured.filter(({ row }) => asked.some((name) => row === name || row.startsWith(`${name} `)));
    rows.push(...wanted);
    // As they come, for who waits.
    if (!asMarkdown) console.log(`\n${plain(wanted)}`);
  }
  const given = process.argv.slice(2).join(" ");
  const command = `\`npm run bench${given && ` -- ${given}`}\``;
  if (asMarkdown) console.log(`\n<!-- bench -->\n\n${command} on ${machine()}:\n\n${markdown(rows)}\n\n<!-- /bench -->`);
  else console.log(`\n${machine()}`);
});

function read(given) {
  const { values, positionals } = parsed(given);
  if (values.help) {
    console.log(USAGE);
    process.exit();
  }
  const unknown = positionals.find((name) => !ROWS.includes(name));
  if (unknown !== undefined) throw new Refusal(`there is no row \`${unknown}\`\n\n${USAGE}`);
  const number = (name) => {
    const value = Number(values[name]);
    if (!Number.isSafeInteger(value) || value < 1) throw new Refusal(`--${name} takes a whole number above 0`);
    return value;
  };
  return {
    asked: positionals.length > 0 ? positionals : ROWS,
    options: { samples: number("samples"), rows: number("rows"), folder: join(root, "target/bench") },
    asMarkdown: values.markdown,
  };
}

function parsed(args) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        samples: { type: "string", default: "200" },
        rows: { type: "string", default: "1000000" },
        markdown: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (error) {
    throw new Refusal(`${error.message}\n\n${USAGE}`);
  }
}

/** The packages of benches/package-lock.json, exactly. They are none of the project's own. */
async function peers() {
  const folder = join(root, "benches");
  const note = join(folder, "node_modules/.installed");
  const lock = createHash("sha256").update(readFileSync(join(folder, "package-lock.json"))).digest("hex");
  if (existsSync(note) && readFileSync(note, "utf8") === lock) return;
  await run("npm", "ci", "--prefix", "benches", "--ignore-scripts");
  writeFileSync(note, lock);
}

/** What a file of rows gives. */
function child(file, options) {
  return new Promise((resolve, reject) => {
    const process = fork(join(root, "benches/row.mjs"), [file, JSON.stringify(options)], { cwd: root });
    let rows;
    process.on("message", (message) => (rows = message));
    process.on("error", reject);
    process.on("close", (status) => {
      if (status === 0 && rows) resolve(rows);
      else reject(new Refusal(`benches/rows/${file}.mjs failed (exit status ${status})`));
    });
  });
}

function machine() {
  const { model } = cpus()[0];
  return `${model}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, ${process.platform}; Node ${process.versions.node}`;
}
