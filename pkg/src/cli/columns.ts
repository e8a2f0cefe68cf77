// The columns of a table as fields of a body: which column is which field, and its cells as JSON.

import { schema, type CustomField } from "prewash";
import { CannotRun } from "./failure.js";
import type { Field, Fields } from "./fields.js";
import { nearest, plain } from "./nearest.js";
import { visible } from "./terminal.js";

/** How a cell becomes a value. */
type Kind = "text" | "number" | "boolean" | "list" | "json";

/** A column that is a field. */
export interface Column {
  header: string;
  /** From the item down. */
  path: string[];
  kind: Kind;
}

/** What the headers mean. */
export interface Columns {
  /** By the place of the column; undefined where it is not used. */
  columns: (Column | undefined)[];
  /** Headers that are no field, each with the field that is probably meant. */
  unknown: { header: string; meant: string | undefined }[];
  /** Headers that were left out as asked. */
  dropped: string[];
  /** Required fields that no column gives. */
  missing: string[];
}

/** What the columns are mapped by. */
export interface Mapping {
  fields: Fields;
  customFields: readonly CustomField[] | undefined;
  /** `--map`: header to field; to nothing, to leave the column out. */
  map: ReadonlyMap<string, string>;
}

/**
 * Finds the field of each column: by `--map`, else by a header that is the name or title of a field
 * but for case, white space and punctuation.
 *
 * @param sample - the cells of the first row, from which a field is suggested
 */
export function mapColumns(headers: readonly string[], sample: readonly string[], mapping: Mapping): Columns {
  const { fields, map } = mapping;
  for (const header of map.keys()) {
    if (headers.includes(header)) continue;
    const near = nearest(header, headers);
    throw new CannotRun(
      `--map: there is no column \`${visible(header)}\`` +
        (near === undefined ? `; there are ${headers.map(visible).join(", ")}` : `; did you mean \`${visible(near)}\``),
    );
  }
  const unknown: Columns["unknown"] = [];
  const dropped: string[] = [];
  const columns = headers.map((header) => {
    const target = map.get(header);
    if (target === "") {
      dropped.push(header);
      return undefined;
    }
    if (target === undefined) return byHeader(header, mapping);
    const column = byName(header, target, mapping);
    if (column) return column;
    const near = nearest(target, fields.fields.map((field) => field.name));
    throw new CannotRun(
      `--map: \`${visible(target)}\` is no field` + (near === undefined ? "" : `; did you mean \`${visible(near)}\``),
    );
  });
  const taken = new Map<string, string>();
  for (const column of columns) {
    if (!column) continue;
    const name = column.path.join(".");
    const other = taken.get(name);
    if (other !== undefined) {
      throw new CannotRun(
        `the columns \`${visible(other)}\` and \`${visible(column.header)}\` are both \`${visible(name)}\`; ` +
          `leave one out with --map "${visible(column.header)}="`,
      );
    }
    taken.set(name, column.header);
  }
  const free = fields.fields.filter((field) => !taken.has(field.name) && !field.custom);
  headers.forEach((header, at) => {
    if (columns[at] || dropped.includes(header)) return;
    unknown.push({ header, meant: meant(header, sample[at] ?? "", free) });
  });
  const missing = free.filter((field) => field.required).map((field) => field.name);
  return { columns, unknown, dropped, missing };
}

/** A row as JSON text: empty cells are absent. */
export function rowText(columns: Columns["columns"], cells: readonly string[]): string {
  const own: string[] = [];
  const nested = new Map<string, string[]>();
  columns.forEach((column, at) => {
    const cell = cells[at] ?? "";
    if (!column || cell.trim() === "") return;
    const [first = "", second] = column.path;
    const value = cellText(cell, column.kind);
    if (second === undefined) {
      own.push(`${JSON.stringify(first)}:${value}`);
      return;
    }
    const members = nested.get(first) ?? [];
    if (members.length === 0) {
      nested.set(first, members);
      own.push(first);
    }
    members.push(`${JSON.stringify(second)}:${value}`);
  });
  const members = own.map((member) => {
    const inner = nested.get(member);
    return inner ? `${JSON.stringify(member)}:{${inner.join(",")}}` : member;
  });
  return `{${members.join(",")}}`;
}

