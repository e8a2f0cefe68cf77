// tRPC: schemas as the input of procedures, called by its own client.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import { started } from "../service.mjs";
import { places, versionOf } from "./place.mjs";
import { row } from "./row.mjs";
import { accounts, contact, noIdentifier, proven, wrongItem } from "./said.mjs";

const require = createRequire(join(places, "package.json"));

row("tRPC", {
  fixture: "trpc",
  version: async () => `${await versionOf("@trpc/server")}, Node ${process.versions.node}`,
  async run(folder) {
    const { createTRPCClient, httpBatchLink } = require("@trpc/client");
    const server = await started(process.execPath, ["main.js"], { cwd: folder });
    try {
      const client = createTRPCClient({ links: [httpBatchLink({ url: server.url })] });
      for (const [procedure, good, bad] of [[client.upsertContact, contact, noIdentifier], [client.pushAccounts, accounts, wrongItem]]) {
        assert.deepEqual(await procedure.mutate(good.body), good.value);
        await assert.rejects(procedure.mutate(bad.body), ({ message, data }) => {
          assert.equal(message, bad.message);
          assert.deepEqual([data.code, data.issues], ["BAD_REQUEST", [{ message: bad.message, path: bad.path }]]);
          return true;
        });
      }
      return { ...(await client.proof.query()), also: proven };
    } finally {
      await server.stop();
    }
  },
});
