// Operations: of the APIs that come along, and of any OpenAPI document.

import { batchOf, type BatchSettings } from "./batch.js";
import { CompiledSchema } from "./compiled-schema.js";
import { documentText } from "./document.js";
import { call, failed } from "./instance.js";
import { partSchema } from "./json-schema.js";
import { Source, asked, type Part } from "./source.js";
import { put } from "./text.js";
import type { BatchOperation, OpenApi, OpenApiOperation, Operation, Options } from "./types.js";

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
  readonly #parts: Partial<Record<Part, CompiledSchema<unknown, unknown>>> = {};

  constructor(document: ApiDocument, name: OperationName, options: Options = {}) {
    this.#document = document;
    this.#name = name;
    this.#options = options;
    this.method = name.method;
    this.path = name.path;
    // An own property, and only where there are batches.
    if (name.batch) {
      const settings = () => batchSettings(document, name);
      (this as { batch?: unknown }).batch = batchOf(() => this.#part("body"), settings);
    }
  }

  get pathParameters() {
    return this.#part("pathParameters");
  }

  get body() {
    return this.#part("body");
  }

  get response() {
    return this.#part("response");
  }

  with(options: Options): this {
    return new ApiOperation(this.#document, this.#name, { ...this.#options, ...options }) as this;
  }

  #part(part: Part): CompiledSchema<unknown, unknown> {
    return (this.#parts[part] ??= new CompiledSchema(
      new Source(this.#document.text, { kind: "operation", operation: this.#name.id, part }),
      () => partSchema(this.#document.value, this.method, this.path, part),
      this.#options,
    ));
  }
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
 * The operations of any OpenAPI 3.1 document, by operationId, or by `METHOD /path` where there is
 * none. Each compiles at first use.
 *
 * @param document - an object, JSON text or its bytes
 * @throws TypeError if it is no OpenAPI document, with the place in it; at first use if a schema in
 *   it does not compile
 */
export function openapi(document: object | string | Uint8Array): OpenApi {
  const api = new ApiDocument(documentText(document, "an OpenAPI document"));
  const text = call((core) => asked(() => core.glue.operations(put(core, api.text))), failed);
  const names = JSON.parse(text) as OperationName[];
  const operations = names.map((name) => [name.id, new ApiOperation(api, name) as OpenApiOperation]);
  return Object.fromEntries(operations) as OpenApi;
}

function batchSettings(document: ApiDocument, { method, path }: OperationName): BatchSettings {
  type Item = Record<string, { "x-batch"?: { items?: string; upsert?: string } } | undefined>;
  const { paths } = document.value as { paths: Record<string, Item> };
  const { items = "items", upsert } = paths[path]?.[method.toLowerCase()]?.["x-batch"] ?? {};
  type Body = { properties?: Record<string, { maxItems?: number } | undefined> };
  const body = partSchema(document.value, method, path, "body") as Body;
  return { items, upsert, most: body.properties?.[items]?.maxItems ?? 100 };
}

/** An operation by its type in generated code: what the document says it takes and gives. */
export type OperationOf<T> = Operation<BodyOf<T>, AnswerOf<T>, PathInput<PathOf<T>>, PathOf<T>>;
/** The same with batches. */
export type BatchOperationOf<T> = BatchOperation<BodyOf<T>, AnswerOf<T>, PathInput<PathOf<T>>, PathOf<T>>;

type JsonContent<T> = T extends { content: { "application/json": infer Content } } ? Content : unknown;
type BodyOf<T> = T extends { requestBody?: infer Body } ? JsonContent<NonNullable<Body>> : unknown;
type AnswerOf<T> = T extends { responses: { 200: infer Answer } } ? JsonContent<Answer> : unknown;
type PathOf<T> = T extends { parameters: { path: infer Path } } ? Path : Record<string, never>;
/** In a path all is text: a number may be given as one. */
type PathInput<T> = { [K in keyof T]: T[K] extends number ? T[K] | string : T[K] };
