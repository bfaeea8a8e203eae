import type { Series } from './series.ts';

/** What a cut changes and a gap in a shot hardly does: levels and colours of the whole picture. */
const levels = [
  ...['yAvg', 'yLow', 'yHigh', 'yDarkest', 'yBrightest'],
  ...['uAvg', 'vAvg', 'satAvg', 'satPercentile99'],
];

/** By how much each level (codes) differs from the frame before. What was not measured counts as nothing. */
export function levelJumps(series: Series, frame: number): number[] {
  return levels.map((id) => {
    const column = series.column(id);
    return Math.abs((column[frame] as number) - (column[frame - 1] as number)) || 0;
  });
}

/** The same of all levels together. */
export function levelJump(series: Series, frame: number): number {
  return levelJumps(series, frame).reduce((sum, jump) => sum + jump, 0);
}

/** The same as frames beside have it: how the shot drifts by itself. Without the largest, which may be another event. */
export function levelDrift(series: Series, frames: readonly number[]): number {
  const jumps = frames.map((frame) => levelJump(series, frame)).sort((a, b) => a - b);
  const kept = jumps.slice(0, -1);
  return kept.reduce((sum, jump) => sum + jump, 0) / kept.length;
}
