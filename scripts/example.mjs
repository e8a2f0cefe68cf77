// npm run example -- worker|node|form [PORT]: builds the package if needed, installs what the example
// needs, and runs it until Ctrl-C, beside a stand-in for the CRM that it sends to.

import { createHash } from "node:crypto";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "./build.mjs";
import { Refusal, main, root } from "./command.mjs";

/** What there is, and what to try it with. */
const TRIES = {
  worker: (url) => [
    `curl -X PUT ${url}v1/contacts/ -d '{"email":"ada@ACME.com","domain":"https://www.acme.com/about"}'`,
    `curl -X PUT ${url}v1/contacts/ -d '{"first_name":"Ada"}'`,
    `printf '{"domain":"www.acme.com","name":"Acme"}\\n{"domain":"n/a","name":"Nobody"}\\n' | curl ${url}accounts -H 'content-type: application/x-ndjson' --data-binary @-`,
  ],
  node: (url) => [
    `curl -X PUT ${url}v1/contacts/ -H 'content-type: application/json' -d '{"email":"ada@ACME.com","domain":"https://www.acme.com/about"}'`,
    `curl ${url}accounts -H 'content-type: application/json' -d '{"accounts":[{"domain":"www.acme.com","name":"Acme"},{"domain":"n/a","name":"Nobody"}]}'`,
  ],
  form: () => [],
};

/**
 * Starts an example, with what it needs installed.
 *
 * @param {string} name
 * @param {{ port?: number, crm?: string }} [how] 0, or nothing, takes any port that is free; `crm` is the
 *   address that it sends to
 * @returns {Promise<{ url: string, stop: () => Promise<void>, ended: Promise<unknown> }>}
 */
export async function example(name, { port = 0, crm = "" } = {}) {
  const folder = join(root, "examples", name);
  await installed(folder);
  const env = { ...process.env, PORT: String(port), CRM_URL: crm, NO_COLOR: "1" };
  // A group of its own, so that what npm starts ends with it.
  const child = spawn("npm", ["start", "--silent"], { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
  const ended = once(child, "close");
  let output = "";
  const url = await new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        output += text;
        const found = output.match(/http:\/\/\S+/);
        if (found) resolve(found[0]);
      });
    }
    child.once("error", reject);
    child.once("close", () => reject(new Refusal(`examples/${name} ended:\n${output}`)));
  });
  return {
    url,
    ended,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid, "SIGTERM");
      await ended;
    },
  };
}

/** Installs what the example's package-lock.json names, unless it was done with the same one. */
async function installed(folder) {
  const digest = createHash("sha256").update(await readFile(join(folder, "package-lock.json"))).digest("hex");
  const note = join(folder, "node_modules/.installed");
  if ((await readFile(note, "utf8").catch(() => "")) === digest) return;
  console.log(`    Installing ${folder.slice(root.length)}/node_modules`);
  const options = ["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const child = spawn("npm", options, { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
  const [status] = await once(child, "close");
  if (status !== 0) throw new Refusal(`\`npm ${options.join(" ")}\` in ${folder} failed (exit status ${status})`);
  await writeFile(note, digest);
}

await main(import.meta.url, async () => {
  const [name, port = "0"] = process.argv.slice(2);
  if (!Object.hasOwn(TRIES, name ?? "")) throw new Refusal(`which example? npm run example -- ${Object.keys(TRIES).join("|")}`);
  await build();
  // Here and not above: it imports the package, which may not be built before.
  const { crm } = await import("../examples/crm.mjs");
  const stand = await crm(({ method, path, body }) => console.log(`the CRM gets ${method} ${path} ${body}`));
  try {
    const { url, stop, ended } = await example(name, { port: Number(port), crm: stand.url });
    for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => void stop());
    console.log(`\nexamples/${name} is at ${url}  (stop with Ctrl-C)\n`);
    for (const line of TRIES[name](url)) console.log(`  ${line}\n`);
    await ended;
  } finally {
    await stand.close();
  }
});
