import { z } from 'zod';

/** Frames of A that B has too, one by one: frame `n` of A is frame `n + offsetFrames` of B. */
const alignedStretchSchema = z.object({
  startFrameA: z.int().nonnegative(),
  frames: z.int().positive(),
  offsetFrames: z.int(),
});
export type AlignedStretch = z.infer<typeof alignedStretchSchema>;

/** Which frames of two recordings show the same picture. Between stretches nothing of B corresponds to A. */
export const alignmentSchema = z.object({
  /** In the order of A, and of B: neither shares a frame with another. */
  stretches: z.array(alignedStretchSchema),
  /**
   * How much later B's sound comes than A's, where both are laid on each other by the picture; below 0: earlier. Null where one of them
   * has no sound, or nothing in it that can be told apart.
   */
  soundOffsetMs: z.number().nullable(),
  /** 0 to 1: the share of the frames in stretches that pictures or sound prove to be the same, against every other place. */
  confidence: z.number().min(0).max(1),
  /** True where somebody named the offset: nothing was measured, `confidence` is 0, and it holds as far as that person is right. */
  isByHand: z.boolean().optional(),
});
export type Alignment = z.infer<typeof alignmentSchema>;

type Stretches = Pick<Alignment, 'stretches'>;

/** The frame of B that shows what this frame of A shows; undefined where B has none. */
export function frameOfB({ stretches }: Stretches, frameA: number): number | undefined {
  const stretch = lastFrom(stretches, frameA, ({ startFrameA }) => startFrameA);
  if (!stretch || frameA >= stretch.startFrameA + stretch.frames) return undefined;
  return frameA + stretch.offsetFrames;
}

/** The frame of A that shows what this frame of B shows; undefined where A has none. */
export function frameOfA({ stretches }: Stretches, frameB: number): number | undefined {
  const stretch = lastFrom(stretches, frameB, ({ startFrameA, offsetFrames }) => startFrameA + offsetFrames);
  if (!stretch || frameB >= stretch.startFrameA + stretch.offsetFrames + stretch.frames) return undefined;
  return frameB - stretch.offsetFrames;
}

/** The same seen from B: `frameOfB` of it is `frameOfA` of the other. */
export function mirrored({ stretches, soundOffsetMs, ...more }: Alignment): Alignment {
  return {
    stretches: stretches.map(({ startFrameA, frames, offsetFrames }) => ({
      startFrameA: startFrameA + offsetFrames,
      frames,
      offsetFrames: -offsetFrames,
    })),
    soundOffsetMs: soundOffsetMs === null ? null : -soundOffsetMs,
    ...more,
  };
}

/** The last stretch that begins at or before a frame, by bisection: a pass may have hundreds. */
function lastFrom(
  stretches: readonly AlignedStretch[],
  frame: number,
  startOf: (stretch: AlignedStretch) => number,
): AlignedStretch | undefined {
  let low = 0;
  let high = stretches.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (startOf(stretches[middle] as AlignedStretch) <= frame) low = middle + 1;
    else high = middle;
  }
  return stretches[low - 1];
}
