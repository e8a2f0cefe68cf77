// The tarball itself, by the tools that look for what is wrong with packages.

import assert from "node:assert/strict";
import { test } from "node:test";
import { note } from "./row.mjs";
import { places, run, tarball, versionOf } from "./place.mjs";

test("publint finds nothing, suggestions included", { timeout: 120_000 }, async () => {
  assert.match(await run("publint", ["run", tarball, "--strict"], places), /All good!/);
  note("publint", { version: await versionOf("publint"), idna: "", proven: ["strict"] });
});

test("attw finds nothing: the types are those of the code for every kind of resolution", { timeout: 120_000 }, async () => {
  const { analysis, problems } = JSON.parse(await run("attw", [tarball, "--format", "json"], places));
  assert.deepEqual(problems ?? {}, {});
  assert.deepEqual(analysis.problems, []);
  const entries = Object.keys(analysis.entrypoints);
  assert.deepEqual(entries, [".", "./slim", "./wasm", "./package.json"]);
  note("attw", { version: await versionOf("@arethetypeswrong/cli"), idna: "", proven: [`entries ${entries.length}`, "node10, node16, bundler"] });
});
