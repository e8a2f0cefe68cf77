// A Worker in front of a CRM's API: what is wrong is refused here, and the rest is sent on clean.

import { monaco, recotap } from "prewash";
import { pushAccounts } from "./accounts.js";
import { bodyOf } from "./body.js";
import { sentOn } from "./crm.js";
import { refused } from "./problem.js";

/** How many bytes a body may have; one that has more is not read further. */
const maxBytes = 64 * 1024;

const ROUTES = [
  { operation: monaco.upsertContact.with({ maxBytes }), answer: single },
  { operation: monaco.updateContact.with({ maxBytes }), answer: single },
  { operation: recotap.pushAccounts, answer: pushAccounts },
].map(({ operation, answer }) => ({
  operation,
  answer,
  pattern: new URLPattern({ pathname: operation.path.replace(/\{(\w+)\}/g, ":$1") }),
}));

export default {
  async fetch(request, env) {
    for (const { operation, answer, pattern } of ROUTES) {
      const match = pattern.exec(request.url);
      if (!match || request.method !== operation.method) continue;
      const parameters = operation.pathParameters.check(match.pathname.groups);
      return parameters.ok ? await answer(operation, request, env) : refused(parameters);
    }
    return refused({ issues: [] }, 404);
  },
};

/** A body of its own: bytes in, bytes out. */
async function single(operation, request, env) {
  const result = operation.body.checkText(await bodyOf(request, maxBytes));
  if (!result.ok) return refused(result);
  return await sentOn(request, env, result.json).catch(() => refused({ issues: [] }, 502));
}
