// The cases of the golden corpus: written here, taken from the project's own examples, and made by
// seeded random numbers. `npm run golden` writes them to corpus.json.
//
// A case is one call, as prove.js makes it, and what it is about.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { codeExamples } from "../../scripts/codes.mjs";
import { root } from "../../scripts/command.mjs";
import { random } from "../random.mjs";

const json = (file) => JSON.parse(readFileSync(join(root, file), "utf8"));
const about = (about, cases) => cases.map((one) => ({ about, ...one }));

const OPERATIONS = readdirSync(join(root, "examples")).filter((name) => /^\w+\.\w+\.json$/.test(name)).map((name) => name.slice(0, -".json".length));
const CUSTOM_FIELDS = json("examples/custom-fields.json");
const UUID = "1a2b3c4d-5e6f-4a7b-8c9d-0e1f2a3b4c5d";

/** All cases, in their order. */
export function cases() {
  return [
    ...about("domains", [...domains(), ...randomDomains(40)]),
    ...about("operations", operations()),
    ...about("fields", fields()),
    ...about("schemas", [...codes(), ...keywords(), ...formats(), ...randomValues(25), ...unsupported()]),
    ...about("texts", texts()),
    ...about("batches", batches()),
  ].map((one) => (international(one) ? { ...one, international: true } : one));
}

/** Formats and keys whose values hold names of hosts. */
const NAMES = /domain|email|url|hostname|linkedin|^uri|^iri/i;
/** What is not ASCII, in a text that may be escaped or percent-encoded. */
const BEYOND = /[^\0-\x7f]|\\u(?!00[0-7])|%[89a-f]/i;

/** Whether a case holds a name that is judged by Unicode, which a host may have another version of. */
export function international(one) {
  if (/xn--/i.test(JSON.stringify(one))) return true;
  if ("domain" in one) return BEYOND.test(one.domain);
  const holds = (value, key) => {
    if (typeof value === "string") return BEYOND.test(value) && (NAMES.test(key) || NAMES.test(one.schema?.format ?? "") || "text" in one && NAMES.test(value));
    return typeof value === "object" && value !== null && Object.entries(value).some(([name, inner]) => holds(inner, /^\d+$/.test(name) ? key : name));
  };
  return "field" in one ? holds(one.value, String(one.field)) : holds(one.value, "") || holds(one.text, "");
}