/** A cell as JSON. What does not read as its kind stays a string, and the check says so. */
export function cellText(cell: string, kind: Kind): string {
  const trimmed = cell.trim();
  switch (kind) {
    case "number":
      // As written: digits are kept.
      if (/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(trimmed)) return trimmed;
      break;
    case "boolean":
      if (/^(?:true|yes)$/i.test(trimmed)) return "true";
      if (/^(?:false|no)$/i.test(trimmed)) return "false";
      break;
    case "list": {
      if (trimmed.startsWith("[") && isJson(trimmed)) return oneLine(trimmed);
      const elements = trimmed.split(/[;|]/).map((element) => element.trim());
      return JSON.stringify(elements.filter((element) => element !== ""));
    }
    case "json":
      if (isJson(trimmed)) return oneLine(trimmed);
      break;
    case "text":
      break;
  }
  return JSON.stringify(cell);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Valid JSON has new lines between its tokens only. */
function oneLine(text: string): string {
  return text.replace(/[\r\n]+/g, " ");
}

function byHeader(header: string, mapping: Mapping): Column | undefined {
  const { fields, customFields } = mapping;
  const exact = byName(header, header, mapping);
  if (exact) return exact;
  const key = plain(header);
  if (key === "") return undefined;
  const found =
    fields.fields.find((field) => plain(field.name) === key) ?? fields.fields.find((field) => plain(field.title) === key);
  if (found && !found.custom) return { header, path: [found.name], kind: kindOf(found) };
  const custom = customFields?.find((one) => plain(one.key) === key || (one.label && plain(one.label) === key));
  return custom && customColumn(header, custom.key, mapping);
}

/** The column of a field by its exact name, custom fields included. */
function byName(header: string, name: string, mapping: Mapping): Column | undefined {
  const { fields, prefix } = mapping.fields;
  const field = fields.find((field) => field.name === name);
  if (field) return { header, path: [name], kind: field.custom ? "json" : kindOf(field) };
  if (prefix !== undefined && name.startsWith(prefix)) return customColumn(header, name, mapping);
  const owner = fields.find((field) => field.custom && name.startsWith(`${field.name}.`));
  if (owner) return customColumn(header, name.slice(owner.name.length + 1), mapping);
  return undefined;
}

function customColumn(header: string, key: string, { fields, customFields }: Mapping): Column | undefined {
  const { prefix } = fields;
  const bare = (key: string): string => (prefix !== undefined && key.startsWith(prefix) ? key.slice(prefix.length) : key);
  const known = customFields?.find((one) => bare(one.key).toLowerCase() === bare(key).toLowerCase());
  const kind = KINDS[known?.type ?? "text"];
  if (prefix !== undefined) return { header, path: [prefix + bare(key)], kind };
  const owner = fields.fields.find((field) => field.custom);
  return owner && { header, path: [owner.name, key], kind };
}

const KINDS: Record<NonNullable<CustomField["type"]>, Kind> = {
  text: "text",
  number: "number",
  boolean: "boolean",
  date: "text",
  url: "text",
  select: "text",
  multiselect: "list",
};

function kindOf({ types, custom }: Field): Kind {
  if (custom) return "json";
  if (types.length === 0 || types.includes("string")) return "text";
  if (types.includes("array")) return "list";
  if (types.includes("boolean")) return "boolean";
  if (types.includes("number") || types.includes("integer")) return "number";
  return "json";
}

/** The field that a header, or what is in the column, is most like. */
function meant(header: string, sample: string, free: readonly Field[]): string | undefined {
  const names = new Map(free.flatMap((field) => [[field.title, field.name], [field.name, field.name]] as const));
  const near = nearest(header, names.keys());
  if (near !== undefined) return names.get(near);
  const words = (text: string): string[] => text.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const given = words(header);
  const within = (one: string[], other: string[]): boolean => one.length > 0 && one.every((word) => other.includes(word));
  const alike = free.find(({ title }) => within(words(title), given) || within(given, words(title)));
  if (alike) return alike.name;
  if (!/[^\s]\.[^\s]/.test(sample)) return undefined;
  return free.find(({ format }) => TELLING.has(format) && schema({ type: "string", format }).check(sample).ok)?.name;
}

/** Formats that a value can be told by. */
const TELLING = new Set(["linkedin-company", "linkedin-person", "linkedin", "email", "domain"]);
