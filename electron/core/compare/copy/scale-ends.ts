import type { PlanePair } from './full-pair.ts';

/** What became of the highest and the lowest areas of a plane, in 8-bit codes; positive: nearer to the middle than they were. */
export interface ScaleEnds {
  high: number;
  low: number;
  /** What they were in the master. */
  highest: number;
  lowest: number;
}

/** Share of the areas that are an end, and how many at least: one alone may be noise. */
const [endShare, leastAreas] = [0.001, 8];

/**
 * Follows the ends of the scale, by the means of square areas: the highest and the lowest that the master has, and those that the
 * copy has, wherever they are, since what was moved has a line of its own.
 */
export function createScaleEnds(side: number) {
  const [ofExpected, ofCopy] = [new Float64Array(256), new Float64Array(256)];
  return {
    add({ samples, expectedAt, copyAt, stride, width, height }: PlanePair): void {
      for (let row = 0; row + side <= height; row += side) {
        for (let column = 0; column + side <= width; column += side) {
          let [expected, copy] = [0, 0];
          for (let down = 0; down < side; down++) {
            const start = (row + down) * stride + column;
            for (let at = start; at < start + side; at++) {
              expected += samples[expectedAt + at] as number;
              copy += samples[copyAt + at] as number;
            }
          }
          count(ofExpected, expected / side ** 2);
          count(ofCopy, copy / side ** 2);
        }
      }
    },
    ends(): ScaleEnds | undefined {
      const areas = ofExpected.reduce((sum, found) => sum + found, 0);
      const needed = Math.max(leastAreas, endShare * areas);
      if (areas < needed) return undefined;
      const upwards = Array.from(ofExpected.keys());
      const downwards = upwards.toReversed();
      const [highest, lowest] = [
        meanOfFirst(ofExpected, downwards, needed),
        meanOfFirst(ofExpected, upwards, needed),
      ];
      return {
        ...{ highest, lowest, high: highest - meanOfFirst(ofCopy, downwards, needed) },
        low: meanOfFirst(ofCopy, upwards, needed) - lowest,
      };
    },
  };
}

function count(bins: Float64Array, level: number): void {
  const bin = Math.round(level);
  bins[bin] = (bins[bin] as number) + 1;
}

/** Mean level of so many areas, taken from the bins in this order. */
function meanOfFirst(bins: Float64Array, order: readonly number[], needed: number): number {
  let [taken, sum] = [0, 0];
  for (const bin of order) {
    const more = Math.min(bins[bin] as number, needed - taken);
    taken += more;
    sum += more * bin;
    if (taken >= needed) break;
  }
  return sum / taken;
}
