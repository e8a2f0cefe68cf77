// The five operations, row by row as in ENDPOINTS.md, through the public contract. Every test
// compares a whole result, and `assertCheck` takes each body through value, text and bytes.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { mergeCustomFields, monaco, recotap, reply, splitCustomFields, toProblem } from "prewash";
import { CODE, any, assertChanges, assertCheck, assertIssues, assertResult, assertTextResult, change, error, frozen, warning } from "./results.mjs";

const ID = "3c90c3cc-0d44-4b50-8888-8dd25736052a";
const OTHER = "e41f0b6d-7a25-4c98-b1d3-90a8c7f6e542";
const FIELD = "1a2b3c4d-5e6f-4a7b-8c9d-0e1f2a3b4c5d";
const KEY = `custom_field_${FIELD}`;

const show = (value) => {
  const text = typeof value === "string" ? JSON.stringify(value) : (JSON.stringify(value) ?? String(value));
  return text.length > 48 ? `${text.slice(0, 47)}…` : text;
};
const without = (object, ...keys) => Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));

// ------------------------------------------------------------------------------------------------
// A target is a place where fields go: a body that passes as it is, and the path of its fields.

const target = (name, schema, base, wrap = (fields) => fields, at = []) => ({
  name, schema, base, at,
  /** The body with these fields in it. */
  body: (fields) => wrap({ ...base, ...fields }),
  /** The body with these fields alone. */
  bare: (fields) => wrap(fields),
});

const account = target("monaco.upsertAccount", monaco.upsertAccount.body, { domain: "acme.com" });
const contact = target("monaco.upsertContact", monaco.upsertContact.body, { email: "jane@acme.com", linkedin_url: "https://linkedin.com/in/janesmith", domain: "acme.com" });
const update = target("monaco.updateContact", monaco.updateContact.body, { title: "CTO" });
const company = target("reply.updateContactAccount", reply.updateContactAccount.body, { name: "Acme Corp" });
const push = target("recotap.pushAccounts", recotap.pushAccounts.body, { accounts: [{ domain: "acme.com", name: "Acme Corp" }] });
const item = target("recotap.pushAccounts, in an account,", recotap.pushAccounts.body, { domain: "acme.com", name: "Acme Corp" }, (fields) => ({ accounts: [fields] }), ["accounts", 0]);

/** The field's value is sent as it is, without a remark. */
function keeps(target, key, ...values) {
  for (const value of values) {
    test(`${target.name} keeps ${key}: ${show(value)}`, () => assertCheck(target.schema, target.body({ [key]: value })));
  }
}

/** The field's value is cleaned, told by one change of that rule. */
function cleans(target, key, rule, rows, more = {}) {
  for (const [from, to] of rows) {
    test(`${target.name} cleans ${key} from ${show(from)} to ${show(to)}`, () =>
      assertCheck(target.schema, target.body({ [key]: from }), {
        value: target.body({ [key]: to }),
        changes: [change(rule, [...target.at, key], from, to, more)],
      }));
  }
}

/** The field's value is an error of that code, at the field. */
function refuses(target, key, code, values, more = {}) {
  for (const value of values) {
    test(`${target.name} refuses ${key}: ${show(value)} with ${[code].flat().join(" or ")}`, () =>
      assertCheck(target.schema, target.body({ [key]: value }), {
        issues: [error(code, [...target.at, key], more)],
        changes: more.changes ?? [],
      }));
  }
}

/** The field's value is sent as it is, with a warning at the field. */
function warns(target, key, code, values, more = {}) {
  for (const value of values) {
    test(`${target.name} warns of ${key}: ${show(value)}`, () =>
      assertCheck(target.schema, target.body({ [key]: value }), { issues: [warning(code, [...target.at, key], more)] }));
  }
}

// ------------------------------------------------------------------------------------------------
// Types and null

const WRONG = {
  string: [5, true, ["x"], { x: 1 }],
  boolean: [0, 1, "true", "false", "", [true], {}],
  integer: [1.5, true, "5", [], {}],
  array: ["x", 5, false, {}],
  object: ["x", 5, false, []],
};

/** `row` is a key and its type; "|null" says that null is a value of its own. */
function types(target, rows) {
  for (const [key, type] of rows) {
    const [name, nullable] = type.split("|");
    refuses(target, key, "type", WRONG[name], { suggestion: any });
    if (nullable) keeps(target, key, null);
  }
}

describe("types and null", () => {
  types(account, [
    ["domain", "string"], ["linkedin_url", "string|null"], ["name", "string|null"], ["status", "string|null"],
    ["notes", "string|null"], ["owner", "string|null"], ["tags", "array|null"],
  ]);
  types(contact, [
    ["email", "string|null"], ["linkedin_url", "string|null"], ["first_name", "string|null"], ["last_name", "string|null"],
    ["title", "string|null"], ["phone_number", "string|null"], ["location", "string|null"], ["account_id", "string|null"],
    ["domain", "string|null"], ["do_not_contact", "boolean|null"], ["tags", "array|null"],
  ]);
  types(update, [
    ["first_name", "string|null"], ["last_name", "string|null"], ["email", "string|null"], ["title", "string|null"],
    ["phone_number", "string|null"], ["linkedin_url", "string|null"], ["location", "string|null"], ["notes", "string|null"],
    ["do_not_contact", "boolean|null"], ["tags", "array|null"],
  ]);
  types(company, [
    ["name", "string"], ["description", "string|null"], ["domainName", "string|null"], ["domainSecondary", "string|null"],
    ["industry", "string|null"], ["companySize", "string|null"], ["country", "string|null"], ["state", "string|null"],
    ["city", "string|null"], ["timeZoneId", "string|null"], ["linkedInUrl", "string|null"], ["phone", "string|null"],
    ["twitterUrl", "string|null"], ["logoUrl", "string|null"], ["email", "string|null"], ["ownerUserId", "integer"],
  ]);
  types(push, [["accounts", "array"], ["segmentId", "string"], ["upsert", "boolean"]]);
  types(item, [
    ["domain", "string"], ["name", "string"], ["externalId", "string"], ["shortName", "string"], ["linkedinUrl", "string"],
    ["tags", "array"], ["customFields", "object"],
  ]);

  refuses(account, "domain", "type", [null]);
  refuses(company, "name", "type", [null]);
  refuses(company, "ownerUserId", "type", [null]);
  refuses(push, "accounts", "type", [null]);
  refuses(push, "segmentId", "type", [null]);
  refuses(push, "upsert", "type", [null], { suggestion: any });
  refuses(item, "domain", "type", [null]);
  refuses(item, "name", "type", [null]);

  for (const key of ["externalId", "shortName", "linkedinUrl", "tags", "customFields"]) {
    test(`recotap.pushAccounts drops ${key}: null with a change`, () =>
      assertCheck(item.schema, item.body({ [key]: null }), { value: item.body({}), changes: [change("drop_null", [...item.at, key], null, undefined)] }));
    test(`recotap.pushAccounts refuses ${key}: null when strict`, () =>
      assertCheck(item.schema.with({ strict: true }), item.body({ [key]: null }), { issues: [error("type", [...item.at, key])] }));
  }

  for (const target of [account, contact, update]) {
    test(`${target.name} refuses a tag that is no string`, () =>
      assertCheck(target.schema, target.body({ tags: [ID, 5, null] }), {
        issues: [error("type", ["tags", 1], { suggestion: any }), error("type", ["tags", 2])],
      }));
  }
  test("recotap.pushAccounts refuses a tag that is no string", () =>
    assertCheck(item.schema, item.body({ tags: ["enterprise", 5, null] }), {
      issues: [error("type", [...item.at, "tags", 1], { suggestion: any }), error("type", [...item.at, "tags", 2])],
    }));
  test("recotap.pushAccounts refuses an account that is no object", () =>
    assertCheck(push.schema, { accounts: ["acme.com", null, [], 5] }, {
      issues: [0, 1, 2, 3].map((index) => error("type", ["accounts", index], { suggestion: any })),
    }));

  for (const { name, schema } of [account, contact, update, company, push]) {
    for (const body of [null, true, 5, "acme.com", [], [{}]]) {
      test(`${name} refuses a body that is ${show(body)}`, () => assertCheck(schema, body, { issues: [error("type", [], { suggestion: any })] }));
    }
  }
});

// ------------------------------------------------------------------------------------------------
// Required keys

