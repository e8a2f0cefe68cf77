// Express: schemas in a handler of any Standard Schema's.

import assert from "node:assert/strict";
import { send, started } from "../service.mjs";
import { versionOf } from "./place.mjs";
import { row } from "./row.mjs";
import { accounts, contact, noIdentifier, proven, wrongItem } from "./said.mjs";

row("Express", {
  fixture: "express",
  version: async () => `${await versionOf("express")}, Node ${process.versions.node}`,
  async run(folder) {
    const server = await started(process.execPath, ["main.js"], { cwd: folder });
    try {
      const at = (path) => new URL(path, server.url);
      for (const [method, path, good, bad] of [["PUT", "contacts", contact, noIdentifier], ["POST", "accounts", accounts, wrongItem]]) {
        assert.deepEqual(await send(method, at(path), good.body), { status: 200, body: good.value });
        assert.deepEqual(await send(method, at(path), bad.body), { status: 400, body: { issues: [{ message: bad.message, path: bad.path }] } });
      }
      return { ...(await (await fetch(at("proof"))).json()), also: proven };
    } finally {
      await server.stop();
    }
  },
});
