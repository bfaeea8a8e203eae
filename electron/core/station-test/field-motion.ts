import type { Picture } from './picture.ts';
import type { PicturePair } from './picture-noise.ts';

/** Codes by which a pixel must change to count as moved: far above any tape's noise. */
const moved = 100;
/** Pixels that must have moved in all before anything is said. */
const leastMoved = 60;

/**
 * The order in which the two fields were taken, from what moves: -1 to 1, positive for top field first. Between the last field
 * of a frame and the first of the next lies one field period; between the other two lie three. Steady motion therefore gives
 * about 0.5 or -0.5, a picture whose fields are of one moment about 0. Undefined where nothing moves.
 */
export function fieldMotion(pairs: readonly PicturePair[]): number | undefined {
  let [pixels, bottomToTop, topToBottom] = [0, 0, 0];
  for (const [one, other] of pairs) {
    const { width, height } = one;
    for (let line = 2; line + 3 < height; line += 2) {
      for (let x = 0; x < width; x++) {
        const at = line * width + x;
        const below = at + width;
        if (!hasMoved(one, other, at) && !hasMoved(one, other, below)) continue;
        pixels += 1;
        bottomToTop += apart(other, at, one, width);
        topToBottom += apart(other, below, one, width);
      }
    }
  }
  if (pixels < leastMoved || bottomToTop + topToBottom === 0) return undefined;
  // With the top field first, the bottom field of a frame and the top field of the next are the near ones.
  return (topToBottom - bottomToTop) / (topToBottom + bottomToTop);
}

function hasMoved(one: Picture, other: Picture, at: number): boolean {
  return Math.abs((one.y[at] as number) - (other.y[at] as number)) > moved;
}

/** A pixel against the other field of the frame before, which has lines above and below it. */
function apart(now: Picture, at: number, before: Picture, width: number): number {
  const between = ((before.y[at - width] as number) + (before.y[at + width] as number)) / 2;
  return Math.abs((now.y[at] as number) - between);
}
