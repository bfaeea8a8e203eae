import { type Likeness, type Lines, likeness, type MeasuredPlane, type Region } from './picture-metrics.ts';

/** How the picture of an access copy lies on that of its master: lines one to one, from a line on, and columns scaled to square pixels. */
export interface CopyPlace {
  /** Lines of the master above the copy's first. */
  cutTopLines: number;
  /** Lines of the copy. */
  lines: number;
  /** Which lines of the master are in this picture of the copy: those of one field where the recipe made frames of fields. The others it invented. */
  kept: Lines;
}

/** Lobes of the window on either side, as the recipe's scaler has them. */
const lobes = 3;

/**
 * How alike a region of a master is to its access copy, with both in the copy's raster: the master's lines are brought to the copy's width as the
 * recipe does it, with Lanczos windows of three lobes. Lines that the copy does not have from the master do not count. Undefined where the copy
 * holds nothing of the region.
 * @param region in samples of the master.
 */
export function copyLikeness(
  master: MeasuredPlane,
  copy: MeasuredPlane,
  region: Region,
  { cutTopLines, lines, kept }: CopyPlace,
): Likeness | undefined {
  const firstColumn = Math.round((region.x * copy.width) / master.width);
  const endColumn = Math.round(((region.x + region.width) * copy.width) / master.width);
  const firstLine = Math.max(region.y, cutTopLines);
  const endLine = Math.min(region.y + region.height, cutTopLines + lines);
  const wanted: number[] = [];
  for (let line = firstLine; line < endLine; line++) {
    if (kept === 'all' || (line & 1) === kept) wanted.push(line);
  }
  const width = endColumn - firstColumn;
  if (wanted.length === 0 || width <= 0) return undefined;
  const [expected, found] = [new Uint16Array(wanted.length * width), new Uint16Array(wanted.length * width)];
  const scaled = lineScaler(master, copy.width, firstColumn, endColumn);
  for (const [row, line] of wanted.entries()) {
    scaled(line, expected.subarray(row * width, (row + 1) * width));
    const from = (line - cutTopLines) * copy.width + firstColumn;
    found.set(copy.samples.subarray(from, from + width), row * width);
  }
  return likeness(
    { samples: expected, width, bitDepth: master.bitDepth },
    { samples: found, width, bitDepth: copy.bitDepth },
    { x: 0, y: 0, width, height: wanted.length },
  );
}

/** Brings columns of a line to another width, middles on middles, with the first and the last sample going on beyond the edges. */
function lineScaler(
  { samples, width, bitDepth }: MeasuredPlane,
  toWidth: number,
  firstColumn: number,
  endColumn: number,
): (line: number, into: Uint16Array) => void {
  const peak = 2 ** bitDepth - 1;
  const ratio = width / toWidth;
  // Wider where samples become fewer: what is finer than they can show has to be averaged away.
  const stretch = Math.max(1, ratio);
  const columns = Array.from({ length: endColumn - firstColumn }, (_, index) => {
    const middle = (firstColumn + index + 0.5) * ratio - 0.5;
    const first = Math.ceil(middle - lobes * stretch);
    const count = Math.floor(middle + lobes * stretch) - first + 1;
    const weights = Float64Array.from({ length: count }, (_, at) => lanczos((first + at - middle) / stretch));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return { first, weights: weights.map((weight) => weight / sum) };
  });
  return (line, into) => {
    for (const [index, { first, weights }] of columns.entries()) {
      let value = 0;
      for (let at = 0; at < weights.length; at++) {
        const column = Math.min(width - 1, Math.max(0, first + at));
        value += (samples[line * width + column] ?? 0) * (weights[at] ?? 0);
      }
      into[index] = Math.min(peak, Math.max(0, Math.round(value)));
    }
  };
}

function lanczos(distance: number): number {
  if (distance === 0) return 1;
  if (Math.abs(distance) >= lobes) return 0;
  const turn = Math.PI * distance;
  return (lobes * Math.sin(turn) * Math.sin(turn / lobes)) / turn ** 2;
}
