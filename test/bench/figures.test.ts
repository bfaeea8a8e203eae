import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alternate, keepsBudget, median, pairwiseRatios, percentile, spreadOf } from './figures.ts';

const figures = fc.array(fc.double({ min: 0.001, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 50 });

describe('figures', () => {
  it.each([
    [[3], 3],
    [[1, 9], 5],
    [[9, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
  ])('takes the median of %o', (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  it('takes percentiles by nearest rank', () => {
    const values = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(percentile(values, 0.95)).toBe(95);
    expect(percentile(values, 1)).toBe(100);
    expect(percentile([7], 0.95)).toBe(7);
  });

  it('refuses to make figures out of nothing', () => {
    expect(() => median([])).toThrow(RangeError);
    expect(() => percentile([], 0.95)).toThrow(RangeError);
  });

  it('keeps min <= median <= max and does not reorder what it was given', () => {
    fc.assert(
      fc.property(figures, (values) => {
        const before = [...values];
        const { min, median: middle, max } = spreadOf(values);
        expect(values).toEqual(before);
        expect(min).toBeLessThanOrEqual(middle);
        expect(middle).toBeLessThanOrEqual(max);
      }),
    );
  });

  it('takes ratios within pairs, so that a slow spell of the machine cancels out', () => {
    // The second pair ran on a machine four times as slow; the ratio of medians would be far from 0.5.
    const pairs = [
      { ours: 1, reference: 2 },
      { ours: 4, reference: 8 },
      { ours: 1, reference: 2 },
    ];
    expect(pairwiseRatios(pairs)).toEqual({ min: 0.5, median: 0.5, max: 0.5 });
  });

  it('judges value or ratio, at most or at least, and never passes what is no number', () => {
    const atMost = { of: 'ratio', limit: 'at-most', value: 1.02 } as const;
    expect(keepsBudget(atMost, 99, 1.02)).toBe(true);
    expect(keepsBudget(atMost, 0, 1.021)).toBe(false);
    expect(keepsBudget(atMost, 0, null)).toBe(false);
    expect(keepsBudget(atMost, 0, Number.NaN)).toBe(false);
    const atLeast = { of: 'value', limit: 'at-least', value: 0.9 } as const;
    expect(keepsBudget(atLeast, 0.9, null)).toBe(true);
    expect(keepsBudget(atLeast, 0.89, 5)).toBe(false);
  });

  it('alternates which side runs first', async () => {
    const order: string[] = [];
    const run = (side: string) => async (index: number) => {
      order.push(`${side}${index}`);
      return side;
    };
    const pairs = await alternate(3, run('A'), run('B'));
    expect(order).toEqual(['A0', 'B0', 'B1', 'A1', 'A2', 'B2']);
    expect(pairs).toEqual(Array(3).fill({ ours: 'A', reference: 'B' }));
  });
});
