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
/**
 * Seconds of tape at the end that are checked, and the fewest: Linux writes out what has been in memory for 30 s (`dirty_expire`),
 * of which it thinks every 5 s. The engine asks for it three times a second, but while no engine runs nobody does.
 */
const [checkedS, leastCheckedS] = [60, 35];
/** Of a minute this much is enough where it holds the fewest seconds: half a minute of tape that is not noise, in standard definition. */
const enoughBytes = 512 * 2 ** 20;
/**
 * More is never read, whatever it holds: above 61 MB/s (high definition without compression) that is less than those seconds, and holes
 * before it are left to the follower, which decodes all of it.
 */
const mostBytes = 2 ** 31;
/** Rate that is taken where the file states none: the highest there is, so that rather more is checked. */
const frameNs = 1e9 / 60;
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
 * Ends an index in front of the first cluster of the last half to whole minute whose bytes do not fit its CRC-32: a power cut may
 * leave holes in what had not reached the disk.
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

/** The cluster from which on CRCs are checked: by the time that the bytes are old, not by their number alone. */
export function firstToCheck(index: Pick<BlockIndex, 'clusters' | 'endOffset' | 'tracks'>): number {
  const { clusters, endOffset } = index;
  const least = clusterBeforeEnd(index, leastCheckedS);
  let number = clusterBeforeEnd(index, checkedS);
  while (number < clusters.length - 1) {
    if (endOffset - clusters.at(number) <= (number < least ? enoughBytes : mostBytes)) break;
    number += 1;
  }
  return number;
}

/** The last cluster with so many seconds of pictures in it and behind it; by their count, as clocks may jump. */
function clusterBeforeEnd(
  { clusters, tracks }: Pick<BlockIndex, 'clusters' | 'tracks'>,
  seconds: number,
): number {
  const video = tracks.find(({ type }) => type === 'video');
  if (!video) return 0;
  const frames = (seconds * 1e9) / (video.defaultDurationNs ?? frameNs);
  let number = Math.max(0, clusters.length - 1);
  while (number > 0 && video.blocks - video.before.at(number) < frames) number -= 1;
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
