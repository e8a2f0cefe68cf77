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

/** What is told of items: a copy of the core's record, which the next call overwrites. */
export class ToldItems {
  readonly #core: Instance;
  readonly #words: Uint32Array;
  readonly #bytes: Uint8Array;

  /** @param header - the address that the core's `plan` gave */
  constructor(core: Instance, header: number) {
    const words = core.words();
    const at = header >>> 2;
    const start = (words[at + 3] as number) >>> 2;
    const text = words[at + 5] as number;
    this.#core = core;
    this.#words = words.slice(start, start + (words[at + 4] as number));
    this.#bytes = core.bytes().slice(text, text + (words[at + 6] as number));
  }

  /** Results and summary, and the items if they are wanted. */
  read(withItems: boolean): Omit<PlanParts, "issues"> {
    const reader = new RecordReader(this.#core, this.#words, decode(this.#bytes));
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
    ...(ok && { request }),
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
    ...(changes.length > 0 && { changes }),
  } as Plan;
  // Else console.log would print `[Getter]`.
  Object.defineProperty(plan, INSPECT, { value: () => ({ ...plan }), configurable: true });
  return plan;
}

const INSPECT: unique symbol = /*#__PURE__*/ Symbol.for("nodejs.util.inspect.custom") as never;
