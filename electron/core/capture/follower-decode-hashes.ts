import { mkdir, stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import type { DecodedLists } from '#core/essence/verify-master.ts';
import { followerFiles, hashArguments } from '#core/ffmpeg/follower-arguments.ts';
import { probe } from '#core/ffmpeg/probe.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import { startDecoder } from './follower-decoder.ts';

export interface DecodeHashesOptions {
  ffmpegPath: string;
  ffprobePath: string;
  /** The lists are written here; it is made when it is not there. The caller clears it away. */
  workDir: string;
  signal?: AbortSignal | undefined;
  onFrames?: ((frames: number) => void) | undefined;
}

/**
 * Decodes a master that is complete, for its verification from files alone: the hash lists and nothing else, in the pixel
 * format and the tracks that the file itself has. What is damaged is decoded as far as it goes, and then differs.
 * Throws HelicalError FFMPEG_MISSING, DISK_FULL or FILE_UNREADABLE; rejects with the signal's reason when aborted.
 */
export async function decodeHashes(masterPath: string, options: DecodeHashesOptions): Promise<DecodedLists> {
  const { ffmpegPath, workDir, signal, onFrames } = options;
  signal?.throwIfAborted();
  const { video, audio } = await probe(options.ffprobePath, masterPath);
  const pixelFormat = video[0]?.pixelFormat;
  if (!pixelFormat) throw unreadable(masterPath, 'It has no picture that can be decoded.');
  await mkdir(workDir, { recursive: true });
  const decoder = startDecoder({
    ffmpegPath,
    args: hashArguments({
      input: `file:${resolve(masterPath)}`,
      pixelFormat,
      audioTracks: audio.length,
      threads: availableParallelism(),
    }),
    cwd: workDir,
    input: 'file',
    onProgress: ({ frame }) => onFrames?.(frame ?? 0),
  });
  const abort = (): void => decoder.kill();
  signal?.addEventListener('abort', abort, { once: true });
  const end = await decoder.ended;
  signal?.removeEventListener('abort', abort);
  signal?.throwIfAborted();
  if (end.reason === 'not-started') throw new HelicalError('FFMPEG_MISSING', end.problem);
  if (end.reason !== 'done' && end.isDiskFull) {
    throw new HelicalError('DISK_FULL', {
      problem: `There is no room for the hashes of the decoded frames in ${workDir}.`,
      safe: 'The master was only read.',
      remedy: 'Make room on that disk and verify again.',
    });
  }
  if (end.reason === 'killed') throw new HelicalError('FFMPEG_FAILED', end.problem);
  const frames = join(workDir, followerFiles.frameHashes);
  // A decoder that gave up in mid file leaves the hashes up to there: too few frames is what the comparison then says.
  if (end.reason === 'gave-up' && !(await isThere(frames))) throw unreadable(masterPath, end.problem);
  return audio.length === 0 ? { frames } : { frames, audio: join(workDir, followerFiles.audioHashes) };
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function unreadable(masterPath: string, why: string): HelicalError {
  return new HelicalError('FILE_UNREADABLE', {
    problem: `${masterPath} cannot be decoded. ${why}`,
    safe: 'It was only read.',
    remedy: 'Verify another copy of it.',
  });
}
