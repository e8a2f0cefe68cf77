// The types of an OpenAPI document that is known as a constant (`as const`, or written in the call):
// what TypeScript can tell of its operations, and `unknown` for the rest.

import type { Batch, OpenApi, OpenApiOperation, Operation } from "./types.js";

/** The operations of a document, by operationId and by `METHOD /path`; {@link OpenApi} if it is no constant. */
export type OpenApiOf<D> = D extends { readonly paths: infer Paths }
  ? string extends keyof Paths
    ? OpenApi
    : { readonly [E in Entries<Paths> as E["id"] | E["name"]]: OperationIn<E["operation"], D> }
  : OpenApi;

type Method = "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace";

/** A union with a member for each operation. */
type Entries<Paths> = {
  [P in keyof Paths & string]: {
    [M in keyof Paths[P] & Method]: { id: IdOf<Paths[P][M]>; name: `${Uppercase<M>} ${P}`; operation: Paths[P][M] };
  }[keyof Paths[P] & Method];
}[keyof Paths & string];

type IdOf<O> = O extends { readonly operationId: infer Id extends string } ? Id : never;

/** A type alias would show all of it where an editor tells the type. */
interface Inferred<Body, Answer> extends Operation<Body, Answer> {}

type OperationIn<O, D> = O extends { readonly "x-batch": object }
  ? Inferred<BodyIn<O, D>, AnswerIn<O, D>> & { readonly batch: Batch<BodyIn<O, D>, AnswerIn<O, D>> }
  : O extends object
    ? Inferred<BodyIn<O, D>, AnswerIn<O, D>>
    : OpenApiOperation;

type BodyIn<O, D> = O extends { readonly requestBody: infer B } ? Json<B, D> : unknown;
type AnswerIn<O, D> = O extends { readonly responses: { readonly 200: infer A } } ? Json<A, D> : unknown;
type Json<T, D> = T extends { readonly content: { readonly "application/json": { readonly schema: infer S } } } ? TypeOf<S, D> : unknown;

/** The values that pass a schema. What only narrows them (`minLength`, `allOf` beside a type, …) has no part in it. */
type TypeOf<S, D> = S extends { readonly $ref: infer R }
  ? R extends `#/components/schemas/${infer Name}`
    ? D extends { readonly components: { readonly schemas: { readonly [K in Name]: infer Found } } }
      ? TypeOf<Found, D>
      : unknown
    : unknown
  : S extends { readonly const: infer Value }
    ? Mutable<Value>
    : S extends { readonly enum: readonly (infer Value)[] }
      ? Mutable<Value>
      : S extends { readonly type: infer T }
        ? OfType<T extends readonly (infer One)[] ? One : T, S, D> | (S extends { readonly nullable: true } ? null : never)
        : unknown;

type OfType<T, S, D> = T extends "string"
  ? string
  : T extends "number" | "integer"
    ? number
    : T extends "boolean"
      ? boolean
      : T extends "null"
        ? null
        : T extends "array"
          ? S extends { readonly items: infer Item }
            ? TypeOf<Item, D>[]
            : unknown[]
          : T extends "object"
            ? S extends { readonly properties: infer P }
              ? ObjectOf<P, S extends { readonly required: readonly (infer K)[] } ? K : never, D>
              : Record<string, unknown>
            : unknown;

type ObjectOf<P, Required, D> = Flat<
  { -readonly [K in keyof P as K extends Required ? K : never]: TypeOf<P[K], D> } & {
    -readonly [K in keyof P as K extends Required ? never : K]?: TypeOf<P[K], D>;
  }
>;

/** One object type instead of two, as an editor shows it. */
type Flat<T> = { [K in keyof T]: T[K] };
type Mutable<T> = T extends object ? { -readonly [K in keyof T]: Mutable<T[K]> } : T;
