// Running other programs. Used by every script here, before anything is installed: Node alone.

import { spawn, spawnSync } from "node:child_process";
import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The folder of the project. */
export const root = fileURLToPath(new URL("..", import.meta.url));

/** An error whose message is all there is to say; no stack is printed for it. */
export class Refusal extends Error {}

/** Runs a program in the project's folder, its output shown as it comes. */
export async function run(program, ...args) {
  const { status } = await start(program, args, "inherit");
  if (status !== 0) {
    throw new Refusal(`\`${[program, ...args].join(" ")}\` failed (exit status ${status})`);
  }
}

/** Runs a program, shows its output as it comes and gives it back as well. Never throws for a status. */
export async function tee(program, ...args) {
  return await start(program, args, "pipe");
}

/** The output of a program that ends at once, or undefined when it fails or is not there. */
export function ask(program, ...args) {
  const { status, stdout } = spawnSync(program, args, { cwd: root, encoding: "utf8", maxBuffer: 2 ** 26 });
  return status === 0 ? stdout.trim() : undefined;
}

/** Runs `work` if the file of this URL is the one that Node was started with. */
export async function main(url, work) {
  if (!process.argv[1] || realpathSync(process.argv[1]) !== fileURLToPath(url)) return;
  try {
    await work();
  } catch (error) {
    console.error(error instanceof Refusal ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}

function start(program, args, output) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, stdio: ["inherit", output, "inherit"] });
    let stdout = "";
    child.stdout?.setEncoding("utf8").on("data", (text) => {
      stdout += text;
      process.stdout.write(text);
    });
    child.on("error", (error) => {
      reject(new Refusal(`\`${program}\` could not be started: ${error.message}`));
    });
    child.on("close", (status, signal) => resolve({ status: status ?? signal, stdout }));
  });
}
