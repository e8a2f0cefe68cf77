// The inputs: generated, and the same in every run. `node benches/inputs.mjs FOLDER` writes those
// that the native benchmark reads.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";

/** Numbers from 0 to 1 that look random and are the same for a seed (mulberry32). */
export function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const WORDS = ["Acme", "Globex", "Initech", "Umbrella", "Stark", "Wayne", "Hooli", "Vandelay", "Wonka", "Tyrell"];
const TAGS = ["enterprise", "q2-target", "partner", "churn-risk", "expansion", "inbound", "event", "EMEA"];
const TITLES = ["VP of Engineering", "Chief Financial Officer", "Head of Sales", "Buyer", "Account Executive"];
const PLACES = ["San Francisco, CA", "Berlin", "São Paulo", "New York, NY", "Kraków"];

const pick = (next, list) => list[Math.floor(next() * list.length)];
const digits = (next, count) => Array.from({ length: count }, () => Math.floor(next() * 10)).join("");

function uuid(next) {
  const hex = (count) => Array.from({ length: count }, () => Math.floor(next() * 16).toString(16)).join("");
  return `${hex(8)}-${hex(4)}-4${hex(3)}-${pick(next, [..."89ab"])}${hex(3)}-${hex(12)}`;
}

/** A domain as people paste it: two thirds are addresses. */
function pasted(next, name, index) {
  return index % 3 === 2 ? `${name}-${index}.com`.toLowerCase() : `https://www.${name}-${index}.com/foo?x=${index}`;
}

/** Accounts for Recotap. */
export function accounts(count) {
  const next = random(1);
  return Array.from({ length: count }, (_, index) => account(next, index));
}

function account(next, index) {
  const name = pick(next, WORDS);
  return {
    externalId: `crm-${digits(next, 6)}`,
    domain: pasted(next, name, index),
    name: `${name} ${index} Corp`,
    shortName: `${name} ${index}`,
    linkedinUrl: `https://www.linkedin.com/company/${name.toLowerCase()}-${index}`,
    tags: [pick(next, TAGS), pick(next, TAGS)],
    customFields: { CONTRACT_VALUE_C: Math.floor(next() * 100_000), REGION_C: pick(next, PLACES) },
  };
}

/** The lines of an NDJSON file of accounts. */
export function* accountLines(count) {
  const next = random(2);
  for (let index = 0; index < count; index++) yield `${JSON.stringify(account(next, index))}\n`;
}

/** Contacts for Monaco, with all eleven fields and two custom ones; four of the values need cleaning. */
export function contacts(count) {
  const next = random(3);
  return Array.from({ length: count }, (_, index) => {
    const name = pick(next, WORDS);
    return {
      email: `Jane.Smith.${index}@${name}-${index}.COM`,
      linkedin_url: `https://www.linkedin.com/in/jane-smith-${index}/details/experience/`,
      first_name: "Jane ",
      last_name: `Smith ${index}`,
      title: pick(next, TITLES),
      phone_number: `+1-555-${digits(next, 3)}-${digits(next, 4)}`,
      location: pick(next, PLACES),
      account_id: uuid(next),
      domain: `https://www.${name}-${index}.com/foo?x=${index}`,
      do_not_contact: index % 2 === 0,
      tags: [uuid(next), uuid(next)],
      [`custom_field_${uuid(next)}`]: "economic_buyer",
      [`custom_field_${uuid(next)}`]: Math.floor(next() * 1000),
    };
  });
}

/** The same contacts with five things wrong. */
export function wrongContacts(count) {
  return contacts(count).map((contact, index) => ({
    ...contact,
    email: `jane.smith.${index}.acme.com`,
    linkedin_url: `https://www.linkedin.com/company/acme-${index}`,
    account_id: `account ${index}`,
    domain: `localhost-${index}`,
    do_not_contact: "yes",
  }));
}

/** Domains as they stand in a column of a table; one in fifty is none. */
export function domains(count) {
  const next = random(4);
  return Array.from({ length: count }, (_, index) => {
    if (index % 100 === 49) return `localhost-${index}`;
    if (index % 100 === 99) return `192.168.0.${index % 256}`;
    return pasted(next, pick(next, WORDS), index);
  });
}

const CURRENCIES = ["USD", "EUR", "GBP", "BRL", "PLN"];
const STAGES = ["NEW", "QUALIFIED", "PROPOSAL", "NEGOTIATION", "WON", "LOST"];

