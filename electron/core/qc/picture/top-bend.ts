import type { PictureRaster } from './instrument.ts';

/** Lines of a field in the zone that bends, and in the one below with which it is compared. */
const zoneLines = 32;
/** Parts of a line's width: what bends, bends alike in all of them; slanting edges of a scene do not. */
const parts = 5;
/** Pixels left out at the sides: blanking put in by a time base corrector stands straight. */
const side = 24;
/** Detail must make this many times the slope that noise makes. */
const leastOverNoise = 3;
/** Parts agree within so many pixels a line, and a share of what they say. */
const agreePixels = 0.35;
const agreeShare = 0.4;
/** What a slope can tell at most, in pixels from line to line. */
const mostPixels = 4;
/** A bend is this many times the error of its sum. */
const leastErrors = 2.5;
/** Of a bend, what may lie in the lower half of the zone: half of it where it leans evenly. */
const mostInLowerHalf = 0.4;
/** Lines of the zone that must have said something. */
const leastLines = 10;

/**
 * How far the top of the picture lies aside of what is below it, in pixels (positive: to the right): the shifts from
 * line to line, summed up from line 32 of a field to the first. NaN where the picture has too little upright detail.
 * A slant that goes on below the zone belongs to the scene and counts as none.
 */
export function createTopBend({
  width,
  height,
}: PictureRaster): (luma: Uint16Array, noiseCodes: number) => number {
  const inPart = Math.floor((width - 2 * side) / parts);
  const shifts = new Float32Array(parts);
  let known = 0;
  let lowerHalf = 0;
  let error = 0;

  return (luma, noiseCodes) => {
    if (height < 4 * zoneLines + 8) return Number.NaN;
    const top = bendOf(luma, 2, noiseCodes);
    // A bend fades on its way down; what leans as much in the lower half of the zone is something that leans.
    if (known < leastLines) return Number.NaN;
    if (Math.abs(top) < leastErrors * error) return 0;
    if (Math.abs(lowerHalf) > mostInLowerHalf * Math.abs(top)) return 0;
    const below = bendOf(luma, 2 + 2 * zoneLines, noiseCodes);
    if (Math.abs(below) > 0.4 * Math.abs(top)) return 0;
    return top - below;
  };

  function bendOf(luma: Uint16Array, firstRow: number, noiseCodes: number): number {
    known = 0;
    lowerHalf = 0;
    let sum = 0;
    let last = Number.NaN;
    let squares = 0;
    for (let line = 0; line < zoneLines; line++) {
      const shift = shiftOf(luma, firstRow + 2 * line, noiseCodes);
      if (Number.isNaN(shift)) continue;
      known++;
      sum += shift;
      if (!Number.isNaN(last)) squares += (shift - last) ** 2 / 2;
      last = shift;
      if (line >= zoneLines / 2) lowerHalf += shift;
    }
    // What scatters from line to line adds up to something by chance.
    error = Math.sqrt(squares);
    return sum;
  }

  /** Shift of a row against the next of its field; NaN where its parts have no detail or do not agree. */
  function shiftOf(luma: Uint16Array, row: number, noiseCodes: number): number {
    let valid = 0;
    for (let part = 0; part < parts; part++) {
      const start = row * width + side + part * inPart;
      let products = 0;
      let squares = 0;
      for (let place = start; place < start + inPart; place += 2) {
        const below = place + 2 * width;
        const difference = (luma[place] as number) - (luma[below] as number);
        const slope =
          (luma[place + 2] as number) -
          (luma[place - 2] as number) +
          (luma[below + 2] as number) -
          (luma[below - 2] as number);
        products += difference * slope;
        squares += slope * slope;
      }
      // A slope is the sum of four samples, over eight pixels in all; noise makes a part of its square.
      const fromNoise = (inPart / 2) * 4 * noiseCodes * noiseCodes;
      if (squares < leastOverNoise * fromNoise + inPart) continue;
      const shift = (-8 * products) / (squares - fromNoise);
      shifts[valid++] = Math.max(-mostPixels, Math.min(mostPixels, shift));
    }
    if (valid < 2) return Number.NaN;
    const sorted = shifts.subarray(0, valid).sort();
    const middle = valid >> 1;
    const median =
      valid % 2 === 1
        ? (sorted[middle] as number)
        : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
    let agreeing = 0;
    for (const shift of sorted)
      if (Math.abs(shift - median) <= agreePixels + agreeShare * Math.abs(median)) agreeing++;
    return agreeing >= 2 && agreeing > valid / 2 ? median : Number.NaN;
  }
}
