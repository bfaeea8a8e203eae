import { type FileHandle, open } from 'node:fs/promises';
import { readElementHead, readUnsigned } from './ebml-values.ts';
import { emptyPlaces, type FramePlaces } from './frame-places.ts';
import { createHeadReader, type HeadReader } from './head-reader.ts';
import { readMasterHead } from './master-head.ts';
import { readBlockHead } from './matroska-blocks.ts';
import { clusterId, voidId } from './matroska-elements.ts';

/** Places of the frames of a master that is still being written. */
export interface GrowingPlaces extends FramePlaces {
  /** Frames whose place is known. */
  readonly frames: number;
  /** Takes what has been written since. */
  readOn(): Promise<void>;
}

const ids = { timestamp: 0xe7, simpleBlock: 0xa3, blockGroup: 0xa0 };

/**
 * Finds the frames of a Matroska file that grows by whole clusters, once, as they come: of each block only its head is read, and
 * what was read is not read again. A cluster counts when all of it is there. Undefined where not even the head of the file is there.
 * Throws the system's error, and RangeError for a file whose frames do not each stand for themselves or are not counted that way.
 */
export async function openGrowingPlaces(path: string): Promise<GrowingPlaces | undefined> {
  let offset = 0;
  const head = await withFile(path, readMasterHead);
  if (!head) return undefined;
  offset = head.segmentDataOffset;
  const places = emptyPlaces(head);
  let reading: Promise<void> | undefined;

  async function walk(file: FileHandle): Promise<void> {
    const { size } = await file.stat();
    const headAt = createHeadReader(file);
    for (;;) {
      const element = readElementHead(await headAt(offset));
      if (typeof element === 'string' || element.dataBytes === undefined) return;
      const end = offset + element.headBytes + element.dataBytes;
      if (end > size) return;
      if (element.id === clusterId) await addWhole(headAt, offset + element.headBytes, end);
      else if (places.ticks.length > 0 && element.id !== voidId) return;
      offset = end;
    }
  }

  /** All frames of a cluster, or none: after a read that failed it is read again from its beginning. */
  async function addWhole(headAt: HeadReader, dataOffset: number, end: number): Promise<void> {
    const before = places.ticks.length;
    try {
      await addCluster(headAt, dataOffset, end);
    } catch (error) {
      for (const list of [places.ticks, places.clusterOffsets, places.placesInCluster]) list.truncate(before);
      throw error;
    }
  }

  async function addCluster(headAt: HeadReader, dataOffset: number, end: number): Promise<void> {
    let ticks = 0;
    for (let at = dataOffset; at < end; ) {
      const head = headAt(at);
      const bytes = head instanceof Promise ? await head : head;
      const child = readElementHead(bytes);
      if (typeof child === 'string' || child.dataBytes === undefined) throw uncounted(at);
      if (child.id === ids.blockGroup) throw uncounted(at);
      if (child.id === ids.timestamp) {
        ticks = readUnsigned(bytes.subarray(child.headBytes, child.headBytes + child.dataBytes));
      } else if (child.id === ids.simpleBlock) {
        const block = readBlockHead(bytes, child.headBytes);
        if (!block) throw uncounted(at);
        if (block.trackNumber === places.trackNumber) {
          if (!block.keyframeFlag || block.frames !== 1) throw uncounted(at);
          places.ticks.push(ticks + block.relativeTicks);
          places.clusterOffsets.push(offset);
          places.placesInCluster.push(at - dataOffset);
        }
      }
      at += child.headBytes + child.dataBytes;
    }
  }

  return {
    ...places,
    get frames() {
      return places.ticks.length;
    },
    readOn() {
      reading ??= withFile(path, walk).finally(() => {
        reading = undefined;
      });
      return reading;
    },
  };
}

async function withFile<Result>(path: string, work: (file: FileHandle) => Promise<Result>): Promise<Result> {
  await using file = await open(path, 'r');
  return await work(file);
}

function uncounted(offset: number): RangeError {
  return new RangeError(`the block at byte ${offset} is not a frame that stands for itself`);
}
