// B4: domains, one by one and as a list.

import assert from "node:assert/strict";
import { cleanDomain, cleanDomains } from "prewash";
import * as cleaning from "../cleaning.mjs";
import { domains } from "../inputs.mjs";
import { measure } from "../measure.mjs";
import { times } from "../report.mjs";

const COUNT = 10_000;
const HOST = "new URL(text).hostname, which cleans nothing";
const BOTH = "tldts + URL";

export async function run({ samples }) {
  const list = domains(COUNT);
  const ways = { URL: cleaning.url.domain, tldts: cleaning.tldts.domain, [BOTH]: cleaning.both.domain };
  agree(list, ways);

  const addresses = list.filter((text) => text.startsWith("https:"));
  const next = (clean) => {
    let at = 0;
    return () => clean(addresses[at++ % addresses.length]).length;
  };
  const one = await measure(
    {
      Prewash: next((text) => cleanDomain(text).value),
      [HOST]: next((text) => new URL(text).hostname),
      ...Object.fromEntries(Object.entries(ways).map(([name, clean]) => [name, next(clean)])),
    },
    samples,
  );
  const all = await measure(
    {
      Prewash: () => length(cleanDomains(list).map((result) => result.value)),
      ...Object.fromEntries(Object.entries(ways).map(([name, clean]) => [name, () => length(list.map((text) => clean(text)))])),
    },
    samples,
  );
  return [
    {
      row: "B4 one",
      what: "one domain, pasted as `https://www.Acme-1.com/foo?x=1`",
      samples,
      lines: times(one),
      targets: [{ of: "of new URL", measured: one.Prewash / one[HOST], most: 1 }],
    },
    {
      row: "B4 list",
      what: `a list of ${COUNT.toLocaleString("en")} domains, two thirds of them addresses, one in fifty no domain`,
      samples,
      lines: times(all),
      targets: [
        {
          ...{ of: "million a second", measured: COUNT / all.Prewash * 1e3, least: 5 },
          or: { of: `times faster than ${BOTH}`, measured: all[BOTH] / all.Prewash, least: 5 },
        },
      ],
    },
  ];
}

/** Reads every text there is. */
function length(texts) {
  let sum = 0;
  for (const text of texts) sum += text === undefined ? 0 : text.length;
  return sum;
}

function agree(list, ways) {
  const expected = cleanDomains(list).map((result) => result.value);
  assert.equal(expected.filter((value) => value === undefined).length, list.length / 50);
  assert.deepEqual(list.map((text) => cleanDomain(text).value), expected);
  for (const [name, clean] of Object.entries(ways)) assert.deepEqual(list.map((text) => clean(text)), expected, name);
}
