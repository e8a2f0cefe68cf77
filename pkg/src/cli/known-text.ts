// What is known, as it is written: the domains that exist, the custom fields there are.

import type { CustomField, Known } from "prewash";
import type { Table } from "./csv.js";
import { CannotRun } from "./failure.js";
import { plain } from "./nearest.js";
import { visible } from "./terminal.js";

/** Domains, each with its id where that is known. */
export type Existing = NonNullable<Known["existing"]>;

/**
 * Domains that exist: a line each, with an id after a tab or comma if there is one; or JSON, an array of
 * domains or an object from domain to id.
 *
 * @param name - of what it stands in, for messages
 */
export function existingOf(text: string, json: boolean, name: string): Existing {
  if (json) {
    const value = parsed(text, name);
    const isArray = Array.isArray(value);
    if (isArray && value.every((one) => typeof one === "string")) return value as string[];
    if (!isArray && typeof value === "object" && value !== null) return value as Record<string, string | null>;
    throw new CannotRun(`${name} must be an array of domains, or an object from domain to id`);
  }
  return text.split(/\r?\n/).flatMap((line): (string | [string, string])[] => {
    const [domain = "", id = ""] = line.split(/[\t,]/, 2).map((part) => part.trim());
    if (domain === "") return [];
    return [id === "" ? domain : [domain, id]];
  });
}

/** Domains that exist, of a table with a column `domain`, and one `id` if there is one. */
export async function existingOfTable({ headers, lines }: Table, name: string): Promise<Existing> {
  const at = headers.findIndex((header) => plain(header) === "domain");
  const idAt = headers.findIndex((header) => ["id", "rtpaid"].includes(plain(header)));
  if (at < 0) throw new CannotRun(`${name} has no column \`domain\``);
  const existing: (string | [string, string])[] = [];
  for await (const some of lines) {
    for (const { cells } of some) {
      const domain = cells[at]?.trim() ?? "";
      const id = cells[idAt]?.trim() ?? "";
      if (domain !== "") existing.push(id === "" ? domain : [domain, id]);
    }
  }
  return existing;
}

/** Custom fields: a JSON array of definitions or keys, or a key a line. */
export function customFieldsOf(text: string, json: boolean, name: string): CustomField[] {
  if (!json) {
    const keys = text.split(/\r?\n/).map((line) => line.trim());
    return keys.filter((key) => key !== "").map((key) => ({ key }));
  }
  const value = parsed(text, name);
  const fields = Array.isArray(value) ? value.map((one: unknown) => (typeof one === "string" ? { key: one } : one)) : [];
  const fit = fields.every((one) => typeof (one as { key?: unknown } | null)?.key === "string");
  if (!Array.isArray(value) || !fit) {
    throw new CannotRun(`${name} must be an array of keys or of { "key", "label", "type", "options" }`);
  }
  return fields as CustomField[];
}

function parsed(text: string, name: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new CannotRun(`${name} is not JSON: ${visible((error as Error).message)}`);
  }
}
