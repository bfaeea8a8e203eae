/** What a copy's levels are of what was expected: `copy = gain * expected + offset`, in 8-bit codes. */
export interface LevelFit {
  gain: number;
  offsetCodes: number;
  /** False where what was expected hardly varies, or only in noise that a coder changed: a gain cannot be told from it. */
  isTold: boolean;
}

/** Standard deviation in codes below which a plane is all one level. */
const leastSpread = 3;
/** Share of what varies that the fit explains, below which noise of the one is not that of the other, and a wrong gain cannot be told. */
const leastFit = 0.97;

/** Fits the levels of one plane over all of a recording. */
export function createLevelFit() {
  let [count, sumX, sumY, squares, squaresY, products] = [0, 0, 0, 0, 0, 0];
  return {
    add(expected: Uint8Array, copy: Uint8Array): void {
      for (let at = 0; at < expected.length; at++) {
        const [x, y] = [expected[at] as number, copy[at] as number];
        sumX += x;
        sumY += y;
        squares += x * x;
        squaresY += y * y;
        products += x * y;
      }
      count += expected.length;
    },
    fit(): LevelFit {
      const variance = squares / count - (sumX / count) ** 2;
      const isVaried = count > 0 && variance > leastSpread ** 2;
      if (!isVaried) return { gain: 1, offsetCodes: count > 0 ? (sumY - sumX) / count : 0, isTold: false };
      const shared = products / count - (sumX / count) * (sumY / count);
      const varianceY = squaresY / count - (sumY / count) ** 2;
      const gain = nearestToOne(shared / variance, shared > 0 ? varianceY / shared : 0);
      const isTold = gain === 1 || shared ** 2 >= leastFit * variance * varianceY;
      // At the middle of the scale, where a wrong gain turns around no matter of what is shown.
      return { gain, offsetCodes: sumY / count - sumX / count - (gain - 1) * (sumX / count - 128), isTold };
    },
  };
}

/**
 * Noise that a coder took out makes the one fit too small, noise that it put in the other one too large: the gain lies between them,
 * and it is a wrong one only where all of that is beside 1.
 */
function nearestToOne(one: number, other: number): number {
  const [low, high] = [Math.min(one, other), Math.max(one, other)];
  return Math.max(low, Math.min(high, 1));
}
