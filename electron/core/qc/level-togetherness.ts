import { audioColumn } from './measures.ts';
import { movingMean } from './moving-mean.ts';
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
  const [one, other] = [first, second].map((channel) => {
    const rms = series.column(audioColumn('rmsDbfs', channel));
    return rms.map((level) =>
      level === Number.NEGATIVE_INFINITY ? lowestDbfs : Math.max(lowestDbfs, level),
    );
  }) as [Float32Array, Float32Array];
  const meanOf = (a: Float32Array | undefined, b: Float32Array) =>
    movingMean(series.frames, reach, (frame) => (a ? (a[frame] as number) : 1) * (b[frame] as number));
  const [mean, otherMean] = [meanOf(undefined, one), meanOf(undefined, other)];
  const [square, otherSquare, product] = [meanOf(one, one), meanOf(other, other), meanOf(one, other)];
  return mean.map((level, frame) => {
    const otherLevel = otherMean[frame] as number;
    const variance = (square[frame] as number) - level * level;
    const otherVariance = (otherSquare[frame] as number) - otherLevel * otherLevel;
    const least = leastSwingDb * leastSwingDb;
    if (!(variance >= least && otherVariance >= least)) return Number.NaN;
    return ((product[frame] as number) - level * otherLevel) / Math.sqrt(variance * otherVariance);
  });
}
