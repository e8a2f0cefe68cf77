// Domains alone, without a schema around them.

import { overLimit } from "./compiled-schema.js";
import { call } from "./instance.js";
import { RecordReader } from "./record.js";
import { answer, refused } from "./result.js";
import { schema } from "./schema.js";
import { put, putShort, textAt } from "./text.js";
import type { Change, Result, Schema } from "./types.js";

/**
 * Cleans a domain: `https://www.Acme.com/foo` is `acme.com`.
 *
 * Scheme, `www.`, port and path go; case and Unicode are mapped as UTS #46 has it. What is no domain
 * (one label, an IP address, an email address, …) is an issue that says what it is.
 */
export function cleanDomain(domain: string): Result<string> {
  if (typeof domain !== "string") return cleanOther(domain);
  const over = overLimit(domain, 16 << 20);
  if (over) return refused(over);
  return call<Result<string>>(
    (core) => {
      const place = core.glue.clean_domain(putShort(core, domain));
      if (place & PLACE) return cutOut(domain, place);
      const { ok, unchanged, output, length, issues, changes } = answer(core, place);
      given(changes, domain);
      if (!ok) return { ok, issues, changes };
      return { ok, value: unchanged ? domain : textAt(core, output, length), issues, changes };
    },
    (issue) => refused(issue),
  );
}

/**
 * Cleans many domains at once; the results are in the order of the input.
 *
 * @param domains - any iterable; what is no string in it is an issue
 */
export function cleanDomains(domains: Iterable<string>): Result<string>[] {
  const list: unknown[] = [...domains];
  const results: Result<string>[] = [];
  // Texts in a row are cleaned together; what is none is judged by itself.
  let start = 0;
  let length = 0;
  for (let at = 0; at < list.length; at++) {
    const text = list[at];
    const isText = typeof text === "string";
    if (isText) length += text.length;
    if (isText && at - start < MOST && (length <= LONGEST || at === start)) continue;
    cleanTexts(list.slice(start, at) as string[], results);
    start = at;
    length = isText ? text.length : 0;
    if (!isText) results.push(cleanOther(list[start++]));
  }
  cleanTexts(list.slice(start) as string[], results);
  return results;
}

/**
 * How many texts make one crossing, and how long they may be together if they are more than one.
 * What is lower-cased is cut out of one string, which as few should keep in memory as is still fast.
 */
const MOST = 1 << 10;
const LONGEST = 1 << 15;

/** Cleans texts in one crossing, but for what holds a NUL, which is what stands between texts. */
function cleanTexts(texts: readonly string[], results: Result<string>[]): void {
  const start = results.length;
  const together =
    texts.length > 1 &&
    call(
      (core) => {
        const at = core.glue.clean_domains(put(core, texts.join("\0")), texts.length) >>> 2;
        const words = core.words();
        const word = (index: number) => words[at + index] as number;
        if (word(0) === 0) return false;
        const names = word(2) === 0 ? "" : textAt(core, word(1), word(2));
        const reader = new RecordReader(core, words, word(3) >>> 2, textAt(core, word(5), word(6)));
        let nextName = 0;
        for (let index = 0; index < texts.length; index++) {
          const text = texts[index] as string;
          const place = word(7 + index);
          if (place === 0) results[start + index] = result(reader, text);
          else if (place & UPPER) results[start + index] = changed(text, names.slice(nextName, (nextName += lengthOf(place))));
          else results[start + index] = cutOut(text, place);
        }
        return true;
      },
      (issue) => {
        results.length = start;
        for (let at = 0; at < texts.length; at++) results.push(refused({ ...issue }));
        return true;
      },
    );
  if (!together) for (const text of texts) results.push(cleanDomain(text));
}

// The bits of a place (src/wasm.rs). None has no bit at all.
const PLACE = 1;
const UPPER = 2;
const lengthOf = (place: number) => (place >>> 2) & 0xff;
const startOf = (place: number) => place >>> 10;

/** A result for a domain of which the place is all that is told. */
function cutOut(text: string, place: number): Result<string> {
  const start = startOf(place);
  const length = lengthOf(place);
  if (place & UPPER) return changed(text, text.slice(start, start + length).toLowerCase());
  if (length === text.length) return { ok: true, value: text, issues: [], changes: [] };
  return changed(text, text.slice(start, start + length));
}

function changed(from: string, to: string): Result<string> {
  return { ok: true, value: to, issues: [], changes: [{ path: [], pointer: "", from, to, rule: "domain" }] };
}

/** A result as the core tells it: without a value if that is the text as it is. */
function result(reader: RecordReader, text: string): Result<string> {
  const ok = reader.word() === 1;
  const value = reader.value() as string | undefined;
  const { issues, changes } = reader.lists();
  given(changes, text);
  return ok ? { ok, value: value ?? text, issues, changes } : { ok, issues, changes };
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
