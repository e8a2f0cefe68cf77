// ajv judges types and formats; it has no cleaning of its own, which is done by hand afterwards.

import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { CUSTOM_KEY, customKeysInLowerCase, distinct } from "../contact.mjs";

const text = { type: "string" };
const optionalText = { type: "string", nullable: true };
const uuid = { type: "string", format: "uuid" };

/** An instance as its documentation has it for forms: every error, and all formats. */
export function instance(options) {
  const ajv = new Ajv2020({ allErrors: true, strict: false, ...options });
  addFormats.default(ajv);
  return ajv;
}

export function account(clean) {
  const valid = instance().compile({
    type: "object",
    required: ["domain", "name"],
    properties: {
      domain: text,
      name: text,
      externalId: text,
      shortName: text,
      linkedinUrl: text,
      tags: { type: "array", items: text },
      customFields: { type: "object" },
    },
    additionalProperties: false,
  });
  return (account) => {
    if (!valid(account)) return undefined;
    const domain = clean.domain(account.domain);
    const name = account.name.trim();
    if (domain === undefined || name === "") return undefined;
    const value = { ...account, domain, name };
    if (account.shortName !== undefined) value.shortName = account.shortName.trim();
    if (account.linkedinUrl !== undefined) {
      value.linkedinUrl = clean.company(account.linkedinUrl);
      if (value.linkedinUrl === undefined) return undefined;
    }
    if (account.tags !== undefined) value.tags = account.tags.map((tag) => tag.trim());
    return value;
  };
}

const TRIMMED = ["first_name", "last_name", "title", "phone_number", "location"];

export function contact(clean) {
  const valid = instance().compile({
    type: "object",
    properties: {
      email: optionalText,
      linkedin_url: optionalText,
      ...Object.fromEntries(TRIMMED.map((key) => [key, optionalText])),
      account_id: { ...uuid, nullable: true },
      domain: optionalText,
      do_not_contact: { type: "boolean", nullable: true },
      tags: { type: "array", nullable: true, items: uuid },
    },
    patternProperties: { [CUSTOM_KEY]: {} },
    additionalProperties: false,
  });
  const cleaned = [
    ["email", clean.email, "not an email"],
    ["linkedin_url", clean.person, "not a person on LinkedIn"],
    ["domain", clean.domain, "not a domain"],
  ];
  return (contact) => {
    const issues = valid(contact) ? [] : valid.errors.map(({ instancePath, message }) => ({ path: instancePath.split("/").slice(1), message }));
    const value = { ...contact };
    for (const [key, clean, message] of cleaned) {
      if (typeof contact[key] !== "string") continue;
      value[key] = clean(contact[key]);
      if (value[key] === undefined) issues.push({ path: [key], message });
    }
    if (!contact.email && !contact.linkedin_url) issues.push({ path: ["email"], message: "email or linkedin_url is required" });
    if (issues.length > 0) return { issues };
    for (const key of TRIMMED) if (typeof value[key] === "string") value[key] = value[key].trim();
    value.account_id &&= value.account_id.toLowerCase();
    if (value.tags) value.tags = distinct(value.tags.map((tag) => tag.toLowerCase()));
    return { value: customKeysInLowerCase(value) };
  };
}
