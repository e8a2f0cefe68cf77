// `prewash check OPERATION FILE`

import type { CustomField, PlansOptions } from "prewash";
import type { Columns } from "./columns.js";
import { csvRows, openTable } from "./csv.js";
import { parseCsv } from "./csv-parser.js";
import { CannotRun } from "./failure.js";
import { fieldsOf, type Fields } from "./fields.js";
import { formatOf, openInput, type Input } from "./input.js";
import { jsonRows } from "./json.js";
import { judgeLines } from "./judge-lines.js";
import { readCustomFields, readExisting } from "./known.js";
import { allOperations, findOperation, type Named } from "./operations.js";
import { nowhere, openOutput } from "./output.js";
import { Progress } from "./progress.js";
import type { Row } from "./row.js";
import { Tally } from "./tally.js";
import { visible } from "./terminal.js";
import { judgeBodies, judgeItems, judgeRequest, type Job } from "./verdict.js";
import { workersFor, workersOf } from "./workers.js";

/** What the command line says. */
export interface CheckOptions {
  api?: string | undefined;
  format?: string | undefined;
  out?: string | undefined;
  report?: string | undefined;
  existing?: string | undefined;
  customFields?: string | undefined;
  segment?: string | undefined;
  strict: boolean;
  upsert: boolean;
  workers?: string | undefined;
  map: readonly string[];
  set: readonly string[];
}

/** Checks a file; gives the exit status. */
export async function check(operation: string, file: string, options: CheckOptions): Promise<number> {
  const named = findOperation(await allOperations(options.api), operation);
  const fields = fieldsOf(named.operation, named.document);
  const workers = workersOf(options.workers);
  const format = formatOf(file, options.format, ["json", "ndjson", "csv", "tsv"]);
  const batch = fields.items !== undefined;
  if (!batch) refuse(options, named.name);
  const customFields = options.customFields === undefined ? undefined : await readCustomFields(options.customFields);
  const plans = batch ? await plansOptions(options, named, fields, customFields) : {};
  const input = await openInput(file, format === "ndjson");
  const map = mapping(options.map);
  if (map.size > 0 && format !== "csv" && format !== "tsv") throw new CannotRun("--map is for tables");

  let columns: Columns | undefined;
  let rows: AsyncIterable<Row[]> | undefined;
  let whole = false;
  if (format === "csv" || format === "tsv") {
    const table = await openTable(input.chunks, input.name, format === "tsv", parseCsv);
    ({ columns, rows } = await csvRows(table, { fields, customFields, map }));
    tellColumns(columns, named.name, options.strict);
  } else if (format === "json") {
    const json = await jsonRows(input.chunks, input.name);
    rows = json.rows;
    whole = batch && !json.array;
    if (whole && (options.upsert || options.set.length > 0)) {
      throw new CannotRun(`${input.name} is a whole request; say in it what --upsert and --set say`);
    }
  }

  const inputs = [file, options.existing, options.customFields, options.api].filter((name) => name !== undefined);
  const out = options.out === undefined ? nowhere : await openOutput(options.out, inputs);
  const report = options.report === undefined ? nowhere : await openOutput(options.report, inputs);
  const settings = { strict: options.strict, ...(customFields && !batch ? { customFields } : {}) };
  const job: Job = {
    operation: named.operation.with(settings),
    columns,
    plans,
    reported: options.report !== undefined,
    tally: new Tally(),
  };
  const judge = whole ? judgeRequest : batch ? judgeItems : judgeBodies;
  const verdicts = rows
    ? judge(job, rows)
    : judgeLines(job, input.chunks, {
        document: named.document,
        operation: `${named.operation.method} ${named.operation.path}`,
        options: settings,
        plans: batch ? plans : undefined,
        reported: job.reported,
      }, workers ?? workersFor(input.size));
  const progress = new Progress(input.size);
  try {
    for await (const { out: lines, report: told } of verdicts) {
      if (lines.length > 0) await out.write(lines);
      if (told.length > 0) await report.write(told);
      progress.tell(input.read, job.tally.rows);
    }
    await out.close();
    await report.close();
  } finally {
    progress.clear();
  }
  tellEnd(job.tally, named, input, options, { batch, columns, noun: format === "json" ? "item" : "row" });
  return job.tally.errors > 0 ? 1 : 0;
}

/** What only batches have. */
function refuse(options: CheckOptions, name: string): void {
  const { existing, segment, upsert, set } = options;
  const given = Object.entries({ existing, segment, upsert: upsert || undefined, set: set[0] });
  const [first] = given.find(([, value]) => value !== undefined) ?? [];
  if (first !== undefined) throw new CannotRun(`--${first} is for batches, and ${visible(name)} is none`);
}

