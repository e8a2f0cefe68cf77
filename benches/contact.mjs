// What the peers say by hand of a contact: its custom fields and its tags.

const HEX = "[0-9a-fA-F]";

/** A key of a custom field, as a regular expression. */
export const CUSTOM_KEY = `^custom_field_${HEX}{8}-${HEX}{4}-${HEX}{4}-${HEX}{4}-${HEX}{12}$`;

export const CONTACT_KEYS = new Set([
  ...["email", "linkedin_url", "first_name", "last_name", "title", "phone_number", "location", "account_id", "domain"],
  ...["do_not_contact", "tags"],
]);

const UPPER = /[A-Z]/;

/** Puts the ids of custom fields in lower case, if there are any that are not. */
export function customKeysInLowerCase(contact) {
  for (const key of Object.keys(contact)) {
    if (CONTACT_KEYS.has(key) || !UPPER.test(key)) continue;
    return Object.fromEntries(Object.entries(contact).map(([key, value]) => [CONTACT_KEYS.has(key) ? key : key.toLowerCase(), value]));
  }
  return contact;
}

/** Each once. */
export function distinct(list) {
  return list.length < 2 ? list : [...new Set(list)];
}
