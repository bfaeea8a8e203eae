import { createComplexFourier } from '#core/essence/complex-fourier.ts';

/** A long signal of several curves, against which short pieces of as many curves are held. */
export interface Correlator {
  /**
   * Normalised correlation (-1 to 1) of a piece with the signal, for each lag from `-(longest piece - 1)`: entry `i` is lag
   * `i - reach`. The array is used again by the next call.
   */
  against(piece: readonly Float32Array[]): Float64Array;
  /** Lags before 0 that are looked at: one less than the longest piece. */
  readonly reach: number;
  /** How many lags there are. */
  readonly lags: number;
}

/**
 * Cross-correlation over all lags by Fourier transform; two curves go as one complex signal. A lag at which less than a
 * quarter of the piece's strength meets the signal counts as if it were a quarter: little of anything looks like anything.
 */
export function createCorrelator(signal: readonly Float32Array[], longestPiece: number): Correlator {
  const signalLength = signal[0]?.length ?? 0;
  let length = 2;
  while (length < signalLength + longestPiece) length *= 2;
  const fourier = createComplexFourier(length);
  const pairs = Math.ceil(signal.length / 2);
  const spectra = Array.from({ length: pairs }, (_, pair) => {
    const spectrum = { real: new Float64Array(length), imaginary: new Float64Array(length) };
    load(spectrum, signal, pair);
    fourier.transform(spectrum.real, spectrum.imaginary);
    return spectrum;
  });
  const reach = longestPiece - 1;
  const lags = signalLength + reach;
  const energies = new Float64Array(signalLength + 1);
  for (let at = 0; at < signalLength; at++) {
    let energy = 0;
    for (const curve of signal) energy += (curve[at] as number) ** 2;
    energies[at + 1] = (energies[at] as number) + energy;
  }
  const one = { real: new Float64Array(length), imaginary: new Float64Array(length) };
  const sum = { real: new Float64Array(length), imaginary: new Float64Array(length) };
  const result = new Float64Array(lags);

  return {
    reach,
    lags,
    against(piece) {
      const pieceLength = piece[0]?.length ?? 0;
      sum.real.fill(0);
      sum.imaginary.fill(0);
      for (const [pair, spectrum] of spectra.entries()) {
        load(one, piece, pair);
        fourier.transform(one.real, one.imaginary);
        // The signal times the conjugate of the piece: its transform back holds a correlation for each lag.
        for (let k = 0; k < length; k++) {
          const [pr, pi] = [one.real[k] as number, one.imaginary[k] as number];
          const [sr, si] = [spectrum.real[k] as number, spectrum.imaginary[k] as number];
          sum.real[k] = (sum.real[k] as number) + sr * pr + si * pi;
          // Conjugated, so that the same transform leads back.
          sum.imaginary[k] = (sum.imaginary[k] as number) - (si * pr - sr * pi);
        }
      }
      fourier.transform(sum.real, sum.imaginary);
      let pieceEnergy = 0;
      for (const curve of piece) for (const value of curve) pieceEnergy += value * value;
      for (let at = 0; at < lags; at++) {
        const lag = at - reach;
        const from = Math.max(0, Math.min(signalLength, lag));
        const to = Math.max(0, Math.min(signalLength, lag + pieceLength));
        const met = Math.max((energies[to] as number) - (energies[from] as number), pieceEnergy / 4);
        const product = (sum.real[(lag + length) % length] as number) / length;
        result[at] = pieceEnergy > 0 ? product / Math.sqrt(pieceEnergy * met) : 0;
      }
      return result;
    },
  };
}

function load(
  into: { real: Float64Array; imaginary: Float64Array },
  curves: readonly Float32Array[],
  pair: number,
): void {
  into.real.fill(0);
  into.imaginary.fill(0);
  into.real.set(curves[2 * pair] as Float32Array);
  const second = curves[2 * pair + 1];
  if (second) into.imaginary.set(second);
}
