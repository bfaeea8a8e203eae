/** Pixels left out at the sides: blanking put in by a time base corrector stands straight. */
export const sideLeftOut = 24;
/** Pixels from the middle of a second difference to its ends. */
const reach = 8;
/** What a slope can tell at most, in pixels from line to line. */
const mostPixels = 4;

/** How many samples `sharpenRow` gives of a row of so many pixels. */
export function sharpSamples(width: number): number {
  return Math.max(0, (width - 2 * sideLeftOut) >> 1);
}

/** Second differences along a row, at every second pixel: edges stay, shading goes, whatever way it leans. */
export function sharpenRow(luma: Uint16Array, row: number, width: number, into: Int32Array): void {
  let place = row * width + sideLeftOut;
  for (let at = 0; at < into.length; at++, place += 2)
    into[at] =
      2 * (luma[place] as number) - (luma[place - reach] as number) - (luma[place + reach] as number);
}

/**
 * Pixels (positive: to the right) by which a part of a sharpened row lies aside of the same part of another. NaN where
 * its detail makes less than `leastOverNoise` times the slope that noise makes, or where a shift leaves more than
 * `mostUnexplained` of the difference besides noise.
 */
export function partShift(
  here: Int32Array,
  other: Int32Array,
  from: number,
  to: number,
  noiseCodes: number,
  leastOverNoise: number,
  mostUnexplained: number,
): number {
  const start = Math.max(1, from);
  const end = Math.min(here.length - 1, to);
  let products = 0;
  let squares = 0;
  let differences = 0;
  for (let at = start; at < end; at++) {
    const difference = (here[at] as number) - (other[at] as number);
    const slope =
      (here[at + 1] as number) -
      (here[at - 1] as number) +
      (other[at + 1] as number) -
      (other[at - 1] as number);
    products += difference * slope;
    squares += slope * slope;
    differences += difference * difference;
  }
  // A second difference of noise has six times its power; a slope is the sum of four, over eight pixels in all.
  const noisePower = (end - start) * 6 * noiseCodes * noiseCodes;
  if (squares < leastOverNoise * 4 * noisePower + (end - start)) return Number.NaN;
  const left = differences - (products * products) / squares;
  if (left > 2 * leastOverNoise * noisePower + mostUnexplained * differences) return Number.NaN;
  const shift = (-8 * products) / (squares - 4 * noisePower);
  return Math.max(-mostPixels, Math.min(mostPixels, shift));
}
