// A batch as the peers do it: each account by itself, so that one bad row does not sink the others.

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/**
 * Plans a request, given and returned as bytes, with the results the vendor will give.
 *
 * @param {Uint8Array} bytes
 * @param {(account: object) => object | undefined} check - the clean account, or undefined
 * @param {number} [most] - how many accounts a request may hold
 */
export function plan(bytes, check, most = 100) {
  const body = JSON.parse(decoder.decode(bytes));
  if (!Array.isArray(body.accounts) || body.accounts.length === 0 || body.accounts.length > most) return undefined;
  const accounts = [];
  const results = [];
  const seen = new Set();
  for (const given of body.accounts) {
    const account = check(given);
    if (account === undefined) continue;
    const { domain } = account;
    const exists = seen.has(domain);
    seen.add(domain);
    accounts.push(account);
    results.push(
      exists && !body.upsert
        ? { rtp_aid: null, domain, status: "failed", error: existsAlready(domain) }
        : { rtp_aid: null, domain, status: exists ? "updated" : "created" },
    );
  }
  return {
    request: encoder.encode(JSON.stringify({ ...body, accounts })),
    results: encoder.encode(JSON.stringify(results)),
  };
}

function existsAlready(domain) {
  return `Account with domain '${domain}' already exists. Set upsert: true to update this account via this endpoint.`;
}
