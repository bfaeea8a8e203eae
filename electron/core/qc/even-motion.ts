import type { Series } from './series.ts';

/** What motion is even by; see the limits of the check dropped-frame. */
export type EvenLimits = Record<'steadiness' | 'mostBack', number>;

/** Own: frames on each side of a jump that have to be steady. */
export const sideFrames = 3;

/** Those frames, in order, without the jump itself. */
export function framesBeside(frame: number): number[] {
  return [-3, -2, -1, 1, 2, 3].map((offset) => frame + offset);
}

/** What even motion makes two pictures differ by before a frame and behind it; NaN for a side that is uneven. */
export function evenDifferences(
  series: Series,
  frame: number,
  steadiness: number,
): [before: number, after: number] {
  const beside = framesBeside(frame);
  return [
    evenDifference(series, beside.slice(0, sideFrames), steadiness),
    evenDifference(series, beside.slice(sideFrames), steadiness),
  ];
}

/**
 * Whether a step beside is as much too short, of what is usual on its own side: a zoom or a pan in whole pixels stumbles so, and nothing
 * is missing.
 */
export function isMadeUp(series: Series, frame: number, limits: EvenLimits): boolean {
  const difference = series.column('yDif');
  const [before, after] = evenDifferences(series, frame, limits.steadiness);
  const most = limits.mostBack * ((difference[frame] as number) - Math.max(before, after));
  return (
    before - (difference[frame - 1] as number) > most || after - (difference[frame + 1] as number) > most
  );
}

/** Median of three frames that differ little; NaN otherwise. */
function evenDifference(series: Series, frames: readonly number[], steadiness: number): number {
  const difference = series.column('yDif');
  const sorted = frames.map((frame) => difference[frame] as number).sort((a, b) => a - b);
  const [least, median, most] = sorted as [number, number, number];
  return most - least <= 2 * steadiness * median ? median : Number.NaN;
}