function domains() {
  const given = [
    // What passes, and what is cleaned.
    ...["acme.com", "ACME.COM", " acme.com ", "https://www.Acme.com/foo", "http://acme.com:8080/team?x=1#y", "www.acme.com", "WWW.acme.co.uk."],
    ...["acme.com.", "//acme.com/", "acme.com/a?b=c", "acme.com#top", "https://user:pass@acme.com/", "ftp://files.acme.com", "acme.com:443"],
    ...["a.b.c.d.e.acme.museum", "1-800-flowers.com", "3m.com", "x.com", "t.co", "www.www.com", "www.com", "a_b.acme.com", "\tacme.com\n", "<acme.com>", '"acme.com"'],
    ...["HTTPS://ACME.COM", "https:acme.com", "https:///acme.com", "acme.com\\path", "https://acme.com?", "a--b.com", "ab--cd.com"],
    // International names.
    ...["münchen.de", "MÜNCHEN.de", "www.bücher.example/x", "xn--mnchen-3ya.de", "XN--MNCHEN-3YA.DE", "straße.de", "faß.de", "例え.テスト", "пример.рф"],
    ...["παράδειγμα.δοκιμή", "مثال.إختبار", "उदाहरण.परीक्षा", "한국.kr", "ä.com", "a\u0308.com", "ﬁrma.de", "①.com", "ａｃｍｅ.ｃｏｍ", "acme。com", "acme．com", "i\u0307stanbul.tr", "İstanbul.tr"],
    ...["m%C3%BCnchen.de", "b\u200du.com", "क्‍ष.com", "日本・.jp", "☃.net", "💩.la", "l·l.cat", "א.com", "אa.com", "a\u0301.\u0301b.com", "\u0301a.com", "xn--a.com", "xn--.com", "xn--zca.com", "xn--acme.com", "xn--ls8h.la"],
    ...["pаypal.com", "раypal.com", "ac\u00adme.com", "acme\u200b.com", "\ufeffacme.com", "acme\u2060.com", "ααα.com", "аррӏе.com", "\u202eacme.com", "münchen..de", "-münchen.de"],
    // What is refused.
    ...["", " ", "\u00a0", "n/a", "N/A", "none", "null", "undefined", "-", "tbd", "unknown", "test", "mailto:acme.com", "javascript:alert(1)", "tel:+49", "data:,x"],
    ...["acme.com, globex.com", "acme.com;globex.com", "acme.com globex.com", "acme.com|globex.com", "ac me.com", "acme!.com", "ac*me.com", "acme.com@", "a,b.com", "acme.c'om", "acme\u0000.com"],
    ...["jane@acme.com", "Jane Doe <jane@acme.com>", "jane@localhost", "https://jane@acme.com", "192.168.0.1", "0x7f.1", "127.1", "2130706433", "[::1]", "https://[2001:db8::1]/", "1.2.3.4.5", "256.1.1.1"],
    ...["acme.com:99999", "acme.com:0", "acme.com:", "acme.com:80a", "acme.1", "acme.0x1", "acme..com", ".acme.com", "..", ".", "acme.com..", "-acme.com", "acme-.com", "a.-b.com"],
    ...[`${"a".repeat(63)}.com`, `${"a".repeat(64)}.com`, `${"abc.".repeat(62)}abcde`, `${"abc.".repeat(64)}com`, `${"ü".repeat(60)}.de`, "acme", "localhost", "http://localhost:3000", "com", "www", "www.", "acme/about"],
  ];
  return given.map((domain) => ({ domain }));
}

/** Pieces of domains, put together at random. */
function randomDomains(count) {
  const next = random(5);
  const pieces = ["acme", "www.", ".", ".com", "https://", "-", "ü", "ß", "@", ":80", "/", " ", "A", "xn--", "1", "。", "?", "_", "\u200b", "%20", "co.uk", "日本", "é"];
  return Array.from({ length: count }, () => ({ domain: Array.from({ length: 2 + next(4) }, () => pieces[next(pieces.length)]).join("") }));
}

