// The encoding of a file, by its first bytes.

import { CannotRun, systemReason } from "./failure.js";
import { joined } from "./row.js";

/**
 * The bytes of a file, less a UTF-8 byte order mark; UTF-16 and UTF-32 are refused.
 *
 * @param input - its name, for messages, and how much of it was read, which is counted here
 */
export async function* marked(stream: AsyncIterable<Uint8Array>, input: { name: string; read: number }): AsyncGenerator<Uint8Array> {
  // The first four bytes tell the encoding; a pipe may give them one by one.
  let head: Uint8Array | undefined = new Uint8Array(0);
  try {
    for await (const chunk of stream) {
      input.read += chunk.length;
      if (!head) {
        yield chunk;
        continue;
      }
      head = joined([head, chunk]);
      if (head.length < 4) continue;
      yield unmarked(head, input.name);
      head = undefined;
    }
  } catch (error) {
    if (error instanceof CannotRun) throw error;
    throw new CannotRun(`cannot read ${input.name}: ${systemReason(error)}`);
  }
  if (head && head.length > 0) yield unmarked(head, input.name);
}

function unmarked(head: Uint8Array, name: string): Uint8Array {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return head.subarray(3);
  const marked = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  // Text in Latin script without a mark: every other byte is zero.
  const wide = head.length >= 2 && head.subarray(0, 4).includes(0);
  if (marked || wide) throw new CannotRun(`${name} is UTF-16 or UTF-32; save it as UTF-8`);
  return head;
}
