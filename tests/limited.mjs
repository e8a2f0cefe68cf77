// A trap that is none of a rule's: memory that runs out.

/** A module whose memory may grow by so many pages of 64 KiB and no further: as where there is no more. */
export function limited(wasm, pages) {
  const number = (at) => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = wasm[at++];
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return [value, at];
    }
  };
  const encoded = (value) => (value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...encoded(value >>> 7)]);
  for (let at = 8; at < wasm.length; ) {
    const id = wasm[at];
    const [length, start] = number(at + 1);
    if (id === 5) {
      const [least] = number(start + 2);
      const body = [1, 1, ...encoded(least), ...encoded(least + pages)];
      return Buffer.concat([wasm.subarray(0, at), Buffer.from([5, ...encoded(body.length), ...body]), wasm.subarray(start + length)]);
    }
    at = start + length;
  }
  throw new Error("there is no memory in it");
}
