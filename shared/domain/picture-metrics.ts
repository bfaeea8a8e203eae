import type { Plane } from './picture-planes.ts';

/** A rectangle of samples. */
export interface Region {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A plane with the length of its lines, and what its samples count to. */
export interface MeasuredPlane {
  samples: Plane;
  width: number;
  bitDepth: number;
}

export interface Likeness {
  /** dB; Infinity where not one sample differs. */
  psnrDb: number;
  /** -1 to 1; 1 where both are the same. Null where the region is smaller than a window of eight by eight. */
  ssim: number | null;
}

/** Which lines count: all, or every second one from the first or the second line of the picture. */
export type Lines = 'all' | 0 | 1;

const windowSize = 8;
const windowStep = 4;

/**
 * How alike two planes of one raster are within a region. PSNR is 10 log10(L² / MSE) with L = 2^depth - 1, as ffmpeg's psnr has it; SSIM is that of
 * Wang, Bovik, Sheikh and Simoncelli, IEEE Transactions on Image Processing 13 (2004), with K1 = 0.01 and K2 = 0.03, over even windows of 8 x 8 in
 * steps of 4 samples instead of Gaussian ones. Samples of fewer bits are raised to the depth of the other side. Throws RangeError where no
 * sample lies in the region.
 */
export function likeness(a: MeasuredPlane, b: MeasuredPlane, region: Region, lines: Lines = 'all'): Likeness {
  const depth = Math.max(a.bitDepth, b.bitDepth);
  const peak = 2 ** depth - 1;
  const first = samplesIn(a, region, lines, 2 ** (depth - a.bitDepth));
  const second = samplesIn(b, region, lines, 2 ** (depth - b.bitDepth));
  if (first.length === 0) throw new RangeError('no sample lies in the region');
  let squares = 0;
  for (let at = 0; at < first.length; at++) squares += ((first[at] ?? 0) - (second[at] ?? 0)) ** 2;
  const psnrDb =
    squares === 0 ? Number.POSITIVE_INFINITY : 10 * Math.log10(peak ** 2 / (squares / first.length));
  return { psnrDb, ssim: meanSsim(first, second, region.width, peak) };
}

/** The samples of a region one after another; of one field where asked for. */
function samplesIn(
  { samples, width }: MeasuredPlane,
  region: Region,
  lines: Lines,
  gain: number,
): Float64Array {
  const wanted: number[] = [];
  for (let line = region.y; line < region.y + region.height; line++) {
    if (lines === 'all' || (line & 1) === lines) wanted.push(line);
  }
  const taken = new Float64Array(wanted.length * region.width);
  for (const [row, line] of wanted.entries()) {
    for (let column = 0; column < region.width; column++) {
      taken[row * region.width + column] = (samples[line * width + region.x + column] ?? 0) * gain;
    }
  }
  return taken;
}

function meanSsim(a: Float64Array, b: Float64Array, width: number, peak: number): number | null {
  const height = a.length / width;
  if (width < windowSize || height < windowSize) return null;
  let sum = 0;
  let count = 0;
  for (let line = 0; line + windowSize <= height; line += windowStep) {
    for (let column = 0; column + windowSize <= width; column += windowStep) {
      sum += windowSsim(a, b, width, line * width + column, peak);
      count += 1;
    }
  }
  return sum / count;
}

function windowSsim(a: Float64Array, b: Float64Array, width: number, start: number, peak: number): number {
  let sumA = 0;
  let sumB = 0;
  let squareA = 0;
  let squareB = 0;
  let product = 0;
  for (let line = 0; line < windowSize; line++) {
    for (let column = 0; column < windowSize; column++) {
      const at = start + line * width + column;
      const one = a[at] ?? 0;
      const other = b[at] ?? 0;
      sumA += one;
      sumB += other;
      squareA += one * one;
      squareB += other * other;
      product += one * other;
    }
  }
  const count = windowSize ** 2;
  const meanA = sumA / count;
  const meanB = sumB / count;
  // Unbiased, as in the authors' own programme.
  const varianceA = (squareA - sumA * meanA) / (count - 1);
  const varianceB = (squareB - sumB * meanB) / (count - 1);
  const covariance = (product - sumA * meanB) / (count - 1);
  const c1 = (0.01 * peak) ** 2;
  const c2 = (0.03 * peak) ** 2;
  return (
    ((2 * meanA * meanB + c1) * (2 * covariance + c2)) /
    ((meanA ** 2 + meanB ** 2 + c1) * (varianceA + varianceB + c2))
  );
}
