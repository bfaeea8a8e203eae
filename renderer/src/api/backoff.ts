const firstMs = 250;
const longestMs = 5_000;

/** Milliseconds to wait before the attempt that follows `failures` failures in a row: doubling, at most five seconds. */
export function backoffMs(failures: number): number {
  return Math.min(longestMs, firstMs * 2 ** Math.max(0, failures - 1));
}
