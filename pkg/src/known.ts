// What the caller knows of the CRM, as text for the core.

import { Mistake } from "./mistake.js";
import type { Instance } from "./instance.js";
import { asked } from "./source.js";
import { put } from "./text.js";
import type { Known } from "./types.js";

/** What is known, written once and made anew in each instance. */
export class KnownText {
  #text: string;
  #core: Instance | undefined;
  #handle = 0;

  /** @throws Mistake if something in it is of the wrong type */
  constructor({ existing, customFields, segment }: Known) {
    this.#text = JSON.stringify({
      existing: existing === undefined ? undefined : domains(existing),
      customFields: customFields === undefined ? undefined : list(customFields, "customFields"),
      segment,
    });
  }

  /** The handle. A fresh instance knows of no earlier plans: what it must know of them is asked for. */
  in(core: Instance): number {
    if (this.#core !== core) {
      const { lost } = this;
      if (lost) this.#recall(this.sent());
      this.#handle = asked(() => core.glue.known(put(core, this.#text)));
      this.#core = core;
      if (lost) this.recalled();
    }
    return this.#handle;
  }

  /** Whether the instance is gone that remembers the domains of earlier plans. */
  get lost(): boolean {
    return this.#core?.usable === false;
  }

  /** Gives the domains of earlier plans that exist by now. */
  sent: () => string[] = () => [];
  /** Is called when they are known again. */
  recalled: () => void = () => {};

  #recall(sent: readonly string[]): void {
    const { existing = [], ...known } = JSON.parse(this.#text) as { existing?: unknown[] };
    // The last holds: an id that was given for one of them.
    this.#text = JSON.stringify({ ...known, existing: [...sent, ...existing] });
  }

  release(): void {
    if (this.#core?.usable) this.#core.glue.release_known(this.#handle);
    this.#core = undefined;
  }
}

function domains(existing: NonNullable<Known["existing"]>): unknown[] {
  if (typeof existing === "object" && existing !== null && !(Symbol.iterator in existing)) {
    return Object.entries(existing);
  }
  const all = list(existing, "existing");
  all.forEach((one, index) => {
    if (typeof one !== "string" && !(Array.isArray(one) && typeof one[0] === "string")) {
      throw new Mistake(`existing[${index}] must be a domain or [domain, id]`);
    }
  });
  return all;
}

function list(given: unknown, name: string): unknown[] {
  // A string is iterable too, by its characters.
  if (typeof given !== "object" || given === null || !(Symbol.iterator in given)) {
    throw new Mistake(`${name} must be iterable, such as an array`);
  }
  return Array.from(given as Iterable<unknown>);
}
