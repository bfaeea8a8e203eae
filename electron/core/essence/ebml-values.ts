/** The head of an EBML element: its id, the size of its data and the length of the head itself (RFC 8794, 4-6). */
export interface ElementHead {
  id: number;
  /** Undefined when the element has the reserved "unknown size". */
  dataBytes: number | undefined;
  headBytes: number;
}

/**
 * Reads an element head at `at` in `bytes`, which end at `end`. `'more'`: the head goes on behind that;
 * `'invalid'`: no element can begin with these bytes.
 */
export function readElementHead(
  bytes: Uint8Array,
  at = 0,
  end = bytes.length,
): ElementHead | 'more' | 'invalid' {
  if (at >= end) return 'more';
  const idBytes = vintLength(bytes[at]);
  if (idBytes === 0 || idBytes > 4) return 'invalid';
  if (at + idBytes + 1 > end) return 'more';
  const sizeBytes = vintLength(bytes[at + idBytes]);
  if (sizeBytes === 0) return 'invalid';
  if (at + idBytes + sizeBytes > end) return 'more';
  let id = 0;
  for (let index = 0; index < idBytes; index += 1) id = id * 256 + (bytes[at + index] ?? 0);
  const size = readVint(bytes, at + idBytes);
  return { id, dataBytes: size?.value, headBytes: idBytes + sizeBytes };
}

/**
 * The variable-size integer at `offset` (RFC 8794, 4): value undefined when all its data bits are ones.
 * Undefined when the bytes end before it or its first byte is 0.
 */
export function readVint(
  bytes: Uint8Array,
  offset: number,
): { value: number | undefined; length: number } | undefined {
  const first = bytes[offset];
  const length = vintLength(first);
  if (first === undefined || length === 0 || bytes.length < offset + length) return undefined;
  let value = first & (0xff >> length);
  let allOnes = value === 0xff >> length;
  for (let index = 1; index < length; index += 1) {
    const byte = bytes[offset + index] ?? 0;
    value = value * 256 + byte;
    allOnes &&= byte === 0xff;
  }
  return { value: allOnes ? undefined : value, length };
}

/** Unsigned big-endian integer of 0 to 8 bytes; exact up to 2^53. */
export function readUnsigned(bytes: Uint8Array): number {
  let value = 0;
  for (const byte of bytes) value = value * 256 + byte;
  return value;
}

/** The same bytes as decimal text: exact for 64-bit ids such as TrackUID. */
export function readUnsignedText(bytes: Uint8Array): string {
  let value = 0n;
  for (const byte of bytes) value = value * 256n + BigInt(byte);
  return value.toString();
}

/** IEEE float of 4 or 8 bytes, 0 for no bytes; undefined for another length. */
export function readFloat(bytes: Uint8Array): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length === 0) return 0;
  if (bytes.length === 4) return view.getFloat32(0);
  return bytes.length === 8 ? view.getFloat64(0) : undefined;
}

/** UTF-8 text up to the first NUL, which EBML allows as padding. */
export function readText(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}

function vintLength(first: number | undefined): number {
  return first ? Math.clz32(first) - 23 : 0;
}
