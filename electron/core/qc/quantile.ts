/** More values than these say no more of a distribution. */
const enough = 20_000;

/**
 * The value below which so large a share (0 to 1) of the values lies; values that are no finite numbers do not count. NaN for
 * none. Of very many values evenly spaced ones are taken: a tape of ten hours is judged again every second while it plays.
 */
export function quantileOf(values: Float32Array | Float64Array, share: number): number {
  return quantilesOf(values, [share])[0] as number;
}

/** Several quantiles at once. */
export function quantilesOf(values: Float32Array | Float64Array, shares: readonly number[]): number[] {
  const step = Math.max(1, Math.ceil(values.length / enough));
  const taken = new Float64Array(Math.ceil(values.length / step));
  let count = 0;
  for (let at = 0; at < values.length; at += step) {
    const value = values[at] as number;
    if (Number.isFinite(value)) taken[count++] = value;
  }
  const sorted = taken.subarray(0, count).sort();
  return shares.map((share) =>
    count === 0 ? Number.NaN : (sorted[Math.round(share * (count - 1))] as number),
  );
}
