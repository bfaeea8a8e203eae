import type { Finding } from './check.ts';
import { framesFoundBy } from './found-frames.ts';
import { countIn, lengthOf, type Run } from './runs.ts';

/** Checks whose events make levels, colours and motion of a picture say nothing of its making: all of it, or what a band of noise covers. */
const damages = ['signal-loss', 'sync-loss', 'head-clog'];
const bands = ['tracking-error'];

/**
 * Tells whether a stretch is explained by damage that checks before found: for more than half of its frames the signal is lost,
 * torn or covered by noise. What such a picture seems to show (white, black, colour) is no finding of its own, unless the lines
 * beside a band of noise show it as well.
 */
export function createDamageTest(
  frames: number,
  earlier: ReadonlyMap<string, readonly Finding[]>,
  isToldBesideBand: (frame: number) => boolean = () => false,
): (run: Run) => boolean {
  const damaged = framesFoundBy(earlier, damages, frames);
  const banded = framesFoundBy(earlier, bands, frames);
  const isLost = (frame: number) => damaged[frame] === 1 || (banded[frame] === 1 && !isToldBesideBand(frame));
  return (run) => countIn(run, isLost) > lengthOf(run) / 2;
}

/** Tells whether dropouts were found in more than half of a stretch: streaks reach either end of the scale. */
export function createStreakTest(
  frames: number,
  earlier: ReadonlyMap<string, readonly Finding[]>,
): (run: Run) => boolean {
  const streaked = framesFoundBy(earlier, ['video-dropout'], frames);
  return (run) => countIn(run, (frame) => streaked[frame] === 1) > lengthOf(run) / 2;
}
