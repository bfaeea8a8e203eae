import { createFieldError, peakRatioDb } from './field-error.ts';
import type { PictureInstrumentKind, PictureRaster } from './instrument.ts';

const side = 4;
/** Whole numbers of 32 bits are the fastest: the sums of a block fit in them where codes have twelve bits, and deeper ones lose the rest. */
const { imul } = Math;
const deepest = 12;

/**
 * The two fields of a frame against each other, on all of the picture: mean square error of each plane, the same as peak
 * signal-to-noise ratio, and structural similarity of luma (Wang and others 2004, on windows of 8x8 every 4 samples, as ffmpeg's
 * ssim has it). What QCTools plots of fields, but for the similarity of chroma: it costs as much as that of luma again.
 */
export const fieldComparison: PictureInstrumentKind = {
  name: 'field comparison',
  measures: [
    { id: 'mseFieldsY', medium: 'video', unit: 'code2', key: 'lavfi.psnr.mse.y' },
    { id: 'psnrFieldsY', medium: 'video', unit: 'dB', key: 'lavfi.psnr.psnr.y' },
    { id: 'ssimFieldsY', medium: 'video', unit: 'share', key: 'lavfi.ssim.Y' },
    { id: 'mseFieldsU', medium: 'video', unit: 'code2', key: 'lavfi.psnr.mse.u' },
    { id: 'mseFieldsV', medium: 'video', unit: 'code2', key: 'lavfi.psnr.mse.v' },
    { id: 'psnrFieldsU', medium: 'video', unit: 'dB', key: 'lavfi.psnr.psnr.u' },
    { id: 'psnrFieldsV', medium: 'video', unit: 'dB', key: 'lavfi.psnr.psnr.v' },
  ],
  open(raster) {
    const fieldHeight = raster.height >> 1;
    const [columns, rows] = [Math.floor(raster.width / side), Math.floor(fieldHeight / side)];
    if (columns < 2 || rows < 2)
      return { measure: (_picture, _previous, into, at) => into.fill(Number.NaN, at, at + 7) };
    const compare = createComparison(raster, columns, rows);
    const { chromaWidth, chromaHeight, bitDepth } = raster;
    const errorOf = createFieldError(chromaWidth, chromaHeight, bitDepth);
    return {
      measure({ y, u, v }, _previous, into, at) {
        const { meanSquare, similarity } = compare(y);
        into[at] = meanSquare;
        into[at + 1] = peakRatioDb(meanSquare, bitDepth);
        into[at + 2] = similarity;
        const uError = errorOf(u);
        const vError = errorOf(v);
        into[at + 3] = uError;
        into[at + 4] = vError;
        into[at + 5] = peakRatioDb(uError, bitDepth);
        into[at + 6] = peakRatioDb(vError, bitDepth);
      },
    };
  },
};

/** Sums over blocks of 4x4 of both fields; a window is two by two of them. */
function createComparison({ width, height, bitDepth }: PictureRaster, columns: number, rows: number) {
  const fieldHeight = height >> 1;
  const blocks = () => [0, 1].map(() => new Float64Array(columns)) as [Float64Array, Float64Array];
  // The row of blocks before and this one, in turn.
  const [tops, bottoms, squares, products] = [blocks(), blocks(), blocks(), blocks()];
  const drop = Math.max(0, bitDepth - deepest);
  const highest = 2 ** (bitDepth - drop) - 1;
  const steadyMean = Math.floor(0.01 * 0.01 * highest * highest * 64 + 0.5);
  const steadyVariance = Math.floor(0.03 * 0.03 * highest * highest * 64 * 63 + 0.5);

  /** Adds up one row of blocks; gives the sum of the squared differences. */
  function addUp(luma: Uint16Array, row: number, turn: 0 | 1): number {
    let error = 0;
    for (let column = 0; column < columns; column++) {
      let [top, bottom, square, product] = [0, 0, 0, 0];
      for (let line = 0; line < side; line++) {
        const at = (row * side + line) * 2 * width + column * side;
        const below = at + width;
        // Four by four, written out: as a loop it costs half as much again.
        const a0 = (luma[at] as number) >> drop;
        const a1 = (luma[at + 1] as number) >> drop;
        const a2 = (luma[at + 2] as number) >> drop;
        const a3 = (luma[at + 3] as number) >> drop;
        const b0 = (luma[below] as number) >> drop;
        const b1 = (luma[below + 1] as number) >> drop;
        const b2 = (luma[below + 2] as number) >> drop;
        const b3 = (luma[below + 3] as number) >> drop;
        top = (top + a0 + a1 + a2 + a3) | 0;
        bottom = (bottom + b0 + b1 + b2 + b3) | 0;
        square = (square + imul(a0, a0) + imul(a1, a1) + imul(a2, a2) + imul(a3, a3)) | 0;
        square = (square + imul(b0, b0) + imul(b1, b1) + imul(b2, b2) + imul(b3, b3)) | 0;
        product = (product + imul(a0, b0) + imul(a1, b1) + imul(a2, b2) + imul(a3, b3)) | 0;
      }
      tops[turn][column] = top;
      bottoms[turn][column] = bottom;
      squares[turn][column] = square;
      products[turn][column] = product;
      error += square - 2 * product;
    }
    return error;
  }

  /** Similarity of the windows of which these two rows of blocks are the upper and the lower half. */
  function similarityOf(): number {
    let similarity = 0;
    for (let at = 0; at + 1 < columns; at++) {
      const top = sumAt(tops, at);
      const bottom = sumAt(bottoms, at);
      const variance = sumAt(squares, at) * 64 - top * top - bottom * bottom;
      const covariance = sumAt(products, at) * 64 - top * bottom;
      similarity +=
        ((2 * top * bottom + steadyMean) * (2 * covariance + steadyVariance)) /
        ((top * top + bottom * bottom + steadyMean) * (variance + steadyVariance));
    }
    return similarity;
  }

  /** Squared differences of what no whole block covers, at the right and at the bottom. */
  function restError(luma: Uint16Array): number {
    let error = 0;
    for (let line = 0; line < fieldHeight; line++) {
      const first = line * 2 * width;
      for (let x = line < rows * side ? columns * side : 0; x < width; x++) {
        const difference =
          ((luma[first + x] as number) >> drop) - ((luma[first + width + x] as number) >> drop);
        error += difference * difference;
      }
    }
    return error;
  }

  return (luma: Uint16Array): { meanSquare: number; similarity: number } => {
    let error = restError(luma);
    let similarity = 0;
    for (let row = 0; row < rows; row++) {
      error += addUp(luma, row, (row & 1) as 0 | 1);
      if (row > 0) similarity += similarityOf();
    }
    return {
      meanSquare: (error * 4 ** drop) / (width * fieldHeight),
      similarity: similarity / ((rows - 1) * (columns - 1)),
    };
  };
}

/** Two blocks of each of two rows. */
function sumAt(rows: [Float64Array, Float64Array], at: number): number {
  const one = rows[0];
  const other = rows[1];
  return (one[at] as number) + (one[at + 1] as number) + (other[at] as number) + (other[at + 1] as number);
}
