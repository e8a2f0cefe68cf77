// Hono's validator for Standard Schema, in workerd.

import assert from "node:assert/strict";
import { send } from "../service.mjs";
import { versionOf } from "./place.mjs";
import { row } from "./row.mjs";
import { accounts, contact, noIdentifier, proven, wrongItem } from "./said.mjs";
import { inWorkerd } from "./worker.mjs";

row("Hono, workerd", {
  fixture: "hono",
  version: async () => `${await versionOf("hono")}, @hono/standard-validator ${await versionOf("@hono/standard-validator")}, workerd ${await versionOf("workerd")}`,
  run: (folder) =>
    inWorkerd(folder, async (url) => {
      for (const [method, path, good, bad] of [["PUT", "contacts", contact, noIdentifier], ["POST", "accounts", accounts, wrongItem]]) {
        assert.deepEqual(await send(method, new URL(path, url), good.body), { status: 200, body: good.value });
        assert.deepEqual(await send(method, new URL(path, url), bad.body), { status: 400, body: { success: false, data: bad.body, error: [{ message: bad.message, path: bad.path }] } });
      }
      return { ...(await (await fetch(new URL("proof", url))).json()), also: proven };
    }),
});
