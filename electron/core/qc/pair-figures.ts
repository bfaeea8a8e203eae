import { audioColumn } from './measures.ts';
import { createMovingMean } from './moving-mean.ts';
import { programmeDbfsOf } from './programme-level.ts';
import type { Series } from './series.ts';

/** Two channels of a pair over a window around each frame. */
export interface PairFigures {
  /** -1 to 1, each picture counting as its power does; NaN where a channel is silent. */
  correlation: Float64Array;
  /** How much louder the first is than the second, dB. */
  differenceDb: Float64Array;
  /** What is left of the second when all that it has in common with the first is taken away, dBFS. */
  residualDbfs: Float64Array;
  /**
   * What is left when one is taken from the other, brought to its level where programme last told by how much: of one sound on two tracks, both
   * their hisses, in pauses as well. dBFS, at the level of the second.
   */
  apartDbfs: Float64Array;
  /** Whether both hold programme, not only their hiss. */
  hasProgramme: Uint8Array;
}

const known = new WeakMap<Series, { key: string; figures: PairFigures }>();

/**
 * Figures of a pair; several checks ask for the same ones. Those of one pair are kept: ten hours of them take 22 MB.
 * @param reach frames on each side of the window
 */
export function pairFigures(series: Series, pair: readonly [number, number], reach: number): PairFigures {
  const key = `${pair.join(' ')} ${reach} ${series.frames}`;
  const before = known.get(series);
  if (before?.key === key) return before.figures;
  known.delete(series);
  const figures = workOut(series, pair, reach);
  known.set(series, { key, figures });
  return figures;
}

function workOut(series: Series, [first, second]: readonly [number, number], reach: number): PairFigures {
  const { frames } = series;
  const correlation = series.column(audioColumn('correlation', first));
  const [powerFirst, powerSecond] = [first, second].map((channel) => {
    const rms = series.column(audioColumn('rmsDbfs', channel));
    return createMovingMean(frames, reach, (frame) => 10 ** ((rms[frame] as number) / 10));
  }) as [(frame: number) => number, (frame: number) => number];
  const rms = [first, second].map((channel) => series.column(audioColumn('rmsDbfs', channel)));
  const [rmsFirst, rmsSecond] = rms as [Float32Array, Float32Array];
  const common = createMovingMean(frames, reach, (frame) => {
    const level = ((rmsFirst[frame] as number) + (rmsSecond[frame] as number)) / 20;
    // A silent picture adds nothing; leaving it out would make the mean louder than the powers it is held against.
    return level === Number.NEGATIVE_INFINITY ? 0 : (correlation[frame] as number) * 10 ** level;
  });
  const residual = createMovingMean(frames, reach, (frame) => {
    const likeness = correlation[frame] as number;
    // Rounding may bring a likeness a hair above 1.
    return Math.max(0, 1 - likeness * likeness) * 10 ** ((rmsSecond[frame] as number) / 10);
  });
  const [leastFirst, leastSecond] = [first, second].map(
    (channel) => 10 ** (programmeDbfsOf(series, channel) / 10),
  ) as [number, number];
  const figures: PairFigures = {
    correlation: new Float64Array(frames),
    differenceDb: new Float64Array(frames),
    residualDbfs: new Float64Array(frames),
    apartDbfs: new Float64Array(frames),
    hasProgramme: new Uint8Array(frames),
  };
  let gain = 1;
  for (let frame = 0; frame < frames; frame++) {
    const [a, b] = [powerFirst(frame), powerSecond(frame)];
    if (a >= leastFirst && b >= leastSecond) gain = Math.sqrt(b / a);
    figures.apartDbfs[frame] = 10 * Math.log10(Math.max(0, b + gain * gain * a - 2 * gain * common(frame)));
    figures.correlation[frame] = common(frame) / Math.sqrt(a * b);
    figures.differenceDb[frame] = 10 * Math.log10(a / b);
    figures.residualDbfs[frame] = 10 * Math.log10(residual(frame));
    figures.hasProgramme[frame] = a >= leastFirst && b >= leastSecond ? 1 : 0;
  }
  return figures;
}