/** A user's schema as OpenAPI calls it: deals, with what most such documents are made of. */
const DEAL_SCHEMAS = {
  Deals: {
    type: "object",
    required: ["deals"],
    properties: { deals: { type: "array", minItems: 1, maxItems: 500, items: { $ref: "Deal" } }, dryRun: { type: "boolean" } },
    additionalProperties: false,
  },
  Deal: {
    type: "object",
    required: ["id", "name", "stage", "amount", "company", "contacts"],
    properties: {
      id: { type: "string", format: "uuid" },
      name: { type: "string", minLength: 1, maxLength: 200 },
      stage: { enum: STAGES },
      probability: { type: "number", minimum: 0, maximum: 1 },
      amount: { $ref: "Money" },
      discount: { anyOf: [{ $ref: "Money" }, { type: "null" }] },
      createdAt: { type: "string", format: "date-time" },
      closeDate: { type: ["string", "null"], format: "date" },
      company: { $ref: "Company" },
      contacts: { type: "array", minItems: 1, maxItems: 20, items: { $ref: "Person" } },
      lines: { type: "array", items: { $ref: "Line" } },
      tags: { type: "array", uniqueItems: true, items: { type: "string", maxLength: 40 } },
      source: { type: "string", pattern: "^[a-z]+(/[a-z]+)*$" },
      notes: { type: ["string", "null"], maxLength: 10_000 },
      // A large document: most of its properties are plain ones.
      ...Object.fromEntries(Array.from({ length: 120 }, (_, at) => [`attribute_${at}`, attribute(at)])),
    },
    additionalProperties: false,
  },
  Money: {
    type: "object",
    required: ["value", "currency"],
    properties: { value: { type: "number", minimum: 0 }, currency: { type: "string", pattern: "^[A-Z]{3}$" } },
    additionalProperties: false,
  },
  Company: {
    type: "object",
    required: ["name"],
    properties: {
      name: { type: "string", minLength: 1 },
      website: { type: "string", format: "uri" },
      employees: { type: "integer", minimum: 1 },
      addresses: { type: "array", items: { $ref: "Address" } },
    },
    additionalProperties: false,
  },
  Address: {
    type: "object",
    required: ["kind", "city", "country"],
    properties: {
      kind: { enum: ["billing", "shipping", "office"] },
      street: { type: ["string", "null"] },
      city: { type: "string", minLength: 1 },
      country: { type: "string", minLength: 2, maxLength: 2 },
      zip: { type: "string", maxLength: 12 },
    },
    additionalProperties: false,
  },
  Person: {
    type: "object",
    required: ["email"],
    properties: {
      email: { type: "string", format: "email" },
      name: { type: "string" },
      primary: { type: "boolean" },
      role: { oneOf: [{ const: "buyer" }, { const: "champion" }, { const: "user" }] },
    },
    additionalProperties: false,
  },
  Line: {
    type: "object",
    required: ["sku", "quantity", "price"],
    properties: {
      sku: { type: "string", pattern: "^[A-Z]{2}-[0-9]{4}$" },
      quantity: { type: "integer", minimum: 1, maximum: 100_000 },
      price: { $ref: "Money" },
      recurring: { type: "boolean" },
    },
    additionalProperties: false,
  },
};

function attribute(at) {
  const kinds = [
    { type: "string", maxLength: 100 },
    { type: "integer", minimum: 0 },
    { type: ["number", "null"] },
    { type: "boolean" },
    { enum: ["low", "medium", "high"] },
    { type: "array", items: { type: "string" } },
  ];
  return { title: `Attribute ${at}`, description: "An attribute that the workspace has defined.", ...kinds[at % kinds.length] };
}

function other(at) {
  const properties = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`field_${index}`, attribute(at + index)]));
  return { type: "object", required: ["field_0"], properties };
}

/** The schemas with their references made to lead below `base`. */
function based(base) {
  return JSON.parse(JSON.stringify(DEAL_SCHEMAS), (key, value) => (key === "$ref" ? `${base}${value}` : value));
}

/** The OpenAPI document of an API that takes deals, as text. */
export function dealsApi() {
  // As real documents do, it says much that this operation has no use for.
  const others = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`Other_${at}`, other(at)]));
  return JSON.stringify({
    openapi: "3.1.0",
    info: { title: "Deals", version: "1.0.0" },
    paths: {
      "/deals": {
        post: {
          operationId: "pushDeals",
          requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/Deals" } } } },
          responses: { 200: { description: "Done." } },
        },
      },
    },
    components: { schemas: { ...based("#/components/schemas/"), ...others } },
  });
}

/** The same as a JSON Schema, as text. */
export function dealsSchema() {
  return JSON.stringify({
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $ref: "#/$defs/Deals",
    $defs: based("#/$defs/"),
  });
}

