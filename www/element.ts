// Elements, made in one call.

type Child = Node | string | undefined | false;

/** What an element gets: properties by their names, `class`, `aria-…`, `data-…` and others as attributes, and listeners as `on…`. */
type Given = Record<string, unknown>;

/** Makes an element. Text is put in as text: no markup is ever read from a value. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, given: Given = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === false) continue;
    if (name.startsWith("on") && typeof value === "function") made.addEventListener(name.slice(2), value as EventListener);
    else if (name in made && !name.startsWith("aria") && name !== "list" && name !== "form") (made as unknown as Given)[name] = value;
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children.filter((child) => child !== undefined && child !== false));
  return made;
}

/** Says something to a screen reader, and shows nothing. */
export function say(text: string): void {
  const said = document.getElementById("said");
  if (said) said.textContent = text;
}

let ids = 0;

/** An id that no other element has. */
export function unique(name: string): string {
  ids += 1;
  return `${name}-${ids}`;
}

/** `1 issue`, `12 issues`; numbers in groups of three. */
export function count(number: number, noun: string): string {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}

/** A text with nothing in it that is not seen, or turns what stands beside it: as messages quote one. */
export function harmless(text: string): string {
  return text.replace(/(?! )[\p{C}\p{Z}\p{DI}]/gu, (char) => `\\u{${char.codePointAt(0)?.toString(16)}}`);
}

/** Any value as JSON, shortened for a line. */
export function brief(value: unknown, most = 120): string {
  const text = value === undefined ? "nothing" : harmless(JSON.stringify(value));
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

/** Saves a file that the page made. */
export function download(name: string, parts: BlobPart[], type: string): void {
  const url = URL.createObjectURL(new Blob(parts, { type }));
  const link = h("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
