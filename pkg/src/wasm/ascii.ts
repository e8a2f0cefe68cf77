// Bytes from the text that build/ascii.mjs makes of them, which says why.

/** The codes of the characters, the two shifts first: the printable ones but for `"$'<\` and the backtick. */
const CODES = Array.from({ length: 95 }, (_, at) => 32 + at).filter((code) => ![34, 36, 39, 60, 92, 96].includes(code));
const PLAIN = CODES.length - 2;

export function fromAscii(text: string): Uint8Array<ArrayBuffer> {
  const all = Array.from({ length: 256 }, (_, byte) => byte);
  const order = [...all.filter((byte) => text[byte] === "1"), ...all.filter((byte) => text[byte] !== "1")];
  // By shift, then by character: 128 places for each shift.
  const table = new Uint8Array(3 * 128);
  order.forEach((byte, place) => (table[Math.floor(place / PLAIN) * 128 + CODES[2 + (place % PLAIN)]!] = byte));
  const bytes = new Uint8Array(text.length);
  let end = 0;
  let shift = 0;
  for (let at = 256; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 34) {
      shift = (code - 31) * 128;
    } else {
      bytes[end++] = table[shift + code]!;
      shift = 0;
    }
  }
  return bytes.subarray(0, end);
}
