import type { Finding } from './check.ts';
import { lengthOf, type Run } from './runs.ts';

/** Checks whose events make levels, colours and motion of a picture say nothing of its making. */
const damages = ['signal-loss', 'sync-loss', 'head-clog', 'tracking-error'];

/**
 * Tells whether a stretch is explained by damage that checks before found: for more than half of its frames the signal is lost,
 * torn or covered by noise. What such a picture seems to show (white, black, colour) is no finding of its own.
 */
export function createDamageTest(
  frames: number,
  earlier: ReadonlyMap<string, readonly Finding[]>,
  checks: readonly string[] = damages,
): (run: Run) => boolean {
  const mask = new Uint8Array(frames);
  for (const check of checks) {
    for (const { startFrame, endFrame } of earlier.get(check) ?? []) mask.fill(1, startFrame, endFrame + 1);
  }
  return (run) => {
    let count = 0;
    for (let frame = run.startFrame; frame <= run.endFrame; frame++) count += mask[frame] as number;
    return count > lengthOf(run) / 2;
  };
}
