import type { Finding } from './check.ts';
import { framesFoundBy } from './found-frames.ts';
import { countIn, lengthOf, type Run } from './runs.ts';
import { framesIn, type Series } from './series.ts';

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

/** Own: frames so near to damage say nothing, since it grows and fades; and so much beside it is a finding of its own. */
const [marginSeconds, leastSeconds] = [0.4, 0.6];

/**
 * The part of a stretch that no damage explains: all of it, or what lies beside the damage where that is long enough; undefined for none.
 * A level that is set wrong is so before the signal is lost, and damage that follows does not take it back.
 */
export function createDamageLeaver(
  series: Series,
  earlier: ReadonlyMap<string, readonly Finding[]>,
  isToldBesideBand?: (frame: number) => boolean,
): (run: Run) => Run | undefined {
  const isDamage = createDamageTest(series.frames, earlier, isToldBesideBand);
  const near = framesFoundBy(earlier, [...damages, ...bands], series.frames, framesIn(series, marginSeconds));
  const least = framesIn(series, leastSeconds);
  return (run) => {
    if (!isDamage(run)) return run;
    const frames = Array.from({ length: lengthOf(run) }, (_, at) => run.startFrame + at).filter(
      (frame) => !near[frame],
    );
    const [first, last] = [frames[0], frames.at(-1)];
    const isEnough = frames.length >= least && first !== undefined && last !== undefined;
    return isEnough ? { startFrame: first, endFrame: last } : undefined;
  };
}

/** Tells whether dropouts were found in more than half of a stretch: streaks reach either end of the scale. */
export function createStreakTest(
  frames: number,
  earlier: ReadonlyMap<string, readonly Finding[]>,
): (run: Run) => boolean {
  const streaked = framesFoundBy(earlier, ['video-dropout'], frames);
  return (run) => countIn(run, (frame) => streaked[frame] === 1) > lengthOf(run) / 2;
}
