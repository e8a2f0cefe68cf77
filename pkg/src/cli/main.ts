// The command line: arguments to a command, failures to an exit status.

import { parseArgs } from "node:util";
import { info } from "prewash";
import { check } from "./check.js";
import { domains } from "./domains.js";
import { CannotRun } from "./failure.js";
import { HELP } from "./help.js";
import { nearest } from "./nearest.js";
import { listOperations } from "./operations.js";
import { ReaderGone } from "./output.js";
import { visible } from "./terminal.js";

/** Runs a command line; gives the exit status: 0 clean, 1 issues, 2 could not run. */
export async function main(args: string[]): Promise<number> {
  // Who reads may leave at any time; that shows where it is written.
  process.stdout.on("error", () => {});
  try {
    return await run(args);
  } catch (error) {
    // Standard input that is left unread would keep the process waiting for its end.
    if (args.includes("-")) process.stdin.destroy();
    if (error instanceof ReaderGone) return 2;
    const message = error instanceof CannotRun ? error.message : `failed: ${reason(error)}`;
    for (const line of message.split("\n")) process.stderr.write(`prewash: ${line}\n`);
    return 2;
  }
}

function reason(error: unknown): string {
  return visible(error instanceof Error ? error.message : String(error));
}

const text = { type: "string" } as const;
const flag = { type: "boolean", default: false } as const;
const texts = { type: "string", multiple: true, default: [] as string[] } as const;
const common = { help: { type: "boolean", short: "h" } } as const;

const COMMANDS = {
  async check(args: string[]): Promise<number> {
    const { values, positionals } = parsed(args, {
      ...{ out: text, report: text, format: text, api: text, map: texts, set: texts },
      ...{ existing: text, "custom-fields": text, segment: text, strict: flag, upsert: flag, workers: text },
    });
    const [operation, file] = expect(positionals, ["OPERATION", "FILE"], "check");
    const { "custom-fields": customFields, ...options } = values;
    return check(operation, file, { customFields, ...options });
  },
  async domains(args: string[]): Promise<number> {
    const { values, positionals } = parsed(args, { out: text, report: text, format: text, column: text });
    const [file] = expect(positionals, ["FILE"], "domains");
    return domains(file, values);
  },
  async operations(args: string[]): Promise<number> {
    const { values, positionals } = parsed(args, { api: text });
    if (positionals.length > 1) throw new CannotRun("operations takes at most one OPERATION; see prewash --help");
    return listOperations(positionals[0], values.api);
  },
};

async function run(args: string[]): Promise<number> {
  const [command, ...rest] = args;
  if (command === undefined || command === "--help" || command === "-h" || command === "help") {
    (command === undefined ? process.stderr : process.stdout).write(HELP);
    return command === undefined ? 2 : 0;
  }
  if (command === "--version" || command === "-v") {
    process.stdout.write(`${info().version}\n`);
    return 0;
  }
  if (!Object.hasOwn(COMMANDS, command)) {
    const near = nearest(command, Object.keys(COMMANDS));
    const hint = near === undefined ? "see prewash --help" : `did you mean \`${near}\``;
    throw new CannotRun(`there is no command \`${visible(command)}\`; ${hint}`);
  }
  if (rest.includes("--help") || rest.includes("-h")) {
    process.stdout.write(HELP);
    return 0;
  }
  return COMMANDS[command as keyof typeof COMMANDS](rest);
}

/** parseArgs, its exceptions told as ours. */
function parsed<const T extends NonNullable<Parameters<typeof parseArgs>[0]>["options"] & object>(args: string[], options: T) {
  try {
    return parseArgs({ args, options: { ...options, ...common }, allowPositionals: true, strict: true });
  } catch (error) {
    throw new CannotRun(`${reason(error).replace(/\. .*$/, "").replace(/^./, (first) => first.toLowerCase())}; see prewash --help`);
  }
}

function expect<const N extends readonly string[]>(given: string[], names: N, command: string): { [K in keyof N]: string } {
  if (given.length !== names.length) {
    throw new CannotRun(`${command} takes ${names.join(" and ")}; see prewash --help`);
  }
  return given as { [K in keyof N]: string };
}
