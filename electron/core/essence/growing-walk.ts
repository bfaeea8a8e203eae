import { readElementHead, readUnsigned } from './ebml-values.ts';
import type { FramePlaces } from './frame-places.ts';
import { readBlockHead } from './matroska-blocks.ts';
import { clusterId, voidId } from './matroska-elements.ts';

const ids = { timestamp: 0xe7, simpleBlock: 0xa3, blockGroup: 0xa0 };
/** The head of an element, and that of the block in it or a cluster's whole time. */
export const elementBytes = 32;

/** How far a file that grows was walked. */
export interface GrowingWalk {
  trackNumber: number;
  /** So much of the file is there. */
  sizeBytes: number;
  /** The first byte that was not walked over. */
  offset: number;
  /** Frames were found before those in `places`. */
  isBegun: boolean;
  places: Pick<FramePlaces, 'ticks' | 'clusterOffsets' | 'placesInCluster'>;
}

/**
 * Walks over the clusters that are there whole. Yields places of the file, and is given the `elementBytes` bytes that lie there, fewer at its
 * end: whoever drives it reads them, at once or later. Throws RangeError where frames do not each stand for themselves.
 */
export function* walkClusters(walk: GrowingWalk): Generator<number, void, Uint8Array> {
  for (;;) {
    const element = readElementHead(yield walk.offset);
    if (typeof element === 'string' || element.dataBytes === undefined) return;
    const dataOffset = walk.offset + element.headBytes;
    const end = dataOffset + element.dataBytes;
    if (end > walk.sizeBytes) return;
    if (element.id === clusterId) yield* addWhole(walk, dataOffset, end);
    else if ((walk.isBegun || walk.places.ticks.length > 0) && element.id !== voidId) return;
    walk.offset = end;
  }
}

/** All frames of a cluster, or none: after a read that failed it is walked again from its beginning. */
function* addWhole(walk: GrowingWalk, dataOffset: number, end: number): Generator<number, void, Uint8Array> {
  const { ticks, clusterOffsets, placesInCluster } = walk.places;
  const before = ticks.length;
  try {
    yield* addCluster(walk, dataOffset, end);
  } catch (error) {
    for (const list of [ticks, clusterOffsets, placesInCluster]) list.truncate(before);
    throw error;
  }
}

function* addCluster(
  walk: GrowingWalk,
  dataOffset: number,
  end: number,
): Generator<number, void, Uint8Array> {
  const { places, trackNumber } = walk;
  let ticks = 0;
  for (let at = dataOffset; at < end; ) {
    const bytes = yield at;
    const child = readElementHead(bytes);
    if (typeof child === 'string' || child.dataBytes === undefined) throw uncounted(at);
    if (child.id === ids.blockGroup) throw uncounted(at);
    if (child.id === ids.timestamp) {
      ticks = readUnsigned(bytes.subarray(child.headBytes, child.headBytes + child.dataBytes));
    } else if (child.id === ids.simpleBlock) {
      const block = readBlockHead(bytes, child.headBytes);
      if (!block) throw uncounted(at);
      if (block.trackNumber === trackNumber) {
        if (!block.keyframeFlag || block.frames !== 1) throw uncounted(at);
        places.ticks.push(ticks + block.relativeTicks);
        places.clusterOffsets.push(walk.offset);
        places.placesInCluster.push(at - dataOffset);
      }
    }
    at += child.headBytes + child.dataBytes;
  }
}

function uncounted(offset: number): RangeError {
  return new RangeError(`the block at byte ${offset} is not a frame that stands for itself`);
}
