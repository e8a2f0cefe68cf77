// workerd itself, with a worker of modules.

import assert from "node:assert/strict";
import { versionOf } from "./place.mjs";
import { row } from "./row.mjs";
import { byWrangler, inWorkerd } from "./worker.mjs";

const workerd = async () => `workerd ${await versionOf("workerd")}, miniflare ${await versionOf("miniflare")}`;

row("workerd, bundled by esbuild", {
  fixture: "workerd",
  version: async () => `${await workerd()}, esbuild ${await versionOf("esbuild")}`,
  run: (folder) => inWorkerd(folder, proof),
});
row("workerd, bundled by wrangler", {
  fixture: "workerd",
  version: async () => `${await workerd()}, wrangler ${await versionOf("wrangler")}`,
  run: (folder) => inWorkerd(folder, proof, byWrangler),
});

async function proof(url, modules) {
  // The file, and not bytes in the code, which workerd refuses to compile.
  assert.equal(modules.length, 2);
  assert.match(modules[0], /\.js$/);
  assert.match(modules[1], /prewash\.wasm$/);
  const response = await fetch(url);
  const text = await response.text();
  assert.equal(response.status, 200, text);
  return { ...JSON.parse(text), also: ["the .wasm file as a module"] };
}
