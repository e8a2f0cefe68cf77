// B6 and the schemas of a user's own: JSON Schema from text, against ajv.

import assert from "node:assert/strict";
import { openapi, schema } from "prewash";
import * as inputs from "../inputs.mjs";
import { measure } from "../measure.mjs";
import { instance } from "../peers/ajv.mjs";
import { kilobytes, times } from "../report.mjs";

const FIRST = "ajv, first error only";

export async function run({ samples }) {
  return [
    await operation(samples),
    ...(await documents(samples, "small", inputs.leadSchema(), inputs.lead(), inputs.wrongLead())),
    ...(await documents(samples, "large", inputs.dealsSchema(), inputs.deals(inputs.DEALS), inputs.wrongDeals(inputs.DEALS))),
  ];
}

/** B6: the body of an operation of an OpenAPI document. */
async function operation(samples) {
  const document = inputs.dealsApi();
  const text = inputs.deals(inputs.DEALS);
  const bytes = new TextEncoder().encode(text);
  const { body } = openapi(document).pushDeals;
  const ajv = (options) => instance(options).addSchema(JSON.parse(document), "api").compile({ $ref: "api#/components/schemas/Deals" });
  const [every, first] = [ajv(), ajv({ allErrors: false })];
  fine(body.checkText(text), text);
  assert.ok(every(JSON.parse(text)) && first(JSON.parse(text)));
  const medians = await measure(
    {
      Prewash: () => body.checkText(text).ok,
      "Prewash, from bytes": () => body.checkText(bytes).ok,
      "JSON.parse + ajv": () => every(JSON.parse(text)),
      [`JSON.parse + ${FIRST}`]: () => first(JSON.parse(text)),
      "JSON.parse alone": () => JSON.parse(text),
    },
    samples,
  );
  const what = `a body of ${kilobytes(text.length)} by a user's OpenAPI document of ${kilobytes(document.length)}, from text`;
  const measured = medians.Prewash / Math.min(medians["JSON.parse + ajv"], medians[`JSON.parse + ${FIRST}`]);
  return { row: "B6", what, samples, lines: times(medians), targets: [{ of: "of JSON.parse + ajv", measured, most: 1 }] };
}

/** Compiling a schema, and checking a document that fits and one that does not. */
async function documents(samples, size, document, good, wrong) {
  const ajv = instance();
  const own = schema(document);
  const theirs = ajv.compile(JSON.parse(document));
  fine(own.checkText(good), good);
  assert.ok(theirs(JSON.parse(good)));
  assert.ok(!theirs(JSON.parse(wrong)));
  assert.deepEqual(own.checkText(wrong).issues.map(({ pointer }) => pointer).sort(), theirs.errors.map(place).sort());

  const row = (what, medians) => ({ row: `schemas ${size}`, what, samples, lines: times(medians) });
  const compiled = await measure(
    {
      Prewash: () => schema(document),
      ajv: () => {
        const parsed = JSON.parse(document);
        const compiled = ajv.compile(parsed);
        ajv.removeSchema(parsed);
        return compiled;
      },
    },
    samples,
  );
  const fits = await measure({ Prewash: () => own.checkText(good).ok, "JSON.parse + ajv": () => theirs(JSON.parse(good)) }, samples);
  const refused = await measure(
    {
      Prewash: () => said(own.checkText(wrong).issues),
      "JSON.parse + ajv": () => {
        theirs(JSON.parse(wrong));
        return said(theirs.errors);
      },
    },
    samples,
  );
  return [
    row(`compiling a schema of ${kilobytes(document.length)}`, compiled),
    row(`a document of ${kilobytes(good.length)} that fits it`, fits),
    row(`one of ${kilobytes(wrong.length)} with ${theirs.errors.length} mistakes, all told`, refused),
  ];
}

function fine({ json, issues, changes }, text) {
  assert.deepEqual({ issues, changes }, { issues: [], changes: [] });
  assert.ok(json === text);
}

function said(issues) {
  let length = 0;
  for (const { message } of issues) length += message.length;
  return length;
}

/** Where Prewash says it: ajv names the object around a key that is missing or too many. */
function place({ instancePath, params }) {
  const key = params.missingProperty ?? params.additionalProperty;
  return key === undefined ? instancePath : `${instancePath}/${key}`;
}
