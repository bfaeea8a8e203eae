import { mkdirSync, rmSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { readFrameHashFile } from '#core/essence/frame-hashes.ts';
import {
  feedInput,
  followerArguments,
  followerFiles,
  outputOfWork,
  timecodeDescriptor,
} from '#core/ffmpeg/follower-arguments.ts';
import { audioTracks } from '#core/ffmpeg/recorder-arguments.ts';
import type { DerivedWork } from '#shared/domain/pass.ts';
import { readFollowedTimecode, timecodeOutputOf } from './followed-timecode.ts';
import { problemOfMp4 } from './follower-acceptance.ts';
import { type DecoderEnd, startDecoder } from './follower-decoder.ts';
import { createFollowerGates } from './follower-gates.ts';
import {
  type FollowEnd,
  type Follower,
  type FollowRequest,
  followedTimecodesName,
  livePictureName,
} from './follower-port.ts';
import { tailInto } from './follower-tail.ts';

/** The decoded frames' hashes, relative to `workDir`: rows are there as soon as they are made. */
export const decodedFrameHashesName = followerFiles.frameHashes;

/**
 * Follows one master: one decode, fed with the growing file, makes everything that is derived from it.
 * Empties `workDir` first. Never throws: what goes wrong, even at the start, is the end's to tell.
 * Only a follower that has fed the last byte of a complete master, whose decoder was content, and whose files are whole says
 * `finished`: a decoder that lost its engine and ended early leaves nothing that anybody takes.
 */
export function startFollower(request: FollowRequest): Follower {
  const { workDir, tap } = request;
  try {
    rmSync(workDir, { recursive: true, force: true });
    mkdirSync(join(workDir, followerFiles.thumbnails), { recursive: true });
  } catch (error) {
    const ended = Promise.resolve(failedBy(error));
    return { pid: Number.NaN, ended, giveWay: () => {}, stop: async () => {} };
  }
  let isStopped = false;
  const timecode = readFollowedTimecode({
    video: request.video,
    essence: request.essence,
    listPath: join(workDir, followedTimecodesName),
    onFrame: (frame, value) => {
      if (!isStopped) request.onTimecode?.(frame, value);
    },
  });
  const encoded = request.essence === 'encode';
  const decoder = startDecoder({
    ffmpegPath: request.ffmpegPath,
    args: followerArguments({
      input: feedInput,
      video: request.video,
      profile: request.profile,
      essence: request.essence,
      pixelFormat: encoded ? request.profile.master.pixelFormat : request.video.pixelFormat,
      trackChannels: tracksOf(request),
      measures: tap,
      timecode: timecodeOutputOf(request),
      outputs: request.outputs,
      threads: availableParallelism(),
    }),
    cwd: workDir,
    input: 'fed',
    onProgress: ({ frame }) => {
      gates.begin();
      report(frame ?? 0);
    },
    onLines: timecode && { descriptor: timecodeDescriptor, take: (chunk) => timecode.write(chunk) },
  });

  const gates = createFollowerGates(decoder, () => tap?.leaveGaps());
  const gone = new AbortController();
  let reported = Promise.resolve();

  function report(frames: number): void {
    reported = reported.then(async () => {
      const pictureVersion = await versionOf(join(workDir, livePictureName));
      if (!gone.signal.aborted) request.onProgress({ frames, pictureVersion });
    });
  }

  async function follow(): Promise<FollowEnd> {
    const decoded = decoder.ended.finally(() => gone.abort());
    let fedBytes: number | undefined;
    let tailProblem: unknown;
    if (decoder.feed) {
      const options = { complete: request.masterComplete, signal: gone.signal };
      fedBytes = await tailInto(request.masterPath, decoder.feed, options).catch((error: unknown) => {
        tailProblem = error;
        decoder.kill();
        return undefined;
      });
    }
    const end = await decoded;
    await Promise.all([reported, timecode?.end()]);
    if (isStopped) return { reason: 'stopped' };
    if (tailProblem !== undefined) return failedBy(tailProblem);
    const judged = await judge(end, fedBytes, request, gates.gaveWay());
    return judged.reason === 'finished' ? { ...judged, soundChanges: timecode?.soundChanges ?? [] } : judged;
  }

  const ended = follow().catch(failedBy);
  return {
    pid: decoder.pid,
    ended,
    giveWay: gates.giveWay,
    async stop() {
      isStopped = true;
      decoder.kill();
      await ended;
    },
  };
}

/** Whether what the decoder left may be kept. */
async function judge(
  end: DecoderEnd,
  fedBytes: number | undefined,
  request: FollowRequest,
  gaveWay: readonly DerivedWork[],
): Promise<FollowEnd> {
  if (end.reason !== 'done') return { reason: 'failed', problem: end.problem, isDiskFull: end.isDiskFull };
  if (fedBytes === undefined) return failed('The decoder ended before the master did.');
  const at = (name: string): string => join(request.workDir, name);
  const isMade = (work: DerivedWork) => request.outputs.has(outputOfWork[work]) && !gaveWay.includes(work);
  const accessPath = isMade('access') ? at(followerFiles.access) : undefined;
  const problem = accessPath && (await problemOfMp4(accessPath));
  if (problem !== undefined) return failed(`The decoder left unfinished files: ${problem}.`);
  const hasAudioHashes = tracksOf(request).length > 0 && request.outputs.has('audio-hashes');
  let frames = 0;
  const hashes = readFrameHashFile(at(followerFiles.frameHashes));
  for await (const _ of hashes.rows()) frames += 1;
  if (hashes.cutLine) return failed('The decoder left unfinished files: the list of hashes is cut.');
  if (frames === 0) return failed('No frame of the master could be decoded.');
  return {
    reason: 'finished',
    frames,
    frameHashesPath: at(followerFiles.frameHashes),
    audioHashesPath: hasAudioHashes ? at(followerFiles.audioHashes) : undefined,
    accessPath,
    thumbnailsDir: isMade('thumbnails') ? at(followerFiles.thumbnails) : undefined,
    gaveWay,
    decoderComplaints: end.complaints,
  };
}

/** Channels of each track: as the profile lays them out, or, in a stream that was copied, as they came. */
function tracksOf({ audio, profile, essence }: FollowRequest): number[] {
  if (!audio) return [];
  if (essence === 'copy') return [...(audio.streamChannels ?? [audio.channels])];
  return audioTracks(audio.channels, profile.master.audioTracks).map((channels) => channels.length);
}

/** Changes with the picture, over restarts too: the time it was put in place. 0 as long as there is none. */
async function versionOf(path: string): Promise<number> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  return found ? Math.floor(found.mtimeMs) : 0;
}

function failed(problem: string): FollowEnd {
  return { reason: 'failed', problem, isDiskFull: false };
}

function failedBy(error: unknown): FollowEnd {
  const isDiskFull = (error as NodeJS.ErrnoException).code === 'ENOSPC';
  return { reason: 'failed', problem: error instanceof Error ? error.message : String(error), isDiskFull };
}
