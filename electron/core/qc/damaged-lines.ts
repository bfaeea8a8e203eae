import type { Finding } from './check.ts';
import { type CopyLimits, copiedLinesOf } from './copied-lines.ts';
import { isDrawnWork } from './drawn-band.ts';
import { framesFoundBy } from './found-frames.ts';
import { createGates } from './gates.ts';
import { findHeldFrames } from './held-frames.ts';
import { printStreaks } from './print-streaks.ts';
import { framesIn, type Series } from './series.ts';
import { type ChanceLimits, chanceStreaks } from './short-streaks.ts';

/** What makes a line a damaged one; see the limits of the check video-dropout. */
export type DamageLimits = ChanceLimits &
  CopyLimits &
  Record<'leastPixels' | 'mostLines' | 'sceneShare' | 'bandSeconds' | 'leastCopies', number>;

/** Lines damaged in each frame, without what the next frame shows to be part of the scene. */
export function damagedLinesOf(
  series: Series,
  limits: DamageLimits,
  earlier: ReadonlyMap<string, readonly Finding[]>,
): Float32Array {
  const [streaks, kept] = [series.column('streakLines'), series.column('streakLinesKept')];
  const [pixels, copies] = [series.column('streakPixels'), copiedLinesOf(series, limits)];
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
    const copied = copies[frame] as number;
    if (copied <= limits.mostLines && sumAround(copies, frame) >= limits.leastCopies) damaged += copied;
    lines[frame] = damaged;
  }
  return lines;
}

/** Copied lines in five frames around one. */
function sumAround(copies: Float32Array, frame: number): number {
  let sum = 0;
  for (let at = Math.max(0, frame - 2); at <= Math.min(copies.length - 1, frame + 2); at++)
    sum += copies[at] as number;
  return sum;
}
