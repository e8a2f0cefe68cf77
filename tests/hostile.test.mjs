// Input made to take time or memory, through the package: texts, bytes, values and schemas. Each ends in
// an issue, or for a schema in a refusal. At full size they run in tests/deep/hostile.test.mjs.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readFile } from "node:fs/promises";
import { monaco, openapi, recotap, schema } from "prewash";
import * as browser from "../pkg/dist/browser.js";
import * as slim from "prewash/slim";

const MOST = 100_000;
const { body } = monaco.upsertAccount;

/** How many issues have which code. */
function codes({ issues }) {
  const counts = {};
  for (const { code } of issues) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

/** The three ways in agree; gives what they say. */
function everyWay(checked, text) {
  const told = checked.checkText(text);
  const bytes = checked.checkText(new TextEncoder().encode(text));
  assert.deepEqual(bytes.issues, told.issues);
  const value = checked.check(JSON.parse(text));
  const plain = ({ code, severity, pointer, message }) => ({ code, severity, pointer, message });
  assert.deepEqual(value.issues.map(plain), told.issues.map(plain));
  return { ok: told.ok, ...codes(told) };
}

const list = (count, item) => `[${Array.from({ length: count }, (_, at) => item(at)).join()}]`;
const object = (count, member) => `{${Array.from({ length: count }, (_, at) => member(at)).join()}}`;

/** Patterns as people write them, many of which the automaton does not take. */
const GOOD = [
  "^(?!-)([a-z0-9-]{1,63}\\.)+[a-z]{2,}$",
  "^(?=.*\\d)(?=.*[a-z]).{8,}$",
  "^(?=.*[a-z])(?=.*[A-Z])(?=.*\\d)(?=.*[^\\w\\s])\\S{8,64}$",
  "^(?!.*(.)\\1{2})[a-z]+$",
  "^(?!\\s*$).+",
  "^\\S+(?: \\S+)*(?<!\\.)$",
  "^.{1,200}$",
  "^[\\w.%+-]{1,64}@(?:[a-zA-Z0-9-]{1,63}\\.){1,8}[a-zA-Z]{2,63}$",
  "^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$",
  "^(?:[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*|\"(?:[\\x01-\\x08\\x0b\\x0c\\x0e-\\x1f\\x21\\x23-\\x5b\\x5d-\\x7f]|\\\\[\\x01-\\x09\\x0b\\x0c\\x0e-\\x7f])*\")@(?:(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\\.)+[a-z0-9](?:[a-z0-9-]*[a-z0-9])?|\\[(?:(?:25[0-5]|2[0-4][0-9]|[01]?[0-9][0-9]?)\\.){3}(?:25[0-5]|2[0-4][0-9]|[01]?[0-9][0-9]?|[a-z0-9-]*[a-z0-9]:(?:[\\x01-\\x08\\x0b\\x0c\\x0e-\\x1f\\x21-\\x5a\\x5e-\\x7f]|\\\\[\\x01-\\x09\\x0b\\x0c\\x0e-\\x7f])+)\\])$",
  "^https?:\\/\\/(www\\.)?[-a-zA-Z0-9@:%._\\+~#=]{1,256}\\.[a-zA-Z0-9\\(\\)]{1,6}\\b([-a-zA-Z0-9\\(\\)@:%_\\+.~#?&\\/\\/=]*)$",
  "^(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)(?:-((?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\\.(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?(?:\\+([0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*))?$",
  "^[0-9a-fA-F]{8}\\b-[0-9a-fA-F]{4}\\b-[0-9a-fA-F]{4}\\b-[0-9a-fA-F]{4}\\b-[0-9a-fA-F]{12}$",
  "^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}(,[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})*$",
  "^(([0-9a-fA-F]{1,4}:){7,7}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,7}:|([0-9a-fA-F]{1,4}:){1,6}:[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){1,4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){1,3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){1,2}(:[0-9a-fA-F]{1,4}){1,5}|[0-9a-fA-F]{1,4}:((:[0-9a-fA-F]{1,4}){1,6})|:((:[0-9a-fA-F]{1,4}){1,7}|:)|::(ffff(:0{1,4}){0,1}:){0,1}((25[0-5]|(2[0-4]|1{0,1}[0-9]){0,1}[0-9])\\.){3,3}(25[0-5]|(2[0-4]|1{0,1}[0-9]){0,1}[0-9]))$",
  "^((25[0-5]|(2[0-4]|1\\d|[1-9]|)\\d)\\.?\\b){4}$",
  "^(?:\\+?1[-. ]?)?\\(?([0-9]{3})\\)?[-. ]?([0-9]{3})[-. ]?([0-9]{4})\\b$",
  "^\\+?\\d{1,4}?[-.\\s]?\\(?\\d{1,3}?\\)?[-.\\s]?\\d{1,4}[-.\\s]?\\d{1,4}[-.\\s]?\\d{1,9}\\b$",
  "^(?=.{1,254}$)(?:(?!-)[A-Za-z0-9-]{1,63}(?<!-)\\.)+[A-Za-z]{2,63}$",
  "^(?=.{2,50}$)\\p{L}[\\p{L}\\p{M}]*(?:[ '’-]\\p{L}[\\p{L}\\p{M}]*)*$",
  "^(?!0000)\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])(?:T(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d+)?(?:Z|[+-]\\d{2}:\\d{2}))?$",
  "^(?=\\S)(?:[A-Za-z0-9+\\/]{4})*(?:[A-Za-z0-9+\\/]{2}==|[A-Za-z0-9+\\/]{3}=)?$",
  "^data:image\\/(?:png|jpeg);base64,(?=.)(?:[A-Za-z0-9+\\/]{4}){1,1000}$",
  "^([\"'])(?:(?!\\1)[^\\\\]|\\\\.)*\\1$",
  "^#(?:[0-9a-fA-F]{3}){1,2}\\b$",
  "^(?:4[0-9]{12}(?:[0-9]{3})?|5[1-5][0-9]{14}|3[47][0-9]{13}|6(?:011|5[0-9]{2})[0-9]{12})$",
  "^[a-z0-9]+(?:-[a-z0-9]+)*(?<!-)$",
  "^\\/(?:[^\\/\\0]+\\/?\\b)?$",
  "^-?(?!0\\d)\\d{1,15}(?:\\.\\d{1,4})?$",
  "^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|TRACE|CONNECT|PROPFIND|PROPPATCH|MKCOL|COPY|MOVE)$",
  "\\bacme\\b",
  "<([a-z]+)>.*<\\/\\1>",
  "^(?:[0-9A-F]{2}(?=([:-]))){1}(?:\\1[0-9A-F]{2}){5}$",
  "^P(?!$)(\\d+Y)?(\\d+M)?(\\d+W)?(\\d+D)?(T(?=\\d)(\\d+H)?(\\d+M)?(\\d+S)?)?$",
  "^(?!.*\\.\\.)(?!.*\\.$)[^\\W][\\w.]{0,29}$",
  "^(?=.{3,20}$)(?![_.])(?!.*[_.]{2})[a-zA-Z0-9._]+(?<![_.])$",
  "^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?\\b$",
  "^[A-Z]{2}\\d{2}[A-Z0-9]{11,30}$",
  "^\\s*(?:\\S\\s*){1,500}$",
  "^(?:\\s*\\S){3,}\\s*$",
  "^([a-zA-Z0-9_-]+\\.){2}[a-zA-Z0-9_-]+\\b$",
  "^(?:urn:uuid:)?(?!0{8})[0-9a-f-]{36}$",
  "^arn:(?:aws|aws-cn|aws-us-gov):[a-z0-9-]+:[a-z0-9-]*:(?:\\d{12})?:[A-Za-z0-9:_\\/+=,@.-]{1,1011}$",
];

describe("more issues than are told", () => {
  const strings = schema({ items: { type: "string" } });

  test("end in one that says how many there are", () => {
    assert.deepEqual(everyWay(strings, list(MOST + 7, () => 1)), { ok: false, type: MOST, too_many_issues: 1 });
    const last = strings.checkText(list(MOST + 7, () => 1)).issues.at(-1);
    assert.deepEqual(last, {
      code: "too_many_issues",
      severity: "error",
      path: [],
      pointer: "",
      message: "7 more issues left out here; see to the others first, or give a larger `maxIssues`",
      params: { count: 7 },
      position: { line: 1, column: 1, offset: 0 },
    });
  });

  test("are as many as `maxIssues` says", () => {
    const few = strings.with({ maxIssues: 2 });
    assert.deepEqual(few.check([1, 2, 3, 4]).issues.map(({ code, pointer }) => [code, pointer]), [["type", "/0"], ["type", "/1"], ["too_many_issues", ""]]);
    assert.deepEqual(few.check([1, 2]).issues.map(({ code }) => code), ["type", "type"]);
    assert.deepEqual(codes(strings.with({ maxIssues: 2 * MOST }).checkText(list(MOST + 7, () => 1))), { type: MOST + 7 });
  });

  test("are a warning if all of them are", () => {
    const { ok, issues, value } = body.with({ maxIssues: 1 }).check({ domain: "acme.com", aaaa: 1, bbbb: 2 });
    assert.deepEqual([ok, issues.map(({ code, severity }) => [code, severity]), value], [
      true,
      [["unknown_key", "warning"], ["too_many_issues", "warning"]],
      { domain: "acme.com", aaaa: 1, bbbb: 2 },
    ]);
  });

  test("refuse a field and a batch too", () => {
    const tags = schema({ properties: { tags: { items: { type: "string" } } } }).with({ maxIssues: 1 });
    assert.deepEqual(codes(tags.checkField("tags", [1, 2])), { type: 1, too_many_issues: 1 });
    const { batch } = recotap.pushAccounts.with({ maxIssues: 1 });
    const { ok, request, items } = batch.plan({ accounts: [{ domain: 1 }, { domain: 2 }] });
    assert.deepEqual([ok, request, items.map(codes)], [false, undefined, [{ required: 1, too_many_issues: 1 }, {}]]);
  });

  test("a `maxIssues` that is no count is a mistake of the caller's", () => {
    for (const maxIssues of [-1, 1.5, "7"]) assert.throws(() => strings.with({ maxIssues }).check([1]), TypeError);
  });
});

test("many issues below a long key do not repeat it for ever", () => {
  const key = "k".repeat(1 << 20);
  const result = schema({ additionalProperties: { items: { type: "string" } } }).checkText(`{"${key}":${list(1000, () => 1)}}`);
  assert.deepEqual(codes(result), { type: 31, too_many_issues: 1 });
});

test("a check that takes too many steps does not pass, nor does a field of it", () => {
  const twice = (to) => ({ anyOf: [{ $ref: to }, { allOf: [{ $ref: to }] }] });
  const $defs = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`a${at}`, twice(`#/$defs/a${at + 1}`)]));
  $defs.a30 = { type: "integer" };
  assert.deepEqual(everyWay(schema({ $defs, $ref: "#/$defs/a0" }), '"x"'), { ok: false, too_complex: 1 });
  const field = schema({ $defs, properties: { a: { $ref: "#/$defs/a0" } } });
  assert.deepEqual(codes(field.checkField("a", "x")), { too_complex: 1 });
});

