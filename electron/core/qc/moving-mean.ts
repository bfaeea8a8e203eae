/**
 * Mean over the frames around each frame, so many on each side. Frames whose value is no finite number do not count; NaN where there are none.
 */
export function movingMean(frames: number, reach: number, valueAt: (frame: number) => number): Float64Array {
  const sums = new Float64Array(frames + 1);
  const counts = new Int32Array(frames + 1);
  for (let frame = 0; frame < frames; frame++) {
    const value = valueAt(frame);
    const isNumber = Number.isFinite(value);
    sums[frame + 1] = (sums[frame] as number) + (isNumber ? value : 0);
    counts[frame + 1] = (counts[frame] as number) + (isNumber ? 1 : 0);
  }
  const means = new Float64Array(frames);
  for (let frame = 0; frame < frames; frame++) {
    const from = Math.max(0, frame - reach);
    const to = Math.min(frames, frame + reach + 1);
    const count = (counts[to] as number) - (counts[from] as number);
    means[frame] = count === 0 ? Number.NaN : ((sums[to] as number) - (sums[from] as number)) / count;
  }
  return means;
}
