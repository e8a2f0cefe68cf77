// Bodies, whole and by line, and no more of them in memory than is allowed.

/**
 * The bytes of a body. Of one that is too large, only as many as show that it is: the schema's own
 * `maxBytes` then refuses it.
 *
 * @param {Request} request
 * @param {number} maxBytes
 * @returns {Promise<Uint8Array>}
 */
export async function bodyOf(request, maxBytes) {
  const parts = [];
  let size = 0;
  for await (const part of request.body ?? []) {
    parts.push(part);
    size += part.length;
    if (size > maxBytes) break;
  }
  return joined(parts);
}

/**
 * The lines of a body, as they come; empty ones are left out. Of one that is too long, only as many
 * bytes as show that it is.
 *
 * @param {Request} request
 * @param {number} maxBytes
 * @returns {AsyncGenerator<Uint8Array>}
 */
export async function* linesOf(request, maxBytes) {
  let parts = [];
  let size = 0;
  const add = (part) => {
    if (size <= maxBytes) parts.push(part);
    size += part.length;
  };
  const line = () => {
    const bytes = joined(parts).subarray(0, maxBytes + 1);
    parts = [];
    size = 0;
    return bytes;
  };
  for await (const part of request.body ?? []) {
    let from = 0;
    for (let to; (to = part.indexOf(10, from)) >= 0; from = to + 1) {
      add(part.subarray(from, to));
      const bytes = line();
      if (!isBlank(bytes)) yield bytes;
    }
    add(part.subarray(from));
  }
  const last = line();
  if (!isBlank(last)) yield last;
}

function joined(parts) {
  const bytes = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Nothing but white space, as JSON has it. */
function isBlank(bytes) {
  return bytes.every((byte) => byte === 32 || byte === 9 || byte === 13);
}