describe("a pattern that backtracks for ever does not", () => {
  const text = "a".repeat(100_000);
  for (const [pattern, ending] of [["^(a+)+$", "!"], ["^(a+)+$", "é"], ["^(a|a)*$", "\u2028"], ["^([a-z]+)*\\d$", ""], ["^(\\p{L}+)*\\d$", "é"], ["^(?<word>[a-zà-ü]+[ -]?)+$", "!"], ["a*a*a*a*b", ""]]) {
    test(`${pattern} of what ends in ${JSON.stringify(ending)}`, () => {
      const checked = schema({ pattern, propertyNames: { pattern }, patternProperties: { [pattern]: true } });
      assert.deepEqual(everyWay(checked, JSON.stringify(text + ending)), { ok: false, pattern: 1 });
      assert.equal(checked.check({ [text + ending]: 1 }).ok, false);
    });
  }
});

describe("in every core", async () => {
  await slim.init(await readFile(new URL("../pkg/dist/prewash.wasm", import.meta.url)));
  for (const [name, core] of Object.entries({ whole: { schema }, edge: slim, browser })) {
    const within = (pattern, text) => {
      const started = performance.now();
      const checked = core.schema({ pattern });
      const { ok, issues } = checked.check(text);
      const took = performance.now() - started;
      assert.ok(took < 1000, `${pattern} of ${text.length}: ${took} ms`);
      return [ok, ...issues.map(({ code }) => code)];
    };

    test(`${name}: the automaton takes what backtracks for ever`, () => {
      for (const pattern of ["^(a+)+$", "^(a|a)*$", "^(a|aa)+$", "(a*)*b", "^([a-z]+)*\\d$", "a*a*a*a*b", "^(\\p{L}+)*\\d$"]) {
        assert.deepEqual(within(pattern, `${"a".repeat(40)}!`), [false, "pattern"]);
        assert.deepEqual(within(pattern, `${"a".repeat(100_000)}!`), [false, "pattern"]);
      }
    });

    // Browsers are without the judge.
    if (name !== "browser") test(`${name}: what else takes exponentially long is refused`, () => {
      const many = `^${"a?".repeat(40)}${"a".repeat(40)}$`;
      for (const pattern of ["^(?=x?)(a+)+$", "\\b(\\w+-?)+!", "^(a)?(?:\\1|a)+$", "^(a{1,100}){1,100}$", "^(a|a){40}b$(?!c)", "(?=(a+)+b)", many]) {
        for (const given of [{ pattern }, { patternProperties: { [pattern]: true } }, { propertyNames: { pattern } }]) {
          const started = performance.now();
          assert.throws(() => core.schema(given).check({ [`${"a".repeat(40)}!`]: 1 }), (error) => error instanceof TypeError && error.message.includes(`\`${pattern}\` can match one text in exponentially many ways`), pattern);
          assert.ok(performance.now() - started < 1000, pattern);
        }
      }
    });

    test(`${name}: what takes long on long texts is given short ones alone`, () => {
      const [longest, steep] = name === "browser" ? [1 << 14, []] : [4094, ["\\b\\w*\\w*\\w*\\w*!"]];
      for (const pattern of [...steep, "\\b\\w*\\w*!", "(?=a?)[a-z]+$", "<([a-z]+)>.*</\\1>", "(?<=a*)b"]) {
        for (const size of [40, 100, 360, 1000, 4000, 20_000, 1_000_000]) {
          const [ok, code] = within(pattern, `${pattern[0] === "<" ? "<a>".repeat(size / 3) : "a".repeat(size)}?`);
          assert.equal(ok, false);
          assert.equal(code, size > longest ? "too_complex" : code);
          assert.ok(["pattern", "too_complex"].includes(code), code);
        }
      }
    });

    test(`${name}: what people write matches as in RegExp`, () => {
      const texts = ["", "a", "acme.com", "sub.acme-corp.co.uk", "-acme.com", "abcdefg1", "Passw0rd!", "aaa", "jane.doe+x@acme.co.uk", "1.2.3-rc.1+b", "3c90c3cc-0d44-4b50-8888-8dd25736052a", "https://www.acme.com/a?b=c#d", "+1 555-123-4567", "(555) 123-4567", "Zoë O’Neill", "2024-02-30T10:00:00Z", "fe80::1", "192.168.0.1", "QUJD", "#fff", "x".repeat(70), "<b>x</b>", "'it\\'s'"];
      for (const pattern of GOOD) {
        const [checked, expected] = [core.schema({ pattern }), new RegExp(pattern, "u")];
        for (const text of texts) assert.equal(checked.check(text).ok, expected.test(text), `${pattern} of ${text}`);
      }
    });
  }
});

