import type { Picture, PictureRaster } from './instrument.ts';

/** In pixels: what a time base corrector leaves of trembling is half of it or less. */
const mostTremblePixels = 1.2;
/** Between the samples of a difference along the line: wider than the slopes of a tape's edges. */
const reach = 6;
/** Of what makes a stretch stand out, the part that its own detail must make before it is compared. */
const leastDetail = 0.5;
/** Where lines differed by this part of it in the picture before, the scene is as rough as damage. */
const mostRoughBefore = 0.6;
/** From here on two lines hold the same detail. */
const sameDetail = 0.6;
/**
 * What has detail is looked for in the picture before, so many lines and pixels around: a hand-held camera moves both ways. Among hundreds of
 * places chance finds what is alike by half.
 */
const [searchLines, searchPixels, sameAmongMany] = [8, 24, 0.8];

/** Asks something of a stretch of a line, `pixels` long from pixel `from` of `row`, that stands out by `size`. */
type AsksOfStretch = (
  picture: Picture,
  previous: Picture,
  row: number,
  from: number,
  pixels: number,
  size: number,
) => boolean;

/**
 * Tells whether detail of the scene explains why a stretch of a line stands out by `size` (the sum over every second
 * sample): because the line trembles and there are upright edges, or because it holds the same detail as the line of
 * its field above or below, or because all is rough there. Damage is even, or noise that is like no other line. `wasThere`: whether the
 * picture before has its detail nearby, as lines of small print have it that move by less than a line.
 */
export function createDetail({ width }: PictureRaster): {
  explains: AsksOfStretch;
  wasThere: AsksOfStretch;
} {
  /** What a shift of one pixel would change. */
  function edges({ y }: Picture, start: number, end: number): number {
    let sum = 0;
    for (let place = start; place < end; place += 2)
      sum += Math.abs((y[place + 1] as number) - (y[place - 1] as number));
    return sum / 2;
  }

  /** Whether the detail of a stretch makes enough of its size, and is that of the stretch `other` samples on in a picture. */
  function isAlike(
    { y }: Picture,
    [start, end, size]: readonly [number, number, number],
    { y: otherY }: Picture,
    other: number,
    least: number,
  ): boolean {
    let amount = 0;
    let own = 0;
    let its = 0;
    let both = 0;
    for (let place = start; place < end - reach; place += 2) {
      const here = (y[place + reach] as number) - (y[place] as number);
      const there = (otherY[place + other + reach] as number) - (otherY[place + other] as number);
      amount += Math.abs(here);
      own += here * here;
      its += there * there;
      both += here * there;
    }
    return amount > leastDetail * size && both > least * Math.sqrt(own * its);
  }

  /** The largest difference between neighbouring lines of the field around a stretch. */
  function roughest({ y }: Picture, start: number, end: number): number {
    let most = 0;
    for (let lines = -2; lines <= 2; lines++) {
      const above = (2 * lines - 2) * width;
      const below = 2 * lines * width;
      if (start + above < 0 || end + below > y.length) continue;
      let sum = 0;
      for (let place = start; place < end; place += 2)
        sum += Math.abs((y[place + below] as number) - (y[place + above] as number));
      most = Math.max(most, sum);
    }
    return most;
  }

  return {
    explains(picture, previous, row, from, pixels, size) {
      const start = row * width + from;
      const end = start + pixels;
      if (size < mostTremblePixels * edges(previous, start, end)) return true;
      if (roughest(previous, start, end) > mostRoughBefore * size) return true;
      const stretch = [start, end, size] as const;
      return (
        isAlike(picture, stretch, picture, -2 * width, sameDetail) ||
        isAlike(picture, stretch, picture, 2 * width, sameDetail)
      );
    },
    wasThere(picture, previous, row, from, pixels, size) {
      const start = row * width + from;
      const stretch = [start, start + pixels, size] as const;
      // Damage has none of its own, most often.
      if (!isAlike(picture, stretch, picture, 0, 0)) return false;
      for (let lines = -searchLines; lines <= searchLines; lines++) {
        for (let aside = -searchPixels; aside <= searchPixels; aside += 2) {
          const other = lines * width + aside;
          if (start + other < 0 || start + other + pixels > previous.y.length) continue;
          if (isAlike(picture, stretch, previous, other, sameAmongMany)) return true;
        }
      }
      return false;
    },
  };
}