describe("required", () => {
  test("monaco.upsertAccount requires domain", () => assertCheck(account.schema, { name: "Acme Corp" }, { issues: [error("required", ["domain"])] }));
  test("reply.updateContactAccount requires name", () => assertCheck(company.schema, { city: "Phoenix" }, { issues: [error("required", ["name"])] }));
  test("recotap.pushAccounts requires accounts", () => assertCheck(push.schema, { upsert: true }, { issues: [error("required", ["accounts"])] }));
  test("recotap.pushAccounts requires the domain and the name of an account", () =>
    assertCheck(push.schema, { accounts: [{}, { domain: "acme.com" }, { name: "Acme Corp" }] }, {
      issues: [error("required", ["accounts", 0, "domain"]), error("required", ["accounts", 0, "name"]), error("required", ["accounts", 1, "name"]), error("required", ["accounts", 2, "domain"])],
    }));
  test("monaco.updateContact requires nothing", () => assertCheck(update.schema, { notes: "" }));

  for (const blank of ["", "  ", "\t\n", "\u200b", " \u3000\ufeff"]) {
    refuses(company, "name", "min_length", [blank], { changes: any });
    refuses(item, "name", "min_length", [blank], { changes: any });
    refuses(account, "domain", "empty", [blank], { suggestion: any });
    refuses(item, "domain", "empty", [blank], { suggestion: any });
  }

  test("recotap.pushAccounts requires at least one account", () => assertCheck(push.schema, { accounts: [] }, { issues: [error("min_items", ["accounts"])] }));
  const accounts = (count) => ({ accounts: Array.from({ length: count }, (_, index) => ({ domain: `site${index}.com`, name: `Site ${index}` })) });
  test("recotap.pushAccounts takes 100 accounts", () => assertCheck(push.schema, accounts(100)));
  test("recotap.pushAccounts refuses 101 accounts", () => assertCheck(push.schema, accounts(101), { issues: [error("max_items", ["accounts"])] }));
  test("recotap.pushAccounts adds no default for upsert", () => assertCheck(push.schema, { accounts: [{ domain: "acme.com", name: "Acme Corp" }] }));
});

// ------------------------------------------------------------------------------------------------
// Cleaning

describe("cleaning", () => {
  const domains = [
    ["https://www.Acme.com/foo", "acme.com"],
    ["  WWW.acme.com. ", "acme.com"],
    ["http://acme.com:8080/x?y#z", "acme.com"],
  ];
  for (const [target, key] of [[account, "domain"], [contact, "domain"], [company, "domainName"], [company, "domainSecondary"], [item, "domain"]]) {
    keeps(target, key, "acme.com", "acme.co.uk", "xn--mnchen-3ya.de");
    cleans(target, key, "domain", domains);
    cleans(target, key, "domain", [["münchen.de", "xn--mnchen-3ya.de"]], { unicode: "münchen.de" });
    refuses(target, key, "single_label", ["localhost", "acme"], { suggestion: any });
    refuses(target, key, "email_address", ["jane@acme.com"], { suggestion: "acme.com" });
    refuses(target, key, "placeholder", ["N/A"], { suggestion: any });
    refuses(target, key, "ip_address", ["192.168.0.1"], { suggestion: any });
    refuses(target, key, "multiple_values", ["acme.com, globex.com"], { suggestion: any });
    refuses(target, key, "unsupported_scheme", ["mailto:jane@acme.com"], { suggestion: any });
  }

  const dirtyCompanies = ["linkedin.com/company/Acme", "http://de.linkedin.com/company/acme/about/?trk=nav#x"];
  for (const [target, key, host] of [[account, "linkedin_url", "linkedin.com"], [item, "linkedinUrl", "www.linkedin.com"]]) {
    keeps(target, key, `https://${host}/company/acme`);
    cleans(target, key, "linkedin-company", dirtyCompanies.map((from) => [from, `https://${host}/company/acme`]));
    refuses(target, key, "wrong_kind", ["https://www.linkedin.com/in/janesmith"], { suggestion: any });
    refuses(target, key, "short_link", ["https://lnkd.in/abc123"], { suggestion: any });
    refuses(target, key, "not_linkedin", ["https://acme.com/company/acme"], { suggestion: any });
    refuses(target, key, "empty", [""], { suggestion: any });
  }
  for (const target of [contact, update]) {
    keeps(target, "linkedin_url", "https://linkedin.com/in/janesmith");
    cleans(target, "linkedin_url", "linkedin-person", [
      ["https://www.linkedin.com/in/JaneSmith/details/experience/", "https://linkedin.com/in/janesmith"],
      ["linkedin.com/in/janesmith?originalSubdomain=uk", "https://linkedin.com/in/janesmith"],
    ]);
    refuses(target, "linkedin_url", "wrong_kind", ["https://www.linkedin.com/company/acme"], { suggestion: any });
    refuses(target, "linkedin_url", "no_entity", ["https://www.linkedin.com/feed/"], { suggestion: any });
  }
  keeps(company, "linkedInUrl", "https://www.linkedin.com/company/acme", "https://www.linkedin.com/in/janesmith", "https://www.linkedin.com/showcase/microsoft-365");
  cleans(company, "linkedInUrl", "linkedin", [
    ["linkedin.com/company/Acme/", "https://www.linkedin.com/company/acme"],
    ["linkedin.com/in/JaneSmith", "https://www.linkedin.com/in/janesmith"],
  ]);
  refuses(company, "linkedInUrl", "no_entity", ["https://www.linkedin.com/groups/12345"], { suggestion: any });

  const apex = "https://linkedin.com/company/acme";
  const www = "https://www.linkedin.com/company/acme";
  test("the option linkedinHost gives Monaco the www host", () =>
    assertCheck(account.schema.with({ linkedinHost: "www" }), account.body({ linkedin_url: apex }), {
      value: account.body({ linkedin_url: www }), changes: [change("linkedin-company", ["linkedin_url"], apex, www)],
    }));
  test("the option linkedinHost gives Recotap the apex host", () =>
    assertCheck(item.schema.with({ linkedinHost: "apex" }), item.body({ linkedinUrl: www }), {
      value: item.body({ linkedinUrl: apex }), changes: [change("linkedin-company", [...item.at, "linkedinUrl"], www, apex)],
    }));

  const trimmed = [["  Acme Corp ", "Acme Corp"], ["\u200bAcme\u00a0", "Acme"], ["\tSt. John's\n", "St. John's"]];
  for (const [target, ...keys] of [
    [account, "name", "status"],
    [contact, "first_name", "last_name", "title", "location"],
    [update, "first_name", "last_name", "title", "location"],
    [company, "name", "industry", "country", "state", "city"],
    [item, "name", "shortName"],
  ]) {
    for (const key of keys.filter((key) => key !== "status")) {
      keeps(target, key, "Acme  Corp", "アクメ");
      cleans(target, key, "trim", trimmed);
    }
  }
  cleans(account, "status", "trim", [[" NEW ", "NEW"]]);
  for (const [target, key] of [[account, "notes"], [update, "notes"], [company, "description"], [item, "externalId"]]) {
    keeps(target, key, "", "  two  spaces \n", "\u200bx");
  }
  keeps(item, "tags", [], ["enterprise", "q2-target"]);
  test("recotap.pushAccounts trims the tags of an account", () =>
    assertCheck(item.schema, item.body({ tags: ["enterprise ", "q2"] }), {
      value: item.body({ tags: ["enterprise", "q2"] }), changes: [change("trim", [...item.at, "tags", 0], "enterprise ", "enterprise")],
    }));

  for (const [target, key] of [[account, "owner"], [contact, "account_id"]]) {
    keeps(target, key, ID, "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff");
    cleans(target, key, "uuid", [[ID.toUpperCase(), ID]]);
    refuses(target, key, ["uuid", "empty"], [""], { suggestion: any });
    refuses(target, key, "uuid", ["acc_def456", ID.slice(1), `${ID}0`, `{${ID}}`, ID.replaceAll("-", ""), ID.replace("c", "g")], { suggestion: any });
  }

  for (const target of [account, contact, update]) {
    keeps(target, "tags", [ID], [ID, OTHER]);
    test(`${target.name} lower-cases a tag`, () =>
      assertCheck(target.schema, target.body({ tags: [ID.toUpperCase(), OTHER] }), {
        value: target.body({ tags: [ID, OTHER] }), changes: [change("uuid", ["tags", 0], ID.toUpperCase(), ID)],
      }));
    test(`${target.name} drops a repeated tag with a change`, () =>
      assertCheck(target.schema, target.body({ tags: [ID, OTHER, ID] }), {
        value: target.body({ tags: [ID, OTHER] }), changes: [change("drop_duplicate", ["tags", 2], ID, undefined)],
      }));
    test(`${target.name} says of a tag that is a name that requests take ids`, () =>
      assertCheck(target.schema, target.body({ tags: [ID, "Decision Maker"] }), {
        issues: [error("uuid", ["tags", 1], { message: /responses return the names of tags, requests take their ids$/ })],
      }));
  }
  keeps(account, "tags", []);
  keeps(contact, "tags", []);
  test("a tag repeated but for its case is dropped", () => {
    const { ok, value, issues, changes } = account.schema.check(account.body({ tags: [ID, ID.toUpperCase()] }));
    assert.deepEqual({ ok, value, issues }, { ok: true, value: account.body({ tags: [ID] }), issues: [] });
    const dropped = changes.filter(({ rule }) => rule === "drop_duplicate");
    assert.deepEqual(dropped.map(({ path, to }) => ({ path, to })), [{ path: ["tags", 1], to: undefined }]);
    for (const other of changes) assert.deepEqual(other.path, ["tags", 1]);
  });

  for (const [target, key] of [[contact, "email"], [update, "email"], [company, "email"]]) {
    keeps(target, key, "jane@acme.com", "Jane.Smith+crm@acme.com", "o'neil@acme.co.uk");
    cleans(target, key, "email", [[" jane@acme.com\n", "jane@acme.com"], ["Jane.Smith@ACME.com", "Jane.Smith@acme.com"]]);
    cleans(target, key, "email", [["jane@münchen.de", "jane@xn--mnchen-3ya.de"]], { unicode: any });
    refuses(target, key, "email", ["acme.com", "jane@acme@com", "@acme.com", "jane@", "ja ne@acme.com", "ja\u0001ne@acme.com", `${"j".repeat(65)}@acme.com`, `jane@${"a.".repeat(130)}com`], { suggestion: any });
    warns(target, key, any, ["jané@acme.com", "\"jane\"@acme.com"], { suggestion: any });
  }

  for (const [target, key] of [[contact, "phone_number"], [update, "phone_number"], [company, "phone"]]) {
    keeps(target, key, "+1-555-123-4567", "(0)89 / 12 34 56 ext. 7", "call reception", "");
    cleans(target, key, "phone", [[" +1-555-123-4567 ", "+1-555-123-4567"]]);
  }

  keeps(company, "timeZoneId", "Europe/Berlin", "America/Argentina/Buenos_Aires", "UTC");
  cleans(company, "timeZoneId", "time-zone", [["europe/berlin", "Europe/Berlin"], [" America/Phoenix ", "America/Phoenix"]]);
  warns(company, "timeZoneId", CODE.timeZone, ["Mars/Olympus_Mons", "Berlin time"], { suggestion: any });

  for (const key of ["twitterUrl", "logoUrl"]) {
    keeps(company, key, "https://twitter.com/acme", "https://Acme.com/logo.png?v=2#x");
    cleans(company, key, "trim", [[" https://acme.com/logo.png ", "https://acme.com/logo.png"]]);
    refuses(company, key, "uri", ["@acme", "acme", "https://acme.com/a b"], { suggestion: any });
  }
});

