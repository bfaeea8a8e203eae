import type { PictureRaster } from './instrument.ts';

/** Rows from one sampled row to the next: all of one field. */
const rowStep = 4;
const columns = 12;
/** Of the difference from the frame before, what may be left when the picture is moved back. */
const mostLeft = 0.5;
/** Sampled rows at the bottom that say nothing of what comes around. */
const seamRows = 3;
/** Pictures from the one with which a picture is compared: a slow roll has come far enough by then. */
const picturesBack = 5;
/** How much brighter than black the picture is right above and below a bar of blanking, on the 10-bit scale. */
const barEdgeCodes = 40;
/** Mean difference on the 10-bit scale under which nothing rolls. */
const leastCodes = 12;
/** Mean difference along a row, on the 10-bit scale, under which it is plain: noise of cells is a third of it. */
const leastAlongCodes = 6;

/**
 * How many lines the picture has rolled since the frame before (positive: down); 0 where it did not. What leaves at one
 * edge comes back in at the other, or a bar of vertical blanking moves through the picture: a camera that tilts shows
 * neither.
 */
export function createRollFinder({ width, height, bitDepth }: PictureRaster): {
  find(luma: Uint16Array): number;
  forget(): void;
} {
  const rows = Math.floor(height / rowStep);
  const scale = 2 ** (bitDepth - 10);
  const black = 92 * scale;
  const inColumn = Math.floor((width - 32) / columns / 4) * 4;
  const kept = Array.from({ length: picturesBack + 1 }, () => new Float32Array(rows * columns));
  let now = kept[0] as Float32Array;
  let before = now;
  let seen = 0;
  let left = 0;
  let barBefore = -1;

  function fill(luma: Uint16Array): void {
    for (let row = 0; row < rows; row++) {
      let place = row * rowStep * width + 16;
      for (let column = 0; column < columns; column++) {
        let sum = 0;
        const end = place + inColumn;
        for (; place < end; place += 4) sum += luma[place] as number;
        now[row * columns + column] = sum / (inColumn / 4);
      }
    }
  }

  /** Mean difference between rows `from` to `to` of now and those `shift` rows higher in the picture before, around the edge. */
  function difference(shift: number, from: number, to: number, step: number): number {
    let sum = 0;
    let count = 0;
    for (let row = from; row < to; row += step) {
      const other = ((row - shift + rows) % rows) * columns;
      const here = row * columns;
      for (let column = 0; column < columns; column++)
        sum += Math.abs((now[here + column] as number) - (before[other + column] as number));
      count += columns;
    }
    return sum / count;
  }

  /**
   * Sampled rows by which the picture lies lower than so many pictures ago; 0 where it stands. `before` is that picture
   * and `left` what differs then.
   */
  function movedSince(pictures: number): number {
    if (seen <= pictures) return 0;
    before = kept[(seen - 1 - pictures) % kept.length] as Float32Array;
    const still = difference(0, 0, rows, 2);
    if (still < leastCodes * scale) return 0;
    let best = still;
    let shift = 0;
    for (let by = -(rows >> 1); by < rows >> 1; by++) {
      const other = difference(by, 0, rows, 2);
      if (other >= best) continue;
      best = other;
      shift = by;
    }
    left = best;
    return best < mostLeft * still ? shift : 0;
  }

  /** Sampled rows of the roll from picture to picture. What no longer moves does not roll, whatever it did before. */
  function rolled(): number {
    const last = movedSince(1);
    if (last === 0) return 0;
    if (comesAround(last, left)) return last;
    const far = movedSince(picturesBack);
    return far !== 0 && comesAround(far, left) ? far / picturesBack : 0;
  }

  /** Whether what came in at one edge is what went out at the other, and not what lay next to it. */
  function comesAround(shift: number, best: number): boolean {
    // Rows at the seam hold half lines and the heads' change.
    const [from, to] = shift > 0 ? [1, shift - seamRows] : [rows + shift + 1, rows - seamRows];
    if (to - from < 1) return false;
    if (isPlain(from, to)) return false;
    const around = difference(shift, from, to, 1);
    const edgeRow = (shift > 0 ? 1 : rows - seamRows) * columns;
    let beside = 0;
    for (let row = from; row < to; row++)
      for (let column = 0; column < columns; column++)
        beside += Math.abs((now[row * columns + column] as number) - (before[edgeRow + column] as number));
    beside /= (to - from) * columns;
    return around < 2 * best && around < mostLeft * beside;
  }

  /** Whether rows have nothing from side to side: the ground between two lines of credits is there at both edges. */
  function isPlain(from: number, to: number): boolean {
    let sum = 0;
    for (let row = from; row < to; row++) {
      const mean = meanOf(row);
      for (let column = 0; column < columns; column++)
        sum += Math.abs((now[row * columns + column] as number) - mean);
    }
    return sum < leastAlongCodes * scale * columns * (to - from);
  }

  function meanOf(row: number): number {
    let sum = 0;
    for (let column = 0; column < columns; column++) sum += now[row * columns + column] as number;
    return sum / columns;
  }

  function isBlack(row: number): boolean {
    for (let column = 0; column < columns; column++)
      if ((now[row * columns + column] as number) >= black) return false;
    return true;
  }

  /**
   * First row of the one black bar that lies from side to side between picture, with sharp edges; -1 where there is
   * none. A scene that is dark anywhere else has none.
   */
  function findBar(): number {
    let first = -1;
    let bars = 0;
    let found = -1;
    for (let row = 0; row < rows; row++) {
      if (isBlack(row)) {
        if (first < 0) first = row;
        continue;
      }
      if (first >= 0) {
        bars++;
        const lit = Math.min(first > 0 ? meanOf(first - 1) : 0, meanOf(row));
        if (row - first >= 2 && row - first <= rows / 5 && lit > black + barEdgeCodes * scale) found = first;
        first = -1;
      }
    }
    return bars === 1 && first < 0 ? found : -1;
  }

  return {
    forget() {
      seen = 0;
      barBefore = -1;
    },
    find(luma) {
      now = kept[seen % kept.length] as Float32Array;
      seen++;
      fill(luma);
      const bar = findBar();
      const moved = bar >= 0 && barBefore >= 0 ? bar - barBefore : 0;
      barBefore = bar;
      if (moved !== 0 && Math.abs(moved) < rows / 3) return moved * rowStep;
      return rolled() * rowStep;
    },
  };
}
