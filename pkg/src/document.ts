// Documents that users bring: schemas, OpenAPI documents, options.

import { Mistake } from "./mistake.js";
import { isBytes } from "./text.js";
import { Decoder } from "./utf8.js";

/** The JSON text of a document of the user's. */
export function documentText(document: unknown, name: string): string {
  if (typeof document === "string") return document;
  let text;
  if (isBytes(document)) {
    try {
      return new Decoder("utf-8", { fatal: true }).decode(document);
    } catch (error) {
      throw new Mistake(`${name} must be in UTF-8`, { cause: error });
    }
  }
  try {
    text = JSON.stringify(document) as string | undefined;
  } catch (error) {
    throw new Mistake(`${name} must be a JSON document`, { cause: error });
  }
  if (text === undefined) throw new Mistake(`${name} must be a JSON document, but is ${typeof document}`);
  return text;
}
