// The acceptance cases and the list of real names through the package; tests/cases.rs has them natively.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { cleanDomain, cleanDomains, schema } from "prewash";

const shared = process.env.PREWASH_SHARED ?? fileURLToPath(new URL("../../shared", import.meta.url));
const skip = existsSync(join(shared, "cases"))
  ? false
  : `the acceptance cases are not at ${join(shared, "cases")}; put the folders cases and data there, or name the folder above with PREWASH_SHARED`;

/** The rows of a table: its first column a JSON string, its second what is expected. */
function rows(name) {
  const lines = readFileSync(join(shared, "cases", name), "utf8").trimEnd().split("\n").slice(1);
  return lines.map((line) => line.split("\t")).map(([input, ...rest]) => [JSON.parse(input), ...rest]);
}

/** The value, or `!` and the code of the first error. */
const told = ({ ok, value, issues }) => (ok ? value : `!${issues.find(({ severity }) => severity === "error").code}`);

test("domains are cleaned as their table says, alone and in a list", { skip }, () => {
  const cases = rows("domain.tsv");
  const list = cleanDomains(cases.map(([input]) => input));
  cases.forEach(([input, expected], at) => {
    const result = cleanDomain(input);
    assert.equal(told(result), expected, JSON.stringify(input));
    assert.deepEqual(list[at], result, JSON.stringify(input));
    if (!result.ok) return;
    const again = cleanDomain(expected);
    assert.deepEqual([again.value, again.changes], [expected, []], "cleaning what is clean changes nothing");
  });
  assert.ok(cases.length > 130);
});

test("LinkedIn addresses are cleaned as their table says, each in the field of its kind", { skip }, () => {
  const format = (name) => schema({ type: "string", format: name });
  const [any, company, person] = ["linkedin", "linkedin-company", "linkedin-person"].map(format);
  const cases = rows("linkedin.tsv");
  for (const [input, expected, kind] of cases) {
    assert.equal(told(any.check(input)), expected, input);
    if (expected.startsWith("!")) continue;
    assert.deepEqual(any.check(expected), { ok: true, value: expected, issues: [], changes: [] });
    const [right, wrong] = /person/.test(kind) ? [person, company] : [company, person];
    assert.equal(told(right.check(input)), expected, input);
    assert.equal(told(wrong.check(input)), "!wrong_kind", input);
    const apex = told(any.with({ linkedinHost: "apex" }).check(input));
    assert.equal(apex, expected.replace("//www.", "//"), input);
  }
  assert.ok(cases.length > 50);
});

test("20,000 real names are domains", { skip }, () => {
  const names = ["top", "random"].flatMap((list) =>
    readFileSync(join(shared, "data", `opendns-${list}-domains.txt`), "utf8").trimEnd().split("\n"),
  );
  const results = cleanDomains(names);
  assert.equal(results.length, 20_000);
  assert.deepEqual(results.filter(({ ok }) => !ok), []);
  const changed = results.flatMap(({ changes }) => changes.map(({ from, to }) => [from, to]));
  assert.deepEqual(changed, [
    ["www.net.cn", "net.cn"],
    ["www.gov.uk", "gov.uk"],
    ["www.nhs.uk", "nhs.uk"],
    ["kh.ua.", "kh.ua"],
  ]);
});