/** Deals that fit, as text. */
export function deals(count) {
  return JSON.stringify({ deals: dealList(count), dryRun: false });
}

/** Deals of which every fifth has six things wrong, as text. */
export function wrongDeals(count) {
  const list = dealList(count).map((deal, index) => {
    if (index % 5 !== 0) return deal;
    const { name: _, ...rest } = deal;
    const wrong = { ...rest, id: "no uuid", stage: "DONE", probability: 2, unknown: true };
    wrong.lines = [{ ...deal.lines[0], sku: "sku 1" }, ...deal.lines.slice(1)];
    return wrong;
  });
  return JSON.stringify({ deals: list, dryRun: false });
}

function dealList(count) {
  const next = random(5);
  const money = () => ({ value: Math.floor(next() * 1e6) / 100, currency: pick(next, CURRENCIES) });
  return Array.from({ length: count }, (_, index) => {
    const name = pick(next, WORDS);
    const slug = `${name.toLowerCase()}-${index}`;
    return {
      id: uuid(next),
      name: `${name}: renewal ${index}`,
      stage: pick(next, STAGES),
      probability: Math.floor(next() * 100) / 100,
      amount: money(),
      discount: index % 2 === 0 ? money() : null,
      createdAt: `2025-0${1 + (index % 9)}-1${index % 10}T08:30:00Z`,
      closeDate: index % 4 === 0 ? null : `2026-0${1 + (index % 9)}-1${index % 10}`,
      company: {
        name: `${name} Corp`,
        website: `https://${slug}.com/about`,
        employees: 1 + Math.floor(next() * 5000),
        addresses: [{ kind: "office", street: "1 Main Street", city: pick(next, PLACES), country: "US", zip: digits(next, 5) }],
      },
      contacts: Array.from({ length: 3 }, (_, at) => ({
        email: `contact-${at}@${slug}.com`,
        name: `Jane Smith ${at}`,
        primary: at === 0,
        role: pick(next, ["buyer", "champion", "user"]),
      })),
      lines: Array.from({ length: 5 }, () => ({
        sku: `AB-${digits(next, 4)}`,
        quantity: 1 + Math.floor(next() * 100),
        price: money(),
        recurring: next() < 0.5,
      })),
      tags: ["enterprise", `region-${index % 7}`],
      source: "website/pricing",
      notes: "Asked for a quote in May; prefers to be called in the afternoon.",
      attribute_0: "some text",
      attribute_1: index,
      attribute_2: null,
      attribute_3: true,
      attribute_4: "medium",
      attribute_5: ["a", "b"],
      attribute_119: ["c"],
    };
  });
}

/** A small schema of a user's own, as text. */
export function leadSchema() {
  return JSON.stringify({
    $schema: "https://json-schema.org/draft/2020-12/schema",
    type: "object",
    required: ["email", "name"],
    properties: {
      email: { type: "string", format: "email" },
      name: { type: "string", minLength: 1, maxLength: 100 },
      age: { type: "integer", minimum: 18, maximum: 150 },
      id: { type: "string", format: "uuid" },
      newsletter: { type: "boolean" },
      stage: { enum: STAGES },
      tags: { type: "array", maxItems: 10, items: { type: "string" } },
    },
    additionalProperties: false,
  });
}

const LEAD = {
  email: "jane@acme.com",
  name: "Jane Smith",
  age: 42,
  id: "3c90c3cc-0d44-4b50-8888-8dd25736052a",
  newsletter: false,
  stage: "NEW",
  tags: ["enterprise", "q2-target"],
};

/** A lead that fits that schema, as text. */
export const lead = () => JSON.stringify(LEAD);

/** One with five things wrong, as text. */
export function wrongLead() {
  return JSON.stringify({ ...LEAD, email: "jane", age: 5, newsletter: "no", stage: "OLD", phone: "1" });
}

/** The bytes of a request to Recotap. */
export function push(count) {
  return new TextEncoder().encode(JSON.stringify({ accounts: accounts(count) }));
}

/** How many deals are in a body: about 100 KB. */
export const DEALS = 70;

if (argv[1] === fileURLToPath(import.meta.url)) {
  const folder = argv[2];
  mkdirSync(folder, { recursive: true });
  const files = {
    "accounts.json": push(100),
    "deals.schema.json": dealsSchema(),
    "deals.json": deals(DEALS),
    "deals.wrong.json": wrongDeals(DEALS),
    "lead.schema.json": leadSchema(),
    "lead.json": lead(),
    "lead.wrong.json": wrongLead(),
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
}
