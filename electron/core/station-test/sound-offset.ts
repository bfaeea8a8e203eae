/** A flash and its beep further apart than this belong to nothing. */
const farthestS = 0.5;

/** Sound minus picture of each flash that has its beep, in ms; positive: the sound is late. */
export function soundOffsetsMs(flashesS: readonly number[], beepsS: readonly number[]): number[] {
  return flashesS.flatMap((flashS) => {
    const nearest = beepsS.toSorted((a, b) => Math.abs(a - flashS) - Math.abs(b - flashS))[0];
    if (nearest === undefined || Math.abs(nearest - flashS) > farthestS) return [];
    return [(nearest - flashS) * 1000];
  });
}

/** The middle of several values; undefined of none. */
export function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}
