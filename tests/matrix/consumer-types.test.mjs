// The types of a schema, in those that take it.

import { join } from "node:path";
import { test } from "node:test";
import { root } from "../../scripts/command.mjs";
import { place, run } from "./place.mjs";

test("the types of a schema are understood by Hono, tRPC, the form libraries, MCP and the AI SDK", { timeout: 600_000 }, async () => {
  await run("node", [join(root, "node_modules/typescript/bin/tsc"), "--project", "."], await place("consumer-types"));
});
