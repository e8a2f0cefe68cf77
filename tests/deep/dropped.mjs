// Schemas that are compiled, used once and dropped; run by soak.test.mjs in a process of its own, with
// `--expose-gc`. What is held for them goes between tasks, after they were collected.

import { setImmediate } from "node:timers/promises";
import { memories } from "./memories.mjs";

const { schema } = await import("prewash");
const [count, early] = process.argv.slice(2).map(Number);

/** One of a few hundred that differ in size and in what they hold. */
const document = (number) => ({
  type: "object",
  required: ["k1"],
  properties: Object.fromEntries(Array.from({ length: 10 + (number % 23) }, (_, at) => [`k${at}`, { type: "string", format: "domain", maxLength: 20 + (number % 100) }])),
  anyOf: [{ required: ["k1"] }, { properties: { k2: { pattern: `^[a-z]{1,${1 + (number % 20)}}$` } } }],
});

let first;
for (let number = 1; number <= count; number++) {
  const result = schema(document(number)).with({ strict: true }).check({ k1: "WWW.acme.com" });
  if (!result.ok || result.value.k1 !== "acme.com") throw new Error(JSON.stringify(result));
  if (number % 100 === 0) await setImmediate();
  if (number % 1000 === 0) await collected();
  if (number === early) first = held();
}
await collected();
console.log(JSON.stringify({ first, last: held() }));

async function collected() {
  for (let times = 0; times < 3; times++) {
    globalThis.gc();
    await setImmediate();
  }
}

function held() {
  return { heapUsed: process.memoryUsage().heapUsed, wasm: memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0) };
}
