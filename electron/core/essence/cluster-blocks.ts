import type { FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import type { BlockIndex } from './block-index.ts';
import { readElementHead, readUnsigned } from './ebml-values.ts';
import { readBlockHead } from './matroska-blocks.ts';
import { crc32Id } from './matroska-elements.ts';

/** A block as it lies in its cluster, head and all. */
export interface PlacedBlock {
  trackNumber: number;
  ticks: number;
  isKeyframe: boolean;
  payloadBytes: number;
  /** The whole SimpleBlock or BlockGroup. */
  bytes: Uint8Array;
}

/** One cluster with its whole blocks. */
export interface ReadCluster {
  offset: number;
  ticks: number;
  blocks: PlacedBlock[];
  /** Undefined for a cluster that is cut, or carries no CRC-32. */
  isCrcRight: boolean | undefined;
  bytes: Uint8Array;
}

const longestHeadBytes = 12;
/** Up to this much is read at once; where more lies before the next cluster, it may be no part of this one. */
const readAtOnceBytes = 8 << 20;
const ids = { timestamp: 0xe7, simpleBlock: 0xa3, blockGroup: 0xa0, block: 0xa1, reference: 0xfb };

/** Reads the cluster with this number in the index, as far as its blocks are whole. */
export async function readCluster(file: FileHandle, index: BlockIndex, number: number): Promise<ReadCluster> {
  const offset = index.clusters.at(number);
  const next = number + 1 < index.clusters.length ? index.clusters.at(number + 1) : index.endOffset;
  const there = Math.max(0, next - offset);
  let read = await readAt(file, offset, there > readAtOnceBytes ? longestHeadBytes : there);
  const head = readElementHead(read);
  if (typeof head === 'string') return { offset, ticks: 0, blocks: [], isCrcRight: undefined, bytes: read };
  // By its own size: what lies between it and the next one (a Void) may be of any length.
  const said = head.dataBytes === undefined ? next : offset + head.headBytes + head.dataBytes;
  const ownBytes = Math.min(said, index.endOffset) - offset;
  if (ownBytes > read.length) read = await readAt(file, offset, ownBytes);
  const bytes = read.subarray(0, ownBytes);
  const end = bytes.length;
  const isWhole = head.dataBytes !== undefined && head.headBytes + head.dataBytes <= bytes.length;
  let ticks = 0;
  let isCrcRight: boolean | undefined;
  const blocks: PlacedBlock[] = [];
  for (let at = head.headBytes; at < end; ) {
    const child = readElementHead(bytes.subarray(at));
    if (typeof child === 'string' || child.dataBytes === undefined) break;
    const childEnd = at + child.headBytes + child.dataBytes;
    if (childEnd > end) break;
    const data = bytes.subarray(at + child.headBytes, childEnd);
    if (child.id === crc32Id && isWhole) {
      isCrcRight = crc32(bytes.subarray(childEnd, end)) === readUnsigned(Uint8Array.from(data).reverse());
    } else if (child.id === ids.timestamp) {
      ticks = readUnsigned(data);
    } else if (child.id === ids.simpleBlock || child.id === ids.blockGroup) {
      const block = child.id === ids.simpleBlock ? simpleBlock(data) : groupedBlock(data);
      if (!block) break;
      blocks.push({ ...block, ticks: ticks + block.ticks, bytes: bytes.subarray(at, childEnd) });
    }
    at = childEnd;
  }
  return { offset, ticks, blocks, isCrcRight, bytes };
}

async function readAt(file: FileHandle, offset: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length);
  await file.read(bytes, 0, length, offset);
  return bytes;
}

function simpleBlock(data: Uint8Array): Omit<PlacedBlock, 'bytes'> | undefined {
  const head = readBlockHead(data);
  return (
    head && {
      trackNumber: head.trackNumber,
      ticks: head.relativeTicks,
      isKeyframe: head.keyframeFlag,
      payloadBytes: data.length - head.headBytes,
    }
  );
}

/** The Block of a group, which is a keyframe unless it names another (RFC 9559, 5.1.3.5). */
function groupedBlock(data: Uint8Array): Omit<PlacedBlock, 'bytes'> | undefined {
  let block: Omit<PlacedBlock, 'bytes'> | undefined;
  let isKeyframe = true;
  for (let at = 0; at < data.length; ) {
    const child = readElementHead(data.subarray(at));
    if (typeof child === 'string' || child.dataBytes === undefined) break;
    const end = at + child.headBytes + child.dataBytes;
    if (child.id === ids.block) block = simpleBlock(data.subarray(at + child.headBytes, end));
    if (child.id === ids.reference) isKeyframe = false;
    at = end;
  }
  return block && { ...block, isKeyframe };
}
