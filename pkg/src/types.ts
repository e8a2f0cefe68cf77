// The public types: what every function of the package takes and gives.

import type { StandardJSONSchemaV1, StandardSchemaV1 } from "./standard.js";

/** Where something is: keys of objects and indexes of arrays (from 0), from the root down. */
export type Path = (string | number)[];

/** A place in a text. */
export interface Position {
  /** The line, from 1. */
  line: number;
  /** The character in the line, from 1. */
  column: number;
  /** The offset in bytes of UTF-8, from 0. */
  offset: number;
}

/** Something wrong with an input. Data, never an exception. */
export interface Issue {
  /** What is wrong, by a stable name in snake_case: `required`, `type`, `single_label`, … */
  code: string;
  /** An `error` stops the input from being sent, a `warning` does not. */
  severity: "error" | "warning";
  /** Where it is. */
  path: Path;
  /** The path as a JSON Pointer (RFC 6901). */
  pointer: string;
  /** What is wrong and what would pass, in English or as `messages` of {@link Options} has it. */
  message: string;
  /** What the message is built from, for messages of your own. */
  params: Record<string, unknown>;
  /** A value that would pass, where one is near. */
  suggestion?: unknown;
  /** Where it is in the text, if the input was text. */
  position?: Position;
}

/** Something that was cleaned. Nothing is altered without one. */
export interface Change {
  /** Where, in the input as it was given. */
  path: Path;
  /** The path as a JSON Pointer (RFC 6901). */
  pointer: string;
  /** What was there; the old key where the rule is `custom_field_key`. */
  from: unknown;
  /** What is there now; undefined where the member or element was dropped. */
  to: unknown;
  /** The rule that asked for it: the name of a format, `trim`, `drop_null`, … */
  rule: string;
  /** The new text as people write it, where that differs: a domain in Unicode. */
  unicode?: string;
}

/** A value that passed, with warnings at most. */
export interface Passed<T> {
  /** It can be sent. */
  ok: true;
  /** The cleaned value: a copy, never the input itself. */
  value: T;
  /** Warnings, in the order of the input. */
  issues: Issue[];
  /** What was cleaned, in the order of the input. */
  changes: Change[];
}

/** An input with at least one error. */
export interface Refused {
  /** It cannot be sent. */
  ok: false;
  /** Nothing. */
  value?: undefined;
  /** At least one error, and warnings, in the order of the input. */
  issues: Issue[];
  /** What would be cleaned, in the order of the input. */
  changes: Change[];
}

/** The verdict on a value: `if (result.ok)` narrows it. */
export type Result<T> = Passed<T> | Refused;

/** The verdict on a JSON text: a string where a string was given, bytes where bytes were given. */
export type TextResult<J extends string | Uint8Array = string | Uint8Array> =
  | {
      /** It can be sent. */
      ok: true;
      /**
       * The text to send. The very text that was given if nothing had to be changed, bytes
       * included: treat both as read-only, or copy.
       */
      json: J;
      /** Warnings, in the order of the text. */
      issues: Issue[];
      /** What was cleaned, in the order of the text. */
      changes: Change[];
    }
  | {
      /** It cannot be sent. */
      ok: false;
      /** Nothing. */
      json?: undefined;
      /** At least one error, and warnings, in the order of the text. */
      issues: Issue[];
      /** What would be cleaned, in the order of the text. */
      changes: Change[];
    };

/** A custom field that your CRM has. */
export interface CustomField {
  /** The key in bodies: Recotap's `CONTRACT_VALUE_C`, Monaco's uuid (with or without `custom_field_`). */
  key: string;
  /** The name people see. A label where the key belongs is told with the key as suggestion. */
  label?: string;
  /** What values it takes; any, if not given. */
  type?: "text" | "number" | "boolean" | "date" | "url" | "select" | "multiselect";
  /** The values of a `select` or `multiselect`. */
  options?: string[];
}

