// The time per byte of B1 for requests of other sizes.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { openapi } from "prewash";
import { accounts } from "../inputs.mjs";
import { measure } from "../measure.mjs";
import { digits, duration, kilobytes, ratio } from "../report.mjs";

/** About 10 MB. */
const MANY = 37_000;

export async function run({ samples }) {
  // The vendor takes 100 at most; nothing else is different in this document.
  const document = JSON.parse(readFileSync(new URL("../../apis/recotap.json", import.meta.url), "utf8"));
  delete document.components.schemas.AccountPush.properties.accounts.maxItems;
  const { batch } = openapi(document).pushAccounts;
  const body = (count) => {
    const bytes = new TextEncoder().encode(JSON.stringify({ accounts: accounts(count) }));
    assert.ok(batch.plan(bytes).ok);
    return { name: `${count.toLocaleString("en")} ${count === 1 ? "account" : "accounts"}, ${kilobytes(bytes.length)}`, bytes };
  };
  const measured = async (bodies, samples) => {
    const calls = bodies.map(({ name, bytes }) => [name, () => batch.plan(bytes).request.length]);
    const medians = await measure(Object.fromEntries(calls), samples);
    return bodies.map(({ name, bytes }) => ({ name, time: medians[name], perByte: medians[name] / bytes.length }));
  };
  // The large one comes afterwards: what it leaves to collect would be paid by the small ones.
  const few = Math.min(samples, 50);
  const each = [...(await measured([1, 10, 100].map(body), samples)), ...(await measured([body(MANY)], few))];
  const best = Math.min(...each.map(({ perByte }) => perByte));
  const lines = each.map(({ name, time, perByte }) => ({
    name,
    cells: [duration(time), `${digits(perByte)} ns`, ratio(perByte / best)],
  }));
  const spread = Math.max(...each.map(({ perByte }) => perByte)) / best;
  return [{ row: "growth", what: `B1 in other sizes, the largest with ${few} samples`, samples, head: ["time", "per byte", "of the best"], lines, targets: [{ of: "of the best, per byte", measured: spread, most: 1.5 }] }];
}
