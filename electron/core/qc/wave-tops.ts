import { findRuns, lengthOf, type Run } from './runs.ts';

/** What is known of the tops of a channel's wave, a value a frame. */
export interface ChannelTops {
  peak: Float32Array;
  rms: Float32Array;
  /** Samples in flat tops. */
  clipped: Float32Array;
  /** Root mean square of a steady tone; NaN where there is none. */
  tone: Float32Array;
}

/** Whether a run's frames stand at one level. `toleranceDb`: hiss on it. */
export function isAt(tops: ChannelTops, frame: number, levelDbfs: number, toleranceDb: number): boolean {
  return Math.abs((tops.peak[frame] as number) - levelDbfs) <= toleranceDb;
}

/** Own: of a passage; a wave whose tops stand at more levels is cut by nothing. */
const mostLevels = 4;

/** Levels at which flat tops of a run stand, dBFS: those that most of them share come first. `toleranceDb`: hiss on them. */
export function levelsOf(
  tops: ChannelTops,
  isFlat: (frame: number) => boolean,
  run: Run,
  toleranceDb: number,
): number[] {
  let peaks = tops.peak
    .subarray(run.startFrame, run.endFrame + 1)
    .filter((_, at) => isFlat(run.startFrame + at))
    .sort();
  const levels: number[] = [];
  while (peaks.length > 0 && levels.length < mostLevels) {
    let [best, most] = [0, 0];
    for (let low = 0, high = 0; low < peaks.length; low++) {
      while (high < peaks.length && (peaks[high] as number) - (peaks[low] as number) <= toleranceDb) high++;
      if (high - low > most) [best, most] = [low, high - low];
    }
    const level = peaks[best + (most >> 1)] as number;
    levels.push(level);
    peaks = peaks.filter((peak) => Math.abs(peak - level) > toleranceDb);
  }
  return levels;
}

/** The run and the frames beside it whose peaks stand at a level, gaps of `bridgeFrames` closed. */
export function reachAlong(
  tops: ChannelTops,
  run: Run,
  levelDbfs: number,
  toleranceDb: number,
  bridgeFrames: number,
): Run {
  return {
    startFrame: reachFrom(tops, run.startFrame, -1, levelDbfs, toleranceDb, bridgeFrames),
    endFrame: reachFrom(tops, run.endFrame, 1, levelDbfs, toleranceDb, bridgeFrames),
  };
}

/** Stretches of a run whose peaks stand at one level, and what is beside them. */
export function runsAlong(
  tops: ChannelTops,
  run: Run,
  levelDbfs: number,
  toleranceDb: number,
  bridgeFrames: number,
): Run[] {
  const reached = reachAlong(tops, run, levelDbfs, toleranceDb, bridgeFrames);
  const from = reached.startFrame;
  return findRuns(lengthOf(reached), (at) => isAt(tops, from + at, levelDbfs, toleranceDb), {
    bridgeFrames,
  }).map(({ startFrame, endFrame }) => ({ startFrame: from + startFrame, endFrame: from + endFrame }));
}

function reachFrom(
  tops: ChannelTops,
  from: number,
  step: 1 | -1,
  levelDbfs: number,
  toleranceDb: number,
  bridgeFrames: number,
): number {
  let reached = from;
  for (
    let at = from + step;
    at >= 0 && at < tops.peak.length && Math.abs(at - reached) <= bridgeFrames + 1;
    at += step
  ) {
    if (isAt(tops, at, levelDbfs, toleranceDb)) reached = at;
  }
  return reached;
}
