import { type } from "arktype";
import { CUSTOM_KEY, customKeysInLowerCase, distinct } from "../contact.mjs";

/** A string that `clean` gives the clean form of, or undefined. */
function cleaned(clean, kind) {
  return type("string").pipe((text, context) => clean(text) ?? context.error(kind));
}

export function account(clean) {
  const schema = type({
    "+": "reject",
    domain: cleaned(clean.domain, "a domain"),
    name: "string.trim |> string > 0",
    "externalId?": "string",
    "shortName?": "string.trim",
    "linkedinUrl?": cleaned(clean.company, "a company on LinkedIn"),
    "tags?": "string.trim[]",
    "customFields?": { "[string]": "unknown" },
  });
  return (account) => {
    const result = schema(account);
    return result instanceof type.errors ? undefined : result;
  };
}

export function contact(clean) {
  const uuid = type("string.uuid").pipe((text) => text.toLowerCase());
  const schema = type({
    "+": "reject",
    "email?": cleaned(clean.email, "an email").or("null"),
    "linkedin_url?": cleaned(clean.person, "a person on LinkedIn").or("null"),
    "first_name?": "string.trim | null",
    "last_name?": "string.trim | null",
    "title?": "string.trim | null",
    "phone_number?": "string.trim | null",
    "location?": "string.trim | null",
    "account_id?": uuid.or("null"),
    "domain?": cleaned(clean.domain, "a domain").or("null"),
    "do_not_contact?": "boolean | null",
    "tags?": uuid.array().pipe(distinct).or("null"),
    [`[/${CUSTOM_KEY}/]`]: "unknown",
  })
    .narrow((contact, context) => (contact.email || contact.linkedin_url ? true : context.mustBe("found by email or linkedin_url")))
    .pipe(customKeysInLowerCase);
  return (contact) => {
    const result = schema(contact);
    return result instanceof type.errors ? { issues: result } : { value: result };
  };
}
