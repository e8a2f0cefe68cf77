// Paths as users write them.

import type { Path } from "./types.js";

/**
 * A path from keys and indexes, a JSON Pointer (RFC 6901), or a name as form libraries write them.
 *
 * `""` is the root, what starts with `/` a pointer, all else is dotted: `accounts[0].domain`,
 * `accounts.0.domain`, `fields["a.b"]`. Digits are an index. What is no path names nothing, which is
 * for the core to say. Throws what an object throws that is none.
 */
export function toPath(path: Path | string): Path {
  if (Array.isArray(path)) return path.map((step) => (isIndex(step) ? step : String(step)));
  const text = String(path);
  if (text === "") return [];
  if (text.startsWith("/")) {
    return text.slice(1).split("/").map((step) => toStep(step.replaceAll("~1", "/").replaceAll("~0", "~")));
  }
  const steps: Path = [];
  for (const [, quoted, bracketed, plain] of text.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[([^\]]*)\]|([^.[\]]+)/g)) {
    steps.push(quoted === undefined ? toStep(bracketed ?? plain ?? "") : quoted.replace(/\\(.)/g, "$1"));
  }
  return steps;
}

/** No array is as long; the core counts in 32 bits. */
const MOST = 1e9;

function isIndex(step: unknown): step is number {
  return typeof step === "number" && Number.isInteger(step) && step >= 0 && step < MOST;
}

function toStep(text: string): string | number {
  return /^(?:0|[1-9]\d{0,8})$/.test(text) ? Number(text) : text;
}

/** A path as a JSON Pointer (RFC 6901). */
export function toPointer(path: Path): string {
  let pointer = "";
  for (const step of path) pointer += typeof step === "string" && ESCAPED.test(step) ? `/${escaped(step)}` : `/${step}`;
  return pointer;
}

const ESCAPED = /[~/]/;

function escaped(step: string): string {
  return step.replaceAll("~", "~0").replaceAll("/", "~1");
}
