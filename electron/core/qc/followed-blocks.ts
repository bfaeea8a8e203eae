import { framesBeside } from './even-motion.ts';
import { leadIsPlain } from './lead-of-fields.ts';
import type { Series } from './series.ts';

/** Own: of the blocks beside a frame, which can be followed then, and over a cut: of another shot a fifth fits by chance. */
const [leastKeptBeside, mostKeptOver] = [0.6, 0.35];
/** Own: steps against the way things go. A loop goes back to where it began; what is missing lies ahead. */
const mostRatioBack = -1;

/** Frames that are missing by the steps of blocks: out of step once, and back. Undefined where they cannot be followed. */
export function lostFramesAt(series: Series, frame: number, leastRatio: number): number | undefined {
  const ratio = series.column('motionRatio');
  const [now, next] = [ratio[frame] as number, ratio[frame + 1] as number];
  if (!(now >= leastRatio) || !(next <= 1 / leastRatio)) return;
  return Math.max(1, Math.round(now) - 1);
}

/** Whether blocks leap against their way. */
export function goesBack(series: Series, frame: number): boolean {
  return (series.column('motionRatio')[frame] as number) <= mostRatioBack;
}

/** Whether blocks have gone on by no more than their own step, and none beside them farther: in a pattern they are found one period short. */
export function keepsPace(series: Series, frame: number, least: number): boolean {
  const [step, ratio] = [series.column('motionStep'), series.column('motionRatio')];
  const isLong =
    (step[frame] as number) >= 1.5 * (step[frame - 1] as number) && (step[frame - 1] as number) > 0;
  return (ratio[frame] as number) < least && !isLong;
}

/** Whether blocks go their way evenly before and behind a frame, as far on both sides: another shot moves otherwise. */
export function panGoesOn(series: Series, frame: number): boolean {
  const [step, ratio] = [series.column('motionStep'), series.column('motionRatio')];
  const steps = framesBeside(frame).map((near) => step[near] as number);
  const isSteady = [-2, -1, 2, 3].every((offset) => Math.abs((ratio[frame + offset] as number) - 1) <= 0.12);
  return isSteady && Math.min(...steps) >= 2 && Math.max(...steps) <= 1.15 * Math.min(...steps);
}

/**
 * Whether blocks all over the picture leave their places at this frame alone, beside motion too small to follow them, which the fields of
 * one side show all the same. Where most stay, something jumped in a still.
 */
export function stepsOnce(series: Series, frame: number): boolean {
  const step = series.column('motionStep');
  const beside = [-2, -1, 1, 2].every((offset) => step[frame + offset] === 0);
  if (!beside || !((step[frame] as number) > 0)) return false;
  const isEverywhere = (series.column('motionKept')[frame] as number) < leastKeptBeside;
  return isEverywhere && leadIsPlain(series, frame);
}

/** Whether most blocks are found from frame to frame beside this one, and few of them over it: a cut to a shot that moves and looks alike. */
export function isAnotherShot(series: Series, frame: number): boolean {
  return isEdit(series, frame, -1) && isEdit(series, frame, 1);
}

/** Whether blocks that can be followed on one side of this frame (`turn` 1 behind it, -1 before) are not found here: an edit, though it be on the second field. */
export function isEdit(series: Series, frame: number, turn: number): boolean {
  const kept = series.column('motionKept');
  return (kept[frame + turn] as number) >= leastKeptBeside && (kept[frame] as number) < mostKeptOver;
}
