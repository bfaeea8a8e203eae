import { expect, test } from 'vitest';
import { holdPeaks, meterHeight } from './meters.ts';

test('the meter goes from -60 dBFS to full scale', () => {
  expect([-200, -60, -30, 0, 3].map(meterHeight)).toEqual([0, 0, 0.5, 1, 1]);
});

test('a peak is held for a second and a half, and a greater one takes its place', () => {
  const first = holdPeaks([], [-10, -50], 0);
  const later = holdPeaks(first, [-30, -20], 1_000);
  expect(later.map((held) => held.dbfs)).toEqual([-10, -20]);
  expect(holdPeaks(later, [-30, -30], 1_600).map((held) => held.dbfs)).toEqual([-30, -20]);
});
