// What the page and the worker of batches tell each other. Plain data: no code is shared but these types.

import type { Change, Issue } from "prewash";

/** How a file is read. */
export type Format = "csv" | "tsv" | "ndjson" | "json";

/** A file or a text that is pasted: what is known. */
export interface Given {
  name: string;
  blob: Blob;
}

/** What rows are judged by. */
export interface Settings {
  /** `recotap.pushAccounts`, or `api.createLead` of the user's own document. */
  operation: string;
  /** The user's own document, if the operation is of that. */
  document?: string | undefined;
  strict: boolean;
  upsert: boolean;
  existing?: Given | undefined;
  customFields?: Given | undefined;
  /** `TYPE/STATUS`, `none`, or nothing. */
  segment: string;
  /** Other members of each request, by their names. */
  members: Record<string, string>;
}

/** What the page asks for. Each is answered once, by its `id`. */
export type Ask = { id: number } & (
  | { ask: "describe"; file: File; format?: Format | undefined; settings: Settings }
  | { ask: "sample"; rows: number; settings: Settings }
  | { ask: "run"; file: File; format: Format; settings: Settings; map: [header: string, field: string][] }
  | { ask: "row"; index: number }
  | { ask: "clean" }
  | { ask: "report" }
  | { ask: "problems" }
);

/** A column of a table. */
export interface ColumnTold {
  /** Its header; one that comes again has a number behind it. */
  header: string;
  /** What the first row has in it. */
  sample: string;
  /** The field that it is, or probably is; none, if it is left out. */
  field: string;
  /** Whether the field is only a guess. */
  guessed: boolean;
}

/** What a file is, and what its operation takes. */
export interface Described {
  format: Format;
  /** Whether the rows are items of batches. */
  batch: boolean;
  /** Whether the file is one request as a whole. */
  whole: boolean;
  /** Undefined if the file is no table. */
  columns?: ColumnTold[];
  fields: { name: string; title: string; required: boolean }[];
  /** Whether batches have a flag to update what exists. */
  upsert: boolean;
  /** Texts that each request may have besides its items: name and title. */
  members: { name: string; title: string; description: string }[];
}

/** The statuses of rows, in the order of their numbers. */
export const STATUSES = ["created", "updated", "failed", "invalid", "ready", "refused"] as const;
export type Status = (typeof STATUSES)[number];

/** How many rows a block has; only the last has fewer. */
export const BLOCK = 2048;

/** Rows as the page keeps them: some numbers, and bytes. */
export interface Block {
  status: Uint8Array<ArrayBuffer>;
  /** Where people find each: its line or item. */
  row: Uint32Array<ArrayBuffer>;
  /** How many issues and changes each has, at most 255. */
  issues: Uint8Array<ArrayBuffer>;
  changes: Uint8Array<ArrayBuffer>;
  /** Where the codes of each begin, and their numbers. */
  starts: Uint32Array<ArrayBuffer>;
  codes: Uint16Array<ArrayBuffer>;
  /** The key of each and its first message as UTF-8: `key TAB message LF`. */
  text: Uint8Array<ArrayBuffer>;
}

/** How often there was an issue of a code. */
export interface CodeCount {
  code: string;
  severity: string;
  count: number;
}

/** What was counted. */
export interface Counts {
  rows: number;
  sent: number;
  errors: number;
  warnings: number;
  changes: number;
  requests: number;
  created: number;
  updated: number;
  failed: number;
  codes: CodeCount[];
}

/** How far a run is. */
export interface Progress {
  read: number;
  size: number;
  counts: Counts;
  /** The codes by their numbers. */
  numbers: string[];
  blocks: Block[];
}

/** What a run ended with. */
export interface Done {
  /** In the worker, from the first byte to the last row, in milliseconds. */
  time: number;
  /** Why it could not go on to the end. */
  stopped?: string;
  /** What is wrong with requests as a whole, and in how many of them. */
  requests: { issue: Issue; count: number }[];
  /** Headers that were not used. */
  unused: string[];
  missing: string[];
}

/** A row, all of it. */
export interface RowTold {
  row: number;
  /** As the file has it: cells by their headers, or its text. */
  cells?: [header: string, cell: string, field: string][];
  text?: string;
  issues: (Issue & { column?: string })[];
  changes: (Change & { column?: string })[];
}

/** What the worker tells. */
export type Tell =
  | { id: number; progress: Progress }
  | { id: number; answer: unknown }
  | { id: number; failed: string };
