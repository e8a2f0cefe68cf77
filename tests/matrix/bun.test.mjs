// Bun.

import { row } from "./row.mjs";
import { run, versionOf } from "./place.mjs";

const version = () => versionOf("bun");
const bun = (file) => (folder) => run("bun", ["run", file], folder, { DO_NOT_TRACK: "1" });

row("Bun, import", { fixture: "bun-import", version, run: bun("main.js") });
row("Bun, require", { fixture: "bun-require", version, run: bun("main.cjs") });
