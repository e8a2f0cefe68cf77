// Published conformance data through the package: the same cases and the same ledgers as
// tests/conformance/, which runs them natively and says what each run is about.

import assert from "node:assert/strict";
import { isUtf8 } from "node:buffer";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { isIP } from "node:net";
import { dirname, join } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { cleanDomain, cleanDomains, schema } from "prewash";
import * as slim from "prewash/slim";
import * as browser from "../pkg/dist/browser.js";

const conformance = process.env.PREWASH_CONFORMANCE ?? fileURLToPath(new URL("../../shared/conformance", import.meta.url));

/** Why tests of a file or folder of the conformance data are skipped, if they are. */
function missing(name, from) {
  const path = join(conformance, name);
  return existsSync(path) ? false : `${path} is not there; put there what ${from} has, or name the folder that has ${name} with PREWASH_CONFORMANCE`;
}

/** The lines of a ledger, in their columns. */
function ledger(name) {
  const text = readFileSync(new URL(name, import.meta.url), "utf8");
  return text.split("\n").filter((line) => line !== "" && !line.startsWith("#")).map((line) => line.split(" | "));
}

/** The outcome of a run: cases that pass, those under a rule of the ledger, and what is wrong. */
class Tally {
  passed = 0;
  rules = new Map();
  wrong = [];

  /**
   * Notes a case. `published` is what the data says, `expected` what Prewash is to answer and, where
   * that is something else, by which `rule`; `found` is what it answers.
   *
   * A rule is exact: each case that it covers differs from the data, and just so.
   */
  note(name, { published, expected = published, rule, found }) {
    const say = (wrong) => this.wrong.push(`${JSON.stringify(name)}: ${JSON.stringify(found)}, ${wrong}`);
    if (!isDeepStrictEqual(found, expected)) say(`not ${JSON.stringify(expected)} (${rule})`);
    else if (isDeepStrictEqual(found, published) !== (rule === undefined)) say(`${JSON.stringify(published)} published (${rule})`);
    else if (rule === undefined) this.passed += 1;
    else this.rules.set(rule, (this.rules.get(rule) ?? 0) + 1);
  }

  /** Tells the counts, and fails if something is wrong: a count that is not that of the ledger too. */
  finish(context, run, listed) {
    const counts = new Map(listed.filter(([of]) => of === run).map(([, rule, count]) => [rule, Number(count)]));
    for (const rule of new Set([...counts.keys(), ...this.rules.keys()])) {
      const [found, told] = [this.rules.get(rule), counts.get(rule)];
      if (found !== told) this.wrong.push(`${rule}: ${found} cases, ${told} in the ledger`);
    }
    const inLedger = [...this.rules.values()].reduce((sum, count) => sum + count, 0);
    tell(context, run, this.passed, inLedger, this.wrong);
  }
}

function tell(context, run, passed, inLedger, wrong) {
  context.diagnostic(`${run}, through the package: ${passed} passed, ${inLedger} in the ledger, ${wrong.length} failed`);
  assert.deepEqual(wrong, []);
  const row = `| ${run} | ${passed + inLedger} | ${passed} | ${inLedger}`;
  assert.ok(readFileSync(new URL("../README.md", import.meta.url), "utf8").includes(row), `README.md has no row \`${row}\``);
}

test("a rule of a ledger must be true", () => {
  const tally = new Tally();
  tally.note("as published", { published: 1, found: 1 });
  tally.note("by a rule", { published: 1, expected: 2, rule: "two", found: 2 });
  tally.note("by a rule that is not needed", { published: 2, expected: 2, rule: "two", found: 2 });
  tally.note("by no rule", { published: 1, expected: 2, found: 2 });
  tally.note("wrong", { published: 1, found: 3 });
  const lines = [["run", "two", "2", "why"], ["run", "gone", "1", "why"], ["other", "two", "7", "why"]];
  const told = [];
  assert.throws(() => tally.finish({ diagnostic: (line) => told.push(line) }, "run", lines), { name: "AssertionError" });
  assert.deepEqual(told, ["run, through the package: 1 passed, 1 in the ledger, 5 failed"]);
  assert.deepEqual(tally.wrong, [
    '"by a rule that is not needed": 2, 2 published (two)',
    '"by no rule": 2, 1 published (undefined)',
    '"wrong": 3, not 1 (undefined)',
    "two: 1 cases, 2 in the ledger",
    "gone: undefined cases, 1 in the ledger",
  ]);
});

