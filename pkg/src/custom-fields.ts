// Custom fields as prefixed keys: apart from the others, and together again.

import { Mistake, shown } from "./mistake.js";
import { set } from "./value.js";

const PREFIX = "custom_field_";

/** A body without its custom fields, and these by their id. */
export interface SplitFields<T> {
  /** All members but the custom fields. */
  fields: { [K in keyof T as K extends `custom_field_${string}` ? never : K]: T[K] };
  /** The values of custom fields by what follows `custom_field_` in the key, as written. */
  custom: Record<string, unknown>;
}

/**
 * Takes the custom fields out of a body: `{ custom_field_<uuid>: value }` to `{ <uuid>: value }`.
 *
 * Lossless: {@link mergeCustomFields} gives the same members again. Values are not copied. Ids stay
 * as written, so that two that differ in case only are both there.
 *
 * @throws TypeError if the body is no object
 */
export function splitCustomFields<T extends object>(body: T): SplitFields<T> {
  const fields: Record<string, unknown> = {};
  const custom: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(object(body, "a body"))) {
    if (key.startsWith(PREFIX)) set(custom, key.slice(PREFIX.length), value);
    else set(fields, key, value);
  }
  return { fields: fields as SplitFields<T>["fields"], custom };
}

/**
 * Puts custom fields into a body: the reverse of {@link splitCustomFields}.
 *
 * @param custom - values by the id of the field, without `custom_field_`
 * @throws TypeError if the fields have a custom field of the same id already, or either is no object
 */
export function mergeCustomFields<T extends object>(
  fields: T,
  custom: Readonly<Record<string, unknown>>,
): T & { [key: `custom_field_${string}`]: unknown } {
  const body: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(object(fields, "fields"))) set(body, key, value);
  for (const [id, value] of Object.entries(object(custom, "custom fields"))) {
    const key = PREFIX + id;
    if (Object.hasOwn(body, key)) throw new Mistake(`\`${shown(key)}\` is in both the fields and the custom fields`);
    set(body, key, value);
  }
  return body as T & { [key: `custom_field_${string}`]: unknown };
}

function object(value: unknown, name: string): object {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new Mistake(`${name} must be an object`);
}
