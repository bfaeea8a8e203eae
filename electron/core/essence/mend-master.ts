import { open } from 'node:fs/promises';
import type { BlockIndex, IndexedTrack } from './block-index.ts';
import { readCluster } from './cluster-blocks.ts';
import { masterWithCrc, uintElement } from './ebml-writer.ts';
import { clusterId } from './matroska-elements.ts';
import { mendedHead } from './mended-head.ts';

/** What makes a closed master of one that was cut off: its head anew, and all behind `keptBytes` anew. */
export interface Mend {
  /** As long as the head was. */
  head: Buffer;
  /** Up to here the file stays as it lies, but for its head. */
  keptBytes: number;
  /** The last clusters, without the blocks that are not kept, and the Cues. */
  end: Buffer;
  /** The clusters in front of the Cues: bytes of `end`. */
  clusterBytes: number;
}

/** How many blocks of picture, and of every track of sound (0: as many as there are), are kept. */
export interface KeptBlocks {
  frames: number;
  blocks: number;
}

const ids = {
  timestamp: 0xe7,
  cues: 0x1c53bb6b,
  cuePoint: 0xbb,
  cueTime: 0xb3,
  trackPositions: 0xb7,
  cueTrack: 0xf7,
  clusterPosition: 0xf1,
  relativePosition: 0xf0,
};
/** Clusters in which every track surely has a block. */
const lookBackClusters = 50;

/** Plans the mending of a master; nothing is written. Undefined where its head has no room for what is missing. */
export async function planMend(path: string, index: BlockIndex, kept: KeptBlocks): Promise<Mend | undefined> {
  await using file = await open(path, 'r');
  const limitOf = ({ type }: IndexedTrack): number => {
    if (type === 'video') return kept.frames;
    return type === 'audio' && kept.blocks > 0 ? kept.blocks : Number.POSITIVE_INFINITY;
  };
  const tracks = new Map(
    index.tracks.map((track) => [track.number, { limit: limitOf(track), seen: 0, ...ends(track) }]),
  );
  const first = await firstToRewrite(file, index, limitOf);
  const videoNumber = index.tracks.find(({ type }) => type === 'video')?.number ?? 0;

  const cues = createCues(videoNumber);
  const keyframes = index.keyframeTicks.length;
  for (let keyframe = 0; keyframe < keyframes; keyframe += 1) {
    const cluster = index.keyframeClusters.at(keyframe);
    if (cluster >= first) break;
    cues.add(
      index.keyframeTicks.at(keyframe),
      index.clusters.at(cluster) - index.segmentDataOffset,
      index.keyframePlaces.at(keyframe),
    );
  }

  const keptBytes = first < index.clusters.length ? index.clusters.at(first) : index.endOffset;
  const clusters: Buffer[] = [];
  let clusterBytes = 0;
  const start = Math.max(0, first - lookBackClusters);
  for (const state of tracks.values()) state.seen = state.track.before.at(start) || 0;
  for (let number = start; number < index.clusters.length; number += 1) {
    const read = await readCluster(file, index, number);
    const wanted = read.blocks.filter((block) => {
      const state = tracks.get(block.trackNumber);
      if (!state) return false;
      state.seen += 1;
      if (state.seen > state.limit) return false;
      state.stepTicks = state.lastTicks === undefined ? undefined : block.ticks - state.lastTicks;
      state.lastTicks = block.ticks;
      state.lastBytes = block.payloadBytes;
      return true;
    });
    if (number < first) continue;
    if (wanted.length === 0) {
      if ([...tracks.values()].every(({ seen, limit }) => seen >= limit)) break;
      continue;
    }
    const stamp = uintElement(ids.timestamp, read.ticks);
    // In front of the first block: the CRC-32 with its head, and the time.
    let place = 6 + stamp.length;
    for (const block of wanted) {
      const position = keptBytes - index.segmentDataOffset + clusterBytes;
      if (block.trackNumber === videoNumber && block.isKeyframe) cues.add(block.ticks, position, place);
      place += block.bytes.length;
    }
    const rebuilt = masterWithCrc(clusterId, [stamp, ...wanted.map(({ bytes }) => bytes)]);
    clusters.push(rebuilt);
    clusterBytes += rebuilt.length;
  }

  const cuesElement = cues.element();
  const cuesPosition = keptBytes - index.segmentDataOffset + clusterBytes;
  const tickS = index.timestampScaleNs / 1e9;
  const trackEndS = new Map<string, number>();
  let longestTicks = 0;
  for (const state of tracks.values()) {
    if (state.lastTicks === undefined) continue;
    const endTicks = state.lastTicks + lastDurationTicks(state, index.timestampScaleNs);
    longestTicks = Math.max(longestTicks, endTicks);
    if (state.track.uid !== undefined) trackEndS.set(state.track.uid, endTicks * tickS);
  }
  const head = mendedHead(index.head, index.segmentDataOffset, {
    segmentBytes: cuesPosition + cuesElement.length,
    durationTicks: Math.round(longestTicks),
    cuesPosition,
    trackEndS,
  });
  return head && { head, keptBytes, end: Buffer.concat([...clusters, cuesElement]), clusterBytes };
}

