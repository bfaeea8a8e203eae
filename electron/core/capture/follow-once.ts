import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { FollowerOutput } from '#core/ffmpeg/follower-arguments.ts';
import type { PassId } from '#shared/domain/ids.ts';
import { decodedFrameHashesName } from './follower.ts';
import type { FollowEnd, Follower } from './follower-port.ts';
import { createFrameProof } from './follower-proof.ts';
import type { MeasureTap } from './measure-port.ts';
import type { CaptureOptions } from './ports.ts';
import { type RecorderRecord, recordedPaths } from './recorder-record.ts';

const proofEveryMs = 500;

/** What a run of one follower tells while it goes on. */
export interface FollowRunNews {
  started(follower: Follower, tap: MeasureTap | undefined): Promise<void>;
  decoded(frames: number, pictureVersion: number): void;
  proved(frames: number): void;
  timecode(frame: number, value: string | null): void;
  /** What went wrong and does not end the follower, in a sentence for the person at the station. */
  problem(message: string): void;
}

/** One follower, from the first frame to its end, measured and held against the captured hashes on the way. */
export async function followOnce(options: {
  capture: CaptureOptions;
  passId: PassId;
  record: RecorderRecord;
  recordPath: string;
  masterComplete: Promise<void>;
  /** Emptied, and made anew. */
  workDir: string;
  samplesPath: string;
  outputs: ReadonlySet<FollowerOutput>;
  news: FollowRunNews;
}): Promise<{ end: FollowEnd; tap: MeasureTap | undefined }> {
  const { capture, record, news, workDir, outputs } = options;
  const paths = recordedPaths(record, options.recordPath);
  const tap = outputs.has('measures') ? await openTapOrTell(options) : undefined;
  const proof = createFrameProof(paths.frameHashesPath, join(workDir, decodedFrameHashesName));
  const proving = new AbortController();
  const proved = (async () => {
    let last = 0;
    while (!proving.signal.aborted) {
      const { provedFrames } = await proof.update();
      if (provedFrames !== last) news.proved(provedFrames);
      last = provedFrames;
      await wait(proofEveryMs, undefined, { signal: proving.signal }).catch(() => {});
    }
  })();
  let end: FollowEnd;
  try {
    const follower = capture.follow({
      masterPath: paths.masterPath,
      masterComplete: options.masterComplete,
      workDir,
      video: record.video,
      audio: record.audio ?? undefined,
      profile: record.profile,
      essence: record.essence,
      ffmpegPath: capture.ffmpeg.ffmpegPath,
      tap,
      outputs,
      onProgress: ({ frames, pictureVersion }) => news.decoded(frames, pictureVersion),
      onTimecode: news.timecode,
    });
    await news.started(follower, tap);
    end = await follower.ended;
  } finally {
    proving.abort();
    await proved;
    await proof.close();
  }
  if (end.reason !== 'finished') await tap?.abandon();
  return { end, tap };
}

/** A follower goes on without measurements: they can be made again from the master, and its proof cannot wait. */
async function openTapOrTell(options: Parameters<typeof followOnce>[0]): Promise<MeasureTap | undefined> {
  try {
    return await openTap(options);
  } catch (error) {
    // A full disk ends the follower anyway, and it knows how to wait.
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw error;
    const { capture, passId, news } = options;
    capture.logger.error({ err: error, passId }, 'measuring did not start');
    news.problem(`Measuring did not start and has to be done again: ${(error as Error).message}`);
    return undefined;
  }
}

async function openTap({
  capture,
  passId,
  record,
  recordPath,
  samplesPath,
}: Parameters<typeof followOnce>[0]): Promise<MeasureTap | undefined> {
  await rm(samplesPath, { recursive: true, force: true });
  const pixelFormat =
    record.essence === 'encode' ? record.profile.master.pixelFormat : record.video.pixelFormat;
  return capture.measure?.open({
    passId,
    samplesPath,
    video: { ...record.video, pixelFormat },
    audio: record.audio ?? undefined,
    qcProfileId: record.profile.qcProfileId,
    ...(record.essence === 'copy' ? { nativePath: recordedPaths(record, recordPath).masterPath } : {}),
  });
}
