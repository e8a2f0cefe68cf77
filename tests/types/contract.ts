// Types that users rely on. Compiled, never run: what must be refused has @ts-expect-error above it.

import {
  cleanDomain,
  cleanDomains,
  info,
  init,
  mergeCustomFields,
  monaco,
  openapi,
  recotap,
  reply,
  schema,
  splitCustomFields,
  toProblem,
  type BatchOperation,
  type Change,
  type CustomField,
  type Issue,
  type Operation,
  type OperationOf,
  type Options,
  type Path,
  type Plan,
  type Result,
  type Schema,
  type StandardJSONSchemaV1,
  type StandardSchemaV1,
  type TextResult,
} from "prewash";
import { init as slimInit } from "prewash/slim";
import module from "prewash/wasm";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function holds<_T extends true>(): void {}

// check narrows.
const account = monaco.upsertAccount.body.check({});
if (account.ok) {
  const domain: string = account.value.domain;
  const status: string | null | undefined = account.value.status;
  const custom: unknown = account.value[`custom_field_${domain}`];
  // @ts-expect-error a key that no document has
  account.value.website;
  // @ts-expect-error a body has no number for a name
  const name: number = account.value.name;
  void [domain, status, custom, name];
} else {
  const issues: Issue[] = account.issues;
  const nothing: undefined = account.value;
  void [issues, nothing];
}

// Bodies and answers are those of the documents.
const contact = monaco.upsertContact.body.check({});
if (contact.ok) holds<Equal<typeof contact.value.do_not_contact, boolean | null | undefined>>();
const update = monaco.updateContact.body.check({});
if (update.ok) {
  holds<Equal<typeof update.value.notes, string | null | undefined>>();
  // @ts-expect-error there is no domain in an update
  update.value.domain;
}
const company = reply.updateContactAccount.body.check({});
if (company.ok) {
  holds<Equal<typeof company.value.name, string>>();
  holds<Equal<typeof company.value.ownerUserId, number | undefined>>();
  holds<Equal<Extract<typeof company.value.companySize, "Empty">, "Empty">>();
  // @ts-expect-error no such size
  company.value.companySize = "1-10";
}
const answer = reply.updateContactAccount.response.check({});
if (answer.ok) holds<Equal<typeof answer.value.linkedProspectsCount, number>>();
const id = reply.updateContactAccount.pathParameters.check({ id: "7" });
if (id.ok) holds<Equal<typeof id.value.id, number>>();
const contactId = monaco.updateContact.pathParameters.check({});
if (contactId.ok) holds<Equal<typeof contactId.value.contact_id, string>>();

// All that an operation takes and gives, by place, media type and status.
const ofBodies = monaco.upsertAccount.bodies["application/json"].check({});
if (ofBodies.ok) holds<Equal<typeof ofBodies.value.domain, string>>();
const ofResponses = reply.updateContactAccount.responses[200].check({});
if (ofResponses.ok) holds<Equal<typeof ofResponses.value.linkedProspectsCount, number>>();
holds<Equal<keyof typeof recotap.pushAccounts.responses, 200>>();
holds<Equal<keyof typeof recotap.pushAccounts.bodies, "application/json">>();
// @ts-expect-error a media type that the document has not
monaco.upsertAccount.bodies["text/csv"];
// @ts-expect-error a status that the document has not
monaco.upsertAccount.responses[418];
const ofQuery = recotap.pushAccounts.queryParameters.check({});
if (ofQuery.ok) holds<Equal<typeof ofQuery.value, Record<string, never>>>();
type PathInput = NonNullable<(typeof reply.updateContactAccount.pathParameters)["~standard"]["types"]>["input"];
holds<Equal<PathInput, { id: number | string }>>();
interface Listing {
  parameters: { query?: { limit?: number; deep: boolean; name?: string }; header: { "X-Trace": string }; path?: never };
  responses: { 200: { content: { "application/json": string[] } }; default: { content: { "application/json": { title: string } } }; 204: { content?: never } };
}
declare const listing: OperationOf<Listing>;
const query = listing.queryParameters.check({});
if (query.ok) holds<Equal<typeof query.value, { limit?: number; deep: boolean; name?: string }>>();
type QueryInput = NonNullable<(typeof listing.queryParameters)["~standard"]["types"]>["input"];
holds<Equal<QueryInput, { limit?: number | string; deep: boolean | string; name?: string }>>();
const header = listing.headerParameters.check({});
if (header.ok) holds<Equal<typeof header.value, { "x-trace": string }>>();
holds<Equal<keyof typeof listing.responses, 200 | "default">>();

// Text to text, bytes to bytes.
const fromString = monaco.upsertAccount.body.checkText("{}");
if (fromString.ok) holds<Equal<typeof fromString.json, string>>();
const fromBytes = monaco.upsertAccount.body.checkText(new Uint8Array());
if (fromBytes.ok) holds<Equal<typeof fromBytes.json, Uint8Array>>();
declare const either: string | Uint8Array;
const fromEither: TextResult = monaco.upsertAccount.body.checkText(either);
// @ts-expect-error an object is no text
monaco.upsertAccount.body.checkText({});

