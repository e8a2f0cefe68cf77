// Fastify: schemas as they are, and the JSON Schema that they tell.

import assert from "node:assert/strict";
import { send, started } from "../service.mjs";
import { versionOf } from "./place.mjs";
import { row } from "./row.mjs";
import { accounts, contact, noIdentifier, proven, wrongItem } from "./said.mjs";

row("Fastify", {
  fixture: "fastify",
  version: async () => `${await versionOf("fastify")}, Node ${process.versions.node}`,
  async run(folder) {
    const server = await started(process.execPath, ["main.js"], { cwd: folder });
    try {
      const at = (path) => new URL(path, server.url);
      for (const [method, path, good, bad, defaults] of [["PUT", "contacts", contact, noIdentifier, {}], ["POST", "accounts", accounts, wrongItem, { upsert: false }]]) {
        assert.deepEqual(await send(method, at(path), good.body), { status: 200, body: good.value });
        assert.deepEqual(await send(method, at(path), bad.body), { status: 400, body: { issues: [{ message: bad.message, path: bad.path }] } });
        // Fastify's own validator writes in what is default.
        assert.deepEqual(await send(method, at(`json-schema/${path}`), good.body), { status: 200, body: { ...good.value, ...defaults } });
      }
      const { status, body } = await send("PUT", at("json-schema/contacts"), noIdentifier.body);
      assert.deepEqual([status, body.code], [400, "FST_ERR_VALIDATION"]);
      assert.match((await send("POST", at("json-schema/accounts"), { accounts: [{ name: "Acme" }] })).body.message, /^body\/accounts\/0 must have required property 'domain'/);
      return { ...(await (await fetch(at("proof"))).json()), also: [...proven, "its JSON Schema, in and out"] };
    } finally {
      await server.stop();
    }
  },
});
