// What the core tells of an input: words of 32 bits and a text, as src/record.rs writes them.

import type { Instance } from "./instance.js";
import { toPointer } from "./path.js";
import { RENAMED, own } from "./result.js";
import { pathOf, replaceAt, valueAt } from "./shape.js";
import { textAt } from "./text.js";
import type { Change, Issue, Path } from "./types.js";

const Value = { text: 1, json: 2, count: 3, list: 4, name: 6 } as const;

/** Stands for a path together with the number of a node of the shape. */
const NODE = 0x80000000;

/** Stands before the index of an element, where a key has the start of its text. */
const INDEX = 0xffffffff;

/** What stands in the program itself, by its place in the memory: the same in every instance. */
const names = /*#__PURE__*/ new Map<number, string>();

/** Reads a record from its start to its end. Everything in it is a copy, good for ever. */
export class RecordReader {
  readonly #core: Instance;
  readonly #words: Uint32Array;
  readonly #text: string;
  #at: number;

  /** @param start - where in the words the record begins */
  constructor(core: Instance, words: Uint32Array, start: number, text: string) {
    this.#core = core;
    this.#words = words;
    this.#at = start;
    this.#text = text;
  }

  word(): number {
    return this.#words[this.#at++] as number;
  }

  text(): string {
    const start = this.word();
    return this.#text.slice(start, start + this.word());
  }

  /** Issues and changes. */
  lists(): { issues: Issue[]; changes: Change[] } {
    const issues: Issue[] = [];
    const changes: Change[] = [];
    const [issueCount, changeCount] = [this.word(), this.word()];
    for (let at = 0; at < issueCount; at++) issues.push(this.#issue());
    for (let at = 0; at < changeCount; at++) changes.push(this.#change());
    return { issues, changes };
  }

  /** A value; undefined where there is none. */
  value(): unknown {
    switch (this.word()) {
      case Value.text:
        return this.text();
      case Value.name:
        return this.#name();
      case Value.json:
        return JSON.parse(this.text()) as unknown;
      case Value.count:
        return this.word() + this.word() * 2 ** 32;
      case Value.list: {
        const items: string[] = [];
        for (let left = this.word(); left > 0; left--) items.push(this.text());
        return items;
      }
      default:
        return undefined;
    }
  }

  #issue(): Issue {
    // An address is never 0: that stands before the text of a code that is not the core's own.
    const code = this.#words[this.#at] === 0 ? (this.#at++, this.text()) : this.#name();
    const severity = this.word() === 1 ? "error" : "warning";
    const path = this.#path();
    const message = this.text();
    const params: Record<string, unknown> = {};
    for (let left = this.word(); left > 0; left--) params[this.#name()] = this.value();
    const issue: Issue = { code, severity, path, pointer: toPointer(path), message, params };
    const suggestion = this.value();
    if (suggestion !== undefined) issue.suggestion = suggestion;
    const [line, column, offset] = [this.word(), this.word(), this.word()];
    if (line > 0) issue.position = { line, column, offset };
    return issue;
  }

  #change(): Change {
    const rule = this.#name();
    const path = this.#path();
    const from = this.value();
    const to = this.value();
    const change: Change = { path, pointer: toPointer(path), from, to, rule };
    return this.#withUnicode(change);
  }

  /**
   * Issues and changes of the value that was handed over last with its shape.
   *
   * @param copy - of the value; what is only replaced in it is replaced here
   * @param rest - gets the changes that are still to be applied
   */
  shaped(copy: unknown, rest: Change[]): { issues: Issue[]; changes: Change[] } {
    const issues: Issue[] = [];
    const changes: Change[] = [];
    const [issueCount, changeCount] = [this.word(), this.word()];
    for (let at = 0; at < issueCount; at++) issues.push(this.#issue());
    for (let at = 0; at < changeCount; at++) {
      const rule = this.#name();
      const node = this.word() - NODE;
      // No member below it, and that the caller has what it was.
      this.#at += 2;
      const path = pathOf(node);
      const isKey = rule === RENAMED;
      const from = isKey ? path.at(-1) : own(valueAt(node, copy));
      const to = this.value();
      const change: Change = { path, pointer: toPointer(path), from, to, rule };
      changes.push(this.#withUnicode(change));
      if (isKey || to === undefined || typeof to === "object" || node === 0) rest.push(change);
      else replaceAt(node, to);
    }
    return { issues, changes };
  }

  #withUnicode(change: Change): Change {
    const unicode = this.value();
    if (unicode !== undefined) change.unicode = unicode as string;
    return change;
  }

  #path(): Path {
    const count = this.word();
    if (count >= NODE) {
      const path = pathOf(count - NODE);
      const member = this.value();
      if (member !== undefined) path.push(member as string);
      return path;
    }
    const path: Path = [];
    for (let left = count; left > 0; left--) {
      if (this.#words[this.#at] === INDEX) path.push((this.#at++, this.word()));
      else path.push(this.text());
    }
    return path;
  }

  #name(): string {
    const [address, length] = [this.word(), this.word()];
    // No name is as long as 256 bytes.
    const key = address * 256 + length;
    let name = names.get(key);
    if (name === undefined) names.set(key, (name = textAt(this.#core, address, length)));
    return name;
  }
}