/** How to check. */
export interface Options {
  /** Whether unknown keys, and nulls that would be dropped, are errors; false by default. */
  strict?: boolean;
  /** The custom fields there are; unknown keys and values of the wrong type are errors then. */
  customFields?: CustomField[];
  /** Which LinkedIn host to write; each API has its own by default. */
  linkedinHost?: "www" | "apex";
  /** Messages of your own, by code. */
  messages?: Record<string, (issue: Issue) => string>;
  /** How deep arrays and objects may nest; 128 by default, at most 512. */
  maxDepth?: number;
  /** How long a text may be, or a value as JSON text, in bytes; 16 MiB by default, at most 1 GiB. */
  maxBytes?: number;
  /** How many issues are told, before one that says how many more there are; 100,000 by default. */
  maxIssues?: number;
  /**
   * How many subschemas a check may run, beside 64 for each value and key of the input, before it ends in
   * `too_complex`; 1,000,000 by default.
   */
  maxSteps?: number;
}

/**
 * A compiled schema. It is a Standard Schema and a Standard JSON Schema too, so form libraries,
 * servers and tools that know these take it as it is.
 */
export interface Schema<In = unknown, Out = In> {
  /**
   * Checks and cleans a value, as `JSON.stringify` would see it.
   *
   * Never changes the value and never throws for it: what JSON cannot hold (NaN, functions,
   * cycles, a getter that throws) is an issue at its path.
   */
  check(value: unknown): Result<Out>;
  /**
   * Checks and cleans JSON text. Numbers keep their digits and keys their order; what needs no
   * edit is copied through byte for byte. Bytes to bytes is the fastest way.
   */
  checkText(json: string): TextResult<string>;
  /** The same for bytes of UTF-8: bytes come back. */
  checkText(json: Uint8Array): TextResult<Uint8Array>;
  /** The same where it is not known which of the two it is. */
  checkText(json: string | Uint8Array): TextResult;
  /**
   * Checks one field of a form as its user types.
   *
   * @param path - keys and indexes, a JSON Pointer (`/accounts/0/domain`) or a dotted name
   *   (`accounts[0].domain`, `accounts.0.domain`)
   * @param value - the value of the field alone; undefined if there is none
   */
  checkField(path: Path | string, value: unknown): Result<unknown>;
  /** The same schema with other options, which replace those given before by name. Cheap. */
  with(options: Options): Schema<In, Out>;
  /** The schema as one JSON Schema 2020-12 document that refers to nothing outside of it. */
  readonly jsonSchema: object;
  /**
   * Standard Schema and Standard JSON Schema, version 1.
   *
   * `jsonSchema.input` tells what is accepted, `jsonSchema.output` what comes out after cleaning, for
   * `draft-2020-12`, `draft-07` and `openapi-3.0`. They take more where cleaning cannot be said
   * exactly, never less. What a target has no words for is an Error that names it.
   */
  readonly "~standard": StandardSchemaV1.Props<In, Out> & StandardJSONSchemaV1.Props<In, Out>;
}

/** An operation of an API: what it is called by and what it takes and gives. */
export interface Operation<Body = unknown, Response = unknown, PathIn = unknown, PathOut = PathIn> {
  /** The HTTP method, in upper case. */
  readonly method: string;
  /** The path with its parameters in braces: `/v3/contact-accounts/{id}`. */
  readonly path: string;
  /** The parameters in the path, as an object. In parameters, numbers and booleans may be text. */
  readonly pathParameters: Schema<PathIn, PathOut>;
  /** The parameters in the query, as an object. */
  readonly queryParameters: Schema;
  /** The parameters in the header, as an object; names are in lower case, other headers are let pass. */
  readonly headerParameters: Schema;
  /** The body of a request: of its media types the first that is JSON. */
  readonly body: Schema<Body, Body>;
  /** The bodies of a request by media type, as the document spells it. */
  readonly bodies: Readonly<Record<string, Schema>>;
  /** The body of the answer when all went well. */
  readonly response: Schema<Response, Response>;
  /**
   * The bodies of answers in JSON by status, as the document has them: `200`, `4XX`, `default`. Any
   * status may be asked for: one that is not listed is judged as its class, or by default.
   */
  readonly responses: Readonly<Record<string | number, Schema>>;
  /** The same operation with these options in all of its schemas and in its batches. */
  with(options: Options): this;
}