const field: Result<unknown> = monaco.upsertAccount.body.checkField(["tags", 0], "x");
monaco.upsertAccount.body.checkField("/tags/0", "x");
const path: Path = ["a", 0];

// Options.
const fields: CustomField[] = [{ key: "REGION_C", label: "Region", type: "select", options: ["EMEA"] }];
const options: Options = {
  strict: true,
  customFields: fields,
  linkedinHost: "apex",
  messages: { required: (issue) => `fehlt: ${issue.pointer}` },
};
const german: typeof monaco.upsertAccount.body = monaco.upsertAccount.body.with(options);
const strict: typeof recotap.pushAccounts = recotap.pushAccounts.with({ strict: true });
// @ts-expect-error no such host
monaco.upsertAccount.body.with({ linkedinHost: "m" });
// @ts-expect-error no such type
monaco.upsertAccount.body.with({ customFields: [{ key: "A", type: "money" }] });

// Batches.
const plan = recotap.pushAccounts.batch.plan({ accounts: [] }, { existing: new Map([["acme.com", "1"]]), segment: null });
if (plan.ok) {
  holds<Equal<(typeof plan.request.accounts)[number]["name"], string>>();
  holds<Equal<(typeof plan.results)[number]["status"], "created" | "updated" | "failed">>();
} else {
  const nothing: undefined = plan.request;
  void nothing;
}
const textPlan = recotap.pushAccounts.batch.plan("{}", { existing: ["acme.com", ["b.com", null]] });
if (textPlan.ok) holds<Equal<typeof textPlan.request, string>>();
const bytesPlan: Plan<Uint8Array, unknown> = recotap.pushAccounts.batch.plan(new Uint8Array(), { existing: { "acme.com": null } });
for (const one of recotap.pushAccounts.batch.plans([{ domain: "acme.com" }], { upsert: true, body: { segmentId: "x" } })) {
  if (one.ok) holds<Equal<typeof one.request.upsert, boolean | undefined>>();
}
async function stream(lines: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const one of recotap.pushAccounts.batch.plans(lines)) {
    if (one.ok) holds<Equal<typeof one.request, Uint8Array>>();
  }
}
const { results, summary } = recotap.pushAccounts.batch.respond([{ domain: "acme.com", status: "created", rtp_aid: "1" }]);
const total: number = summary.total;
const { done, retry, fix } = recotap.pushAccounts.batch.reconcile(plan, { results });
const index: number | undefined = [...done, ...retry, ...fix][0]?.index;
// @ts-expect-error a single operation has no batch
monaco.upsertAccount.batch;

// Standards.
const standard: StandardSchemaV1 = monaco.upsertAccount.body;
const standardJson: StandardJSONSchemaV1 = monaco.upsertAccount.body;
type Input = NonNullable<(typeof monaco.upsertAccount.body)["~standard"]["types"]>["input"];
holds<Equal<Input["domain"], string>>();
const valid = monaco.upsertAccount.body["~standard"].validate({});
if (!valid.issues) {
  const domain: string = valid.value.domain;
  void domain;
}

// Documents of the user's own.
const own: Schema<{ a: string }> = schema<{ a: string }>({ type: "object" }, { documents: {}, formats: "annotate" });
const anything: Schema = schema(true);
const operation = openapi({ openapi: "3.1.0" })["createThing"];
const batch = operation?.batch?.plan({});
const loose: (Schema | undefined)[] = [operation?.bodies["application/json"], operation?.responses[404], operation?.responses["4XX"], operation?.queryParameters, operation?.headerParameters];

// The rest.
const domain: Result<string> = cleanDomain("acme.com");
const domains: Result<string>[] = cleanDomains(new Set(["acme.com"]));
const split = splitCustomFields({ domain: "acme.com", custom_field_x: 1 });
holds<Equal<typeof split.fields, { domain: string }>>();
const merged = mergeCustomFields(split.fields, split.custom);
const again: unknown = merged.custom_field_x;
const status: number = toProblem(account).status;
const property: string | undefined = toProblem(account, { shape: "recotap", status: 400 }).data[0]?.property;
// @ts-expect-error no such shape
toProblem(account, { shape: "hubspot" });
const version: string = info().version;
const started: Promise<void> = init();
const slim: Promise<void> = slimInit(module);
void slimInit(fetch("prewash.wasm"));
void slimInit(new ArrayBuffer(8));
// @ts-expect-error the file itself, not its name
void slimInit("prewash.wasm");

const kinds: [Operation, BatchOperation] = [monaco.upsertAccount, recotap.pushAccounts];
const changes: Change[] = account.changes;

void [fromEither, field, path, german, strict, bytesPlan, stream, total, index, standard, standardJson, own, anything];
void [loose, batch, domain, domains, again, status, property, version, started, slim, kinds, changes];