// ------------------------------------------------------------------------------------------------
// Values from a list, numbers, booleans

describe("values", () => {
  keeps(account, "status", "NEW", "PROSPECTING", "OPPORTUNITY", "CUSTOMER", "DISQUALIFIED", "NURTURE", "INBOUND", "CHURNED", "ENGAGED");
  warns(account, "status", CODE.suggestedValue, ["customer"], { suggestion: "CUSTOMER" });
  warns(account, "status", CODE.suggestedValue, ["active", ""]);
  test("a suggested value stays a warning when strict", () =>
    assertCheck(account.schema.with({ strict: true }), account.body({ status: "active" }), { issues: [warning(CODE.suggestedValue, ["status"])] }));

  for (const target of [contact, update]) keeps(target, "do_not_contact", true, false);

  keeps(company, "companySize", "Empty", "SelfEmployed", "2-10", "11-50", "51-200", "201-500", "501-1000", "1001-5000", "5001-10000", "10001+");
  for (const [written, meant] of [
    ["2–10", "2-10"], [" 11 - 50 ", "11-50"], ["51-200 employees", "51-200"], ["10,001+", "10001+"], ["empty", "Empty"], ["self-employed", "SelfEmployed"],
  ]) {
    refuses(company, "companySize", "enum", [written], { suggestion: meant });
  }
  refuses(company, "companySize", "enum", ["huge", ""]);

  keeps(company, "ownerUserId", 0, 123, 9007199254740991);
  refuses(company, "ownerUserId", "maximum", [9007199254740992], { suggestion: any });
  for (const [written, code] of [["1.0"], ["123"], ["1e3"], ["9007199254740991"], ["9007199254740993", "maximum"], ["1.5", "type"], ["1e400", "maximum"]]) {
    test(`reply.updateContactAccount ${code ? `refuses ownerUserId ${written}` : `passes ownerUserId ${written} as written`}`, () => {
      const json = `{"name":"Acme Corp","ownerUserId":${written}}`;
      assertTextResult(company.schema.checkText(json), { json, issues: code ? [error(code, ["ownerUserId"], { suggestion: any })] : [] });
    });
  }
});

// ------------------------------------------------------------------------------------------------
// Unknown keys

describe("unknown keys", () => {
  const unknown = [
    [account, "linkedinUrl", "linkedin_url"], [account, "Name", "name"], [account, "website", undefined],
    [contact, "phoneNumber", "phone_number"], [contact, "firstName", "first_name"], [contact, "notes", undefined],
    [update, "lastName", "last_name"], [update, "domain", undefined], [update, "account_id", undefined],
    [company, "linkedinUrl", "linkedInUrl"], [company, "domain_name", "domainName"], [company, "stage", any],
    [push, "segmentID", "segmentId"], [push, "dryRun", undefined],
    [item, "linkedin_url", "linkedinUrl"], [item, "custom_fields", "customFields"], [item, "owner", undefined],
  ];
  for (const [target, key, suggestion] of unknown) {
    const fields = { [key]: "x" };
    test(`${target.name} keeps the unknown key ${key} with a warning`, () =>
      assertCheck(target.schema, target.body(fields), { issues: [warning("unknown_key", [...target.at, key], { suggestion })] }));
    test(`${target.name} refuses the unknown key ${key} when strict`, () =>
      assertCheck(target.schema.with({ strict: true }), target.body(fields), { issues: [error("unknown_key", [...target.at, key], { suggestion })] }));
  }
  test("with() gives a new handle and leaves the old one as it was", () => {
    const strict = account.schema.with({ strict: true });
    assert.notEqual(strict, account.schema);
    assert.equal(strict.check({ domain: "acme.com", website: 1 }).ok, false);
    assert.equal(account.schema.check({ domain: "acme.com", website: 1 }).ok, true);
  });
});

// ------------------------------------------------------------------------------------------------
// Rules across fields

describe("rules across fields", () => {
  const missing = error("missing_identifier", ["email"], { params: { any_of: ["email", "linkedin_url"] }, message: "`email` or `linkedin_url` is required" });
  const bodies = [{}, { first_name: "Jane" }, { email: null }, { linkedin_url: null }, { email: null, linkedin_url: null, domain: "acme.com" }];
  for (const body of bodies) {
    test(`monaco.upsertContact wants an identifier in ${show(body)}`, () => assertCheck(contact.schema, body, { issues: [missing] }));
  }
  for (const key of ["email", "linkedin_url"]) {
    for (const blank of ["", "  \u200b"]) {
      test(`monaco.upsertContact takes no ${key} ${show(blank)} for an identifier`, () =>
        assertCheck(contact.schema, { [key]: blank }, {
          issues: [missing, error(["empty", "email"], [key], { suggestion: any, optional: true })],
          changes: any,
        }));
    }
  }
  test("monaco.upsertContact takes email alone", () => assertCheck(contact.schema, { email: "jane@acme.com" }));
  test("monaco.upsertContact takes email and linkedin_url together", () => assertCheck(contact.schema, contact.body({})));

  const linkedin_url = "https://linkedin.com/in/janesmith";
  const noAccount = warning("no_account", ["account_id"]);
  for (const more of [{}, { email: null }, { account_id: null, domain: null }]) {
    test(`monaco.upsertContact warns that linkedin_url alone names no account in ${show({ linkedin_url, ...more })}`, () =>
      assertCheck(contact.schema, { linkedin_url, ...more }, { issues: [noAccount] }));
  }
  for (const more of [{ account_id: ID }, { domain: "acme.com" }, { email: "jane@acme.com" }]) {
    test(`monaco.upsertContact takes linkedin_url with ${Object.keys(more)}`, () => assertCheck(contact.schema, { linkedin_url, ...more }));
  }

  test("monaco.updateContact warns that {} changes nothing", () => assertCheck(update.schema, {}, { issues: [warning("no_changes", [])] }));
  test("monaco.updateContact warns that tags: [] clears the tags", () => assertCheck(update.schema, { tags: [] }, { issues: [warning("clears_tags", ["tags"])] }));
  test("monaco.updateContact warns when no identifier is left", () =>
    assertCheck(update.schema, { email: null, linkedin_url: null }, { issues: [warning("no_identifier", ["email"])] }));
  test("monaco.updateContact takes a null email alone", () => assertCheck(update.schema, { email: null }));
  test("monaco.updateContact keeps absent, null and a value apart", () => {
    assertCheck(update.schema, { first_name: "Jane" });
    assertCheck(update.schema, { first_name: null, last_name: "Smith" });
    assertResult(update.schema.check({ first_name: undefined, title: "CTO" }), { value: { title: "CTO" } });
  });

  test("issues come in document order", () => {
    const body = { tags: ["x"], domain: "localhost", name: 5 };
    for (const result of [account.schema.check(body), account.schema.checkText(JSON.stringify(body))]) {
      assert.deepEqual(result.issues.map(({ pointer }) => pointer), ["/tags/0", "/domain", "/name"]);
    }
  });
});

// ------------------------------------------------------------------------------------------------
// Custom fields

