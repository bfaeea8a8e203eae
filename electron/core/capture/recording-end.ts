import { setTimeout as wait } from 'node:timers/promises';
import { findLostFrames } from '#core/essence/capture-gaps.ts';
import type { EndReason } from '#shared/domain/pass.ts';
import type { Rational } from '#shared/domain/rational.ts';
import type { Recorder } from './recorder.ts';
import type { RecorderOutput } from './recorder-output.ts';

export interface EndPatience {
  /** How long an orderly end may take before the source is closed under it. */
  sourceMs: number;
  /** How long nothing of its files may change, with all of them on the disk, before it is asked once more. */
  stillMs: number;
  everyMs: number;
}
const usualPatience: EndPatience = { sourceMs: 4_000, stillMs: 180_000, everyMs: 1_000 };
const whetherAskedMs = 2_000;

/**
 * Ends a recorder in order: SIGINT, then the source is closed under one that waits for it in vain. One that goes on writing, or
 * whose disk has not taken what was written, is left alone: a second SIGINT breaks off the end of the file. It is sent only to one
 * that has stood still for minutes; recovery mends that. Resolves when it has ended.
 */
export async function endRecorder(
  recorder: Recorder,
  closeSource: () => Promise<void>,
  output: RecorderOutput,
  patience: EndPatience = usualPatience,
): Promise<void> {
  recorder.interrupt();
  // Every signal is a hard kill there, so none is sent: the end of the source ends the recorder.
  if (process.platform === 'win32') await closeSource();
  if (await hasEndedWithin(recorder, patience.sourceMs)) return;
  await closeSource();
  if (!(await standsStill(recorder, output, patience))) return;
  recorder.interrupt();
  await recorder.ended;
}

/** True when nothing has changed for long enough; false when the recorder has ended. A disk that does not answer is waited for. */
async function standsStill(
  recorder: Recorder,
  output: RecorderOutput,
  { stillMs, everyMs }: EndPatience,
): Promise<boolean> {
  let bytes = -1;
  let sinceMs = performance.now();
  while (performance.now() - sinceMs < stillMs) {
    // A disk that refuses takes nothing any more.
    const settled = output.settledBytes().catch(() => bytes);
    const now = await Promise.race([recorder.ended, settled]);
    if (typeof now !== 'number') return false;
    if (now !== bytes) sinceMs = performance.now();
    bytes = now;
    if (await hasEndedWithin(recorder, everyMs)) return false;
  }
  return true;
}

/**
 * For a recorder whose engine died while it was stopping: before it could ask, or after. Asking twice would break off the
 * end of the file, so it is asked only when it still takes in frames.
 */
export async function endIfNotAsked(recorder: Recorder, end: () => Promise<void>): Promise<void> {
  const before = await recorder.reading();
  if (await hasEndedWithin(recorder, whetherAskedMs)) return;
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
  /** The tape was played for as long as was planned, whatever was lost of it on the way. */
  isLengthOver: boolean;
}): EndReason {
  const { exitCode, frames, planned } = end;
  if (planned !== null && frames >= planned) return 'duration';
  if (end.wasSignalled) return end.isSourceAtEnd ? 'source-ended' : 'ended-from-outside';
  if (exitCode !== null && exitCode !== 0) return 'recorder-failed';
  return end.isLengthOver ? 'duration' : 'source-ended';
}

/** A run of frames of the tape that are not in the master. Frames are counted from 0, as the tape would have them. */
export interface MissingFrames {
  firstFrame: number;
  frames: number;
}

/** Frames that a live source has left out, by the gaps in the times of those that came. */
export async function missingFrames(frameHashesPath: string, frameRate: Rational): Promise<MissingFrames[]> {
  let before = 0;
  return (await findLostFrames(frameHashesPath, frameRate)).map(({ frame, lostFrames: frames }) => {
    const firstFrame = frame + before;
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
