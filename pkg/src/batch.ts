// Batches: what to send, what will come of it, and what came of it.

import { CompiledSchema, output, overLimit, putText } from "./compiled-schema.js";
import { documentText } from "./document.js";
import { call, failed } from "./instance.js";
import { required, tooLarge } from "./issue.js";
import { KnownText } from "./known.js";
import { Mistake } from "./mistake.js";
import { toPointer } from "./path.js";
import { ToldItems, planOf, type Amend } from "./plan.js";
import { answer, translate } from "./result.js";
import { Source, asked } from "./source.js";
import { asText, isBytes, lengthOf, positionOf, put, textAt } from "./text.js";
import type {
  Batch,
  BatchAnswer,
  Issue,
  Known,
  Options,
  Outcome,
  Plan,
  PlanItem,
  PlansOptions,
  Reconciliation,
} from "./types.js";
import { Encoder } from "./utf8.js";
import { write } from "./value.js";

/** What `x-batch` says, and the schema of the body. */
export interface BatchSettings {
  /** The name of the array of items. */
  items: string;
  /** The name of the flag that has existing items updated. */
  upsert: string | undefined;
  /** The name of what items are known by. */
  key: string;
  /** How many items a request may hold. */
  most: number;
}

/** How many items the core is told of at once that are nothing but counted. */
const MANY = 1 << 12;

/** Modes of the core's `plan`. */
const VALUE = 1;
const REMEMBER = 4;

type Body = CompiledSchema<unknown, unknown>;

/** The batches of an operation; nothing is read or compiled before one is asked for. */
export function batchOf(body: () => Body, settings: () => BatchSettings): Batch {
  return {
    plan(request: unknown, known?: Known) {
      const given = known && new KnownText(known);
      try {
        return plan(body(), request, given) as Plan<never>;
      } finally {
        given?.release();
      }
    },
    plans(items: Iterable<unknown> | AsyncIterable<unknown>, options: PlansOptions = {}) {
      const requests = new Requests(body(), settings(), options);
      return (Symbol.asyncIterator in items ? plansAsync(items, requests) : plansSync(items, requests)) as never;
    },
    respond: (outcomes) => respond(body(), outcomes),
    reconcile: (plan, response) => reconcile(body(), plan, response),
  };
}

/** Items gathered into requests, and the domains remembered from one to the next. */
class Requests {
  readonly #schema: Body;
  readonly #settings: BatchSettings;
  readonly #rest: Record<string, unknown>;
  readonly #known: KnownText;
  readonly #alone: Body;
  #items: unknown[] = [];
  /** The bytes in them, if they are texts. */
  #size = 0;
  /** How many items were planned before these. */
  #planned = 0;
  /** How many of them the core was not told of. */
  #behind = 0;
  /** What was sent so far, a text for each request: should the instance trap that remembers it. */
  #sent: string[] = [];