/** An operation that takes many items at once (`x-batch` in its document). */
export interface BatchOperation<Body = unknown, Response = unknown, PathIn = unknown, PathOut = PathIn>
  extends Operation<Body, Response, PathIn, PathOut> {
  /** What to send, what will come of it, and what came of it. */
  readonly batch: Batch<Body, Response>;
}

/** An operation of a document of your own: `batch` is there if it has `x-batch`. */
export interface OpenApiOperation extends Operation {
  /** Requests of many items, if the document says how. */
  readonly batch?: Batch;
}

/**
 * The operations of a document by operationId, or by `METHOD /path` where there is none. The second
 * leads to every operation, but is not listed for those that have the first.
 */
export interface OpenApi {
  readonly [operationId: string]: OpenApiOperation;
}

/** What the caller knows. What is not given is not judged. */
export interface Known {
  /**
   * The domains that exist already, in any spelling, compared cleaned: any iterable of domains or
   * of `[domain, id]`, a Map, or an object from domain to id.
   */
  existing?: Iterable<string | readonly [string, string | null]> | Readonly<Record<string, string | null>>;
  /** The custom fields that are registered: their keys, or their definitions. */
  customFields?: Iterable<string | CustomField>;
  /** The segment that the body names; null if it does not exist. */
  segment?: {
    /** `static` is what the vendor takes. */
    type: string;
    /** `active` or `draft` is what the vendor takes. */
    status: string;
  } | null;
}

/** What {@link Batch.plans} takes besides the items. */
export interface PlansOptions extends Known {
  /** Whether existing accounts are updated, written into each request; left out by default. */
  upsert?: boolean;
  /** What else each request holds, such as `{ segmentId }`. */
  body?: Readonly<Record<string, unknown>>;
}

/** What will become of one item. */
export interface PlanItem {
  /** Its index in the input, from 0; of `plans`, in all of it. */
  index: number;
  /** What the vendor will say, or `invalid`: it cannot be sent and is left out of the request. */
  status: "created" | "updated" | "failed" | "invalid";
  /** Its cleaned domain; null if it has none. */
  domain: string | null;
  /** What is wrong with it, with paths from the body's root. */
  issues: Issue[];
  /** What was cleaned in it, with paths from the body's root. */
  changes: Change[];
}

/** The vendor's word on one item. */
export interface BatchResult {
  /** The cleaned domain. */
  domain: string;
  /** What the vendor did with it. */
  status: "created" | "updated" | "failed";
  /** Why it failed, in the vendor's words. */
  error?: string | null;
  /** The vendor's id under the vendor's name for it; null where it is not known. */
  [id: string]: unknown;
}

/** The vendor's counts. */
export interface BatchSummary {
  /** The number of results: the sum of the others. */
  total: number;
  /** How many are new. */
  created: number;
  /** How many existed and were updated. */
  updated: number;
  /** How many were refused. */
  failed: number;
}

/** A server's answer to a batch. */
export interface BatchAnswer<R = BatchResult> {
  /** One a sent item, in order. */
  results: R[];
  /** The results, counted. */
  summary: BatchSummary;
}

/** What is common to plans that can be sent and plans that cannot. */
export interface PlanParts<R = BatchResult> extends BatchAnswer<R> {
  /** Every item of the input, in order. */
  items: PlanItem[];
  /** What is wrong with the request as a whole; errors refuse all of it. */
  issues: Issue[];
  /** What was cleaned around the items; there only if something was. */
  changes?: Change[];
}

/**
 * What to send and what will come of it.
 *
 * A plain object. `results`, `summary` and `items` are decoded together when one of them is first
 * read, so that who only forwards the request pays for no more.
 */
export type Plan<Q = unknown, R = BatchResult> =
  | ({
      /** There is something to send. */
      ok: true;
      /** The cleaned body, in the kind that was given, without the items that cannot be sent. */
      request: Q;
    } & PlanParts<R>)
  | ({
      /** The whole request is refused, or no item of it can be sent. */
      ok: false;
      /** Nothing. */
      request?: undefined;
    } & PlanParts<R>);

