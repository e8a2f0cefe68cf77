// What every consumer of Standard Schema is given and must tell: bodies that are cleaned, and bodies
// whose issues must stand at the right field.

/** A rule across fields, told at the first of them. */
export const noIdentifier = { body: { first_name: "Ada" }, path: ["email"], message: "`email` or `linkedin_url` is required" };

/** A wrong field in the second of two items. */
export const wrongItem = {
  body: { accounts: [{ domain: "https://www.acme.com/foo", name: "Acme" }, { domain: "localhost", name: "Local" }] },
  path: ["accounts", 1, "domain"],
  message: "`localhost` is a single name; give a whole domain such as `acme.com`",
};

/** Bodies that are sent cleaned. */
export const contact = { body: { email: " ada@ACME.com ", first_name: " Ada" }, value: { email: "ada@acme.com", first_name: "Ada" } };
export const accounts = {
  body: { accounts: [{ domain: "https://www.Acme.com/foo", name: "Acme " }, { domain: "globex.com", name: "Globex" }] },
  value: { accounts: [{ domain: "acme.com", name: "Acme" }, { domain: "globex.com", name: "Globex" }] },
};

/** What was proven by them. */
export const proven = ["values cleaned", "cross-field and batch issues at their fields"];