function operations() {
  const found = [];
  for (const operation of OPERATIONS) {
    const [good, bad] = [readFileSync(join(root, `examples/${operation}.json`), "utf8"), readFileSync(join(root, `examples/bad/${operation}.json`), "utf8")];
    for (const text of [good, bad]) found.push({ operation, value: JSON.parse(text) }, { operation, text });
    found.push({ operation, options: { strict: true, linkedinHost: "apex" }, value: JSON.parse(good) }, { operation, options: { customFields: CUSTOM_FIELDS }, text: good });
    for (const value of [{}, [], null, "acme.com", 5, true]) found.push({ operation, value });
  }
  const account = (more) => ({ operation: "monaco.upsertAccount", value: { domain: "acme.com", ...more } });
  const contact = (value) => ({ operation: "monaco.upsertContact", value });
  const update = (value) => ({ operation: "monaco.updateContact", value });
  const company = (more) => ({ operation: "reply.updateContactAccount", value: { name: "Globex", ...more } });
  const pushed = (...accounts) => ({ operation: "recotap.pushAccounts", value: { accounts } });
  const long = "x".repeat(300);
  found.push(
    // Every field of every vendor, with what it takes and what it does not.
    ...["Acme", " ", "", null, 5, long, "Äcme GmbH", "a\u0000b"].map((name) => account({ name })),
    ...["linkedin.com/company/Acme", "linkedin.com/in/jane", "x", "https://lnkd.in/abc", "linkedin.com/school/mit", "linkedin.com/company/Acm%C3%A9", null].map((linkedin_url) => account({ linkedin_url })),
    ...["PROSPECTING", "prospecting", "lost"].map((status) => account({ status })),
    ...["7F3B1A52-9C0E-4D1F-8A6B-2E5D4C3B2A10", "7f3b1a52", ""].map((owner) => account({ owner })),
    ...[["3c90c3cc-0d44-4b50-8888-8dd25736052a", "3C90C3CC-0D44-4B50-8888-8DD25736052A"], ["vip"], "vip", [null]].map((tags) => account({ tags })),
    ...["n/a", "münchen.de", "jane@acme.com"].map((domain) => account({ domain })),
    account({ domian: "x", Name: "Acme", linkedinUrl: "y" }),
    account({ [`custom_field_${UUID.toUpperCase()}`]: 5, custom_field_x: 1, "custom_field_": 2 }),
    account({ [`custom_field_${UUID}`]: 1, [`custom_field_${UUID.toUpperCase()}`]: 2 }),
    { ...account({ [`custom_field_${UUID}`]: "5", "custom_field_Deal Size": 5 }), options: { customFields: [{ key: UUID, label: "Deal size", type: "number" }] } },
    contact({ email: " Jane.Smith@ACME.com" }),
    contact({ email: "jane@münchen.de", domain: "münchen.de" }),
    contact({ email: "jane", linkedin_url: "acme.com" }),
    contact({ linkedin_url: "linkedin.com/in/JaneSmith/details", first_name: " Jane", last_name: null, title: "", phone_number: " +1 555 ", location: "Zürich", do_not_contact: "no", account_id: "x", tags: {} }),
    contact({ email: null, linkedin_url: " " }),
    contact({ phone_number: "call me" }),
    update({ email: "jane@acme.com", title: " CTO ", phone_number: null, notes: "é".repeat(10), do_not_contact: true }),
    update({ domain: "acme.com", first_name: 7 }),
    company({ domainName: "WWW.Globex.com/home", domainSecondary: "münchen.de", companySize: "51-200 employees", timeZoneId: "europe/berlin", email: "Sales@Globex.COM", ownerUserId: "7" }),
    company({ domainName: "localhost", companySize: "11-50", timeZoneId: "Berlin", linkedInUrl: "linkedin.com/in/jane", twitterUrl: "twitter", logoUrl: "globex.com/logo", phone: "x", ownerUserId: 1.5, country: 5 }),
    company({ name: " " }),
    company({ name: long, description: long, industry: "", city: "São Paulo", state: null, ownerUserId: -1 }),
    pushed({ domain: "https://www.acme.com", name: " Acme ", shortName: null, externalId: 5, tags: ["a ", " a"], linkedinUrl: "linkedin.com/company/Acme/" }),
    pushed({ domain: "https://www.acme.com", name: " Acme ", shortName: null, externalId: "5", tags: ["a ", " b"], linkedinUrl: "linkedin.com/company/Acme/" }),
    pushed({ domain: "n/a", name: "" }, { name: "Globex" }, "acme.com", null, { domain: "acme.com", name: "Acme", customFields: { Region: "EMEA" } }),
    { operation: "recotap.pushAccounts", text: '{ "accounts": [ { "domain": "www.acme.com", "name": "Acme" } ] }' },
    { operation: "recotap.pushAccounts", value: { accounts: Array.from({ length: 101 }, (_, at) => ({ domain: `a${at}.com`, name: "A" })) } },
    { operation: "recotap.pushAccounts", options: { customFields: CUSTOM_FIELDS }, value: { accounts: [{ domain: "acme.com", name: "Acme", customFields: { CONTRACT_VALUE_C: "5", RENEWAL_DATE_C: "31.12.2024", REGION_C: "emea", PRODUCTS_C: ["Anvils", "Nails"], PARTNER_C: "yes", WIKI_C: "wiki", REMARK_C: 5, Region: 1 } }] } },
    // Parts other than the body.
    ...[{ id: 12 }, { id: "12" }, { id: "12x" }, {}, { id: 1.5 }].map((value) => ({ operation: "reply.updateContactAccount", part: "pathParameters", value })),
    { operation: "monaco.updateContact", part: "pathParameters", value: { contact_id: "3C90C3CC-0D44-4B50-8888-8DD25736052A" } },
    { operation: "monaco.updateContact", part: "pathParameters", value: { contact_id: "7" } },
    ...OPERATIONS.map((operation) => ({ operation, part: "response", value: { id: "x", name: 5, results: [{}] } })),
  );
  return found;
}

