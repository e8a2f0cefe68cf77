// Accounts: a request of at most 100 as JSON, or any number of them as NDJSON, an account a line.
//
// Those are sent on as they come, a request for every 100, and told in the same way, a row a line: the
// Worker never holds more than one request. In both, rows that are wrong are left out and told.

import { toProblem } from "prewash";
import { bodyOf, linesOf } from "./body.js";
import { sentOn } from "./crm.js";
import { refused } from "./problem.js";

const MAX_BYTES = 1024 * 1024;

/** @param {typeof import("prewash").recotap.pushAccounts} operation */
export async function pushAccounts(operation, request, env) {
  const { batch } = operation.with({ maxBytes: MAX_BYTES });
  const type = request.headers.get("content-type") ?? "";
  if (type.startsWith("application/x-ndjson")) {
    const plans = batch.plans(linesOf(request, MAX_BYTES), { upsert: new URL(request.url).searchParams.has("upsert") });
    return new Response(ReadableStream.from(told(batch, plans, request, env)), { headers: { "content-type": "application/x-ndjson" } });
  }
  const plan = batch.plan(await bodyOf(request, MAX_BYTES));
  if (!plan.ok) return refused({ issues: [...plan.issues, ...plan.items.flatMap(({ issues }) => issues)] });
  const response = await sentOn(request, env, plan.request).catch(() => refused({ issues: [] }, 502));
  return response.ok ? Response.json({ rows: rowsOf(batch, plan, await response.text()) }) : response;
}

/** Sends plans, one after the other, and gives what came of their rows as text. */
async function* told(batch, plans, request, env) {
  const encoder = new TextEncoder();
  for await (const plan of plans) {
    // A CRM that does not answer leaves these rows unanswered, and those before them stand.
    const answer = plan.ok ? await sentOn(request, env, plan.request).then((response) => response.text(), () => "") : "{}";
    yield encoder.encode(rowsOf(batch, plan, answer).map((row) => `${JSON.stringify(row)}\n`).join(""));
  }
}

/** What came of a plan's rows, in order: the CRM's word, or what is wrong with them. */
function rowsOf(batch, plan, answer) {
  const { done, retry, fix } = batch.reconcile(plan, answer);
  const rows = [...done, ...retry, ...fix].sort((one, other) => one.index - other.index);
  const items = new Map(plan.items.map((item) => [item.index, item]));
  return rows.map((row) => (row.status === "invalid" ? { index: row.index, status: row.status, errors: errorsOf(items.get(row.index), plan) } : row));
}

/** What is wrong with a row, by pointers into the row itself. */
function errorsOf(item, plan) {
  const issues = item.issues.map((issue) => ({ ...issue, pointer: issue.pointer.replace(/^\/accounts\/\d+/, "") }));
  return toProblem({ issues: [...issues, ...plan.issues] }).errors;
}
