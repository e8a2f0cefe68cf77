// JSON text into the value of a form, and paths in the one into paths in the other. Loaded with the first
// body that is not empty.

import { Digits, isSent, type Members, type Path, type Value } from "./values.js";

const TOKEN = /\s*([{}[\]:,]|"(?:[^"\\]|\\.)*"|[^\s{}[\]:,"]+)/y;

/** Reads JSON text that has been found to be JSON. */
export function read(text: string): Value {
  let at = 0;
  const next = (): string => {
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(text)?.[1] ?? "";
    at = TOKEN.lastIndex;
    return token;
  };
  /** Reads members or items up to the bracket that closes them. */
  const all = (close: string, one: (token: string) => void): void => {
    for (let token = next(); token !== close; token = next()) if (token !== ",") one(token);
  };
  const value = (token: string): Value => {
    if (token === "{") {
      const members: Members = new Map();
      all("}", (key) => {
        next();
        members.set(JSON.parse(key), value(next()));
      });
      return members;
    }
    if (token === "[") {
      const items: Value[] = [];
      all("]", (item) => items.push(value(item)));
      return items;
    }
    return /^[-\d]/.test(token) ? new Digits(token) : JSON.parse(token);
  };
  return value(next());
}

/** Where something shown stands in the text: empty rows before it do not count. */
export function sentPath(root: Value, path: Path): Path {
  return along(root, path, (items, index) => items.slice(0, index).filter(isSent).length, (_, index) => index);
}

/** Where something in the text is shown. */
export function shownPath(root: Value, path: Path): Path {
  const shown = (items: Value[], index: number): number => {
    const at = items.map((item, at) => (isSent(item) ? at : -1)).filter((at) => at >= 0)[index];
    return at ?? index;
  };
  return along(root, path, shown, shown);
}

/** Maps the indexes of a path; `at` gives the index in the value that the path goes on with. */
function along(root: Value, path: Path, map: (items: Value[], index: number) => number, at: (items: Value[], index: number) => number): Path {
  let value = root;
  return path.map((step) => {
    const items = value;
    if (Array.isArray(items) && typeof step === "number") {
      value = items[at(items, step)];
      return map(items, step);
    }
    value = items instanceof Map ? items.get(String(step)) : undefined;
    return step;
  });
}
