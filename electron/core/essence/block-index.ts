import { open } from 'node:fs/promises';
import { readElementHead, readUnsigned } from './ebml-values.ts';
import { createMatroskaScanner } from './matroska.ts';
import { readBlockHead } from './matroska-blocks.ts';
import { clusterId, segmentId, voidId } from './matroska-elements.ts';
import type { TrackFacts } from './matroska-facts.ts';
import { createOffsetList, type OffsetList } from './offset-list.ts';
import { openReadWindow, type ReadWindow } from './read-window.ts';

/** One track of a master that was never closed. */
export interface IndexedTrack
  extends Pick<TrackFacts, 'number' | 'uid' | 'type' | 'codecId' | 'defaultDurationNs' | 'audio'> {
  /** Whole blocks, in the order of the file. */
  blocks: number;
  /** Blocks that lie before each cluster. */
  before: OffsetList;
}

/** Where the blocks of a master lie. */
export interface BlockIndex {
  sizeBytes: number;
  /** All before the first cluster. */
  head: Buffer;
  segmentDataOffset: number;
  timestampScaleNs: number;
  tracks: IndexedTrack[];
  clusters: OffsetList;
  /** Keyframes of the picture: time, number of the cluster, and place in its data. */
  keyframeTicks: OffsetList;
  keyframeClusters: OffsetList;
  keyframePlaces: OffsetList;
  /** Number, among the blocks of the picture, of each keyframe. */
  keyframeBlocks: OffsetList;
  /** Behind the last whole block: a cut block, bytes that are no cluster, or the end of the file. */
  endOffset: number;
  /** True when bytes that are no block follow in the last cluster: of what lies there none can be trusted. */
  isTorn: boolean;
}

const blockIds = { timestamp: 0xe7, simpleBlock: 0xa3, blockGroup: 0xa0, block: 0xa1, reference: 0xfb };
/** More than any head of a master takes. */
const headAtMost = 1 << 20;
/** Enough for the head of an element and of the block in it. */
const elementBytes = 32;

/**
 * Finds every whole block of a Matroska file whose end was never written, without reading their payload where jumping over it is
 * cheaper. Ends where the file ends or is no Matroska any more. Undefined when not even one track and one cluster are there.
 */
export async function indexBlocks(path: string): Promise<BlockIndex | undefined> {
  await using file = await open(path, 'r');
  const { size } = await file.stat();
  const window = openReadWindow(file, size);
  const head = await readHead(window);
  if (!head) return undefined;
  const index: BlockIndex = {
    sizeBytes: size,
    ...head,
    clusters: createOffsetList(),
    keyframeTicks: createOffsetList(),
    keyframeClusters: createOffsetList(),
    keyframePlaces: createOffsetList(),
    keyframeBlocks: createOffsetList(),
    endOffset: head.head.length,
    isTorn: false,
  };
  const byNumber = new Map(index.tracks.map((track) => [track.number, track]));
  const video = index.tracks.find(({ type }) => type === 'video');
  let offset = head.head.length;
  for (;;) {
    let clusterPlace = window.placeOf(offset, elementBytes);
    if (clusterPlace < 0) clusterPlace = await loaded(window, offset);
    const cluster = readElementHead(window.memory, clusterPlace, window.memoryEnd);
    if (typeof cluster === 'string') return index;
    const dataOffset = offset + cluster.headBytes;
    const dataEnd = dataOffset + (cluster.dataBytes ?? Number.POSITIVE_INFINITY);
    if (cluster.id === voidId && dataEnd <= size) {
      offset = dataEnd;
      continue;
    }
    if (cluster.id !== clusterId) return index;
    index.clusters.push(offset);
    for (const track of index.tracks) track.before.push(track.blocks);
    let ticks = 0;
    let at = dataOffset;
    while (at < dataEnd) {
      let place = window.placeOf(at, elementBytes);
      if (place < 0) place = await loaded(window, at);
      const child = readElementHead(window.memory, place, window.memoryEnd);
      if (child === 'more') return index;
      if (child === 'invalid' || child.dataBytes === undefined) return torn();
      const end = at + child.headBytes + child.dataBytes;
      if (end > size) return index;
      if (end > dataEnd) return torn();
      if (child.id === blockIds.timestamp) {
        const from = place + child.headBytes;
        ticks = readUnsigned(window.memory.subarray(from, from + child.dataBytes));
      } else if (child.id === blockIds.simpleBlock) {
        const block = readBlockHead(window.memory, place + child.headBytes, window.memoryEnd);
        if (!block || !addBlock(block.trackNumber, ticks + block.relativeTicks, block.keyframeFlag))
          return torn();
      } else if (child.id === blockIds.blockGroup) {
        const group = await readGroup(window, at + child.headBytes, end);
        if (!group || !addBlock(group.trackNumber, ticks + group.relativeTicks, group.isKeyframe))
          return torn();
      }
      at = end;
      index.endOffset = end;
    }
    offset = at;

    function torn(): typeof index {
      index.isTorn = true;
      return index;
    }

    function addBlock(trackNumber: number, blockTicks: number, isKeyframe: boolean): boolean {
      const track = byNumber.get(trackNumber);
      if (!track) return false;
      if (track === video && isKeyframe) {
        index.keyframeTicks.push(blockTicks);
        index.keyframeClusters.push(index.clusters.length - 1);
        index.keyframePlaces.push(at - dataOffset);
        index.keyframeBlocks.push(track.blocks);
      }
      track.blocks += 1;
      return true;
    }
  }
}

