import { audioColumn } from './measures.ts';
import { movingMean } from './moving-mean.ts';
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
  /** Whether both hold programme, not only their hiss. */
  hasProgramme: Uint8Array;
}

const known = new WeakMap<Series, { frames: number; figures: Map<string, PairFigures> }>();

/**
 * Figures of a pair; several checks ask for the same ones.
 * @param reach frames on each side of the window
 */
export function pairFigures(series: Series, pair: readonly [number, number], reach: number): PairFigures {
  let before = known.get(series);
  if (!before || before.frames !== series.frames) {
    before = { frames: series.frames, figures: new Map() };
    known.set(series, before);
  }
  const key = `${pair.join(' ')} ${reach}`;
  const figures = before.figures.get(key) ?? workOut(series, pair, reach);
  before.figures.set(key, figures);
  return figures;
}

function workOut(series: Series, [first, second]: readonly [number, number], reach: number): PairFigures {
  const { frames } = series;
  const correlation = series.column(audioColumn('correlation', first));
  const [powerFirst, powerSecond] = [first, second].map((channel) => {
    const rms = series.column(audioColumn('rmsDbfs', channel));
    return movingMean(frames, reach, (frame) => 10 ** ((rms[frame] as number) / 10));
  }) as [Float64Array, Float64Array];
  const rms = [first, second].map((channel) => series.column(audioColumn('rmsDbfs', channel)));
  const [rmsFirst, rmsSecond] = rms as [Float32Array, Float32Array];
  const common = movingMean(frames, reach, (frame) => {
    const level = ((rmsFirst[frame] as number) + (rmsSecond[frame] as number)) / 20;
    // A silent picture adds nothing; leaving it out would make the mean louder than the powers it is held against.
    return level === Number.NEGATIVE_INFINITY ? 0 : (correlation[frame] as number) * 10 ** level;
  });
  const residual = movingMean(frames, reach, (frame) => {
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
    hasProgramme: new Uint8Array(frames),
  };
  for (let frame = 0; frame < frames; frame++) {
    const [a, b] = [powerFirst[frame] as number, powerSecond[frame] as number];
    figures.correlation[frame] = (common[frame] as number) / Math.sqrt(a * b);
    figures.differenceDb[frame] = 10 * Math.log10(a / b);
    figures.residualDbfs[frame] = 10 * Math.log10(residual[frame] as number);
    figures.hasProgramme[frame] = a >= leastFirst && b >= leastSecond ? 1 : 0;
  }
  return figures;
}
