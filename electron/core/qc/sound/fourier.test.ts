import { expect, it } from 'vitest';
import { createFourier } from './fourier.ts';
import { hiss } from './programme.fixture.ts';

/** By the definition. */
function slowPowers(samples: Float32Array): number[] {
  return Array.from({ length: samples.length / 2 + 1 }, (_, bin) => {
    let [real, imaginary] = [0, 0];
    for (const [at, sample] of samples.entries()) {
      const angle = (2 * Math.PI * bin * at) / samples.length;
      real += sample * Math.cos(angle);
      imaginary -= sample * Math.sin(angle);
    }
    return real * real + imaginary * imaginary;
  });
}

it.each([4, 8, 64, 256])('gives the powers of %i samples as the definition does', (length) => {
  const samples = hiss(-6, 1).subarray(100, 100 + length);
  const powers = new Float64Array(length / 2 + 1);
  const fourier = createFourier(length);
  fourier.powersOf(samples, powers);
  // Asked again, it gives the same: nothing of the first is left behind.
  fourier.powersOf(samples, powers);
  for (const [bin, power] of slowPowers(samples).entries()) expect(powers[bin]).toBeCloseTo(power, 6);
});

it('refuses lengths that are no power of two', () => {
  for (const length of [0, 2, 12, 1000]) expect(() => createFourier(length)).toThrow(RangeError);
});