interface TrackEnd {
  track: IndexedTrack;
  lastTicks: number | undefined;
  stepTicks: number | undefined;
  lastBytes: number;
}

function ends(track: IndexedTrack): TrackEnd {
  return { track, lastTicks: undefined, stepTicks: undefined, lastBytes: 0 };
}

/** How long the last block of a track is: by its samples, its frame rate, or the step before it. */
function lastDurationTicks({ track, stepTicks, lastBytes }: TrackEnd, scaleNs: number): number {
  const { audio, codecId, defaultDurationNs } = track;
  if (audio?.bitDepth && codecId.startsWith('A_PCM/INT')) {
    const samples = lastBytes / ((audio.channels * audio.bitDepth) / 8);
    return (samples / audio.sampleRateHz) * (1e9 / scaleNs);
  }
  return defaultDurationNs === undefined ? (stepTicks ?? 0) : defaultDurationNs / scaleNs;
}

/** The first cluster that holds what is not kept, or is itself cut; the number of clusters where there is none. */
async function firstToRewrite(
  file: Parameters<typeof readCluster>[0],
  index: BlockIndex,
  limitOf: (track: IndexedTrack) => number,
): Promise<number> {
  const count = index.clusters.length;
  const holdsTooMuch = (cluster: number): boolean =>
    index.tracks.some((track) => {
      const behind = cluster + 1 < count ? track.before.at(cluster + 1) : track.blocks;
      return behind > limitOf(track);
    });
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holdsTooMuch(middle)) high = middle;
    else low = middle + 1;
  }
  if (low < count || count === 0) return low;
  const last = await readCluster(file, index, count - 1);
  return last.isCrcRight ? count : count - 1;
}

/** Cues for the keyframes of the picture, as ffmpeg writes them: cluster, and place in it. */
function createCues(trackNumber: number) {
  // Two hours have 180,000 of them: they are written into one piece of memory, not put together of many.
  let memory = Buffer.alloc(1 << 16);
  let length = 0;
  const track = uintElement(ids.cueTrack, trackNumber);

  function uint(id: number, value: number): void {
    const start = length + 2;
    let bytes = 1;
    for (let rest = Math.floor(value / 256); rest > 0; rest = Math.floor(rest / 256)) bytes += 1;
    memory[length] = id;
    memory[length + 1] = 0x80 | bytes;
    for (let at = start + bytes - 1, rest = value; at >= start; at -= 1, rest = Math.floor(rest / 256)) {
      memory[at] = rest % 256;
    }
    length = start + bytes;
  }

  return {
    add(ticks: number, clusterPosition: number, relativePosition: number): void {
      if (memory.length - length < 128) memory = Buffer.concat([memory, Buffer.alloc(memory.length)]);
      // Both masters are shorter than 127 bytes: a size of one byte, set when they are complete.
      const point = length;
      memory[point] = ids.cuePoint;
      length += 2;
      uint(ids.cueTime, ticks);
      const positions = length;
      memory[positions] = ids.trackPositions;
      length += 2;
      length += track.copy(memory, length);
      uint(ids.clusterPosition, clusterPosition);
      uint(ids.relativePosition, relativePosition);
      memory[positions + 1] = 0x80 | (length - positions - 2);
      memory[point + 1] = 0x80 | (length - point - 2);
    },
    element: () => masterWithCrc(ids.cues, [memory.subarray(0, length)]),
  };
}