/** The place in memory of an element that had to be loaded first; behind all that is there at the end of the file. */
async function loaded(window: ReadWindow, offset: number): Promise<number> {
  await window.load(offset, elementBytes);
  const place = window.placeOf(offset, elementBytes);
  return place < 0 ? window.memoryEnd : place;
}

/** The Block of a group, which is a keyframe unless it names another (RFC 9559, 5.1.3.5). */
async function readGroup(window: ReadWindow, from: number, end: number) {
  let block: ReturnType<typeof readBlockHead>;
  let isKeyframe = true;
  for (let at = from; at < end; ) {
    let place = window.placeOf(at, elementBytes);
    if (place < 0) place = await loaded(window, at);
    const child = readElementHead(window.memory, place, window.memoryEnd);
    if (typeof child === 'string' || child.dataBytes === undefined) return undefined;
    if (child.id === blockIds.block)
      block = readBlockHead(window.memory, place + child.headBytes, window.memoryEnd);
    if (child.id === blockIds.reference) isKeyframe = false;
    at += child.headBytes + child.dataBytes;
  }
  return block && { ...block, isKeyframe };
}

/** Everything in front of the first cluster; undefined when the file ends before that or is no Matroska. */
async function readHead(window: ReadWindow) {
  await window.load(0, Math.min(headAtMost, window.sizeBytes));
  const place = Math.max(0, window.placeOf(0, elementBytes));
  const bytes = window.memory.subarray(place, window.memoryEnd);
  const ebml = readElementHead(bytes);
  if (typeof ebml === 'string' || ebml.id !== 0x1a45dfa3 || ebml.dataBytes === undefined) return undefined;
  const segmentOffset = ebml.headBytes + ebml.dataBytes;
  const segment = readElementHead(bytes.subarray(segmentOffset));
  if (typeof segment === 'string' || segment.id !== segmentId) return undefined;
  const segmentDataOffset = segmentOffset + segment.headBytes;
  let at = segmentDataOffset;
  for (;;) {
    const child = readElementHead(bytes.subarray(at));
    if (typeof child === 'string') return undefined;
    if (child.id === clusterId) break;
    if (child.dataBytes === undefined || at + child.headBytes + child.dataBytes > bytes.length)
      return undefined;
    at += child.headBytes + child.dataBytes;
  }
  const head = Buffer.from(bytes.subarray(0, at));
  const scanner = createMatroskaScanner();
  scanner.write(head);
  const facts = scanner.end();
  if (!facts.tracks.some(({ type }) => type === 'video')) return undefined;
  const tracks: IndexedTrack[] = facts.tracks.map((track) => ({
    ...track,
    blocks: 0,
    before: createOffsetList(),
  }));
  return { head, segmentDataOffset, timestampScaleNs: facts.info.timestampScaleNs, tracks };
}