describe("a hostile schema", () => {
  test("that is too deep is refused, as text and as a value", () => {
    const deep = `${'{"not":'.repeat(1_000_000)}true${"}".repeat(1_000_000)}`;
    assert.throws(() => schema(deep).check(1), TypeError);
    let value = true;
    for (let level = 0; level < 1_000_000; level++) value = { not: value };
    assert.throws(() => schema(value).check(1), TypeError);
    assert.throws(() => openapi({ openapi: "3.1.0", paths: { "/": { get: { operationId: "a", x: value } } } }).a, TypeError);
  });

  test("that holds itself is refused", () => {
    const value = {};
    value.not = value;
    assert.throws(() => schema(value).check(1), TypeError);
  });

  test("with a pattern of a megabyte is refused", () => {
    assert.throws(() => schema({ pattern: "a|".repeat(1 << 19) }).check("a"), TypeError);
  });

  test("of 20,000 definitions that are all referred to is compiled", () => {
    const names = Array.from({ length: 20_000 }, (_, at) => `definition${at}`);
    const $defs = Object.fromEntries(names.map((name) => [name, { type: "integer" }]));
    const checked = schema({ $defs, prefixItems: names.map((name) => ({ $ref: `#/$defs/${name}` })) });
    assert.deepEqual(checked.check([1, "x"]).issues.map(({ code, pointer }) => [code, pointer]), [["type", "/1"]]);
  });
});