function fields() {
  const of = (operation, field, values, options) => values.map((value) => ({ operation, field, ...(value === undefined ? {} : { value }), ...(options && { options }) }));
  return [
    ...of("monaco.upsertAccount", "domain", ["https://www.Acme.com/foo", "acme", "", null, undefined, 5, "münchen.de", { a: 1 }]),
    ...of("monaco.upsertAccount", "/tags/0", ["x", "3C90C3CC-0D44-4B50-8888-8DD25736052A", undefined]),
    ...of("monaco.upsertAccount", ["tags"], [["x"], "x", []]),
    ...of("monaco.upsertAccount", "website", ["acme.com"]),
    ...of("monaco.upsertAccount", `custom_field_${UUID.toUpperCase()}`, [1, { b: 1, a: [2] }]),
    ...of("monaco.upsertAccount", "name", [" Acme ", " "], { strict: true }),
    ...of("monaco.upsertContact", "email", ["Jane@ACME.com", "jane", undefined, "jane@localhost"]),
    ...of("monaco.upsertContact", "linkedin_url", ["linkedin.com/in/jane", "linkedin.com/company/acme"], { linkedinHost: "apex" }),
    ...of("reply.updateContactAccount", "companySize", ["51-200", "51-200 employees", "many"]),
    ...of("reply.updateContactAccount", "domainName", ["localhost", "WWW.Globex.com"]),
    ...of("reply.updateContactAccount", "timeZoneId", ["europe/berlin", "Berlin"]),
    ...of("recotap.pushAccounts", "accounts[0].domain", ["https://www.acme.com", "n/a", undefined]),
    ...of("recotap.pushAccounts", "/accounts/12/name", [" Acme", null]),
    ...of("recotap.pushAccounts", ["accounts", 1, "customFields", "REGION_C"], ["emea", "EMEA"], { customFields: CUSTOM_FIELDS }),
    ...of("recotap.pushAccounts", "", [{ accounts: [] }]),
  ];
}

/** The examples of docs/codes.json that are a schema and an input. */
function codes() {
  return codeExamples().flatMap(({ code, schema, as, options, input, text, javascript }) => {
    if (schema === undefined || code === "unsupported_value") return [];
    const given = text === undefined ? { value: javascript === undefined ? input : new Function(`return (${javascript});`)() } : { text };
    const more = options === undefined ? {} : { options };
    if (as === undefined) return [{ schema, ...more, ...given }];
    const content = { "application/json": { schema } };
    const post = { operationId: "send", requestBody: { content }, responses: { 200: { description: "done", content } } };
    const openapi = { openapi: "3.1.0", info: { title: "an example", version: "1" }, paths: { "/": { post } } };
    return [{ openapi, operation: "send", part: as === "request" ? "body" : "response", ...given }];
  });
}

