// A schema as JSON Schema for others: what it accepts or gives, in the dialect they ask for.

import { directed, type Direction, type Manner } from "./direction.js";
import { standalone } from "./standalone.js";
import { TARGETS, type Target } from "./target.js";

/** What a schema is told by. */
export interface Described {
  /** The schema as one JSON Schema 2020-12 document. */
  readonly document: () => object;
  /** What it was made of, by address, the schema itself first; the document alone if not given. */
  readonly documents?: () => readonly (readonly [uri: string, document: unknown])[];
  /** Whether `format` asserts and cleans. */
  readonly formats: boolean;
  /** Whether numbers and booleans may be written as text, as in a path. */
  readonly text: boolean;
}

/**
 * What a schema accepts (`input`), or what it gives (`output`).
 *
 * @throws Error for a target that is not known, and for what the target has no words for
 */
export function jsonSchema(
  { document, documents, formats, text }: Described,
  direction: Direction,
  target: string,
  { strict }: Pick<Manner, "strict">,
): Record<string, unknown> {
  if (!Object.hasOwn(TARGETS, target)) {
    throw new Error(`\`${target}\` is no target that is known; give ${Object.keys(TARGETS).join(", ")}`);
  }
  const [first = ["", {}] as const, ...others] = documents?.() ?? [["", document()] as const];
  const schema = standalone([first, ...others], first[1]);
  const told = directed(schema, direction, { formats, text, strict });
  return structuredClone(TARGETS[target as Target](told));
}
