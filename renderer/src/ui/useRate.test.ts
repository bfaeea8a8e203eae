import { expect, test } from 'vitest';
import { rateOf } from './useRate.ts';

test('the rate is steps a second over the samples, and unknown where they do not say', () => {
  expect(rateOf([])).toBeNull();
  expect(rateOf([{ value: 5, atMs: 0 }])).toBeNull();
  expect(
    rateOf([
      { value: 5, atMs: 0 },
      { value: 5, atMs: 2_000 },
    ]),
  ).toBeNull();
  expect(
    rateOf([
      { value: 0, atMs: 1_000 },
      { value: 40, atMs: 2_000 },
      { value: 100, atMs: 3_000 },
    ]),
  ).toBe(50);
});