describe("custom fields", () => {
  const values = [null, "x", "  untrimmed ", 0, 12.5, false, ["a", null], { a: { b: [] } }];
  for (const target of [account, contact]) keeps(target, KEY, ...values);
  for (const value of values) {
    test(`monaco.updateContact passes a custom field ${show(value)} with a note`, () =>
      assertCheck(update.schema, update.body({ [KEY]: value }), { issues: [warning("undocumented_custom_field", [KEY])] }));
  }
  test("the value of a custom field passes byte for byte", () => {
    const json = `{ "domain":"acme.com", "${KEY}" : { "n": 1.50, "big":12345678901234567890, "e":1E+2 ,"s":"\\u0041\\/" } }`;
    assertTextResult(account.schema.checkText(json), { json });
  });
  for (const target of [account, contact]) {
    test(`${target.name} lower-cases the id in the key of a custom field`, () => {
      const old = `custom_field_${FIELD.toUpperCase()}`;
      assertCheck(target.schema, target.body({ [old]: 1 }), { value: target.body({ [KEY]: 1 }), changes: [change("custom_field_key", [old], old, KEY)] });
    });
    for (const key of ["custom_field_Region", "custom_field_", `custom_field_${FIELD}0`]) {
      test(`${target.name} refuses ${key}, which holds no id`, () =>
        assertCheck(target.schema, target.body({ [key]: 1 }), { issues: [error("uuid", [key], { suggestion: any })] }));
    }
    test(`${target.name} refuses two keys that differ in case alone`, () => {
      const old = `custom_field_${FIELD.toUpperCase()}`;
      assertCheck(target.schema, target.body({ [KEY]: 1, [old]: 2 }), { issues: [error("duplicate_custom_field", [old], { suggestion: any })], changes: any });
    });
  }
  for (const target of [company, push]) {
    test(`${target.name} has no custom field keys`, () =>
      assertCheck(target.schema, target.body({ [KEY]: 1 }), { issues: [warning("unknown_key", [KEY], { suggestion: any })] }));
  }
  keeps(item, "customFields", {}, { CONTRACT_VALUE_C: 75000 }, { ANY: { a: [1] }, other: "x" });

  const definitions = JSON.parse(readFileSync(new URL("../examples/custom-fields.json", import.meta.url), "utf8"));
  const registered = { ...item, schema: item.schema.with({ customFields: definitions }) };
  const fields = (values) => registered.body({ customFields: values });
  const at = (...path) => [...item.at, "customFields", ...path];
  test("values of every type of custom field pass", () =>
    assertCheck(registered.schema, fields({
      CONTRACT_VALUE_C: 75000, RENEWAL_DATE_C: "2026-12-31", REGION_C: "EMEA", PRODUCTS_C: ["Anvils", "Rockets"], PARTNER_C: true, WIKI_C: "https://wiki.acme.com/x", REMARK_C: "free text",
    })));
  for (const [key, value, code, step] of [
    ["CONTRACT_VALUE_C", "75000", "type"], ["RENEWAL_DATE_C", "2026-02-30", "date"], ["RENEWAL_DATE_C", 5, "type"], ["REGION_C", "Mars", "enum"],
    ["PRODUCTS_C", "Anvils", "type"], ["PRODUCTS_C", ["Anvils", "Cars"], "enum", 1], ["PARTNER_C", "yes", "type"], ["WIKI_C", "wiki", "uri"], ["REMARK_C", 5, "type"],
  ]) {
    test(`the custom field ${key} refuses ${show(value)}`, () =>
      assertCheck(registered.schema, fields({ [key]: value }), { issues: [error(code, step === undefined ? at(key) : at(key, step), { suggestion: any })] }));
  }
  test("an unregistered custom field is an error when definitions are given", () =>
    assertCheck(registered.schema, fields({ INVALID_KEY_C: 1 }), { issues: [error("unknown_custom_field", at("INVALID_KEY_C"))] }));
  test("a label where a key belongs suggests the key", () =>
    assertCheck(registered.schema, fields({ "Contract value": 1 }), { issues: [error("unknown_custom_field", at("Contract value"), { suggestion: "CONTRACT_VALUE_C" })] }));

  const monacoFields = account.schema.with({ customFields: [{ key: FIELD, label: "Region", type: "select", options: ["EMEA", "AMER"] }] });
  test("a custom field by prefix is checked against its definition", () => {
    assertCheck(monacoFields, account.body({ [KEY]: "EMEA" }));
    assertCheck(monacoFields, account.body({ [KEY]: "Mars" }), { issues: [error("enum", [KEY], { suggestion: any })] });
  });
  test("an id that no definition has is an error when definitions are given", () =>
    assertCheck(monacoFields, account.body({ [`custom_field_${OTHER}`]: 1 }), { issues: [error("unknown_custom_field", [`custom_field_${OTHER}`])] }));
  test("a label behind the prefix suggests the key", () =>
    assertCheck(monacoFields, account.body({ custom_field_Region: "EMEA" }), { issues: [error("unknown_custom_field", ["custom_field_Region"], { suggestion: KEY })] }));

  test("splitCustomFields takes the custom fields out, mergeCustomFields puts them back", () => {
    const body = frozen({ domain: "acme.com", [KEY]: { a: 1 }, name: "Acme Corp" });
    assert.deepEqual(splitCustomFields(body), { fields: { domain: "acme.com", name: "Acme Corp" }, custom: { [FIELD]: { a: 1 } } });
    assert.deepEqual(mergeCustomFields({ domain: "acme.com", name: "Acme Corp" }, { [FIELD]: { a: 1 } }), { domain: "acme.com", name: "Acme Corp", [KEY]: { a: 1 } });
    assert.deepEqual(splitCustomFields({}), { fields: {}, custom: {} });
    assert.deepEqual(mergeCustomFields({}, {}), {});
  });
});

// ------------------------------------------------------------------------------------------------
// Paths

describe("operations", () => {
  for (const [name, operation, method, path] of [
    ["monaco.upsertAccount", monaco.upsertAccount, "PUT", "/v1/preview/accounts/"],
    ["monaco.upsertContact", monaco.upsertContact, "PUT", "/v1/contacts/"],
    ["monaco.updateContact", monaco.updateContact, "PATCH", "/v1/preview/contacts/{contact_id}"],
    ["reply.updateContactAccount", reply.updateContactAccount, "PUT", "/v3/contact-accounts/{id}"],
    ["recotap.pushAccounts", recotap.pushAccounts, "POST", "/accounts"],
  ]) {
    test(`${name} is ${method} ${path}`, () => assert.deepEqual({ method: operation.method, path: operation.path }, { method, path }));
  }

  const { pathParameters: contactPath } = monaco.updateContact;
  test("monaco.updateContact takes a contact_id that is a uuid", () => assertCheck(contactPath, { contact_id: ID }));
  test("monaco.updateContact lower-cases its contact_id", () =>
    assertCheck(contactPath, { contact_id: ID.toUpperCase() }, { value: { contact_id: ID }, changes: [change("uuid", ["contact_id"], ID.toUpperCase(), ID)] }));
  test("monaco.updateContact requires its contact_id", () => assertCheck(contactPath, {}, { issues: [error("required", ["contact_id"])] }));
  test("monaco.updateContact refuses a contact_id that is no uuid", () =>
    assertCheck(contactPath, { contact_id: "con_abc123" }, { issues: [error("uuid", ["contact_id"], { suggestion: any })] }));
  test("monaco.updateContact refuses a contact_id that is null", () => assertCheck(contactPath, { contact_id: null }, { issues: [error("type", ["contact_id"])] }));

  const { pathParameters: companyPath } = reply.updateContactAccount;
  test("reply.updateContactAccount takes an id that is an integer", () => assertCheck(companyPath, { id: 123 }));
  test("reply.updateContactAccount takes an id that is the text of an integer", () =>
    assertCheck(companyPath, { id: "123" }, { value: { id: 123 }, changes: [change("integer", ["id"], "123", 123)] }));
  test("reply.updateContactAccount requires its id", () => assertCheck(companyPath, {}, { issues: [error("required", ["id"])] }));
  for (const id of ["", "12a", "1.5", 1.5, true, null, [], "0x10"]) {
    test(`reply.updateContactAccount refuses the id ${show(id)}`, () => assertCheck(companyPath, { id }, { issues: [error("type", ["id"], { suggestion: any })] }));
  }
});

// ------------------------------------------------------------------------------------------------
// Responses

