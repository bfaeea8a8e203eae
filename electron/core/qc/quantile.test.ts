import { expect, it } from 'vitest';
import { quantileOf } from './quantile.ts';

it('gives the value at a share, without what is no finite number', () => {
  const values = Float32Array.from([
    5,
    Number.NaN,
    1,
    Number.NEGATIVE_INFINITY,
    3,
    2,
    4,
    Number.POSITIVE_INFINITY,
  ]);
  expect([0, 0.25, 0.5, 1].map((share) => quantileOf(values, share))).toEqual([1, 2, 3, 5]);
  expect(quantileOf(new Float32Array(3).fill(Number.NaN), 0.5)).toBeNaN();
  expect(quantileOf(new Float64Array(0), 0.5)).toBeNaN();
});

it('takes evenly spaced values of very many', () => {
  const values = Float32Array.from({ length: 1_000_000 }, (_, at) => at);
  expect(Math.abs(quantileOf(values, 0.3) - 300_000)).toBeLessThan(100);
});