/** What a server did with one item, for {@link Batch.respond}. */
export interface Outcome {
  /** The cleaned domain. */
  domain: string;
  /** What the server did. */
  status: "created" | "updated" | "failed";
  /** The vendor's id, by any name; null if there is none. */
  id?: string | null;
  /** The id by Recotap's name for it. */
  rtp_aid?: string | null;
  /** Why it failed, where it is neither that the account exists nor an unknown custom field. */
  error?: string;
  /** The custom field keys that are not registered, in payload order. */
  customFields?: string[];
}

/** One row that was planned, and what came of it. */
export interface ReconciledRow {
  /** The index in the input, from 0. */
  index: number;
  /** Its cleaned domain; null if it has none. */
  domain: string | null;
  /** What the vendor said, or that it did not, or that the item was not sent. */
  status: "created" | "updated" | "failed" | "unanswered" | "invalid";
  /** The vendor's id; null if there is none. */
  id: string | null;
  /** Why it failed; null if it did not. */
  error: string | null;
}

/** The vendor's answer, joined back to the rows sent. */
export interface Reconciliation {
  /** Whether the answer fits the request: its length, its domains and its counts. */
  ok: boolean;
  /** Created or updated. */
  done: ReconciledRow[];
  /** Not answered, or failed for no reason in the row itself: sent again, they may pass. */
  retry: ReconciledRow[];
  /** Failed or invalid: to be mended first. */
  fix: ReconciledRow[];
  /** Where the answer does not fit. */
  issues: Issue[];
}

/** The vendor-shaped result of a response type. */
type ResultOf<Response> = Response extends { results: (infer R)[] } ? R : BatchResult;

/** Batches of an operation. */
export interface Batch<Body = unknown, Response = unknown> {
  /**
   * Judges a whole request before it is sent: every item in order, as the vendor will.
   *
   * Items that cannot be sent are left out of `request`, so that one bad row does not sink the rest.
   *
   * @param body - an object, a JSON text or its bytes; `request` comes back in the same kind
   */
  plan(body: string, known?: Known): Plan<string, ResultOf<Response>>;
  /** The same for the bytes of a JSON text: `request` is bytes. */
  plan(body: Uint8Array, known?: Known): Plan<Uint8Array, ResultOf<Response>>;
  /** The same for a value: `request` is a value. */
  plan(body: unknown, known?: Known): Plan<Body, ResultOf<Response>>;
  /**
   * Plans for any number of items: requests of as many as one may hold (100 for Recotap), with the
   * domains remembered from one to the next, and the items counted through.
   *
   * @param items - any iterable, of values, or of the JSON text of each as bytes: then `request` is
   *   bytes as well, and positions are those in the item's text
   */
  plans(items: Iterable<Uint8Array>, options?: PlansOptions): Generator<Plan<Uint8Array, ResultOf<Response>>, void, undefined>;
  /** The same for values: `request` is a value. */
  plans(items: Iterable<unknown>, options?: PlansOptions): Generator<Plan<Body, ResultOf<Response>>, void, undefined>;
  /** The same for bytes that come one after the other. */
  plans(
    items: AsyncIterable<Uint8Array>,
    options?: PlansOptions,
  ): AsyncGenerator<Plan<Uint8Array, ResultOf<Response>>, void, undefined>;
  /** The same for values that come one after the other. */
  plans(
    items: AsyncIterable<unknown>,
    options?: PlansOptions,
  ): AsyncGenerator<Plan<Body, ResultOf<Response>>, void, undefined>;
  /**
   * A server's answer in the vendor's shape and words, the summary counted.
   *
   * @throws TypeError if an outcome has no domain or a status that is none
   */
  respond(outcomes: Iterable<Outcome>): BatchAnswer<ResultOf<Response>>;
  /**
   * Joins the vendor's answer back to the rows of a plan.
   *
   * @param plan - the plan whose request was sent; only `items` is read
   * @param response - the answer: an object, a JSON text or its bytes. Anything may be given; what
   *   is no answer to this plan is an issue
   */
  reconcile(plan: { items: readonly PlanItem[] }, response: unknown): Reconciliation;
}

/** What the package was built with. */
export interface Info {
  /** The version of the package. */
  version: string;
  /** The version of Unicode that its tables are of. */
  unicode: string;
  /** Who maps internationalised names: `tables` of its own, or the `host`. */
  idna: string;
  [more: string]: unknown;
}
