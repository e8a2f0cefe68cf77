// Domains by each way there is: alone, in a list and by a schema. Most are cut out of their text by
// their place alone, and must look as if they had been told like the others.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { inspect } from "node:util";
import { cleanDomain, cleanDomains, schema } from "prewash";
import { random } from "./random.mjs";

const shared = process.env.PREWASH_SHARED ?? fileURLToPath(new URL("../../shared", import.meta.url));
const domain = schema({ type: "string", format: "domain" });

/** Asserts that the ways agree, down to the order of keys, and that results are plain data. */
function assertAgree(texts) {
  const list = cleanDomains(texts);
  assert.equal(list.length, texts.length);
  texts.forEach((text, at) => {
    const alone = cleanDomain(text);
    assertSame(list[at], alone, text);
    // As a value, half a surrogate pair is another issue.
    if (typeof text !== "string" || !/\p{Surrogate}/u.test(text)) assertSame(alone, domain.check(text), text);
    assert.deepStrictEqual(structuredClone(alone), alone);
  });
}

function assertSame(actual, expected, text) {
  // Faster than deepStrictEqual's own message for thousands, and it sees the order of keys.
  if (inspect(actual, WHOLE) === inspect(expected, WHOLE)) return;
  assert.deepStrictEqual(actual, expected, JSON.stringify(text));
  assert.equal(inspect(actual, WHOLE), inspect(expected, WHOLE), JSON.stringify(text));
}

const WHOLE = { depth: 9, showHidden: true, maxArrayLength: null, maxStringLength: null };

const BEFORE = ["", "", " ", "\t\n", "\u00a0", "http://", "https://", "HTTPS://", "https:/", "//", "https://jane@", "www.", " https://www."];
const LABELS = ["acme", "Acme", "ACME-7", "www", "WWW", "n", "a", "x1", "7", "co", "xn--mnchen-3ya", "münchen", "my--shop", "a".repeat(63), "b".repeat(64)];
const ENDS = ["com", "com", "de", "COM", "uk", "c0m", "7", "a", ""];
const AFTER = ["", "", "", " ", "\r\n", "/", "/foo?x=1", "/ü", "#\ud800", ":80", ":x", "\\", ".", "\0", "?" + "q".repeat(300)];
const MARKS = ["-", ".", "..", "_", " ", "\0", "\n", "@", "%2e", "é", "\u00ad", "\u200b", "\ud83d", "😀", ",", "A", "`", "{", "["];

/** Texts that are domains, or nearly so. */
function nearDomains(count, seed) {
  const next = random(seed);
  const pick = (list) => list[next(list.length)];
  return Array.from({ length: count }, () => {
    const labels = Array.from({ length: next(20) === 0 ? next(90) : 1 + next(3) }, () => pick(LABELS));
    let text = pick(BEFORE) + [...labels, pick(ENDS)].join(".") + pick(AFTER);
    for (let marks = next(4) - 1; marks > 0; marks--) {
      const at = next(text.length + 1);
      text = text.slice(0, at) + pick(MARKS) + text.slice(at);
    }
    return text;
  });
}

describe("a domain is the same alone, in a list and by a schema", () => {
  test("if it is one or nearly so", () => {
    const texts = nearDomains(6000, 1);
    assertAgree(texts);
    const taken = cleanDomains(texts).filter(({ ok }) => ok).length;
    assert.ok(taken > 1000 && taken < 5000, `${taken} of them are domains`);
  });
  test("at each length and each offset", () => {
    const texts = [];
    for (let length = 0; length < 70; length++) {
      texts.push(`${" ".repeat(length)}Acme.com`, `${"a".repeat(length)}.com`, `a.${"b".repeat(length)}`, `acme.com/${"ü".repeat(length)}`);
      texts.push(`www.${"A".repeat(length)}.com${" ".repeat(length)}`, `https://${"a.".repeat(length)}com`);
    }
    // The room for a short text ends here, and that for the domains of one crossing.
    for (const length of [84, 85, 86, 127, 128, 245, 250, 253, 254, 255, 256, 257, 300, 1023, 1024, 4096, 32_767, 32_768, 70_000]) {
      for (const unit of [" ", "a", "é", "€", "😀"]) texts.push(unit.repeat(length) + "www.acme.com", `Acme.com/${unit.repeat(length)}`);
    }
    assertAgree(texts);
  });
  test("if it starts far behind its edge", () => {
    for (const length of [(1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3 << 20]) assertAgree([`${" ".repeat(length)}Acme.com`, "b.com"]);
  });
  test("if it stands in the tables and lists", { skip: !existsSync(join(shared, "cases")) && `there is no ${shared}` }, () => {
    const lines = (...path) => readFileSync(join(shared, ...path), "utf8").trimEnd().split("\n");
    assertAgree(lines("cases", "domain.tsv").slice(1).map((line) => JSON.parse(line.split("\t")[0])));
    assertAgree(lines("cases", "linkedin.tsv").slice(1).map((line) => JSON.parse(line.split("\t")[0])));
    assertAgree(["top", "random"].flatMap((list) => lines("data", `opendns-${list}-domains.txt`)));
  });
});

describe("a list of domains", () => {
  test("may hold what is no text, in any place", () => {
    assertAgree([null, "Acme.com", 5, "www.acme.com", undefined, "localhost", {}]);
    assertAgree([true, NaN, []]);
    const holes = ["a.com", , "localhost"];
    assert.deepStrictEqual(cleanDomains(holes), [...holes].map((text) => cleanDomain(text)));
  });
  test("may be of any length", () => {
    const texts = nearDomains(5000, 2);
    for (const length of [0, 1, 2, 3, 1023, 1024, 1025, 2048, 2049, 5000]) {
      const list = texts.slice(0, length);
      assert.deepStrictEqual(cleanDomains(list), list.map(cleanDomain));
    }
  });
  test("may hold what stands between domains inside", () => {
    for (const list of [["\0", "a.com"], ["a.com", "b.com\0"], ["a.com\0b.com", ""], ["", ""], ["\0\0", "\0", ""], ["a.com", "", "b.com"]]) assertAgree(list);
    assertAgree(["\0".repeat(100_000), "www.acme.com"]);
  });
  test("keeps half a pair apart from the half in the next text", () => assertAgree(["acme.com/\ud83d", "\ude00.com", "\ud83d", "\ude00"]));
  test("is read once, and may clean domains while it is read", () => {
    let reads = 0;
    const list = Object.defineProperty(["www.a.com", "", "www.c.com"], 1, {
      get: () => (reads++, cleanDomains(["www.x.com", "localhost"])[0].value),
    });
    assert.deepStrictEqual(cleanDomains(list).map(({ value }) => value), ["a.com", "x.com", "c.com"]);
    assert.equal(reads, 1);
    const texts = function* () {
      for (const name of ["A", "b"]) yield cleanDomain(`https://${name}.com`).value;
    };
    assert.deepStrictEqual(cleanDomains(texts()), [cleanDomain("a.com"), cleanDomain("b.com")]);
  });
  test("gives each result lists of its own", () => {
    const [first, second] = cleanDomains(["www.a.com", "www.b.com"]);
    first.changes[0].path.push(0);
    first.issues.push(1);
    first.changes.push(2);
    assert.deepStrictEqual(second, cleanDomain("www.b.com"));
  });
});
