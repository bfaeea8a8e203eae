/** Fast Fourier transform of complex signals whose length is a power of two, in place. */
export interface ComplexFourier {
  readonly length: number;
  transform(real: Float64Array, imaginary: Float64Array): void;
}

export function createComplexFourier(length: number): ComplexFourier {
  const bits = Math.log2(length);
  if (!Number.isInteger(bits) || bits < 1) throw new RangeError(`${length} is not a power of two`);
  const cosines = Float64Array.from({ length: length / 2 }, (_, k) => Math.cos((2 * Math.PI * k) / length));
  const sines = Float64Array.from({ length: length / 2 }, (_, k) => Math.sin((2 * Math.PI * k) / length));
  const places = new Uint32Array(length);
  for (let at = 1; at < length; at++) {
    places[at] = ((places[at >> 1] as number) >> 1) | ((at & 1) << (bits - 1));
  }
  return {
    length,
    transform(real, imaginary) {
      for (let at = 0; at < length; at++) {
        const place = places[at] as number;
        if (place <= at) continue;
        const [keptReal, keptImaginary] = [real[at] as number, imaginary[at] as number];
        real[at] = real[place] as number;
        imaginary[at] = imaginary[place] as number;
        real[place] = keptReal;
        imaginary[place] = keptImaginary;
      }
      for (let size = 2; size <= length; size *= 2) {
        const span = size / 2;
        const stride = length / size;
        for (let start = 0; start < length; start += size) {
          for (let low = start, turn = 0; low < start + span; low++, turn += stride) {
            const high = low + span;
            const cosine = cosines[turn] as number;
            const sine = sines[turn] as number;
            const highReal = real[high] as number;
            const highImaginary = imaginary[high] as number;
            const turnedReal = highReal * cosine + highImaginary * sine;
            const turnedImaginary = highImaginary * cosine - highReal * sine;
            const lowReal = real[low] as number;
            const lowImaginary = imaginary[low] as number;
            real[high] = lowReal - turnedReal;
            imaginary[high] = lowImaginary - turnedImaginary;
            real[low] = lowReal + turnedReal;
            imaginary[low] = lowImaginary + turnedImaginary;
          }
        }
      }
    },
  };
}

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
