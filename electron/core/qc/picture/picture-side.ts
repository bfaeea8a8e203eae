/** Pixels from the side in which the picture's edge is looked for, and the share of a narrow picture's width. */
const [reachPixels, reachShare] = [112, 0.25];
/** Pixels that an edge may rise over, and those behind them that tell the level of the picture beside it. */
const [risePixels, insidePixels] = [3, 8];
/** Least height of the edge on the 10-bit scale, and in deviations of the noise. */
const leastCodes = 48;
const leastDeviations = 6;
/** What lies outside may lie above black by so much, on the 10-bit scale: a pedestal, and what a tape adds. */
const mostBlackCodes = 36;

/** One side of the picture, left or right. */
export interface PictureSide {
  begin(noiseCodes: number): void;
  /**
   * Pixels from the side of the raster at which the picture begins on a line, to parts of a pixel. 0 where it reaches
   * over the side; NaN where it is too dark beside the edge, or has none.
   */
  edgeOf(luma: Uint16Array, row: number): number;
}

/** What an edge that is still seen is at the least. */
const leastEdge = 0.25;

/** Whether an edge lies over the side of the raster. */
export const isGone = (edge: number): boolean => edge === 0;

/** Looks for the step from blanking to picture, from the side inwards: 1 from the left, -1 from the right. */
export function createPictureSide(width: number, bitDepth: number, direction: 1 | -1): PictureSide {
  const scale = 2 ** (bitDepth - 10);
  const black = 64 * scale;
  const reach = Math.min(reachPixels, Math.floor(reachShare * width));
  let rise = 0;
  return {
    begin(noiseCodes) {
      rise = Math.max(leastCodes * scale, leastDeviations * noiseCodes);
    },
    edgeOf(luma, row) {
      const start = direction === 1 ? row * width : (row + 1) * width - 1;
      const level = black + Math.max(mostBlackCodes * scale, rise / 2);
      if ((luma[start] as number) > level && (luma[start + direction] as number) > level) return 0;
      for (let x = 1; x < reach; x++) {
        if ((luma[start + x * direction] as number) <= level) continue;
        const from = x + risePixels;
        let inside = 0;
        for (let place = from; place < from + insidePixels; place++)
          inside += luma[start + place * direction] as number;
        inside = inside / insidePixels - black;
        // One pixel of noise is no picture.
        if (inside < rise / 4) continue;
        if (inside < rise) return Number.NaN;
        // By the area that is lit, so that noise on one pixel does not decide.
        let lit = 0;
        for (let place = Math.max(0, x - risePixels); place < from; place++)
          lit += (luma[start + place * direction] as number) - black;
        return Math.max(leastEdge, from - lit / inside);
      }
      return Number.NaN;
    },
  };
}
