// Plans: what the core tells of items, decoded when it is first read.

import type { Instance } from "./instance.js";
import { RecordReader } from "./record.js";
import { translate, type Answer } from "./result.js";
import { decode } from "./text.js";
import type { BatchResult, Options, Plan, PlanItem, PlanParts } from "./types.js";

/** The core's statuses, by number. */
const STATUSES = ["created", "updated", "failed", "invalid"] as const;

/** Mends what is told of items, before anyone sees it. */
export type Amend = (items: PlanItem[]) => void;

/**
 * Where what is told of items is kept: many plans share a buffer, since to make one costs more than a
 * small plan does.
 */
let pool = /*#__PURE__*/ new ArrayBuffer(0);
let poolWords = /*#__PURE__*/ new Uint32Array(0);
let poolBytes = /*#__PURE__*/ new Uint8Array(0);
/** How many bytes of it are taken. */
let taken = 0;

/** The length of a shared buffer, in bytes, and of what is large enough for one of its own. */
const POOL = 1 << 18;
const LARGE = 1 << 16;

/** What is told of items: a copy of the core's record, which the next call overwrites. */
export class ToldItems {
  readonly #core: Instance;
  readonly #buffer: ArrayBuffer;
  readonly #start: number;
  readonly #words: number;
  readonly #length: number;

  /** @param header - the address that the core's `plan` gave */
  constructor(core: Instance, header: number) {
    const words = core.words();
    const at = header >>> 2;
    const start = (words[at + 3] as number) >>> 2;
    const text = words[at + 5] as number;
    this.#core = core;
    this.#words = words[at + 4] as number;
    this.#length = words[at + 6] as number;
    const size = this.#words * 4 + this.#length;
    if (taken + size > pool.byteLength) {
      pool = new ArrayBuffer(Math.max(size, size > LARGE ? 0 : POOL));
      poolWords = new Uint32Array(pool, 0, pool.byteLength >>> 2);
      poolBytes = new Uint8Array(pool);
      taken = 0;
    }
    this.#buffer = pool;
    this.#start = taken;
    poolWords.set(words.subarray(start, start + this.#words), taken >>> 2);
    poolBytes.set(core.bytes().subarray(text, text + this.#length), taken + this.#words * 4);
    taken = (taken + size + 3) & ~3;
  }

  /** Results and summary, and the items if they are wanted. */
  read(withItems: boolean): Omit<PlanParts, "issues"> {
    const words = new Uint32Array(this.#buffer, this.#start, this.#words);
    const text = decode(new Uint8Array(this.#buffer, this.#start + this.#words * 4, this.#length));
    const reader = new RecordReader(this.#core, words, 0, text);
    reader.lists();
    const [id, key] = [reader.text(), reader.text()];
    const [created, updated, failed] = [reader.word(), reader.word(), reader.word()];
    const [first, count] = [reader.word(), reader.word()];
    const total = created + updated + failed;
    const results: BatchResult[] = [];
    const items: PlanItem[] = [];
    for (let at = 0; at < count; at++) {
      const status = STATUSES[reader.word()] as PlanItem["status"];
      const domain = (reader.value() ?? null) as string | null;
      const known = reader.value() ?? null;
      const error = reader.value() as string | undefined;
      if (withItems) items.push({ index: first + at, status, [key]: domain, issues: [], changes: [] } as unknown as PlanItem);
      if (total === 0 || status === "invalid") continue;
      const result: Record<string, unknown> = { [id]: known, [key]: domain, status };
      if (error !== undefined) result.error = error;
      results.push(result as BatchResult);
    }
    if (withItems) for (const item of items) Object.assign(item, reader.lists());
    return { results, summary: { total, created, updated, failed }, items };
  }
}

/**
 * A plan whose parts are decoded when one of them is first read.
 *
 * The parts are own enumerable accessors until then and plain members from then on, so that
 * comparing, copying, JSON.stringify and console.log all see a plain object.
 */
export function planOf(
  { ok, issues, changes }: Answer,
  request: unknown,
  told: ToldItems,
  messages: Options["messages"],
  amend?: Amend,
): Plan {
  const set = <K extends "results" | "summary" | "items">(name: K, value: PlanParts[K]): PlanParts[K] => {
    Object.defineProperty(plan, name, { value, writable: true, enumerable: true, configurable: true });
    return value;
  };
  const plan = {
    ok,
    request,
    get results() {
      const { results, summary } = told.read(false);
      set("summary", summary);
      return set("results", results);
    },
    get summary() {
      void this.results;
      return this.summary;
    },
    get items() {
      const { items } = told.read(true);
      amend?.(items);
      for (const item of items) translate(item.issues, messages);
      return set("items", items);
    },
    issues,
  } as Plan;
  if (!ok) delete plan.request;
  if (changes.length > 0) plan.changes = changes;
  // Else console.log would print `[Getter]`.
  Object.defineProperty(plan, INSPECT, PLAIN);
  return plan;
}

const PLAIN = {
  value(this: object) {
    return { ...this };
  },
  configurable: true,
};

const INSPECT: unique symbol = /*#__PURE__*/ Symbol.for("nodejs.util.inspect.custom") as never;
