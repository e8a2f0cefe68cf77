// UTF-8 where the runtime has no TextEncoder: the same as by those that have one.

import assert from "node:assert/strict";
import { test } from "node:test";
import { internal } from "./internal.mjs";
import { random } from "./random.mjs";

const { plain } = await internal('export { plain } from "./utf8.js";');
const next = random(3);
const UNITS = [0, 0x41, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xd800, 0xdbff, 0xdc00, 0xdfff, 0xe000, 0xfeff, 0xffff];
const texts = ["", "acme", "münchen", "日本", "😀", ...Array.from({ length: 500 }, () => String.fromCharCode(...Array.from({ length: next(9) }, () => UNITS[next(UNITS.length)])))];

test("texts are written as TextEncoder writes them, as far as there is room", () => {
  const [own, host] = [new plain.Encoder(), new TextEncoder()];
  for (const text of texts) {
    assert.deepEqual(own.encode(text), host.encode(text));
    for (const room of [0, 1, 2, 3, 5, 30]) {
      const [mine, theirs] = [new Uint8Array(room), new Uint8Array(room)];
      assert.deepEqual(own.encodeInto(text, mine), host.encodeInto(text, theirs));
      assert.deepEqual(mine, theirs);
    }
  }
});

test("UTF-8 is read as TextDecoder reads it, and nothing else where that is asked for", () => {
  const options = { ignoreBOM: true, fatal: true };
  const [own, host] = [plain.Decoder, TextDecoder].map((Decoder) => (bytes) => {
    try {
      return new Decoder("utf-8", options).decode(bytes);
    } catch {
      return undefined;
    }
  });
  for (const text of texts) assert.equal(own(new TextEncoder().encode(text)), text.toWellFormed?.() ?? new TextDecoder("utf-8", options).decode(new TextEncoder().encode(text)));
  for (let count = 0; count < 2000; count++) {
    const bytes = Uint8Array.from({ length: 1 + next(5) }, () => [0x41, 0x80, 0xbf, 0xc0, 0xc3, 0xe2, 0x82, 0xed, 0xa0, 0xf0, 0x9f, 0xf4, 0xff][next(13)]);
    assert.equal(own(bytes), host(bytes), String(bytes));
  }
});
