// A small stand-in for a CRM, on this machine alone: what the examples send to when they are tried.

import { createServer } from "node:http";
import { recotap } from "prewash";

/**
 * Starts it.
 *
 * @param {(request: { method: string, path: string, authorization?: string, body: string }) => void} [told] gets what was sent
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function crm(told = () => {}) {
  const domains = new Set();
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    told({ method: request.method, path: request.url, authorization: request.headers.authorization, body });
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(request.url === "/accounts" ? pushed(JSON.parse(body), domains) : { data: JSON.parse(body) }));
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close: () =>
      new Promise((closed) => {
        server.close(closed);
        server.closeAllConnections();
      }),
  };
}

/** What Recotap answers to accounts. */
function pushed({ accounts, upsert }, domains) {
  const outcomes = accounts.map(({ domain }) => {
    const exists = domains.has(domain);
    domains.add(domain);
    if (exists && !upsert) return { domain, status: "failed", error: `Account with domain '${domain}' already exists` };
    return { domain, status: exists ? "updated" : "created", id: `id-${domain}` };
  });
  return recotap.pushAccounts.batch.respond(outcomes);
}
