// Bytes as printable text that the network compresses. pkg/src/wasm/ascii.ts reads it.
//
// Not base64: it hides from gzip and brotli where one byte ends and the next begins. And not
// compressed by the build: what inflates it would have to come along, and brotli, which nearly every
// browser gets, makes a sixth less of the module itself than of a deflated one.
//
// A page gets what a byte is by its place among the 256, the frequent ones first: the first 87 are one
// character, the others a shift and a character. No character is one that a string in JavaScript or
// a script in HTML would have to escape, whichever quotes a minifier likes.

/** 89 characters: two shifts and 87 others. */
const CHARACTERS = Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at)).filter((one) => !"\"'`\\$<".includes(one));
const [FIRST, SECOND, ...PLAIN] = CHARACTERS;

/** The text: for each of the 256 bytes whether it is frequent, as `1` or `0`; then the bytes. */
export function ascii(bytes) {
  const count = new Uint32Array(256);
  for (const byte of bytes) count[byte] += 1;
  const all = [...count.keys()];
  const frequent = new Set(all.toSorted((a, b) => count[b] - count[a]).slice(0, PLAIN.length));
  const order = [...all.filter((byte) => frequent.has(byte)), ...all.filter((byte) => !frequent.has(byte))];
  const written = [];
  order.forEach((byte, place) => {
    const shift = ["", FIRST, SECOND][Math.floor(place / PLAIN.length)];
    written[byte] = shift + PLAIN[place % PLAIN.length];
  });
  return all.map((byte) => (frequent.has(byte) ? 1 : 0)).join("") + Array.from(bytes, (byte) => written[byte]).join("");
}
