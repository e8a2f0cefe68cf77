// Lines of NDJSON, judged chunk by chunk: in this thread, or by workers.

import { openapi, type OpenApiOperation, type Options, type PlansOptions } from "prewash";
import type { BodyLines, ItemLines, Judged, Lines, Place, Told } from "../lines.js";
import type { Chunk, RequestSize } from "./chunks.js";
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
    return "items" in this.#lines ? this.#lines.items.judge(text, this.#rooms.copy) : nothing();
  }

  /** Tells what came of a chunk that was judged, given which keys came before. */
  tell(text: Uint8Array, handle: number, repeated: Uint8Array, place: Place): Told {
    if ("bodies" in this.#lines) return this.#lines.bodies.tell(text, place, this.#reported, this.#rooms.copy);
    return this.#lines.items.tell(text, handle, repeated, place, this.#reported, this.#rooms.copy);
  }
}

/** What a request may hold; of bodies each is alone. */
export function requestSize({ operation, document, plans }: Task): RequestSize {
  if (!plans) return { items: 1, bytes: LONGEST };
  const { most } = linesOf(openapi(document)[operation] as OpenApiOperation).items(plans);
  return { items: most, bytes: LONGEST / 2 };
}

/** Bodies have no keys. Made anew: a worker gives its buffer away. */
const nothing = (): Judged => ({ handle: 0, keys: new Uint8Array(0) });

/** Judges chunks, and gives what came of each, in their order; each is good until the next is asked for. */
export type Bench = (chunks: AsyncIterable<Chunk>) => AsyncGenerator<Told>;

/** Gives the rows whose keys came before; called once for each chunk, in order. */
export type Repeated = (keys: Uint8Array, first: number) => Uint8Array;

/** Judges chunks in this thread. */
export function inThread(task: Task, repeated: Repeated, rooms: Rooms): Bench {
  const judge = new Judge(task, rooms);
  return async function* (chunks) {
    for await (const { text, ...place } of chunks) {
      const { handle, keys } = judge.judge(text);
      const told = judge.tell(text, handle, repeated(keys, place.index), place);
      rooms.free(text.buffer);
      rooms.free(keys.buffer);
      yield told;
      rooms.free(told.out.buffer);
      rooms.free(told.report.buffer);
    }
  };
}
