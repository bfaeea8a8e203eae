import { audioColumn } from '../measures.ts';
import type { SoundInstrument, SoundInstrumentKind } from './instrument.ts';

/**
 * How alike the two channels of a pair are over one picture, whatever their levels: 1 for the same wave, -1 for the
 * same wave upside down, about 0 for two that have nothing to do with each other. Pairs are 1 and 2, 3 and 4, and so on;
 * the column bears the number of the first. Without its mean: direct current would make everything alike.
 */
export const pairCorrelation: SoundInstrumentKind = {
  name: 'pair correlation',
  measures: (channels) =>
    Array.from({ length: Math.floor(channels / 2) }, (_, pair) => ({
      id: audioColumn('correlation', 2 * pair + 1),
      medium: 'audio' as const,
      unit: 'factor' as const,
      key: undefined,
    })),
  open: (): SoundInstrument => ({
    measure(piece, into, at) {
      for (let pair = 0; 2 * pair + 1 < piece.length; pair++) {
        into[at + pair] = correlationOf(piece[2 * pair] as Float32Array, piece[2 * pair + 1] as Float32Array);
      }
    },
  }),
};

/** Pearson's correlation; NaN where a channel does not move at all. */
function correlationOf(first: Float32Array, second: Float32Array): number {
  const length = first.length;
  let sumFirst = 0;
  let sumSecond = 0;
  let squaresFirst = 0;
  let squaresSecond = 0;
  let products = 0;
  for (let index = 0; index < length; index++) {
    const a = first[index] as number;
    const b = second[index] as number;
    sumFirst += a;
    sumSecond += b;
    squaresFirst += a * a;
    squaresSecond += b * b;
    products += a * b;
  }
  const powerFirst = squaresFirst - (sumFirst * sumFirst) / length;
  const powerSecond = squaresSecond - (sumSecond * sumSecond) / length;
  // Below -180 dBFS there is nothing but the rounding of the sums.
  if (!(powerFirst > length * 1e-18 && powerSecond > length * 1e-18)) return Number.NaN;
  return (products - (sumFirst * sumSecond) / length) / Math.sqrt(powerFirst * powerSecond);
}
