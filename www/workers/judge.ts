// A file described, and a file judged, by the code that the command line has for it.

import { openapi, type CustomField, type OpenApiOperation, type PlansOptions } from "prewash";
import { documents } from "../../pkg/src/generated/documents.js";
import { mapColumns, type Columns } from "../../pkg/src/cli/columns.js";
import { csvRows, openTable, type Table } from "../../pkg/src/cli/csv.js";
import { CannotRun } from "../../pkg/src/cli/failure.js";
import { fieldsOf, type Fields } from "../../pkg/src/cli/fields.js";
import { jsonRows } from "../../pkg/src/cli/json.js";
import { customFieldsOf, existingOf, existingOfTable, type Existing } from "../../pkg/src/cli/known-text.js";
import { ndjsonRows } from "../../pkg/src/cli/ndjson.js";
import type { Row } from "../../pkg/src/cli/row.js";
import { Tally } from "../../pkg/src/cli/tally.js";
import { judgeBodies, judgeItems, judgeRequest, type Job, type Judged, type Verdict } from "../../pkg/src/cli/verdict.js";
import type { ColumnTold, Described, Format, Given, Settings } from "../batch-messages.js";
import { parseCsv } from "./csv-parser.js";
import { openFile, type Input } from "./input.js";

/** An operation, and what its rows may hold. */
interface Task {
  operation: OpenApiOperation;
  fields: Fields;
  customFields: CustomField[] | undefined;
}

/** Finds the operation that the settings name. */
export async function taskOf({ operation: name, document: own, customFields }: Settings): Promise<Task> {
  const at = name.indexOf(".");
  const document = own ?? (documents as Record<string, string>)[name.slice(0, at)];
  const operation = document === undefined ? undefined : openapi(document)[name.slice(at + 1)];
  if (document === undefined || !operation) throw new CannotRun(`there is no operation \`${name}\` any more`);
  return {
    operation,
    fields: fieldsOf(operation, document),
    customFields: customFields && customFieldsOf(await textOf(customFields), isJson(customFields, await textOf(customFields)), customFields.name),
  };
}

/** Says what a file is, and which field each of its columns probably is. */
export async function describe(file: File, format: Format, settings: Settings): Promise<Described> {
  const { operation, fields, customFields } = await taskOf(settings);
  const batch = fields.items !== undefined;
  const { properties = {} } = operation.body.jsonSchema as { properties?: Record<string, Record<string, unknown>> };
  const members = Object.entries(batch ? properties : {}).filter(([name, { type }]) => name !== fields.items && type === "string");
  const described: Described = {
    format,
    batch,
    whole: false,
    fields: targets(fields, customFields),
    upsert: fields.upsert !== undefined,
    members: members.map(([name, { title, description }]) => ({ name, title: String(title ?? name), description: String(description ?? "") })),
  };
  const input = openFile(file, file.name);
  if (format === "json") {
    const { array, rows } = await jsonRows(input.chunks, input.name);
    described.whole = batch && !array;
    await rows.return(undefined);
  } else if (format !== "ndjson") {
    const table = await tableOf(input, format);
    const first = await table.lines[Symbol.asyncIterator]().next();
    const cells = first.done === true ? [] : (first.value[0]?.cells ?? []);
    described.columns = columnsOf(table.headers, cells, { fields, customFields });
  }
  return described;
}

/** What a column can be mapped to. */
function targets({ fields, prefix }: Fields, customFields: CustomField[] | undefined): Described["fields"] {
  const owner = fields.find(({ custom }) => custom)?.name;
  const own = fields.filter(({ custom }) => !custom).map(({ name, title, required }) => ({ name, title, required }));
  const custom = (customFields ?? []).map(({ key, label }) => ({
    name: prefix === undefined ? `${owner ?? ""}.${key}` : prefix + (key.startsWith(prefix) ? key.slice(prefix.length) : key),
    title: label ?? key,
    required: false,
  }));
  return prefix === undefined && owner === undefined ? own : [...own, ...custom];
}

/** The fields of columns: a field that two headers name is the first one's. */
function columnsOf(headers: string[], sample: string[], given: Pick<Task, "fields" | "customFields">): ColumnTold[] {
  const taken = new Set<string>();
  const map = new Map<string, string>();
  const found = headers.map((header, at) => {
    const path = mapColumns([header], [sample[at] ?? ""], { ...given, map: new Map() }).columns[0]?.path.join(".");
    if (path === undefined) return undefined;
    if (taken.has(path)) map.set(header, "");
    else taken.add(path);
    return map.has(header) ? "" : path;
  });
  const { unknown } = mapColumns(headers, sample, { ...given, map });
  return headers.map((header, at) => {
    const meant = found[at] === undefined ? unknown.find((one) => one.header === header)?.meant : undefined;
    const guess = meant !== undefined && !taken.has(meant) ? meant : undefined;
    if (guess !== undefined) taken.add(guess);
    return { header, sample: sample[at] ?? "", field: found[at] ?? guess ?? "", guessed: guess !== undefined };
  });
}

