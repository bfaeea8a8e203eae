import { isEdit } from './followed-blocks.ts';
import { createGates } from './gates.ts';
import { framesIn, type Series } from './series.ts';

/** Own: frames on each side that must not jump as far. */
const farNeighbours = 8;

/**
 * Motion that is uneven all along jumps again and again: this difference has to stand out of a wider neighbourhood. Where
 * shots are that short, a jump is one cut more, unless there is but one and the blocks of this one are found again.
 */
export function standsOut(series: Series, frame: number, factor: number, isKept: boolean): boolean {
  const difference = series.column('yDif');
  const { cut } = createGates(series);
  let cuts = 0;
  for (const turn of [-1, 1]) {
    for (let away = 1; away <= farNeighbours; away++) {
      const near = frame + turn * away;
      if (near < 1 || near >= series.frames) break;
      if (cut[near] || (isKept && isEdit(series, near, turn))) {
        cuts++;
        break;
      }
      if ((difference[frame] as number) < factor * (difference[near] as number)) return false;
    }
  }
  return cuts === 0 || (isKept && cuts === 1);
}

/**
 * Whether pictures a second before and behind jump as well: the figures of a clock or a counter change on the second, as those of
 * test pictures do. Frames are not lost by the clock.
 */
export function isTick(series: Series, frame: number): boolean {
  const difference = series.column('yDif');
  const second = framesIn(series, 1);
  const jumpAt = (at: number) => {
    const beside = Math.max(difference[at - 1] as number, difference[at + 1] as number);
    return (difference[at] as number) / beside;
  };
  const least = 1 + (jumpAt(frame) - 1) / 4;
  let seconds = 0;
  let jumps = 0;
  for (const turn of [-3, -2, -1, 1, 2, 3]) {
    const at = frame + turn * second;
    if (at < 2 || at + 2 >= series.frames) continue;
    seconds++;
    // A second is a whole number of frames to a thirtieth of one: only over several does a clock slip.
    const slip = Math.abs(turn) > 1 ? 1 : 0;
    if ([at - slip, at, at + slip].some((near) => jumpAt(near) >= least)) jumps++;
  }
  return jumps >= 2 && jumps > seconds / 2;
}
