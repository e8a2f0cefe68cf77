// Text for people: standard output or standard error, with nothing in it that a terminal obeys.

/** Control, bidirectional and invisible characters, and halves of surrogate pairs. */
const HARMFUL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** A text on one line, with what a terminal would obey, or not show, written as escapes. */
export function visible(text: string): string {
  return text.replace(HARMFUL, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`);
}

/** The same, cut to a number of characters. */
export function short(text: string, most: number): string {
  const chars = Array.from(text);
  return visible(chars.length > most ? `${chars.slice(0, most - 1).join("")}…` : text);
}

/** A JSON text with the same meaning, and nothing in it that a terminal obeys. */
export function visibleJson(text: string): string {
  // Outside of strings JSON is ASCII, and within them every character may be an escape. New lines
  // are those between the lines.
  return text.replace(HARMFUL, (char) => (char === "\n" ? char : unicodeEscapes(char)));
}

function unicodeEscapes(char: string): string {
  let escapes = "";
  for (let at = 0; at < char.length; at++) escapes += `\\u${char.charCodeAt(at).toString(16).padStart(4, "0")}`;
  return escapes;
}

/** Rows of cells as lines with aligned columns; a number goes to the right. */
export function table(rows: readonly (readonly (string | number)[])[]): string[] {
  const shown = rows.map((row) => row.map((cell) => (typeof cell === "number" ? grouped(cell) : cell)));
  const widths: number[] = [];
  for (const row of shown) row.forEach((cell, at) => (widths[at] = Math.max(widths[at] ?? 0, cell.length)));
  return shown.map((row, index) =>
    row
      .map((cell, at) => (typeof rows[index]?.[at] === "number" ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
}

/** A count with its thousands apart. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** `1 row`, `2 rows`. */
export function counted(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? "" : "s"}`;
}
