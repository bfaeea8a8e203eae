import { noiseDifference } from './held-frames.ts';
import { levelDrift, levelJump } from './level-jump.ts';
import { findRuns, lengthOf, maximumIn, type Run } from './runs.ts';
import { onScaleOf, type Series } from './series.ts';
import { tapeNoiseOf } from './tape-noise.ts';

/** Own: codes on the 10-bit scale. */
const limits = {
  /** Of the difference that noise makes: a picture that stands still, and one that moves. */
  mostStill: 1.4,
  leastMoving: 1.5,
  /** And the difference of what moves to what stands still. */
  leastOverStill: 1.4,
  /** Frames of even motion before and behind. */
  sideFrames: 6,
  mostUneven: 1.5,
  /** The motion behind is that of before. */
  mostChange: 1.6,
  /** When the picture goes on it has to catch up. */
  leastLeap: 1.25,
  /** Further, where motion is less than twice the noise: its differences are mostly noise. */
  littleMotion: 2,
  leastLeapOfLittle: 1.6,
  levelCodes: 5,
  /** Longer than this is a shot by itself. */
  mostFrames: 250,
};

/**
 * Stretches where a picture in even motion stands still at once, and then leaps to where it would have been: somebody held it
 * before the noise of this tape came on top (a machine in the making of the tape, or a copy of one). People and cameras
 * that pause go on from where they stopped. Animation and slow motion have no even motion around.
 */
export function findStalls(series: Series): Run[] {
  const tapeNoise = tapeNoiseOf(series);
  if (!(tapeNoise >= onScaleOf(series, 1))) return [];
  const [difference, noise] = [series.column('yDif'), series.column('yNoise')];
  const floorAt = (frame: number) => noiseDifference * Math.min(tapeNoise, noise[frame] as number);
  const isStill = (frame: number) => (difference[frame] as number) <= limits.mostStill * floorAt(frame);
  return findRuns(series.frames, isStill).filter((run) => {
    const { startFrame, endFrame } = run;
    const { sideFrames } = limits;
    if (startFrame <= sideFrames || endFrame + 1 + sideFrames >= series.frames) return false;
    if (lengthOf(run) > limits.mostFrames) return false;
    const sides = Array.from({ length: sideFrames }, (_, at) => at + 1);
    const before = sides.map((at) => startFrame - at);
    const after = sides.map((at) => endFrame + 1 + at);
    const [motionBefore, motionAfter] = [
      evenMotion(series, before, floorAt),
      evenMotion(series, after, floorAt),
    ];
    const isAlike =
      Math.max(motionBefore, motionAfter) <= limits.mostChange * Math.min(motionBefore, motionAfter);
    const isLittle = Math.min(motionBefore, motionAfter) < limits.littleMotion * floorAt(startFrame);
    const leastLeap = isLittle ? limits.leastLeapOfLittle : limits.leastLeap;
    const leaps = (difference[endFrame + 1] as number) >= leastLeap * motionAfter;
    const still = maximumIn(difference, run);
    const stops = Math.min(motionBefore, motionAfter) >= limits.leastOverStill * still;
    const drift = levelDrift(series, [...before, ...after]);
    const mostJump = onScaleOf(series, limits.levelCodes) + (lengthOf(run) + 2) * drift;
    return isAlike && stops && leaps && levelJump(series, endFrame + 1) <= mostJump;
  });
}

/** Largest difference of frames that all move, and evenly; NaN otherwise. */
function evenMotion(series: Series, frames: readonly number[], floorAt: (frame: number) => number): number {
  const difference = series.column('yDif');
  let [least, most] = [Number.POSITIVE_INFINITY, 0];
  for (const frame of frames) {
    const value = difference[frame] as number;
    if (!(value >= limits.leastMoving * floorAt(frame))) return Number.NaN;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return most <= limits.mostUneven * least ? most : Number.NaN;
}
