// Node, as it is.

import { row } from "./row.mjs";
import { run } from "./place.mjs";

const version = () => process.versions.node;

row("Node, import", { fixture: "node-import", version, run: (folder) => run("node", ["main.js"], folder) });
row("Node, require", { fixture: "node-require", version, run: (folder) => run("node", ["main.cjs"], folder) });
