import { expect, it } from 'vitest';
import { createComplexFourier } from './complex-fourier.ts';

it.each([2, 4, 32])('transforms %i complex samples as the definition does', (length) => {
  const [real, imaginary] = [0.3, 0.7].map((start) =>
    Float64Array.from({ length }, (_, at) => ((start + at * 0.618) % 1) - 0.5),
  ) as [Float64Array, Float64Array];
  const turned = [real.slice(), imaginary.slice()] as const;
  createComplexFourier(length).transform(...turned);
  for (let bin = 0; bin < length; bin++) {
    let [expectedReal, expectedImaginary] = [0, 0];
    for (let at = 0; at < length; at++) {
      const angle = (2 * Math.PI * bin * at) / length;
      const [a, b] = [real[at] as number, imaginary[at] as number];
      expectedReal += a * Math.cos(angle) + b * Math.sin(angle);
      expectedImaginary += b * Math.cos(angle) - a * Math.sin(angle);
    }
    expect(turned[0][bin]).toBeCloseTo(expectedReal, 10);
    expect(turned[1][bin]).toBeCloseTo(expectedImaginary, 10);
  }
});

it('refuses lengths that are no power of two', () => {
  for (const length of [0, 1, 12]) expect(() => createComplexFourier(length)).toThrow(RangeError);
});
