import type { Alignment } from '#shared/domain/alignment.ts';
import type { FrameRange } from '../../../ui/graph/scale.ts';

/** A stretch of the first pass whose frames the second one has, so many frames further on. */
interface Shared {
  from: number;
  /** Not among them. */
  to: number;
  offsetFrames: number;
}

/** What of a range both passes show, as they lie on each other: aligned, or frame by frame, and then shifted by hand. */
export function sharedIn(
  range: FrameRange,
  alignment: Alignment | undefined,
  shiftFrames: number,
  framesOfB: number,
): Shared[] {
  const stretches = alignment?.stretches ?? [
    { startFrameA: 0, frames: Number.POSITIVE_INFINITY, offsetFrames: 0 },
  ];
  return stretches.flatMap(({ startFrameA, frames, offsetFrames }) => {
    const offset = offsetFrames + shiftFrames;
    const from = Math.max(range.from, startFrameA, -offset);
    const to = Math.min(range.to, startFrameA + frames, framesOfB - offset);
    return to > from ? [{ from, to, offsetFrames: offset }] : [];
  });
}
