import { expect, test } from 'vitest';
import { sampleAt } from './sample-at.ts';

const samples = (starts: number[], endFrame: number, values: number[]) => {
  const lane = Float32Array.from(values);
  return {
    frames: Uint32Array.from(starts),
    endFrame,
    measures: new Map([['m', { min: lane, mean: lane, max: lane }]]),
  };
};

test('the finest samples that hold a frame speak for it', () => {
  const all = [samples([0, 100], 150, [1, 2]), samples([100, 101, 102], 103, [7, Number.NaN, 9])];
  expect(sampleAt(all, 'm', 99)).toEqual({ min: 1, mean: 1, max: 1, frames: 100 });
  expect(sampleAt(all, 'm', 120)).toMatchObject({ mean: 2, frames: 50 });
  expect(sampleAt(all, 'm', 102)).toMatchObject({ mean: 9, frames: 1 });
  expect([sampleAt(all, 'm', 101), sampleAt(all, 'm', 150), sampleAt(all, 'x', 0)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
