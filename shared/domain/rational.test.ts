import { expect, it } from 'vitest';
import { equalRational, formatRational, parseRational, rational } from './rational.ts';

it.each([
  ['25', 25, 1],
  ['25/1', 25, 1],
  ['60000/2002', 30000, 1001],
  ['12:11', 12, 11],
])('reads %s', (text, num, den) => {
  expect(parseRational(text)).toEqual({ num, den });
});

it.each(['', 'x', '1/0', '-1', '1.5'])('refuses %j', (text) => {
  expect(parseRational(text)).toBeUndefined();
});

it('compares by value and writes lowest terms', () => {
  expect(equalRational({ num: 50, den: 2 }, rational(25))).toBe(true);
  expect(formatRational(rational(-24, -22))).toBe('12/11');
  expect(() => rational(1, 0)).toThrow(RangeError);
});
