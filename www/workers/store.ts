// Bytes that are kept until they are saved: the browser may put what is large on the disk.

/** So many bytes are handed over to the browser at once. */
const ENOUGH = 2 << 20;

const encoder = new TextEncoder();

/** Appended to, and read again in pieces. */
export class Store {
  #blobs: { blob: Blob; start: number }[] = [];
  readonly #buffer = new Uint8Array(ENOUGH);
  #used = 0;
  #start = 0;

  /** How many bytes there are. */
  get length(): number {
    return this.#start + this.#used;
  }

  /** Appends bytes, of which it takes a copy. */
  add(bytes: Uint8Array): void {
    if (this.#used + bytes.length > ENOUGH) this.#hand();
    if (bytes.length > ENOUGH) {
      this.#keep(bytes);
      return;
    }
    this.#buffer.set(bytes, this.#used);
    this.#used += bytes.length;
  }

  /** Appends a text as UTF-8. */
  addText(text: string): void {
    // A unit of UTF-16 is at most three bytes.
    if (text.length * 3 > ENOUGH - this.#used) this.#hand();
    if (text.length * 3 > ENOUGH) this.add(encoder.encode(text));
    else this.#used += encoder.encodeInto(text, this.#buffer.subarray(this.#used)).written;
  }

  /** The text from one byte to another. */
  async text(from: number, to: number): Promise<string> {
    if (to > this.#start) this.#hand();
    const parts = this.#blobs
      .filter(({ blob, start }) => start < to && start + blob.size > from)
      .map(({ blob, start }) => blob.slice(Math.max(0, from - start), to - start));
    return await new Blob(parts).text();
  }

  /** All of it. */
  blob(type: string): Blob {
    this.#hand();
    return new Blob(this.#blobs.map(({ blob }) => blob), { type });
  }

  #hand(): void {
    if (this.#used === 0) return;
    const bytes = this.#buffer.subarray(0, this.#used);
    this.#used = 0;
    this.#keep(bytes);
  }

  #keep(bytes: Uint8Array): void {
    this.#blobs.push({ blob: new Blob([bytes as Uint8Array<ArrayBuffer>]), start: this.#start });
    this.#start += bytes.length;
  }
}

/** Numbers without end. */
export class Numbers {
  #numbers = new Float64Array(4096);
  length = 0;

  push(number: number): void {
    if (this.length === this.#numbers.length) {
      const more = new Float64Array(this.length * 2);
      more.set(this.#numbers);
      this.#numbers = more;
    }
    this.#numbers[this.length++] = number;
  }

  at(index: number): number {
    return this.#numbers[index] as number;
  }
}
