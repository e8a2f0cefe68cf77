// A steady stream of checks: what it takes, it gives back.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const MEGABYTE = 1 << 20;

test("a million checks leave no memory and no handles behind", { timeout: 120_000 }, (context) => {
  const script = fileURLToPath(new URL("allocation.mjs", import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--expose-gc", script], { encoding: "utf8" });
  assert.equal(status, 0, stderr);
  const { early, late } = JSON.parse(stdout);
  for (const [name, measured] of Object.entries({ early, late })) context.diagnostic(`${name}: ${JSON.stringify(measured)}`);
  assert.equal(late.memory, early.memory, "WebAssembly's memory grew");
  assert.equal(late.handles, early.handles, "handles were left behind");
  assert.ok(late.compile > early.compile && late.with_options > early.with_options && late.known > early.known);
  assert.ok(late.heapUsed < early.heapUsed * 1.05 + MEGABYTE, "the heap grew");
  assert.ok(late.external < early.external * 1.05 + MEGABYTE, "what is outside of the heap grew");
  assert.ok(late.arrayBuffers < early.arrayBuffers * 1.05 + MEGABYTE, "buffers were left behind");
});
