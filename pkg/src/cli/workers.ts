// Chunks judged by worker threads. What depends on the order of the rows is decided in the main
// thread, in their order, so that the outputs are those of a single thread, byte for byte.

import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { Place, Told } from "../lines.js";
import type { Chunk } from "./chunks.js";
import { core } from "./core.js";
import { CannotRun } from "./failure.js";
import type { Bench, Repeated, Task } from "./lines.js";
import { Rooms } from "./rooms.js";
import { visible } from "./terminal.js";
import type { Answer, Ask } from "./worker.js";

/** How many chunks each worker has at most: one that it judges, and some that wait for it. */
const EACH = 3;

/** How many there may be. */
const MOST = 32;

/** Megabytes of young objects in a worker: it makes few, and none that stay. */
const YOUNG = 4;

/** Files of this many bytes are worth a second thread. */
const WORTH = 32 << 20;

/** The workers for an input of that size, where nothing is said: two for a large file. */
export function workersFor(size: number | undefined): number {
  return size !== undefined && size >= WORTH && availableParallelism() > 1 ? 2 : 1;
}

/** The number that `--workers` says. */
export function workersOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const count = Number(text);
  if (/^[1-9]\d?$/.test(text) && count <= MOST) return count;
  throw new CannotRun(`--workers ${visible(text)}: give a whole number from 1 to ${MOST}`);
}

/** Judges chunks in as many threads. */
export function byWorkers(count: number, task: Task, repeated: Repeated, rooms: Rooms): Bench {
  return async function* (chunks) {
    const crew = Array.from({ length: count }, () => new Hand(task));
    const queue: Promise<Done>[] = [];
    /** Ends when the keys of all chunks so far were taken. */
    let decided: Promise<void> = Promise.resolve();
    let sent = 0;
    try {
      for await (const { text, ...place } of chunks) {
        if (queue.length === count * EACH) yield* told(queue);
        const hand = crew.reduce((best, other) => (other.busy < best.busy ? other : best));
        const id = sent++;
        const keys = hand.judge(id, text);
        const before = decided;
        const found = (async () => {
          const own = await keys;
          await before;
          const rows = repeated(own, place.index);
          hand.rooms.free(own.buffer);
          return rows;
        })();
        decided = found.then(() => {});
        const done = (async () => {
          const { result, text } = await hand.tell(id, await found, place);
          rooms.free(text.buffer);
          return { result, hand };
        })();
        // A failure shows where the chunk is told, in its turn.
        for (const promise of [decided, done]) promise.catch(() => {});
        queue.push(done);
      }
      while (queue.length > 0) yield* told(queue);
    } finally {
      await Promise.all(crew.map((hand) => hand.end()));
    }
  };
}

/** What came of a chunk, and the worker that it came from. */
interface Done {
  result: Told;
  hand: Hand;
}

/** Gives what came of the first chunk. */
async function* told(queue: Promise<Done>[]): AsyncGenerator<Told> {
  const { result, hand } = await (queue.shift() as Promise<Done>);
  yield result;
  hand.rooms.free(result.out.buffer);
  hand.rooms.free(result.report.buffer);
}

type Result = Extract<Answer, { result: Told }>;

/** Who waits for the answers about a chunk. */
interface Waiting {
  judged(keys: Uint8Array<ArrayBuffer>): void;
  told(result: Result): void;
  failed(error: Error): void;
}

/** One worker. */
class Hand {
  /** Buffers of its that it gets again. */
  readonly rooms = new Rooms();
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #told = new Map<number, Promise<Result>>();
  #failure: Error | undefined;

  constructor(task: Task) {
    this.#worker = new Worker(fileURLToPath(import.meta.url), {
      workerData: { core, task },
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG },
    });
    this.#worker.on("message", (answer: Answer) => this.#take(answer));
    this.#worker.on("error", (error) => this.#fail(error.message));
    this.#worker.on("exit", (code) => this.#fail(`it ended with status ${code}`));
  }

  /** How many chunks it has. */
  get busy(): number {
    return this.#waiting.size;
  }

  /** Has a chunk judged; gives its keys. */
  judge(id: number, text: Chunk["text"]): Promise<Uint8Array<ArrayBuffer>> {
    return new Promise((judged, failed) => {
      const told = new Promise<Result>((told, never) => {
        const both = (error: Error): void => {
          failed(error);
          never(error);
        };
        this.#waiting.set(id, { judged, told, failed: both });
      });
      told.catch(() => {});
      this.#told.set(id, told);
      if (this.#failure) this.#waiting.get(id)?.failed(this.#failure);
      else {
        const rooms = this.rooms.empty();
        this.#ask({ judge: text, id, rooms }, [text.buffer, ...rooms]);
      }
    });
  }

  /** Has a chunk told that was judged. */
  tell(id: number, repeated: Uint8Array, place: Place): Promise<Result> {
    const told = this.#told.get(id) as Promise<Result>;
    this.#told.delete(id);
    this.#ask({ tell: id, repeated, place });
    return told;
  }

  async end(): Promise<void> {
    this.#worker.removeAllListeners("exit");
    await this.#worker.terminate();
  }

  #ask(ask: Ask, given: ArrayBuffer[] = []): void {
    this.#worker.postMessage(ask, given);
  }

  #take(answer: Answer): void {
    if ("failed" in answer) this.#fail(answer.failed);
    else if ("judged" in answer) this.#waiting.get(answer.judged)?.judged(answer.keys);
    else {
      this.#waiting.get(answer.told)?.told(answer);
      this.#waiting.delete(answer.told);
    }
  }

  #fail(reason: string): void {
    this.#failure ??= new CannotRun(`a worker failed: ${visible(reason)}`);
    for (const { failed } of this.#waiting.values()) failed(this.#failure);
    this.#waiting.clear();
  }
}
