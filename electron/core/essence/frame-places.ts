import type { MasterHead } from './master-head.ts';
import { createOffsetList, type OffsetList } from './offset-list.ts';

/** Where each frame of a file lies in which every frame stands for itself. */
export interface FramePlaces {
  /** The picture's TrackEntry, head and all: what a decoder has to know. */
  trackEntry: Buffer;
  trackNumber: number;
  timestampScaleNs: number;
  frames: number;
  /** Per frame: its time, the cluster it is in, and its place from the start of that cluster's data. */
  ticks: OffsetList;
  clusterOffsets: OffsetList;
  placesInCluster: OffsetList;
}

/** None yet. */
export function emptyPlaces({
  trackEntry,
  trackNumber,
  timestampScaleNs,
}: MasterHead): Omit<FramePlaces, 'frames'> {
  return {
    ...{ trackEntry, trackNumber, timestampScaleNs },
    ticks: createOffsetList(),
    clusterOffsets: createOffsetList(),
    placesInCluster: createOffsetList(),
  };
}
