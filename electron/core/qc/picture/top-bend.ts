import { nthSmallest } from '../nth-smallest.ts';
import type { PictureRaster } from './instrument.ts';
import { partShift, sharpenRow, sharpSamples } from './part-shift.ts';

/** Lines of a field in the zone that bends, and in the one below with which it is compared. */
const zoneLines = 32;
/** Parts of a line's width: what bends, bends alike in all of them; slanting edges of a scene do not. A board or a leaf fills one or two. */
const leastParts = 5;
const partPixels = 70;
/** Two that lean alike are found in any room. */
const leastAgreeing = 3;
/** Of the difference between two lines, what a shift may leave besides noise. */
const mostUnexplained = 0.4;
/** Detail must make this many times the slope that noise makes. */
const leastOverNoise = 3;
/** Parts agree within so many pixels a line, and a share of what they say. */
const agreePixels = 0.35;
const agreeShare = 0.4;
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
  const samples = sharpSamples(width);
  const parts = Math.max(leastParts, Math.floor(width / partPixels));
  const inPart = Math.floor(samples / parts);
  let here = new Int32Array(samples);
  let below = new Int32Array(samples);
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
    sharpenRow(luma, firstRow, width, below);
    let sum = 0;
    let last = Number.NaN;
    let squares = 0;
    for (let line = 0; line < zoneLines; line++) {
      [here, below] = [below, here];
      sharpenRow(luma, firstRow + 2 * line + 2, width, below);
      const shift = shiftOf(noiseCodes);
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
  function shiftOf(noiseCodes: number): number {
    let valid = 0;
    for (let part = 0; part < parts; part++) {
      const from = part * inPart;
      const shift = partShift(here, below, from, from + inPart, noiseCodes, leastOverNoise, mostUnexplained);
      if (!Number.isNaN(shift)) shifts[valid++] = shift;
    }
    if (valid < leastAgreeing) return Number.NaN;
    const middle = valid >> 1;
    const upper = nthSmallest(shifts, valid, middle);
    const median = valid % 2 === 1 ? upper : (nthSmallest(shifts, valid, middle - 1) + upper) / 2;
    let agreeing = 0;
    for (let at = 0; at < valid; at++) {
      const apart = Math.abs((shifts[at] as number) - median);
      if (apart <= agreePixels + agreeShare * Math.abs(median)) agreeing++;
    }
    return agreeing >= leastAgreeing && agreeing > valid / 2 ? median : Number.NaN;
  }
}
