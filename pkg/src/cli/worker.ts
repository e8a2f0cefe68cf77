// A worker: judges the chunks that it is sent.

import { parentPort, workerData, type MessagePort } from "node:worker_threads";
import type { Judged, Place, Told } from "../lines.js";
import { Judge, type Task } from "./lines.js";
import { Rooms } from "./rooms.js";

/** What a worker is asked, chunk by chunk: to judge, then to tell. */
export type Ask =
  | { judge: Uint8Array<ArrayBuffer>; id: number; rooms: ArrayBuffer[] }
  | { tell: number; repeated: Uint8Array; place: Place };

/** What it answers: the keys, then what came of the chunk, and what the chunk was in. */
export type Answer =
  | { judged: number; keys: Uint8Array<ArrayBuffer> }
  | { told: number; result: Told; text: Uint8Array<ArrayBuffer> }
  | { failed: string };

/** A chunk that was judged, and is not told yet. */
interface Waiting {
  judged: Judged;
  text: Uint8Array<ArrayBuffer>;
}

/** Works until the main thread ends it. */
export function work(): void {
  const port = parentPort as MessagePort;
  const waiting = new Map<number, Waiting>();
  const rooms = new Rooms();
  let judge: Judge | undefined;
  const answer = (ask: Ask): void => {
    judge ??= new Judge((workerData as { task: Task }).task, rooms);
    if ("judge" in ask) {
      const { judge: text, id } = ask;
      for (const room of ask.rooms) rooms.free(room);
      const judged = judge.judge(text);
      waiting.set(id, { judged, text });
      send(port, { judged: id, keys: judged.keys }, judged.keys);
      return;
    }
    const { tell: id, repeated, place } = ask;
    const { judged, text } = waiting.get(id) as Waiting;
    waiting.delete(id);
    const result = judge.tell(text, judged, repeated, place);
    send(port, { told: id, result, text }, text, result.out, result.report, result.summary);
  };
  port.on("message", (ask: Ask) => {
    try {
      answer(ask);
    } catch (error) {
      send(port, { failed: error instanceof Error ? error.message : String(error) });
    }
  });
}

/** Sends, and gives away what holds the bytes rather than copy it. */
function send(port: MessagePort, answer: Answer, ...given: Uint8Array[]): void {
  port.postMessage(answer, given.map(({ buffer }) => buffer as ArrayBuffer));
}
