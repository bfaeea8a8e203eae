import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { elementBytes, walkClusters } from './growing-walk.ts';
import { createOffsetList } from './offset-list.ts';
import type { WalkedFar, WalkingOrder } from './walk-apart.ts';

/** The thread that walks far: it waits for the disk as long as that takes, and says what it found when it is through. */
const { path, trackNumber, offset, isBegun } = workerData as WalkingOrder;
const file = openSync(path, 'r');
try {
  const [ticks, clusterOffsets, placesInCluster] = [
    createOffsetList(),
    createOffsetList(),
    createOffsetList(),
  ];
  const places = { ticks, clusterOffsets, placesInCluster };
  const walk = { trackNumber, sizeBytes: fstatSync(file).size, offset, isBegun, places };
  const bytes = Buffer.alloc(elementBytes);
  const walking = walkClusters(walk);
  for (let next = walking.next(); !next.done; ) {
    next = walking.next(bytes.subarray(0, readSync(file, bytes, 0, elementBytes, next.value)));
  }
  const found: WalkedFar = {
    offset: walk.offset,
    ticks: ticks.values(),
    clusterOffsets: clusterOffsets.values(),
    placesInCluster: placesInCluster.values(),
  };
  parentPort?.postMessage(found);
} finally {
  closeSync(file);
}
