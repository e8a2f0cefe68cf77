// Files about what is known: the domains that exist, the custom fields there are.

import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import type { CustomField, Known } from "prewash";
import { openTable } from "./csv.js";
import { CannotRun, systemReason } from "./failure.js";
import { openInput } from "./input.js";
import { plain } from "./nearest.js";
import { visible } from "./terminal.js";

/**
 * The domains of `--existing`: a line each, with an id after a tab or comma if there is one; a table
 * with a column `domain`; or JSON, an array of domains or an object from domain to id.
 */
export async function readExisting(file: string): Promise<NonNullable<Known["existing"]>> {
  const extension = extname(file).toLowerCase();
  if (extension === ".json") {
    const value = await readJson(file);
    const isArray = Array.isArray(value);
    if (isArray && value.every((one) => typeof one === "string")) return value as string[];
    if (!isArray && typeof value === "object" && value !== null) return value as Record<string, string | null>;
    throw new CannotRun(`${visible(file)} must be an array of domains, or an object from domain to id`);
  }
  if (extension === ".csv" || extension === ".tsv") return readDomainTable(file, extension === ".tsv");
  const lines = (await readText(file)).split(/\r?\n/);
  return lines.flatMap((line): (string | [string, string])[] => {
    const [domain = "", id = ""] = line.split(/[\t,]/, 2).map((part) => part.trim());
    if (domain === "") return [];
    return [id === "" ? domain : [domain, id]];
  });
}

async function readDomainTable(file: string, tsv: boolean): Promise<(string | [string, string])[]> {
  const input = await openInput(file);
  const { headers, lines } = await openTable(input.chunks, input.name, tsv);
  const at = headers.findIndex((header) => plain(header) === "domain");
  const idAt = headers.findIndex((header) => ["id", "rtpaid"].includes(plain(header)));
  if (at < 0) throw new CannotRun(`${input.name} has no column \`domain\``);
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

/** The definitions of `--custom-fields`: a JSON array of definitions or keys, or a key a line. */
export async function readCustomFields(file: string): Promise<CustomField[]> {
  if (extname(file).toLowerCase() !== ".json") {
    const keys = (await readText(file)).split(/\r?\n/).map((line) => line.trim());
    return keys.filter((key) => key !== "").map((key) => ({ key }));
  }
  const value = await readJson(file);
  const fields = Array.isArray(value) ? value.map((one: unknown) => (typeof one === "string" ? { key: one } : one)) : [];
  const fit = fields.every((one) => typeof (one as { key?: unknown } | null)?.key === "string");
  if (!Array.isArray(value) || !fit) {
    throw new CannotRun(`${visible(file)} must be an array of keys or of { "key", "label", "type", "options" }`);
  }
  return fields as CustomField[];
}

async function readJson(file: string): Promise<unknown> {
  const text = await readText(file);
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new CannotRun(`${visible(file)} is not JSON: ${visible((error as Error).message)}`);
  }
}

async function readText(file: string): Promise<string> {
  let bytes;
  try {
    bytes = await readFile(file);
  } catch (error) {
    throw new CannotRun(`cannot read ${visible(file)}: ${systemReason(error)}`);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new CannotRun(`${visible(file)} is not UTF-8; save it as UTF-8`);
  }
}
