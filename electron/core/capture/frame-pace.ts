import { fitLine } from './line-fit.ts';

/** How fast frames come, against the standard's own rate. */
export interface FramePace {
  /** Parts in a million that they come too fast; below zero: too slowly. */
  ppm: number;
  /** How far that may be off: three standard errors, and the frame that is counted whole or not at all. */
  uncertaintyPpm: number;
}

/** Frames are counted whole, and one of them is 133 parts in a million of this time. */
const windowMs = 300_000;
const leastMs = 20_000;
const pointEveryMs = 1_000;

/** The pace of a card's frames over the last five minutes of a monotonic clock; undefined in the first twenty seconds. */
export function createFramePace(framesPerSecond: number): {
  add(atMs: number, frames: number): FramePace | undefined;
} {
  const seen: { x: number; y: number }[] = [];
  let pace: FramePace | undefined;
  return {
    add(atMs, frames) {
      const last = seen.at(-1);
      if (last && frames >= last.y && atMs - last.x * 1000 < pointEveryMs) return pace;
      // A source that stood still or began anew has no pace over the gap.
      if (last && (frames < last.y || atMs - last.x * 1000 > 3_000)) seen.length = 0;
      seen.push({ x: atMs / 1000, y: frames });
      while ((seen[0]?.x ?? 0) * 1000 < atMs - windowMs) seen.shift();
      pace = paceOf(seen, framesPerSecond);
      return pace;
    },
  };
}

function paceOf(seen: readonly { x: number; y: number }[], framesPerSecond: number): FramePace | undefined {
  const spanMs = ((seen.at(-1)?.x ?? 0) - (seen[0]?.x ?? 0)) * 1000;
  if (spanMs < leastMs) return undefined;
  const fit = fitLine(seen);
  if (!fit) return undefined;
  const perMillion = 1e6 / framesPerSecond;
  return {
    ppm: Math.round((fit.slope - framesPerSecond) * perMillion),
    uncertaintyPpm: Math.round((3 * fit.slopeError + 1000 / spanMs) * perMillion),
  };
}
