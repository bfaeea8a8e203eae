import { type Alignment, frameOfA } from '#shared/domain/alignment.ts';
import type { ComparedFinding } from '#shared/domain/pass-comparison.ts';
import { isOfFile } from '#shared/domain/qc.ts';
import type { Bar } from './scene.ts';

/** What was found in B alone, as bars at the frames of A that show the same; where A has no such frames, where it goes on behind them. */
export function otherBarsOf(
  findings: readonly ComparedFinding[],
  alignment: Alignment,
  shiftFrames: number,
): Bar[] {
  return findings.flatMap(({ check, a, b, severity }): Bar[] => {
    if (a || !b || isOfFile({ check })) return [];
    const [startFrame, endFrame] = [b.startFrame, b.endFrame].map(
      (frame) => placeInA(alignment, frame) - shiftFrames,
    ) as [number, number];
    return [{ startFrame, endFrame: Math.max(startFrame, endFrame), weight: severity }];
  });
}

function placeInA(alignment: Alignment, frameB: number): number {
  const there = frameOfA(alignment, frameB);
  if (there !== undefined) return there;
  const behind = alignment.stretches.find(
    ({ startFrameA, offsetFrames }) => startFrameA + offsetFrames > frameB,
  );
  if (behind) return behind.startFrameA;
  const last = alignment.stretches.at(-1);
  return last ? last.startFrameA + last.frames - 1 : frameB;
}
