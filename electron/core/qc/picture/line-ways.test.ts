import { expect, it } from 'vitest';
import { goesToAndFro, leaveTrend } from './line-ways.ts';

const rows = Array.from({ length: 40 }, (_, at) => at);

function sways(wayOf: (row: number) => number): boolean {
  const ways = Float32Array.from(rows, wayOf);
  leaveTrend(rows, ways, rows.length);
  return goesToAndFro(ways, rows.length);
}

it('tells lines that sway from what turns, zooms or passes evenly, however roughly it was measured', () => {
  const jitter = (row: number) => ((row * 7) % 5) - 2;
  expect(sways((row) => 10 * Math.sin(row / 2))).toBe(true);
  expect(sways((row) => 10 * Math.sin(row / 2) + row / 2)).toBe(true);
  expect(sways((row) => (row % 2 === 0 ? 8 : -8))).toBe(true);
  expect(sways((row) => -6 - row / 4 + jitter(row) / 2)).toBe(false);
  expect(sways((row) => (row / 8) ** 2 + jitter(row) / 2)).toBe(false);
  expect(sways(() => 12)).toBe(false);
});

it('leaves of a straight line down the picture nothing', () => {
  const ways = Float32Array.from(rows, (row) => 3 + 2 * row);
  leaveTrend(rows, ways, rows.length);
  expect(Math.max(...ways.map(Math.abs))).toBeLessThan(0.01);
});
