import { type FileHandle, open } from 'node:fs/promises';
import type { BlockIndex } from '#core/essence/block-index.ts';
import { readCluster } from '#core/essence/cluster-blocks.ts';
import { parseFrameHashRow } from '#core/essence/frame-hashes.ts';
import { isReordered } from '#core/essence/matroska-blocks.ts';
import { frameHashOutput } from '#core/ffmpeg/audio-hash.ts';
import { runTool } from '#core/ffmpeg/run.ts';
import type { HashListSummary } from './hash-list.ts';
import type { RecorderRecord } from './recorder-record.ts';
import type { Cut, Packets } from './recovery-cut.ts';

/** Frames at the end that are decoded at once; everything is decoded again by the follower before the seal. */
const provedTailFrames = 50;
/** A minute of clusters: no system leaves written bytes in memory for longer, so nothing before it can be torn by a power cut. */
const checkedClusters = 1500;
/** Of which this much is enough: half a minute of noise in standard definition. */
const checkedBytes = 512 << 20;
/** Clusters that are read at once: the next are on their way while one is looked through. */
const readAtOnce = 8;

/** Whole packets of an index. */
export function packetsOf({ tracks }: BlockIndex): Packets {
  const audio = tracks.filter(({ type }) => type === 'audio').map(({ blocks }) => blocks);
  return {
    video: tracks.find(({ type }) => type === 'video')?.blocks ?? 0,
    audio: audio.length > 0 ? Math.min(...audio) : undefined,
  };
}

/**
 * Ends an index in front of the first cluster of the last minute whose bytes do not fit its CRC-32: a power cut may leave holes
 * in what had not reached the disk.
 */
export async function endIndexAtDamage(path: string, index: BlockIndex): Promise<void> {
  const number = await firstDamaged(path, index);
  if (number === undefined) return;
  const { clusters } = index;
  index.endOffset = clusters.at(number);
  for (const track of index.tracks) {
    track.blocks = track.before.at(number);
    track.before.truncate(number);
  }
  const keyframes = index.keyframeClusters.values().findIndex((cluster) => cluster >= number);
  if (keyframes >= 0) {
    const { keyframeTicks, keyframeClusters, keyframePlaces, keyframeBlocks } = index;
    for (const list of [keyframeTicks, keyframeClusters, keyframePlaces, keyframeBlocks])
      list.truncate(keyframes);
  }
  clusters.truncate(number);
}

async function firstDamaged(path: string, index: BlockIndex): Promise<number | undefined> {
  await using file = await open(path, 'r');
  const count = index.clusters.length;
  for (let from = firstToCheck(index); from < count; from += readAtOnce) {
    const numbers = Array.from({ length: Math.min(readAtOnce, count - from) }, (_, at) => from + at);
    const damaged = await Promise.all(
      numbers.map(async (number) => {
        const isTorn = index.isTorn && number === count - 1;
        return isTorn || (await readCluster(file, index, number)).isCrcRight === false;
      }),
    );
    if (damaged.includes(true)) return from + damaged.indexOf(true);
  }
  return undefined;
}

function firstToCheck({ clusters, endOffset }: BlockIndex): number {
  let number = Math.max(0, clusters.length - checkedClusters);
  while (number < clusters.length - 1 && endOffset - clusters.at(number) > checkedBytes) number += 1;
  return number;
}

/** How many frames from the start may be kept: all, or up to the first of the tail that decodes to something else. */
export async function provedFrames(
  path: string,
  index: BlockIndex,
  record: RecorderRecord,
  hashes: HashListSummary,
  { frames }: Cut,
  { ffmpegPath }: { ffmpegPath: string },
): Promise<number> {
  const pixelFormat =
    record.essence === 'copy' ? record.video.pixelFormat : record.profile.master.pixelFormat;
  const video = index.tracks.find(({ type }) => type === 'video');
  if (!video) return 0;
  const start = keyframeBefore(index, frames - provedTailFrames);
  const firstOfTail = (hashes.rows[0] ?? 0) - (hashes.tails[0]?.length ?? 0);
  await using file = await open(path, 'r');
  const decoded = await runTool(
    ffmpegPath,
    [
      ...['-hide_banner', '-v', 'error', '-f', 'matroska', '-i', 'pipe:0', '-map', '0:v:0'],
      ...frameHashOutput('pipe:1', pixelFormat),
    ],
    { input: tailOf(file, index, start.cluster) },
  );
  const text = decoded.reason === 'finished' ? decoded.stdout.toString('latin1') : '';
  const rows = text.split('\n').flatMap((line) => parseFrameHashRow(line) ?? []);
  if (rows.length === 0) return frames - 1;
  // A stream that was cut into has pictures that nothing can decode: there the end is what is counted from.
  const first = isReordered(video.codecId) ? video.blocks - rows.length : start.block;
  for (const [at, { hash }] of rows.entries()) {
    if (first + at >= frames) return frames;
    const captured = hashes.tails[0]?.[first + at - firstOfTail];
    if (captured && captured.hash !== hash) return first + at;
  }
  return Math.min(frames, first + rows.length);
}

/** The last keyframe at or before this frame: its number and its cluster. */
function keyframeBefore(index: BlockIndex, frame: number): { block: number; cluster: number } {
  let low = 0;
  for (let high = index.keyframeBlocks.length - 1; low < high; ) {
    const middle = (low + high + 1) >> 1;
    if (index.keyframeBlocks.at(middle) <= frame) low = middle;
    else high = middle - 1;
  }
  const cluster = index.keyframeClusters.at(low) || 0;
  const video = index.tracks.find(({ type }) => type === 'video');
  return { block: video?.before.at(cluster) || 0, cluster };
}

/** The head and the clusters from this one on, as a file of their own. */
async function* tailOf(file: FileHandle, index: BlockIndex, cluster: number): AsyncGenerator<Uint8Array> {
  yield index.head;
  for (let offset = index.clusters.at(cluster); offset < index.endOffset; ) {
    const bytes = Buffer.alloc(Math.min(1 << 20, index.endOffset - offset));
    const { bytesRead } = await file.read(bytes, 0, bytes.length, offset);
    if (bytesRead === 0) return;
    yield bytes.subarray(0, bytesRead);
    offset += bytesRead;
  }
}
