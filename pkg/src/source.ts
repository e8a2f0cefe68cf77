// What schemas are compiled from, and their handles in the running instance.

import { Mistake } from "./mistake.js";
import { call, failed, instance, isTrap, type Instance } from "./instance.js";
import { put } from "./text.js";

/** What to compile of the text in the input buffer. */
export type Select =
  | { kind: "schema"; formats: "assert" | "annotate" }
  | { kind: "operation"; operation: string; part: Part["kind"]; name?: string | undefined };

/** One of the schemas of an operation. */
export interface Part {
  kind: "body" | "response" | "pathParameters" | "queryParameters" | "headerParameters";
  /** The media type of a body, the status of a response; the JSON, the successful one if not given. */
  name?: string | undefined;
}

/** A document, or a part of one, that is compiled when it is first needed. */
export class Source {
  readonly #text: string;
  readonly #select: Select;
  readonly #documents: readonly (readonly [uri: string, text: string])[];
  readonly #handle = new Handle((core) => this.#compile(core));

  /**
   * @param text - the JSON text of the document
   * @param documents - further documents, by the URI that `$ref` names them by
   */
  constructor(text: string, select: Select, documents: readonly (readonly [string, string])[] = []) {
    this.#text = text;
    this.#select = select;
    this.#documents = documents;
  }

  /**
   * The handle of the compiled schema.
   *
   * @throws Mistake if the document does not compile, with the place in it
   */
  handle(core: Instance): number {
    return this.#handle.in(core);
  }

  #compile(core: Instance): number {
    const length = put(core, this.#text);
    let end = length;
    const documents = this.#documents.map(([uri, text]) => {
      const offset = end;
      end += put(core, text, offset);
      return [uri, offset, end - offset];
    });
    return asked(() => core.glue.compile(JSON.stringify({ length, ...this.#select, documents })));
  }
}

/** Something in an instance that is made when it is first needed, and anew in a new instance. */
export class Handle {
  readonly #make: (core: Instance) => number;
  #core: Instance | undefined;
  #handle = 0;

  constructor(make: (core: Instance) => number) {
    this.#make = make;
  }

  in(core: Instance): number {
    if (this.#core !== core) {
      this.#handle = this.#make(core);
      this.#core = core;
      whenCollected(this, core, this.#handle);
    }
    return this.#handle;
  }
}

/** Runs a call that refuses the caller's mistakes with an exception; those are told as such. */
export function asked<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (isTrap(error)) throw error;
    throw new Mistake(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

interface Held {
  core: WeakRef<Instance>;
  handle: number;
}

let collected: FinalizationRegistry<Held> | undefined;

/** Releases a handle once its owner is gone. Where no runtime tells, handles stay: a few hundred bytes each. */
function whenCollected(owner: object, core: Instance, handle: number): void {
  if (typeof FinalizationRegistry !== "function" || typeof WeakRef !== "function") return;
  collected ??= new FinalizationRegistry(({ core, handle }: Held) => {
    const alive = core.deref();
    // Not into an instance that has trapped since.
    if (alive?.usable) alive.glue.release(handle);
  });
  collected.register(owner, { core: new WeakRef(core), handle });
}

/** Compiles now if the core can be started, so that a mistake is told where it was made. */
export function compileNow(source: Source): void {
  try {
    instance();
  } catch {
    // Before `init()`, or where WebAssembly is refused: the first check says so.
    return;
  }
  call((core) => source.handle(core), failed);
}
