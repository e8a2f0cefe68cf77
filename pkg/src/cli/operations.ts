// The operations that can be named, and the command that lists them.

import { readFile } from "node:fs/promises";
import { openapi, type OpenApiOperation } from "prewash";
import { documents } from "../generated/documents.js";
import { CannotRun, systemReason } from "./failure.js";
import { fieldsOf, operationObject, type Field } from "./fields.js";
import { nearest } from "./nearest.js";
import { short, table, visible } from "./terminal.js";

/** An operation and where it is from. */
export interface Named {
  /** As it is named on the command line: `recotap.pushAccounts`, or the operationId with `--api`. */
  name: string;
  operation: OpenApiOperation;
  /** Its document. */
  document: string;
}

/** The operations of the APIs that come along, or of the user's own document. */
export async function allOperations(api: string | undefined): Promise<Named[]> {
  if (api === undefined) {
    return Object.entries(documents).flatMap(([vendor, document]) =>
      Object.entries(openapi(document)).map(([id, operation]) => ({ name: `${vendor}.${id}`, operation, document })),
    );
  }
  let document;
  try {
    document = await readFile(api, "utf8");
  } catch (error) {
    throw new CannotRun(`cannot read ${visible(api)}: ${systemReason(error)}`);
  }
  try {
    return Object.entries(openapi(document)).map(([name, operation]) => ({ name, operation, document }));
  } catch (error) {
    throw new CannotRun(`${visible(api)} is no OpenAPI document: ${visible((error as Error).message)}`);
  }
}

/** The operation of that name; the vendor may be left out where that leaves no doubt. */
export function findOperation(operations: readonly Named[], name: string): Named {
  const found = operations.find((one) => one.name === name);
  if (found) return found;
  const ending = operations.filter((one) => one.name.endsWith(`.${name}`));
  if (ending.length === 1) return ending[0] as Named;
  const names = operations.map((one) => one.name);
  const near = nearest(name, names);
  throw new CannotRun(
    `there is no operation \`${visible(name)}\`` +
      (near === undefined ? `; there are ${names.map(visible).join(", ")}` : `; did you mean \`${visible(near)}\``),
  );
}

/** `prewash operations [OPERATION]`: the operations, each with its fields. */
export async function listOperations(name: string | undefined, api: string | undefined): Promise<number> {
  const all = await allOperations(api);
  const shown = name === undefined ? all : [findOperation(all, name)];
  const parts = shown.map(({ name, operation, document }) => {
    const { summary } = operationObject(document, operation);
    const lines = [`${visible(name)}  ${operation.method} ${visible(operation.path)}`];
    if (typeof summary === "string") lines.push(`  ${visible(summary)}`);
    const rows = fieldsOf(operation, document).fields.map((field) => [
      `    ${short(field.name, 40)}`,
      kind(field),
      field.required ? "required" : "",
      short(field.description, 90),
    ]);
    return [...lines, ...table(rows)].join("\n");
  });
  process.stdout.write(`${parts.join("\n\n")}\n`);
  return 0;
}

function kind({ types, items, format, nullable, custom }: Field): string {
  if (custom) return "custom fields";
  const plain = types.length === 0 ? "any" : types.join("|");
  const inner = plain === "array" && items.length > 0 ? `${items.join("|")}[]` : plain;
  return [format || inner, nullable ? "or null" : ""].filter(Boolean).join(" ");
}
