// Buffers that are used again and again: what is left to the garbage collector stays for long, since
// it does not see how large it is.

/** What a chunk, and what comes of it, fit in as a rule, in bytes. */
export const ROOM = 1 << 19;

/** Buffers that are free. */
export class Rooms {
  readonly #free: ArrayBuffer[] = [];

  /** A buffer of at least that many bytes; what is in it may be anything. */
  take(length = ROOM): Uint8Array<ArrayBuffer> {
    return new Uint8Array((length <= ROOM && this.#free.pop()) || new ArrayBuffer(Math.max(length, ROOM)));
  }

  /** A copy of bytes. */
  readonly copy = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => {
    if (bytes.length === 0) return new Uint8Array(0);
    const room = this.take(bytes.length);
    room.set(bytes);
    return room.subarray(0, bytes.length);
  };

  /** Takes a buffer back. */
  free(buffer: ArrayBuffer): void {
    if (buffer.byteLength === ROOM) this.#free.push(buffer);
  }

  /** Gives all away, for another thread. */
  empty(): ArrayBuffer[] {
    return this.#free.splice(0);
  }
}
