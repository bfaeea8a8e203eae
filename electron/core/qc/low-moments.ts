import { audioColumn } from './measures.ts';
import { quietLimits } from './quiet-limits.ts';
import { findRuns, lengthOf, minimumIn, type Run } from './runs.ts';
import { framesIn, type Series } from './series.ts';

/** What a moment needs to be a dropout; see the limits of the check audio-dropout. */
type LowLimits = Record<
  | 'belowHissDb'
  | 'belowProgrammeDb'
  | 'edgeDb'
  | 'programmeEdgeDb'
  | 'edgeShare'
  | 'mostDepthDb'
  | 'leastFallDb'
  | 'longestSeconds'
  | 'aroundSeconds'
  | 'nothingDbfs'
  | 'rareShare'
  | 'wholeDb'
  | 'fallsPerSecond',
  number
>;

/**
 * Where a channel falls abruptly below its hiss, or, where no hiss is heard by itself, far below its own quiet moments, and comes back as abruptly. `isCutOff`: whether
 * flat tops were told there, in which nothing changes from sample to sample either. `limitAt`: for each frame the level below which it is low.
 */
export function findLowMoments(
  series: Series,
  channel: number,
  limits: LowLimits,
  isCutOff: (run: Run) => boolean,
): { moments: Run[]; limitAt: Float32Array } {
  const [floor, edge, rms, fall, rise] = ['floorDbfs', 'edgeDb', 'rmsDbfs', 'fallDb', 'riseDb'].map((id) =>
    series.column(audioColumn(id, channel)),
  ) as [Float32Array, Float32Array, Float32Array, Float32Array, Float32Array];
  const { limitAt, usualAt } = quietLimits(series, floor, limits);
  const isLow = (frame: number) =>
    (floor[frame] as number) < (limitAt[frame] as number) || (floor[frame] as number) < limits.nothingDbfs;
  const runs = findRuns(series.frames, isLow, { bridgeFrames: 1 });
  const lowFrames = runs.reduce((sum, run) => sum + lengthOf(run), 0);
  if (lowFrames > limits.rareShare * series.frames && runs.length > 5) return { moments: [], limitAt };
  const isHole = (run: Run) => minimumIn(floor, run) < limits.nothingDbfs && !isCutOff(run);
  const moments = runs.filter(
    (run, at) =>
      lengthOf(run) < framesIn(series, limits.longestSeconds) &&
      isAbrupt(run, edge, leastEdgeOf(run, floor, usualAt[run.startFrame] as number, limits)) &&
      (steepestIn(fall, run.startFrame - 1, run.startFrame + 1) ?? Infinity) >= limits.wholeDb &&
      (steepestIn(rise, run.endFrame - 1, run.endFrame + 2) ?? Infinity) >= limits.wholeDb &&
      (isHole(run) || falls(run, rms, limits.leastFallDb)) &&
      isInside(run, series, floor, limits.nothingDbfs) &&
      !isRest(runs, at, floor, series, limits.fallsPerSecond),
  );
  return { moments, limitAt };
}

/** How steep both ends of a run must be: below programme, most of the fall at once. */
function leastEdgeOf(
  run: Run,
  floor: Float32Array,
  usualDbfs: number,
  limits: Record<'edgeDb' | 'programmeEdgeDb' | 'edgeShare' | 'mostDepthDb', number>,
): number {
  if (Number.isNaN(usualDbfs)) return limits.edgeDb;
  const depthDb = Math.min(usualDbfs - minimumIn(floor, run), limits.mostDepthDb);
  return Math.max(limits.programmeEdgeDb, limits.edgeShare * depthDb);
}

/**
 * Whether a picture of the run is softer than those beside it. Where the top of a wave is cut off for some milliseconds nothing changes from sample to
 * sample either, and the sound is as loud as before.
 */
function falls(run: Run, rms: Float32Array, leastDb: number): boolean {
  const beside = Math.max(rms[run.startFrame - 1] ?? -Infinity, rms[run.endFrame + 1] ?? -Infinity);
  return minimumIn(rms, run) <= beside - leastDb;
}

/** A step at the first picture of the run and at its last; a step is seen 7.5 ms late, so perhaps in the picture behind. */
function isAbrupt(run: Run, edge: Float32Array, edgeDb: number): boolean {
  return (
    (steepestIn(edge, run.startFrame - 1, run.startFrame + 1) ?? 0) >= edgeDb &&
    (steepestIn(edge, run.endFrame, run.endFrame + 1) ?? 0) >= edgeDb
  );
}

/** Between two pictures, both inclusive; undefined where nothing was measured. */
function steepestIn(column: Float32Array, from: number, to: number): number | undefined {
  let most: number | undefined;
  for (let frame = Math.max(0, from); frame <= Math.min(column.length - 1, to); frame++) {
    const value = column[frame] as number;
    if (value > (most ?? -1)) most = value;
  }
  return most;
}

/** Sound before and behind it: heads, tails and digital silence are no dropouts. */
function isInside(run: Run, series: Series, floor: Float32Array, nothingDbfs: number): boolean {
  if (run.startFrame < 2 || run.endFrame > series.frames - 3) return false;
  return (
    (floor[run.startFrame - 2] as number) > nothingDbfs && (floor[run.endFrame + 2] as number) > nothingDbfs
  );
}

/** Own: rests all end in the tape's hiss, which keeps its level and is no softer; so many of them are how a sound is made, to this distance. */
const rests = { withinDb: 2, leastDbfs: -70, most: 4, seconds: 10 };

/** Whether a run is one of many that fall to the same hiss: rests of a synthesiser, whose notes are never soft. */
function isRest(
  runs: readonly Run[],
  at: number,
  floor: Float32Array,
  series: Series,
  perSecond: number,
): boolean {
  const run = runs[at] as Run;
  const level = minimumIn(floor, run);
  if (level < rests.leastDbfs) return false;
  const reach = framesIn(series, rests.seconds);
  const from = Math.max(0, run.startFrame - reach);
  const to = Math.min(series.frames, run.startFrame + reach);
  const isAlike = (one: Run) => Math.abs(minimumIn(floor, one) - level) <= rests.withinDb;
  let alike = 0;
  for (let one = at; one >= 0 && (runs[one] as Run).startFrame >= from; one--)
    if (isAlike(runs[one] as Run)) alike++;
  for (let one = at + 1; one < runs.length && (runs[one] as Run).startFrame < to; one++)
    if (isAlike(runs[one] as Run)) alike++;
  return alike > Math.max(rests.most, ((to - from) / framesIn(series, 1)) * perSecond);
}