  constructor(schema: Body, settings: BatchSettings, { upsert, body, ...known }: PlansOptions) {
    this.#schema = schema;
    this.#settings = settings;
    this.#rest = { ...body };
    if (upsert !== undefined) {
      if (settings.upsert === undefined) throw new Mistake("this operation has no `upsert`");
      this.#rest[settings.upsert] = upsert;
    }
    this.#known = new KnownText(known);
    // After a trap what was sent exists, as far as the rest of the items goes.
    this.#known.sent = () => {
      this.#behind = this.#planned;
      return this.#sent.splice(0).join("\0").split("\0");
    };
    this.#known.recalled = () => this.#catchUp();
    this.#alone = anyItem(schema.options);
  }

  /** Takes an item; gives the plans of the requests that are full. */
  *add(item: unknown): Generator<Plan, void, undefined> {
    const size = isBytes(item) ? lengthOf(item) : 0;
    // Texts are many bytes each at times, and all of a request must stay under the limit.
    if (this.#size + size > this.#schema.limits.bytes / 2) yield* this.flush();
    this.#size += size;
    if (this.#items.push(item) === this.#settings.most) yield* this.flush();
  }

  /** Gives the plan for the items that are left. */
  *flush(): Generator<Plan, void, undefined> {
    const items = this.#items;
    if (items.length === 0) return;
    this.#items = [];
    this.#size = 0;
    const { items: name, key } = this.#settings;
    if (!this.#known.lost) this.#catchUp();
    const made =
      isBytes(items[0])
        ? planTexts(this.#schema, this.#alone, name, texts(items), this.#rest, this.#known)
        : plan(this.#schema, { [name]: items, ...this.#rest }, this.#known, REMEMBER);
    // What cannot be read at all has no items, and yet these were given.
    if (!made.ok && made.items.length === 0) {
      made.items = items.map((_, at) => unread(this.#planned + at));
      this.#behind += items.length;
    }
    if (made.ok) this.#sent.push(made.results.map((result) => (result as unknown as Record<string, unknown>)[key]).join("\0"));
    this.#planned += items.length;
    yield made;
  }

  /** Has the core count the items that it could not read, or has forgotten. */
  #catchUp(): void {
    for (; this.#behind > 0; this.#behind -= Math.min(this.#behind, MANY)) {
      const nothing = { [this.#settings.items]: Array(Math.min(this.#behind, MANY)).fill(null) };
      judged(this.#schema, nothing, this.#known, REMEMBER);
    }
  }

  release(): void {
    this.#known.release();
  }
}

function unread(index: number): PlanItem {
  return { index, status: "invalid", domain: null, issues: [], changes: [] };
}

function texts(items: unknown[]): Uint8Array[] {
  for (const item of items) {
    if (!isBytes(item)) throw new Mistake("items must be all bytes, or all values");
  }
  return items as Uint8Array[];
}

function* plansSync(items: Iterable<unknown>, requests: Requests): Generator<Plan, void, undefined> {
  try {
    for (const item of items) yield* requests.add(item);
    yield* requests.flush();
  } finally {
    requests.release();
  }
}

async function* plansAsync(items: AsyncIterable<unknown>, requests: Requests): AsyncGenerator<Plan, void, undefined> {
  try {
    for await (const item of items) yield* requests.add(item);
    yield* requests.flush();
  } finally {
    requests.release();
  }
}

/** Judges nothing but whether the text of an item is JSON. */
function anyItem({ maxDepth = 128, ...options }: Options): Body {
  const source = new Source("true", { kind: "schema", formats: "annotate" });
  // In its request an item lies two levels deeper.
  return new CompiledSchema(source, { document: () => ({}), formats: false, text: false }, { ...options, maxDepth: maxDepth - 2 });
}

/**
 * Plans a request made of texts, each the JSON of one item.
 *
 * Each is read alone first. Text that is no JSON by itself might make sense between two others, and
 * one that is broken would break the whole request: `null` stands for it, which is no item.
 */
function planTexts(
  schema: Body,
  alone: Body,
  name: string,
  items: Uint8Array[],
  rest: Record<string, unknown>,
  known: KnownText,
): Plan {
  const encoder = new Encoder();
  const broken = new Map<number, Issue[]>();
  const members = JSON.stringify(rest).slice(1, -1);
  const parts: Uint8Array[] = [encoder.encode(`{${JSON.stringify(name)}:[`)];
  const starts: number[] = [];
  let size = (parts[0] as Uint8Array).length;
  const push = (part: Uint8Array) => {
    parts.push(part);
    size += lengthOf(part);
  };
  items.forEach((item, at) => {
    if (at > 0) push(COMMA);
    starts.push(size);
    const { ok, issues } = alone.checkText(item);
    if (!ok) broken.set(at, issues);
    push(ok ? item : NULL);
  });
  push(encoder.encode(members === "" ? "]}" : `],${members}}`));
  const body = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    body.set(part, at);
    at += lengthOf(part);
  }
  return plan(schema, body, known, REMEMBER, (judged) => {
    judged.forEach(({ issues }, index) => {
      for (const issue of issues) {
        if (!issue.position) continue;
        // Told where it is in the item, not in a request that the caller never saw.
        issue.position = positionOf(items[index] as Uint8Array, issue.position.offset - (starts[index] as number));
      }
    });
    for (const [index, issues] of broken) {
      const item = judged[index];
      if (!item) continue;
      const path = [name, index];
      item.issues = issues.map((issue) => {
        const whole = [...path, ...issue.path];
        return { ...issue, path: whole, pointer: toPointer(whole) };
      });
    }
  });
}

const COMMA = /*#__PURE__*/ new Uint8Array([0x2c]);
const NULL = /*#__PURE__*/ new Uint8Array([0x6e, 0x75, 0x6c, 0x6c]);

function plan(schema: Body, body: unknown, known?: KnownText, mode = 0, amend?: Amend): Plan {
  const made = judged(schema, body, known, mode, amend);
  translate(made.issues, schema.options.messages);
  return made;
}

function judged(schema: Body, body: unknown, known: KnownText | undefined, mode: number, amend?: Amend): Plan {
  const text = asText(body);
  const written = text === undefined ? write(body, schema.limits) : undefined;
  if (text === undefined && written === undefined) return refused(required());
  if (written === "too_large") return refused(tooLarge(schema.limits.bytes));
  const over = text === undefined ? undefined : overLimit(text, schema.limits.bytes);
  if (over) return refused(over);
  return call(
    (core) => {
      const handle = schema.handle(core);
      const knownHandle = known?.in(core) ?? 0;
      const length = text === undefined ? put(core, written?.text ?? "") : putText(core, text);
      const header = core.glue.plan(handle, knownHandle, length, mode | (text === undefined ? VALUE : 0));
      const told = answer(core, header);
      let request: unknown;
      if (told.ok) {
        if (text !== undefined) request = output(core, told, text);
        else request = told.unchanged ? written?.copy : (JSON.parse(textAt(core, told.output, told.length)) as unknown);
      }
      return planOf(told, request, new ToldItems(core, header), schema.options.messages, amend);
    },
    refused,
  );
}

function refused(issue: Issue): Plan {
  return {
    ok: false,
    results: [],
    summary: { total: 0, created: 0, updated: 0, failed: 0 },
    items: [],
    issues: [issue],
  };
}

function respond(schema: Body, outcomes: Iterable<Outcome>): BatchAnswer {
  const text = documentText(Array.from(outcomes), "outcomes");
  return call(
    (core) => {
      const handle = schema.handle(core);
      const pointer = asked(() => core.glue.respond(handle, put(core, text)));
      const { output, length } = answer(core, pointer);
      return JSON.parse(textAt(core, output, length)) as BatchAnswer;
    },
    failed,
  );
}

/** As much of a plan as reconciling needs. */
interface Sent {
  items: readonly PlanItem[];
}

function reconcile(schema: Body, plan: Sent, response: unknown): Reconciliation {
  const made = joined(schema, plan, response);
  translate(made.issues, schema.options.messages);
  return made;
}

function joined(schema: Body, { items }: Sent, response: unknown): Reconciliation {
  const none = (issue: Issue): Reconciliation => ({ ok: false, done: [], retry: [], fix: [], issues: [issue] });
  const { limits } = schema;
  let text = asText(response);
  if (text === undefined) {
    const written = write(response, limits);
    if (written === undefined) return none(required());
    if (written === "too_large") return none(tooLarge(limits.bytes));
    text = written.text;
  }
  const answered = text;
  const over = overLimit(answered, limits.bytes);
  if (over) return none(over);
  // Of an item, what is told of it is left out: that is most of it.
  const request = JSON.stringify({ items: items.map(({ issues: _, changes: __, ...item }) => item) });
  return call((core) => {
    const handle = schema.handle(core);
    const requestLength = put(core, request);
    const length = putText(core, answered, requestLength);
    const told = answer(core, core.glue.reconcile(handle, requestLength, length));
    const joined = JSON.parse(textAt(core, told.output, told.length)) as Reconciliation;
    // That the answer fits, whatever it says.
    return { ...joined, ok: joined.issues.every((issue) => issue.severity !== "error") };
  }, none);
}
