// What the page shows, in its URL: a case can be shared by its address, and comes back after a reload.

import { PARTS, type PartName } from "./part.js";

/** What all parts share. A part's own settings stand under keys of their own (`domain.text`, …). */
export interface Shown {
  /** Which part is shown. */
  part: PartName;
  /** Which operation is picked: `monaco.upsertAccount`, or of the user's own document `api.createLead`. */
  operation: string;
  /** The body, as JSON text, that the form and the editor both show. */
  body: string;
  /** What parts keep of their own, by keys with their name: `domain.text`. */
  [own: string]: string;
}

/** What holds when the URL says nothing. */
const FIRST: Shown = { part: "form", operation: "monaco.upsertAccount", body: "" };

/** An address longer than this is not written: some programs cut it off. The state itself has no limit. */
const LONGEST = 16_000;

type Listener = (changed: ReadonlySet<string>, by: unknown) => void;

/** The state, and who listens to it. */
export class State {
  #shown: Shown;
  readonly #listeners = new Set<Listener>();
  #writing = 0;

  constructor() {
    this.#shown = read();
    addEventListener("hashchange", () => this.#take(read()));
  }

  /** What is shown. */
  get shown(): Readonly<Shown> {
    return this.#shown;
  }

  /** Whether the address tells all there is; what is too long for one is left out of it. */
  get shareable(): boolean {
    return address(this.#shown).length <= LONGEST;
  }

  /**
   * Changes what is shown, tells the listeners and, a moment later, the URL.
   *
   * @param by - who changes it; handed to the listeners, so that one need not listen to itself
   */
  set(changes: Partial<Shown>, by?: unknown): void {
    const changed = new Set(Object.keys(changes).filter((key) => changes[key] !== this.#shown[key]));
    if (changed.size === 0) return;
    this.#shown = { ...this.#shown, ...changes } as Shown;
    for (const listener of this.#listeners) listener(changed, by);
    clearTimeout(this.#writing);
    this.#writing = setTimeout(() => history.replaceState(null, "", address(this.#shown, LONGEST)), 150);
  }

  /** Calls the listener at each change, with the keys that changed. */
  on(listener: Listener): void {
    this.#listeners.add(listener);
  }

  /** The whole address of what is shown, to be shared. */
  address(): string {
    return new URL(address(this.#shown, LONGEST), location.href).href;
  }

  #take(shown: Shown): void {
    const keys = new Set([...Object.keys(shown), ...Object.keys(this.#shown)]);
    const changed = new Set([...keys].filter((key) => shown[key] !== this.#shown[key]));
    if (changed.size === 0) return;
    this.#shown = shown;
    for (const listener of this.#listeners) listener(changed, undefined);
  }
}

function read(): Shown {
  const found = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
  const shown: Shown = { ...FIRST, ...found };
  if (!PARTS.some(({ name }) => name === shown.part)) shown.part = FIRST.part;
  return shown;
}

/** The fragment; what makes it too long is left out, the longest first. */
function address(shown: Shown, longest = Infinity): string {
  const kept = Object.entries(shown).filter(([key, value]) => value !== "" && value !== FIRST[key]);
  for (;;) {
    const text = `#${new URLSearchParams(kept)}`;
    if (text.length <= longest || kept.length === 0) return text === "#" ? location.pathname + location.search : text;
    kept.sort(([, one], [, other]) => one.length - other.length).pop();
  }
}
