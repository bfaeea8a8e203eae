import { parseFrameHashRow } from '#core/essence/frame-hashes.ts';
import { frameHashOutput } from '#core/ffmpeg/audio-hash.ts';
import { packetsUpTo } from '#core/ffmpeg/packet-limit.ts';
import { probe } from '#core/ffmpeg/probe.ts';
import { runTool } from '#core/ffmpeg/run.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import { toNumber } from '#shared/domain/rational.ts';
import type { HashListSummary } from './hash-list.ts';
import { isMasterClosed } from './master-closed.ts';
import type { RecorderRecord } from './recorder-record.ts';
import type { Cut, Packets } from './recovery-cut.ts';

export interface Tools {
  ffmpegPath: string;
  ffprobePath: string;
}

/** Frames at the end that are decoded at once; everything is decoded again by the follower before the seal. */
const provedTailFrames = 50;

/** Counts what is in the file; undefined when not even its head was written. */
export async function countPackets(path: string, { ffprobePath }: Tools): Promise<Packets | undefined> {
  try {
    const found = await probe(ffprobePath, path, { countPackets: true });
    const video = found.video[0]?.packetCount ?? 0;
    const audio = found.audio.map((track) => track.packetCount ?? 0);
    return { video, audio: audio.length > 0 ? Math.min(...audio) : undefined };
  } catch (error) {
    // So early a death that not even the head was written: there is nothing to keep.
    if (error instanceof HelicalError && error.code === 'FILE_UNREADABLE') return undefined;
    throw error;
  }
}

/** Writes the first frames and blocks into a new file, with an index. HelicalError DISK_FULL or FFMPEG_FAILED. */
export async function remux(
  from: string,
  to: string,
  { frames, blocks }: Cut,
  { ffmpegPath }: Tools,
): Promise<void> {
  const end = await runTool(ffmpegPath, [
    ...['-hide_banner', '-nostdin', '-v', 'error', '-y', '-i', from, '-map', '0', '-c', 'copy'],
    ...['-bsf:v', packetsUpTo(frames), ...(blocks > 0 ? ['-bsf:a', packetsUpTo(blocks)] : [])],
    ...['-max_interleave_delta', '1000000', '-f', 'matroska', to],
  ]);
  if (end.reason === 'finished' && (await isMasterClosed(to))) return;
  const said =
    end.reason === 'finished' ? 'the end of the file is missing' : 'lastError' in end ? end.lastError : '';
  throw new HelicalError(/No space left/.test(said) ? 'DISK_FULL' : 'FFMPEG_FAILED', {
    problem: `The interrupted master could not be written anew: ${said}.`,
    safe: `Everything that was recorded is in ${from}.`,
    remedy: 'Make room on the disk of the masters and recover the pass again.',
  });
}

/** How many frames from the start may be kept: all, or up to the first of the tail that decodes to something else. */
export async function provedFrames(
  path: string,
  record: RecorderRecord,
  hashes: HashListSummary,
  { frames }: Cut,
  { ffmpegPath }: Tools,
): Promise<number> {
  const pixelFormat =
    record.essence === 'copy' ? record.video.pixelFormat : record.profile.master.pixelFormat;
  const rate = toNumber(record.video.frameRate);
  const tail = hashes.tails[0] ?? [];
  const firstOfTail = (hashes.rows[0] ?? 0) - tail.length;
  const lastPts = tail[frames - 1 - firstOfTail]?.pts ?? frames - 1;
  const seekS = Math.max(0, (lastPts - provedTailFrames) / rate);
  const list = await runTool(ffmpegPath, [
    ...['-hide_banner', '-nostdin', '-v', 'error', '-ss', seekS.toFixed(3), '-i', path, '-map', '0:v:0'],
    ...frameHashOutput('pipe:1', pixelFormat),
  ]);
  const text = list.reason === 'finished' ? list.stdout.toString('latin1') : '';
  const decoded = text.split('\n').flatMap((line) => parseFrameHashRow(line) ?? []);
  if (decoded.length === 0) return frames - 1;
  const first = frames - decoded.length;
  for (const [index, { hash }] of decoded.entries()) {
    const captured = tail[first + index - firstOfTail];
    if (captured && captured.hash !== hash) return first + index;
  }
  return frames;
}