/** For each keyword what passes and what does not, where docs/codes.json has no example. */
function keywords() {
  const tried = [
    [{ type: ["integer", "null"] }, [1, 1.0, 1.5, null, "1", 1e30]],
    [{ properties: { a: { type: "string", "x-trim": true, minLength: 1 }, b: { "x-drop-null": true, type: "string" } }, required: ["a"], additionalProperties: false }, [{ a: " x " }, { a: " " }, { a: "x", b: null }, { b: 1, c: 2 }]],
    [{ patternProperties: { "^x_": { type: "number" } }, additionalProperties: { type: "string" } }, [{ x_a: 1, b: "c" }, { x_a: "1", b: 2 }]],
    [{ propertyNames: { pattern: "^[a-z]+$" } }, [{ ok: 1 }, { Not: 1, "nor this": 2 }]],
    [{ prefixItems: [{ type: "string" }, { type: "number" }], items: false }, [["a", 1], [1, "a"], ["a", 1, 2]]],
    [{ contains: { type: "number" }, minContains: 2, maxContains: 3 }, [[1, 2], [1], [1, 2, 3, 4], ["a"]]],
    [{ uniqueItems: true, "x-drop-duplicates": true, items: { type: "string", format: "domain" } }, [["a.com", "www.A.com", "b.com"], [1, 1.0]]],
    [{ uniqueItems: true }, [[{ a: 1, b: 2 }, { b: 2, a: 1 }], [1, true, "1"]]],
    [{ dependentRequired: { a: ["b"] }, dependentSchemas: { c: { required: ["d"] } } }, [{ a: 1 }, { c: 1 }, { a: 1, b: 1, c: 1, d: 1 }]],
    [{ if: { properties: { kind: { const: "person" } } }, then: { required: ["name"] }, else: { required: ["domain"] } }, [{ kind: "person" }, { kind: "company" }, { kind: "person", name: "x" }]],
    [{ allOf: [{ minimum: 3 }, { multipleOf: 2 }] }, [4, 1, 5]],
    [{ anyOf: [{ type: "string", format: "email" }, { type: "number", minimum: 10 }] }, ["Jane@Acme.com", 5, true]],
    [{ oneOf: [{ required: ["a"] }, { required: ["b"] }] }, [{ a: 1 }, { a: 1, b: 1 }, {}]],
    [{ not: { type: "string" } }, [1, "a"]],
    [{ $ref: "#/$defs/tree", $defs: { tree: { type: "object", properties: { next: { $ref: "#/$defs/tree" }, at: { minimum: 0 } } } } }, [{ next: { next: { at: -1 } } }]],
    [{ unevaluatedProperties: false, allOf: [{ properties: { a: true } }] }, [{ a: 1 }, { b: 1 }]],
    [{ unevaluatedItems: false, prefixItems: [true] }, [[1], [1, 2]]],
    [{ enum: [1, "one", null, { n: 1 }, [1]] }, [1.0, "One", { n: 1 }, [2], null]],
    [{ const: { a: [1, 2] } }, [{ a: [1, 2] }, { a: [2, 1] }]],
    [{ multipleOf: 0.1, minimum: -1, exclusiveMaximum: 1e3 }, [0.3, 0.35, -2, 1000, 999.9]],
    [{ minLength: 2, maxLength: 3 }, ["😀", "😀😀", "ab", "abcd", "e\u0301"]],
    [{ pattern: "^\\p{Lu}\\w{2,3}$" }, ["Äcme", "Acme", "acme", "A"]],
    [{ "x-suggested-values": ["Lead", "Customer"] }, ["Lead", "lead", "other"]],
    [{ type: "string", "x-hint": "as in the contract" }, [5]],
    [{ "x-warnings": [{ when: { required: ["old"] }, code: "old_key", at: "/old", message: "`old` goes away in May" }] }, [{ old: 1 }, {}]],
    [{ "x-custom-fields": { prefix: "cf_", key: "uuid" }, properties: { a: true } }, [{ [`cf_${UUID.toUpperCase()}`]: 1, cf_x: 2, a: 1, b: 2 }]],
    [true, [1]],
    [false, [1]],
  ];
  const found = tried.flatMap(([schema, values]) => values.map((value) => ({ schema, value })));
  const format = { type: "string", format: "email" };
  found.push(
    { schema: format, with: { formats: "annotate" }, value: "jane" },
    { schema: { $ref: "https://acme.com/tags" }, with: { documents: { "https://acme.com/tags": { type: "array", items: { minLength: 2 } } } }, value: ["a", "bb"] },
    { schema: { properties: { a: {} } }, options: { strict: true }, value: { b: 1 } },
    { schema: {}, options: { maxDepth: 3 }, text: "[[[[]]]]" },
    { schema: {}, options: { maxBytes: 10 }, value: "x".repeat(20) },
  );
  return found;
}

