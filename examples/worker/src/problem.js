// Refusals, as problem+json (RFC 9457).

import { toProblem } from "prewash";

/** What is no JSON is the client's mistake in writing it, what is too large in its size. */
const STATUSES = { invalid_json: 400, invalid_unicode: 400, duplicate_key: 400, too_large: 413 };

/**
 * The answer to what is not sent on.
 *
 * @param {{ issues: import("prewash").Issue[] }} result
 * @param {number} [status] by the issues, if not given
 */
export function refused(result, status = STATUSES[result.issues[0]?.code] ?? 422) {
  return Response.json(toProblem(result, { status }), { status, headers: { "content-type": "application/problem+json" } });
}
