import type { PictureRaster } from './instrument.ts';
import { createLineShiftFinder, type LineShift } from './line-shift.ts';
import { asidePixels, goesToAndFro, leaveTrend } from './line-ways.ts';

/** Rows from one looked-at line to the next, and between the two lines of a pair (of the same field). */
const every = 12;
const apart = 4;
/** Fewer looked-at lines tell nothing: a small picture. */
const leastRows = 16;
/** Rows at the bottom that are left out: there the heads change. */
const bottomRows = 24;
const mostLeft = 0.6;
/** From frame to frame nearly all must be explained: where two things move by two ways, one shift leaves the other. */
const mostLeftInTime = 0.4;
/** Columns at the sides that are left out of what goes on evenly, and from one looked-at column to the next. */
const sideColumns = 8;
const everyColumn = 6;
/** Where a line differs from the next as that does from the one after, its noise alone is left; of a line that lies aside, 0.58 at the least. */
const mostUneven = 0.5;
/** Or no more is left than behind the shift: then nothing says that there was one. */
const mostBeside = 1.25;
/** In deviations of the noise: lines that differ by less are taken to lie where they are. */
const calmDeviations = 2;
/** Share of lines aside of their neighbours that makes a torn picture. */
const leastTorn = 0.08;
/** Fewer slanting lines are no stripes. */
const leastSlants = 3;
/** A whole picture that leaps: pixels by which its way differs from that of the frame before. Cameras gather way. */
const leapPixels = 24;
/** A leap alone says no more than this share: an edit within a shot may leap once. */
const mostOfLeap = 0.3;

/**
 * The share of lines that are torn: that lie aside of the next line of their field, or have moved since the frame before
 * by another way than the rest of the picture. Scenes move things within lines, but whole lines only all together.
 */
