// Places in a JSON text: from the bytes that issues count to the characters that the editor counts.

/** A stretch of a text, in UTF-16 units from 0. */
export interface Span {
  from: number;
  to: number;
}

/**
 * The indexes of places that are told in bytes of UTF-8. One pass over the text for all of them.
 *
 * @param offsets - ascending
 */
export function indexesOf(text: string, offsets: readonly number[]): number[] {
  const indexes: number[] = [];
  let index = 0;
  let bytes = 0;
  for (const offset of offsets) {
    while (bytes < offset && index < text.length) {
      const unit = text.charCodeAt(index);
      const pair = unit >= 0xd800 && unit < 0xdc00 && isLow(text.charCodeAt(index + 1));
      bytes += pair ? 4 : unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
      index += pair ? 2 : 1;
    }
    indexes.push(index);
  }
  return indexes;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}

/** What is underlined for an issue: a text or a number as a whole, of an array or object its bracket. */
export function markAt(text: string, from: number): Span {
  if (from >= text.length) return { from: text.length, to: text.length };
  return { from, to: "[{".includes(text.charAt(from)) ? from + 1 : Math.max(endOfScalar(text, from), from + 1) };
}

/** The key or the whole value that begins at a place; undefined if its end is not to be found. */
export function spanAt(text: string, from: number): Span | undefined {
  let depth = 0;
  let at = from;
  while (at < text.length) {
    const sign = text.charAt(at);
    if (sign === "{" || sign === "[") {
      depth += 1;
      at += 1;
    } else if (sign === "}" || sign === "]") {
      depth -= 1;
      at += 1;
    } else if (depth > 0 && /[\s,:]/.test(sign)) {
      at += 1;
      continue;
    } else {
      const end = endOfScalar(text, at);
      if (end === at) return undefined;
      at = end;
    }
    if (depth <= 0) return { from, to: at };
  }
  return undefined;
}

function endOfScalar(text: string, from: number): number {
  const rule = text.charAt(from) === '"' ? /"(?:[^"\\\n]|\\.)*"?/y : /[^\s,:[\]{}"]+/y;
  rule.lastIndex = from;
  return rule.test(text) ? rule.lastIndex : from;
}
