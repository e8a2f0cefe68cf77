// Domains alone, without a schema around them.

import { call } from "./instance.js";
import { answer, refused } from "./result.js";
import { schema } from "./schema.js";
import { put, textAt } from "./text.js";
import type { Change, Issue, Result, Schema } from "./types.js";

/**
 * Cleans a domain: `https://www.Acme.com/foo` is `acme.com`.
 *
 * Scheme, `www.`, port and path go; case and Unicode are mapped as UTS #46 has it. What is no domain
 * (one label, an IP address, an email address, …) is an issue that says what it is.
 */
export function cleanDomain(domain: string): Result<string> {
  if (typeof domain !== "string") return cleanOther(domain);
  return call<Result<string>>(
    (core) => {
      const told = answer(core, core.glue.clean_domain(put(core, domain)));
      const { ok, unchanged, output, length, issues, changes } = told;
      given(changes, domain);
      if (!ok) return { ok, issues, changes };
      return { ok, value: unchanged ? domain : textAt(core, output, length), issues, changes };
    },
    (issue) => refused(issue),
  );
}

/**
 * Cleans many domains in one crossing; the results are in the order of the input.
 *
 * @param domains - any iterable; what is no string in it is an issue
 */
export function cleanDomains(domains: Iterable<string>): Result<string>[] {
  const list = Array.isArray(domains) ? (domains as string[]) : Array.from(domains);
  // The core takes texts, and what is none is put into its place afterwards.
  const others = new Map<number, unknown>();
  for (let at = 0; at < list.length; at++) if (typeof list[at] !== "string") others.set(at, list[at]);
  const texts = others.size === 0 ? list : Array.from(list, (text, at) => (others.has(at) ? "" : text));
  const results = call<Result<string>[]>(
    (core) => {
      const told = answer(core, core.glue.clean_domains(put(core, JSON.stringify(texts))));
      return (JSON.parse(textAt(core, told.output, told.length)) as Cleaned[]).map((cleaned, at) => result(cleaned, texts[at] as string));
    },
    (issue) => texts.map(() => refused({ ...issue })),
  );
  for (const [at, other] of others) results[at] = cleanOther(other);
  return results;
}

/** One element of the core's answer; empty lists may be left out. */
interface Cleaned {
  value?: string;
  issues?: Issue[];
  changes?: Change[];
}

function result({ value, issues = [], changes = [] }: Cleaned, text: string): Result<string> {
  given(changes, text);
  return value === undefined ? { ok: false, issues, changes } : { ok: true, value, issues, changes };
}

/** Half a surrogate pair is U+FFFD to the core, which no domain holds; a change tells what was given. */
function given(changes: Change[], text: string): void {
  for (const change of changes) change.from = text;
}

let anything: Schema<string> | undefined;

/** What is no string is judged as any other value of a wrong type is. */
function cleanOther(value: unknown): Result<string> {
  anything ??= schema<string>({ type: "string", format: "domain" });
  return anything.check(value);
}
