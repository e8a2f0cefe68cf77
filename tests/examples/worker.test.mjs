// examples/worker, in workerd, before a stand-in for the CRM.

import assert from "node:assert/strict";
import { request } from "node:http";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { after, before, beforeEach, describe, test } from "node:test";
import { crm } from "../../examples/crm.mjs";
import { example } from "../../scripts/example.mjs";

describe("the Worker", () => {
  const sent = [];
  let stand;
  let worker;
  before(async () => {
    stand = await crm((request) => sent.push(request));
    worker = await example("worker", { crm: stand.url });
  });
  after(async () => {
    await worker?.stop();
    await stand?.close();
  });
  beforeEach(() => sent.splice(0));

  const send = (method, path, body, headers = {}) => fetch(new URL(path, worker.url), { method, body, headers });
  const problem = async (response) => {
    assert.equal(response.headers.get("content-type"), "application/problem+json");
    const problem = await response.json();
    assert.equal(problem.status, response.status);
    return { status: response.status, errors: problem.errors.map(({ pointer, code }) => `${pointer} ${code}`) };
  };

  test("sends a good contact on clean, and otherwise byte for byte", async () => {
    const key = "custom_field_3c90c3cc-0d44-4b50-8888-8dd25736052a";
    const response = await send("PUT", "v1/contacts/", `{"${key}":1.0, "domain":"https://www.Acme.com/x","email":"ada@acme.com"}`, { authorization: "Bearer a" });
    assert.equal(response.status, 200);
    const body = `{"${key}":1.0, "domain":"acme.com","email":"ada@acme.com"}`;
    assert.deepEqual(sent, [{ method: "PUT", path: "/v1/contacts/", authorization: "Bearer a", body }]);
    assert.equal(await response.text(), JSON.stringify({ data: JSON.parse(body) }));
  });
  test("refuses what is wrong with problem+json, and sends nothing", async () => {
    assert.deepEqual(await problem(await send("PUT", "v1/contacts/", '{"first_name":"Ada"}')), { status: 422, errors: ["/email missing_identifier"] });
    assert.deepEqual(await problem(await send("PUT", "v1/contacts/", "{oops")), { status: 400, errors: [" invalid_json"] });
    assert.deepEqual(await problem(await send("PUT", "v1/contacts/")), { status: 400, errors: [" invalid_json"] });
    assert.deepEqual(await problem(await send("PATCH", "v1/preview/contacts/7", "{}")), { status: 422, errors: ["/contact_id uuid"] });
    assert.deepEqual(await problem(await send("GET", "v1/contacts/")), { status: 404, errors: [] });
    assert.deepEqual(sent, []);
  });
  test("reads no more of a body than is allowed", { timeout: 60_000 }, async () => {
    const { hostname, port } = new URL(worker.url);
    const upload = request({ hostname, port, method: "PUT", path: "/v1/contacts/" });
    upload.on("error", () => {});
    // A body that does not end: whoever reads all of it never answers.
    upload.write(`{"first_name":"${"a".repeat(100 * 1024)}`);
    const [response] = await once(upload, "response");
    const chunks = await response.toArray();
    upload.destroy();
    assert.equal(response.statusCode, 413);
    assert.equal(JSON.parse(Buffer.concat(chunks)).errors[0].code, "too_large");
    assert.deepEqual(sent, []);
  });
  test("leaves wrong accounts out of a batch, and tells of every row", async () => {
    const accounts = [{ domain: "https://www.batch.com/x", name: "Batch" }, { domain: "n/a", name: "Nobody" }];
    const response = await send("POST", "accounts", JSON.stringify({ accounts }));
    assert.deepEqual(sent.map(({ body }) => body), ['{"accounts":[{"domain":"batch.com","name":"Batch"}]}']);
    const [first, second] = (await response.json()).rows;
    assert.deepEqual(first, { index: 0, domain: "batch.com", status: "created", id: "id-batch.com", error: null });
    assert.deepEqual([second.index, second.status, second.errors[0].pointer, second.errors[0].code], [1, "invalid", "/domain", "placeholder"]);
    assert.deepEqual(await problem(await send("POST", "accounts", JSON.stringify({ accounts: [accounts[1]] }))), { status: 422, errors: ["/accounts/0/domain placeholder"] });
  });
  test("sends accounts on as they come, before the last of them is there", { timeout: 60_000 }, async () => {
    const { hostname, port } = new URL(worker.url);
    const upload = request({ hostname, port, method: "POST", path: "/accounts?upsert", headers: { "content-type": "application/x-ndjson" } });
    const line = (at) => `${JSON.stringify({ domain: at % 50 === 7 ? "localhost" : `https://www.stream-${at}.com/x`, name: "Stream" })}\n`;
    upload.write(Array.from({ length: 120 }, (_, at) => line(at)).join(""));
    const [response] = await once(upload, "response");
    const rows = createInterface({ input: response })[Symbol.asyncIterator]();
    const next = async () => JSON.parse((await rows.next()).value);
    const told = [];
    while (told.length < 100) told.push(await next());
    assert.deepEqual(sent.map(({ body }) => JSON.parse(body).accounts.length), [98]);
    // A line that comes in two parts, one that is no JSON, one that is empty, and one of the first again.
    upload.write(line(120).slice(0, 20));
    upload.end(`${line(120).slice(20)}{oops\n\n${line(1).trim()}`);
    while (told.length < 123) told.push(await next());
    assert.equal((await rows.next()).done, true);
    assert.deepEqual(told.map(({ index }) => index), Array.from({ length: 123 }, (_, at) => at));
    assert.deepEqual(told.filter(({ status }) => status === "invalid").map(({ index, errors }) => `${index} ${errors[0].pointer} ${errors[0].code}`), [
      ...["7 /domain single_label", "57 /domain single_label", "107 /domain single_label"],
      "121  invalid_json",
    ]);
    assert.deepEqual([told[120].domain, told[120].status, told[122].domain, told[122].status], ["stream-120.com", "created", "stream-1.com", "updated"]);
    assert.equal(sent.length, 2);
    assert.equal(JSON.parse(sent[1].body).upsert, true);
  });
  test("tells which rows a CRM that is gone has not answered", async () => {
    await stand.close();
    const response = await send("POST", "accounts", '{"domain":"a.com","name":"A"}\n{"domain":"","name":"B"}', { "content-type": "application/x-ndjson" });
    assert.deepEqual((await response.text()).trim().split("\n").map((row) => JSON.parse(row).status), ["unanswered", "invalid"]);
    for (const [method, path, body] of [["PUT", "v1/contacts/", '{"email":"ada@acme.com"}'], ["POST", "accounts", '{"accounts":[{"domain":"a.com","name":"A"}]}']]) {
      assert.deepEqual(await problem(await send(method, path, body)), { status: 502, errors: [] });
    }
  });
});
