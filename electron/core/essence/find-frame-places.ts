import { open } from 'node:fs/promises';
import { indexBlocks } from './block-index.ts';
import { placesByCues } from './cue-places.ts';
import { emptyPlaces, type FramePlaces } from './frame-places.ts';
import { type MasterHead, readMasterHead } from './master-head.ts';

/**
 * Finds the frames of a Matroska file without reading them: by its Cues where they have one for each of the `frames` that are known
 * to be in it, else by walking over its blocks. Undefined for what is no Matroska, or has frames that need others.
 */
export async function findFramePlaces(
  path: string,
  frames: number | undefined,
): Promise<FramePlaces | undefined> {
  await using file = await open(path, 'r');
  const head = await readMasterHead(file);
  if (!head) return undefined;
  const byCues = frames === undefined ? undefined : await placesByCues(file, head, frames);
  return byCues ?? (await placesByBlocks(path, head));
}

/** By the heads of all blocks, as far as the file is whole. */
async function placesByBlocks(path: string, head: MasterHead): Promise<FramePlaces | undefined> {
  const index = await indexBlocks(path);
  const video = index?.tracks.find(({ number }) => number === head.trackNumber);
  if (!index || !video || video.blocks === 0 || index.keyframeTicks.length !== video.blocks) return undefined;
  const places = emptyPlaces(head);
  for (let frame = 0; frame < video.blocks; frame += 1) {
    places.ticks.push(index.keyframeTicks.at(frame));
    places.clusterOffsets.push(index.clusters.at(index.keyframeClusters.at(frame)));
    places.placesInCluster.push(index.keyframePlaces.at(frame));
  }
  return { ...places, frames: video.blocks };
}
