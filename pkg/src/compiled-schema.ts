// Schemas: `check`, `checkText` and `checkField` on a handle of the core.

import { documentText } from "./document.js";
import { call, type Instance } from "./instance.js";
import { notText, required, tooLarge } from "./issue.js";
import { Mistake } from "./mistake.js";
import { toPath } from "./path.js";
import { answer, apply, refused, shapedResult, translate, type Answer } from "./result.js";
import { putShaped, shapeOf, type Shaped } from "./shape.js";
import { jsonSchema, type Described } from "./json-schema.js";
import { Handle, Source, asked } from "./source.js";
import type { StandardSchemaV1 } from "./standard.js";
import { asText, byteLength, isWellFormed, lengthOf, positionOf, put, putBytes, putIllFormed, textAt } from "./text.js";
import type { Issue, Options, Path, Refused, Result, Schema, TextResult } from "./types.js";
import { write, type Limits } from "./value.js";

/** Under a limit as low as this, a value is written as its JSON text to know its length. */
const LEAST_BYTES = 1 << 16;

/** How long a path may be as JSON text, in UTF-16: the core takes four times as many bytes. */
const MOST_PATH = 1 << 22;

/** The core's modes: the text was written from a value, and no output is wanted. */
const VALUE = 1 | 2;

/** A schema: a document that compiles once, and the options to check with. */
export class CompiledSchema<In, Out> implements Schema<In, Out> {
  readonly #source: Source;
  readonly #described: Described;
  readonly #options: Options;
  /** What the core is told of the options; a copy, since a handle is made once. */
  readonly #told: string | undefined;
  readonly #limits: Limits;
  readonly #handle: Source | Handle;
  #jsonSchema: object | undefined;
  #standard: Schema<In, Out>["~standard"] | undefined;

