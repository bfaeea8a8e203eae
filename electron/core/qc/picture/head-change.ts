import { nthSmallest } from '../nth-smallest.ts';
import type { PictureRaster } from './instrument.ts';
import { createLineShiftFinder } from './line-shift.ts';

/** Rows at the bottom in which heads change over, and those above that say what is usual. */
const bottomRows = 32;
const usualRows = 48;
/** Rows above those: where lines there are strange already, they are the scene's. */
const guardRows = 16;
/** Parts of a line's width: the change begins with noise in one of them at the least, and moves all of them. */
const parts = 4;
/** A line lies aside if it is moved by this much, and the shift explains the difference in most parts of its width. */
const leastPixels = 2;
/** Heads are not farther out of step than this: 5 µs. What fits farther off fits by chance. */
const mostPixels = 64;
const mostLeft = 0.7;
const mostLeftInPart = 0.85;
const leastParts = 3;
/** Noise differs from both neighbours by so many times what lines above do, over a quarter of the line at the least. */
const leastRougher = 2.5;
/** Lines of a field that change over, at the most: what is rough farther down is a carpet. */
const mostNoisyLines = 4;
/** Pixels from one to the next that are looked at, and from the middle of a second difference to its ends. */
const [step, reach] = [4, 2];

/**
 * Rows from the place where the heads change to the bottom of the picture: lines there lie aside of those above, or
 * begin with noise. 0 where no such place is seen in both fields.
 */
export function createHeadChangeFinder({
  width,
  height,
}: PictureRaster): (luma: Uint16Array, noiseCodes: number) => number {
  const shifts = createLineShiftFinder(width);
  const inPart = Math.floor(width / parts);
  const usualOf = new Float32Array(usualRows / 2);

  return (luma, noiseCodes) => {
    if (height < 200) return 0;
    const usual = usualRoughness(luma);
    const upper = firstStrange(luma, 0, usual, noiseCodes);
    const lower = upper < 0 ? -1 : firstStrange(luma, 1, usual, noiseCodes);
    if (lower < 0 || Math.abs(upper - lower) > 5) return 0;
    return height - Math.min(upper, lower);
  };

  /**
   * How far a row stands out from the row above and from the one below, in its roughest part: an edge only does from
   * one. From pixel to pixel, so that what is level or upright in a scene does not count.
   */
  function roughest(luma: Uint16Array, row: number): number {
    let most = 0;
    for (let part = 0; part < parts; part++) {
      const from = row * width + part * inPart;
      let above = 0;
      let below = 0;
      for (let place = from + 4; place < from + inPart - 4; place += step) {
        const here = curve(luma, place);
        above += Math.abs(here - curve(luma, place - 2 * width));
        below += Math.abs(here - curve(luma, place + 2 * width));
      }
      most = Math.max(most, Math.min(above, below));
    }
    return (step * most) / (inPart - 8);
  }

  function usualRoughness(luma: Uint16Array): number {
    const first = height - bottomRows - usualRows;
    for (const at of usualOf.keys()) usualOf[at] = roughest(luma, first + 2 * at + (at & 1));
    return nthSmallest(usualOf, usualOf.length, usualOf.length >> 1);
  }

  function firstStrange(luma: Uint16Array, parity: number, usual: number, noiseCodes: number): number {
    const top = height - bottomRows;
    for (let row = top + parity; row < height - 3; row += 2) {
      const isRough = roughest(luma, row) > leastRougher * usual;
      if (!isRough && !isAside(luma, row, noiseCodes)) continue;
      if (isRough && noisyFrom(luma, row, usual) > mostNoisyLines) return -1;
      for (let above = top - guardRows + parity; above < top; above += 2)
        if (roughest(luma, above) > leastRougher * usual || isAside(luma, above, noiseCodes)) return -1;
      return row;
    }
    return -1;
  }

  /** Lines of a field from a row on that are rough. */
  function noisyFrom(luma: Uint16Array, first: number, usual: number): number {
    let count = 0;
    for (let row = first; row < height - 3; row += 2) if (roughest(luma, row) > leastRougher * usual) count++;
    return count;
  }

  function isAside(luma: Uint16Array, row: number, noiseCodes: number): boolean {
    const { pixels, here, best } = shifts.find(luma, row, luma, row - 2, 1.5 * noiseCodes);
    const size = Math.abs(pixels);
    return (
      size >= leastPixels &&
      size <= mostPixels &&
      best < mostLeft * here &&
      movesAllParts(luma, row, pixels) &&
      !isSlant(luma, row - 2, pixels)
    );
  }

  /** Whether a shift fits better in most parts of the width, and not by one thing that stands somewhere. */
  function movesAllParts(luma: Uint16Array, row: number, pixels: number): boolean {
    let moved = 0;
    for (let part = 0; part < parts; part++) {
      const from = row * width + Math.max(part * inPart, pixels);
      const to = row * width + Math.min((part + 1) * inPart, width + pixels);
      let here = 0;
      let shifted = 0;
      for (let place = from; place < to; place += step) {
        const value = luma[place] as number;
        here += Math.abs(value - (luma[place - 2 * width] as number));
        shifted += Math.abs(value - (luma[place - 2 * width - pixels] as number));
      }
      if (shifted < mostLeftInPart * here) moved++;
    }
    return moved >= leastParts;
  }

  /** Whether the lines above lie aside of each other by the same way already: slanting stripes come from farther up. */
  function isSlant(luma: Uint16Array, row: number, pixels: number): boolean {
    return (
      shifts.differenceAt(luma, row, luma, row - 2, pixels) <
      mostLeft * shifts.differenceHere(luma, row, luma, row - 2, pixels)
    );
  }
}

/** Second difference along a row: noise and fine edges, none of the shading. */
function curve(luma: Uint16Array, place: number): number {
  return 2 * (luma[place] as number) - (luma[place - reach] as number) - (luma[place + reach] as number);
}
