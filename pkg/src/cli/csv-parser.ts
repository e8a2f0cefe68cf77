// csv-parse in Node: a stream that keeps back-pressure.

import { Readable, pipeline } from "node:stream";
import { parse, type Info } from "csv-parse";
import type { Parse } from "./csv.js";

export const parseCsv: Parse = (characters, options) => {
  const parser = parse(options);
  // An error of the source reaches the parser, and by it who reads.
  pipeline(Readable.from(characters), parser, () => {});
  return parser as AsyncIterable<{ record: string[]; info: Info }>;
};
