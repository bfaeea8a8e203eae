import { z } from 'zod';

/** A stretch of frames, both ends inclusive. */
export const frameRangeSchema = z
  .object({ startFrame: z.int().nonnegative(), endFrame: z.int().nonnegative() })
  .refine(
    ({ startFrame, endFrame }) => startFrame <= endFrame,
    'A range ends on or behind the frame it begins on.',
  );
export type FrameRange = z.infer<typeof frameRangeSchema>;

/** The same frames in order, without overlaps, and with what touches joined. */
export function mergeRanges(ranges: readonly FrameRange[]): FrameRange[] {
  const merged: FrameRange[] = [];
  for (const { startFrame, endFrame } of ranges.toSorted((a, b) => a.startFrame - b.startFrame)) {
    const last = merged.at(-1);
    if (last && startFrame <= last.endFrame + 1) last.endFrame = Math.max(last.endFrame, endFrame);
    else merged.push({ startFrame, endFrame });
  }
  return merged;
}

/** Frames that lie in both. */
export function commonRanges(a: readonly FrameRange[], b: readonly FrameRange[]): FrameRange[] {
  const [left, right] = [mergeRanges(a), mergeRanges(b)];
  const common: FrameRange[] = [];
  for (let i = 0, j = 0; i < left.length && j < right.length; ) {
    const [one, other] = [left[i], right[j]] as [FrameRange, FrameRange];
    const startFrame = Math.max(one.startFrame, other.startFrame);
    const endFrame = Math.min(one.endFrame, other.endFrame);
    if (startFrame <= endFrame) common.push({ startFrame, endFrame });
    if (one.endFrame < other.endFrame) i++;
    else j++;
  }
  return common;
}

/** Frames of `ranges` that lie in none of `others`. */
export function withoutRanges(ranges: readonly FrameRange[], others: readonly FrameRange[]): FrameRange[] {
  const common = commonRanges(ranges, others);
  return mergeRanges(ranges).flatMap((range) => {
    const missing: FrameRange[] = [];
    let startFrame = range.startFrame;
    for (const seen of common) {
      if (seen.endFrame < range.startFrame || seen.startFrame > range.endFrame) continue;
      if (seen.startFrame > startFrame) missing.push({ startFrame, endFrame: seen.startFrame - 1 });
      startFrame = seen.endFrame + 1;
    }
    return startFrame <= range.endFrame ? [...missing, { startFrame, endFrame: range.endFrame }] : missing;
  });
}

/** How many frames ranges hold; one that lies in several counts once. */
export function countFrames(ranges: readonly FrameRange[]): number {
  return mergeRanges(ranges).reduce((sum, { startFrame, endFrame }) => sum + endFrame - startFrame + 1, 0);
}
