// Operations: of the APIs that come along, and of any OpenAPI document.

import { batchOf, type BatchSettings } from "./batch.js";
import { CompiledSchema } from "./compiled-schema.js";
import { documentText } from "./document.js";
import { call, failed } from "./instance.js";
import type { OpenApiOf } from "./infer.js";
import { BodyLines, ItemLines, Keys, type Lines } from "./lines.js";
import { mediaTypes, operationAt, partSchema, referred, statuses } from "./part.js";
import { Source, asked, type Part } from "./source.js";
import { member } from "./subschema.js";
import { put } from "./text.js";
import type { Batch, OpenApiOperation, Operation, Options, Schema } from "./types.js";

/** An OpenAPI document: its text for the core, its value for who reads it. */
export class ApiDocument {
  readonly text: string;
  #value: unknown;

  constructor(text: string) {
    this.text = text;
  }

  get value(): unknown {
    return (this.#value ??= JSON.parse(this.text) as unknown);
  }
}

/** What names an operation in its document. */
export interface OperationName {
  /** The operationId, or `METHOD /path`. */
  id: string;
  /** In upper case. */
  method: string;
  path: string;
  /** Whether it has `x-batch`. */
  batch: boolean;
}

/** An operation: its schemas compile at first use, each alone. */
class ApiOperation implements Operation {
  readonly method: string;
  readonly path: string;
  readonly #document: ApiDocument;
  readonly #name: OperationName;
  readonly #options: Options;
  readonly #parts = new Map<string, CompiledSchema<unknown, unknown>>();
  #bodies: Operation["bodies"] | undefined;
  #responses: Operation["responses"] | undefined;

