/** What a copy's levels are of what was expected: `copy = gain * expected + offset`, in 8-bit codes. */
export interface LevelFit {
  gain: number;
  offsetCodes: number;
  /** False where what was expected hardly varies: a gain cannot be told from it. */
  isTold: boolean;
}

/** Standard deviation in codes below which a plane is all one level. */
const leastSpread = 3;

/** Fits the levels of one plane over all of a recording. */
export function createLevelFit() {
  let [count, sumX, sumY, squares, products] = [0, 0, 0, 0, 0];
  return {
    add(expected: Uint8Array, copy: Uint8Array): void {
      for (let at = 0; at < expected.length; at++) {
        const [x, y] = [expected[at] as number, copy[at] as number];
        sumX += x;
        sumY += y;
        squares += x * x;
        products += x * y;
      }
      count += expected.length;
    },
    fit(): LevelFit {
      const variance = squares / count - (sumX / count) ** 2;
      const isTold = count > 0 && variance > leastSpread ** 2;
      if (!isTold) return { gain: 1, offsetCodes: count > 0 ? (sumY - sumX) / count : 0, isTold };
      const gain = (products / count - (sumX / count) * (sumY / count)) / variance;
      // At the middle of the scale, where a wrong gain turns around no matter of what is shown.
      return { gain, offsetCodes: sumY / count - sumX / count - (gain - 1) * (sumX / count - 128), isTold };
    },
  };
}
