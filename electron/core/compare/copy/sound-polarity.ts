import { createCorrelator } from '#core/compare/alignment/correlation.ts';
import { changeOf } from '#core/compare/sound-lag.ts';
import { windowRateHz } from '#core/compare/sound-window.ts';

/** 1: as in the master; -1: turned over; null: nothing in the sound tells it. */
export type Polarity = 1 | -1 | null;

/** How far the sounds may lie apart. */
const marginS = 0.5;
/** A coded copy of a sound is like it; what is less alike at its best is another sound. */
const leastLikeness = 0.3;
/** Sound whose other polarity fits so much worse, wherever it is laid, has one. */
const mostOpposite = 0.85;
/** A tone fits the other way round half a period later. Only where it lies exactly in its place can it be told. */
const leastInPlace = 0.99;

/**
 * Hears whether a channel is turned over in a copy, from several places: they are added up by lag, so that what one place alone
 * repeats by chance weighs little.
 */
export function createPolarity() {
  let sum: Float64Array | undefined;
  let heard = 0;
  return {
    /** The same stretch of both, as long as each other. */
    add(a: Float32Array, b: Float32Array): void {
      const quarter = a.length >> 2;
      const margin = Math.min(quarter, Math.round(marginS * windowRateHz));
      const piece = changeOf(a).subarray(quarter, a.length - quarter);
      const correlator = createCorrelator([changeOf(b)], piece.length);
      const likeness = correlator.against([piece]);
      const first = correlator.reach + quarter - margin;
      sum ??= new Float64Array(2 * margin + 1);
      for (let at = 0; at < sum.length; at++) {
        sum[at] = (sum[at] as number) + (likeness[first + at] as number);
      }
      heard++;
    },
    told: (): Polarity => (sum ? toldBy(sum, heard) : null),
  };
}

function toldBy(sum: Float64Array, places: number): Polarity {
  let [most, least] = [0, 0];
  for (const likeness of sum) {
    most = Math.max(most, likeness);
    least = Math.min(least, likeness);
  }
  const best = Math.max(most, -least);
  if (best < leastLikeness * places) return null;
  if (Math.min(most, -least) < mostOpposite * best) return most > -least ? 1 : -1;
  const inPlace = sum[sum.length >> 1] as number;
  if (Math.abs(inPlace) < leastInPlace * best) return null;
  return inPlace > 0 ? 1 : -1;
}