  /**
   * @param described - what tells of it, when asked
   */
  constructor(source: Source, described: Described, options: Options = {}) {
    this.#source = source;
    this.#described = described;
    this.#options = options;
    this.#limits = limitsOf(options);
    this.#told = told(options);
    this.#handle =
      this.#told === undefined
        ? source
        : new Handle((core) => {
            const base = source.handle(core);
            return asked(() => core.glue.with_options(base, put(core, this.#told as string)));
          });
  }

  check(value: unknown): Result<Out> {
    const { depth, bytes } = this.#limits;
    const shaped = bytes < LEAST_BYTES ? undefined : shapeOf(value, depth);
    const plain = shaped && call<Result<Out> | undefined>((core) => this.#checkPlain(core, shaped), refused);
    const result = plain ?? this.#checkAny(value);
    translate(result.issues, this.#options.messages);
    return result;
  }

  /** Checks a value that is plain; gives nothing where it turns out not to be. */
  #checkPlain(core: Instance, shaped: Shaped): Result<Out> | undefined {
    const handle = this.handle(core);
    const length = putShaped(core, shaped);
    if (length === undefined) return undefined;
    const header = core.glue.check_shaped(handle, length, shaped.nodes);
    return header === 0 ? undefined : shapedResult(core, header, shaped.copy);
  }

  #checkAny(value: unknown): Result<Out> {
    const written = write(value, this.#limits);
    if (written === undefined) return refused(required());
    if (written === "too_large") return refused(tooLarge(this.#limits.bytes));
    const { text, copy } = written;
    return call<Result<Out>>((core) => {
      const header = core.glue.check(this.handle(core), put(core, text), VALUE);
      const { ok, issues, changes } = answer(core, header);
      return ok ? { ok, value: apply(copy, changes) as Out, issues, changes } : { ok, issues, changes };
    }, refused);
  }

  checkText(json: string): TextResult<string>;
  checkText(json: Uint8Array): TextResult<Uint8Array>;
  checkText(json: string | Uint8Array): TextResult;
  checkText(json: string | Uint8Array): TextResult {
    const text = asText(json);
    if (text === undefined) return this.#refused(notText(json)) as TextResult;
    const over = overLimit(text, this.#limits.bytes);
    if (over) return this.#refused(over) as TextResult;
    const result = call<TextResult>(
      (core) => {
        const handle = this.handle(core);
        const told = answer(core, core.glue.check(handle, putText(core, text), 0));
        const { ok, issues, changes } = told;
        return ok ? { ok, json: output(core, told, text), issues, changes } : { ok, issues, changes };
      },
      (issue) => refused(issue) as TextResult,
    );
    translate(result.issues, this.#options.messages);
    return result;
  }

  checkField(path: Path | string, value: unknown): Result<unknown> {
    const [steps, named] = stepsOf(path);
    const written = write(value, this.#limits);
    if (written === "too_large") return this.#refused(tooLarge(this.#limits.bytes));
    const result = call<Result<unknown>>((core) => {
      const handle = this.handle(core);
      const pathLength = put(core, named);
      const length = written === undefined ? 0 : put(core, written.text, pathLength);
      const { ok, issues, changes } = answer(core, core.glue.check_field(handle, pathLength, length, VALUE));
      const value = ok ? apply(written?.copy, changes, steps.length) : undefined;
      return ok ? { ok, value, issues, changes } : { ok, issues, changes };
    }, refused);
    translate(result.issues, this.#options.messages);
    return result;
  }

  with(options: Options): Schema<In, Out> {
    return new CompiledSchema<In, Out>(this.#source, this.#described, { ...this.#options, ...options });
  }

  get jsonSchema(): object {
    return (this.#jsonSchema ??= this.#described.document());
  }

  get "~standard"(): Schema<In, Out>["~standard"] {
    return (this.#standard ??= {
      version: 1,
      vendor: "prewash",
      validate: (value: unknown): StandardSchemaV1.Result<Out> => {
        const result = this.check(value);
        if (result.ok) return { value: result.value };
        const errors = result.issues.filter((issue) => issue.severity === "error");
        return { issues: errors.map(({ message, path }) => ({ message, path })) };
      },
      jsonSchema: {
        input: ({ target }) => jsonSchema(this.#described, "input", target, this.#manner),
        output: ({ target }) => jsonSchema(this.#described, "output", target, this.#manner),
      },
    });
  }

  /** The handle in an instance, options included. */
  handle(core: Instance): number {
    return this.#handle instanceof Source ? this.#handle.handle(core) : this.#handle.in(core);
  }

  /** How far values and texts are read. */
  get limits(): Limits {
    return this.#limits;
  }

  /** The options given so far. */
  get options(): Options {
    return this.#options;
  }

  #refused(issue: Issue): Refused {
    translate([issue], this.#options.messages);
    return refused(issue);
  }

  get #manner(): { strict: boolean } {
    return { strict: this.#options.strict === true };
  }
}

/** The steps of a path, and their JSON text. */
function stepsOf(path: Path | string): [steps: Path, named: string] {
  try {
    const steps = toPath(path);
    const named = JSON.stringify(steps);
    if (named.length <= MOST_PATH) return [steps, named];
  } catch {
    // What is no path may throw while it is read.
  }
  throw new Mistake(`a path is text, or a list of keys and indexes, of at most ${MOST_PATH} characters`);
}

/** The issue of a text over the limit: found without copying it. */
export function overLimit(text: string | Uint8Array, limit: number): Issue | undefined {
  // A string has no more units than bytes. One with fewer units and more bytes is for the core.
  let length = typeof text === "string" ? text.length : lengthOf(text);
  if (length <= limit) return undefined;
  if (typeof text === "string") length = byteLength(text);
  let at = limit;
  // Where the first character begins that is over it; of a string that is found by encoding it.
  if (typeof text !== "string") while (at > Math.max(limit - 3, 0) && ((text[at] as number) & 0xc0) === 0x80) at -= 1;
  return tooLarge(limit, length, positionOf(text, at));
}

/** Writes a text into the input buffer; gives its length in bytes. */
export function putText(core: Instance, text: string | Uint8Array, at = 0): number {
  if (typeof text !== "string") return putBytes(core, text, at);
  return isWellFormed(text) ? put(core, text, at) : putIllFormed(core, text, at);
}

/** The output of a call, in the kind of its input. */
export function output<J extends string | Uint8Array>(core: Instance, told: Answer, input: J): J {
  const { unchanged, output, length } = told;
  if (unchanged) return input;
  if (typeof input === "string") return textAt(core, output, length) as J;
  // Unlike `slice`, this does not zero what it is about to fill.
  return new Uint8Array(core.bytes().subarray(output, output + length)) as Uint8Array as J;
}

function limitsOf({ maxDepth = 128, maxBytes = 16 << 20 }: Options): Limits {
  // The core's own bounds: MAX_DEPTH and MAX_BYTES of src/document/read.rs.
  return { depth: within(maxDepth, 512), bytes: within(maxBytes, 1 << 30) };
}

/** What is no limit at all is for the core to refuse, which has to be reached for that. */
function within(limit: number, most: number): number {
  return Number.isInteger(limit) && limit >= 0 ? Math.min(limit, most) : most;
}

/** The options for the core: without the messages, which are put in here; undefined if there are none. */
function told({ messages: _, ...options }: Options): string | undefined {
  const text = documentText(options, "options");
  return text === "{}" ? undefined : text;
}

