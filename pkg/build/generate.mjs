// apis/*.json → src/generated/: an operation's code and types are what its document says.
//
// For each vendor there is a module with the document as text and the operations by name, and one
// with the types that openapi-typescript makes of it. Adding a vendor adds a file to apis/.

import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript";
import { operations, stripped } from "./document.mjs";

/** Writes src/generated from the documents in a folder; gives the names of the vendors. */
export async function generate(apis, outdir) {
  const files = (await readdir(apis)).filter((name) => name.endsWith(".json")).sort();
  const vendors = await Promise.all(
    files.map(async (file) => ({
      name: file.slice(0, -".json".length),
      document: JSON.parse(await readFile(join(apis, file), "utf8")),
    })),
  );
  const written = new Map([
    ["vendors.ts", vendors.map(({ name }) => `export { ${name} } from "./${name}.js";\n`).join("")],
    ["documents.ts", documents(vendors)],
  ]);
  for (const { name, document } of vendors) {
    written.set(`${name}.ts`, vendor(name, document));
    written.set(`${name}.types.ts`, await types(document));
  }
  await rm(outdir, { recursive: true, force: true });
  await mkdir(outdir, { recursive: true });
  for (const [file, text] of written) await writeFile(join(outdir, file), HEAD + text);
}

const HEAD = "// Written by build/generate.mjs from apis/. Change nothing here.\n\n";

function documents(vendors) {
  const rows = vendors.map(({ name, document }) => `  ${name}: ${literal(document)},\n`);
  return `/** The API documents as JSON text, whole, by the name of the vendor. */\nexport const documents: Readonly<Record<string, string>> = {\n${rows.join("")}};\n`;
}

function vendor(name, document) {
  const known = operations(document);
  const members = known.map(
    (one) =>
      `  /** ${one.summary ?? one.id}: \`${one.method} ${one.path}\` */\n` +
      `  readonly ${key(one.id)}: ${kind(one)}<operations[${JSON.stringify(one.id)}]>;\n`,
  );
  const names = known.map(({ id, method, path, batch }) => JSON.stringify({ id, method, path, batch }));
  const kinds = [...new Set(known.map(kind))].sort().map((type) => `type ${type}`);
  return `import { ${["vendor", ...kinds].join(", ")} } from "../operation.js";
import type { operations } from "./${name}.types.js";

/** ${document.info.title}. ${document.info.summary ?? ""} */
export const ${name}: {
${members.join("")}} = /*#__PURE__*/ vendor(
  ${literal(stripped(document))},
  [${names.join(", ")}],
);
`;
}

const kind = ({ batch }) => (batch ? "BatchOperationOf" : "OperationOf");
const key = (name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));

/** A document as a string literal in single quotes, since JSON is full of double ones. */
function literal(document) {
  const text = JSON.stringify(document).replaceAll("\\", "\\\\").replaceAll("'", "\\'");
  return `'${text.replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029")}'`;
}

/** The types of the operations, custom fields included. */
async function types(document) {
  const source = typed(structuredClone(document));
  const nodes = await openapiTS(source, {
    defaultNonNullable: false,
    emptyObjectsUnknown: true,
    transform: (schema) => (schema["x-typescript"] ? parsed(schema["x-typescript"]) : undefined),
  });
  return astToString(nodes);
}

/**
 * Prepares a document for the types: leaves out alternatives that say nothing about types (an
 * `anyOf` of `required`), which would make everything unknown, and has objects with prefixed custom
 * fields take such keys.
 */
function typed(value) {
  if (Array.isArray(value)) return value.map(typed);
  if (typeof value !== "object" || value === null) return value;
  const schema = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, typed(inner)]));
  for (const word of ["anyOf", "oneOf", "allOf"]) {
    if (Array.isArray(schema[word]) && schema[word].every(typeless)) delete schema[word];
  }
  for (const word of ["if", "then", "else", "not"]) if (typeless(schema[word] ?? true)) delete schema[word];
  const { prefix } = schema["x-custom-fields"] ?? {};
  if (!prefix) return schema;
  return { allOf: [schema, { type: "object", "x-typescript": `{ [key: \`${prefix}\${string}\`]: unknown }` }] };
}

const TYPED = ["type", "$ref", "enum", "const", "items", "allOf", "anyOf", "oneOf"];

function typeless(schema) {
  if (typeof schema !== "object" || schema === null) return true;
  return !TYPED.some((word) => word in schema);
}

function parsed(type) {
  const { statements } = ts.createSourceFile("type.ts", `type T = ${type};`, ts.ScriptTarget.ES2022);
  return statements[0].type;
}
