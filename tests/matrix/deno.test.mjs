// Deno, with the package in node_modules. Nothing is allowed to it: no file, no network, no environment.

import { row } from "./row.mjs";
import { run, versionOf } from "./place.mjs";

const version = () => versionOf("deno");
const deno = (folder) => run("deno", ["run", "--no-prompt", "--no-remote", "--node-modules-dir=manual", "main.js"], folder, { DENO_NO_UPDATE_CHECK: "1" });

row("Deno, import", { fixture: "deno-import", version, run: deno });
row("Deno, require", { fixture: "deno-require", version, run: (folder) => run("deno", ["run", "--no-prompt", "--no-remote", "--node-modules-dir=manual", "--allow-read", "main.cjs"], folder, { DENO_NO_UPDATE_CHECK: "1" }) });
