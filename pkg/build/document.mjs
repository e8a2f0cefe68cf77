// What the build reads in an OpenAPI document.

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/** The operations: `{ id, method, path, batch, summary }`, in the order of the document. */
export function operations(document) {
  return Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method]).map((method) => {
      const operation = item[method];
      const id = operation.operationId ?? `${method.toUpperCase()} ${path}`;
      return { id, method: method.toUpperCase(), path, batch: "x-batch" in operation, summary: operation.summary };
    }),
  );
}

/** What is said to people, not to the check. */
const TOLD = new Set(["description", "summary", "example", "examples", "externalDocs", "tags"]);
/** Below these, the keys are names that the document's author chose. */
const NAMED = new Set(["properties", "patternProperties", "$defs", "schemas", "responses", "parameters", "requestBodies", "paths", "content"]);
/** Values, not schemas. */
const VALUES = new Set(["enum", "const", "default", "required", "x-suggested-values"]);

/** The document without descriptions and examples, for the bundle: the check reads none of them. */
export function stripped(document) {
  const { servers: _, security: __, ...rest } = document;
  const { securitySchemes: ___, ...components } = rest.components ?? {};
  return strip({ ...rest, components });
}

function strip(value, key = "") {
  if (Array.isArray(value)) return VALUES.has(key) ? value : value.map((inner) => strip(inner));
  if (typeof value !== "object" || value === null || VALUES.has(key)) return value;
  const named = NAMED.has(key);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => named || !TOLD.has(name))
      // A property may be named like a keyword: what is below it is a schema again.
      .map(([name, inner]) => [name, strip(inner, named ? "" : name)]),
  );
}
