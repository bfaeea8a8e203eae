import type { DrawnLane, DrawnSamples } from '#shared/domain/drawn-samples.ts';

/** What the finest samples that are there say of a frame: of itself, or of the piece that holds it. */
interface SampleAt {
  min: number;
  mean: number;
  max: number;
  /** Frames of the piece. */
  frames: number;
}

/** `samples` with the coarsest first; undefined where nothing was measured, or nothing is there yet. */
export function sampleAt(
  samples: readonly DrawnSamples[],
  column: string,
  frame: number,
): SampleAt | undefined {
  for (const { frames, endFrame, measures } of samples.toReversed()) {
    const first = frames[0];
    const lane = measures.get(column);
    if (!lane || first === undefined || frame < first || frame >= endFrame) continue;
    const piece = frames.findLastIndex((start) => start <= frame);
    return pieceOf(lane, piece, (frames[piece + 1] ?? endFrame) - (frames[piece] as number));
  }
  return undefined;
}

function pieceOf({ min, mean, max }: DrawnLane, piece: number, frames: number): SampleAt | undefined {
  const middle = mean[piece] as number;
  if (Number.isNaN(middle)) return undefined;
  return { min: min[piece] as number, mean: middle, max: max[piece] as number, frames };
}
