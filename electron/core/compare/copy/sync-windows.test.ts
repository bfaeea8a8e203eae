import { expect, it } from 'vitest';
import { driftOf, largestLag } from './sync-windows.ts';

const windows = (lagsMs: number[], apartS = 100, likeness = 1) =>
  lagsMs.map((lagMs, at) => ({ atS: at * apartS, lagMs, likeness }));

it('tells a constant lag from one that grows', () => {
  expect(driftOf(windows([80, 80, 80]))).toBe(0);
  // 10 ms more in each hundred seconds: a tenth of a per mille.
  expect(driftOf(windows([0, 10, 20, 30]))).toBe(100);
  expect(largestLag(windows([3, -12, 7]))?.lagMs).toBe(-12);
});

it('says nothing from too few places', () => {
  expect(driftOf(windows([0, 10]))).toBeNull();
  expect(driftOf(windows([0, 10, 20], 0.1))).toBeNull();
  expect(largestLag([])).toBeNull();
});

it('takes no lag of one piece that is hardly alike, and one of two such on end', () => {
  expect(largestLag(windows([1, 0, 300, 1, 0], 2, 0.4))?.lagMs).toBe(1);
  expect(largestLag(windows([1, 0, 300, 301, 0], 2, 0.4))?.lagMs).toBe(301);
});
