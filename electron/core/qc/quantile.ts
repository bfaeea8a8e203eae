/**
 * The value below which so large a share (0 to 1) of the values lies; values that are no finite numbers do not count. NaN for none.
 */
export function quantileOf(values: Float32Array | Float64Array, share: number): number {
  const finite = values.filter((value: number) => Number.isFinite(value)).sort();
  return finite.length === 0 ? Number.NaN : (finite[Math.round(share * (finite.length - 1))] as number);
}
