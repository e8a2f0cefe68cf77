// The interfaces of Standard Schema and Standard JSON Schema, version 1 (https://standardschema.dev).
//
// Declared here and not imported, as the specification advises, so that the types of the package
// need no other package.

/** https://standardschema.dev/schema */
export interface StandardSchemaV1<In = unknown, Out = In> {
  readonly "~standard": StandardSchemaV1.Props<In, Out>;
}

export declare namespace StandardSchemaV1 {
  interface Props<In = unknown, Out = In> extends StandardTypes<In, Out> {
    /** Gives the value, or the errors: warnings do not count there. */
    readonly validate: (value: unknown, options?: Options) => Result<Out>;
  }
  interface Options {
    readonly libraryOptions?: Record<string, unknown> | undefined;
  }
  type Result<Out> = { readonly value: Out; readonly issues?: undefined } | { readonly issues: readonly Issue[] };
  interface Issue {
    readonly message: string;
    readonly path?: readonly PropertyKey[] | undefined;
  }
}

/** https://standardschema.dev/json-schema */
export interface StandardJSONSchemaV1<In = unknown, Out = In> {
  readonly "~standard": StandardJSONSchemaV1.Props<In, Out>;
}

export declare namespace StandardJSONSchemaV1 {
  interface Props<In = unknown, Out = In> extends StandardTypes<In, Out> {
    readonly jsonSchema: {
      /** What is accepted. Throws for a target that is not supported. */
      readonly input: (options: Options) => Record<string, unknown>;
      /** What comes out after cleaning. Throws for a target that is not supported. */
      readonly output: (options: Options) => Record<string, unknown>;
    };
  }
  interface Options {
    readonly target: Target;
    readonly libraryOptions?: Record<string, unknown> | undefined;
  }
  type Target = "draft-2020-12" | "draft-07" | "openapi-3.0" | (string & {});
}

/** What both have in common. */
export interface StandardTypes<In = unknown, Out = In> {
  readonly version: 1;
  readonly vendor: string;
  /** Only for the type checker; never there. */
  readonly types?: { readonly input: In; readonly output: Out } | undefined;
}
