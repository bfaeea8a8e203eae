/** Reads NUT's numbers out of bytes. Beyond the end it gives zeros and says so (`isShort`). */
export interface NutCursor {
  position: number;
  /** Of the bytes, in all. */
  readonly length: number;
  readonly isShort: boolean;
  has(length: number): boolean;
  byte(): number | undefined;
  /** Seven bits a byte, the highest first. */
  number(): number;
  /** 0, 1, -1, 2, -2, … as 0, 1, 2, 3, 4, … */
  signed(): number;
  text(length: number): string;
  bytes(length: number): Uint8Array;
  skip(length: number): boolean;
}

export function nutCursor(bytes: Uint8Array, from: number): NutCursor {
  let isShort = false;
  const cursor: NutCursor = {
    position: from,
    length: bytes.length,
    get isShort() {
      return isShort;
    },
    has(length) {
      return cursor.position + length <= bytes.length;
    },
    byte() {
      const value = bytes[cursor.position];
      if (value === undefined) isShort = true;
      else cursor.position++;
      return value;
    },
    number() {
      let value = 0;
      for (;;) {
        const byte = cursor.byte();
        if (byte === undefined) return 0;
        // Times of long tapes in microseconds pass 32 bits: no bit shifts.
        value = value * 128 + (byte & 127);
        if (byte < 128) return value;
      }
    },
    signed() {
      const coded = cursor.number() + 1;
      return coded % 2 === 1 ? -(coded - 1) / 2 : coded / 2;
    },
    text(length) {
      return String.fromCharCode(...cursor.bytes(length));
    },
    bytes(length) {
      const piece = bytes.slice(cursor.position, cursor.position + length);
      cursor.skip(length);
      return piece;
    },
    skip(length) {
      if (!cursor.has(length)) isShort = true;
      cursor.position = Math.min(bytes.length, cursor.position + length);
      return !isShort;
    },
  };
  return cursor;
}
