// B1: a request of 100 accounts, bytes to bytes.

import assert from "node:assert/strict";
import { recotap } from "prewash";
import { push } from "../inputs.mjs";
import { measure } from "../measure.mjs";
import { peers } from "../peers/all.mjs";
import { plan } from "../plan.mjs";
import { fastest, kilobytes, times } from "../report.mjs";

const FLOOR = "JSON.stringify(JSON.parse(text))";
const READ = "Prewash, results read and written as bytes too";

export async function run({ samples }) {
  const bytes = push(100);
  const text = new TextDecoder().decode(bytes);
  const encoder = new TextEncoder();
  const { batch } = recotap.pushAccounts;
  const others = peers((library, clean) => {
    const check = library.account(clean);
    return () => plan(bytes, check);
  });
  agree(batch.plan(bytes), others);

  const medians = await measure(
    {
      Prewash: () => batch.plan(bytes).request.length,
      [READ]: () => {
        const { request, results } = batch.plan(bytes);
        return request.length + encoder.encode(JSON.stringify(results)).length;
      },
      [FLOOR]: () => JSON.stringify(JSON.parse(text)).length,
      ...others,
    },
    samples,
  );
  const best = fastest(medians, Object.keys(others));
  return [
    {
      row: "B1",
      what: `100 accounts, ${kilobytes(bytes.length)}: bytes in, bytes of the clean request and of the results out`,
      samples,
      lines: times(medians, { perSecond: bytes.length }),
      targets: [
        { of: "of the floor", measured: medians.Prewash / medians[FLOOR], most: 0.33 },
        { of: `times faster than ${best}`, measured: medians[best] / medians.Prewash, least: 5 },
      ],
    },
  ];
}

function agree(plan, others) {
  assert.ok(plan.ok);
  const parse = (bytes) => JSON.parse(new TextDecoder().decode(bytes));
  const request = parse(plan.request);
  assert.equal(request.accounts.length, 100);
  assert.equal(plan.items.flatMap(({ changes }) => changes).length, 67);
  for (const [name, other] of Object.entries(others)) {
    const told = other();
    assert.deepEqual(parse(told.request), request, name);
    assert.deepEqual(parse(told.results), plan.results, name);
  }
}
