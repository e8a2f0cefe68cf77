// B2 and B3: one contact, as a form or a service has it: an object.

import assert from "node:assert/strict";
import { monaco } from "prewash";
import { contacts, wrongContacts } from "../inputs.mjs";
import { measure } from "../measure.mjs";
import { peers } from "../peers/all.mjs";
import { fastest, times } from "../report.mjs";

/** So many that nothing can be remembered from one call to the next. */
const COUNT = 64;

export async function run({ samples }) {
  const { body } = monaco.upsertContact;
  const contenders = { Prewash: (contact) => body.check(contact), ...peers((library, clean) => library.contact(clean)) };
  const good = contacts(COUNT);
  const wrong = wrongContacts(COUNT);
  agree(contenders, good, wrong);

  const [, ...others] = Object.keys(contenders);
  const cleaned = await measure(over(contenders, good, ({ value }) => value.domain.length + value.email.length), samples);
  const refused = await measure(over(contenders, wrong, said), samples);
  const best = fastest(cleaned, others);
  const next = fastest(refused, others);
  const zod = fastest(refused, others.filter((name) => name.startsWith("zod")));
  return [
    {
      row: "B2",
      what: "a contact with 11 fields and two custom ones, four of them to be cleaned: object in, object out",
      samples,
      lines: times(cleaned),
      targets: [{ of: `of ${best}`, measured: cleaned.Prewash / cleaned[best], most: 0.6 }],
    },
    {
      row: "B3",
      what: "the same with five things wrong, each told with path and message",
      samples,
      lines: times(refused),
      targets: [
        { of: `times faster than ${zod}`, measured: refused[zod] / refused.Prewash, least: 5 },
        { of: `times faster than ${next}`, measured: refused[next] / refused.Prewash, least: 1 },
      ],
    },
  ];
}

/** Each contender with the next input at each call, what it gives being read. */
function over(contenders, inputs, read) {
  return Object.fromEntries(
    Object.entries(contenders).map(([name, contender]) => {
      let at = 0;
      return [name, () => read(contender(inputs[at++ % COUNT]))];
    }),
  );
}

function said({ issues }) {
  let length = 0;
  for (const { path, message } of issues) length += path.length + message.length;
  return length;
}

function agree(contenders, good, wrong) {
  const before = structuredClone({ good, wrong });
  const told = (contact) => contenders.Prewash(contact);
  const paths = ({ issues }) => Array.from(issues, ({ path }) => path.join("/")).sort();
  for (const [name, contender] of Object.entries(contenders)) {
    for (const contact of good) assert.deepEqual(contender(contact).value, told(contact).value, name);
    for (const contact of wrong) {
      assert.deepEqual(paths(contender(contact)), ["account_id", "do_not_contact", "domain", "email", "linkedin_url"], name);
    }
    assert.deepEqual({ good, wrong }, before, `${name} leaves its input alone`);
  }
}
