import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { GrowingWalk } from './growing-walk.ts';

/** What a walking thread begins with. */
export interface WalkingOrder extends Pick<GrowingWalk, 'trackNumber' | 'offset' | 'isBegun'> {
  path: string;
}

/** What it found: of each frame the same as in FramePlaces. */
export interface WalkedFar {
  /** The first byte that was not walked over. */
  offset: number;
  ticks: Float64Array;
  clusterOffsets: Float64Array;
  placesInCluster: Float64Array;
}

/**
 * Walks over all that is in a file in a thread. An hour has some 200,000 heads: read here one by one they take ten seconds, and read on the
 * spot each that has left the memory holds everything up for as long as the disk takes. Throws the system's error, and RangeError.
 */
export async function walkApart(path: string, walk: GrowingWalk): Promise<void> {
  const { trackNumber, offset, isBegun, places } = walk;
  const order: WalkingOrder = { path, trackNumber, offset, isBegun: isBegun || places.ticks.length > 0 };
  const worker = new Worker(threadUrl(), { workerData: order });
  const walked = Promise.withResolvers<WalkedFar>();
  worker.on('message', walked.resolve);
  worker.on('error', walked.reject);
  worker.on('exit', (code) => walked.reject(new Error(`The walking thread ended with code ${code}.`)));
  const found = await walked.promise;
  for (const list of ['ticks', 'clusterOffsets', 'placesInCluster'] as const) {
    for (const value of found[list]) places[list].push(value);
    // Of ten hours a list takes some milliseconds.
    await nextTurn();
  }
  walk.offset = found.offset;
}

/** From source a file beside this one; in a bundle, where all code lies in one folder, an entry of its own. */
function threadUrl(): URL {
  const isSource = import.meta.url.endsWith('.ts');
  return new URL(isSource ? './walking-thread.ts' : './walking-thread.js', import.meta.url);
}
