import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { Schema } from 'apache-arrow';
import { CompressionType } from 'apache-arrow/fb/compression-type';
import {
  BodyCompression,
  BufferRegion,
  FieldNode,
  Message,
  RecordBatch,
} from 'apache-arrow/ipc/metadata/message';

/** Ends a stream: a message of no length. Arrow columnar format, "IPC Streaming Format". */
export const endOfStream = Buffer.from(Int32Array.of(-1, 0).buffer);
/** A buffer that does not get smaller is kept as it is, under this length. */
const notCompressed = -1n;
const prefixBytes = 8;

/**
 * Memory for what comes out, and a byte more, or Node asks for a second piece. By itself it takes a much larger one for each call: a
 * fifth of the time that reading a column takes.
 */
const roomFor = (bytes: number): { chunkSize: number } => ({ chunkSize: Math.max(64, bytes + 1) });

const padded = (bytes: number): number => (bytes + 7) & ~7;

/** The first message of a stream. */
export function schemaMessage(schema: Schema): Buffer {
  return messageOf(Message.encode(Message.from(schema)), []);
}

/**
 * One record batch, each column compressed by itself (ZSTD), so that a reader of one column leaves the others alone. Written
 * by hand because Arrow's own writer (21.2) puts the compressed length where the format has the other one, which no
 * other reader accepts. Without ZSTD in this Node the columns are kept as they are.
 */
export function batchMessage(columns: readonly (Float32Array | Int32Array)[], rows: number): Buffer {
  const regions: BufferRegion[] = [];
  const body: Buffer[] = [];
  let offset = 0;
  const add = (bytes: Buffer): void => {
    regions.push(new BufferRegion(offset, bytes.length));
    const padding = Buffer.alloc(padded(bytes.length) - bytes.length);
    body.push(bytes, padding);
    offset += bytes.length + padding.length;
  };
  for (const column of columns) {
    // No column has a map of what is absent: that is NaN.
    regions.push(new BufferRegion(offset, 0));
    add(compressed(Buffer.from(column.buffer, column.byteOffset, rows * 4)));
  }
  const nodes = columns.map(() => new FieldNode(rows, 0));
  const header = new RecordBatch(rows, nodes, regions, new BodyCompression(CompressionType.ZSTD));
  return messageOf(Message.encode(Message.from(header, offset)), body);
}

function compressed(bytes: Buffer): Buffer {
  const smaller = zstdCompressSync(bytes, roomFor(bytes.length));
  const isSmaller = smaller.length < bytes.length;
  const prefix = Buffer.alloc(prefixBytes);
  prefix.writeBigInt64LE(isSmaller ? BigInt(bytes.length) : notCompressed);
  return Buffer.concat([prefix, isSmaller ? smaller : bytes]);
}

/** One column of a batch, out of its buffer, and for as long as that stays. `isCompressed`: as the batch says; stores of the first days are not. */
export function columnOf(buffer: Uint8Array, isCompressed: boolean): Float32Array {
  const bytes = isCompressed ? decompressed(buffer) : buffer;
  // Floats begin at a place that four divides: where these do not, a copy does.
  const { buffer: all, byteOffset, byteLength } = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
  return new Float32Array(all, byteOffset, byteLength / 4);
}

function decompressed(buffer: Uint8Array): Uint8Array {
  const length = new DataView(buffer.buffer, buffer.byteOffset).getBigInt64(0, true);
  const bytes = buffer.subarray(prefixBytes);
  return length === notCompressed ? bytes : zstdDecompressSync(bytes, roomFor(Number(length)));
}

function messageOf(metadata: Uint8Array, body: readonly Buffer[]): Buffer {
  const length = padded(metadata.length);
  const head = Buffer.alloc(prefixBytes);
  head.writeInt32LE(-1, 0);
  head.writeInt32LE(length, 4);
  return Buffer.concat([head, metadata, Buffer.alloc(length - metadata.length), ...body]);
}