export function createTornShare({
  width,
  height,
}: PictureRaster): (luma: Uint16Array, before: Uint16Array | undefined, noiseCodes: number) => number {
  const shifts = createLineShiftFinder(width);
  const rows = Math.max(0, Math.floor((height - bottomRows) / every) - 1);
  const torn = new Uint8Array(rows);
  const moved = new Float32Array(rows);
  const matched = new Int32Array(rows);
  const left = new Float32Array(rows);
  let tornBefore = 0;
  let way = Number.NaN;

  /**
   * Whether a shift explains how two lines differ. What comes in or goes out at the side is not among the columns that a
   * shift compares: it must explain a difference of those.
   */
  function explains(
    { pixels, here, best }: LineShift,
    most: number,
    luma: Uint16Array,
    row: number,
    other: Uint16Array,
    otherRow: number,
  ): boolean {
    return (
      best < most * here &&
      (Math.abs(pixels) < asidePixels ||
        best < most * shifts.differenceHere(luma, row, other, otherRow, pixels))
    );
  }

  /**
   * Slanting stripes lie aside from line to line as well, but they go on in the next lines, all by one way: that is no
   * tear. Lines that sway do so to both sides.
   */
  function leaveSlants(luma: Uint16Array): void {
    let count = 0;
    for (let at = 0; at < rows; at++) {
      const row = (at + 1) * every + apart;
      const pixels = moved[at] as number;
      if (!torn[at] || row + apart >= height) continue;
      if (!goesBy(luma, row, pixels)) continue;
      left[count] = pixels;
      matched[count++] = at;
    }
    if (count < leastSlants) return;
    const middle = left.slice(0, count).sort()[count >> 1] as number;
    for (let index = 0; index < count; index++) {
      const at = matched[index] as number;
      // Where stripes come again along the line, the way of the others does as well as its own.
      const isOfThese =
        Math.abs((left[index] as number) - middle) < asidePixels || goesBy(luma, (at + 1) * every, middle);
      if (isOfThese) torn[at] = 0;
    }
  }

  /** Whether a shift explains how a line lies against the next of its field. */
  function goesBy(luma: Uint16Array, row: number, pixels: number): boolean {
    return (
      shifts.differenceAt(luma, row, luma, row + apart, pixels) <
      mostLeft * shifts.differenceHere(luma, row, luma, row + apart, pixels)
    );
  }

  /** Whether a line differs from the next of its field as that does from the one after: a shadow or a gradient, which any shift would explain. */
  function goesOnEvenly(luma: Uint16Array, row: number, most: number): boolean {
    let sum = 0;
    let count = 0;
    const end = (row + 1) * width - sideColumns;
    for (let place = row * width + sideColumns; place < end; place += everyColumn, count++) {
      const next = luma[place + apart * width] as number;
      sum += Math.abs((luma[place] as number) - 2 * next + (luma[place + 2 * apart * width] as number));
    }
    // Three lines, one of them twice, have the square root of three times the noise of two.
    return sum < most * count * Math.sqrt(3);
  }

  function markMoved(luma: Uint16Array, before: Uint16Array, calm: number): void {
    let count = 0;
    let calmRows = 0;
    for (let at = 0; at < rows; at++) {
      const row = (at + 1) * every;
      const shift = shifts.find(luma, row, before, row, calm);
      if (shift.here <= calm) calmRows++;
      if (!explains(shift, mostLeftInTime, luma, row, before, row)) continue;
      moved[count] = shift.pixels;
      left[count] = shift.best;
      matched[count++] = at;
    }
    const lastWay = way;
    way = wayOf(count, calmRows);
    if (count < 3) return;
    const middle = moved.slice(0, count).sort()[count >> 1] as number;
    for (let at = 0; at < count; at++) {
      // Where something comes again along the line, the way of the picture does as well as another.
      const row = ((matched[at] as number) + 1) * every;
      if (Math.abs((moved[at] as number) - middle) < asidePixels) continue;
      if (shifts.differenceAt(luma, row, before, row, middle) < 1.3 * (left[at] as number))
        moved[at] = middle;
    }
    const isLeap = Math.abs(way) >= leapPixels / 2 && Math.abs(way - lastWay) >= leapPixels;
    // As they are, and beside what a camera that turns does to them: layers that pass each other sway by one of the two alone.
    left.set(moved.subarray(0, count));
    leaveTrend(matched, left, count);
    const isToAndFro = goesToAndFro(moved, count) && goesToAndFro(left, count);
    let leapt = 0;
    for (let at = 0; at < count; at++) {
      const isAside = isToAndFro && Math.abs((moved[at] as number) - middle) >= asidePixels;
      const isOfLeap = isLeap && leapt < mostOfLeap * rows;
      if (!isAside && !isOfLeap) continue;
      torn[matched[at] as number] = 1;
      leapt++;
    }
  }

  /** Pixels by which the picture as a whole has moved; NaN where too few lines say so. */
  function wayOf(count: number, calmRows: number): number {
    if (calmRows >= rows / 2) return 0;
    return count < rows / 3 ? Number.NaN : (moved.slice(0, count).sort()[count >> 1] as number);
  }

  return (luma, before, noiseCodes) => {
    if (rows < leastRows) return Number.NaN;
    const calm = calmDeviations * noiseCodes;
    let count = 0;
    for (let at = 0; at < rows; at++) {
      const row = (at + 1) * every;
      const shift = shifts.find(luma, row, luma, row + apart, calm);
      const isAside =
        Math.abs(shift.pixels) >= asidePixels &&
        explains(shift, mostLeft, luma, row, luma, row + apart) &&
        !goesOnEvenly(luma, row, Math.max(mostUneven * shift.here, mostBeside * shift.best));
      torn[at] = isAside ? 1 : 0;
      moved[at] = shift.pixels;
    }
    leaveSlants(luma);
    for (let at = 0; at < rows; at++) count += torn[at] as number;
    // Behind a torn picture the lines of a whole one come back from aside: that is no fault of its own.
    const isWholeAgain = tornBefore >= leastTorn * rows && count < (leastTorn * rows) / 2;
    tornBefore = count;
    if (before && !isWholeAgain) markMoved(luma, before, calm);
    else way = Number.NaN;
    count = 0;
    for (let at = 0; at < rows; at++) count += torn[at] as number;
    return count / rows;
  };
}