/** Rows that are about to be judged. */
export interface Run {
  input: Input;
  job: Job;
  columns: Columns | undefined;
  headers: string[];
  /** What a row is known by, where the batch does not say. */
  key: string | undefined;
  verdicts: AsyncGenerator<Verdict>;
}

/** Opens a file to be judged. */
export async function run(file: File, format: Format, settings: Settings, map: [string, string][], seen: (row: Row, judged: Judged) => void): Promise<Run> {
  const { operation, fields, customFields } = await taskOf(settings);
  const batch = fields.items !== undefined;
  const plans = batch ? await plansOf(settings, fields, customFields) : {};
  const input = openFile(file, file.name);
  let rows: AsyncIterable<Row[]>;
  let columns: Columns | undefined;
  let headers: string[] = [];
  let whole = false;
  if (format === "json") {
    const json = await jsonRows(input.chunks, input.name);
    rows = json.rows;
    whole = batch && !json.array;
    if (whole && (plans.upsert !== undefined || plans.body !== undefined)) {
      throw new CannotRun(`${input.name} is a whole request; say in it what is to be updated and which segment it is for`);
    }
  } else if (format === "ndjson") {
    rows = ndjsonRows(input.chunks);
  } else {
    const table = await tableOf(input, format);
    headers = table.headers;
    const used = map.filter(([, field]) => field !== "").map(([, field]) => field);
    const twice = used.find((field, at) => used.indexOf(field) !== at);
    if (twice !== undefined) throw new CannotRun(`two columns are mapped to \`${twice}\`; leave one of them out`);
    ({ columns, rows } = await csvRows(table, { fields, customFields, map: new Map(map) }));
  }
  const job: Job = {
    operation: operation.with({ strict: settings.strict, ...(customFields && !batch ? { customFields } : {}) }),
    columns,
    plans,
    reported: true,
    tally: new Tally(),
    key: fields.key,
    seen,
  };
  const judge = whole ? judgeRequest : batch ? judgeItems : judgeBodies;
  return { input, job, columns, headers, key: fields.key ?? keyOf(fields), verdicts: judge(job, rows) };
}

async function tableOf(input: Input, format: Format): Promise<Table> {
  const table = await openTable(input.chunks, input.name, format === "tsv", parseCsv);
  const seen = new Set<string>();
  // Columns are mapped by their headers, so that each must have one of its own.
  const headers = table.headers.map((header) => {
    let own = header;
    for (let count = 2; seen.has(own); count++) own = `${header} (${count})`;
    seen.add(own);
    return own;
  });
  return { headers, lines: table.lines };
}

/** The field that people know a row by. */
function keyOf({ fields }: Fields): string | undefined {
  const by = (fits: (field: Fields["fields"][number]) => boolean): string | undefined => fields.find(fits)?.name;
  return by(({ format }) => format === "domain") ?? by(({ format }) => format === "email") ?? by(({ name }) => /name/i.test(name)) ?? fields[0]?.name;
}

async function plansOf({ strict: _, upsert, existing, segment, members }: Settings, fields: Fields, customFields: CustomField[] | undefined): Promise<PlansOptions> {
  const plans: PlansOptions = {};
  if (existing) plans.existing = await existingIn(existing);
  if (customFields) plans.customFields = customFields;
  if (segment.trim() !== "") plans.segment = segmentOf(segment.trim());
  if (upsert && fields.upsert !== undefined) plans.upsert = true;
  const body = Object.entries(members).filter(([, text]) => text.trim() !== "");
  if (body.length > 0) plans.body = Object.fromEntries(body);
  return plans;
}

async function existingIn(given: Given): Promise<Existing> {
  const extension = /\.([^.]+)$/.exec(given.name)?.[1]?.toLowerCase();
  if (extension === "csv" || extension === "tsv") {
    return await existingOfTable(await tableOf(openFile(given.blob, given.name), extension), given.name);
  }
  const text = await textOf(given);
  return existingOf(text, isJson(given, text), given.name);
}

function segmentOf(text: string): { type: string; status: string } | null {
  if (text === "none") return null;
  const [type, status, more] = text.split("/");
  if (!type || !status || more !== undefined) {
    throw new CannotRun("the segment is TYPE/STATUS, such as static/active, or none if there is no such segment");
  }
  return { type, status };
}

/** Whether it is JSON: by the file's name, or what is pasted by its first character. */
function isJson({ name }: Given, text: string): boolean {
  return /\.json$/i.test(name) || (!name.includes(".") && /^\s*[[{]/.test(text));
}

async function textOf({ name, blob }: Given): Promise<string> {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await blob.arrayBuffer());
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new CannotRun(`${name} is not UTF-8; save it as UTF-8`);
  }
}
