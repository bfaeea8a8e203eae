import { describe, expect, it } from 'vitest';
import { absoluteRow, pairedRow } from './bench.ts';
import { formatNumber, formatTable, toJson } from './table.ts';

const ratioBudget = { of: 'ratio', limit: 'at-most', value: 0.5 } as const;

function paired() {
  const pairs = [
    { ours: 2, reference: 5 },
    { ours: 4, reference: 6 },
    { ours: 3, reference: 6 },
  ];
  const described = { name: 'twice', what: 'Ours', unit: 's', budget: ratioBudget, referenceName: 'theirs' };
  return { ...pairedRow(described, pairs), loadAverage: 1 };
}

function absolute(values: number[]) {
  const budget = { of: 'value', limit: 'at-most', value: 10 } as const;
  return {
    ...absoluteRow({ name: 'alone', what: 'Ours', unit: 'ms', budget, notes: ['A note.'] }, values),
    loadAverage: 1,
  };
}

describe('the table of numbers', () => {
  it('takes medians of values and of ratios within pairs', () => {
    expect(paired()).toMatchObject({ value: 3, reference: 6, ratio: 0.5, ok: true, runs: 3 });
  });

  it('says so where a budget is missed', () => {
    expect(absolute([9, 10]).ok).toBe(true);
    expect(absolute([11]).ok).toBe(false);
    expect(formatTable([absolute([11])])).toMatch(/^alone\s+11\.0\s+ms\s.*<= 10\.0 ms\s+MISSED/m);
  });

  it('shows the spread, the reference and the notes', () => {
    const text = formatTable([paired(), absolute([1, 2, 3])]);
    expect(text).toContain('3.00 (2.00-4.00)');
    expect(text).toContain('0.500 (0.400-0.667)');
    expect(text).toContain('twice: Ours; reference: theirs.');
    expect(text).toContain('  A note.');
  });

  it('gives the JSON that is promised', () => {
    const [row] = JSON.parse(JSON.stringify(toJson([paired()])));
    expect(row).toMatchObject({
      name: 'twice',
      value: 3,
      unit: 's',
      reference: 6,
      ratio: 0.5,
      budget: 'ratio <= 0.500',
      ok: true,
    });
  });

  it.each([
    [0, '0.00'],
    [1.0199, '1.02'],
    [0.01234, '0.0123'],
    [123456, '123456'],
    [-5.5, '-5.50'],
  ])('writes %d as %s', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });
});
