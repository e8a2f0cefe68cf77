// A body as the form holds it: numbers keep their digits, members their order, and an input that is
// empty is `undefined`, which is left out of the text.

/** A number as it is written: 12.50 stays 12.50, and no digit is lost to floating point. */
export class Digits {
  constructor(readonly text: string) {}
}

export type Members = Map<string, Value>;
export type Value = string | boolean | null | undefined | Digits | Value[] | Members;
export type Path = (string | number)[];

/** Whether there is anything of a value in the text: a list of empty rows is as good as none. */
export function isSent(value: Value): boolean {
  return value !== undefined && !(Array.isArray(value) && value.length > 0 && !value.some(isSent));
}

/** Writes a value as JSON, with what is empty left out. */
export function write(value: Value, indent = ""): string {
  const inside = `${indent}  `;
  const lines = (open: string, all: string[], close: string): string => (all.length === 0 ? open + close : `${open}\n${inside}${all.join(`,\n${inside}`)}\n${indent}${close}`);
  if (value instanceof Digits) return value.text;
  if (value instanceof Map) return lines("{", [...value].filter(([, one]) => isSent(one)).map(([key, one]) => `${JSON.stringify(key)}: ${write(one, inside)}`), "}");
  if (Array.isArray(value)) return lines("[", value.filter(isSent).map((one) => write(one, inside)), "]");
  return JSON.stringify(value ?? null);
}

/** The value as JavaScript has it. */
export function plain(value: Value): unknown {
  return isSent(value) ? JSON.parse(write(value)) : undefined;
}

/** A path as a JSON Pointer (RFC 6901). */
export function pointerOf(path: Path): string {
  return path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
