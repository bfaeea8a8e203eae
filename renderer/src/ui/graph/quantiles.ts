/** Values below which such shares (0 to 1) of the numbers lie; what is no number does not count. Empty where there is none. */
export function quantiles(
  values: Float32Array,
  shares: readonly number[],
  counts: (value: number) => boolean = () => true,
): number[] {
  const sorted = values.filter((value) => !Number.isNaN(value) && counts(value)).sort();
  if (sorted.length === 0) return [];
  return shares.map((share) => sorted[Math.round(share * (sorted.length - 1))] as number);
}
