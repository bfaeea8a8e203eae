import type { PictureRaster } from './instrument.ts';
import { createLineShiftFinder } from './line-shift.ts';

/** Rows at the bottom in which heads change over, and those above that say what is usual. */
const bottomRows = 32;
const usualRows = 48;
/** Rows above those: where lines there are strange already, they are the scene's. */
const guardRows = 16;
/** A line lies aside if it is moved by this much, and the shift explains the difference. */
const leastPixels = 2;
const mostLeft = 0.7;
/** Or it differs by so many times what lines above do, over the stretch of a quarter line at least. */
const leastRougher = 3;

/**
 * Rows from the place where the heads change to the bottom of the picture: lines there lie aside of those above, or
 * begin with noise. 0 where no such place is seen in both fields.
 */
export function createHeadChangeFinder({
  width,
  height,
}: PictureRaster): (luma: Uint16Array, noiseCodes: number) => number {
  const shifts = createLineShiftFinder(width);
  const quarter = Math.floor(width / 4);

  return (luma, noiseCodes) => {
    if (height < 200) return 0;
    const usual = usualRoughness(luma);
    const rows = [firstStrange(luma, 0, usual, noiseCodes), firstStrange(luma, 1, usual, noiseCodes)];
    const [upper, lower] = rows as [number, number];
    if (upper < 0 || lower < 0 || Math.abs(upper - lower) > 5) return 0;
    return height - Math.min(upper, lower);
  };

  /** How far a row stands out from the row above and from the one below, in its roughest quarter: an edge only does from one. */
  function roughest(luma: Uint16Array, row: number): number {
    let most = 0;
    for (let part = 0; part < 4; part++) {
      let above = 0;
      let below = 0;
      const from = row * width + part * quarter;
      for (let place = from + 4; place < from + quarter - 4; place += 2) {
        const here = luma[place] as number;
        above += Math.abs(here - (luma[place - 2 * width] as number));
        below += Math.abs(here - (luma[place + 2 * width] as number));
      }
      most = Math.max(most, Math.min(above, below));
    }
    return (2 * most) / (quarter - 8);
  }

  function usualRoughness(luma: Uint16Array): number {
    let sum = 0;
    for (let row = height - bottomRows - usualRows; row < height - bottomRows; row += 2)
      sum += roughest(luma, row);
    return sum / (usualRows / 2);
  }

  function firstStrange(luma: Uint16Array, parity: number, usual: number, noiseCodes: number): number {
    const top = height - bottomRows;
    for (let row = top + parity; row < height - 3; row += 2) {
      if (!isStrange(luma, row, usual, noiseCodes)) continue;
      for (let above = top - guardRows + parity; above < top; above += 2)
        if (isStrange(luma, above, usual, noiseCodes)) return -1;
      return row;
    }
    return -1;
  }

  function isStrange(luma: Uint16Array, row: number, usual: number, noiseCodes: number): boolean {
    if (roughest(luma, row) > leastRougher * usual) return true;
    const { pixels, here, best } = shifts.find(luma, row, luma, row - 2, 1.5 * noiseCodes);
    return Math.abs(pixels) >= leastPixels && best < mostLeft * here && !isSlant(luma, row - 2, pixels);
  }

  /** Whether the lines above lie aside of each other by the same way already: slanting stripes come from farther up. */
  function isSlant(luma: Uint16Array, row: number, pixels: number): boolean {
    return (
      shifts.differenceAt(luma, row, luma, row - 2, pixels) <
      mostLeft * shifts.differenceHere(luma, row, luma, row - 2, pixels)
    );
  }
}
