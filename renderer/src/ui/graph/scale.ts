/** The values that occur, and the scale that draws them with a little air. */
export interface Extent {
  least: number;
  greatest: number;
  low: number;
  high: number;
}

/** Least and greatest value of columns, none below `floor`; null where there is nothing. */
export function extent(
  low: ArrayLike<number>,
  high: ArrayLike<number>,
  floor = Number.NEGATIVE_INFINITY,
): Extent | null {
  let least = Number.POSITIVE_INFINITY;
  let greatest = Number.NEGATIVE_INFINITY;
  for (const value of Array.from(low)) if (value < least) least = value;
  for (const value of Array.from(high)) if (value > greatest) greatest = value;
  if (!Number.isFinite(least) || !Number.isFinite(greatest)) return null;
  least = Math.max(least, floor);
  greatest = Math.max(greatest, floor);
  const air = least === greatest ? 1 : (greatest - least) * 0.06;
  return { least, greatest, low: least - air, high: greatest + air };
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
