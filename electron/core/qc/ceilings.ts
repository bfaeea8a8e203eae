import { quantileOf } from './quantile.ts';
import { lengthOf, maximumIn, type Run } from './runs.ts';
import { type ChannelTops, isAt } from './wave-tops.ts';

/** A sine's peak lies so much above its root mean square. */
const crestOfSineDb = 3.01;
/** Own: the base of a sine that was cut off is so much larger than the sine that is left. That of a drawn square wave is by 2.1 dB. */
const cutSineDb = { least: 0.3, most: 2 };

/** Own: waves of two synthesisers, one on top of the other, beat by so much; drums that are cut off go up and down. */
const drawnSpreadDb = 1.5;

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
