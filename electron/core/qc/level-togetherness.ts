import { audioColumn } from './measures.ts';
import { createMovingMean } from './moving-mean.ts';
import type { Series } from './series.ts';

/** Own, dBFS: levels below this count as this, so that digital silence is a level too. */
const lowestDbfs = -90;
/** Own: levels that rise and fall by less than this (standard deviation, dB) have nothing to agree in. */
const leastSwingDb = 3;

/**
 * How alike the levels of two channels rise and fall over a window around each frame: 1 for the same programme, whatever its
 * level on either and however far apart two microphones stood. NaN where either keeps its level.
 * @param reach frames on each side of the window
 */
export function levelTogetherness(
  series: Series,
  [first, second]: readonly [number, number],
  reach: number,
): Float64Array {
  type Level = (frame: number) => number;
  const [one, other] = [first, second].map((channel): Level => {
    const rms = series.column(audioColumn('rmsDbfs', channel));
    return (frame) => Math.max(lowestDbfs, rms[frame] as number);
  }) as [Level, Level];
  const meanOf = (a: Level | undefined, b: Level) =>
    createMovingMean(series.frames, reach, (frame) => (a ? a(frame) : 1) * b(frame));
  const [mean, otherMean] = [meanOf(undefined, one), meanOf(undefined, other)];
  const [square, otherSquare, product] = [meanOf(one, one), meanOf(other, other), meanOf(one, other)];
  const least = leastSwingDb * leastSwingDb;
  const alike = new Float64Array(series.frames);
  for (let frame = 0; frame < series.frames; frame++) {
    const [level, otherLevel, both] = [mean(frame), otherMean(frame), product(frame)];
    const variance = square(frame) - level * level;
    const otherVariance = otherSquare(frame) - otherLevel * otherLevel;
    alike[frame] =
      variance >= least && otherVariance >= least
        ? (both - level * otherLevel) / Math.sqrt(variance * otherVariance)
        : Number.NaN;
  }
  return alike;
}
