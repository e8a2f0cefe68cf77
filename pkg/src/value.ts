// A JavaScript value as text for the core, and a plain copy of it, in one pass.
//
// The text is what JSON.stringify would give, plus one token that JSON does not have: the byte 0x01
// and a letter, where the value has what JSON cannot hold (see `Token`). The core tells it as an
// issue at that path. Own enumerable string keys only, `toJSON` is honoured, boxed primitives are
// unwrapped, `undefined` is absent from objects and null in arrays.

/** What a text may hold besides JSON. */
const Token = {
  number: "\x01n",
  bigint: "\x01b",
  function: "\x01f",
  symbol: "\x01s",
  cycle: "\x01c",
  threw: "\x01t",
  deep: "\x01d",
} as const;

/** How far a value is followed. */
export interface Limits {
  /** How deep arrays and objects may nest. */
  depth: number;
  /** How long the text may be; in units of UTF-16, of which a text has no more than bytes. */
  bytes: number;
}

/** A value as text, and a copy of it that shares nothing with it. */
export interface Written {
  text: string;
  copy: unknown;
}

/**
 * Writes a value.
 *
 * Never throws, whatever the value does while it is read.
 *
 * @returns undefined where the value is undefined, `"too_large"` where its text is over the limit
 */
export function write(value: unknown, limits: Limits): Written | "too_large" | undefined {
  const given = unwrap(value, "");
  if (given === undefined) return undefined;
  const writer = new Writer(limits);
  try {
    const copy = writer.write(given);
    return { text: writer.text, copy };
  } catch {
    // Over the limit, or over what the host takes: strings have a longest length, and so has its stack.
    return "too_large";
  }
}

/** Sets an own member, whatever `Object.prototype` has by its name: `__proto__`, or a setter that somebody put there. */
export function set(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key in object) {
    Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
  } else object[key] = value;
}

/** A string as JSON text; a lone surrogate is written as an escape. */
export function quote(text: string): string {
  // Most strings need no escape, and to find that out is cheaper than to call JSON.stringify.
  return ESCAPED.test(text) ? JSON.stringify(text) : `"${text}"`;
}

const ESCAPED = /["\\\u0000-\u001f\ud800-\udfff]/;

/** Stands for a value that threw while it was read. */
const THREW: unique symbol = /*#__PURE__*/ Symbol();
const TOO_LARGE: unique symbol = /*#__PURE__*/ Symbol();

class Writer {
  text = "";
  /** The objects around the one that is being written. */
  readonly #around: object[] = [];
  readonly #depth: number;
  readonly #bytes: number;

  constructor({ depth, bytes }: Limits) {
    this.#depth = depth;
    this.#bytes = bytes;
  }

  /** Writes what {@link unwrap} gave; gives the copy. */
  write(value: unknown): unknown {
    switch (typeof value) {
      case "string":
        // One that may be longer than a string can be once it is quoted: that takes up to six times as much.
        if (value.length > 1 << 26) this.#expect(value.length);
        this.text += quote(value);
        return value;
      case "number":
        if (!Number.isFinite(value)) return this.#token(Token.number);
        this.text += value;
        // JSON.stringify knows no minus zero.
        return value === 0 ? 0 : value;
      case "boolean":
        this.text += value;
        return value;
      case "object":
        if (value !== null) return this.#container(value);
        this.text += "null";
        return null;
      case "bigint":
        return this.#token(Token.bigint);
      case "function":
        return this.#token(Token.function);
      default:
        return this.#token(value === THREW ? Token.threw : Token.symbol);
    }
  }

  #token(token: string): undefined {
    this.text += token;
  }

  #container(value: object): unknown {
    const around = this.#around;
    if (around.includes(value)) return this.#token(Token.cycle);
    if (around.length >= this.#depth) return this.#token(Token.deep);
    let length: number | undefined;
    let keys: string[] = [];
    try {
      if (Array.isArray(value)) length = toLength(value.length);
      else if (ArrayBuffer.isView(value) && "length" in value) this.#expect(Number(value.length) * 6);
      if (length === undefined) keys = Object.keys(value);
    } catch (error) {
      if (error === TOO_LARGE) throw error;
      return this.#token(Token.threw);
    }
    around.push(value);
    const copy = length === undefined ? this.#object(value, keys) : this.#array(value as unknown[], length);
    around.pop();
    return copy;
  }

  #object(value: object, keys: string[]): Record<string, unknown> {
    const copy: Record<string, unknown> = {};
    let separator = "{";
    for (const key of keys) {
      const member = read(value, key);
      if (member === undefined) continue;
      this.#expect(key.length);
      this.text += `${separator}${quote(key)}:`;
      set(copy, key, this.write(member));
      this.#expect(0);
      separator = ",";
    }
    this.text += separator === "{" ? "{}" : "}";
    return copy;
  }

  #array(value: unknown[], length: number): unknown[] {
    // A length costs nothing to claim: each element takes at least two bytes.
    this.#expect(length * 2);
    const copy: unknown[] = [];
    this.text += "[";
    for (let at = 0; at < length; at++) {
      if (at > 0) this.text += ",";
      copy.push(this.write(read(value, at) ?? null));
      this.#expect(0);
    }
    this.text += "]";
    return copy;
  }

  /** Ends it all if the text is over the limit, or is going to be. */
  #expect(more: number): void {
    if (this.text.length + more > this.#bytes) throw TOO_LARGE;
  }
}

/** Reads a member or an element. */
function read(container: object, key: string | number): unknown {
  let value;
  try {
    value = (container as Record<string | number, unknown>)[key];
  } catch {
    return THREW;
  }
  return (typeof value === "object" && value !== null) || typeof value === "function" || typeof value === "bigint"
    ? unwrap(value, key)
    : value;
}

/** Does what JSON.stringify does with a value before it looks at its type (SerializeJSONProperty). */
function unwrap(value: unknown, key: string | number): unknown {
  try {
    if ((typeof value === "object" && value !== null) || typeof value === "function" || typeof value === "bigint") {
      const { toJSON } = value as { toJSON?: unknown };
      if (typeof toJSON === "function") value = toJSON.call(value, String(key));
    }
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    const prototype: unknown = Object.getPrototypeOf(value);
    return prototype === Object.prototype || prototype === null ? value : unboxed(value);
  } catch {
    return THREW;
  }
}

function unboxed(value: object): unknown {
  switch (Object.prototype.toString.call(value)) {
    case "[object Number]":
      return boxes(Number.prototype, value) ? Number(value) : value;
    case "[object String]":
      return boxes(String.prototype, value) ? String(value) : value;
    case "[object Boolean]":
      return boxes(Boolean.prototype, value) ? Boolean.prototype.valueOf.call(value) : value;
    case "[object BigInt]":
      return boxes(BigInt.prototype, value) ? BigInt.prototype.valueOf.call(value) : value;
    default:
      return value;
  }
}

/** Whether an object is what it says it is: anything may claim any tag. */
function boxes(prototype: { valueOf(): unknown }, value: object): boolean {
  try {
    prototype.valueOf.call(value);
    return true;
  } catch {
    return false;
  }
}

/** ECMA-262's ToLength; a proxy of an array may say anything. */
function toLength(length: unknown): number {
  return Math.min(Math.max(Math.trunc(Number(length)) || 0, 0), Number.MAX_SAFE_INTEGER);
}
