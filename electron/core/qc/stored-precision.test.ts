import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Measure } from './measures.ts';
import { createRounding } from './stored-precision.ts';

function rounded(unit: Measure['unit'], ...values: number[]): number[] {
  const row = Float32Array.from(values);
  createRounding(values.map(() => ({ unit })))(row);
  return [...row];
}

it('keeps codes of sixteen bits, samples of sixteen bits, counts, silence and what was not measured as they are', () => {
  const codes = Array.from({ length: 1025 }, (_, at) => Math.min(65_535, at * 64));
  expect(rounded('code', ...codes)).toEqual(codes);
  expect(rounded('count', -3, 131_072, 0.5)).toEqual([-3, 131_072, 0.5]);
  const samples = [32_767 / 32_768, -1, -32_767 / 32_768, 12_345 / 32_768];
  expect(rounded('share', ...samples)).toEqual(samples);
  const none = [Number.NEGATIVE_INFINITY, Number.NaN, Number.POSITIVE_INFINITY, 0];
  expect(rounded('dBFS', ...none)).toEqual(none);
});

it.each([
  ['code', 4e-6],
  ['share', 31e-6],
  ['LUFS', 31e-6],
] as const)('moves nothing in %s by more than %f of itself, and nothing twice', (unit, most) => {
  fc.assert(
    fc.property(fc.float({ noNaN: true, min: Math.fround(1e-30), max: Math.fround(1e30) }), (value) => {
      const [once = Number.NaN] = rounded(unit, value);
      expect(Math.abs(once - value) / value).toBeLessThan(most);
      expect(rounded(unit, once, -value)).toEqual([once, -once]);
    }),
  );
});
