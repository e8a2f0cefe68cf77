import * as v from "valibot";
import { CONTACT_KEYS, CUSTOM_KEY, customKeysInLowerCase, distinct } from "../contact.mjs";

const CUSTOM = new RegExp(CUSTOM_KEY);

/** A string that `clean` gives the clean form of, or undefined. */
function cleaned(clean, kind) {
  return v.pipe(
    v.string(),
    v.rawTransform(({ dataset, addIssue, NEVER }) => {
      const value = clean(dataset.value);
      if (value !== undefined) return value;
      addIssue({ message: `not ${kind}` });
      return NEVER;
    }),
  );
}

export function account(clean) {
  const trimmed = v.pipe(v.string(), v.trim());
  const schema = v.strictObject({
    domain: cleaned(clean.domain, "a domain"),
    name: v.pipe(v.string(), v.trim(), v.minLength(1)),
    externalId: v.optional(v.string()),
    shortName: v.optional(trimmed),
    linkedinUrl: v.optional(cleaned(clean.company, "a company on LinkedIn")),
    tags: v.optional(v.array(trimmed)),
    customFields: v.optional(v.record(v.string(), v.unknown())),
  });
  return (account) => {
    const result = v.safeParse(schema, account);
    return result.success ? result.output : undefined;
  };
}

export function contact(clean) {
  const trimmed = v.nullish(v.pipe(v.string(), v.trim()));
  const uuid = v.pipe(v.string(), v.uuid(), v.toLowerCase());
  const schema = v.pipe(
    v.looseObject({
      email: v.nullish(cleaned(clean.email, "an email")),
      linkedin_url: v.nullish(cleaned(clean.person, "a person on LinkedIn")),
      first_name: trimmed,
      last_name: trimmed,
      title: trimmed,
      phone_number: trimmed,
      location: trimmed,
      account_id: v.nullish(uuid),
      domain: v.nullish(cleaned(clean.domain, "a domain")),
      do_not_contact: v.nullish(v.boolean()),
      tags: v.nullish(v.pipe(v.array(uuid), v.transform(distinct))),
    }),
    v.rawCheck(({ dataset, addIssue }) => {
      if (!dataset.typed) return;
      const contact = dataset.value;
      if (!contact.email && !contact.linkedin_url) addIssue({ message: "email or linkedin_url is required" });
      for (const key of Object.keys(contact)) {
        if (!CONTACT_KEYS.has(key) && !CUSTOM.test(key)) addIssue({ message: `unknown key ${key}` });
      }
    }),
    v.transform(customKeysInLowerCase),
  );
  return (contact) => {
    const { success, output, issues } = v.safeParse(schema, contact);
    return success ? { value: output } : { issues: issues.map(({ path, message }) => ({ path: path?.map(({ key }) => key) ?? [], message })) };
  };
}
