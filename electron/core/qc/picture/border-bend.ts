import { nthSmallest } from '../nth-smallest.ts';
import type { PictureRaster } from './instrument.ts';
import { createPictureSide, isGone } from './picture-side.ts';

/** Parts that the height is cut into: eight rows of a PAL frame. */
const heightParts = 72;
/** Bands of rows at the top, a bend fading from each to the next: first part, last part, and rows looked at in each. */
const bands = [
  [0.25, 1, 6],
  [1, 2, 8],
  [2, 3, 8],
  [3, 5, 8],
  [5, 8, 8],
  [8, 12, 8],
] as const;
/** Where lines lie as they should: two thirds of the picture. */
const straightBand = [22, 66, 32] as const;
/** Lines whose edge must be seen there, and in a band, at the least. */
const [leastStraight, leastInBand] = [10, 3];
/** Positions there may scatter by no more than this: then it is the edge of the picture, not of something in it. */
const mostScatterPixels = 1.5;
/** What one line's two edges may differ in, in pixels and as a share of what they say: tape noise moves each. */
const apartPixels = 1.5;
const apartShare = 0.15;
/** Of the lines of a band, the share that both edges must agree on. */
const leastAgreeing = 0.7;
/** A bend fades: from band to band it may grow by as little as noise does, and of the first band so much may be left in the last. */
const growthPixels = 0.7;
const mostLeft = 0.5;
/** Bands that must have said something, the first or the second among them. */
const leastBands = 4;

/**
 * How far the picture lies aside at its top, in pixels (positive: to the right), by its edges: the step from blanking to
 * picture is the best clock a line has, where blanking was digitised. A line that is moved takes both of its edges along,
 * or loses one over the side; nothing in a scene does that to black that stands upright at both sides all the way down.
 * NaN where no edges are seen, where those of a line contradict each other, or where what they say does not fade.
 */
export function createBorderBend({
  width,
  height,
  bitDepth,
}: PictureRaster): (luma: Uint16Array, noiseCodes: number) => number {
  const left = createPictureSide(width, bitDepth, 1);
  const right = createPictureSide(width, bitDepth, -1);
  const sides = [left, right] as const;
  const said = new Float32Array(straightBand[2]);
  /** Of each side, how far from the side of the raster the picture begins where it is straight. */
  const margins = new Float32Array(2);

  return (luma, noiseCodes) => {
    if (height < 3.5 * heightParts) return Number.NaN;
    for (const [at, side] of sides.entries()) {
      side.begin(noiseCodes);
      margins[at] = marginOf(luma, side.edgeOf);
      if (Number.isNaN(margins[at])) return Number.NaN;
    }
    let first = Number.NaN;
    let last = Number.NaN;
    let count = 0;
    for (const [band, rows] of bands.entries()) {
      const aside = asideIn(luma, rows);
      if (Number.isNaN(aside)) continue;
      if (Number.isNaN(first)) {
        if (band > 1) return Number.NaN;
        first = aside;
      } else if (Math.abs(aside - last) > growthPixels && (aside - last) * first > 0) return Number.NaN;
      last = aside;
      count++;
    }
    if (count < leastBands || Math.abs(last) > Math.max(growthPixels, mostLeft * Math.abs(first)))
      return Number.NaN;
    return first;
  };

  /** Where the picture begins on its straight lines; NaN where it does not begin at one place. */
  function marginOf(luma: Uint16Array, edgeOf: (luma: Uint16Array, row: number) => number): number {
    let count = 0;
    for (let line = 0; line < straightBand[2]; line++) {
      const position = edgeOf(luma, rowOf(straightBand, line));
      if (!Number.isNaN(position) && !isGone(position)) said[count++] = position;
    }
    if (count < leastStraight) return Number.NaN;
    const scatter = nthSmallest(said, count, (count * 3) >> 2) - nthSmallest(said, count, count >> 2);
    return scatter > mostScatterPixels ? Number.NaN : nthSmallest(said, count, count >> 1);
  }

  /** Rows of both fields in turn. */
  function rowOf([from, to, lines]: readonly [number, number, number], line: number): number {
    const row = Math.round(((from + ((to - from) * line) / lines) * height) / heightParts);
    return (row & ~1) + (line & 1);
  }

  /** Median of what the lines of a band lie aside by both of their edges; NaN where too few say so, or edges contradict each other. */
  function asideIn(luma: Uint16Array, band: readonly [number, number, number]): number {
    let agreeing = 0;
    let contradicting = 0;
    for (let line = 0; line < band[2]; line++) {
      const row = rowOf(band, line);
      const aside = asideOf(left.edgeOf(luma, row), right.edgeOf(luma, row));
      if (Number.isNaN(aside)) contradicting++;
      else if (Number.isFinite(aside)) said[agreeing++] = aside;
    }
    if (agreeing < leastInBand || agreeing < leastAgreeing * (agreeing + contradicting)) return Number.NaN;
    return nthSmallest(said, agreeing, agreeing >> 1);
  }

  /** Pixels by which a line lies aside; NaN where its edges contradict each other, infinite where one says nothing. */
  function asideOf(leftAt: number, rightAt: number): number {
    if (Number.isNaN(leftAt) || Number.isNaN(rightAt)) return Number.POSITIVE_INFINITY;
    const [leftMargin, rightMargin] = margins as unknown as [number, number];
    const byLeft = leftAt - leftMargin;
    const byRight = rightMargin - rightAt;
    // Over the side, an edge says only that the line lies aside by its margin or more.
    if (isGone(leftAt)) return isGone(rightAt) || -byRight < leftMargin - apartPixels ? Number.NaN : byRight;
    if (isGone(rightAt)) return byLeft < rightMargin - apartPixels ? Number.NaN : byLeft;
    const most = Math.max(apartPixels, apartShare * Math.abs(byLeft + byRight) * 0.5);
    return Math.abs(byLeft - byRight) <= most ? (byLeft + byRight) / 2 : Number.NaN;
  }
}
