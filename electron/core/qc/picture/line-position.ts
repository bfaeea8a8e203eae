import { nthSmallest } from '../nth-smallest.ts';
import { createBorderBend } from './border-bend.ts';
import { createFieldBend } from './field-bend.ts';
import { createHeadChangeFinder } from './head-change.ts';
import type { PictureInstrumentKind, PictureRaster } from './instrument.ts';
import { createRollFinder } from './roll.ts';
import { createTopBend } from './top-bend.ts';
import { createTornShare } from './torn-lines.ts';
import { createWideBend } from './wide-bend.ts';

const measure = (id: string, unit: 'line' | 'pixel' | 'share') =>
  ({ id, medium: 'video', unit, key: undefined }) as const;

/** A bend of so many pixels that is seen from line to line needs no second look. */
const leastExactPixels = 1;
/** Rows from one to the next in which noise is looked for, and pixels of a stretch of them. */
const [noiseEvery, stretch] = [12, 48];

/** Where the lines of a picture lie: aside of each other (lost sync), bent at the top (skew), moved at the heads' change. */
export const linePosition: PictureInstrumentKind = {
  name: 'line-position',
  measures: [
    measure('tornShare', 'share'),
    measure('rollLines', 'line'),
    measure('topBendPixels', 'pixel'),
    measure('headChangeRows', 'line'),
    measure('borderBendPixels', 'pixel'),
  ],
  open(raster) {
    const tornShare = createTornShare(raster);
    const topBend = createTopBend(raster);
    const borderBend = createBorderBend(raster);
    const wideBend = createWideBend(raster);
    const fieldBend = createFieldBend(raster);
    const rollFinder = createRollFinder(raster);
    const headChangeRows = createHeadChangeFinder(raster);
    const means = new Float64Array(
      Math.ceil(raster.height / noiseEvery) * Math.ceil(raster.width / (2 * stretch)),
    );

    return {
      measure(picture, previous, into, at) {
        if (!previous) rollFinder.forget();
        const noiseCodes = noiseOf(picture.y, raster, means);
        into[at] = tornShare(picture.y, previous?.y, noiseCodes);
        into[at + 1] = rollFinder.find(picture.y);
        const ofBorder = borderBend(picture.y, noiseCodes);
        const ofLines = bend(topBend(picture.y, noiseCodes), ofBorder);
        // The narrowest look is the most exact; the others see what it does not, and are not a number or nothing otherwise.
        into[at + 2] =
          Math.abs(ofLines) >= leastExactPixels
            ? ofLines
            : wideBend(picture.y, noiseCodes) || fieldBend(picture.y, noiseCodes) || ofLines;
        into[at + 3] = headChangeRows(picture.y, noiseCodes);
        into[at + 4] = ofBorder;
      },
    };
  },
};

/** Deviation of the noise: the lower quarter of the differences between lines of a field over short stretches. */
function noiseOf(luma: Uint16Array, { width, height }: PictureRaster, means: Float64Array): number {
  let count = 0;
  for (let row = 12; row < height - 26; row += noiseEvery) {
    for (let from = row * width + 16; from + stretch <= (row + 1) * width - 16; from += 2 * stretch) {
      let sum = 0;
      for (let place = from; place < from + stretch; place += 3)
        sum += Math.abs((luma[place] as number) - (luma[place + 2 * width] as number));
      if (sum > 0 && count < means.length) means[count++] = sum / (stretch / 3);
    }
  }
  return count === 0 ? 0 : nthSmallest(means, count, count >> 2) / 1.128;
}

/** Either may be blind: a sky has nothing upright, and a time base corrector may have put in straight blanking. */
function bend(ofDetail: number, ofBorder: number): number {
  return Number.isNaN(ofDetail) || Math.abs(ofBorder) >= leastExactPixels ? ofBorder : ofDetail;
}
