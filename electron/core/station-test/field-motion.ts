import type { Picture } from './picture.ts';
import type { PicturePair } from './picture-noise.ts';

/** Codes by which a pixel must change to count as moved: far above any tape's noise. */
const moved = 100;
/** Pixels that must have moved in a band before anything is said of it. */
const leastMoved = 60;
/** The picture is looked at in bands: figures that are burnt in change with each frame, not each field, and say nothing. */
const bands = 16;

interface Band {
  pixels: number;
  /** How far the bottom field is from the next frame's top field, and the top field from the next frame's bottom field. */
  bottomToTop: number;
  topToBottom: number;
}

/**
 * The order in which the two fields were taken, from what moves: -1 to 1, positive for top field first. Between the last field
 * of a frame and the first of the next lies one field period; between the other two lie three. Steady motion therefore gives
 * about 0.5 or -0.5, a picture whose fields are of one moment about 0. Undefined where nothing moves.
 */
export function fieldMotion(pairs: readonly PicturePair[]): number | undefined {
  const found: Band[] = Array.from({ length: bands }, () => ({ pixels: 0, bottomToTop: 0, topToBottom: 0 }));
  for (const [one, other] of pairs) {
    const { width, height } = one;
    for (let line = 2; line + 3 < height; line += 2) {
      const band = found[Math.floor((line * bands) / height)] as Band;
      for (let x = 0; x < width; x++) {
        const at = line * width + x;
        const below = at + width;
        if (!hasMoved(one, other, at) && !hasMoved(one, other, below)) continue;
        band.pixels += 1;
        band.bottomToTop += apart(other, at, one, width);
        band.topToBottom += apart(other, below, one, width);
      }
    }
  }
  const difference = ({ topToBottom, bottomToTop }: Band) => topToBottom - bottomToTop;
  // The band that says most.
  const [clearest] = found
    .filter(({ pixels, topToBottom, bottomToTop }) => pixels >= leastMoved && topToBottom + bottomToTop > 0)
    .sort((a, b) => Math.abs(difference(b)) - Math.abs(difference(a)));
  // With the top field first, the bottom field of a frame and the top field of the next are the near ones.
  return clearest && difference(clearest) / (clearest.topToBottom + clearest.bottomToTop);
}

function hasMoved(one: Picture, other: Picture, at: number): boolean {
  return Math.abs((one.y[at] as number) - (other.y[at] as number)) > moved;
}

/** A pixel against the other field of the frame before, which has lines above and below it. */
function apart(now: Picture, at: number, before: Picture, width: number): number {
  const between = ((before.y[at - width] as number) + (before.y[at + width] as number)) / 2;
  return Math.abs((now.y[at] as number) - between);
}