describe("responses", () => {
  const answers = {
    "monaco.upsertAccount": [monaco.upsertAccount.response, {
      data: {
        id: "acc_def456", created_at: "2023-11-07T05:31:56Z", updated_at: "2023-11-07T05:31:56Z", name: "Acme Corp", status: "active",
        owner: { id: "usr_1", first_name: "Jane", last_name: "Smith" }, notes: "Key enterprise prospect",
        company: {
          domain: "acme.com", linkedin_url: "https://linkedin.com/company/acme", description: "Makes anvils and rockets",
          employee_count: 250, founded_year: 2019, industries: ["Software"], total_funding_usd: 50000000, last_funding_date: "2024-03-15",
        },
        scoring: { tier: "A", heat_score: "Hot" }, tags: ["Key account"], [KEY]: { any: ["json"] },
      },
      meta: { timestamp: "2023-11-07T05:31:56Z" },
    }],
    "monaco.upsertContact": [monaco.upsertContact.response, {
      data: {
        id: "con_abc123", account_id: "acc_def456", first_name: "Jane", last_name: "Smith", email: "jane@acme.com", title: "VP of Engineering",
        do_not_contact: false, tags: ["Decision Maker"], created_at: "2025-06-15T10:30:00Z", [KEY]: "economic_buyer",
      },
      meta: { timestamp: "2026-04-21T12:00:00Z" },
    }],
    "monaco.updateContact": [monaco.updateContact.response, {
      data: {
        id: "con_abc123", created_at: "2023-11-07T05:31:56Z", updated_at: "2023-11-07T05:31:56Z", account_id: "acc_def456", first_name: "Jane", last_name: "Smith",
        email: "jane@acme.com", title: "VP of Engineering", phone_number: "+1-555-123-4567", linkedin_url: "https://linkedin.com/in/janesmith",
        location: "San Francisco, CA", source: "linkedin", do_not_contact: false, notes: "Met at SaaStr 2025", scoring: { heat_score: "Hot" }, tags: ["Decision Maker"],
      },
      meta: { timestamp: "2023-11-07T05:31:56Z" },
    }],
    "reply.updateContactAccount": [reply.updateContactAccount.response, {
      id: 123, ownerUserId: 123, name: "Acme Corp", linkedProspectsCount: 123, createdDate: "2023-11-07T05:31:56Z", lastActivityDate: "2023-11-07T05:31:56Z",
      description: "x", domainName: "acme.com", domainSecondary: "acme.io", industry: "Software", companySize: "Empty", country: "US", state: "CA", city: "San Francisco",
      timeZoneId: "America/Los_Angeles", linkedInUrl: "https://www.linkedin.com/company/acme", phone: "+1-555-123-4567", twitterUrl: "https://twitter.com/acme",
      logoUrl: "https://acme.com/logo.png", email: "hello@acme.com", stage: { id: 123, name: "Qualified", colorId: 123 },
    }],
    "recotap.pushAccounts": [recotap.pushAccounts.response, {
      results: [
        { rtp_aid: "663abc...", domain: "acme.com", status: "created" },
        { rtp_aid: "663ghi...", domain: "duplicate.com", status: "failed", error: "Account with domain 'duplicate.com' already exists. Set upsert: true to update this account via this endpoint." },
        { rtp_aid: null, domain: "bad-fields.com", status: "failed", error: "Custom field key(s) not found: INVALID_KEY_C. Unable to add this account." },
      ],
      summary: { total: 3, created: 1, updated: 0, failed: 2 },
    }],
  };
  for (const [name, [schema, answer]] of Object.entries(answers)) {
    test(`${name} knows the vendor's own response`, () => assertCheck(schema, answer));
    test(`${name} keeps unknown keys of a response, strict or not`, () => {
      assertCheck(schema, { ...answer, request_id: "r1" });
      assertCheck(schema.with({ strict: true }), { ...answer, request_id: "r1" });
      if (answer.data) assertCheck(schema, { data: { ...answer.data, lead_source: { a: 1 } } });
    });
    test(`${name} refuses a response that is no object`, () => assertCheck(schema, [], { issues: [error("type", [], { suggestion: any })] }));
  }

  for (const name of ["monaco.upsertAccount", "monaco.upsertContact", "monaco.updateContact"]) {
    const [schema, answer] = answers[name];
    test(`${name} requires data in a response, and it is an object`, () => {
      assertCheck(schema, { meta: answer.meta }, { issues: [error("required", ["data"])] });
      assertCheck(schema, { data: null }, { issues: [error("type", ["data"], { suggestion: any })] });
    });
    test(`${name} does without meta, and without any key of data, in a response`, () => {
      assertCheck(schema, { data: {} });
      assertCheck(schema, { data: {}, meta: {} });
      assertCheck(schema, { data: {}, meta: null });
    });
    test(`${name} takes any text for an id in a response`, () => {
      for (const id of ["con_abc123", "42", ID.toUpperCase()]) assertCheck(schema, { data: { id } });
    });
  }

  const text = [5, {}];
  const wrong = (name, path, values) => {
    const [schema, answer] = answers[name];
    for (const value of values) {
      test(`${name} refuses ${path.join(".")}: ${show(value)} in a response`, () => {
        const body = structuredClone(answer);
        path.slice(0, -1).reduce((at, step) => (at[step] ??= {}), body)[path.at(-1)] = value;
        assertCheck(schema, body, { issues: [error("type", path, { suggestion: any })] });
      });
    }
  };
  const nullable = (name, path) => {
    const [schema, answer] = answers[name];
    test(`${name} takes ${path.join(".")}: null in a response`, () => {
      const body = structuredClone(answer);
      path.slice(0, -1).reduce((at, step) => (at[step] ??= {}), body)[path.at(-1)] = null;
      assertCheck(schema, body);
    });
  };
  const row = (name, path, values) => {
    wrong(name, path, values);
    nullable(name, path);
  };

  for (const key of ["id", "created_at", "updated_at", "name", "status", "notes"]) row("monaco.upsertAccount", ["data", key], text);
  for (const key of ["owner", "company", "scoring"]) row("monaco.upsertAccount", ["data", key], ["x", []]);
  for (const key of ["id", "first_name", "last_name"]) row("monaco.upsertAccount", ["data", "owner", key], text);
  for (const key of ["domain", "linkedin_url", "description", "last_funding_date"]) row("monaco.upsertAccount", ["data", "company", key], text);
  for (const key of ["employee_count", "founded_year", "total_funding_usd"]) row("monaco.upsertAccount", ["data", "company", key], ["250", true]);
  row("monaco.upsertAccount", ["data", "company", "industries"], ["Software", {}]);
  wrong("monaco.upsertAccount", ["data", "company", "industries", 0], [5]);
  for (const key of ["tier", "heat_score"]) row("monaco.upsertAccount", ["data", "scoring", key], text);
  for (const name of ["monaco.upsertAccount", "monaco.upsertContact", "monaco.updateContact"]) {
    row(name, ["data", "tags"], ["x", {}]);
    wrong(name, ["data", "tags", 0], [5]);
    row(name, ["meta"], ["x", []]);
    row(name, ["meta", "timestamp"], text);
  }
  for (const name of ["monaco.upsertContact", "monaco.updateContact"]) {
    for (const key of ["id", "created_at", "updated_at", "account_id", "first_name", "last_name", "email", "title", "phone_number", "linkedin_url", "location", "source", "notes"]) {
      row(name, ["data", key], text);
    }
    row(name, ["data", "do_not_contact"], ["false", 0]);
    row(name, ["data", "scoring"], ["Hot", []]);
    row(name, ["data", "scoring", "heat_score"], text);
  }

  const [companySchema, companyAnswer] = answers["reply.updateContactAccount"];
  const required = ["id", "ownerUserId", "name", "linkedProspectsCount", "createdDate", "lastActivityDate"];
  const optional = Object.keys(companyAnswer).filter((key) => !required.includes(key));
  for (const key of required) {
    test(`reply.updateContactAccount requires ${key} in a response`, () => assertCheck(companySchema, without(companyAnswer, key), { issues: [error("required", [key])] }));
  }
  test("reply.updateContactAccount does without the other keys in a response", () => assertCheck(companySchema, without(companyAnswer, ...optional)));
  for (const key of optional) nullable("reply.updateContactAccount", [key]);
  for (const key of ["id", "ownerUserId", "linkedProspectsCount"]) wrong("reply.updateContactAccount", [key], ["123", 1.5, null]);
  for (const key of ["name", "createdDate", "lastActivityDate"]) wrong("reply.updateContactAccount", [key], [5, null]);
  for (const key of optional.filter((key) => key !== "stage")) wrong("reply.updateContactAccount", [key], text);
  wrong("reply.updateContactAccount", ["stage"], ["Qualified", []]);
  for (const key of ["id", "colorId"]) row("reply.updateContactAccount", ["stage", key], ["3", 1.5]);
  row("reply.updateContactAccount", ["stage", "name"], text);
  for (const key of ["createdDate", "lastActivityDate"]) {
    test(`reply.updateContactAccount refuses ${key}: "yesterday" in a response`, () =>
      assertCheck(companySchema, { ...companyAnswer, [key]: "yesterday" }, { issues: [error("date_time", [key], { suggestion: any })] }));
  }
  test("reply.updateContactAccount refuses a company size that is none in a response", () =>
    assertCheck(companySchema, { ...companyAnswer, companySize: "huge" }, { issues: [error("enum", ["companySize"])] }));

  wrong("recotap.pushAccounts", ["results"], [{}, "x"]);
  wrong("recotap.pushAccounts", ["summary"], [[], "x"]);
  wrong("recotap.pushAccounts", ["results", 0], ["created"]);
  row("recotap.pushAccounts", ["results", 0, "rtp_aid"], text);
  wrong("recotap.pushAccounts", ["results", 0, "domain"], text);
  for (const key of ["total", "created", "updated", "failed"]) wrong("recotap.pushAccounts", ["summary", key], ["1", 1.5]);
  test("recotap.pushAccounts refuses a status that is none in a response", () => {
    const [schema, answer] = answers["recotap.pushAccounts"];
    const results = [{ rtp_aid: null, domain: "acme.com", status: "skipped" }];
    assertCheck(schema, { ...answer, results }, { issues: [error("enum", ["results", 0, "status"], { suggestion: any })] });
  });
});

// ------------------------------------------------------------------------------------------------
// The vendors' own bodies

