import { expect, test } from 'vitest';
import { mostInOneSecond } from './interface-messages.ts';

test.each([
  [[], 0],
  [[5], 1],
  [[0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000], 10],
  [[0, 1, 2, 5000, 5001], 3],
  [[0, 999, 1000, 1001, 1998], 4],
])('counts the busiest second of %o', (arrivals, expected) => {
  expect(mostInOneSecond(arrivals)).toBe(expected);
});
