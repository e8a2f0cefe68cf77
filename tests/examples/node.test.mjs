// examples/node, by the command that the README names, before a stand-in for the CRM.

import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { after, before, beforeEach, describe, test } from "node:test";
import { promisify } from "node:util";
import { crm } from "../../examples/crm.mjs";
import { root } from "../../scripts/command.mjs";
import { example } from "../../scripts/example.mjs";
import { send, started } from "../service.mjs";

describe("the service", () => {
  const sent = [];
  let stand;
  let service;
  before(async () => {
    stand = await crm((request) => sent.push(request));
    service = await example("node", { crm: stand.url });
  });
  after(async () => {
    await service?.stop();
    await stand?.close();
  });
  beforeEach(() => sent.splice(0));

  const at = (path) => new URL(path, service.url);
  const errors = ({ status, body }) => ({ status, errors: body.errors.map(({ pointer, code }) => `${pointer} ${code}`) });
  test("sends a good contact on clean", async () => {
    const { status, body } = await send("PUT", at("v1/contacts/"), { email: " ada@ACME.com", domain: "https://www.Acme.com/x" });
    const clean = { email: "ada@acme.com", domain: "acme.com" };
    assert.deepEqual({ status, body }, { status: 200, body: { data: clean } });
    assert.deepEqual(sent.map(({ method, path, body }) => [method, path, body]), [["PUT", "/v1/contacts/", JSON.stringify(clean)]]);
  });
  test("refuses what is wrong with problem+json, and sends nothing", async () => {
    assert.deepEqual(errors(await send("PUT", at("v1/contacts/"), { first_name: "Ada" })), { status: 422, errors: ["/email missing_identifier"] });
    assert.deepEqual(errors(await send("POST", at("accounts"), { accounts: [{ domain: "localhost", name: "A" }] })), { status: 422, errors: ["/accounts/0/domain single_label"] });
    const write = (body) => fetch(at("v1/contacts/"), { method: "PUT", headers: { "content-type": "application/json" }, body });
    for (const [body, status, codes] of [["{oops", 400, ["invalid_json"]], ["", 400, ["invalid_json"]], [`"${"a".repeat(1024 * 1024)}"`, 413, []]]) {
      const response = await write(body);
      assert.deepEqual([response.status, response.headers.get("content-type").split(";")[0]], [status, "application/problem+json"]);
      assert.deepEqual((await response.json()).errors.map(({ code }) => code), codes);
    }
    assert.deepEqual(sent, []);
  });
  test("leaves wrong accounts out of a batch, and tells of every row", async () => {
    const accounts = [{ domain: "www.node.com", name: "Node" }, { domain: "localhost", name: "Local" }];
    const { status, body } = await send("POST", at("accounts"), { accounts });
    assert.deepEqual(sent.map(({ body }) => body), ['{"accounts":[{"domain":"node.com","name":"Node"}]}']);
    assert.deepEqual([status, body.done.map(({ id }) => id), body.fix.map(({ index }) => index)], [200, ["id-node.com"], [1]]);
    assert.deepEqual(errors({ status, body }).errors, ["/accounts/1/domain single_label"]);
  });
  test("says so when the CRM does not answer", async () => {
    await stand.close();
    const { status, body } = await send("PUT", at("v1/contacts/"), { email: "ada@acme.com" });
    assert.deepEqual([status, body.status, body.detail], [502, 502, "the CRM does not answer"]);
  });
});

describe("npm run example", () => {
  test("starts it, and what it prints to be tried works", async () => {
    const command = await started("npm", ["run", "--silent", "example", "--", "node"], { cwd: root, ready: /is at (http:\S+)[^]*accounts[^\n]*\n/ });
    try {
      const tries = command.told().match(/^ {2}curl .*$/gm);
      assert.equal(tries.length, 2);
      const answers = await Promise.all(tries.map((line) => promisify(execFile)("bash", ["-c", `${line.trim().replace("curl", "curl --silent --show-error")}`])));
      assert.deepEqual(answers.map(({ stdout }) => Object.keys(JSON.parse(stdout))), [["data"], ["done", "retry", "fix", "errors"]]);
      assert.match(command.told(), /the CRM gets POST \/accounts {"accounts":\[{"domain":"acme.com","name":"Acme"}\]}/);
    } finally {
      await command.stop();
    }
    await assert.rejects(fetch(command.url));
  });
  test("says which there are", () => {
    const { status, stderr } = spawnSync("npm", ["run", "--silent", "example"], { cwd: root, encoding: "utf8" });
    assert.deepEqual([status, stderr.trim()], [1, "which example? npm run example -- worker|node|form"]);
  });
});
