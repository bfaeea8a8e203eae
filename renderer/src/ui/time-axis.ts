/** Steps of the time axis in seconds, from a second to an hour. */
const steps = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 900, 1800, 3600];

/** Seconds at which a time axis of this length is labelled: at most `most` labels, at round times. */
export function axisTimes(lengthS: number, most = 12): number[] {
  const step = steps.find((candidate) => lengthS / candidate <= most) ?? 3600;
  // A label at the very end would be cut off.
  return Array.from({ length: Math.floor((lengthS * 0.97) / step) + 1 }, (_, index) => index * step);
}

/** `02:40`, or `1:02:40` from an hour on. */
export function axisLabel(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}
