/** A mistake of the caller's, as opposed to bad input: it is thrown, and says where. */
export class Mistake extends TypeError {
  override readonly name = "TypeError";
}

/** A name or a pointer as messages quote it: cut short, and nothing in it that a log or a terminal would obey. */
export function shown(name: string): string {
  return name.slice(0, 99).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (char) => `\\u{${char.codePointAt(0)?.toString(16)}}`);
}
