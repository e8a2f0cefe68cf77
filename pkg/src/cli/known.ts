// Files about what is known: the domains that exist, the custom fields there are.

import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import type { CustomField } from "prewash";
import { openTable } from "./csv.js";
import { parseCsv } from "./csv-parser.js";
import { CannotRun, systemReason } from "./failure.js";
import { openInput } from "./input.js";
import { customFieldsOf, existingOf, existingOfTable, type Existing } from "./known-text.js";
import { visible } from "./terminal.js";

/** The domains of `--existing`. */
export async function readExisting(file: string): Promise<Existing> {
  const extension = extname(file).toLowerCase();
  if (extension !== ".csv" && extension !== ".tsv") return existingOf(await readText(file), extension === ".json", visible(file));
  const input = await openInput(file);
  return await existingOfTable(await openTable(input.chunks, input.name, extension === ".tsv", parseCsv), input.name);
}

/** The definitions of `--custom-fields`. */
export async function readCustomFields(file: string): Promise<CustomField[]> {
  return customFieldsOf(await readText(file), extname(file).toLowerCase() === ".json", visible(file));
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
