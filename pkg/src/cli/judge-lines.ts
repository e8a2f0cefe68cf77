// Lines of NDJSON, judged many at once by what the core has for that; see verdict.ts for other rows.

import { Chunks } from "./chunks.js";
import { inThread, linesOf, requestSize, type Repeated, type Task } from "./lines.js";
import { Rooms } from "./rooms.js";
import type { Counted } from "./tally.js";
import type { Job, Verdict } from "./verdict.js";
import { byWorkers } from "./workers.js";

/** Judges lines of NDJSON, by as many workers; by one in this thread. */
export async function* judgeLines(job: Job, blocks: AsyncIterable<Uint8Array>, task: Task, workers: number): AsyncGenerator<Verdict> {
  const rooms = new Rooms();
  const chunks = new Chunks(requestSize(task), rooms);
  // Before anything is judged: what they are in is then an instance with little else in it.
  const keys = task.plans && linesOf(job.operation).keys();
  const repeated: Repeated = (own, first) => keys?.remember(own, first) ?? own;
  const judge = workers === 1 ? inThread(task, repeated, rooms) : byWorkers(workers, task, repeated, rooms);
  const decoder = new TextDecoder();
  for await (const { out, report, summary } of judge(chunks.of(blocks))) {
    job.tally.add(JSON.parse(decoder.decode(summary)) as Counted);
    yield { out, report };
  }
}