describe("the vendors' own request bodies pass", () => {
  test("monaco.upsertAccount", () =>
    assertCheck(account.schema, {
      domain: "acme.com", linkedin_url: "https://linkedin.com/company/acme", name: "Acme Corp", status: "NEW", notes: "Key enterprise prospect", owner: ID, tags: [ID],
    }));
  test("monaco.upsertContact", () =>
    assertCheck(contact.schema, {
      email: "jane@acme.com", linkedin_url: "https://linkedin.com/in/janesmith", first_name: "Jane", last_name: "Smith", title: "VP of Engineering",
      phone_number: "+1-555-123-4567", location: "San Francisco, CA", account_id: ID, domain: "acme.com", do_not_contact: true, tags: [ID],
    }));
  test("monaco.updateContact", () =>
    assertCheck(update.schema, {
      first_name: "Jane", last_name: "Smith", email: "jane@acme.com", title: "VP of Engineering", phone_number: "+1-555-123-4567",
      linkedin_url: "https://linkedin.com/in/janesmith", location: "San Francisco, CA", notes: "Met at SaaStr 2025", do_not_contact: true, tags: [ID],
    }));
  test("reply.updateContactAccount", () =>
    assertCheck(company.schema, {
      name: "Acme Corp", description: "Enterprise software", domainName: "acme.com", domainSecondary: "acme.io", industry: "Software", companySize: "Empty",
      country: "United States", state: "California", city: "San Francisco", timeZoneId: "America/Los_Angeles", linkedInUrl: "https://www.linkedin.com/company/acme",
      phone: "+1-555-123-4567", twitterUrl: "https://twitter.com/acme", logoUrl: "https://acme.com/logo.png", email: "hello@acme.com", ownerUserId: 123,
    }));
  test("recotap.pushAccounts", () =>
    assertCheck(push.schema, {
      accounts: [{
        externalId: "crm-001", domain: "acme.com", name: "Acme Corp", shortName: "Acme", linkedinUrl: "https://www.linkedin.com/company/acme-corp",
        tags: ["enterprise", "q2-target"], customFields: { CONTRACT_VALUE_C: 75000 },
      }],
      segmentId: "663xyz...",
      upsert: true,
    }));
});

describe("the example bodies", () => {
  for (const { name, schema } of [account, contact, update, company, push]) {
    const example = (folder) => JSON.parse(readFileSync(new URL(`../examples/${folder}${name}.json`, import.meta.url), "utf8"));
    if (name !== "recotap.pushAccounts") {
      test(`examples/${name}.json passes, and what is clean stays as it is`, () => {
        const { ok, value, changes } = schema.check(example(""));
        assert.equal(ok, true);
        assert.ok(changes.length > 0);
        assertChanges(schema.check(value).changes, []);
      });
    }
    test(`examples/bad/${name}.json has several errors`, () => {
      const { ok, issues } = schema.check(example("bad/"));
      assert.equal(ok, false);
      assert.ok(issues.filter(({ severity }) => severity === "error").length >= 4);
    });
  }
});

// ------------------------------------------------------------------------------------------------
// The batch

