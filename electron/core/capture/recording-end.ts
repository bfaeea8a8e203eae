import { setTimeout as wait } from 'node:timers/promises';
import { findTimestampGaps } from '#core/essence/frame-hash-comparison.ts';
import { readFrameHashFile } from '#core/essence/frame-hashes.ts';
import type { EndReason } from '#shared/domain/pass.ts';
import type { Recorder } from './recorder.ts';

/** How long an orderly end may take before the source is closed under it, and before it is asked once more. */
const patienceMs = { source: 4_000, secondAsk: 15_000, whetherAsked: 2_000 };

/**
 * Ends a recorder in order: SIGINT, then the source is closed under one that waits for it in vain, then SIGINT once more,
 * which may break off the end of the file; recovery mends that. Resolves when it has ended.
 */
export async function endRecorder(recorder: Recorder, closeSource: () => Promise<void>): Promise<void> {
  recorder.interrupt();
  // Every signal is a hard kill there, so none is sent: the end of the source ends the recorder.
  if (process.platform === 'win32') await closeSource();
  if (await hasEndedWithin(recorder, patienceMs.source)) return;
  await closeSource();
  if (await hasEndedWithin(recorder, patienceMs.secondAsk)) return;
  recorder.interrupt();
  await recorder.ended;
}

/**
 * For a recorder whose engine died while it was stopping: before it could ask, or after. Asking twice would break off the
 * end of the file, so it is asked only when it still takes in frames.
 */
export async function endIfNotAsked(recorder: Recorder, end: () => Promise<void>): Promise<void> {
  const before = await recorder.reading();
  if (await hasEndedWithin(recorder, patienceMs.whetherAsked)) return;
  if ((await recorder.reading()).frames > before.frames) await end();
}

async function hasEndedWithin(recorder: Recorder, milliseconds: number): Promise<boolean> {
  const late = wait(milliseconds, undefined, { ref: false });
  return (await Promise.race([recorder.ended, late])) !== undefined;
}

/**
 * Why a recording ended whose end this engine did not ask for. An end unseen (exitCode null) is that of the source too, unless a
 * signal ended the recorder before the source was at its end.
 */
export function endReasonOf(end: {
  exitCode: number | null;
  frames: number;
  planned: number | null;
  wasSignalled: boolean;
  /** The card says that it has given all. */
  isSourceAtEnd: boolean;
}): EndReason {
  const { exitCode, frames, planned } = end;
  if (planned !== null && frames >= planned) return 'duration';
  if (end.wasSignalled) return end.isSourceAtEnd ? 'source-ended' : 'ended-from-outside';
  return exitCode === null || exitCode === 0 ? 'source-ended' : 'recorder-failed';
}

/** A run of frames of the tape that are not in the master. Frames are counted from 0, as the tape would have them. */
export interface MissingFrames {
  firstFrame: number;
  frames: number;
}

/** Frames that a live source has left out, by the gaps in the times of those that came. */
export async function missingFrames(frameHashesPath: string): Promise<MissingFrames[]> {
  const gaps = await findTimestampGaps(readFrameHashFile(frameHashesPath).rows());
  let before = 0;
  return gaps
    .filter(({ missingFrames: frames }) => frames > 0)
    .map(({ afterFrame, missingFrames: frames }) => {
      const firstFrame = afterFrame + 1 + before;
      before += frames;
      return { firstFrame, frames };
    });
}

/** Which frames are missing, for people: the first runs by name. */
export function brokenInWords(gaps: readonly MissingFrames[]): string {
  const total = gaps.reduce((sum, { frames }) => sum + frames, 0);
  const named = gaps.slice(0, 10).map(({ firstFrame, frames }) => {
    return frames === 1 ? `${firstFrame}` : `${firstFrame} to ${firstFrame + frames - 1}`;
  });
  const more = gaps.length > named.length ? ` and ${gaps.length - named.length} more places` : '';
  return `All other frames are in the master. ${total} came broken or not at all: frame ${named.join(', ')}${more}.`;
}
