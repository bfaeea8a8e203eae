import type { Run } from './runs.ts';
import type { Series } from './series.ts';

/**
 * Whether a band of noise is of exactly one size in so many of a run's frames: a work that a machine drew. Where heads leave their tracks
 * the noise has no edge, and finds one in another line on every frame.
 */
export function isOfOneSize(series: Series, run: Run, leastShare: number): boolean {
  const sizes = series.column('noisyBandRows').subarray(run.startFrame, run.endFrame + 1);
  const same = sizes.filter((rows, at) => rows === sizes[at - 1]).length;
  return same >= leastShare * (sizes.length - 1);
}

/** Own: lines; a made band of fewer is a line of letters. */
const leastRows = 8;
/** Own: of the frames that were measured; cuts may leave one without. */
const [bandShare, sizeShare] = [0.95, 0.85];

/** Whether a band that a machine drew stands or wanders from the first frame to the last: streaks in it are part of the work. */
export function isDrawnWork(series: Series): boolean {
  const rows = series.column('noisyBandRows');
  const measured = rows.filter((value) => !Number.isNaN(value)).length;
  const banded = rows.filter((value) => value >= leastRows).length;
  const whole = { startFrame: 0, endFrame: series.frames - 1 };
  return banded > 1 && banded >= bandShare * measured && isOfOneSize(series, whole, sizeShare);
}