/** What cleaning gives: the domain, or `!` and the code it is refused with. */
const outcome = ({ ok, value, issues }) => (ok ? value : `!${issues.find(({ severity }) => severity === "error").code}`);

const passes = (format) => {
  const handle = schema({ type: "string", format });
  return (text) => handle.check(text).ok;
};

// UTS #46

/** The rows of the table; its head says how it is written. */
function rows() {
  const unescaped = (text) =>
    text === '""' ? "" : text.replace(/\\u([0-9A-F]{4})|\\x\{([0-9A-F]+)\}/g, (_, four, any) => (four ? String.fromCharCode(parseInt(four, 16)) : String.fromCodePoint(parseInt(any, 16))));
  const codes = (text) => text.replace(/[[\]]/g, "").split(", ").filter((code) => code !== "");
  const lines = readFileSync(join(conformance, "idna/IdnaTestV2.txt"), "utf8").split("\n").map((line) => line.replace(/#.*/, "").trim());
  return lines.filter((line) => line !== "").map((line) => {
    const [source, unicode, unicodeStatus, ascii, asciiStatus] = line.split(";").map((column) => column.trim());
    const row = { source: unescaped(source) };
    row.unicode = unicode === "" ? row.source : unescaped(unicode);
    row.ascii = ascii === "" ? row.unicode : unescaped(ascii);
    row.status = codes(asciiStatus === "" ? unicodeStatus : asciiStatus);
    return row;
  });
}

/** The codes of what the UTS #46 step leaves to others: CheckHyphens, UseSTD3ASCIIRules, VerifyDnsLength. */
const OFF = ["V2", "V3", "U1", "A4_1", "A4_2"];
const without = (status, codes) => status.filter((code) => !codes.includes(code));
const isNumber = (label) => /^(\d+|0x[\da-f]*)$/.test(label);
const withoutRoot = (name) => name.replace(/\.$/, "");
const lastLabel = (name) => name.slice(name.lastIndexOf(".") + 1);

/** The name without `www.` while two labels are left. */
const withoutWww = (name) => name.replace(/^(www\.)+(?=[^.]+\.)/, "");

/** What a row comes down to by the steps of `domain`: the domain or the refusal, and the rule. */
function domainOf({ ascii, status }) {
  const published = status.length === 0;
  const name = withoutRoot(ascii);
  const labels = name.split(".");
  if (without(status, ["V2", "A4_1", "A4_2"]).length > 0) return ["!"];
  if (isNumber(labels.at(-1))) {
    const isAddress = labels.length === 4 && labels.every((label) => /^\d{1,3}$/.test(label) && Number(label) < 256);
    return [isAddress ? "!ip_address" : "!numeric_tld", published ? "number at the end" : undefined];
  }
  if (name.length > 253 || labels.some((label) => label === "" || label.length > 63)) return ["!"];
  if (labels.length === 1) return ["!single_label", published ? "single label" : undefined];
  const domain = withoutWww(name);
  if (domain !== name) return [domain, "leading www"];
  if (status.includes("V2")) return [domain, "hyphens in third and fourth place"];
  return [domain, name === ascii ? undefined : "root dot"];
}

/** What UTS #46 says no more of. */
const PLAIN = ["invalid_idna", "bad_hyphen", "empty_label", "invalid_character", "label_too_long", "domain_too_long", "empty", "placeholder"].map((code) => `!${code}`);
const plain = (told) => (PLAIN.includes(told) ? "!" : told);

/** White space and invisible format characters: what is trimmed (`src/unicode.rs`). */
const EDGE = "[\\p{White_Space}\\u{ad}\\u{34f}\\u{61c}\\u{180e}\\u{200b}-\\u{200f}\\u{202a}-\\u{202e}\\u{2060}-\\u{2064}\\u{2066}-\\u{206f}\\u{3164}\\u{feff}\\u{ffa0}\\u{fff9}-\\u{fffb}\\u{1bca0}-\\u{1bca3}\\u{1d173}-\\u{1d17a}]+";
const EDGES = new RegExp(`^${EDGE}|${EDGE}$`, "gu");

describe("UTS #46", () => {
  const skip = missing("idna/IdnaTestV2.txt", "unicode.org/Public/17.0.0/idna");
  const table = skip ? [] : rows();
  const lines = ledger("idna.ledger");

  test("domains are those of the table", { skip }, (context) => {
    assert.ok(table.length > 6000);
    const tally = new Tally();
    const known = new Map(table.map((row) => [row.source, row]));
    const results = cleanDomains(table.map(({ source }) => source));
    const isDomain = schema({ type: "string", format: "domain" });
    table.forEach((row, at) => {
      const { source } = row;
      const result = results[at];
      assert.deepStrictEqual(cleanDomain(source), result, source);
      // Half a surrogate pair in a value is an issue of its own.
      if (source.isWellFormed()) assert.deepStrictEqual(isDomain.check(source), result, source);
      if (result.ok) {
        assert.match(result.value, /^(?=.{1,253}$)([a-z\d-]{1,63}\.)+[a-z\d-]{1,63}$/);
        const { ok, value, changes } = cleanDomain(result.value);
        assert.deepEqual({ ok, value, changes }, { ok: true, value: result.value, changes: [] }, "cleaned again");
      }
      const published = row.status.length === 0 ? row.ascii : "!";
      const trimmed = source.replace(EDGES, "");
      const name = trimmed === source ? source.split("?")[0] : trimmed;
      let [expected, rule] = domainOf(row);
      if (name !== source) {
        // The crate's own test compares with another implementation what the table does not have.
        expected = known.has(name) ? domainOf(known.get(name))[0] : plain(outcome(cleanDomain(name)));
        rule = trimmed === source ? "query" : "invisible at an edge";
      }
      // That both refuse is no divergence, whatever the code.
      const differs = (expected.startsWith("!") ? "!" : expected) !== published;
      tally.note(source, { published: differs ? published : expected, expected, rule: differs ? rule : undefined, found: plain(outcome(result)) });
    });
    tally.finish(context, "UTS #46, the format `domain`", lines);
  });

  test("domains are told in Unicode as the table has it", { skip }, (context) => {
    const tally = new Tally();
    for (const row of table) {
      const { source, unicode } = row;
      if (source.replace(EDGES, "") !== source || source.includes("?")) continue;
      const [domain] = domainOf(row);
      const result = cleanDomain(source);
      // Both forms stand in the change; where nothing changes, there is none.
      const told = withoutWww(withoutRoot(unicode));
      const change = { path: [], pointer: "", from: source, to: domain, rule: "domain", ...(told !== domain && { unicode: told }) };
      tally.note(source, { published: domain.startsWith("!") || domain === source ? [] : [change], found: result.changes });
    }
    tally.finish(context, "UTS #46, ToUnicode of the format `domain`", lines);
  });

  test("the core of the edge, which has the same tables, gives the same", { skip }, async () => {
    await slim.init(readFileSync(new URL("../pkg/dist/prewash.wasm", import.meta.url)));
    const sources = table.map(({ source }) => source);
    assert.ok(isDeepStrictEqual(slim.cleanDomains(sources), cleanDomains(sources)));
    for (const format of ["email", "hostname", "idn-hostname"]) {
      const [here, there] = [schema, slim.schema].map((compile) => compile({ items: { type: "string", format } }).check(sources));
      assert.ok(isDeepStrictEqual(there, here), format);
    }
  });

  test("e-mail addresses have the domains of the table", { skip }, (context) => {
    const tally = new Tally();
    const emails = schema({ type: "string", format: "email" });
    const clean = (text) => outcome(emails.check(text)).replace(/^!.*/, "!");
    for (const { source, ascii, status } of table) {
      const text = `jane@${source}`;
      const trimmed = text.replace(EDGES, "");
      const published = without(status, OFF).length === 0 ? `jane@${ascii}` : "!";
      // What is trimmed off is judged natively with another implementation.
      const [expected, rule] =
        trimmed !== text
          ? [clean(trimmed), "invisible at the end"]
          : published !== "!" && ascii === ""
            ? ["!", "no domain"]
            : published.length > 254
              ? ["!", "length of addresses"]
              : [published];
      tally.note(source, { published, expected, rule: expected === published ? undefined : rule, found: clean(text) });
    }
    tally.finish(context, "UTS #46, the format `email`", lines);
  });

  /** Whether a label stands as it is in what it is mapped to. */
  const isUnmapped = (label, mapped) => {
    if (/^xn--/i.test(label)) return true;
    return /^[\0-\x7f]*$/.test(label) ? label.toLowerCase() === mapped.toLowerCase() : label === mapped;
  };

  /**
   * Whether a row's source is an internationalized host name, and the rule if UTS #46 differs. Which
   * characters IDNA 2008 disallows the host's tables need not know: here a row that nothing else
   * refuses is either. The count, and natively the crate's tables, say which.
   */
  function hostname({ source, unicode, status }, found) {
    const published = status.length === 0;
    const sources = source.split(/[.\u3002\uff0e\uff61]/);
    const labels = unicode.split(".");
    if (without(status, ["V2"]).length > 0) return [false];
    if (!published && labels.some((label) => !/^[\0-\x7f]*$/.test(label) && [...label].slice(2, 4).join("") === "--")) return [false];
    if (sources.length !== labels.length || !sources.every((label, at) => isUnmapped(label, labels[at]))) return [false, published ? "mapped" : undefined];
    if (published && !found && labels.some((label) => !/^[\0-\x7f]*$/.test(label))) return [false, "disallowed by IDNA 2008"];
    return [true, published ? undefined : "hyphens in third and fourth place"];
  }

  for (const format of ["idn-hostname", "hostname"]) {
    test(`${format} takes the names that need no mapping`, { skip }, (context) => {
      const tally = new Tally();
      const is = passes(format);
      for (const row of table) {
        const isAscii = format === "idn-hostname" || /^[\0-\x7f]*$/.test(row.source);
        const found = is(row.source);
        const [expected, rule] = isAscii ? hostname(row, found) : [false];
        tally.note(row.source, { published: isAscii && row.status.length === 0, expected, rule, found });
      }
      tally.finish(context, `UTS #46, the format \`${format}\``, lines);
    });
  }
});

// JSON parsing

describe("JSON parsing", () => {
  const skip = missing("json-parsing/test_parsing", "github.com/nst/JSONTestSuite");
  const folder = join(conformance, "json-parsing/test_parsing");
  const any = schema({});
  const codes = ({ issues }) => issues.map(({ code }) => code);

  /** What is wrong with how a text is answered, or nothing. `expected` are the codes. */
  function judge(name, bytes, expected) {
    const result = any.checkText(bytes);
    const found = codes(result);
    // What is UTF-8 is answered as a text as it is as bytes.
    if (isUtf8(bytes)) {
      const { json, ...told } = result;
      const text = Buffer.from(bytes).toString();
      const asText = { ...told, ...(told.ok && { json: text }) };
      if (!isDeepStrictEqual(any.checkText(text), asText)) return "otherwise as a text";
    }
    if (name.startsWith("n_")) {
      const isRefused = found.length === 1 && ["invalid_json", "invalid_unicode", "too_deep"].includes(found[0]);
      return isRefused && !result.ok && result.json === undefined ? undefined : `read, with ${found}`;
    }
    if (!isDeepStrictEqual(found, expected)) return `${found}, not ${expected}`;
    if (expected.length > 0) return !result.ok && result.json === undefined ? undefined : "refused, and put out";
    if (!result.ok || Buffer.compare(result.json, bytes) !== 0) return "accepted, and not as it is";
    const value = JSON.parse(Buffer.from(bytes).toString());
    if (!isDeepStrictEqual(JSON.parse(Buffer.from(result.json).toString()), value)) return "another value";
    // A number beyond a double is infinite to JavaScript, and JSON has none.
    const checked = any.check(value);
    const isFinite = !JSON.stringify(value, (_, part) => (part === Infinity || part === -Infinity ? "∞" : part)).includes("∞");
    // A value counts as `JSON.stringify` has it, which knows no negative zero.
    if (isFinite && !isDeepStrictEqual(checked, { ok: true, value: JSON.parse(JSON.stringify(value)), issues: [], changes: [] })) return "otherwise as a value";
    if (!isFinite && !isDeepStrictEqual(codes(checked), ["unsupported_value"])) return "infinite, and taken";
  }

  test("texts are read as the suite has it", { skip }, (context) => {
    const decisions = new Map(ledger("json_parsing.ledger").map(([name, told]) => [name, told === "accepted" ? [] : told.split(" ")]));
    const files = readdirSync(folder);
    assert.ok(files.length > 300);
    const wrong = [];
    let [passed, inLedger] = [0, 0];
    for (const name of files) {
      const decision = decisions.get(name);
      if (name.startsWith("i_") && decision === undefined) wrong.push(`${name}: nothing is decided`);
      const error = judge(name, new Uint8Array(readFileSync(join(folder, name))), decision ?? []);
      if (error !== undefined) wrong.push(`${name}: ${error}`);
      else if (decisions.delete(name)) inLedger += 1;
      else passed += 1;
    }
    wrong.push(...[...decisions.keys()].filter((name) => !files.includes(name)).map((name) => `${name}: is no file`));
    tell(context, "JSON parsing", passed, inLedger, wrong);
  });

  test("every core reads the same", { skip }, async () => {
    await slim.init(readFileSync(new URL("../pkg/dist/prewash.wasm", import.meta.url)));
    for (const name of readdirSync(folder)) {
      const bytes = new Uint8Array(readFileSync(join(folder, name)));
      const expected = any.checkText(bytes);
      for (const core of [slim, browser]) assert.deepStrictEqual(core.schema({}).checkText(bytes), expected, name);
    }
  });

  test("a duplicate key is read, and both members are judged", { skip }, () => {
    const numbers = schema({ additionalProperties: { type: "number" } });
    for (const name of ["y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json"]) {
      const result = numbers.checkText(new Uint8Array(readFileSync(join(folder, name))));
      assert.deepEqual(codes(result), ["type", "duplicate_key", "type"], name);
    }
  });
});

// Web Platform Tests

/** The tests in the published source of the crate `url`, as Cargo has it. */
const urls = (() => {
  const root = fileURLToPath(new URL("..", import.meta.url));
  const { stdout } = spawnSync("cargo", ["metadata", "--format-version=1", "--locked"], { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 });
  try {
    const found = JSON.parse(stdout).packages.find(({ name }) => name === "url");
    return join(dirname(found.manifest_path), "tests");
  } catch {
    return "the published source of the crate `url`";
  }
})();

const isSpecial = /^[\t\n\f\r ]*(?:https?|wss?|ftp):/i;
const hostIn = (rest) => rest.replace(/^[/\\]+/, "").split(/[/\\?#]/)[0];

/** The domain of a host name as the URL Standard writes it, and the rule if they differ. */
function domainOfHost(hostname) {
  const name = withoutRoot(hostname);
  const labels = name.split(".");
  if (name.startsWith("[") || isIP(name) === 4) return ["!ip_address", "IP address"];
  if (labels.includes("")) return ["!empty_label", "empty label"];
  if (!/^[a-z\d.-]*$/i.test(name)) return ["!invalid_character", "characters that no host name has"];
  if (labels.some((label) => label.startsWith("-") || label.endsWith("-"))) return ["!bad_hyphen", "hyphen at an end of a label"];
  if (labels.some((label) => label.length > 63)) return ["!label_too_long", "lengths of DNS"];
  if (name.length > 253) return ["!domain_too_long", "lengths of DNS"];
  if (labels.length === 1) return ["!single_label", "single label"];
  const domain = withoutWww(name);
  return [domain, domain === name ? (name === hostname ? undefined : "root dot") : "leading www"];
}

describe("Web Platform Tests", () => {
  const skip = existsSync(join(urls, "urltestdata.json")) ? false : `${urls} has no urltestdata.json; \`cargo metadata\` tells where Cargo has the crate`;
  const lines = ledger("web.ledger");
  const tests = skip ? [] : JSON.parse(readFileSync(join(urls, "urltestdata.json"), "utf8")).filter((entry) => typeof entry === "object");
  /** Those whose input is a URL of the web: against a base, what has no slashes is a path. */
  const web = tests.filter(({ input, base }) => isSpecial.test(input) && (base === null || input.replace(isSpecial, "").startsWith("//")));

  test("domains are the hosts of URLs", { skip }, (context) => {
    const tally = new Tally();
    const results = cleanDomains(web.map(({ input }) => input));
    web.forEach(({ input, failure, hostname }, at) => {
      const published = failure ? "!" : hostname;
      const [expected, rule] = failure
        ? ["!"]
        : /[\p{White_Space},;|]/u.test(hostIn(input.trim().replace(isSpecial, "")))
          ? ["!invalid_character", "separator"]
          : domainOfHost(hostname);
      const found = outcome(results[at]);
      tally.note(input, { published, expected, rule, found: failure && found.startsWith("!") ? "!" : found });
    });
    tally.finish(context, "Web Platform Tests, the format `domain`", lines);
  });

  test("domains are the hosts that setters set", { skip }, (context) => {
    const tally = new Tally();
    const setters = JSON.parse(readFileSync(join(urls, "setters_tests.json"), "utf8"));
    for (const setter of ["host", "hostname"]) {
      for (const { href, new_value: value, expected: after } of setters[setter]) {
        if (!isSpecial.test(href)) continue;
        const host = new URL(after.href).hostname;
        // A setter that refuses leaves the host alone.
        const published = host === new URL(href).hostname ? "!" : host;
        const authority = hostIn(value);
        const [name, port] = authority.startsWith("[") ? [authority] : authority.split(/:(.*)/s);
        const isRefused = (setter === "hostname" && port !== undefined) || value.startsWith("/");
        let [expected, rule] = published === "!" ? ["!"] : domainOfHost(host);
        if (published === "!" && isRefused && !domainOfHost(name)[0].startsWith("!")) [expected, rule] = [domainOfHost(name)[0], "only setters refuse it"];
        else if (published !== "!" && port && !(/^\d+$/.test(port) && Number(port) < 65536)) [expected, rule] = ["!invalid_port", "port"];
        const found = outcome(cleanDomain(`https://${value}`));
        tally.note(value, { published, expected, rule, found: published === "!" && found.startsWith("!") ? "!" : found });
      }
    }
    tally.finish(context, "Web Platform Tests, setters of hosts, the format `domain`", lines);
  });

  test("no domain is taken from a URL of another scheme", { skip }, (context) => {
    const tally = new Tally();
    for (const { input } of tests) {
      if (/^[\t\n\f\r ]*[a-z][a-z\d+.-]*:/i.test(input) && !isSpecial.test(input)) tally.note(input, { published: false, found: cleanDomain(input).ok });
    }
    tally.finish(context, "Web Platform Tests, URLs of other schemes, the format `domain`", lines);
  });

  test("URIs are those of the standard, and of the grammar", { skip }, (context) => {
    // Natively a parser of RFC 3986 says what is one. Here two kinds of text are told apart without: those
    // that no web address may be, and those of which no part is odd.
    const tally = new Tally();
    const is = passes("uri");
    const isEven = /^(https?|wss?|ftp):\/\/([\w.~-]+(:[\w.~-]*)?@)?[a-z\d.-]+(:\d+)?(\/[\w.~!$&'()*+,;=:@/-]*)?(\?[\w.~!$&'()*+,;=:@/?-]*)?(#[\w.~!$&'()*+,;=:@/?-]*)?$/i;
    for (const { input, base, failure, href } of tests) {
      if (!failure && isEven.test(href)) tally.note(href, { published: true, found: is(href) });
      if (!failure || !isSpecial.test(input) || base !== null) continue;
      const name = withoutRoot(hostIn(input.replace(isSpecial, "")));
      const isName = /^[a-z\d.-]+$/i.test(name) && isNumber(lastLabel(name).toLowerCase());
      tally.note(input, { published: false, expected: isName, rule: isName ? "number at the end" : undefined, found: is(input) });
    }
    tally.finish(context, "Web Platform Tests, the format `uri`", lines.filter(([, rule]) => rule !== "no slashes"));
  });

  test("addresses are those of the standard", { skip }, (context) => {
    const tally = new Tally();
    const [is4, is6] = [passes("ipv4"), passes("ipv6")];
    for (const { hostname } of tests.filter(({ failure }) => !failure)) {
      const inside = hostname.replace(/^\[(.*)\]$/, "$1");
      tally.note(hostname, { published: [isIP(hostname) === 4, inside !== hostname], found: [is4(hostname), is6(inside)] });
    }
    for (const { input, failure } of web) {
      const inside = /^\[(.*)\]$/.exec(hostIn(input.replace(isSpecial, "")))?.[1];
      if (inside !== undefined) tally.note(input, { published: !failure, found: is6(inside) });
    }
    tally.finish(context, "Web Platform Tests, the formats `ipv4` and `ipv6`", lines);
  });
});
