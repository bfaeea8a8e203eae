import { quantileOf } from './quantile.ts';
import { findRuns, lengthOf, maximumIn, type Run } from './runs.ts';

/** What is known of the tops of a channel's wave, a value a frame. */
export interface ChannelTops {
  peak: Float32Array;
  rms: Float32Array;
  /** Samples in flat tops. */
  clipped: Float32Array;
  /** Root mean square of a steady tone; NaN where there is none. */
  tone: Float32Array;
}

/** A sine's peak lies so much above its root mean square. */
const crestOfSineDb = 3.01;
/** Own: the base of a sine that was cut off is so much larger than the sine that is left. That of a drawn square wave is by 2.1 dB. */
const cutSineDb = { least: 0.3, most: 2 };

/** Own: waves of two synthesisers, one on top of the other, beat by so much; drums that are cut off go up and down. */
const drawnSpreadDb = 1.5;

/** Whether a run's frames stand at one level. `toleranceDb`: hiss on it. */
function isAt(tops: ChannelTops, frame: number, levelDbfs: number, toleranceDb: number): boolean {
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

/**
 * Runs in order: those between which the sound stays as loud belong together, since only some peaks of one passage reach what cuts them. `share`: how many of
 * a run's frames are softer than what stands for its level.
 */
export function joinLoud(
  tops: ChannelTops,
  runs: readonly Run[],
  { mostFrames, belowDb, share }: { mostFrames: number; belowDb: number; share: number },
): Run[] {
  const joined: Run[] = [];
  for (const run of runs) {
    const last = joined.at(-1);
    if (last && run.startFrame <= last.endFrame + 1) {
      last.endFrame = Math.max(last.endFrame, run.endFrame);
      continue;
    }
    if (last && staysLoud(tops, last, run, { mostFrames, belowDb, share })) last.endFrame = run.endFrame;
    else joined.push({ ...run });
  }
  return joined;
}

/**
 * Whether between two runs of a passage the sound of a channel stays as loud, or its peaks, most of the time, as near to what cuts
 * them: see `joinLoud`.
 */
export function staysLoud(
  tops: ChannelTops,
  last: Run,
  run: Run,
  { mostFrames, belowDb, share }: { mostFrames: number; belowDb: number; share: number },
): boolean {
  const gap = { startFrame: last.endFrame + 1, endFrame: run.startFrame - 1 };
  if (lengthOf(gap) > mostFrames) return false;
  const quantileIn = (column: Float32Array, { startFrame, endFrame }: Run, of: number) =>
    quantileOf(column.subarray(startFrame, endFrame + 1), of);
  const leastPeak = Math.min(maximumIn(tops.peak, last), maximumIn(tops.peak, run)) - belowDb;
  if (!(quantileIn(tops.peak, gap, 0.9) >= leastPeak)) return false;
  return (
    quantileIn(tops.peak, gap, 0.5) >= leastPeak ||
    quantileIn(tops.rms, gap, 0.9) >=
      Math.min(quantileIn(tops.rms, last, share), quantileIn(tops.rms, run, share)) - belowDb
  );
}

/** Runs in order: those no further apart than a pause of speech, whose tops stand at one level that nothing between them passes, are one. */
export function joinAtOneLevel(
  tops: ChannelTops,
  runs: readonly Run[],
  { mostFrames, spreadDb }: { mostFrames: number; spreadDb: number },
): Run[] {
  const joined: Run[] = [];
  for (const run of runs) {
    const last = joined.at(-1);
    const level = maximumIn(tops.peak, run);
    const isOne =
      last &&
      run.startFrame - last.endFrame - 1 <= mostFrames &&
      Math.abs(maximumIn(tops.peak, last) - level) <= spreadDb &&
      maximumIn(tops.peak, { startFrame: last.startFrame, endFrame: run.endFrame }) <= level + spreadDb;
    if (isOne) last.endFrame = Math.max(last.endFrame, run.endFrame);
    else joined.push({ ...run });
  }
  return joined;
}

/**
 * Whether the peaks stand at one level, with flat tops among them and nothing above, while the sound goes up and down below it. Peaks of what
 * nothing cuts move with the sound.
 */
export function stands(
  tops: ChannelTops,
  isFlat: (frame: number) => boolean,
  run: Run,
  levelDbfs: number,
  limits: Record<
    'ceilingFrames' | 'standingDb' | 'standingShare' | 'flatShare' | 'stillDb' | 'exactSamples',
    number
  >,
): boolean {
  let [count, louder, samples, flat] = [0, 0, 0, 0];
  const levels = new Float32Array(lengthOf(run));
  for (let frame = run.startFrame; frame <= run.endFrame; frame++) {
    if ((tops.peak[frame] as number) > levelDbfs + limits.standingDb) louder++;
    if (!isAt(tops, frame, levelDbfs, limits.standingDb)) continue;
    levels[count++] = tops.rms[frame] as number;
    if (!isFlat(frame)) continue;
    flat++;
    samples += tops.clipped[frame] as number;
  }
  return (
    count >= limits.ceilingFrames &&
    flat >= Math.max(2, limits.flatShare * count) &&
    samples >= limits.exactSamples &&
    count >= limits.standingShare * lengthOf(run) &&
    louder <= 0.02 * lengthOf(run) &&
    spreadOf(levels.subarray(0, count)) >= limits.stillDb
  );
}

/** Whether a limiter holds the peaks: nearly all of them stand at one level, and few are flat. */
export function isLimited(
  tops: ChannelTops,
  isFlat: (frame: number) => boolean,
  run: Run,
  limits: Record<'standingDb' | 'standingShare' | 'flatShare', number>,
): boolean {
  const level = maximumIn(tops.peak, run);
  let [at, flat] = [0, 0];
  for (let frame = run.startFrame; frame <= run.endFrame; frame++) {
    if (!isAt(tops, frame, level, limits.standingDb)) continue;
    at++;
    if (isFlat(frame)) flat++;
  }
  return at >= limits.standingShare * lengthOf(run) && flat < limits.flatShare * at;
}

/** From the 10th to the 90th percentile. */
function spreadOf(values: Float32Array): number {
  return quantileOf(values, 0.9) - quantileOf(values, 0.1);
}

/**
 * Whether the flat tops are those of a wave that a synthesiser drew: level with its mean power all along, which stands still. Programme that was
 * cut off still rises and falls, and a steady tone that was cut off has slanting flanks, so that its base is smaller than that of a square wave.
 */
export function isDrawn(
  tops: ChannelTops,
  isFlat: (frame: number) => boolean,
  run: Run,
  leastCrestDb: number,
): boolean {
  let [flat, square, cut] = [0, 0, 0];
  for (let frame = run.startFrame; frame <= run.endFrame; frame++) {
    if (!isFlat(frame)) continue;
    flat++;
    const peak = tops.peak[frame] as number;
    if (peak - (tops.rms[frame] as number) < leastCrestDb) square++;
    const overDb = (tops.tone[frame] as number) + crestOfSineDb - peak;
    if (overDb >= cutSineDb.least && overDb <= cutSineDb.most) cut++;
  }
  const isLevel = spreadOf(tops.rms.subarray(run.startFrame, run.endFrame + 1)) < drawnSpreadDb;
  return square > 0.8 * (isLevel ? flat : lengthOf(run)) && cut < 0.5 * flat;
}

/**
 * Whether flat tops that come now and then, of a drum that is struck, all stand at exactly one level that nothing passes.
 * Square waves of a synthesiser do too, but they end or fade flat; what was cut off goes on below, round.
 */
export function isOneCeiling(
  { peak, clipped }: ChannelTops,
  isFlat: (frame: number) => boolean,
  run: Run,
  limits: Record<'ceilingFrames' | 'oneCeilingSpreadDb' | 'exactSamples' | 'mostFadeDb', number>,
): boolean {
  let [flat, samples, ends, fades] = [0, 0, 0, 0];
  let lowest = 0;
  const highest = maximumIn(peak, run);
  for (let frame = run.startFrame; frame <= run.endFrame; frame++) {
    if (!isFlat(frame)) continue;
    flat++;
    samples += clipped[frame] as number;
    lowest = Math.min(lowest, peak[frame] as number);
    if (isFlat(frame + 1)) continue;
    ends++;
    if (highest - (peak[frame + 1] as number) < limits.mostFadeDb) fades++;
  }
  return (
    flat >= limits.ceilingFrames &&
    samples >= limits.exactSamples &&
    highest - lowest <= limits.oneCeilingSpreadDb &&
    fades > 0.7 * ends
  );
}

/** Whether the flat tops of a run stand at one level, and nothing near the run is louder. */
export function isCeiling(
  { peak, clipped }: ChannelTops,
  isFlat: (frame: number) => boolean,
  run: Run,
  limits: Record<
    'ceilingFrames' | 'ceilingSpreadDb' | 'exactFrames' | 'exactSpreadDb' | 'exactSamples',
    number
  >,
): boolean {
  const ofRun = (column: Float32Array) =>
    column.subarray(run.startFrame, run.endFrame + 1).filter((_, at) => isFlat(run.startFrame + at));
  const peaks = ofRun(peak);
  const [low, high] = [quantileOf(peaks, 0.1), quantileOf(peaks, 0.9)];
  const isExact =
    peaks.length >= limits.exactFrames &&
    high - low <= limits.exactSpreadDb &&
    ofRun(clipped).reduce((sum, samples) => sum + samples, 0) >= limits.exactSamples;
  if (!isExact && peaks.length < limits.ceilingFrames) return false;
  if (high - low > limits.ceilingSpreadDb) return false;
  let louder = 0;
  for (let frame = run.startFrame; frame <= run.endFrame; frame++) {
    if ((peak[frame] as number) > high + limits.ceilingSpreadDb) louder++;
  }
  return louder <= 0.02 * lengthOf(run);
}
