import { nthSmallest } from '../nth-smallest.ts';
import type { PictureRaster } from './instrument.ts';

/** Rows (of one field) at the top that may bend, half way down, and below, where lines lie as they should. */
const zones = { top: [4, 20], middle: [36, 52], below: [84, 132] } as const;
/** Pixels from the side in which the picture's edge is looked for, and those that tell the picture's level. */
const reach = 64;
const inside = 32;
/** Least height of the edge on the 10-bit scale, and in deviations of the noise. */
const leastCodes = 48;
const leastDeviations = 6;
/**
 * What lies outside the edge at the top is as black as what lies outside it below, within so many codes on the 10-bit
 * scale: a dark thing beside the edge rarely is.
 */
const sameBlackCodes = 6;
/** Positions below may scatter by no more than this: then it is the edge of the picture, not of something in it. */
const mostScatterPixels = 1.5;

/**
 * How far the edges of the picture lie aside at the top, in pixels (positive: to the right). The step from blanking to
 * picture is the best clock a line has, where blanking was digitised and the picture is not dark beside it. NaN where
 * no edge is seen, where what lies outside is not blanking, or where left and right do not say the same.
 */
export function createBorderBend({
  width,
  height,
  bitDepth,
}: PictureRaster): (luma: Uint16Array, noiseCodes: number) => number {
  const scale = 2 ** (bitDepth - 10);
  const nominalBlack = 64 * scale;
  const black = nominalBlack + 36 * scale;
  const positions = new Float32Array(64);
  const blanks = new Float32Array(64);
  let scatter = 0;
  /** Level outside the edge that was found last, and of the zone that was looked at last. */
  let outside = 0;
  let blank = 0;

  return (luma, noiseCodes) => {
    if (height < 2 * zones.below[1]) return Number.NaN;
    const left = bendOf(luma, 1, noiseCodes);
    const right = bendOf(luma, -1, noiseCodes);
    if (Number.isNaN(left)) return right;
    if (Number.isNaN(right)) return left;
    return Math.abs(left - right) <= Math.max(1.5, 0.3 * Math.abs(left)) ? (left + right) / 2 : Number.NaN;
  };

  function bendOf(luma: Uint16Array, direction: 1 | -1, noiseCodes: number): number {
    const below = medianIn(luma, zones.below, direction, noiseCodes);
    if (Number.isNaN(below) || scatter > mostScatterPixels) return Number.NaN;
    const blankBelow = blank;
    const top = medianIn(luma, zones.top, direction, noiseCodes) - below;
    if (Math.abs(blank - blankBelow) > sameBlackCodes * scale) return Number.NaN;
    const middle = medianIn(luma, zones.middle, direction, noiseCodes) - below;
    // A bend swings back on its way down; something dark beside the edge does not.
    if (Number.isNaN(middle) || Math.abs(middle) > Math.max(1, 0.7 * Math.abs(top))) return Number.NaN;
    return top * direction;
  }

  /** Median distance of the picture's edge from the side; NaN where most lines show none. Sets `scatter` and `blank`. */
  function medianIn(
    luma: Uint16Array,
    [from, to]: readonly [number, number],
    direction: 1 | -1,
    noiseCodes: number,
  ): number {
    let count = 0;
    for (let row = from; row < to; row += 2) {
      const position = edgeOf(luma, row, direction, noiseCodes);
      if (Number.isNaN(position)) continue;
      blanks[count] = outside;
      positions[count++] = position;
    }
    blank = nthSmallest(blanks, count, count >> 1);
    if (count < (to - from) / 4) return Number.NaN;
    scatter = nthSmallest(positions, count, (count * 3) >> 2) - nthSmallest(positions, count, count >> 2);
    return nthSmallest(positions, count, count >> 1);
  }

  function edgeOf(luma: Uint16Array, row: number, direction: 1 | -1, noiseCodes: number): number {
    const start = direction === 1 ? row * width : (row + 1) * width - 1;
    let level = 0;
    for (let x = reach; x < reach + inside; x += 2) level += luma[start + x * direction] as number;
    level /= inside / 2;
    const least = Math.max(leastCodes * scale, leastDeviations * noiseCodes);
    if (level - nominalBlack < least) return Number.NaN;
    const half = (level + nominalBlack) / 2;
    // From the picture outwards: what lies outside a line that was moved is not always blanking.
    let inner = level;
    for (let x = reach - 1; x >= 2; x--) {
      const here = luma[start + x * direction] as number;
      if (here < half && (luma[start + (x - 1) * direction] as number) < half) {
        const blanking = luma[start + (x - 2) * direction] as number;
        if (blanking > black) return Number.NaN;
        outside = 0;
        for (let beyond = 0; beyond <= x - 2; beyond++) outside += luma[start + beyond * direction] as number;
        outside /= x - 1;
        return x + (half - here) / Math.max(1, inner - here);
      }
      inner = here;
    }
    return Number.NaN;
  }
}