function formats() {
  const tried = {
    email: ["Jane@ACME.com", " jane@acme.com ", "jane@", "jane@@acme.com", '"jane doe"@acme.com', "jane@bücher.example", "jane@192.168.0.1"],
    uuid: ["2EB8AA08-AA98-11EA-B4AA-73B441D16380", "{2eb8aa08-aa98-11ea-b4aa-73b441d16380}", "2eb8aa08aa9811eab4aa73b441d16380"],
    "linkedin-company": ["linkedin.com/company/Acme/about/?x=1", "https://de.linkedin.com/company/acme", "linkedin.com/showcase/acme", "linkedin.com/company/123", "linkedin.com/company/Büro"],
    "linkedin-person": ["linkedin.com/in/Jane-Doe/", "linkedin.com/pub/jane/1/2/3", "linkedin.com/in/ACoAAA", "linkedin.com/company/acme"],
    linkedin: ["www.linkedin.com/school/mit", "LinkedIn.com/in/jane", "linkedin.com", "linkedin.com/in/jane@x"],
    phone: [" +49 89 123 ", "none"],
    "time-zone": ["europe/berlin", "UTC", "CET", "Berlin"],
    date: ["2024-02-29", "2023-02-29", "2024-1-1", "01/02/2024"],
    "date-time": ["2024-02-29T12:30:00Z", "2024-02-29t23:59:60+00:00", "2024-02-29 12:30:00", "2024-02-29T25:00:00Z"],
    time: ["12:30:00Z", "12:30:00", "24:00:00Z"],
    duration: ["P1DT12H", "P1W", "PT", "P1Y2W"],
    hostname: ["www.acme.com", "a_b.com", "-a.com", "xn--mnchen-3ya.de"],
    "idn-hostname": ["münchen.de", "MÜNCHEN.de", "a..b", "〮한국.kr"],
    "idn-email": ["jörg@münchen.de", "jörg"],
    ipv4: ["192.0.2.1", "192.0.2", "01.2.3.4"],
    ipv6: ["2001:DB8::1", "::ffff:192.0.2.1", ":::1", "fe80::1%eth0"],
    uri: ["https://acme.com/a b", "https://acme.com", "mailto:jane@acme.com", "//acme.com", "https://münchen.de"],
    "uri-reference": ["/about?lang=en", "a\\b", "#x"],
    iri: ["https://münchen.de/über", "über"],
    "iri-reference": ["/über", "a b"],
    "uri-template": ["/accounts/{id}{?fields*}", "/{", "{+x:3}"],
    "json-pointer": ["", "/a~1b/0", "a", "/a~2"],
    "relative-json-pointer": ["1/name", "0#", "-1", "/a"],
    regex: ["^[a-z]+$", "[", "\\p{Lu}", "(?<a>x)\\k<a>", "(?<=x)y"],
    byte: ["cHJld2FzaA==", "cHJ_", "abc"],
    made_up: ["anything"],
  };
  return Object.entries(tried).flatMap(([format, values]) => values.map((value) => ({ schema: { format }, value })));
}

