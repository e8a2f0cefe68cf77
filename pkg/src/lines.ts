// Lines of NDJSON, judged many at once: for the command line, which has this by the name `~lines` of
// an operation. No part of the contract.
//
// The items of batches are judged in three steps, so that many can be judged at once and yet be told
// as if it was done in order: see src/batch/lines.rs.

import type { BatchSettings } from "./batch.js";
import type { CompiledSchema } from "./compiled-schema.js";
import { call, failed, taken, type Instance } from "./instance.js";
import { KnownText } from "./known.js";
import { asked } from "./source.js";
import { put, putBytes } from "./text.js";
import type { Issue, PlansOptions } from "./types.js";

/** Where lines are in their file. */
export interface Place {
  /** The first line, from 1. */
  row: number;
  /** The first row, from 0; blank lines are none. */
  index: number;
  /** Where the first line starts, in bytes. */
  offset: number;
}

/** What came of lines. */
export interface Told {
  /** Cleaned bodies or requests, a line each. */
  out: Uint8Array<ArrayBuffer>;
  /** Issues and changes, a line each, if they are wanted. */
  report: Uint8Array<ArrayBuffer>;
  /** What was counted, as JSON text. */
  summary: Uint8Array<ArrayBuffer>;
}

/** Copies bytes to where they can stay. */
export type Copy = (bytes: Uint8Array) => Uint8Array<ArrayBuffer>;

/** Items that were judged; good until they are told. */
export interface Judged {
  /** The keys of the items, for {@link Keys}. */
  keys: Uint8Array<ArrayBuffer>;
  handle: number;
  /** The instance that the handle is of. */
  core: Instance | undefined;
  /** The rows that were left out. */
  trapped: string;
}

type Body = CompiledSchema<unknown, unknown>;

// Below, `trapped` are the rows to leave out, since the core trapped on them: the JSON text of
// [[row, reason], …], or nothing. Where it traps, a call gives the reason.

/** Lines that are bodies. */
export class BodyLines {
  readonly #schema: Body;

  constructor(schema: Body) {
    this.#schema = schema;
  }

  tell(text: Uint8Array, trapped: string, { row, index, offset }: Place, reported: boolean, copy: Copy): Told | string {
    return call<Told | string>((core) => {
      const handle = this.#schema.handle(core);
      const length = putBytes(core, text);
      const left = put(core, trapped, length);
      return toldAt(core, core.glue.check_lines(handle, length, left, row, index, offset, Number(reported)), copy);
    }, reason);
  }
}

/** Lines that are the items of batches. They begin with the first of a request. */
export class ItemLines {
  /** How many items a request may hold. */
  readonly most: number;
  readonly #schema: Body;
  readonly #known: KnownText;
  readonly #members: string;

  constructor(schema: Body, settings: BatchSettings, { upsert, body, ...known }: PlansOptions) {
    this.most = settings.most;
    this.#schema = schema;
    this.#known = new KnownText(known);
    const flag = upsert === undefined || settings.upsert === undefined ? {} : { [settings.upsert]: upsert };
    this.#members = JSON.stringify({ ...body, ...flag }).slice(1, -1);
  }

  judge(text: Uint8Array, trapped: string, copy: Copy): Judged | string {
    return call<Judged | string>((core) => {
      const pointer = this.#judge(core, text, trapped);
      return { keys: spanAt(core, pointer, 1, copy), handle: handleAt(core, pointer), core, trapped };
    }, reason);
  }

  #judge(core: Instance, text: Uint8Array, trapped: string): number {
    const handle = this.#schema.handle(core);
    const known = this.#known.in(core);
    const length = putBytes(core, text);
    const members = put(core, this.#members, length);
    const left = put(core, trapped, length + members);
    return asked(() => core.glue.judge_lines(handle, known, length, members, left, this.most));
  }

  /**
   * Tells of lines that were judged.
   *
   * @param repeated - what {@link Keys} gave for them
   */
  tell(
    text: Uint8Array,
    judged: Judged,
    repeated: Uint8Array,
    { row, index, offset }: Place,
    reported: boolean,
    copy: Copy,
  ): Told | string {
    return call<Told | string>((core) => {
      // With an instance that trapped, all is gone that it had judged.
      const items = judged.core === core ? judged.handle : handleAt(core, this.#judge(core, text, judged.trapped));
      const handle = this.#schema.handle(core);
      const known = this.#known.in(core);
      const length = putBytes(core, text);
      const members = put(core, this.#members, length);
      const again = putBytes(core, repeated, length + members);
      const numbers = [length, members, again, this.most, row, index, offset, Number(reported)] as const;
      return toldAt(core, asked(() => core.glue.tell_lines(handle, known, items, ...numbers)), copy);
    }, reason);
  }
}

/** The keys of all items so far, in their order: in an instance of their own, which no row reaches. */
export class Keys {
  readonly #core = taken();
  readonly #known = new KnownText({});

  /** Takes the keys of items, of which the first has this index among all; gives those that came before. */
  remember(keys: Uint8Array, first: number): Uint8Array {
    return call((core) => {
      const known = this.#known.in(core);
      return spanAt(core, asked(() => core.glue.remember(known, putBytes(core, keys), first)), 1, slice);
    }, failed, this.#core);
  }
}

/** What the command line asks an operation for. */
export interface Lines {
  bodies(): BodyLines;
  items(options: PlansOptions): ItemLines;
  keys(): Keys;
}

const reason = ({ params }: Issue): string => String(params.reason);

/** What was judged, in the last word of a header. */
const handleAt = (core: Instance, pointer: number): number => core.words()[(pointer >>> 2) + 7] as number;

function toldAt(core: Instance, pointer: number, copy: Copy): Told {
  const [out, report] = [spanAt(core, pointer, 1, copy), spanAt(core, pointer, 3, copy)];
  return { out, report, summary: spanAt(core, pointer, 5, slice) };
}

const slice: Copy = (bytes) => bytes.slice() as Uint8Array<ArrayBuffer>;

/** A copy of the span that two words of a header tell. */
function spanAt(core: Instance, pointer: number, word: number, copy: Copy): Uint8Array<ArrayBuffer> {
  const at = (pointer >>> 2) + word;
  const [start, length] = core.words().subarray(at, at + 2) as unknown as [number, number];
  return copy(core.bytes().subarray(start, start + length));
}
