// The issues that are found before the core is reached. All others are the core's.

import type { Issue, Position } from "./types.js";

function error(code: string, message: string, params: Record<string, unknown>): Issue {
  return { code, severity: "error", path: [], pointer: "", message, params };
}

/** The core trapped; nothing is known of the input. */
export function internal(cause: unknown): Issue {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return error("internal", "the check failed through no fault of the input; please report it", { reason });
}

/** `undefined` stands for no value at all. */
export function required(): Issue {
  return error("required", "a value is required", {});
}

/** A text, or the text of a value, is over the limit. The length of a value is not known in full. */
export function tooLarge(limit: number, length?: number, position?: Position): Issue {
  const issue =
    length === undefined
      ? error("too_large", `more than the ${limit} bytes that are taken`, { limit })
      : error("too_large", `${length} bytes are more than the ${limit} that are taken`, { length, limit });
  if (position) issue.position = position;
  return issue;
}

/** What was given for a JSON text is neither a string nor bytes. */
export function notText(value: unknown): Issue {
  let actual: string = value === null ? "null" : typeof value;
  try {
    if (Array.isArray(value)) actual = "array";
  } catch {
    // A proxy that was revoked.
  }
  return error("type", `\`${actual}\` is not JSON text, which is a string or bytes`, { actual });
}
