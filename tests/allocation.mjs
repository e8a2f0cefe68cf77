// A million calls, of every kind, and what they leave behind; run by allocation.test.mjs in a process
// of its own, with `--expose-gc`. Prints two measurements as JSON: early and at the end.

import { setImmediate } from "node:timers/promises";
import { internal } from "./internal.mjs";

/** The glue, with its memory, and the number of handles that were given and not taken back. */
const WATCHED = `
  import { glue as real } from "real:#glue";
  export function glue() {
    const glue = real();
    const watch = (name, change) => ({ [name]: (...args) => ((watched.handles += change), (watched[name] += 1), glue[name](...args)) });
    globalThis.watched = { handles: 0, compile: 0, with_options: 0, known: 0, release: 0, release_known: 0 };
    return {
      ...glue,
      begin: (...started) => (watched.memory = glue.begin(...started)),
      ...watch("compile", 1),
      ...watch("with_options", 1),
      ...watch("known", 1),
      ...watch("release", -1),
      ...watch("release_known", -1),
    };
  }
`;

const { cleanDomain, cleanDomains, monaco, recotap, schema } = await internal(`export * from "./index.js";`, { "#glue": WATCHED });

const UUID = "3c90c3cc-0d44-4b50-8888-8dd25736052a";
const { body } = monaco.upsertContact;
const { batch } = recotap.pushAccounts;

const contact = (at) => ({
  email: `Jane.${at}@ACME.com`,
  linkedin_url: `https://www.linkedin.com/in/jane-${at}/details/`,
  first_name: "Jane ",
  account_id: UUID,
  domain: `https://www.Acme-${at}.com/foo?x=${at}`,
  tags: [UUID, UUID.toUpperCase()],
  [`custom_field_${UUID}`]: at,
});
const wrong = (at) => ({ ...contact(at), email: `jane.${at}`, account_id: at, domain: `localhost-${at}`, [`unknown_${at}`]: "é", when: new Date(0) });

/** One call; which kind, its number tells. */
function call(at) {
  if (at % 5000 === 0) return schema({ type: "object", properties: { a: { type: "string", maxLength: at } } }).check({ a: "x" });
  if (at % 1000 === 0) return body.with({ strict: at % 2000 === 0, customFields: [{ key: UUID, label: `Field ${at}` }] }).check(wrong(at));
  if (at % 1000 === 1) return batch.plan({ accounts: [{ domain: `acme-${at}.com`, name: "A" }, { domain: "localhost", name: " B" }] }, { existing: [`acme-${at}.com`] }).items;
  if (at % 1000 === 2) return [...batch.plans([{ domain: "a.com", name: "A" }], { segment: null })];
  if (at % 1000 === 3) return batch.plan(JSON.stringify({ accounts: [{ domain: "www.a.com", name: "A" }] }));
  if (at % 100_000 === 4) return body.check({ domain: "acme.com", notes: "x".repeat(2 << 20) });
  switch (at % 10) {
    case 0:
    case 1:
    case 2:
      return body.check(contact(at));
    case 3:
      return at % 20 === 3 ? body.check(wrong(at)) : body.check({ ...wrong(at), when: 0 });
    case 4:
      return body.checkText(JSON.stringify(contact(at)));
    case 5:
      return body.checkText(Buffer.from(`{"domain":"www.acme-${at}.com","linkedin_url":"x"}`));
    case 6:
      return body.checkField("domain", at % 20 === 6 ? "localhost" : `www.acme-${at}.com`);
    case 7:
      return cleanDomains([`www.acme-${at}.com`, `ACME-${at}.de`, "localhost"]);
    default:
      return cleanDomain(at % 20 === 8 ? `https://www.münchen-${at}.de` : `www.acme-${at}.com`);
  }
}

async function run(from, to) {
  for (let at = from; at < to; at++) {
    call(at);
    // What is dropped is released between tasks.
    if (at % 10_000 === 0) await setImmediate();
  }
}

/** What is held after everything that can go has gone. */
async function held() {
  for (let times = 0; times < 5; times++) {
    globalThis.gc();
    await setImmediate();
  }
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  const { memory, ...handles } = globalThis.watched;
  return { heapUsed, external, arrayBuffers, memory: memory.buffer.byteLength, ...handles };
}

await run(0, 100_000);
const early = await held();
await run(100_000, 1_000_000);
console.log(JSON.stringify({ early, late: await held() }));
