import { quantileOf } from './quantile.ts';
import type { Series } from './series.ts';

/** When copied lines are a thing of made noise; see the limits of the check video-dropout. */
export type CopyLimits = Record<'usualShare' | 'busyShare' | 'mostUsual', number>;

/** Lines of each frame that a compensator copied, without as many as say nothing of this tape. */
export function copiedLinesOf(series: Series, limits: CopyLimits): Float32Array {
  const copies = series.column('repeatedLines');
  const usual = usualCopiesOf(copies, limits);
  return copies.map((lines) => (lines > usual ? lines - usual : 0));
}

/**
 * Copied lines in a frame that say nothing of this tape: noise that was made repeats itself, a line or two in many frames,
 * where a compensator repeats many lines in few. 0 for most tapes.
 */
function usualCopiesOf(copies: Float32Array, limits: CopyLimits): number {
  const share = copies.filter((lines) => lines > 0).length / copies.length;
  const most = quantileOf(copies, limits.busyShare);
  return share >= limits.usualShare && most <= limits.mostUsual ? 2 * most + 1 : 0;
}
