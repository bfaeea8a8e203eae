import { onScaleOf, type Series } from './series.ts';

/** Own. Shares are of the way from the 10th to the 90th percentile of luma, which is 2.56 times the noise where all is noise. */
const limits = {
  /** Less is a dark or flat picture with its noise. */
  leastSpreadCodes: 80,
  /** Noise inside the picture, in its smoothest parts: of a picture 0.01 to 0.1, of snow 0.3. */
  leastNoise: 0.2,
  /** Difference from the frame before, in that field which differs least: of independent noise 0.44. */
  leastDifference: 0.3,
};

/**
 * Snow: noise in every part of both fields, and another one on every frame, as a deck or a receiver gives it where no signal is and
 * nothing mutes it. Damage that leaves a sixth of the picture, or a field, is no snow.
 */
export function createSnowTest(series: Series): (frame: number) => boolean {
  const [low, high] = [series.column('yLow'), series.column('yHigh')];
  const [noise, difference] = [series.column('yNoise'), series.column('fieldDifLeast')];
  const least = onScaleOf(series, limits.leastSpreadCodes);
  return (frame) => {
    const spread = (high[frame] as number) - (low[frame] as number);
    return (
      spread >= least &&
      (noise[frame] as number) >= limits.leastNoise * spread &&
      (difference[frame] as number) >= limits.leastDifference * spread
    );
  };
}
