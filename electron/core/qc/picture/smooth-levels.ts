import { activeAreaBorder } from './active-area.ts';
import type { PictureInstrumentKind, PictureRaster } from './instrument.ts';

/** Tolerance of EBU R 103 for R, G and B: 5 % of the nominal range on either side. */
const gamutTolerance = 0.05;
/** Luma outside this is an excursion of luma, not of colour. */
const [leastLuma, mostLuma] = [-0.02, 1.02];
const bins = 1024;
/** Own: less is a spark. */
const extremeShare = 0.001;

/**
 * Levels of areas, not of samples, on the active area: each value is the mean of four samples of two lines of one field.
 * EBU R 103 asks for such a low pass, since noise and overshoot of a few samples are no fault of level.
 *
 * `yDarkest`, `yBrightest`: one area in a thousand is darker, brighter: a spot of 20 by 20 pixels. `satPercentile99`: one in a
 * hundred has a longer chroma vector, and so has the one beside it: chroma overshoots at edges. `gamutShare`: areas whose colour no legal R, G and B give, though their luma is legal, two
 * side by side at the least: between two strong colours luma changes faster than chroma can, and noise puts single ones there.
 */
export const smoothLevels: PictureInstrumentKind = {
  name: 'smooth levels',
  measures: [
    { id: 'yDarkest', medium: 'video', unit: 'code', key: undefined },
    { id: 'yBrightest', medium: 'video', unit: 'code', key: undefined },
    { id: 'satPercentile99', medium: 'video', unit: 'code', key: undefined },
    { id: 'gamutShare', medium: 'video', unit: 'share', key: undefined },
  ],
  open(raster) {
    const { width, height, bitDepth } = raster;
    const border = activeAreaBorder({ width, height });
    const lumas = new Uint32Array(bins);
    const saturations = new Uint32Array(bins);
    const columns = columnsOf(raster, border);
    const lines = linesOf(raster, border);
    // Sums of eight lumas and of four chromas, brought to the 10-bit scale.
    const lumaScale = 2 ** (10 - bitDepth) / 8;
    const chromaScale = 2 ** (10 - bitDepth) / 4;
    return {
      measure({ y, u, v }, _previous, into, at) {
        lumas.fill(0);
        saturations.fill(0);
        let outside = 0;
        let areas = 0;
        let isBesideOutside = false;
        let isCounted = false;
        let lengthBefore = 0;
        for (let line = 0; line < lines.length; line += 4) {
          isBesideOutside = false;
          isCounted = false;
          lengthBefore = 0;
          const upper = lines[line] as number;
          const lower = lines[line + 1] as number;
          const upperChroma = lines[line + 2] as number;
          const lowerChroma = lines[line + 3] as number;
          for (let column = 0; column < columns.length; column += 3) {
            const a = upper + (columns[column] as number);
            const b = lower + (columns[column] as number);
            const left = columns[column + 1] as number;
            const right = columns[column + 2] as number;
            const luma =
              ((y[a] as number) +
                (y[a + 1] as number) +
                (y[a + 2] as number) +
                (y[a + 3] as number) +
                (y[b] as number) +
                (y[b + 1] as number) +
                (y[b + 2] as number) +
                (y[b + 3] as number)) *
              lumaScale;
            const blue =
              ((u[upperChroma + left] as number) +
                (u[upperChroma + right] as number) +
                (u[lowerChroma + left] as number) +
                (u[lowerChroma + right] as number)) *
                chromaScale -
              512;
            const red =
              ((v[upperChroma + left] as number) +
                (v[upperChroma + right] as number) +
                (v[lowerChroma + left] as number) +
                (v[lowerChroma + right] as number)) *
                chromaScale -
              512;
            const length = Math.sqrt(blue * blue + red * red) | 0;
            lumas[luma | 0] = (lumas[luma | 0] as number) + 1;
            const lesser = Math.min(length, lengthBefore);
            saturations[lesser] = (saturations[lesser] as number) + 1;
            lengthBefore = length;
            areas++;
            const isHere = isOutside((luma - 64) / 876, blue / 896, red / 896);
            // The first of two is counted together with the second.
            if (isHere && isBesideOutside) outside += isCounted ? 1 : 2;
            isCounted = isHere && isBesideOutside;
            isBesideOutside = isHere;
          }
        }
        const scale = 2 ** (bitDepth - 10);
        into[at] = percentileOf(lumas, areas * extremeShare) * scale;
        into[at + 1] = percentileOf(lumas, areas * (1 - extremeShare)) * scale;
        into[at + 2] = percentileOf(saturations, areas * 0.99) * scale;
        into[at + 3] = outside / areas;
      },
    };
  },
};

/** BT.601, as all standard definition has it. */
function isOutside(luma: number, blue: number, red: number): boolean {
  if (luma < leastLuma || luma > mostLuma) return false;
  const r = luma + 1.402 * red;
  const g = luma - 0.344136 * blue - 0.714136 * red;
  const b = luma + 1.772 * blue;
  const [least, most] = [-gamutTolerance, 1 + gamutTolerance];
  return r < least || g < least || b < least || r > most || g > most || b > most;
}

function percentileOf(counts: Uint32Array, target: number): number {
  let sum = 0;
  for (let bin = 0; bin < counts.length; bin++) {
    sum += counts[bin] as number;
    if (sum > target) return bin;
  }
  return Number.NaN;
}

/** For each area: its first luma column, and two chroma columns. */
function columnsOf({ width, chromaWidth }: PictureRaster, border: number): Int32Array {
  const places: number[] = [];
  const chroma = (column: number) => Math.floor((column * chromaWidth) / width);
  for (let column = border; column + 4 <= width - border; column += 4)
    places.push(column, chroma(column), chroma(column + 2));
  return Int32Array.from(places);
}

/** For each row of areas: where its two lines begin in luma and in chroma. Half of all lines, as many of either field. */
function linesOf({ width, height, chromaWidth, chromaHeight }: PictureRaster, border: number): Int32Array {
  const places: number[] = [];
  const chroma = (row: number) => Math.floor((row * chromaHeight) / height) * chromaWidth;
  for (let row = border; row + 8 <= height - border; row += 8) {
    for (const first of [row, row + 5])
      places.push(first * width, (first + 2) * width, chroma(first), chroma(first + 2));
  }
  return Int32Array.from(places);
}
