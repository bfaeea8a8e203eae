import type { FoundBars } from './bars.ts';
import { eachPixel, type Picture } from './picture.ts';

/** Random noise in the bars, in codes (RMS). */
export interface PictureNoise {
  luma: number;
  chroma: number;
}

/** Two neighbouring frames. */
export type PicturePair = readonly [Picture, Picture];

/**
 * Noise that differs from frame to frame, in all bars: the difference of two neighbouring frames holds it twice, and nothing of
 * what stands still (shading, ringing, hum that is locked to the picture). Not weighted.
 */
export function pictureNoise(pairs: readonly PicturePair[], { bars }: FoundBars): PictureNoise {
  const [luma, chroma] = [meter(), meter()];
  for (const [one, other] of pairs) {
    for (const { patch } of bars) {
      eachPixel(one, patch, (at, chromaAt) => {
        luma.add((one.y[at] as number) - (other.y[at] as number));
        luma.add((one.y[at + 1] as number) - (other.y[at + 1] as number));
        chroma.add((one.cb[chromaAt] as number) - (other.cb[chromaAt] as number));
        chroma.add((one.cr[chromaAt] as number) - (other.cr[chromaAt] as number));
      });
    }
  }
  return { luma: luma.deviation() / Math.SQRT2, chroma: chroma.deviation() / Math.SQRT2 };
}

/** No converter has less: a code's own rounding, one twelfth of a code squared. */
const roundingRms = 1 / Math.sqrt(12);

/** Noise against a range of codes (876 for luma, 896 for chroma), in dB: the more the better. */
export function signalToNoiseDb(rms: number, rangeCodes: number): number {
  return 20 * Math.log10(rangeCodes / Math.max(rms, roundingRms));
}

function meter() {
  let [count, sum, squares] = [0, 0, 0];
  return {
    add(value: number) {
      count += 1;
      sum += value;
      squares += value * value;
    },
    /** About the mean: a frame that is brighter as a whole (flicker) is no noise. */
    deviation: () => (count === 0 ? 0 : Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2))),
  };
}