async function plansOptions(
  options: CheckOptions,
  named: Named,
  fields: Fields,
  customFields: CustomField[] | undefined,
): Promise<PlansOptions> {
  if (options.upsert && fields.upsert === undefined) {
    throw new CannotRun(`--upsert: ${visible(named.name)} has no such flag`);
  }
  const plans: PlansOptions = {};
  if (options.existing !== undefined) plans.existing = await readExisting(options.existing);
  if (customFields) plans.customFields = customFields;
  if (options.segment !== undefined) plans.segment = segmentOf(options.segment);
  if (options.upsert) plans.upsert = true;
  if (options.set.length > 0) plans.body = membersOf(options.set, named, fields);
  return plans;
}

function segmentOf(text: string): { type: string; status: string } | null {
  if (text === "none") return null;
  const [type, status, more] = text.split("/");
  if (!type || !status || more !== undefined) {
    throw new CannotRun("--segment is TYPE/STATUS, such as static/active, or none if there is no such segment");
  }
  return { type, status };
}

/** The members of each request that `--set` gives, by the types the schema has. */
function membersOf(set: readonly string[], { name, operation }: Named, { items }: Fields): Record<string, unknown> {
  const { properties = {} } = operation.body.jsonSchema as { properties?: Record<string, { type?: unknown }> };
  const members: [string, unknown][] = set.map((one) => {
    const at = one.indexOf("=");
    const key = one.slice(0, at);
    if (at < 1) throw new CannotRun(`--set ${visible(one)} is not NAME=VALUE`);
    if (!Object.hasOwn(properties, key) || key === items) {
      const known = Object.keys(properties).filter((known) => known !== items);
      throw new CannotRun(`--set: ${visible(name)} has no \`${visible(key)}\`; it has ${known.join(", ")}`);
    }
    const text = one.slice(at + 1);
    if (properties[key]?.type === "string") return [key, text];
    try {
      return [key, JSON.parse(text) as unknown];
    } catch {
      return [key, text];
    }
  });
  return Object.fromEntries(members);
}

function mapping(map: readonly string[]): Map<string, string> {
  return new Map(
    map.map((one) => {
      const at = one.lastIndexOf("=");
      if (at < 1) throw new CannotRun(`--map ${visible(one)} is not "HEADER=FIELD"`);
      return [one.slice(0, at).trim(), one.slice(at + 1).trim()];
    }),
  );
}

/** Says which columns are no field, before anything is judged. */
function tellColumns({ unknown, missing }: Columns, name: string, strict: boolean): void {
  const lines = unknown.map(({ header, meant }) => {
    const shown = visible(header);
    const map = `map it with --map "${shown}=${meant ?? "FIELD"}"`;
    return `the column \`${shown}\` is no field of ${visible(name)}; ${map}, or leave it out with --map "${shown}="`;
  });
  if (strict && lines.length > 0) {
    throw new CannotRun(`${lines.join("\n")}\nunder --strict every column must be a field; leave one out with --map "HEADER="`);
  }
  for (const field of missing) lines.push(`no column is \`${visible(field)}\`, which every row needs`);
  for (const line of lines) process.stderr.write(`prewash: ${line}\n`);
}

function tellEnd(
  tally: Tally,
  named: Named,
  input: Input,
  options: CheckOptions,
  { batch, columns, noun }: { batch: boolean; columns: Columns | undefined; noun: string },
): void {
  const { out, report } = options;
  const lines = report === undefined ? tally.issueLines(noun) : [];
  if (lines.length > 0) lines.push("");
  lines.push(`${visible(named.name)}: ${input.name}`, "", ...tally.summaryLines({ batch, domains: false }));
  const unused = columns?.unknown.map(({ header }) => visible(header)) ?? [];
  const dropped = columns?.dropped.map(visible) ?? [];
  const ends = [
    ...(unused.length > 0 ? [`columns that are no field, and were not used: ${unused.join(", ")}`] : []),
    ...(dropped.length > 0 ? [`columns left out as asked: ${dropped.join(", ")}`] : []),
    ...(out !== undefined && out !== "-" ? [`cleaned ${batch ? "requests" : "bodies"}: ${visible(out)}`] : []),
    ...(report !== undefined && report !== "-" ? [`issues and changes: ${visible(report)}`] : []),
  ];
  if (ends.length > 0) lines.push("", ...ends);
  const people = out === "-" || report === "-" ? process.stderr : process.stdout;
  people.write(`${lines.join("\n")}\n`);
}