describe("recotap.pushAccounts.batch", () => {
  const { batch } = recotap.pushAccounts;
  const exists = (domain) => `Account with domain '${domain}' already exists. Set upsert: true to update this account via this endpoint.`;
  const unknownKeys = (...keys) => `Custom field key(s) not found: ${keys.join(", ")}. Unable to add this account.`;
  const made = (domain, name = "Acme Corp", more = {}) => ({ domain, name, ...more });

  /** Compares a whole plan; the issues of an item are told by path from the body's root. */
  function assertPlan(plan, { ok = true, request, results, items, issues = [] }) {
    assertIssues(plan.issues, issues, { text: true });
    assert.equal(plan.ok, ok);
    assert.deepEqual(plan.request, request);
    assert.deepEqual(plan.results, results);
    const count = (status) => results.filter((result) => result.status === status).length;
    assert.deepEqual(plan.summary, { total: results.length, created: count("created"), updated: count("updated"), failed: count("failed") });
    assert.deepEqual(plan.items.map(({ index, status }) => [index, status]), items.map(({ status }, index) => [index, status]));
    for (const [index, wanted] of items.entries()) {
      const { domain, issues: told, changes, ...rest } = plan.items[index];
      assert.deepEqual(Object.keys(rest).sort(), ["index", "status"]);
      assert.equal(domain ?? null, wanted.domain);
      assertIssues(told, wanted.issues ?? [], { text: true });
      assertChanges(changes, wanted.changes ?? []);
    }
  }

  test("a new domain is created", () =>
    assertPlan(batch.plan({ accounts: [made("acme.com")] }), {
      request: { accounts: [made("acme.com")] },
      results: [{ rtp_aid: null, domain: "acme.com", status: "created" }],
      items: [{ status: "created", domain: "acme.com" }],
    }));

  test("a known domain is updated when upsert is true, and has its id", () => {
    const body = { accounts: [made("https://www.Acme.com/foo")], upsert: true };
    const request = { accounts: [made("acme.com")], upsert: true };
    const items = [{ status: "updated", domain: "acme.com", changes: [change("domain", ["accounts", 0, "domain"], "https://www.Acme.com/foo", "acme.com")] }];
    assertPlan(batch.plan(frozen(body), { existing: new Map([["WWW.ACME.com", "663abc"]]) }), {
      request, items, results: [{ rtp_aid: "663abc", domain: "acme.com", status: "updated" }],
    });
    assertPlan(batch.plan(body, { existing: { "acme.com": "663abc" } }), { request, items, results: [{ rtp_aid: "663abc", domain: "acme.com", status: "updated" }] });
    assertPlan(batch.plan(body, { existing: ["http://acme.com/x"] }), { request, items, results: [{ rtp_aid: null, domain: "acme.com", status: "updated" }] });
    assertPlan(batch.plan(body, { existing: new Set(["acme.com"]) }), { request, items, results: [{ rtp_aid: null, domain: "acme.com", status: "updated" }] });
  });

  for (const upsert of [{}, { upsert: false }]) {
    test(`a known domain fails with ${show(upsert)}`, () =>
      assertPlan(batch.plan({ accounts: [made("duplicate.com")], ...upsert }, { existing: new Map([["duplicate.com", "663ghi"]]) }), {
        request: { accounts: [made("duplicate.com")], ...upsert },
        results: [{ rtp_aid: "663ghi", domain: "duplicate.com", status: "failed", error: exists("duplicate.com") }],
        items: [{ status: "failed", domain: "duplicate.com", issues: [{ ...error("already_exists", ["accounts", 0, "domain"], { suggestion: any }), severity: any }] }],
      }));
  }

  test("unregistered custom fields fail an account, in payload order", () => {
    const accounts = [
      made("one.com", "One", { customFields: { INVALID_KEY_C: 1, CONTRACT_VALUE_C: 2 } }),
      made("two.com", "Two", { customFields: { Z_C: 1, CONTRACT_VALUE_C: 2, A_C: null } }),
      made("three.com", "Three", { customFields: { CONTRACT_VALUE_C: 75000 } }),
    ];
    const unknown = (index, key) => ({ ...error("unknown_custom_field", ["accounts", index, "customFields", key], { suggestion: any }), severity: any });
    for (const customFields of [["CONTRACT_VALUE_C"], [{ key: "CONTRACT_VALUE_C", label: "Contract value", type: "number" }]]) {
      assertPlan(batch.plan({ accounts }, { customFields }), {
        request: { accounts },
        results: [
          { rtp_aid: null, domain: "one.com", status: "failed", error: unknownKeys("INVALID_KEY_C") },
          { rtp_aid: null, domain: "two.com", status: "failed", error: unknownKeys("Z_C", "A_C") },
          { rtp_aid: null, domain: "three.com", status: "created" },
        ],
        items: [
          { status: "failed", domain: "one.com", issues: [unknown(0, "INVALID_KEY_C")] },
          { status: "failed", domain: "two.com", issues: [unknown(1, "Z_C"), unknown(1, "A_C")] },
          { status: "created", domain: "three.com" },
        ],
      });
    }
  });

  test("what is unknown is not judged", () => {
    const body = { accounts: [made("acme.com", "Acme", { customFields: { WHATEVER: 1 } })], segmentId: "663xyz" };
    for (const known of [undefined, {}]) {
      assertPlan(batch.plan(body, known), {
        request: body, results: [{ rtp_aid: null, domain: "acme.com", status: "created" }], items: [{ status: "created", domain: "acme.com" }],
      });
    }
  });

  const twice = (index, ...names) => warning("duplicate_in_batch", ["accounts", index, "domain"], { names, suggestion: any });
  test("the same domain twice: without upsert the second fails", () =>
    assertPlan(batch.plan({ accounts: [made("acme.com"), made("globex.com"), made("HTTPS://acme.com/")] }), {
      request: { accounts: [made("acme.com"), made("globex.com"), made("acme.com")] },
      results: [
        { rtp_aid: null, domain: "acme.com", status: "created" },
        { rtp_aid: null, domain: "globex.com", status: "created" },
        { rtp_aid: null, domain: "acme.com", status: "failed", error: exists("acme.com") },
      ],
      items: [
        { status: "created", domain: "acme.com" },
        { status: "created", domain: "globex.com" },
        {
          status: "failed", domain: "acme.com",
          issues: [twice(2, 0, 2), { ...error("already_exists", ["accounts", 2, "domain"], { suggestion: any, optional: true }), severity: any }],
          changes: [change("domain", ["accounts", 2, "domain"], "HTTPS://acme.com/", "acme.com")],
        },
      ],
    }));
  test("the same domain twice: with upsert the second is updated", () =>
    assertPlan(batch.plan({ upsert: true, accounts: [made("acme.com"), made("acme.com", "Acme")] }), {
      request: { upsert: true, accounts: [made("acme.com"), made("acme.com", "Acme")] },
      results: [{ rtp_aid: null, domain: "acme.com", status: "created" }, { rtp_aid: null, domain: "acme.com", status: "updated" }],
      items: [{ status: "created", domain: "acme.com" }, { status: "updated", domain: "acme.com", issues: [twice(1, 0, 1)] }],
    }));
  test("an account that failed for its custom fields does not make its domain exist", () => {
    const accounts = [made("acme.com", "Acme", { customFields: { X_C: 1 } }), made("acme.com")];
    const plan = batch.plan({ accounts }, { customFields: ["CONTRACT_VALUE_C"] });
    assert.deepEqual(plan.results, [
      { rtp_aid: null, domain: "acme.com", status: "failed", error: unknownKeys("X_C") },
      { rtp_aid: null, domain: "acme.com", status: "created" },
    ]);
  });

  test("an item that cannot be sent is left out, and the others keep their input indexes", () => {
    const accounts = [
      made("localhost"), made("acme.com"), { domain: "globex.com" }, { name: "Initech" }, made("hooli.com", "  "), made("umbrella.co.uk", 5),
      null, made("wayne.com", "Wayne", { tags: "x" }), made(" stark.com "),
    ];
    const at = (index, ...path) => ["accounts", index, ...path];
    assertPlan(batch.plan(frozen({ accounts })), {
      request: { accounts: [made("acme.com"), made("stark.com")] },
      results: [{ rtp_aid: null, domain: "acme.com", status: "created" }, { rtp_aid: null, domain: "stark.com", status: "created" }],
      items: [
        { status: "invalid", domain: null, issues: [error("single_label", at(0, "domain"), { suggestion: any })] },
        { status: "created", domain: "acme.com" },
        { status: "invalid", domain: "globex.com", issues: [error("required", at(2, "name"))] },
        { status: "invalid", domain: null, issues: [error("required", at(3, "domain"))] },
        { status: "invalid", domain: "hooli.com", issues: [error("min_length", at(4, "name"))], changes: any },
        { status: "invalid", domain: "umbrella.co.uk", issues: [error("type", at(5, "name"), { suggestion: any })] },
        { status: "invalid", domain: null, issues: [error("type", at(6))] },
        { status: "invalid", domain: "wayne.com", issues: [error("type", at(7, "tags"), { suggestion: any })] },
        { status: "created", domain: "stark.com", changes: [change("domain", at(8, "domain"), " stark.com ", "stark.com")] },
      ],
    });
  });
  test("an invalid item does not make its domain exist", () => {
    const plan = batch.plan({ accounts: [made("acme.com", ""), made("acme.com")] });
    assert.deepEqual(plan.items.map(({ status }) => status), ["invalid", "created"]);
    assert.deepEqual(plan.results, [{ rtp_aid: null, domain: "acme.com", status: "created" }]);
  });
  test("a plan with nothing to send is not ok", () => {
    const plan = batch.plan({ accounts: [made("localhost")] });
    assert.equal(plan.ok, false);
    assert.deepEqual(plan.items.map(({ index, status }) => [index, status]), [[0, "invalid"]]);
    assert.deepEqual(plan.results, []);
    assert.deepEqual(plan.summary, { total: 0, created: 0, updated: 0, failed: 0 });
  });
  test("a warning about the body itself leaves the plan ok", () =>
    assertPlan(batch.plan({ accounts: [made("acme.com")], segmentID: "x" }), {
      request: { accounts: [made("acme.com")], segmentID: "x" },
      results: [{ rtp_aid: null, domain: "acme.com", status: "created" }],
      items: [{ status: "created", domain: "acme.com" }],
      issues: [warning("unknown_key", ["segmentID"], { suggestion: "segmentId" })],
    }));

  // The whole request is refused, and nothing processed.
  const many = Array.from({ length: 101 }, (_, index) => made(`site${index}.com`));
  const one = { accounts: [made("acme.com")] };
  for (const [sentence, body, known, issue] of [
    ["accounts that are missing", { upsert: true }, {}, error("required", ["accounts"])],
    ["accounts that are empty", { accounts: [] }, {}, error("min_items", ["accounts"])],
    ["101 accounts", { accounts: many }, {}, error("max_items", ["accounts"])],
    ["accounts that are no array", { accounts: made("acme.com") }, {}, error("type", ["accounts"], { suggestion: any })],
    ["an upsert that is no boolean", { ...one, upsert: "true" }, {}, error("type", ["upsert"], { suggestion: any })],
    ["a segmentId that is no string", { ...one, segmentId: 663 }, {}, error("type", ["segmentId"], { suggestion: any })],
    ["a segment that does not exist", { ...one, segmentId: "663xyz" }, { segment: null }, error("segment_not_found", ["segmentId"])],
    ["a segment that is not static", { ...one, segmentId: "663xyz" }, { segment: { type: "dynamic", status: "active" } }, error("segment_type", ["segmentId"])],
    ["a segment that is neither active nor a draft", { ...one, segmentId: "663xyz" }, { segment: { type: "static", status: "archived" } }, error("segment_status", ["segmentId"])],
    ["a body that is no object", null, {}, error("type", [], { suggestion: any })],
  ]) {
    test(`a plan refuses ${sentence}`, () => {
      const plan = batch.plan(frozen(body), known);
      assertIssues(plan.issues, [issue]);
      assert.equal(plan.ok, false);
      assert.equal(plan.request, undefined);
      assert.deepEqual(plan.results, []);
      assert.deepEqual(plan.summary, { total: 0, created: 0, updated: 0, failed: 0 });
    });
  }
  for (const status of ["active", "draft"]) {
    test(`a plan takes a static segment that is ${status}`, () => assert.equal(batch.plan({ ...one, segmentId: "663xyz" }, { segment: { type: "static", status } }).ok, true));
  }
  test("a segment that is not asked for is not judged", () => assert.equal(batch.plan(one, { segment: null }).ok, true));

  test("the request comes back in the kind the body came in", () => {
    const text = '{ "accounts" : [ {"domain":"localhost","name":"x"}, { "domain":"www.acme.com" , "name":"Acme", "customFields":{"N":1.50} } ],"upsert":true }';
    const fromText = batch.plan(text);
    assert.equal(typeof fromText.request, "string");
    assert.ok(fromText.request.includes('{ "domain":"acme.com" , "name":"Acme", "customFields":{"N":1.50} }'), "what needs no edit is copied byte for byte");
    assert.deepEqual(JSON.parse(fromText.request), { accounts: [{ domain: "acme.com", name: "Acme", customFields: { N: 1.5 } }], upsert: true });
    const fromBytes = batch.plan(new TextEncoder().encode(text));
    assert.ok(fromBytes.request instanceof Uint8Array);
    assert.equal(new TextDecoder().decode(fromBytes.request), fromText.request);
    assert.deepEqual(fromBytes.items.map(({ index, status }) => [index, status]), [[0, "invalid"], [1, "created"]]);
  });

  test("the example batch has created, updated, failed and invalid rows", () => {
    const read = (name) => readFileSync(new URL(`../examples/${name}`, import.meta.url), "utf8");
    const plan = batch.plan(JSON.parse(read("recotap.pushAccounts.json")), {
      existing: read("existing.txt").split("\n").filter(Boolean),
      customFields: JSON.parse(read("custom-fields.json")),
    });
    assert.deepEqual(plan.items.map(({ status }) => status), ["created", "updated", "failed", "invalid", "invalid", "updated", "invalid", "invalid", "updated"]);
    assert.deepEqual(plan.summary, { total: 5, created: 1, updated: 3, failed: 1 });
    assert.equal(plan.results[2].error, unknownKeys("INVALID_KEY_C"));
  });

  // ---- the vendor's documented response

  const documented = {
    results: [
      { rtp_aid: "663abc...", domain: "acme.com", status: "created" },
      { rtp_aid: "663def...", domain: "existing.com", status: "updated" },
      { rtp_aid: "663ghi...", domain: "duplicate.com", status: "failed", error: exists("duplicate.com") },
      { rtp_aid: null, domain: "bad-fields.com", status: "failed", error: unknownKeys("INVALID_KEY_C") },
    ],
    summary: { total: 4, created: 1, updated: 1, failed: 2 },
  };
  const known = { existing: new Map([["existing.com", "663def..."], ["duplicate.com", "663ghi..."]]), customFields: ["CONTRACT_VALUE_C"] };
  test("two plans give the vendor's documented results, one with upsert and one without", () => {
    const first = batch.plan({ accounts: [made("acme.com"), made("existing.com")], upsert: true }, known);
    const second = batch.plan({ accounts: [made("duplicate.com"), made("bad-fields.com", "Bad", { customFields: { INVALID_KEY_C: 1 } })] }, known);
    const [created, ...rest] = documented.results;
    assert.deepEqual([...first.results, ...second.results], [{ ...created, rtp_aid: null }, ...rest]);
    assert.deepEqual([first.summary, second.summary], [{ total: 2, created: 1, updated: 1, failed: 0 }, { total: 2, created: 0, updated: 0, failed: 2 }]);
  });
  test("respond gives the vendor's documented response", () => {
    assert.deepEqual(batch.respond(documented.results), documented);
  });
  test("respond writes the vendor's texts for an account that exists and for unknown custom fields", () => {
    const outcomes = [
      { domain: "acme.com", status: "created", id: "663abc..." },
      { domain: "existing.com", status: "updated", id: "663def..." },
      { domain: "duplicate.com", status: "failed", id: "663ghi..." },
      { domain: "bad-fields.com", status: "failed", customFields: ["INVALID_KEY_C"] },
    ];
    assert.deepEqual(batch.respond(frozen(outcomes)), documented);
  });
  test("respond counts nothing as nothing", () => assert.deepEqual(batch.respond([]), { results: [], summary: { total: 0, created: 0, updated: 0, failed: 0 } }));
  test("respond answers a plan with what the plan foresaw", () => {
    const plan = batch.plan({ accounts: [made("acme.com"), made("existing.com")] }, known);
    assert.deepEqual(batch.respond(plan.results), { results: plan.results, summary: plan.summary });
  });

  // ---- more than one request

  describe("plans", () => {
    const rows = Array.from({ length: 250 }, (_, index) => made(`site${index}.com`, `Site ${index}`));
    rows[120] = made("https://www.Site5.com/again", "Site 5 again");
    rows[249] = made("site130.com", "Site 130 again");
    rows[200] = made("localhost");
    const statuses = (plans) => plans.flatMap(({ items }) => items.map(({ status }) => status));
    const at = (...indexes) => (index) => indexes.includes(index);

    test("250 items become three plans of at most 100, with domains remembered", () => {
      const plans = [...batch.plans(frozen(rows), { existing: ["site7.com"] })];
      assert.deepEqual(plans.map(({ items }) => items.length), [100, 100, 50]);
      assert.deepEqual(plans.map(({ request }) => request.accounts.length), [100, 100, 49]);
      const failed = at(7, 120, 249);
      assert.deepEqual(statuses(plans), rows.map((_, index) => (index === 200 ? "invalid" : failed(index) ? "failed" : "created")));
      assert.deepEqual(plans[1].results[20], { rtp_aid: null, domain: "site5.com", status: "failed", error: exists("site5.com") });
      assert.deepEqual(plans.map(({ summary }) => summary), [
        { total: 100, created: 99, updated: 0, failed: 1 }, { total: 100, created: 99, updated: 0, failed: 1 }, { total: 49, created: 48, updated: 0, failed: 1 },
      ]);
    });
    test("with upsert, a domain of an earlier plan is updated", () => {
      const plans = [...batch.plans(rows, { upsert: true })];
      assert.deepEqual(plans.map(({ request }) => request.upsert), [true, true, true]);
      const updated = at(120, 249);
      assert.deepEqual(statuses(plans), rows.map((_, index) => (index === 200 ? "invalid" : updated(index) ? "updated" : "created")));
    });
    test("any iterable will do, and is read no further than asked for", () => {
      let read = 0;
      function* endless() {
        for (;;) yield made(`site${read++}.com`);
      }
      const [first] = batch.plans(endless());
      assert.equal(first.items.length, 100);
      assert.ok(read < 300, `${read} items were read for one plan`);
      assert.deepEqual([...batch.plans([])], []);
      assert.equal([...batch.plans(new Set(rows))].length, 3);
    });
    test("a second run remembers nothing of the first", () => {
      const run = () => statuses([...batch.plans(rows.slice(0, 10))]);
      assert.deepEqual(run(), run());
    });
  });

  // ---- the vendor's answer, joined back

  describe("reconcile", () => {
    const body = { accounts: [made("acme.com"), made("localhost"), made("existing.com"), made("bad-fields.com", "Bad", { customFields: { INVALID_KEY_C: 1 } })] };
    const answer = (...results) => batch.respond(results);
    const created = { rtp_aid: "663abc", domain: "acme.com", status: "created" };
    const failed = { rtp_aid: "663def", domain: "existing.com", status: "failed", error: exists("existing.com") };
    const unknown = { rtp_aid: null, domain: "bad-fields.com", status: "failed", error: unknownKeys("INVALID_KEY_C") };
    const indexes = ({ done, retry, fix }) => ({ done: done.map(({ index }) => index), retry: retry.map(({ index }) => index), fix: fix.map(({ index }) => index) });
    const plan = () => batch.plan(body);

    test("an answer that fits tells by input index what is done and what is to fix", () => {
      const joined = batch.reconcile(plan(), answer(created, failed, unknown));
      assert.equal(joined.ok, true);
      assertIssues(joined.issues, []);
      assert.deepEqual(joined, {
        ok: true,
        done: [{ index: 0, domain: "acme.com", status: "created", id: "663abc", error: null }],
        retry: [],
        fix: [
          { index: 1, domain: null, status: "invalid", id: null, error: joined.fix[0].error },
          { index: 2, domain: "existing.com", status: "failed", id: "663def", error: failed.error },
          { index: 3, domain: "bad-fields.com", status: "failed", id: null, error: unknown.error },
        ],
        issues: [],
      });
    });
    test("a row without an answer is to retry", () => {
      const joined = batch.reconcile(plan(), answer(created, failed));
      assert.equal(joined.ok, false);
      assert.ok(joined.issues.length > 0);
      assert.deepEqual(indexes(joined), { done: [0], retry: [3], fix: [1, 2] });
    });
    test("a row that failed for no reason of its own is to retry", () => {
      const joined = batch.reconcile(plan(), answer(created, { rtp_aid: null, domain: "existing.com", status: "failed", error: "Internal error" }, unknown));
      assert.equal(joined.ok, true);
      assert.deepEqual(indexes(joined), { done: [0], retry: [2], fix: [1, 3] });
    });
    test("the answer may be text", () => {
      const joined = batch.reconcile(plan(), JSON.stringify(answer(created, failed, unknown)));
      assert.deepEqual(indexes(joined), { done: [0], retry: [], fix: [1, 2, 3] });
    });
    for (const [sentence, response] of [
      ["more results than accounts", answer(created, failed, unknown, created)],
      ["a domain that was not sent", answer(created, { ...failed, domain: "other.com" }, unknown)],
      ["domains in another order", answer(failed, created, unknown)],
      ["counts that do not add up", { results: [created, failed, unknown], summary: { total: 3, created: 2, updated: 0, failed: 1 } }],
      ["no results", {}],
      ["null", null],
      ["a text", "503 Service Unavailable"],
    ]) {
      test(`an answer with ${sentence} does not fit`, () => {
        const joined = batch.reconcile(plan(), response);
        assert.equal(joined.ok, false);
        assert.ok(joined.issues.length > 0);
        assertIssues(joined.issues, joined.issues.map(({ code, severity, path }) => ({ code, severity, path, suggestion: any })), { text: true });
        const { done, retry, fix } = indexes(joined);
        assert.deepEqual([...done, ...retry, ...fix].sort(), [0, 1, 2, 3], "every row is in one list");
        assert.ok(fix.includes(1), "a row that was never sent is to fix, whatever the answer");
      });
    }
  });
});

