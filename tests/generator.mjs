// What strangers type, by seeded random numbers: domains, addresses, numbers and texts of every spelling,
// bodies that nearly fit a schema, and schemas.

import { random } from "./random.mjs";

/** What a generator gives; two of one seed give the same. */
export class Generator {
  #next;

  /** @param {number} seed */
  constructor(seed) {
    this.#next = random(seed);
  }

  /** A whole number below. */
  below = (count) => this.#next(count);
  pick = (list) => list[this.#next(list.length)];
  /** Once in so many times. */
  once = (times) => this.#next(times) === 0;
  some = (most, make) => Array.from({ length: this.below(most + 1) }, make);

  /** Characters of every sort. */
  characters(most = 12, sorts = SORTS) {
    const sort = this.pick(sorts);
    return this.some(most, () => this.pick(this.once(12) ? this.pick(sorts) : sort)).join("");
  }

  /** A text: most are like what people type. */
  string() {
    switch (this.below(12)) {
      case 0:
        return this.characters();
      case 1:
        return ` ${this.pick(WORDS)}${this.pick(["", " ", "\n", "\u00a0", "\u200b", "\t"])}`;
      case 2:
        return this.pick(PLACEHOLDERS);
      case 3:
        return this.once(6) ? this.pick(WORDS).repeat(1 + this.below(400)) : this.characters(40);
      case 4:
        return this.domain();
      default:
        return `${this.pick(WORDS)}${this.once(2) ? ` ${this.pick(WORDS)}` : ""}`;
    }
  }

  /** A text as some format has it, or nearly. */
  formatted(format) {
    if (this.once(12)) return this.string();
    switch (format) {
      case "domain":
      case "hostname":
      case "idn-hostname":
        return this.domain();
      case "email":
      case "idn-email":
        return this.email();
      case "uuid":
        return this.uuid();
      case "linkedin":
      case "linkedin-company":
      case "linkedin-person":
        return this.linkedin(format);
      case "uri":
      case "uri-reference":
      case "iri":
      case "iri-reference":
        return this.address();
      case "phone":
        return this.pick([" +49 89 123", "+1-555-123-4567", "(555) 12 34", "none", "call me", "\t12", "+", "٣٤٥"]);
      case "time-zone":
        return this.cased(this.pick(["Europe/Berlin", "America/Phoenix", "UTC", "CET", "Berlin", "Asia/Calcutta", "Etc/GMT+5", "US/Pacific", "Mars/Base"]));
      case "date":
        return this.date();
      case "date-time":
        return `${this.date()}${this.pick(["T", "t", " "])}${this.time()}`;
      case "time":
        return this.time();
      case "ipv4":
      case "ipv6":
        return this.pick(IPS);
      default:
        return this.pick(["", "a", "/a~1b/0", "P1DT2H", "P1Y2W", "^[a-z]+$", "[", "{x}", "{/", "cHJld2FzaA==", "1/a", "0#", this.string()]);
    }
  }

  cased(text) {
    return this.pick([text, text, text.toLowerCase(), text.toUpperCase()]);
  }

  date = () => `${this.pick([2024, 2023, 1900, "0000", 99, 20240])}-${this.pick(["02", "12", "1", "13"])}-${this.pick(["29", "30", "01", "00", "5"])}`;
  time = () => `${this.pick(["00", "12", "23", "24"])}:${this.pick(["00", "59", "60"])}:${this.pick(["00", "60", "5", "59.999"])}${this.pick(["Z", "z", "+02:00", "-00:00", "", "+24:00"])}`;

  /** A name of a host, and nothing around it. */
  host() {
    if (this.once(12)) return this.pick(IPS);
    const label = () => {
      switch (this.below(14)) {
        case 0:
          return this.pick(["münchen", "bücher", "straße", "例え", "пример", "مثال", "한국", "☃", "💩", "pаypal", "i\u0307x", "क्‍ष", "ﬁrma", "①", "ａｃｍｅ", "a\u0308"]);
        case 1:
          return this.pick(["xn--mnchen-3ya", "XN--MNCHEN-3YA", "xn--a", "xn--", "xn--zca", "xn--ls8h", "ab--cd"]);
        case 2:
          return this.pick(["", "-acme", "acme-", "a_b", "a b", "a*", "ac\u00adme", "acme\u200b", "\u202eacme", "%61cme", "m%C3%BCnchen", "a%00b", "a".repeat(63), "a".repeat(64), "\u0301a"]);
        case 3:
          return this.characters(5);
        default:
          return this.cased(this.pick(["acme", "globex", "initech", "a", "1-800-flowers", "3m", "shop", "wayne-corp", "t"]));
      }
    };
    const labels = [label()];
    while (this.once(4)) labels.push(label());
    if (this.once(60)) labels.push(...Array.from({ length: 50 }, () => "abcd"));
    const end = this.once(10) ? label() : this.pick(["com", "com", "de", "co.uk", "io", "museum", "рф", "テスト", "COM", "com.", "1", "0x1", "localhost"]);
    const dot = this.once(14) ? this.pick(["。", "．", "..", "｡", ". "]) : ".";
    return this.once(14) ? labels.join(dot) : [...labels, end].join(dot);
  }

  /** A domain as people paste it. */
  domain() {
    if (this.once(14)) return this.pick(PLACEHOLDERS);
    if (this.once(20)) return this.email();
    let text = this.host();
    if (this.once(3)) text = `${this.pick(["www.", "WWW.", "www.www.", "Www."])}${text}`;
    if (this.once(10)) text = `${this.pick(["jane@", "user:pass@", "@", "a@b@", "%40@"])}${text}`;
    if (this.once(7)) text += this.pick([":80", ":443", ":", ":0", ":65536", ":99999", ":80a", ":08"]);
    if (this.once(3)) text = `${this.pick(["https://", "http://", "HTTPS://", "https:", "https:///", "//", "ftp://", "wss:\\\\", "https://http://", "mailto:", "javascript:", "tel:", "ht tp://"])}${text}`;
    if (this.once(3)) text += this.pick(["/", "/foo", "/foo?x=1#y", "?", "#top", "\\path", "/über", "/a/../b", "/\u202e"]);
    if (this.once(10)) text = `${this.pick([" ", "\t", "\u00a0", "\u200b", "\ufeff", "<", '"', "("])}${text}${this.pick([" ", "\n", "\u3000", ">", '"', ")", ","])}`;
    if (this.once(25)) text += `${this.pick([", ", ";", " ", "|", "\n"])}${this.host()}`;
    return text;
  }

  email() {
    const local = this.once(6) ? this.characters(8) : this.pick(["jane", "Jane.Smith", "j+tag", '"jane doe"', "j..d", ".j", "jörg", "", "a".repeat(65), "o'brien", "x_y-z"]);
    const text = `${local}${this.once(15) ? this.pick(["@@", " @ ", "", "＠"]) : "@"}${this.once(10) ? this.domain() : this.host()}`;
    return this.once(10) ? this.pick([` ${text}`, `${text}\n`, `<${text}>`, `Jane <${text}>`, `mailto:${text}`, `${text},${text}`]) : text;
  }

  linkedin(format) {
    const host = this.pick(["https://www.linkedin.com", "https://linkedin.com", "http://de.linkedin.com", "linkedin.com", "www.LinkedIn.com", "LINKEDIN.COM", "//linkedin.com", "https://lnkd.in", "https://linkedin.com:443", "https://x@linkedin.com", "https://linkedin.com.evil.com", "notlinkedin.com", "https://www.linkedin.cn", ""]);
    const own = format === "linkedin-person" ? "in" : "company";
    const kind = this.once(4) ? this.pick(["in", "company", "school", "showcase", "pub", "jobs", "IN", "Company", "", "feed"]) : own;
    const name = this.once(8) ? encodeURIComponent(this.characters(6)) : this.pick(["acme", "Jane-Doe", "ACoAAA", "123", "acme%20corp", "büro", "m%C3%BCller", "%zz", "a.b", "-", "acme-ltd-", "%2e%2e", "😀", "a\u200bb"]);
    const rest = this.pick(["", "", "/", "/about/", "?trk=x", "#top", "/details/experience/", "//", "/1/2/3", "/%2f"]);
    return `${host}/${kind}/${name}${rest}`;
  }

  address() {
    return this.pick([`https://${this.host()}/a`, `https://${this.domain()}`, "https://acme.com/a b", "https://acme.com/é?ü#ß", "acme.com/logo", "mailto:jane@acme.com", "//acme.com", "/about?x=%zz", "http://[::1]:80/", "https://acme.com:99999/", "x:", ":", "https://münchen.de/über", " https://acme.com ", "HTTPS://ACME.COM/%41", "https://acme.com/\u0000"]);
  }

  uuid() {
    const digits = (count) => Array.from({ length: count }, () => this.below(16).toString(16)).join("");
    // Few, so that some come twice.
    const text = this.once(3) ? [8, 4, 4, 4, 12].map(digits).join("-") : this.pick(UUIDS);
    if (this.once(10)) return this.pick([`{${text}}`, text.replaceAll("-", ""), `urn:uuid:${text}`, text.slice(1), `${text} `, text.replace("-", "\u2010"), "vip"]);
    return this.cased(text);
  }

  number() {
    switch (this.below(6)) {
      case 0:
        return this.pick([0, -0, 1, -1, 1e21, 1e-7, 5e-324, Number.MAX_VALUE, 2 ** 53, -(2 ** 53) - 2, 0.1, 1.5, 1e300, 123456789012345680000]);
      case 1:
        // Of 15 digits, which all engines write alike: of two shortest forms they may choose another.
        return Number(((this.below(2 ** 31) - 2 ** 30) / 2 ** this.below(40)).toPrecision(15));
      default:
        return this.below(200) - 20;
    }
  }

  /** A number as JSON text may spell it. */
  digits() {
    if (this.once(2)) return JSON.stringify(this.number());
    return this.pick(["-0", "0.0", "1.0", "1.10", "1e2", "1E+2", "1e-2", "-1.5e3", "10e-1", "12345678901234567890", "0.1000000000000000055511151231257827", "1e400", "-1e400", "1e-400", "9007199254740993", "100000000000000000000000", "1.7976931348623157e308", "0e0", "1e0000001", "123.000"]);
  }

  /** Any value. */
  any(depth = 0) {
    switch (this.below(depth > 2 ? 8 : 10)) {
      case 0:
        return null;
      case 1:
        return this.once(2);
      case 2:
      case 3:
        return this.number();
      case 8:
        return this.some(4, () => this.any(depth + 1));
      case 9:
        return object(this.some(4, () => [this.key(), this.any(depth + 1)]));
      default:
        return this.string();
    }
  }

  /** A value nested so many times. */
  deep(levels) {
    let value = this.any(3);
    for (let at = 0; at < levels; at++) value = this.once(2) ? [value] : { [this.key()]: value };
    return value;
  }

  key() {
    switch (this.below(8)) {
      case 0:
        return this.pick(["__proto__", "constructor", "toString", "hasOwnProperty", "", "0", "10", "2", "-1", "4294967295", "a/b~c", "a.b", "a b", "ü", "\u0000", "😀", "custom_field_"]);
      case 1:
        return this.characters(6);
      case 2:
        return this.customKey();
      default:
        return this.pick(NAMES);
    }
  }

  customKey = () => `custom_field_${this.once(6) ? this.pick(["", "x", "deal size", "__proto__", "CUSTOM_field_", "1a2b"]) : this.uuid()}`;

  /**
   * A value that fits a schema, or nearly.
   *
   * @param schema a JSON Schema 2020-12
   * @param wrong once in so many times something else stands at a place
   */
  fitting(schema, wrong = 10, root = schema, depth = 0) {
    if (typeof schema !== "object" || depth > 6) return this.any(depth);
    if (this.once(wrong)) return this.once(3) ? null : this.any(depth);
    if (schema.$ref !== undefined) return this.fitting(referred(schema.$ref, root), wrong, root, depth);
    const more = (one) => this.fitting(one, wrong, root, depth + 1);
    if (schema.const !== undefined) return schema.const;
    if (schema.enum !== undefined) {
      const value = this.pick(schema.enum);
      return typeof value === "string" && this.once(3) ? this.pick([value.toLowerCase(), `${value} `, `${value} x`]) : value;
    }
    if (schema["x-suggested-values"] && this.once(2)) return this.cased(this.pick(schema["x-suggested-values"]));
    const branches = schema.anyOf ?? schema.oneOf ?? schema.allOf;
    if (branches && (schema.properties === undefined || this.once(2))) return more(this.pick(branches));
    switch (Array.isArray(schema.type) ? this.pick(schema.type) : schema.type ?? (schema.properties ? "object" : schema.format ? "string" : undefined)) {
      case "null":
        return null;
      case "boolean":
        return this.once(2);
      case "integer":
        return this.once(8) ? this.number() : this.below(1000) - 50;
      case "number":
        return this.number();
      case "string":
        return schema.format ? this.formatted(schema.format) : this.string();
      case "array": {
        const least = schema.minItems ?? 0;
        const list = Array.from({ length: least + this.below(4) }, (_, at) => more(schema.prefixItems?.[at] ?? schema.items ?? true));
        if (list.length > 0 && this.once(3)) list.push(this.pick(list));
        return list;
      }
      case "object": {
        const members = [];
        const required = schema.required ?? [];
        for (const [name, property] of Object.entries(schema.properties ?? {})) {
          if (required.includes(name) ? !this.once(wrong * 2) : this.once(2)) members.push([name, more(property)]);
        }
        if (schema["x-custom-fields"]) members.push(...this.some(2, () => [this.customKey(), this.any(1)]));
        if (this.once(4)) members.push([this.key(), this.any(depth + 1)]);
        if (members.length > 0 && this.once(6)) members.push([misspelled(this, this.pick(members)[0]), this.string()]);
        return object(members);
      }
      default:
        return this.any(depth);
    }
  }

  /** A JSON text of a value: with white space, escapes and spellings of its own, and now and then a flaw. */
  text(value) {
    const space = () => (this.once(4) ? this.pick([" ", "\n", "\t", "\r\n", "  "]) : "");
    const quoted = (text) => {
      const plain = JSON.stringify(text);
      if (!this.once(6)) return plain;
      const escaped = [...text].map((c) => (this.once(3) ? [...Array(c.length).keys()].map((at) => `\\u${c.charCodeAt(at).toString(16).padStart(4, "0")}`).join("") : JSON.stringify(c).slice(1, -1)));
      return `"${escaped.join("").replaceAll("/", this.once(2) ? "\\/" : "/")}"`;
    };
    const write = (value) => {
      const written = () => {
        if (typeof value === "string") return quoted(value);
        if (typeof value === "number" && this.once(3)) return this.digits();
        if (typeof value !== "object" || value === null) return JSON.stringify(value);
        if (Array.isArray(value)) return `[${value.map(write).join(",")}${space()}]`;
        const members = Object.entries(value).map(([key, inner]) => `${space()}${quoted(key)}${space()}:${write(inner)}`);
        // A key that comes twice.
        if (members.length > 0 && this.once(40)) members.push(this.pick(members));
        return `{${members.join(",")}${space()}}`;
      };
      return `${space()}${written()}${space()}`;
    };
    const text = write(value);
    return this.once(30) ? this.flawed(text) : text;
  }

  /** A text with something taken out, put in or cut off. */
  flawed(text) {
    const at = this.below(text.length + 1);
    const put = this.pick(["", ",", "}", "]", '"', "\\", "\u0000", "0", "-", "\\ud800", "tru", "/**/", "\ufeff", "é", ":", "'"]);
    return (text.slice(0, at) + put + text.slice(at + this.below(3)) + (this.once(6) ? "x" : "")).toWellFormed();
  }

  /** A schema that compiles. */
  schema(depth = 0) {
    if (this.once(25)) return this.once(2);
    const inner = () => this.schema(depth + 1);
    const schema = {};
    const leaf = depth > 2;
    const type = this.pick(leaf ? ["string", "string", "number", "integer", "boolean", "null"] : ["object", "object", "object", "array", "array", "string", "number"]);
    if (!this.once(6)) schema.type = this.once(5) ? [...new Set([type, this.pick(["null", "string", "integer"])])] : type;
    const add = (times, name, make) => {
      if (this.once(times)) schema[name] = make();
    };
    switch (type) {
      case "string":
        add(2, "format", () => this.pick(FORMATS));
        add(3, "x-trim", () => true);
        add(5, "minLength", () => this.below(4));
        add(5, "maxLength", () => 1 + this.below(12));
        add(6, "pattern", () => this.pick(PATTERNS));
        add(8, "x-suggested-values", () => ["Lead", "Customer", "Acme"]);
        break;
      case "integer":
      case "number":
        add(4, "minimum", () => this.below(20) - 10);
        add(4, "exclusiveMaximum", () => this.below(100));
        add(5, "multipleOf", () => this.pick([1, 2, 0.1, 0.01, 5, 1e-3]));
        break;
      case "array":
        if (!this.once(4)) schema.items = inner();
        add(6, "prefixItems", () => [inner(), inner()]);
        add(4, "uniqueItems", () => true);
        add(5, "x-drop-duplicates", () => true);
        add(6, "minItems", () => this.below(3));
        add(6, "maxItems", () => 1 + this.below(4));
        add(6, "contains", inner);
        if (schema.contains !== undefined) add(2, "maxContains", () => 1 + this.below(2));
        if (schema.contains !== undefined) add(3, "minContains", () => this.below(2));
        add(12, "unevaluatedItems", () => false);
        break;
      case "object": {
        schema.properties = object(this.some(4, () => [this.pick(NAMES), inner()]));
        for (const name of Object.keys(schema.properties)) {
          const property = schema.properties[name];
          if (typeof property === "object" && this.once(6)) property["x-drop-null"] = true;
        }
        add(2, "required", () => [...new Set(this.some(2, () => this.pick(NAMES)))]);
        add(4, "additionalProperties", () => (this.once(2) ? false : inner()));
        add(8, "patternProperties", () => ({ [this.pick(PATTERNS)]: inner() }));
        add(10, "propertyNames", () => ({ pattern: this.pick(PATTERNS) }));
        add(10, "minProperties", () => this.below(3));
        add(10, "maxProperties", () => 1 + this.below(4));
        add(10, "dependentRequired", () => ({ [this.pick(NAMES)]: [this.pick(NAMES)] }));
        add(12, "dependentSchemas", () => ({ [this.pick(NAMES)]: inner() }));
        add(12, "unevaluatedProperties", () => this.once(2) ? false : inner());
        add(12, "x-custom-fields", () => ({ prefix: "custom_field_", key: "uuid" }));
        break;
      }
    }
    if (!leaf) {
      const branches = () => [inner(), inner()];
      add(10, "anyOf", branches);
      add(12, "oneOf", branches);
      add(12, "allOf", branches);
      add(20, "not", inner);
      if (this.once(14)) Object.assign(schema, { if: inner(), then: inner(), ...(this.once(2) && { else: inner() }) });
      if (depth > 0) add(15, "$ref", () => "#");
    }
    add(20, "enum", () => [...new Set(["Lead", 5, null, this.string()])]);
    add(30, "const", () => this.any(2));
    return schema;
  }

  /** Options as a user may give them. */
  options() {
    if (this.once(2)) return {};
    const options = {};
    if (this.once(3)) options.strict = true;
    if (this.once(3)) options.linkedinHost = this.pick(["www", "apex"]);
    if (this.once(4)) options.customFields = CUSTOM_FIELDS;
    if (this.once(20)) options.maxDepth = 1 + this.below(5);
    if (this.once(20)) options.maxBytes = this.below(400);
    return options;
  }

  /** What is known of a batch, or nothing. */
  known() {
    if (this.once(3)) return undefined;
    const known = {};
    if (this.once(2)) known.existing = this.some(4, () => (this.once(3) ? [this.domain(), this.pick([null, "id-1"])] : this.pick(COMPANIES)));
    if (this.once(2)) known.customFields = CUSTOM_FIELDS;
    if (this.once(3)) known.segment = this.pick([null, { type: "static", status: "active" }, { type: "dynamic", status: "active" }, { type: "static", status: "archived" }]);
    return known;
  }

  /** An account of a batch: domains come again. */
  account(schema, root) {
    const account = this.fitting(schema, 20, root);
    if (typeof account === "object" && account !== null && !Array.isArray(account) && !this.once(3)) {
      Object.assign(account, { domain: this.pick(COMPANIES), ...(!this.once(4) && { name: this.pick(WORDS) }) });
      if (this.once(2)) for (const name of ["tags", "customFields", "linkedinUrl", "externalId", "shortName"]) if (!this.once(3)) delete account[name];
    }
    return account;
  }
}

/** An object of these members, whatever their names are. */
function object(members) {
  return Object.fromEntries(members);
}

function referred(reference, root) {
  if (!reference.startsWith("#")) return true;
  let at = root;
  for (const step of reference.slice(1).split("/").slice(1)) at = at?.[decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~")];
  return at ?? true;
}

function misspelled(generator, name) {
  const at = generator.below(name.length + 1);
  return generator.pick([name.toUpperCase(), name.slice(0, at) + name.slice(at + 1), name.replaceAll("_", ""), ` ${name}`]).toWellFormed();
}

const range = (from, to) => Array.from({ length: to - from + 1 }, (_, at) => String.fromCodePoint(from + at));

/** Characters by sort: all well-formed, for a corpus of JSON can hold no others. */
const SORTS = [
  [..."abcdefghijklmnopqrstuvwxyz"],
  [..."ABCxyz019-_.@/:%&+ "],
  range(0, 0x20),
  range(0x7f, 0xff),
  [..."äöüßéñçøåıİſǅﬀ"],
  [..."例え日本語한국어ไทยहिन्दीქართული"],
  [..."أبجدהוזחא٣٤٥"],
  [..."😀💩👩‍👩‍👧🏳️‍🌈🇩🇪👍🏽"].concat(["\u{1f468}\u200d\u{1f469}", "\u{10ffff}", "\u{10000}"]),
  ["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u180e", "\u034f", "\ufe0f"],
  ["\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069", "\u200e", "\u200f", "\u061c"],
  ["\u2028", "\u2029", "\u0085", "\u00a0", "\u3000", "\u2003", "\u1680"],
  ["a\u0301", "e\u0308", "\u0301", "\u0327", "\u20dd", "Z\u0351\u036b", "\u1100\u1161", "\ufb1d"],
  ["\ufffd", "\ufffe", "\uffff", "\ue000", "\u{e0001}", "\u{1d400}", "\u{f0000}"],
  ['"', "\\", "/", "\b", "\f", "`", "'", "$", "<", ">", "&", "\u001b["],
];
/** Texts that are no Unicode. */
export const UNPAIRED = ["\ud800", "\udc00", "a\ud83d", "\ude00b", "\ud83d\ud83d\ude00", "😀\ud800"];

const WORDS = ["Acme", "Acme Corp", "Jane", "Smith", "VP of Engineering", "NEW", "customer", "Lead", "Zürich", "San Francisco, CA", "O'Brien", "株式会社", "Größe", "x", "51-200", "null", "true", "5", "-1.5"];
const PLACEHOLDERS = ["", " ", "n/a", "N/A", "none", "null", "-", "tbd", "unknown", "test", "\u200b", "."];
const COMPANIES = ["acme.com", "www.Acme.com", "https://acme.com/x", "globex.com", "GLOBEX.com", "initech.io", "münchen.de", "xn--mnchen-3ya.de", "wayne.co.uk", "localhost", "n/a", "a.de", "b.de", "c.de", "d.de"];
const IPS = ["192.168.0.1", "0x7f.1", "127.1", "2130706433", "[::1]", "2001:DB8::1", "[2001:db8::1]", "1.2.3.4.5", "256.1.1.1", "01.2.3.4", "::ffff:192.0.2.1", "fe80::1%eth0", "192.0.2", "1.2.3.4", "::", "１２７.0.0.1"];
const UUIDS = ["3c90c3cc-0d44-4b50-8888-8dd25736052a", "1a2b3c4d-5e6f-4a7b-8c9d-0e1f2a3b4c5d", "7f3b1a52-9c0e-4d1f-8a6b-2e5d4c3b2a10", "00000000-0000-0000-0000-000000000000"];
const NAMES = ["domain", "name", "email", "linkedin_url", "linkedinUrl", "tags", "website", "Name", "id", "notes", "child", "owner"];
const FORMATS = ["domain", "email", "uuid", "linkedin", "linkedin-company", "linkedin-person", "phone", "time-zone", "date", "date-time", "time", "duration", "hostname", "idn-hostname", "idn-email", "ipv4", "ipv6", "uri", "uri-reference", "iri", "iri-reference", "uri-template", "json-pointer", "relative-json-pointer", "regex", "byte", "made-up"];
const PATTERNS = ["^[a-z]+$", "^x_", "\\d", "^\\p{Lu}", "a|b", "^.{1,5}$", "(\\w)\\1", "^$", "[^\\x00-\\x7f]", "^(?!acme)", "e$", "\\bAcme\\b", "^[\\w.-]+\\.com$"];
/** Custom fields of Recotap and of Monaco. */
export const CUSTOM_FIELDS = [
  { key: "CONTRACT_VALUE_C", label: "Contract value", type: "number" },
  { key: "REGION_C", label: "Region", type: "select", options: ["EMEA", "APAC"] },
  { key: UUIDS[1], label: "Deal size", type: "number" },
  { key: `custom_field_${UUIDS[0]}`, label: "Renewal", type: "date" },
  { key: UUIDS[2], label: "Products", type: "multiselect", options: ["Anvils", "Rockets"] },
];
