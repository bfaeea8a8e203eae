import type { Picture, PictureRaster } from './instrument.ts';
import { blockPixels, type LineBlocks } from './line-blocks.ts';

/** Streaks kept for the next picture: more lines than that are no dropouts. */
const mostStreaks = 96;
/** How far something that moves is looked for in the picture before: lines up and down, pixels to the sides. */
const reachLines = 16;
const reachPixels = 32;
const places = 2 * reachLines + 1;
/** Of what a streak stands out by, the part that may differ where the same thing is found again. */
const mostDifference = 0.4;

/** A streak: its row, its first and last block, and the difference from the picture before that it makes in all. */
export interface Streak {
  row: number;
  first: number;
  last: number;
  size: number;
}

/**
 * Tells streaks that belong to the scene from damage, which is nowhere in the pictures before and after. Thin things
 * move sideways (a pan), up and down (a scroll), or come and stay (a title).
 */
export function createStreakMemory({ width, height }: PictureRaster): {
  clear(): void;
  /** False for a streak that came from aside. */
  remember(streak: Streak, picture: Picture, previous: Picture): boolean;
  /** How many of the streaks of the picture before are part of the scene, as the new picture shows. */
  countKept(blocks: LineBlocks, picture: Picture, previous: Picture): number;
} {
  const left = (width % blockPixels) >> 1;
  const rows = new Int32Array(mostStreaks);
  const firsts = new Int32Array(mostStreaks);
  const lasts = new Int32Array(mostStreaks);
  const sizes = new Int32Array(mostStreaks);
  const cameFrom = new Uint8Array(mostStreaks * places);
  let count = 0;

  // A block more on either side: the ends of a thing move with it.
  const fromOf = (first: number) => Math.max(0, left + (first - 1) * blockPixels);
  const toOf = (last: number) => Math.min(width, left + (last + 2) * blockPixels);

  /** Whether a stretch of a row of one picture is in a row of the other, so many pixels aside. */
  function isLike(
    { y: now }: Picture,
    row: number,
    { y: other }: Picture,
    otherRow: number,
    [from, to, aside, most]: readonly [number, number, number, number],
  ): boolean {
    if (otherRow < 0 || otherRow >= height) return false;
    const shift = (otherRow - row) * width + aside;
    const start = row * width + Math.max(from, -aside);
    const end = row * width + Math.min(to, width - aside);
    let sum = 0;
    for (let place = start; place < end; place += 2) {
      const difference = (now[place] as number) - (other[place + shift] as number);
      sum += difference < 0 ? -difference : difference;
      if (sum > most) return false;
    }
    return true;
  }

  return {
    clear() {
      count = 0;
    },
    remember({ row, first, last, size }, picture, previous) {
      const from = fromOf(first);
      const to = toOf(last);
      const most = mostDifference * size;
      for (let shift = 2; shift <= reachPixels; shift += 2) {
        if (isLike(picture, row, previous, row, [from, to, shift, most])) return false;
        if (isLike(picture, row, previous, row, [from, to, -shift, most])) return false;
      }
      if (count === mostStreaks) return true;
      rows[count] = row;
      firsts[count] = first;
      lasts[count] = last;
      sizes[count] = size;
      for (let place = 0; place < places; place++) {
        const other = row + place - reachLines;
        const isThere = other !== row && isLike(picture, row, previous, other, [from, to, 0, most]);
        cameFrom[count * places + place] = isThere ? 1 : 0;
      }
      count++;
      return true;
    },
    countKept({ across, change }, picture, previous) {
      let kept = 0;
      for (let at = 0; at < count; at++) {
        const [row, first, last] = [rows[at] as number, firsts[at] as number, lasts[at] as number];
        const size = sizes[at] as number;
        let sum = 0;
        for (let block = first; block <= last; block++) sum += change[row * across + block] as number;
        let isKept = sum < 0.5 * size;
        for (let place = 0; place < places && !isKept; place++) {
          if (cameFrom[at * places + place] === 0) continue;
          // It came so many lines in one frame: in the next it has gone as far, give or take one.
          const goal = row - (place - reachLines);
          for (let other = goal - 1; other <= goal + 1 && !isKept; other++) {
            const where = [fromOf(first), toOf(last), 0, mostDifference * size] as const;
            isKept = isLike(previous, row, picture, other, where);
          }
        }
        if (isKept) kept++;
      }
      return kept;
    },
  };
}
