import { framesBeside } from './even-motion.ts';
import type { Series } from './series.ts';

/** What a cut changes and a gap in a shot hardly does: levels and colours of the whole picture. */
const levels = [
  ...['yAvg', 'yLow', 'yHigh', 'yDarkest', 'yBrightest'],
  ...['uAvg', 'vAvg', 'satAvg', 'satPercentile99'],
];
/** Those that no small thing rules. */
const broadLevels = ['yAvg', 'yLow', 'yHigh', 'uAvg', 'vAvg', 'satAvg'];

/** Own: frames missing at once in a drift of levels. More are another place, not a gap. */
const mostGap = 6;

/** By how much each level (codes) differs from the frame before. What was not measured counts as nothing. */
function levelJumps(series: Series, frame: number, ids: readonly string[] = levels): number[] {
  return ids.map((id) => {
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

/** The same of each broad level by itself. */
function broadDrifts(series: Series, frames: readonly number[]): number[] {
  const jumps = frames.map((frame) => levelJumps(series, frame, broadLevels));
  return broadLevels.map((_, at) => {
    const kept = jumps
      .map((one) => one[at] as number)
      .sort((a, b) => a - b)
      .slice(0, -1);
    return kept.reduce((sum, jump) => sum + jump, 0) / kept.length;
  });
}

/**
 * Over a jump, levels and colours together change by no more than so many codes, and than they drift in so many frames of this shot, and so does
 * each broad one: a title that goes changes some that are steady otherwise. Where its blocks are found again one level may leap: a small
 * thing that comes in is the brightest or the most coloured.
 */
export function levelsHold(
  series: Series,
  frame: number,
  most: { codes: number; frames: number },
  isFound: boolean,
): boolean {
  const jumps = levelJumps(series, frame).sort((a, b) => a - b);
  const jump = (isFound ? jumps.slice(0, -1) : jumps).reduce((sum, one) => sum + one, 0);
  const beside = framesBeside(frame);
  if (jump > most.codes + most.frames * levelDrift(series, beside)) return false;
  const drifts = broadDrifts(series, beside);
  const broad = levelJumps(series, frame, broadLevels);
  const leaps = broad.filter((one, at) => one > most.codes + most.frames * (drifts[at] as number)).length;
  return leaps <= (isFound ? 1 : 0);
}

/**
 * Whether the picture's levels go one way before and behind a frame, step by step, and at this frame by about as many steps as a gap takes
 * away: a pan over soft things, whose difference from frame to frame is hardly more than noise. Levels of a still waver to both sides.
 */
export function levelsDrift(series: Series, frame: number): boolean {
  const drifting = ['yAvg', 'uAvg', 'vAvg'].filter((id) => {
    const column = series.column(id);
    const stepAt = (at: number) => (column[at] as number) - (column[at - 1] as number);
    const steps = framesBeside(frame).map(stepAt);
    const mean = steps.reduce((sum, step) => sum + step, 0) / steps.length;
    const isEven = steps.every((step) => Math.abs(step - mean) <= Math.abs(mean) / 2);
    const gap = stepAt(frame) / mean;
    return isEven && gap >= 1.3 && gap <= mostGap;
  });
  return drifting.length >= 2;
}
