import { rm, statfs } from 'node:fs/promises';
import type { LostBefore } from '#core/essence/capture-gaps.ts';
import type { EventPayload } from '#shared/domain/events.ts';
import type { PassId, QcRunId } from '#shared/domain/ids.ts';
import type { MeasureTap } from './measure-port.ts';
import type { CaptureOptions } from './ports.ts';

/** What the measures of a follower that decoded every frame came to. */
export type FollowMeasures =
  | { reason: 'measured'; samplesPath: string; measured: EventPayload<'qc.measured'> }
  | { reason: 'none' }
  /** Fewer frames than were decoded: the follower has to be run again. */
  | { reason: 'short'; problem: string; isDiskFull: boolean };

/** Measures that stop short so often are told of, and made again later; they do not keep a good master from its seal. */
const shortAtMost = 2;
const fullBelowBytes = 1 << 20;

/**
 * Takes the measures of one pass's followers. What fails is told of (`onProblem`) and gives none: measures can be made again
 * from the master at any time.
 */
export function takeMeasures(options: {
  capture: CaptureOptions;
  passId: PassId;
  derived: string;
  samplesPath: string;
  /** Where frames of the tape are missing in the recording. */
  findLost(): Promise<LostBefore[]>;
  onProblem(message: string): void;
}) {
  const { capture, passId } = options;
  let timesShort = 0;

  return async (tap: MeasureTap | undefined, decodedFrames: number): Promise<FollowMeasures> => {
    let done: Awaited<ReturnType<MeasureTap['finish']>> | undefined;
    try {
      done = await tap?.finish(await options.findLost());
    } catch (error) {
      capture.logger.error({ err: error, passId }, 'measuring failed');
      options.onProblem(`The measurements failed and have to be made again: ${(error as Error).message}`);
    }
    if (!done) return { reason: 'none' };
    const { samplesPath, profileId, frames, checks, notJudged, events } = done;
    if (frames >= decodedFrames) {
      const qcRunId = capture.newId() as QcRunId;
      const measured = { qcRunId, passId, profileId, frames, checks, notJudged, events };
      return { reason: 'measured', samplesPath, measured };
    }
    // ffmpeg's measuring filters do not say that they could not write: only the count of frames does.
    const problem = `Only ${frames} of ${decodedFrames} frames were measured.`;
    const { bavail, bsize } = await statfs(options.derived);
    const isDiskFull = bavail * bsize < fullBelowBytes;
    timesShort += 1;
    if (isDiskFull || timesShort <= shortAtMost) return { reason: 'short', problem, isDiskFull };
    options.onProblem(`${problem} They have to be made again.`);
    await rm(options.samplesPath, { force: true });
    return { reason: 'none' };
  };
}
