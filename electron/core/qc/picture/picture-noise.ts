import { nthSmallest } from '../nth-smallest.ts';
import { activeAreaBorder } from './active-area.ts';
import type { Picture, PictureInstrumentKind, PictureRaster } from './instrument.ts';

/** Pieces of this size are looked at: 16 columns of six lines of one field, from which four second differences come. */
const [pieceColumns, pieceLines] = [16, 4];
/** Own: of all pieces this share is smooth enough to show noise alone, in pictures full of detail too. */
const smoothShare = 0.15;
/** Mean of |a - 2b + c| for Gaussian noise of 1: sqrt(6) * sqrt(2 / pi). */
const noiseFactor = Math.sqrt(6) * Math.sqrt(2 / Math.PI);

/**
 * What tells a still picture from one that stands still: noise.
 *
 * `yNoise`: noise of luma inside one picture (standard deviation), from lines of one field in its smoothest parts. It stays
 * when a picture is held. `fieldDifLeast`: mean difference from the frame before, of that field which differs least. A tape
 * that plays differs by its noise at least (1.13 times `yNoise`); a field that a machine repeats does not. NaN
 * without a frame before.
 */
export const pictureNoise: PictureInstrumentKind = {
  name: 'picture noise',
  measures: [
    { id: 'yNoise', medium: 'video', unit: 'code', key: undefined },
    { id: 'fieldDifLeast', medium: 'video', unit: 'code', key: undefined },
  ],
  open(raster) {
    const border = activeAreaBorder(raster);
    const across = Math.floor((raster.width - 2 * border) / pieceColumns);
    const down = Math.floor((raster.height - 2 * border - 12) / 32) + 1;
    const pieces = new Float32Array(Math.max(1, across * down));
    return {
      measure(picture, previous, into, at) {
        into[at] = noiseOf(picture, raster, border, pieces);
        into[at + 1] = previous
          ? Math.min(
              fieldDifference(picture, previous, raster, border, 0),
              fieldDifference(picture, previous, raster, border, 1),
            )
          : Number.NaN;
      },
    };
  },
};

function noiseOf({ y }: Picture, { width, height }: PictureRaster, border: number, pieces: Float32Array) {
  const line = 2 * width;
  let count = 0;
  for (let row = border; row + 12 <= height - border; row += 32) {
    for (
      let column = border;
      column + pieceColumns <= width - border && count < pieces.length;
      column += pieceColumns
    ) {
      let sum = 0;
      for (let step = 1; step <= pieceLines; step++) {
        const first = row * width + step * line + column;
        for (let place = first; place < first + pieceColumns; place++) {
          const bend =
            ((y[place - line] as number) - 2 * (y[place] as number) + (y[place + line] as number)) | 0;
          const sign = bend >> 31;
          sum = (sum + ((bend ^ sign) - sign)) | 0;
        }
      }
      // A piece without any noise was painted by a machine (a matte, a clipped highlight): it says nothing of the tape.
      if (sum > 0) pieces[count++] = sum / (pieceLines * pieceColumns * noiseFactor);
    }
  }
  return count === 0 ? 0 : nthSmallest(pieces, count, Math.floor(count * smoothShare));
}

/** Every other line of a field is enough: noise is everywhere. */
function fieldDifference(
  { y }: Picture,
  { y: before }: Picture,
  { width, height }: PictureRaster,
  border: number,
  field: 0 | 1,
): number {
  let sum = 0;
  let samples = 0;
  for (let row = border + field; row < height - border; row += 4) {
    const end = row * width + width - border;
    let rowSum = 0;
    for (let place = row * width + border; place < end; place++) {
      // Without a branch, which noise would make a guess of.
      const difference = ((y[place] as number) - (before[place] as number)) | 0;
      const sign = difference >> 31;
      rowSum = (rowSum + ((difference ^ sign) - sign)) | 0;
    }
    sum += rowSum;
    samples += width - 2 * border;
  }
  return sum / samples;
}
