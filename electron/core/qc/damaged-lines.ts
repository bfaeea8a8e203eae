import type { Finding } from './check.ts';
import { isDrawnWork } from './drawn-band.ts';
import { framesFoundBy } from './found-frames.ts';
import { createGates } from './gates.ts';
import { findHeldFrames } from './held-frames.ts';
import { printStreaks } from './print-streaks.ts';
import { quantileOf } from './quantile.ts';
import { framesIn, type Series } from './series.ts';
import { type ChanceLimits, chanceStreaks } from './short-streaks.ts';

/** What makes a line a damaged one; see the limits of the check video-dropout. */
export type DamageLimits = ChanceLimits &
  Record<'leastPixels' | 'mostLines' | 'sceneShare' | 'bandSeconds', number> &
  Record<'leastCopies' | 'busyShare' | 'mostUsual', number>;

/** Lines damaged in each frame, without what the next frame shows to be part of the scene. */
export function damagedLinesOf(
  series: Series,
  limits: DamageLimits,
  earlier: ReadonlyMap<string, readonly Finding[]>,
): Float32Array {
  const [streaks, kept] = [series.column('streakLines'), series.column('streakLinesKept')];
  const [pixels, copies] = [series.column('streakPixels'), series.column('repeatedLines')];
  const { cut } = createGates(series);
  const left = framesFoundBy(earlier, ['signal-loss', 'sync-loss', 'head-clog'], series.frames, 1);
  // A band of noise begins with a few lines, before it is one.
  const bands = framesFoundBy(
    earlier,
    ['tracking-error'],
    series.frames,
    framesIn(series, limits.bandSeconds),
  );
  for (let frame = 0; frame < series.frames; frame++) if (bands[frame]) left[frame] = 1;
  // What a machine held leaps when it lets go.
  const held = findHeldFrames(series);
  for (const { endFrame } of [...held.freezes, ...held.repeats]) left[endFrame + 1] = 1;
  const usualCopies = usualCopiesOf(copies, limits);
  const [chance, print] = [chanceStreaks(series, limits), printStreaks(series)];
  const isDrawn = isDrawnWork(series);
  const lines = new Float32Array(series.frames);
  for (let frame = 0; frame < series.frames; frame++) {
    if (left[frame] || cut[frame] || cut[frame + 1]) continue;
    let damaged = 0;
    const seen = streaks[frame] as number;
    const isScene = isDrawn || chance[frame] || print[frame];
    if ((pixels[frame] as number) >= limits.leastPixels && seen <= limits.mostLines && !isScene) {
      // The last frame has no next one: it is believed.
      const stays = frame + 1 < series.frames ? (kept[frame + 1] as number) : 0;
      // Where half of the lines are there again, something went through the picture.
      damaged = stays >= limits.sceneShare * seen ? 0 : seen - (Number.isNaN(stays) ? 0 : stays);
    }
    const copied = (copies[frame] as number) - usualCopies;
    if (
      copied > 0 &&
      copied <= limits.mostLines &&
      sumAround(copies, frame, usualCopies) >= limits.leastCopies
    )
      damaged += copied;
    lines[frame] = damaged;
  }
  return lines;
}

/**
 * Copied lines in a frame that say nothing of this tape: noise that was made repeats itself, a line or two in many frames,
 * where a compensator repeats many lines in few. 0 for most tapes.
 */
function usualCopiesOf(
  copies: Float32Array,
  limits: Pick<DamageLimits, 'usualShare' | 'busyShare' | 'mostUsual'>,
): number {
  const share = copies.filter((lines) => lines > 0).length / copies.length;
  const most = quantileOf(copies, limits.busyShare);
  return share >= limits.usualShare && most <= limits.mostUsual ? 2 * most + 1 : 0;
}

/** Lines in five frames around one, each without what is usual. */
function sumAround(column: Float32Array, frame: number, usual: number): number {
  let sum = 0;
  for (let at = Math.max(0, frame - 2); at <= Math.min(column.length - 1, frame + 2); at++) {
    const value = (column[at] as number) - usual;
    if (value > 0) sum += value;
  }
  return sum;
}
