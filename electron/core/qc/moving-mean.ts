/**
 * Mean over the frames around a frame, so many on each side. Frames whose value is no finite number do not count; NaN where there are none.
 * Frames must be asked for in order, from 0, each once: sums are kept for a window only, not for ten hours.
 */
export function createMovingMean(
  frames: number,
  reach: number,
  valueAt: (frame: number) => number,
): (frame: number) => number {
  // Of all frames before one, in a ring as long as the window and its end.
  const room = 2 * reach + 2;
  const sums = new Float64Array(room);
  const counts = new Int32Array(room);
  let summed = 0;
  return (frame) => {
    const from = Math.max(0, frame - reach);
    const to = Math.min(frames, frame + reach + 1);
    for (; summed < to; summed++) {
      const value = valueAt(summed);
      const isNumber = Number.isFinite(value);
      sums[(summed + 1) % room] = (sums[summed % room] as number) + (isNumber ? value : 0);
      counts[(summed + 1) % room] = (counts[summed % room] as number) + (isNumber ? 1 : 0);
    }
    const count = (counts[to % room] as number) - (counts[from % room] as number);
    return count === 0 ? Number.NaN : ((sums[to % room] as number) - (sums[from % room] as number)) / count;
  };
}
