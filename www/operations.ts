// The operations that can be picked: those that are built in, and those of the user's own document.

import { monaco, openapi, recotap, reply, type OpenApi, type OpenApiOperation } from "prewash";

import updateContact from "../examples/monaco.updateContact.json";
import upsertAccount from "../examples/monaco.upsertAccount.json";
import upsertContact from "../examples/monaco.upsertContact.json";
import pushAccounts from "../examples/recotap.pushAccounts.json";
import updateContactAccount from "../examples/reply.updateContactAccount.json";
import badUpdateContact from "../examples/bad/monaco.updateContact.json";
import badUpsertAccount from "../examples/bad/monaco.upsertAccount.json";
import badUpsertContact from "../examples/bad/monaco.upsertContact.json";
import badPushAccounts from "../examples/bad/recotap.pushAccounts.json";
import badUpdateContactAccount from "../examples/bad/reply.updateContactAccount.json";

/** An operation, and what it is called by. */
export interface Choice {
  /** `monaco.upsertAccount`, or `api.createLead` of the user's own document. */
  name: string;
  /** What it stands under in the picker: `Monaco`, or the document's title. */
  vendor: string;
  operation: OpenApiOperation;
  /** Bodies to start from, as JSON text: what they show, and the text. */
  samples: { title: string; body: string }[];
  /** The text of the user's own document, if it is of that: a worker compiles it anew. */
  document?: string;
}

/** All that can be picked; `addDocument` adds to it. */
const choices: Choice[] = [
  ["Monaco", "monaco.upsertAccount", monaco.upsertAccount, upsertAccount, badUpsertAccount] as const,
  ["Monaco", "monaco.upsertContact", monaco.upsertContact, upsertContact, badUpsertContact] as const,
  ["Monaco", "monaco.updateContact", monaco.updateContact, updateContact, badUpdateContact] as const,
  ["Reply.io", "reply.updateContactAccount", reply.updateContactAccount, updateContactAccount, badUpdateContactAccount] as const,
  ["Recotap", "recotap.pushAccounts", recotap.pushAccounts, pushAccounts, badPushAccounts] as const,
].map(([vendor, name, operation, good, bad]) => ({
  vendor,
  name,
  operation: operation as OpenApiOperation,
  samples: [
    { title: "Sample", body: good.trimEnd() },
    { title: "Sample with mistakes", body: bad.trimEnd() },
  ],
}));

const listeners = new Set<() => void>();

/** The operations, in the order of the picker. */
export function all(): readonly Choice[] {
  return choices;
}

/** The operation of a name; the first one where there is none of that name. */
export function chosen(name: string): Choice {
  return choices.find((choice) => choice.name === name) ?? (choices[0] as Choice);
}

/** Calls the listener when operations were added or taken away. */
export function onOperations(listener: () => void): void {
  listeners.add(listener);
}

/**
 * Puts the operations of a document into the picker, in the place of those of an earlier one.
 *
 * @param document - the text of an OpenAPI document
 * @returns the names of its operations
 * @throws Error that says what is wrong with the document, and where
 */
export function addDocument(document: string): string[] {
  const api: OpenApi = openapi(document);
  const title = titleOf(document);
  const added = Object.keys(api).map((id) => ({ vendor: title, name: `api.${id}`, operation: api[id] as OpenApiOperation, samples: [], document }));
  // Compiled at first use: a mistake in a body's schema is to be told now.
  for (const { operation } of added) void operation.body.jsonSchema;
  for (let at = choices.length; at-- > 0; ) if (choices[at]?.name.startsWith("api.")) choices.splice(at, 1);
  choices.push(...added);
  for (const listener of listeners) listener();
  return added.map(({ name }) => name);
}

function titleOf(document: string): string {
  const { info } = JSON.parse(document) as { info?: { title?: unknown } };
  return typeof info?.title === "string" && info.title !== "" ? info.title : "Your API";
}