test("a million levels are an issue, as text, bytes and value", () => {
  assert.deepEqual(codes(body.checkText("[".repeat(1_000_000))), { too_deep: 1 });
  assert.deepEqual(codes(body.checkText(new Uint8Array(1_000_000).fill(0x5b))), { too_deep: 1 });
  let value = 1;
  for (let level = 0; level < 1_000_000; level++) value = [value];
  assert.deepEqual(codes(schema(true).check(value)), { too_deep: 1 });
});

test("every control and bidi character is refused or cleaned, and none is in a message", () => {
  const disturbs = /[\p{Cc}\p{Bidi_C}\u2028\u2029]/u;
  const characters = Array.from({ length: 0x10000 }, (_, at) => String.fromCharCode(at)).filter((char) => disturbs.test(char));
  assert.equal(characters.length, 65 + 12 + 2);
  for (const char of characters) {
    for (const text of [char, `${char}a`, `a${char}b`, `a${char}`]) {
      for (const value of [{ domain: text }, { domain: `${text}.com` }, { domain: "acme.com", linkedin_url: text }, { domain: "acme.com", [text]: 1 }, { domain: "acme.com", name: { [text]: text } }]) {
        const { issues } = body.check(value);
        for (const { message } of issues) assert.doesNotMatch(message, disturbs, JSON.stringify(value));
        const whole = body.checkText(JSON.stringify(value));
        for (const { message } of whole.issues) assert.doesNotMatch(message, disturbs, JSON.stringify(value));
        // An object is quoted as it is written, so the messages may differ in their escapes.
        assert.deepEqual(whole.issues.map(({ code, pointer }) => [code, pointer]), issues.map(({ code, pointer }) => [code, pointer]));
      }
    }
  }
});

test("long domains, addresses and URLs are refused at once", () => {
  const started = performance.now();
  for (const part of ["a.", ".", "%41", "xn--", "xn--a.", "@", "/", ":", "\\", "é", "é.", "。", "www.", "http://", "?", "#", "-", "\u200b", "1."]) {
    const text = part.repeat((1 << 18) / part.length);
    for (const format of ["domain", "email", "idn-email", "uri", "iri", "uri-template", "hostname", "idn-hostname", "linkedin", "ipv6", "phone", "json-pointer", "time-zone", "date-time", "duration", "uuid"]) {
      for (const given of [text, `a@${text}`, `${text}@acme.com`, `https://${text}`]) {
        const before = performance.now();
        const { issues } = schema({ format }).check(given);
        const took = performance.now() - before;
        assert.ok(took < 2000, `${format} of ${given.slice(0, 20)}…: ${took} ms`);
        for (const { message } of issues) assert.ok(message.length < 2000, message);
      }
    }
  }
  assert.ok(performance.now() - started < 60_000);
});
