import type { Rational } from '#shared/domain/rational.ts';
import { findTimestampGaps, type TimestampGap } from './frame-hash-comparison.ts';
import { readFrameHashFile } from './frame-hashes.ts';

/**
 * Places where frames of the tape are missing, by the times in the hash list that was taken at capture. None in an empty list.
 * Throws where there is no list.
 */
export async function findCaptureGaps(frameHashesPath: string, frameRate: Rational): Promise<TimestampGap[]> {
  const reader = readFrameHashFile(frameHashesPath);
  const rows = reader.rows();
  const first = await rows.next();
  if (first.done) return [];
  // The head, and with it the time base, is known once the first row has been read.
  const timeBase = reader.header.streams[0]?.timeBase;
  const frameTicks = timeBase && (frameRate.den * timeBase.den) / (frameRate.num * timeBase.num);
  async function* all() {
    yield first.value;
    yield* rows;
  }
  return findTimestampGaps(all() as typeof rows, frameTicks === undefined ? {} : { frameTicks });
}

/**
 * Where the list of captured frames ends, in frames of time from its beginning: what is not in it counts as well. By the times, as a
 * source's clock may be a little slow or fast. Undefined in an empty list, or one without times.
 */
export async function endOfCapture(
  frameHashesPath: string,
  frameRate: Rational,
): Promise<number | undefined> {
  const reader = readFrameHashFile(frameHashesPath);
  let last: number | undefined;
  for await (const { pts } of reader.rows()) last = pts ?? last;
  const timeBase = reader.header.streams[0]?.timeBase;
  if (last === undefined || !timeBase) return undefined;
  const frameTicks = (frameRate.den * timeBase.den) / (frameRate.num * timeBase.num);
  return Math.round(last / frameTicks) + 1;
}

/** Frames of the tape that are missing in front of a frame of the master. */
export interface LostBefore {
  frame: number;
  lostFrames: number;
}

/** The same places, for those who look for what was lost. */
export async function findLostFrames(frameHashesPath: string, frameRate: Rational): Promise<LostBefore[]> {
  const gaps = await findCaptureGaps(frameHashesPath, frameRate);
  return gaps
    .filter(({ missingFrames }) => missingFrames > 0)
    .map(({ afterFrame, missingFrames }) => ({ frame: afterFrame + 1, lostFrames: missingFrames }));
}
