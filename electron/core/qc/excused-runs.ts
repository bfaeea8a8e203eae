import { countIn, findRuns, type Run } from './runs.ts';

/**
 * Stretches in which a level is wrong, together with frames that are as far out and excused by what else they show, where most of a stretch is
 * not excused: a setting does not come right for a second at the same level. Where most is excused, what is left stands alone.
 */
export function runsBeyondExcuse(
  frames: number,
  isWrong: (frame: number) => boolean,
  isExcused: (frame: number) => boolean,
  lengths: { minimumFrames: number; bridgeFrames: number },
): Run[] {
  const all = findRuns(frames, (frame) => isWrong(frame) || isExcused(frame), lengths);
  const isMostlyWrong = (run: Run) => countIn(run, isWrong) > countIn(run, isExcused);
  const whole = all.filter(isMostlyWrong);
  const alone = findRuns(frames, isWrong, lengths).filter(
    (run) => !whole.some((one) => one.startFrame <= run.endFrame && run.startFrame <= one.endFrame),
  );
  return [...whole, ...alone].sort((a, b) => a.startFrame - b.startFrame);
}
