import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLineFit, fitLine } from './line-fit.ts';

test('a line through exact points is that line, with no error', () => {
  const points = [0, 1, 2, 5].map((x) => ({ x, y: 3 * x - 7 }));
  expect(fitLine(points)?.slope).toBeCloseTo(3);
  expect(fitLine(points)?.slopeError).toBeCloseTo(0);
  expect(fitLine(points.slice(0, 2))).toBeUndefined();
  expect(fitLine(points.map(({ y }) => ({ x: 4, y })))).toBeUndefined();
});

test('added one by one, points far from zero give the same line', () => {
  const value = fc.double({ min: -100, max: 100, noNaN: true });
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value), { minLength: 3, maxLength: 50 }), (pairs) => {
      const points = pairs.map(([x, y], at) => ({ x: 20_000 + at + x / 300, y: 120 + y }));
      const line = createLineFit();
      const last = points.map(({ x, y }) => line.add(x, y)).at(-1);
      const whole = fitLine(points);
      expect(last?.slope).toBeCloseTo(whole?.slope ?? Number.NaN, 5);
      expect(last?.slopeError).toBeCloseTo(whole?.slopeError ?? Number.NaN, 5);
    }),
  );
});
