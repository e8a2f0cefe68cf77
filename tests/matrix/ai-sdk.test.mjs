// The AI SDK: a schema as what a model must answer. It asks by Standard JSON Schema and judges the
// answer by Standard Schema.

import assert from "node:assert/strict";
import { run, versionOf } from "./place.mjs";
import { row } from "./row.mjs";
import * as said from "./said.mjs";

row("AI SDK", {
  fixture: "ai-sdk",
  version: async () => `${await versionOf("ai")}, Node ${process.versions.node}`,
  async run(folder) {
    const { results, ...proof } = JSON.parse(await run("node", ["main.js", JSON.stringify(said)], folder));
    const [contact, noIdentifier, accounts, wrongItem] = results;
    assert.equal(contact.asked.properties.email.description, "an e-mail address");
    assert.deepEqual(accounts.asked.definitions.Account.required, ["domain", "name"]);
    assert.deepEqual([contact.output, accounts.output], [said.contact.value, said.accounts.value]);
    for (const [{ error, issues }, { message, path }] of [[noIdentifier, said.noIdentifier], [wrongItem, said.wrongItem]]) {
      assert.deepEqual([error, issues], ["AI_NoObjectGeneratedError", [{ message, path }]]);
    }
    return { ...proof, also: [...said.proven, "its JSON Schema, asked for"] };
  },
});