// ------------------------------------------------------------------------------------------------
// Error shapes

describe("toProblem", () => {
  const result = account.schema.check({ domain: "localhost", owner: "Jane" });
  test("gives RFC 9457 with each error pinned by its pointer", () => {
    const problem = toProblem(result);
    assert.equal(problem.status, 422);
    assert.equal(typeof problem.title, "string");
    assert.deepEqual(problem.errors, result.issues.map(({ pointer, code, message }) => ({ pointer, code, detail: message })));
    assert.deepEqual(problem.errors.map(({ pointer, code }) => [pointer, code]), [["/domain", "single_label"], ["/owner", "uuid"]]);
  });
  test("takes another status", () => assert.equal(toProblem(result, { status: 400 }).status, 400));
  test("answers as Monaco would", () => {
    const problem = toProblem(result, { shape: "monaco" });
    assert.deepEqual(Object.keys(problem), ["error"]);
    assert.deepEqual(Object.keys(problem.error).sort(), ["code", "message"]);
    assert.ok(problem.error.code && problem.error.message);
  });
  test("answers as Recotap would", () => {
    const problem = toProblem(item.schema.check(item.body({ domain: "localhost" })), { shape: "recotap" });
    assert.equal(problem.statusCode, 400);
    assert.equal(problem.data.length, 1);
    assert.deepEqual(Object.keys(problem.data[0]).sort(), ["constraints", "property"]);
    assert.match(problem.data[0].property, /domain/);
    assert.ok(Object.values(problem.data[0].constraints).every((text) => typeof text === "string" && text.length > 0));
  });
});
