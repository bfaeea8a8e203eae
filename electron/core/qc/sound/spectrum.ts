import { createFourier } from './fourier.ts';

/**
 * Powers of the lines of a window in dB (Hann), scaled so that a sine of mean square 1 in the middle of a line has 0 dB. `ring` holds
 * as many samples as the window and begins at `first`. Gives the power of all lines together, in dB.
 */
export function createSpectrum(
  windowSamples: number,
): (ring: Float32Array, first: number, decibels: Float32Array) => number {
  const hann = Float64Array.from(
    { length: windowSamples },
    (_, at) => 0.5 - 0.5 * Math.cos((2 * Math.PI * at) / windowSamples),
  );
  const fourier = createFourier(windowSamples);
  const samples = new Float64Array(windowSamples);
  const powers = new Float64Array(windowSamples / 2 + 1);
  // A sine's power is a quarter of its amplitude squared times the window's sum squared; half of that square is its mean square.
  const scale = 2 / (windowSamples * 0.5) ** 2;
  return (ring, first, decibels) => {
    const mask = ring.length - 1;
    for (let index = 0; index < windowSamples; index++) {
      samples[index] = (ring[(first + index) & mask] as number) * (hann[index] as number);
    }
    fourier.powersOf(samples, powers);
    let all = 0;
    for (let bin = 0; bin < decibels.length; bin++) {
      all += powers[bin] as number;
      // Nothing at all counts as -200 dB: means of logarithms must stay numbers.
      decibels[bin] = 10 * Math.log10((powers[bin] as number) * scale + 1e-20);
    }
    return 10 * Math.log10(all * scale + 1e-20);
  };
}
