/** Least and greatest value of columns, with a little air; null where there is nothing. */
export function extent(
  low: readonly (number | null)[],
  high: readonly (number | null)[],
): { low: number; high: number } | null {
  let least = Number.POSITIVE_INFINITY;
  let greatest = Number.NEGATIVE_INFINITY;
  for (const value of low) if (value !== null && value < least) least = value;
  for (const value of high) if (value !== null && value > greatest) greatest = value;
  if (!Number.isFinite(least) || !Number.isFinite(greatest)) return null;
  if (least === greatest) return { low: least - 1, high: greatest + 1 };
  const air = (greatest - least) * 0.06;
  return { low: least - air, high: greatest + air };
}

export interface FrameRange {
  from: number;
  to: number;
}

/** The range after a step of the wheel at a frame: what is under the pointer stays under it. */
export function zoomed(range: FrameRange, at: number, factor: number, frames: number): FrameRange {
  const shortest = Math.min(frames, 10);
  const length = Math.min(frames, Math.max(shortest, (range.to - range.from) * factor));
  const share = (at - range.from) / (range.to - range.from);
  const from = Math.max(0, Math.min(frames - length, at - share * length));
  return { from: Math.round(from), to: Math.round(from + length) };
}
