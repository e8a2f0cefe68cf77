// What is inferred of an OpenAPI document that is a constant. Compiled, never run.

import { openapi, type Batch, type OpenApi, type Schema } from "prewash";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function holds<_T extends true>(): void {}

const document = {
  openapi: "3.1.0",
  info: { title: "Leads", version: "1" },
  paths: {
    "/leads": {
      post: {
        operationId: "createLead",
        requestBody: {
          content: {
            "application/json": {
              schema: {
                type: "object",
                required: ["website", "tags"],
                properties: {
                  website: { type: "string", format: "domain" },
                  size: { enum: ["small", "large"] },
                  score: { type: ["number", "null"] },
                  tags: { type: "array", items: { $ref: "#/components/schemas/Tag" } },
                  parent: { $ref: "#/components/schemas/Lead" },
                  old: { type: "boolean", nullable: true },
                  other: { anyOf: [{ type: "string" }, { type: "number" }] },
                  free: { type: "object" },
                  kind: { const: "lead" },
                },
              },
            },
          },
        },
        responses: { 200: { content: { "application/json": { schema: { type: "object", required: ["id"], properties: { id: { type: "integer" } } } } } } },
      },
      get: { responses: {} },
    },
    "/rows": {
      put: {
        operationId: "pushRows",
        "x-batch": { items: "rows", key: "id" },
        requestBody: { content: { "application/json": { schema: { type: "object", required: ["rows"], properties: { rows: { type: "array", items: { type: "string" } } } } } } },
        responses: {},
      },
    },
  },
  components: { schemas: { Tag: { type: "string" }, Lead: { type: "object", properties: { parent: { $ref: "#/components/schemas/Lead" } } } } },
} as const;

const api = openapi(document);
holds<Equal<keyof typeof api, "createLead" | "POST /leads" | "GET /leads" | "pushRows" | "PUT /rows">>();

const lead = api.createLead.body.check({});
if (lead.ok) {
  holds<Equal<typeof lead.value.website, string>>();
  holds<Equal<typeof lead.value.size, "small" | "large" | undefined>>();
  holds<Equal<typeof lead.value.score, number | null | undefined>>();
  holds<Equal<typeof lead.value.tags, string[]>>();
  holds<Equal<typeof lead.value.old, boolean | null | undefined>>();
  holds<Equal<typeof lead.value.other, unknown>>();
  holds<Equal<typeof lead.value.free, Record<string, unknown> | undefined>>();
  holds<Equal<typeof lead.value.kind, "lead" | undefined>>();
  // A schema may refer to itself.
  lead.value.parent?.parent?.parent;
  // @ts-expect-error a key that the document has not
  lead.value.domain;
}
const answer = api["POST /leads"].response.check({});
if (answer.ok) holds<Equal<typeof answer.value, { id: number }>>();
holds<Equal<(typeof api)["GET /leads"]["body"], Schema<unknown, unknown>>>();
// @ts-expect-error an operation that the document has not
api.deleteLead;

const batch: Batch<{ rows: string[] }, unknown> = api.pushRows.batch;
// @ts-expect-error no batch
api.createLead.batch;

// Written in the call it is a constant too.
const inline = openapi({ openapi: "3.1.0", paths: { "/": { get: { operationId: "root", responses: { 200: { content: { "application/json": { schema: { type: "string" } } } } } } } } });
const root = inline.root.response.check("");
if (root.ok) holds<Equal<typeof root.value, string>>();

// Of what is no constant nothing is known.
declare const text: string;
declare const parsed: object;
declare const typed: { openapi: string; paths: Record<string, object> };
holds<Equal<ReturnType<typeof openapi<string>>, OpenApi>>();
const loose: OpenApi[] = [openapi(text), openapi(parsed), openapi(typed), openapi(new Uint8Array())];

void [batch, loose];
