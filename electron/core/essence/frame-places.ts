import { type FileHandle, open } from 'node:fs/promises';
import { indexBlocks } from './block-index.ts';
import { childrenOf, numberIn } from './ebml-children.ts';
import { readElementHead } from './ebml-values.ts';
import { segmentId } from './matroska-elements.ts';
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

const ids = {
  ebml: 0x1a45dfa3,
  seekHead: 0x114d9b74,
  seek: 0x4dbb,
  seekId: 0x53ab,
  seekPosition: 0x53ac,
  info: 0x1549a966,
  timestampScale: 0x2ad7b1,
  tracks: 0x1654ae6b,
  trackEntry: 0xae,
  trackNumber: 0xd7,
  trackType: 0x83,
  cues: 0x1c53bb6b,
  cuePoint: 0xbb,
  cueTime: 0xb3,
  cueTrackPositions: 0xb7,
  cueTrack: 0xf7,
  cueClusterPosition: 0xf1,
  cueRelativePosition: 0xf0,
};
const videoTrackType = 1;
const headAtMost = 1 << 20;
/** Ten hours of NTSC with a cue a frame take a tenth of it. */
const cuesAtMost = 256 << 20;

/**
 * Finds the frames of a Matroska file without reading them: by its Cues where they have one for each of the `frames` that are known
 * to be in it, else by walking over its blocks. Undefined for what is no Matroska, or has frames that need others.
 */
export async function findFramePlaces(
  path: string,
  frames: number | undefined,
): Promise<FramePlaces | undefined> {
  await using file = await open(path, 'r');
  const head = await readHead(file);
  if (!head) return undefined;
  const byCues = frames === undefined ? undefined : await placesByCues(file, head, frames);
  return byCues ?? (await placesByBlocks(path, head));
}

interface Head {
  segmentDataOffset: number;
  trackEntry: Buffer;
  trackNumber: number;
  timestampScaleNs: number;
  cuesOffset: number | undefined;
}

async function readHead(file: FileHandle): Promise<Head | undefined> {
  const bytes = Buffer.alloc(headAtMost);
  const { bytesRead } = await file.read(bytes, 0, bytes.length, 0);
  const read = bytes.subarray(0, bytesRead);
  const ebml = readElementHead(read);
  if (typeof ebml === 'string' || ebml.id !== ids.ebml || ebml.dataBytes === undefined) return undefined;
  const segmentOffset = ebml.headBytes + ebml.dataBytes;
  const segment = readElementHead(read.subarray(segmentOffset));
  if (typeof segment === 'string' || segment.id !== segmentId) return undefined;
  const segmentDataOffset = segmentOffset + segment.headBytes;
  let [cuesOffset, timestampScaleNs] = [undefined as number | undefined, 1_000_000];
  let video: { entry: Buffer; number: number } | undefined;
  for (const { id, data } of childrenOf(read.subarray(segmentDataOffset))) {
    if (id === ids.seekHead) cuesOffset = cuesPosition(data);
    else if (id === ids.info) timestampScaleNs = numberIn(data, ids.timestampScale) ?? timestampScaleNs;
    else if (id === ids.tracks) video = videoTrack(data);
  }
  return (
    video && {
      segmentDataOffset,
      trackEntry: Buffer.from(video.entry),
      trackNumber: video.number,
      timestampScaleNs,
      cuesOffset: cuesOffset === undefined ? undefined : segmentDataOffset + cuesOffset,
    }
  );
}

function cuesPosition(seekHead: Buffer): number | undefined {
  for (const { data } of childrenOf(seekHead)) {
    if (numberIn(data, ids.seekId) === ids.cues) return numberIn(data, ids.seekPosition);
  }
  return undefined;
}

function videoTrack(tracks: Buffer): { entry: Buffer; number: number } | undefined {
  for (const { id, data, whole } of childrenOf(tracks)) {
    if (id !== ids.trackEntry || numberIn(data, ids.trackType) !== videoTrackType) continue;
    return { entry: whole, number: numberIn(data, ids.trackNumber) ?? 0 };
  }
  return undefined;
}

/** By the index, which is a thousandth of the file. It counts only where it has each frame, in order, to the byte. */
async function placesByCues(file: FileHandle, head: Head, frames: number): Promise<FramePlaces | undefined> {
  if (head.cuesOffset === undefined) return undefined;
  const start = Buffer.alloc(12);
  await file.read(start, 0, start.length, head.cuesOffset);
  const cues = readElementHead(start);
  if (typeof cues === 'string' || cues.id !== ids.cues || (cues.dataBytes ?? cuesAtMost) >= cuesAtMost)
    return undefined;
  const bytes = Buffer.alloc(cues.dataBytes ?? 0);
  const { bytesRead } = await file.read(bytes, 0, bytes.length, head.cuesOffset + cues.headBytes);
  if (bytesRead < bytes.length) return undefined;
  const places = emptyPlaces(head);
  for (const { id, data } of childrenOf(bytes)) {
    if (id !== ids.cuePoint) continue;
    const ticks = numberIn(data, ids.cueTime) ?? Number.NaN;
    for (const position of childrenOf(data)) {
      if (position.id !== ids.cueTrackPositions) continue;
      if (numberIn(position.data, ids.cueTrack) !== head.trackNumber) continue;
      const cluster = numberIn(position.data, ids.cueClusterPosition);
      const place = numberIn(position.data, ids.cueRelativePosition);
      const last = places.ticks.length - 1;
      if (cluster === undefined || place === undefined) return undefined;
      if (last >= 0 && !(ticks > places.ticks.at(last))) return undefined;
      places.ticks.push(ticks);
      places.clusterOffsets.push(head.segmentDataOffset + cluster);
      places.placesInCluster.push(place);
    }
  }
  return places.ticks.length === frames ? { ...places, frames } : undefined;
}

/** By the heads of all blocks, as far as the file is whole. */
async function placesByBlocks(path: string, head: Head): Promise<FramePlaces | undefined> {
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

function emptyPlaces({ trackEntry, trackNumber, timestampScaleNs }: Head): Omit<FramePlaces, 'frames'> {
  return {
    ...{ trackEntry, trackNumber, timestampScaleNs },
    ticks: createOffsetList(),
    clusterOffsets: createOffsetList(),
    placesInCluster: createOffsetList(),
  };
}
