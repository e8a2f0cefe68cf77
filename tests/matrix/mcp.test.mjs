// The Model Context Protocol: schemas as what tools take. Its server needs Standard JSON Schema, which is
// what it lists, and Standard Schema, by which it judges calls.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import { places, versionOf } from "./place.mjs";
import { row } from "./row.mjs";
import { accounts, contact, noIdentifier, proven, wrongItem } from "./said.mjs";

const require = createRequire(join(places, "package.json"));

row("MCP server", {
  fixture: "mcp",
  version: async () => `${await versionOf("@modelcontextprotocol/server")}, Node ${process.versions.node}`,
  async run(folder) {
    const { Client } = require("@modelcontextprotocol/client");
    const { StdioClientTransport } = require("@modelcontextprotocol/client/stdio");
    const client = new Client({ name: "test", version: "1.0.0" });
    await client.connect(new StdioClientTransport({ command: process.execPath, args: ["main.js"], cwd: folder }));
    try {
      const { tools } = await client.listTools();
      const [contacts, batches] = ["upsertContact", "pushAccounts"].map((name) => tools.find((tool) => tool.name === name).inputSchema);
      assert.equal(contacts.properties.email.description, "an e-mail address");
      assert.deepEqual(contacts.anyOf.map(({ required }) => required), [["email"], ["linkedin_url"]]);
      assert.deepEqual(batches.$defs.Account.required, ["domain", "name"]);
      for (const [name, good, bad] of [["upsertContact", contact, noIdentifier], ["pushAccounts", accounts, wrongItem]]) {
        const done = await client.callTool({ name, arguments: good.body });
        assert.deepEqual(JSON.parse(done.content[0].text), good.value);
        const refused = await client.callTool({ name, arguments: bad.body });
        assert.equal(refused.isError, true);
        assert.ok(refused.content[0].text.includes(`${bad.path.join(".")}: ${bad.message}`), refused.content[0].text);
      }
      const { content } = await client.callTool({ name: "proof", arguments: {} });
      return { ...JSON.parse(content[0].text), also: [...proven, "its JSON Schema, listed"] };
    } finally {
      await client.close();
    }
  },
});
