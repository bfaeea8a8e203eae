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
  const places = bitReversal(half);
  const cosines = Float64Array.from({ length: half }, (_, k) => Math.cos((2 * Math.PI * k) / lengthSamples));
  const sines = Float64Array.from({ length: half }, (_, k) => Math.sin((2 * Math.PI * k) / lengthSamples));

  /** Complex transform of `half` points: even samples are its real part, odd ones its imaginary part. */
  function transform(): void {
    for (let size = 2; size <= half; size *= 2) {
      const span = size / 2;
      const stride = lengthSamples / size;
      for (let start = 0; start < half; start += size) {
        for (let k = 0, turn = 0; k < span; k++, turn += stride) {
          const low = start + k;
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
  }

  return {
    powersOf(samples, powers) {
      for (let index = 0; index < half; index++) {
        const place = places[index] as number;
        real[place] = samples[2 * index] as number;
        imaginary[place] = samples[2 * index + 1] as number;
      }
      transform();
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

function bitReversal(length: number): Uint32Array {
  const bits = Math.log2(length);
  return Uint32Array.from({ length }, (_, index) => {
    let reversed = 0;
    for (let bit = 0; bit < bits; bit++) reversed |= ((index >> bit) & 1) << (bits - 1 - bit);
    return reversed;
  });
}
