import { createBorderBend } from './border-bend.ts';
import { createHeadChangeFinder } from './head-change.ts';
import type { PictureInstrumentKind } from './instrument.ts';
import { createLineShiftFinder, type LineShift } from './line-shift.ts';
import { createRollFinder } from './roll.ts';
import { createTopBend } from './top-bend.ts';

/** Rows from one looked-at line to the next, and between the two lines of a pair (of the same field). */
const pairEvery = 8;
const pairApart = 4;
/** A line is torn from the one above where it lies aside this far, and the shift explains the difference. */
const tornPixels = 3;
const mostLeft = 0.6;

const measure = (id: string, unit: 'line' | 'pixel' | 'share') =>
  ({ id, medium: 'video', unit, key: undefined }) as const;

/** Where the lines of a picture lie: aside of each other (lost sync), bent at the top (skew), moved at the heads' change. */
export const linePosition: PictureInstrumentKind = {
  name: 'line-position',
  measures: [
    measure('tornShare', 'share'),
    measure('rollLines', 'line'),
    measure('topBendPixels', 'pixel'),
    measure('headChangeRows', 'line'),
  ],
  open(raster) {
    const { width, height } = raster;
    const shiftOf = createLineShiftFinder(width);
    const topBend = createTopBend(raster);
    const borderBend = createBorderBend(raster);
    const rollFinder = createRollFinder(raster);
    const headChangeRows = createHeadChangeFinder(raster);

    const rows = Math.max(0, Math.floor((height - 24) / pairEvery) - 1);
    const moved = new Float32Array(rows);

    /** Lines that lie aside of the next line, or moved aside of where they were by another way than the picture did. */
    function tornShare(luma: Uint16Array, before: Uint16Array | undefined, noiseCodes: number): number {
      let torn = 0;
      const isTorn = new Uint8Array(rows);
      for (let at = 0; at < rows; at++) {
        const row = (at + 1) * pairEvery;
        const here = shiftOf(luma, row, luma, row + pairApart, 2 * noiseCodes);
        if (isAside(here, 0)) isTorn[at] = 1;
      }
      if (before) {
        for (let at = 0; at < rows; at++) {
          const row = (at + 1) * pairEvery;
          const here = shiftOf(luma, row, before, row, 2 * noiseCodes);
          moved[at] = here.best < mostLeft * here.here ? here.pixels : 0;
        }
        const way = moved.slice().sort()[rows >> 1] ?? 0;
        for (let at = 0; at < rows; at++) {
          if ((moved[at] as number) !== 0 && Math.abs((moved[at] as number) - way) >= tornPixels)
            isTorn[at] = 1;
        }
      }
      for (const value of isTorn) torn += value;
      return rows === 0 ? Number.NaN : torn / rows;
    }

    function isAside({ pixels, here, best }: LineShift, way: number): boolean {
      return Math.abs(pixels - way) >= tornPixels && best < mostLeft * here;
    }

    return {
      measure(picture, previous, into, at) {
        if (!previous) rollFinder.forget();
        const noiseCodes = noiseOf(picture.y, width, height);
        into[at] = tornShare(picture.y, previous?.y, noiseCodes);
        into[at + 1] = rollFinder.find(picture.y);
        into[at + 2] = bend(topBend(picture.y, noiseCodes), borderBend(picture.y, noiseCodes));
        into[at + 3] = headChangeRows(picture.y, noiseCodes);
      },
    };
  },
};

/** Deviation of the noise: the lower quarter of the differences between lines of a field over short stretches. */
function noiseOf(luma: Uint16Array, width: number, height: number): number {
  const stretch = 48;
  const sums: number[] = [];
  for (let row = 12; row < height - 26; row += 12) {
    for (let from = row * width + 16; from + stretch <= (row + 1) * width - 16; from += 2 * stretch) {
      let sum = 0;
      for (let place = from; place < from + stretch; place += 3)
        sum += Math.abs((luma[place] as number) - (luma[place + 2 * width] as number));
      if (sum > 0) sums.push(sum / (stretch / 3));
    }
  }
  sums.sort((a, b) => a - b);
  return (sums[sums.length >> 2] ?? 0) / 1.128;
}

/** Either may be blind: a flat sky has no detail, and a time base corrector may have put in straight blanking. */
function bend(ofDetail: number, ofBorder: number): number {
  if (Number.isNaN(ofDetail)) return ofBorder;
  return Math.abs(ofBorder) > Math.abs(ofDetail) ? ofBorder : ofDetail;
}
