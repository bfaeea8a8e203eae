import type { FileHandle } from 'node:fs/promises';
import { childIn, numberIn } from './ebml-children.ts';
import { readElementHead } from './ebml-values.ts';
import type { FramePlaces } from './frame-places.ts';
import { readBlockHead } from './matroska-blocks.ts';
import { clusterId } from './matroska-elements.ts';

const ids = { timestamp: 0xe7, simpleBlock: 0xa3, blockGroup: 0xa0, block: 0xa1 };
/** Enough for the head of a cluster, its CRC-32, its time and what else stands before its first block. */
const clusterStartBytes = 64;
/** So near to the head of its cluster a frame is read along with it: that costs less than a second read. */
const nearBytes = 32 * 1024;
const blockHeadBytes = 32;
/** An id of four bytes and a size of one at least. */
const shortestClusterHeadBytes = 5;

/**
 * The coded bytes of one frame. Undefined where a block of this track and this time is not at its place, or not whole: the file is
 * damaged there, and what lies there must not be taken for the frame.
 * @param memory is read into, and has to be left alone as long as the answer is used. Where all of the frame has room in it (and what
 * stands around it: `roomFor`), the file is read once.
 */
export async function readFrameBlock(
  file: FileHandle,
  places: FramePlaces,
  frame: number,
  memory: Buffer = Buffer.allocUnsafe(roomFor(0)),
): Promise<Buffer | undefined> {
  const clusterOffset = places.clusterOffsets.at(frame);
  const place = places.placesInCluster.at(frame);
  const nearOffset = clusterOffset + shortestClusterHeadBytes + place;
  const [start, near] = await readBoth(file, memory, clusterOffset, nearOffset);
  const cluster = readElementHead(start);
  if (typeof cluster === 'string' || cluster.id !== clusterId) return undefined;
  const clusterTicks = numberIn(start.subarray(cluster.headBytes), ids.timestamp);
  const offset = clusterOffset + cluster.headBytes + place;
  const begun = near.subarray(offset - nearOffset);
  const head = readElementHead(begun);
  if (clusterTicks === undefined || typeof head === 'string' || head.dataBytes === undefined)
    return undefined;
  const isRead = begun.length >= head.headBytes + head.dataBytes;
  const bytes = isRead
    ? begun.subarray(head.headBytes, head.headBytes + head.dataBytes)
    : await readAt(file, offset + head.headBytes, Buffer.allocUnsafe(head.dataBytes));
  if (bytes.length < head.dataBytes) return undefined;
  const block =
    head.id === ids.simpleBlock ? bytes : head.id === ids.blockGroup ? childIn(bytes, ids.block) : undefined;
  const blockHead = block && readBlockHead(block);
  if (blockHead?.trackNumber !== places.trackNumber || blockHead.frames !== 1) return undefined;
  if (clusterTicks + blockHead.relativeTicks !== places.ticks.at(frame)) return undefined;
  return block?.subarray(blockHead.headBytes);
}

/** Bytes of memory in which a block of so many bytes is read at once. */
export function roomFor(blockBytes: number): number {
  return clusterStartBytes + nearBytes + blockHeadBytes + blockBytes;
}

/** The head of a cluster, and what lies from a place of it on. */
async function readBoth(
  file: FileHandle,
  memory: Buffer,
  clusterOffset: number,
  nearOffset: number,
): Promise<[Buffer, Buffer]> {
  const distance = nearOffset - clusterOffset;
  if (distance <= nearBytes) {
    const bytes = await readAt(file, clusterOffset, memory);
    return [bytes.subarray(0, clusterStartBytes), bytes.subarray(distance)];
  }
  return Promise.all([
    readAt(file, clusterOffset, memory.subarray(0, clusterStartBytes)),
    readAt(file, nearOffset, memory.subarray(clusterStartBytes)),
  ]);
}

async function readAt(file: FileHandle, offset: number, memory: Buffer): Promise<Buffer> {
  const { bytesRead } = await file.read(memory, 0, memory.length, offset);
  return memory.subarray(0, bytesRead);
}
