/** Fast Fourier transform of complex signals whose length is a power of two, in place. */
export interface ComplexFourier {
  readonly length: number;
  /** Where each sample is put before `combine`: the bits of its number turned round. */
  readonly places: Uint32Array;
  transform(real: Float64Array, imaginary: Float64Array): void;
  /** The same of samples that are in their `places` already. */
  combine(real: Float64Array, imaginary: Float64Array): void;
}

/** Takes no memory after it is made. @throws RangeError for a length that is no power of two from 2 on. */
export function createComplexFourier(length: number): ComplexFourier {
  const bits = Math.log2(length);
  if (!Number.isInteger(bits) || bits < 1) throw new RangeError(`${length} is not a power of two`);
  const cosines = Float64Array.from({ length: length / 2 }, (_, k) => Math.cos((2 * Math.PI * k) / length));
  const sines = Float64Array.from({ length: length / 2 }, (_, k) => Math.sin((2 * Math.PI * k) / length));
  const places = new Uint32Array(length);
  for (let at = 1; at < length; at++) {
    places[at] = ((places[at >> 1] as number) >> 1) | ((at & 1) << (bits - 1));
  }
  function combine(real: Float64Array, imaginary: Float64Array): void {
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
  }

  return {
    length,
    places,
    combine,
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
      combine(real, imaginary);
    },
  };
}