/** Values that no rule was written for. */
function randomValues(count) {
  const next = random(11);
  const schema = {
    type: "object",
    required: ["id", "domain"],
    properties: {
      domain: { type: "string", format: "domain" },
      id: { type: "string", format: "uuid" },
      tags: { type: "array", uniqueItems: true, maxItems: 2, items: { type: "string", "x-trim": true, minLength: 1 } },
      n: { type: ["integer", "string"], minimum: 0 },
      child: { $ref: "#" },
    },
    additionalProperties: false,
  };
  const texts = ["", "Acme.com", "www.acme.com", " one ", "a\"b\\c\n", "é漢😀\u2028", "localhost", UUID.toUpperCase()];
  const keys = ["domain", "id", "tags", "n", "child", "domian", "10", "2", "__proto__", "a/b~c"];
  const value = (depth) => {
    const kind = next(depth > 3 ? 5 : 7);
    if (kind < 2) return texts[next(texts.length)];
    if (kind === 2) return next(200) / 8 - 5;
    if (kind === 3) return [null, true, false][next(3)];
    if (kind === 4) return next(2 ** 31) * 2 ** 20;
    if (kind === 5) return Array.from({ length: next(4) }, () => value(depth + 1));
    return object(depth);
  };
  const object = (depth) => {
    const members = Array.from({ length: next(6) }, () => [keys[next(keys.length)], value(depth + 1)]);
    return Object.fromEntries(members);
  };
  return Array.from({ length: count }, () => ({ schema, value: object(0) }));
}

function unsupported() {
  return ["number", "bigint", "function", "symbol"].map((unsupported) => ({ schema: { properties: { value: { type: "number" } } }, unsupported }));
}

/** Texts: what only they can hold, and where in them something is. */
function texts() {
  const schema = { properties: { a: { type: "string", format: "domain" }, n: { type: "number", maximum: 9007199254740993 } } };
  const given = [
    ...['{"n":12345678901234567890}', '{"n":9007199254740992.9999999999}', '{"n":1e400}', '{"n":-0.0}', '{"n":1.0E+2}', '{"n":0.1000000000000000055511151231257827}', '{"n":9007199254740993.1}'],
    ...['{"a":"\\u0061cme.com"}', '{"a":"WWW.\\u0041cme.com\\/x"}', '{"\\u0061":"acme"}', '{"a":"acme.com","\\ud83d\\ude00":"\\ud83d\\ude00"}', '{"a":"x\\n.com"}', '{"b":"\u2028\u007f"}'],
    ...['\n\n  {"a" :\n\t"acme"}', '{"ü":1,\r\n"a":"acme"}', '{"😀":"é",\n "a":5}', ' [1,\n2', '{"a":"acme.com",}', "{'a':1}", '{"a" "b"}', "[1 2]", "tru", "01", "1.", ".5", "+1", "NaN", "nul", '"a', '"\\x"', '"\t"', "", " ", "{}x", "/*x*/1"],
    ...['{"a":1,"a":2}', '{"a":{"b":1,"\\u0062":2}}', '"\\ud800"', '"\\udc00x"', "\ufeff{}", `${"[".repeat(129)}${"]".repeat(129)}`, '{"__proto__":{"a":1},"constructor":2}', '{"2":1,"1":2,"a":"www.acme.com"}'],
  ];
  const encoder = new TextEncoder();
  const bytes = ['{"a":"www.Acme.com", "n": 1.0}', '{"a":"Bücher.example"}', "[1,]"].map((text) => [...encoder.encode(text)]);
  return [
    ...given.map((text) => ({ schema, text })),
    ...[...bytes, [0x22, 0xff, 0x22], [0x22, 0xed, 0xa0, 0x80, 0x22], [0xef, 0xbb, 0xbf, 0x7b, 0x7d], []].map((bytes) => ({ schema, bytes })),
    { schema, options: { maxDepth: 2 }, text: "[[[]]]" },
    { schema, options: { maxBytes: 8 }, text: '"üüüüüü"' },
  ];
}

