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

/** A link to what is shown, and the keys of what is too long for any. */
export interface Link {
  href: string;
  left: string[];
}

/** What holds when the URL says nothing. */
const FIRST: Shown = { part: "form", operation: "monaco.upsertAccount", body: "" };

/** An address longer than this is not written: some programs cut it off. The state itself has no limit. */
const LONGEST = 16_000;
/** A link longer than this is compressed: what can still be read at a glance is left as it is. */
const READABLE = 2000;
/** More than this does not get into an address compressed either, and is not tried. */
const HOPELESS = 1_000_000;
/** The key of a compressed address. */
const PACKED = "z";
/** How long a change waits for the next one: browsers refuse more than some hundred addresses a minute. */
const PAUSE = 350;

type Listener = (changed: ReadonlySet<string>, by: unknown) => void;

/** What is kept with an entry of the tab's history, where an address has no room for it. */
interface Entry {
  /** Which loading of the page made it. */
  visit: string;
  shown: Shown | undefined;
  part: PartName;
}

/** The state, and who listens to it. */
export class State {
  #shown: Shown;
  readonly #listeners = new Set<Listener>();
  readonly #visit = `${Date.now()}-${Math.random()}`;
  #writing: ReturnType<typeof setTimeout> | undefined;
  #written = 0;

  /** The state that the address tells, or that this entry of the history had. */
  static async open(): Promise<State> {
    return new State(await read());
  }

