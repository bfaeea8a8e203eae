/** How two lines lie against each other. Differences are means in codes. */
export interface LineShift {
  /** Pixels by which the first line lies to the right of the second; 0 where nothing better was found. */
  pixels: number;
  /** Difference where they are, and at the best shift. */
  here: number;
  best: number;
}

/** Pixels in a box of the coarse search, and boxes searched to either side. */
const boxPixels = 8;
const reachBoxes = 24;
/** Pixels searched around the coarse answer, and around zero. */
const reachFine = 7;
/** Between samples of the fine search. */
const fineStep = 6;
const edge = 8;
/** More than any line's differences add up to; whole numbers of 32 bits are the fastest. */
const mostSumOfAll = 2 ** 31 - 1;

/**
 * Finds how far a line lies aside of another, of the same picture or of a second one: first in boxes of 8 pixels up to 192 to each side (a quarter of a narrow picture), then in pixels. Lines
 * that differ by no more than `calmCodes` are taken to lie where they are.
 */
export function createLineShiftFinder(width: number): {
  find(
    luma: Uint16Array,
    row: number,
    other: Uint16Array,
    otherRow: number,
    calmCodes: number,
  ): Readonly<LineShift>;
  /** Mean difference at one shift. */
  differenceAt(luma: Uint16Array, row: number, other: Uint16Array, otherRow: number, pixels: number): number;
  /** Mean difference where they are, of those columns of the first line that a shift would compare. */
  differenceHere(
    luma: Uint16Array,
    row: number,
    other: Uint16Array,
    otherRow: number,
    pixels: number,
  ): number;
} {
  const boxes = Math.floor(width / boxPixels);
  // Half of the lines has to overlap at the least: less is no comparison.
  const reach = Math.min(reachBoxes, boxes >> 2);
  const [first, second] = [new Int32Array(boxes), new Int32Array(boxes)];
  const result: LineShift = { pixels: 0, here: 0, best: 0 };

  function fillBoxes(luma: Uint16Array, row: number, into: Int32Array): void {
    let place = row * width;
    for (let box = 0; box < boxes; box++, place += boxPixels) {
      into[box] =
        (luma[place] as number) +
        (luma[place + 2] as number) +
        (luma[place + 4] as number) +
        (luma[place + 6] as number);
    }
  }

  function coarse(): number {
    let best = Number.POSITIVE_INFINITY;
    let bestShift = 0;
    // From the middle outwards: most lines lie near it, and whatever is worse than the best so far is soon given up.
    for (let turn = 0; turn <= 2 * reach; turn++) {
      const shift = turn % 2 === 0 ? turn >> 1 : -((turn + 1) >> 1);
      const from = Math.max(1, 1 + shift);
      const to = Math.min(boxes - 1, boxes - 1 + shift);
      const most = Math.min(mostSumOfAll, Math.ceil(best * (to - from))) | 0;
      let sum = 0;
      for (let box = from; box < to && sum < most; box++) {
        // Without a branch, which noise would make a guess of.
        const difference = ((first[box] as number) - (second[box - shift] as number)) | 0;
        const sign = difference >> 31;
        sum = (sum + ((difference ^ sign) - sign)) | 0;
      }
      if (sum >= most) continue;
      best = sum / (to - from);
      bestShift = shift;
    }
    return bestShift * boxPixels;
  }

  /** Mean difference at one shift; given up, and some number above it, from `most` on. */
  function fine(
    luma: Uint16Array,
    row: number,
    other: Uint16Array,
    otherRow: number,
    shift: number,
    most = Number.POSITIVE_INFINITY,
    columnsOf = shift,
  ): number {
    const from = row * width + Math.max(edge, edge + columnsOf);
    const to = row * width + Math.min(width - edge, width - edge + columnsOf);
    const apart = (otherRow - row) * width - shift;
    const scale = fineStep / (to - from);
    const mostSum = Math.min(mostSumOfAll, Math.floor(most / scale)) | 0;
    let sum = 0;
    for (let place = from; place < to && sum <= mostSum; place += fineStep) {
      const difference = ((luma[place] as number) - (other[place + apart] as number)) | 0;
      const sign = difference >> 31;
      sum = (sum + ((difference ^ sign) - sign)) | 0;
    }
    return sum * scale;
  }

  function tryAround(
    luma: Uint16Array,
    row: number,
    other: Uint16Array,
    otherRow: number,
    centre: number,
  ): void {
    for (let shift = centre - reachFine; shift <= centre + reachFine; shift++) {
      const mean = fine(luma, row, other, otherRow, shift, result.best);
      if (mean >= result.best) continue;
      result.best = mean;
      result.pixels = shift;
    }
  }

  return {
    differenceAt: (luma, row, other, otherRow, pixels) => fine(luma, row, other, otherRow, pixels),
    differenceHere: (luma, row, other, otherRow, pixels) =>
      fine(luma, row, other, otherRow, 0, Number.POSITIVE_INFINITY, pixels),
    find(luma, row, other, otherRow, calmCodes) {
      result.here = fine(luma, row, other, otherRow, 0);
      result.best = result.here;
      result.pixels = 0;
      if (result.here <= calmCodes) return result;
      fillBoxes(luma, row, first);
      fillBoxes(other, otherRow, second);
      const about = coarse();
      tryAround(luma, row, other, otherRow, 0);
      if (Math.abs(about) > reachFine) tryAround(luma, row, other, otherRow, about);
      return result;
    },
  };
}
