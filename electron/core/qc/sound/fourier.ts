import { createComplexFourier } from '#core/essence/complex-fourier.ts';

/**
 * Fourier transform of a real signal of fixed length, in place: no memory is taken after it is made. `lengthSamples` is a power of two.
 */
export function createFourier(lengthSamples: number): {
  /**
   * Power of each bin from 0 to half the length, into `powers` (half the length + 1 places): |X|², not scaled.
   * `samples` stays as it is.
   */
  powersOf(samples: Float32Array | Float64Array, powers: Float64Array): void;
} {
  const half = lengthSamples / 2;
  if (!Number.isInteger(Math.log2(half)) || half < 2) {
    throw new RangeError(`a Fourier transform of ${lengthSamples} samples: not a power of two from 4 on`);
  }
  const real = new Float64Array(half);
  const imaginary = new Float64Array(half);
  // Even samples are the real part of its signal, odd ones the imaginary part.
  const { places, combine } = createComplexFourier(half);
  const cosines = Float64Array.from({ length: half }, (_, k) => Math.cos((2 * Math.PI * k) / lengthSamples));
  const sines = Float64Array.from({ length: half }, (_, k) => Math.sin((2 * Math.PI * k) / lengthSamples));

  return {
    powersOf(samples, powers) {
      for (let index = 0; index < half; index++) {
        const place = places[index] as number;
        real[place] = samples[2 * index] as number;
        imaginary[place] = samples[2 * index + 1] as number;
      }
      combine(real, imaginary);
      const zeroReal = real[0] as number;
      const zeroImaginary = imaginary[0] as number;
      powers[0] = (zeroReal + zeroImaginary) ** 2;
      powers[half] = (zeroReal - zeroImaginary) ** 2;
      for (let k = 1; k < half; k++) {
        const mirror = half - k;
        const evenReal = ((real[k] as number) + (real[mirror] as number)) / 2;
        const evenImaginary = ((imaginary[k] as number) - (imaginary[mirror] as number)) / 2;
        const oddReal = ((imaginary[k] as number) + (imaginary[mirror] as number)) / 2;
        const oddImaginary = ((real[mirror] as number) - (real[k] as number)) / 2;
        const cosine = cosines[k] as number;
        const sine = sines[k] as number;
        const binReal = evenReal + oddReal * cosine + oddImaginary * sine;
        const binImaginary = evenImaginary + oddImaginary * cosine - oddReal * sine;
        powers[k] = binReal * binReal + binImaginary * binImaginary;
      }
    },
  };
}