  constructor(document: ApiDocument, name: OperationName, options: Options = {}) {
    this.#document = document;
    this.#name = name;
    this.#options = options;
    this.method = name.method;
    this.path = name.path;
    // An own property, and only where there are batches.
    if (name.batch) {
      const settings = () => batchSettings(document, name);
      (this as { batch?: unknown }).batch = batchOf(() => this.#part({ kind: "body" }), settings);
    }
  }

  get pathParameters() {
    return this.#part({ kind: "pathParameters" });
  }

  get queryParameters() {
    return this.#part({ kind: "queryParameters" });
  }

  get headerParameters() {
    return this.#part({ kind: "headerParameters" });
  }

  get body() {
    return this.#part({ kind: "body" });
  }

  get bodies() {
    const names = () => mediaTypes(this.#document.value, this);
    return (this.#bodies ??= byName(names(), (name) => this.#part({ kind: "body", name })));
  }

  get response() {
    return this.#part({ kind: "response" });
  }

  get responses() {
    return (this.#responses ??= this.#byStatus());
  }

  with(options: Options): this {
    return new ApiOperation(this.#document, this.#name, { ...this.#options, ...options }) as this;
  }

  /** For the command line. */
  get "~lines"(): Lines {
    const body = this.#part({ kind: "body" });
    return {
      bodies: () => new BodyLines(body),
      items: (options) => new ItemLines(body, batchSettings(this.#document, this.#name), options),
      keys: () => new Keys(),
    };
  }

  /** The responses under the statuses of the document; a status that is not there, by its class or the default. */
  #byStatus(): Operation["responses"] {
    const documented = statuses(this.#document.value, this);
    const names = [...documented].filter(([, hasSchema]) => hasSchema).map(([status]) => status);
    const responses = byName(names, (name) => this.#part({ kind: "response", name }));
    return new Proxy(responses, {
      get(responses, status) {
        if (typeof status !== "string" || !/^[1-5]\d\d$/.test(status)) return Reflect.get(responses, status) as unknown;
        const known = [status, `${status[0]}XX`, "default"].find((name) => documented.has(name));
        return known === undefined ? undefined : responses[known];
      },
    });
  }

  #part(part: Part): CompiledSchema<unknown, unknown> {
    const { kind, name } = part;
    const key = `${kind} ${name ?? ""}`;
    let schema = this.#parts.get(key);
    if (!schema) {
      // By method and path: an operationId may be given twice.
      const operation = `${this.method} ${this.path}`;
      const source = new Source(this.#document.text, { kind: "operation", operation, part: kind, name });
      const document = () => partSchema(this.#document.value, this, part);
      const text = kind !== "body" && kind !== "response";
      schema = new CompiledSchema(source, { document, formats: true, text }, this.#options);
      this.#parts.set(key, schema);
    }
    return schema;
  }
}

/** An object whose values are made when they are read. */
function byName<T>(names: readonly string[], make: (name: string) => T): Readonly<Record<string, T>> {
  const object: Record<string, T> = {};
  for (const name of names) Object.defineProperty(object, name, { enumerable: true, get: () => make(name) });
  return object;
}

/**
 * The operations of an API that comes along. What its document says of them is written out by the
 * build, so that nothing is parsed before it is used.
 */
export function vendor<T>(text: string, names: readonly OperationName[]): T {
  const document = new ApiDocument(text);
  return Object.fromEntries(names.map((name) => [name.id, new ApiOperation(document, name)])) as T;
}

/**
 * The operations of any OpenAPI document, 3.1 or 3.0, by operationId, or by `METHOD /path` where there
 * is none. The second leads to every operation, but is listed only where it is the only name.
 *
 * Each schema compiles at first use, alone: one that does not compile stops no other.
 *
 * Of a document that TypeScript knows as a constant (`as const`, or written in the call), the types of
 * bodies and answers are inferred.
 *
 * @param document - an object, JSON text or its bytes
 * @throws TypeError if it is no OpenAPI document, or an `x-batch` in it is none; at first use if a
 *   schema does not compile, or the operation has no such body or response. Each says where in the
 *   document, as a JSON Pointer
 */
export function openapi<const D extends object | string | Uint8Array>(document: D): OpenApiOf<D> {
  const api = new ApiDocument(documentText(document, "an OpenAPI document"));
  const text = call((core) => asked(() => core.glue.operations(put(core, api.text))), failed);
  const operations: Record<string, OpenApiOperation> = {};
  const name = (key: string, value: OpenApiOperation, enumerable: boolean) => {
    if (!Object.hasOwn(operations, key)) Object.defineProperty(operations, key, { value, enumerable });
  };
  const made = (JSON.parse(text) as OperationName[]).map((name) => [name.id, new ApiOperation(api, name)] as const);
  for (const [id, operation] of made) name(id, operation, true);
  for (const [, operation] of made) name(`${operation.method} ${operation.path}`, operation, false);
  return operations as OpenApiOf<D>;
}

function batchSettings(document: ApiDocument, at: OperationName): BatchSettings {
  const batch = member(operationAt(document.value, at), "x-batch") as { items?: string; upsert?: string; key?: string } | undefined;
  const { items = "items", upsert, key = "" } = batch ?? {};
  const body = partSchema(document.value, at, { kind: "body" });
  const list = referred(body, member(member(body, "properties"), items));
  return { items, upsert, key, most: (member(list, "maxItems") as number | undefined) ?? 100 };
}

/**
 * An operation by the type that openapi-typescript gives it: what the document says it takes and
 * gives. For a document of your own, `openapi(document) as unknown as { getThing:
 * OperationOf<operations["getThing"]> }`.
 */
export interface OperationOf<T> extends Operation<BodyOf<T>, AnswerOf<T>, AsText<PathOf<T>>, PathOf<T>> {
  readonly queryParameters: Schema<AsText<QueryOf<T>>, QueryOf<T>>;
  readonly headerParameters: Schema<AsText<HeaderOf<T>>, HeaderOf<T>>;
  readonly bodies: BodiesOf<T>;
  readonly responses: ResponsesOf<T>;
}
/** The same with batches. */
export interface BatchOperationOf<T> extends OperationOf<T> {
  /** What to send, what will come of it, and what came of it. */
  readonly batch: Batch<BodyOf<T>, AnswerOf<T>>;
}

type Content<T> = T extends { content: infer Content } ? Content : Record<never, unknown>;
type JsonContent<T> = T extends { content: { "application/json": infer Content } } ? Content : unknown;
type RequestOf<T> = T extends { requestBody?: infer Body } ? NonNullable<Body> : unknown;
type BodyOf<T> = JsonContent<RequestOf<T>>;
type BodiesOf<T> = { readonly [M in keyof Content<RequestOf<T>>]: Schema<Content<RequestOf<T>>[M]> };
type Responses<T> = T extends { responses: infer R } ? R : Record<never, unknown>;
type AnswerOf<T> = JsonContent<Responses<T> extends { 200: infer Answer } ? Answer : unknown>;
/** Those of the statuses that answer in JSON. */
type ResponsesOf<T> = {
  readonly [S in keyof Responses<T> as Responses<T>[S] extends { content: { "application/json": unknown } } ? S : never]: Schema<
    JsonContent<Responses<T>[S]>
  >;
};
type ParametersOf<T, Place extends string> = T extends { parameters: { [P in Place]?: infer Found } }
  ? [NonNullable<Found>] extends [never]
    ? Record<string, never>
    : NonNullable<Found>
  : Record<string, never>;
type PathOf<T> = ParametersOf<T, "path">;
type QueryOf<T> = ParametersOf<T, "query">;
/** Names of headers are in lower case. */
type HeaderOf<T> = { [K in keyof ParametersOf<T, "header"> as Lowercase<K & string>]: ParametersOf<T, "header">[K] };
/** Outside of bodies all is text: a number or a boolean may be given as one. */
type AsText<T> = { [K in keyof T]: NonNullable<T[K]> extends number | boolean ? T[K] | string : T[K] };