function batches() {
  const batch = "recotap.pushAccounts";
  const row = (domain, more = {}) => ({ domain, name: "Acme", ...more });
  const value = (accounts, more = {}) => ({ batch, value: { accounts, ...more } });
  const sample = readFileSync(join(root, "examples/recotap.pushAccounts.json"), "utf8");
  const bad = readFileSync(join(root, "examples/bad/recotap.pushAccounts.json"), "utf8");
  const sent = [row("acme.com"), row("globex.com"), row("n/a"), row("initech.com")];
  const answer = (...results) => ({ results });
  const of = (domain, status, more = {}) => ({ rtp_aid: null, domain, status, ...more });
  const exists = "Account with domain 'globex.com' already exists. Set upsert: true to update this account via this endpoint.";
  return [
    { batch, text: sample },
    { batch, text: sample, known: { existing: ["acme.com", ["globex.com", "id-1"]], customFields: CUSTOM_FIELDS } },
    { batch, value: JSON.parse(sample), known: { existing: { "acme.com": "id-1", "wayne.com": null } } },
    { batch, text: bad },
    { batch, text: sample, options: { strict: true } },
    value([]),
    value([row("acme.com"), row("WWW.acme.com"), row("https://acme.com/x"), row("globex.com")]),
    value([row("acme.com"), row("Acme.com")], { upsert: true }),
    { ...value([row("acme.com"), row("globex.com"), row("initech.com")], { upsert: true }), known: { existing: ["https://www.Globex.com", ["initech.com", 7]] } },
    { ...value([row("acme.com"), row("globex.com")]), known: { existing: ["globex.com", "acme.com"] } },
    value([row("n/a"), row("localhost"), { name: "x" }, null, 5, "acme.com", []]),
    value([row("acme.com", { customFields: { REGION_C: "EMEA", NOPE: 1 } }), row("b.com", { customFields: { REGION_C: "Mars" } })]),
    { ...value([row("acme.com", { customFields: { REGION_C: "EMEA", NOPE: 1, NEITHER: 2 } }), row("b.com", { customFields: { REGION_C: "Mars", RENEWAL_DATE_C: null } })]), known: { customFields: CUSTOM_FIELDS } },
    value([row("münchen.de"), row("xn--mnchen-3ya.de"), row("xn--a.com")]),
    { ...value([row("acme.com")], { segmentId: "s1" }), known: { segment: null } },
    { ...value([row("acme.com")], { segmentId: "s1" }), known: { segment: { type: "dynamic", status: "active" } } },
    { ...value([row("acme.com")], { segmentId: "s1" }), known: { segment: { type: "static", status: "archived" } } },
    { ...value([row("acme.com")], { segmentId: "s1" }), known: { segment: { type: "static", status: "draft" } } },
    value(Array.from({ length: 101 }, (_, at) => row(`a${at}.com`))),
    value(Array.from({ length: 12 }, (_, at) => row(`www.a${at % 5}.com`, { name: at % 3 === 0 ? " A " : "" }))),
    ...[{}, [], null, "x"].map((value) => ({ batch, value })),
    ...["", "[", '{"accounts":[{"domain":"acme.com","name":"A"},]}', '{ "accounts" : [ {"name":"A", "domain":"www.acme.com"} , {"domain":"n/a"} ] , "x": 1.0 }', '{"accounts":[{"domain":"acme.com","name":"A"}],"accounts":[]}'].map((text) => ({ batch, text })),
    // A vendor's answer, joined back.
    { ...value(sent), response: answer(of("acme.com", "created", { rtp_aid: "1" }), of("globex.com", "failed", { error: exists }), of("initech.com", "failed", { error: "busy" })) },
    { ...value(sent), response: { data: { ...answer(of("acme.com", "created", { rtp_aid: 12 }), of("globex.com", "updated"), of("initech.com", "created")), summary: { total: 3, created: 2, updated: 1, failed: 0 } } } },
    { ...value(sent), response: answer(of("globex.com", "created")) },
    { ...value(sent), response: { ...answer(of("acme.com", "created")), summary: { created: 2 } } },
    { ...value([row("acme.com")]), response: { ...answer(of("acme.com", "created")), summary: { created: 2 } } },
    ...[{}, null, "busy", []].map((response) => ({ ...value(sent), response })),
    { batch, outcomes: [{ domain: "acme.com", status: "created", rtp_aid: "1" }, { domain: "b.com", status: "failed", error: "busy" }, { domain: "c.com", status: "updated", rtp_aid: 5 }] },
    { batch, outcomes: [] },
  ];
}
