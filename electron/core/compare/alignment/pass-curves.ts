import type { Rational } from '#shared/domain/rational.ts';
import type { Curve, Curves } from './curves.ts';

/** What was measured of a recording, column by column; NaN where nothing was. */
export interface MeasuredSeries {
  frames: number;
  frameRate: Rational;
  /** Audio channels. */
  channels: number;
  column(id: string): Float32Array;
}

/** Levels: they move with the picture. Lowest and highest tenths say where in the brightness it moves. */
const levelColumns = ['yAvg', 'yLow', 'yHigh', 'uAvg', 'vAvg', 'satAvg'] as const;
/** Change from frame to frame; by its logarithm, since it runs from a still's noise to a cut. */
const motionColumn = 'yDif';
/** Noise of a still picture, in codes: what is below it counts as still. */
const stillCodes = 0.5;
/** Channels that are looked at: most tapes have the same on the others, or nothing. */
const mostChannels = 4;
/** Below it there is no programme, only hiss, which no two playings share. */
const quietestDbfs = -60;

/** The curves of a measured pass by which its frames can be told from each other. */
export function passCurves(series: MeasuredSeries): Curves {
  const { frames, frameRate, channels } = series;
  const levels = levelColumns.map((id): Curve => ({ id, values: series.column(id) }));
  const motion = series.column(motionColumn).map((value) => Math.log(stillCodes + value));
  const sound = Array.from({ length: Math.min(mostChannels, channels) }, (_, at): Curve => {
    const id = `rmsDbfs.${at + 1}`;
    return { id, values: series.column(id).map((level) => Math.max(quietestDbfs, level)) };
  });
  return { frames, frameRate, curves: [...levels, { id: motionColumn, values: motion }, ...sound] };
}
