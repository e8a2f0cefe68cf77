// Schemas of the user's own.

import { CompiledSchema } from "./compiled-schema.js";
import { documentText } from "./document.js";
import { shown } from "./mistake.js";
import { Source, compileNow } from "./source.js";
import type { Schema } from "./types.js";

/** What {@link schema} takes besides the document. */
export interface SchemaOptions {
  /** Documents that `$ref` may name, by their URI. Nothing is ever fetched. */
  documents?: Readonly<Record<string, object | boolean | string>>;
  /**
   * Whether `format` is judged (and cleans), or only annotates, as the specification has it by
   * default: `assert`, if not given.
   */
  formats?: "assert" | "annotate";
}

/**
 * A Schema for any JSON Schema 2020-12 document.
 *
 * It is compiled at once. Where WebAssembly cannot be started yet (before `init()`), it is compiled
 * at the first check.
 *
 * @param jsonSchema - the document: an object, true or false, or JSON text
 * @throws TypeError if the document does not compile, with the place in it
 */
export function schema<In = unknown, Out = In>(
  jsonSchema: object | boolean | string,
  { documents = {}, formats = "assert" }: SchemaOptions = {},
): Schema<In, Out> {
  const text = documentText(jsonSchema, "a schema");
  const others = Object.entries(documents).map(([uri, document]) => [uri, documentText(document, `\`${shown(uri)}\``)] as const);
  const source = new Source(text, { kind: "schema", formats }, others);
  compileNow(source);
  const parsed = () => [["", text] as const, ...others].map(([uri, text]) => [uri, JSON.parse(text) as unknown] as const);
  return new CompiledSchema<In, Out>(source, {
    document: () => bundled(text, others),
    documents: parsed,
    formats: formats === "assert",
    text: false,
  });
}

/** A schema with the documents it refers to bundled in, as JSON Schema 2020-12 has it (core, 9.3). */
function bundled(text: string, documents: readonly (readonly [string, string])[]): object {
  const root = JSON.parse(text) as Record<string, unknown> | boolean;
  if (typeof root !== "object") return root ? {} : { not: {} };
  if (documents.length === 0) return root;
  const $defs: Record<string, unknown> = { ...(root.$defs as object | undefined) };
  for (const [uri, document] of documents) {
    const parsed = JSON.parse(document) as object | boolean;
    $defs[uri] = typeof parsed === "object" ? { $id: uri, ...parsed } : { $id: uri, ...(parsed ? {} : { not: {} }) };
  }
  return { ...root, $defs };
}
