// csv-parse in a browser: its build for that brings a stream of its own, which is written to and read
// by hand, since it knows no asynchronous iteration.

import { parse } from "csv-parse/browser/esm";
import type { Parse, Parsed } from "../../pkg/src/cli/csv.js";

export const parseCsv: Parse = async function* (characters, options) {
  const parser = parse(options);
  let failure: Error | undefined;
  let ended = false;
  parser.on("error", (error: Error) => (failure ??= error));
  parser.on("end", () => (ended = true));
  const records = function* (): Generator<Parsed> {
    for (let record = parser.read() as Parsed | null; record !== null; record = parser.read() as Parsed | null) yield record;
  };
  for await (const some of characters) {
    for (let at = 0; at < some.length; ) {
      const end = pieceEnd(some, at);
      parser.write(some.slice(at, end));
      yield* records();
      if (failure) throw failure;
      at = end;
    }
  }
  parser.end();
  while (!ended && !failure) {
    yield* records();
    await new Promise((later) => setTimeout(later));
  }
  if (failure) throw failure;
};

/** What the parser is given at once, in characters: it makes bytes of them by way of an array of numbers. */
const PIECE = 1 << 16;

/** Where a piece ends: between the halves of a surrogate pair is no place for that. */
function pieceEnd(text: string, start: number): number {
  const end = start + PIECE;
  if (end >= text.length) return text.length;
  const unit = text.charCodeAt(end - 1);
  return unit >= 0xd800 && unit <= 0xdbff ? end - 1 : end;
}
