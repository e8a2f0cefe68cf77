// TextEncoder and TextDecoder, and what does for them in a page that has neither: jsdom, as Jest runs it.

/** As much of TextEncoder as is used here. */
class PlainEncoder {
  encode(text: string): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(text.length * 3);
    return bytes.slice(0, this.encodeInto(text, bytes).written);
  }

  encodeInto(text: string, target: Uint8Array): { read: number; written: number } {
    let read = 0;
    let written = 0;
    while (read < text.length) {
      let point = text.codePointAt(read) as number;
      const units = point > 0xffff ? 2 : 1;
      // Half a pair is replaced, as TextEncoder does.
      if (point >= 0xd800 && point < 0xe000) point = 0xfffd;
      const length = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      if (written + length > target.length) break;
      if (length === 1) target[written] = point;
      else {
        for (let at = length - 1; at > 0; at--, point >>>= 6) target[written + at] = 0x80 | (point & 0x3f);
        target[written] = ((0xf00 >> length) & 0xff) | point;
      }
      written += length;
      read += units;
    }
    return { read, written };
  }
}

/** As much of TextDecoder: bytes that are no UTF-8 are refused, if that is asked for, and else never come. */
class PlainDecoder {
  readonly #fatal: boolean;

  constructor(_label?: string, { fatal = false }: TextDecoderOptions = {}) {
    this.#fatal = fatal;
  }

  decode(bytes: Uint8Array = new Uint8Array(0)): string {
    let text = "";
    for (let at = 0; at < bytes.length; ) {
      const first = bytes[at++] as number;
      const more = first < 0xc0 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
      let point = more === 0 ? first : first & (0x3f >> more);
      for (let left = more; left > 0; left--) point = (point << 6) | ((bytes[at++] as number) & 0x3f);
      text += String.fromCodePoint(point);
    }
    if (this.#fatal && new PlainEncoder().encode(text).join() !== bytes.join()) throw new TypeError("not UTF-8");
    return text;
  }
}

type Encode = new () => Pick<TextEncoder, "encode" | "encodeInto">;
type Decode = new (label: string, options: TextDecoderOptions) => { decode(bytes?: Uint8Array): string };

/** Exported for tests. @internal */
export const plain = { Encoder: PlainEncoder, Decoder: PlainDecoder };

export const Encoder: Encode = typeof TextEncoder !== "undefined" ? TextEncoder : (PlainEncoder as Encode);
export const Decoder: Decode = typeof TextDecoder !== "undefined" ? TextDecoder : (PlainDecoder as Decode);
