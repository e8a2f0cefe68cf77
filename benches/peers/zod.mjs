import * as z from "zod";
import { CONTACT_KEYS, CUSTOM_KEY, customKeysInLowerCase, distinct } from "../contact.mjs";

const CUSTOM = new RegExp(CUSTOM_KEY);

/** A string that `clean` gives the clean form of, or undefined. */
function cleaned(clean, kind) {
  return z.string().transform((text, context) => {
    const value = clean(text);
    if (value !== undefined) return value;
    context.addIssue({ code: "custom", message: `not ${kind}` });
    return z.NEVER;
  });
}

export function account(clean) {
  const schema = z.strictObject({
    domain: cleaned(clean.domain, "a domain"),
    name: z.string().trim().min(1),
    externalId: z.string().optional(),
    shortName: z.string().trim().optional(),
    linkedinUrl: cleaned(clean.company, "a company on LinkedIn").optional(),
    tags: z.array(z.string().trim()).optional(),
    customFields: z.record(z.string(), z.unknown()).optional(),
  });
  return (account) => schema.safeParse(account).data;
}

export function contact(clean) {
  const uuid = z.guid().toLowerCase();
  const schema = z
    .looseObject({
      email: cleaned(clean.email, "an email").nullish(),
      linkedin_url: cleaned(clean.person, "a person on LinkedIn").nullish(),
      first_name: z.string().trim().nullish(),
      last_name: z.string().trim().nullish(),
      title: z.string().trim().nullish(),
      phone_number: z.string().trim().nullish(),
      location: z.string().trim().nullish(),
      account_id: uuid.nullish(),
      domain: cleaned(clean.domain, "a domain").nullish(),
      do_not_contact: z.boolean().nullish(),
      tags: z.array(uuid).transform(distinct).nullish(),
    })
    .superRefine((contact, context) => {
      if (!contact.email && !contact.linkedin_url) {
        context.addIssue({ code: "custom", path: ["email"], message: "email or linkedin_url is required" });
      }
      for (const key of Object.keys(contact)) {
        if (CONTACT_KEYS.has(key) || CUSTOM.test(key)) continue;
        context.addIssue({ code: "unrecognized_keys", keys: [key], path: [key], message: "unknown key" });
      }
    })
    .transform(customKeysInLowerCase);
  return (contact) => {
    const result = schema.safeParse(contact);
    return result.success ? { value: result.data } : { issues: result.error.issues };
  };
}
