// The operations that can be picked, each with a body to start from and one with mistakes in it.

import { monaco, recotap, reply, type Schema } from "prewash";

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

/** What the page asks of an operation, whatever its types. */
export interface Choice {
  vendor: string;
  name: string;
  operation: { method: string; path: string; body: Pick<Schema, "checkText"> };
  good: string;
  bad: string;
}

export const choices: Choice[] = [
  { vendor: "Monaco", name: "upsertAccount", operation: monaco.upsertAccount, good: upsertAccount, bad: badUpsertAccount },
  { vendor: "Monaco", name: "upsertContact", operation: monaco.upsertContact, good: upsertContact, bad: badUpsertContact },
  { vendor: "Monaco", name: "updateContact", operation: monaco.updateContact, good: updateContact, bad: badUpdateContact },
  { vendor: "Reply", name: "updateContactAccount", operation: reply.updateContactAccount, good: updateContactAccount, bad: badUpdateContactAccount },
  { vendor: "Recotap", name: "pushAccounts", operation: recotap.pushAccounts, good: pushAccounts, bad: badPushAccounts },
];
