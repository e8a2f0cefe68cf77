// The interfaces of Standard Schema and Standard JSON Schema, version 1 (https://standardschema.dev).
//
// Declared here and not imported, as the specification advises, so that the types of the package
// need no other package.

/** https://standardschema.dev/schema */
export interface StandardSchemaV1<In = unknown, Out = In> {
  /** What the specification asks for. */
  readonly "~standard": StandardSchemaV1.Props<In, Out>;
}

export declare namespace StandardSchemaV1 {
  /** The properties that the specification asks for. */
  interface Props<In = unknown, Out = In> extends StandardTypes<In, Out> {
    /** Gives the value, or the errors: warnings do not count there. */
    readonly validate: (value: unknown, options?: Options) => Result<Out>;
  }
  /** What a library may hand over. */
  interface Options {
    /** What only the two of them know; not read. */
    readonly libraryOptions?: Record<string, unknown> | undefined;
  }
  /** A value, or what is wrong. */
  type Result<Out> =
    | {
        /** The cleaned value. */
        readonly value: Out;
        /** Nothing. */
        readonly issues?: undefined;
      }
    | {
        /** The errors. */
        readonly issues: readonly Issue[];
      };
  /** An error. */
  interface Issue {
    /** What is wrong and what would pass. */
    readonly message: string;
    /** Where it is. */
    readonly path?: readonly PropertyKey[] | undefined;
  }
}

/** https://standardschema.dev/json-schema */
export interface StandardJSONSchemaV1<In = unknown, Out = In> {
  /** What the specification asks for. */
  readonly "~standard": StandardJSONSchemaV1.Props<In, Out>;
}

export declare namespace StandardJSONSchemaV1 {
  /** The properties that the specification asks for. */
  interface Props<In = unknown, Out = In> extends StandardTypes<In, Out> {
    /** The schema in words that other tools know. */
    readonly jsonSchema: {
      /** What is accepted. Throws for a target that is not supported. */
      readonly input: (options: Options) => Record<string, unknown>;
      /** What comes out after cleaning. Throws for a target that is not supported. */
      readonly output: (options: Options) => Record<string, unknown>;
    };
  }
  /** What is asked for. */
  interface Options {
    /** In which dialect. */
    readonly target: Target;
    /** What only the two of them know; not read. */
    readonly libraryOptions?: Record<string, unknown> | undefined;
  }
  /** The dialects: these three are known. */
  type Target = "draft-2020-12" | "draft-07" | "openapi-3.0" | (string & {});
}

/** What both have in common. */
export interface StandardTypes<In = unknown, Out = In> {
  /** The version of the interface. */
  readonly version: 1;
  /** `prewash` */
  readonly vendor: string;
  /** Only for the type checker; never there. */
  readonly types?:
    | {
        /** What is accepted. */
        readonly input: In;
        /** What comes out. */
        readonly output: Out;
      }
    | undefined;
}
