import { type FileHandle, open } from 'node:fs/promises';
import { emptyPlaces, type FramePlaces } from './frame-places.ts';
import { elementBytes, type GrowingWalk, walkClusters } from './growing-walk.ts';
import { readMasterHead } from './master-head.ts';
import { walkApart } from './walk-apart.ts';

/** Places of the frames of a master that is still being written. */
export interface GrowingPlaces extends FramePlaces {
  /** Frames whose place is known. */
  readonly frames: number;
  /** Takes what has been written since. */
  readOn(): Promise<void>;
}

/** Half a minute of SD: what was written since then is walked in a tenth of a second, and is hardly ever out of memory. */
const farFromBytes = 256e6;

/**
 * Finds the frames of a Matroska file that grows by whole clusters, once, as they come: of each block only its head is read, and
 * what was read is not read again. A cluster counts when all of it is there. Undefined where not even the head of the file is there.
 * Throws the system's error, and RangeError for a file whose frames do not each stand for themselves or are not counted that way.
 * @param farFrom from so many bytes on a thread walks.
 */
export async function openGrowingPlaces(
  path: string,
  farFrom = farFromBytes,
): Promise<GrowingPlaces | undefined> {
  const head = await withFile(path, readMasterHead);
  if (!head) return undefined;
  const places = emptyPlaces(head);
  const walk: GrowingWalk = {
    trackNumber: places.trackNumber,
    sizeBytes: 0,
    offset: head.segmentDataOffset,
    isBegun: false,
    places,
  };
  let reading: Promise<void> | undefined;

  async function walkOn(file: FileHandle): Promise<void> {
    const { size } = await file.stat();
    if (size - walk.offset >= farFrom) await walkApart(path, walk);
    walk.sizeBytes = (await file.stat()).size;
    const bytes = Buffer.alloc(elementBytes);
    const walking = walkClusters(walk);
    for (let next = walking.next(); !next.done; ) {
      const reading = file.read(bytes, 0, elementBytes, next.value);
      // Told to the walk too, which takes back what it had of the cluster.
      const { bytesRead } = await reading.catch((error: unknown) => walking.throw(error) as never);
      next = walking.next(bytes.subarray(0, bytesRead));
    }
  }

  return {
    ...places,
    get frames() {
      return places.ticks.length;
    },
    readOn() {
      reading ??= withFile(path, walkOn).finally(() => {
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
