// The operations that can be picked: those that are built in, and those of the user's own document.

import { monaco, openapi, recotap, reply, type OpenApi, type OpenApiOperation } from "prewash";

/** An operation, and what it is called by. */
export interface Choice {
  /** `monaco.upsertAccount`, or `api.createLead` of the user's own document. */
  name: string;
  /** What it stands under in the picker: `Monaco`, or the document's title. */
  vendor: string;
  operation: OpenApiOperation;
  /** Bodies to start from: what they show, and what loads their JSON text. */
  samples: { title: string; body: () => Promise<string> }[];
  /** The text of the user's own document, if it is of that: a worker compiles it anew. */
  document?: string;
}

/** All that can be picked; `addDocument` adds to it. */
const choices: Choice[] = [
  ["Monaco", "monaco.upsertAccount", monaco.upsertAccount, () => import("../examples/monaco.upsertAccount.json"), () => import("../examples/bad/monaco.upsertAccount.json")] as const,
  ["Monaco", "monaco.upsertContact", monaco.upsertContact, () => import("../examples/monaco.upsertContact.json"), () => import("../examples/bad/monaco.upsertContact.json")] as const,
  ["Monaco", "monaco.updateContact", monaco.updateContact, () => import("../examples/monaco.updateContact.json"), () => import("../examples/bad/monaco.updateContact.json")] as const,
  ["Reply.io", "reply.updateContactAccount", reply.updateContactAccount, () => import("../examples/reply.updateContactAccount.json"), () => import("../examples/bad/reply.updateContactAccount.json")] as const,
  ["Recotap", "recotap.pushAccounts", recotap.pushAccounts, () => import("../examples/recotap.pushAccounts.json"), () => import("../examples/bad/recotap.pushAccounts.json")] as const,
].map(([vendor, name, operation, good, bad]) => ({
  vendor,
  name,
  operation: operation as OpenApiOperation,
  samples: [
    { title: "Sample", body: async () => (await good()).default.trimEnd() },
    { title: "Sample with mistakes", body: async () => (await bad()).default.trimEnd() },
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

/** What the names of a user's own operations begin with. */
const OWN = "api.";

/**
 * Puts the operations of a document into the picker, in the place of those of an earlier one. Those
 * that take no body in JSON are left out: there is nothing to check.
 *
 * @param document - the text of an OpenAPI document
 * @returns the names of its operations
 * @throws Error that says what is wrong with the document, and where
 */
export function addDocument(document: string): string[] {
  const api: OpenApi = openapi(document);
  const title = titleOf(document);
  const added = Object.keys(api)
    .map((id) => ({ vendor: title, name: `${OWN}${id}`, operation: api[id] as OpenApiOperation, samples: [], document }))
    .filter(({ operation }) => Object.keys(operation.bodies).length > 0);
  // Compiled at first use: a mistake in a body's schema is to be told now.
  for (const { operation } of added) operation.body.checkText("{}");
  putOwn(added);
  return added.map(({ name }) => name);
}

/** Takes the operations of the user's document out of the picker. */
export function removeDocument(): void {
  putOwn([]);
}

function putOwn(added: Choice[]): void {
  for (let at = choices.length; at-- > 0; ) if (choices[at]?.name.startsWith(OWN)) choices.splice(at, 1);
  choices.push(...added);
  for (const listener of listeners) listener();
}

function titleOf(document: string): string {
  const { info } = JSON.parse(document) as { info?: { title?: unknown } };
  return typeof info?.title === "string" && info.title !== "" ? info.title : "Your API";
}
