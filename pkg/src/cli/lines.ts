// Lines of NDJSON, judged chunk by chunk: in this thread, or by workers.

import { openapi, type OpenApiOperation, type Options, type PlansOptions } from "prewash";
import type { BodyLines, Copy, ItemLines, Judged, Lines, Place, Told } from "../lines.js";
import { isBlank, type Chunk, type RequestSize } from "./chunks.js";
import type { Rooms } from "./rooms.js";
import { LONGEST } from "./row.js";

/** What a judge needs to know; plain data, so that a worker can be told. */
export interface Task {
  /** The document of the operation. */
  document: string;
  /** The operation, as `METHOD /path`. */
  operation: string;
  options: Options;
  /** What batches are planned with; undefined if the lines are bodies. */
  plans: PlansOptions | undefined;
  /** Whether issues and changes are wanted one by one. */
  reported: boolean;
}

/** What the operation has for the command line. */
export function linesOf(operation: OpenApiOperation): Lines {
  return (operation as unknown as { "~lines": Lines })["~lines"];
}

/** Judges chunks, in two steps: what depends on earlier rows is known only for the second. */
export class Judge {
  readonly #lines: { bodies: BodyLines } | { items: ItemLines };
  readonly #reported: boolean;
  readonly #rooms: Rooms;

  /** @param rooms - for what it gives */
  constructor({ document, operation, options, plans, reported }: Task, rooms: Rooms) {
    const lines = linesOf((openapi(document)[operation] as OpenApiOperation).with(options));
    this.#lines = plans ? { items: lines.items(plans) } : { bodies: lines.bodies() };
    this.#reported = reported;
    this.#rooms = rooms;
  }

  /** Judges; gives the keys of the rows, and what to tell of them by. */
  judge(text: Uint8Array): Judged {
    if ("bodies" in this.#lines) return nothing();
    const { items } = this.#lines;
    return spared(text, "", (trapped) => items.judge(text, trapped, this.#rooms.copy), (line) => this.#alone(items, line));
  }

  /** Tells what came of a chunk that was judged, given which keys came before. */
  tell(text: Uint8Array, judged: Judged, repeated: Uint8Array, place: Place): Told {
    const [reported, { copy }] = [this.#reported, this.#rooms];
    if ("bodies" in this.#lines) {
      const { bodies } = this.#lines;
      return spared(text, "", (trapped) => bodies.tell(text, trapped, place, reported, copy), (line) => bodies.tell(line, "", place, reported, nowhere));
    }
    const { items } = this.#lines;
    return spared(
      text,
      judged.trapped,
      (trapped) => items.tell(text, trapped === judged.trapped ? judged : { ...judged, core: undefined, trapped }, repeated, place, reported, copy),
      (line, row) => this.#alone(items, line, repeatedOf(repeated, row)),
    );
  }

  /** Judges a line and tells of it, for nothing but whether that traps. */
  #alone(items: ItemLines, line: Uint8Array, repeated = new Uint8Array(0)): object | string {
    const judged = items.judge(line, "", nowhere);
    return typeof judged === "string" ? judged : items.tell(line, judged, repeated, FIRST, this.#reported, nowhere);
  }
}

const FIRST: Place = { row: 1, index: 0, offset: 0 };
const nowhere: Copy = () => new Uint8Array(0);

/**
 * What a call about lines gives. Where it traps, each line is judged alone, in as many instances as
 * that takes, and then all are once more, without those that trap.
 *
 * @param left - the rows that are left out from the first
 * @param run - makes the call, without these rows; gives the reason where it traps
 * @param alone - does the same with one line
 */
function spared<T extends object>(
  text: Uint8Array,
  left: string,
  run: (trapped: string) => T | string,
  alone: (line: Uint8Array, row: number) => object | string,
): T {
  let told = run(left);
  if (typeof told === "object") return told;
  const lines = linesIn(text);
  const trapped = lines.map((line, row) => [row, alone(line, row)]).filter(([, reason]) => typeof reason === "string");
  told = run(JSON.stringify(trapped));
  if (typeof told === "object") return told;
  // Each passes alone, and all together trap: then it cannot be told which are to blame.
  const reason = told;
  told = run(JSON.stringify(lines.map((_, row) => [row, reason])));
  if (typeof told === "object") return told;
  throw new Error(told);
}

/** The lines that are rows. */
function linesIn(text: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let start = 0, end; start < text.length; start = end + 1) {
    end = text.indexOf(0x0a, start);
    if (end < 0) end = text.length;
    if (!isBlank(text, start, end)) lines.push(text.subarray(start, end));
  }
  return lines;
}

/** What is repeated of one row: the core has three words for each, the first of which is the row. */
function repeatedOf(repeated: Uint8Array, row: number): Uint8Array<ArrayBuffer> {
  const words = new Uint32Array(repeated.slice().buffer);
  for (let at = 0; at < words.length; at += 3) {
    if (words[at] === row) return new Uint8Array(words.slice(at, at + 3).fill(0, 0, 1).buffer);
  }
  return new Uint8Array(0);
}

/** What a request may hold; of bodies each is alone. */
export function requestSize({ operation, document, plans }: Task): RequestSize {
  if (!plans) return { items: 1, bytes: LONGEST };
  const { most } = linesOf(openapi(document)[operation] as OpenApiOperation).items(plans);
  return { items: most, bytes: LONGEST / 2 };
}

/** Bodies have no keys. Made anew: a worker gives its buffer away. */
const nothing = (): Judged => ({ keys: new Uint8Array(0), handle: 0, core: undefined, trapped: "" });

/** Judges chunks, and gives what came of each, in their order; each is good until the next is asked for. */
export type Bench = (chunks: AsyncIterable<Chunk>) => AsyncGenerator<Told>;

/** Gives the rows whose keys came before; called once for each chunk, in order. */
export type Repeated = (keys: Uint8Array, first: number) => Uint8Array;

/** Judges chunks in this thread. */
export function inThread(task: Task, repeated: Repeated, rooms: Rooms): Bench {
  const judge = new Judge(task, rooms);
  return async function* (chunks) {
    for await (const { text, ...place } of chunks) {
      const judged = judge.judge(text);
      const told = judge.tell(text, judged, repeated(judged.keys, place.index), place);
      rooms.free(text.buffer);
      rooms.free(judged.keys.buffer);
      yield told;
      rooms.free(told.out.buffer);
      rooms.free(told.report.buffer);
    }
  };
}
