import { crc32 } from 'node:zlib';
import { crc32Id, voidId } from './matroska-elements.ts';

/** An element: id, size in as few bytes as it takes (or `sizeBytes`), data (RFC 8794, 5 and 6). */
export function element(id: number, data: Uint8Array, sizeBytes = vintBytes(data.length)): Buffer {
  return Buffer.concat([elementHead(id, data.length, sizeBytes), data]);
}

/** Id and size alone, for data that is written behind them. */
export function elementHead(id: number, dataBytes: number, sizeBytes = vintBytes(dataBytes)): Buffer {
  return Buffer.concat([idBytes(id), vint(dataBytes, sizeBytes)]);
}

/** An unsigned integer element, in as few bytes as the value takes (or `bytes`). */
export function uintElement(id: number, value: number, bytes = unsignedBytes(value)): Buffer {
  const data = Buffer.alloc(bytes);
  data.writeUIntBE(value % 2 ** 48, Math.max(0, bytes - 6), Math.min(6, bytes));
  if (bytes > 6) data.writeUIntBE(Math.floor(value / 2 ** 48), 0, bytes - 6);
  return element(id, data);
}

/** A float element of eight bytes. */
export function floatElement(id: number, value: number): Buffer {
  const data = Buffer.alloc(8);
  data.writeDoubleBE(value);
  return element(id, data);
}

/** A CRC-32 element over the data that follows it in its master (RFC 8794, 11.3.1: little endian). */
export function crcElement(following: readonly Uint8Array[]): Buffer {
  const data = Buffer.alloc(4);
  data.writeUInt32LE(following.reduce((sum, part) => crc32(part, sum), 0));
  return element(crc32Id, data);
}

/** A master element whose first child is the CRC-32 of the others. */
export function masterWithCrc(id: number, children: readonly Uint8Array[]): Buffer {
  return element(id, Buffer.concat([crcElement(children), ...children]));
}

/** A Void of exactly so many bytes, head included; at least two. */
export function voidElement(totalBytes: number): Buffer {
  const sizeBytes = totalBytes >= 10 ? 8 : 1;
  return element(voidId, Buffer.alloc(totalBytes - 1 - sizeBytes), sizeBytes);
}

/** A size as a variable-size integer of this many bytes. */
export function vint(value: number, bytes: number): Buffer {
  const data = Buffer.alloc(bytes);
  for (let index = bytes - 1, rest = value; index >= 0; index -= 1, rest = Math.floor(rest / 256)) {
    data[index] = rest % 256;
  }
  data[0] = (data[0] ?? 0) | (0x80 >> (bytes - 1));
  return data;
}

/** The least bytes for a size; all ones are reserved (RFC 8794, 6.2). */
function vintBytes(value: number): number {
  let bytes = 1;
  while (value >= 2 ** (7 * bytes) - 1) bytes += 1;
  return bytes;
}

function unsignedBytes(value: number): number {
  let bytes = 1;
  while (value >= 2 ** (8 * bytes)) bytes += 1;
  return bytes;
}

function idBytes(id: number): Buffer {
  const bytes = Buffer.alloc(unsignedBytes(id));
  bytes.writeUIntBE(id, 0, bytes.length);
  return bytes;
}
