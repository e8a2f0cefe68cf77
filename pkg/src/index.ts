// What all entries export.

export { cleanDomain, cleanDomains } from "./domain.js";
export { mergeCustomFields, splitCustomFields } from "./custom-fields.js";
export { info } from "./info.js";
export { openapi } from "./operation.js";
export { schema } from "./schema.js";
export { toProblem } from "./problem.js";
export * from "./generated/vendors.js";
export type * from "./types.js";
export type { OpenApiOf } from "./infer.js";
export type { BatchOperationOf, OperationOf } from "./operation.js";
export type { SplitFields } from "./custom-fields.js";
export type { MonacoError, Problem, ProblemOptions, ProblemShapes, RecotapError } from "./problem.js";
export type { SchemaOptions } from "./schema.js";
export type { StandardJSONSchemaV1, StandardSchemaV1 } from "./standard.js";