  private constructor(shown: Shown) {
    this.#shown = shown;
    addEventListener("popstate", () => void this.#moved());
    addEventListener("hashchange", () => void this.#moved());
    // Whoever reloads at once after a key finds it again.
    addEventListener("pagehide", () => this.#writing !== undefined && this.#write("replaceState"));
  }

  /** What is shown. */
  get shown(): Readonly<Shown> {
    return this.#shown;
  }

  /**
   * Changes what is shown, tells the listeners and, a moment later, the URL.
   *
   * @param by - who changes it; handed to the listeners, so that one need not listen to itself
   */
  set(changes: Partial<Shown>, by?: unknown): void {
    const shown = { ...this.#shown, ...changes } as Shown;
    const turned = shown.part !== this.#shown.part;
    // Another part is a step that the browser's Back takes back.
    if (turned) this.#write("replaceState");
    if (!this.#take(shown, by)) return;
    if (turned) this.#write("pushState");
    else {
      clearTimeout(this.#writing);
      this.#writing = setTimeout(() => this.#write("replaceState"), PAUSE);
    }
  }

  /** Calls the listener at each change, with the keys that changed. */
  on(listener: Listener): void {
    this.#listeners.add(listener);
  }

  /** A link to what is shown, without what is too long for one. */
  async link(): Promise<Link> {
    const { hash, left } = await shortest(this.#shown);
    return { href: new URL(hash || base(), location.href).href, left };
  }

  #take(shown: Shown, by?: unknown): boolean {
    const keys = new Set([...Object.keys(shown), ...Object.keys(this.#shown)]);
    const changed = new Set([...keys].filter((key) => (shown[key] ?? "") !== (this.#shown[key] ?? "")));
    if (changed.size === 0) return false;
    this.#shown = shown;
    for (const listener of this.#listeners) listener(changed, by);
    return true;
  }

  #write(how: "pushState" | "replaceState"): void {
    clearTimeout(this.#writing);
    this.#writing = undefined;
    this.#written += 1;
    const number = this.#written;
    const shown = this.#shown;
    const { hash, left } = plain(shown, LONGEST);
    const entry: Entry = { visit: this.#visit, part: shown.part, shown: size(shown) < HOPELESS ? shown : undefined };
    history[how](entry, "", hash || base());
    if (left.length === 0) return;
    void shortest(shown).then((link) => {
      // Unless more was typed meanwhile.
      if (number === this.#written && link.left.length < left.length) history.replaceState(entry, "", link.hash);
    });
  }

  /** The address was changed, by the history or by hand. */
  async #moved(): Promise<void> {
    const entry = history.state as Entry | null;
    // Back and forth among the parts: what was typed since stays.
    if (entry?.visit === this.#visit) {
      this.#take({ ...this.#shown, part: entry.part });
      this.#write("replaceState");
    } else this.#take(await read());
  }
}

/** What the entry of the history has, or else what the address tells. */
async function read(): Promise<Shown> {
  const entry = history.state as Entry | null;
  const shown: Shown = { ...FIRST, ...(entry?.shown ?? (await unpacked(location.hash.slice(1)))) };
  if (!PARTS.some(({ name }) => name === shown.part)) shown.part = FIRST.part;
  return shown;
}

/** The address without a fragment. */
function base(): string {
  return location.pathname + location.search;
}

function size(shown: Shown): number {
  return Object.values(shown).reduce((sum, value) => sum + value.length, 0);
}

/** The fragment, or nothing where all is as it is at first; what makes it too long is left out, the longest first. */
function plain(shown: Shown, longest: number): { hash: string; left: string[] } {
  const kept = Object.entries(shown).filter(([key, value]) => value !== "" && value !== FIRST[key]);
  kept.sort(([, one], [, other]) => one.length - other.length);
  const left: string[] = [];
  for (;;) {
    // Escaping only makes it longer.
    const hash = kept.every(([, { length }]) => length <= longest) ? `#${new URLSearchParams(kept)}` : undefined;
    if (hash !== undefined && hash.length <= longest) return { hash: hash === "#" ? "" : hash, left };
    left.push((kept.pop() as [string, string])[0]);
  }
}

/** The fragment with as much as gets in, compressed where that helps. */
async function shortest(shown: Shown): Promise<{ hash: string; left: string[] }> {
  const kept: Shown = { ...shown };
  const left: string[] = [];
  for (;;) {
    const readable = plain(kept, READABLE);
    if (readable.left.length === 0) return { hash: readable.hash, left };
    const packed = size(kept) < HOPELESS ? `#${PACKED}=${await pack(plain(kept, Infinity).hash.slice(1))}` : undefined;
    if (packed !== undefined && packed.length <= LONGEST) return { hash: packed, left };
    const [longest] = Object.entries(kept).sort(([, one], [, other]) => other.length - one.length)[0] as [string, string];
    left.push(longest);
    // The three that are always there begin anew; the others are no more.
    if (longest in FIRST) kept[longest] = FIRST[longest] as string;
    else delete kept[longest];
  }
}

async function pack(text: string): Promise<string> {
  const bytes = await piped(new TextEncoder().encode(text), new CompressionStream("deflate-raw"));
  // More than what an address takes need not be written out.
  const binary = Array.from(bytes.subarray(0, LONGEST), (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** What a fragment tells. One that was cut off on its way tells nothing. */
async function unpacked(fragment: string): Promise<Record<string, string>> {
  const found = new URLSearchParams(fragment);
  const packed = found.get(PACKED);
  if (packed === null) return Object.fromEntries(found);
  try {
    const bytes = Uint8Array.from(atob(packed.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
    const text = new TextDecoder().decode(await piped(bytes, new DecompressionStream("deflate-raw")));
    return Object.fromEntries(new URLSearchParams(text));
  } catch {
    return {};
  }
}

/** What comes out of a stream that bytes go through. */
async function piped(bytes: Uint8Array<ArrayBuffer>, through: CompressionStream | DecompressionStream): Promise<Uint8Array> {
  const writer = through.writable.getWriter();
  // What goes wrong is told by the other end.
  void writer.write(bytes).catch(() => {});
  void writer.close().catch(() => {});
  const reader = (through.readable as ReadableStream<Uint8Array<ArrayBuffer>>).getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for (let { done, value } = await reader.read(); !done && value; { done, value } = await reader.read()) chunks.push(value);
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}
