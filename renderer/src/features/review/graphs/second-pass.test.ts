import { expect, test } from 'vitest';
import { sharedIn } from './second-pass.ts';

const alignment = {
  stretches: [
    { startFrameA: 10, frames: 100, offsetFrames: -10 },
    { startFrameA: 150, frames: 50, offsetFrames: 7 },
  ],
  soundOffsetMs: null,
  confidence: 1,
};

test('without an alignment frames lie on frames, as far as the second pass goes', () => {
  expect(sharedIn({ from: 0, to: 100 }, undefined, 0, 60)).toEqual([{ from: 0, to: 60, offsetFrames: 0 }]);
  expect(sharedIn({ from: 0, to: 100 }, undefined, -20, 60)).toEqual([
    { from: 20, to: 80, offsetFrames: -20 },
  ]);
  expect(sharedIn({ from: 70, to: 100 }, undefined, 0, 60)).toEqual([]);
});

test('aligned stretches lie where their frames are, and nothing between them', () => {
  expect(sharedIn({ from: 0, to: 160 }, alignment, 0, 1000)).toEqual([
    { from: 10, to: 110, offsetFrames: -10 },
    { from: 150, to: 160, offsetFrames: 7 },
  ]);
  expect(sharedIn({ from: 110, to: 150 }, alignment, 0, 1000)).toEqual([]);
  expect(sharedIn({ from: 0, to: 160 }, alignment, -5, 1000)[0]).toEqual({
    from: 15,
    to: 110,
    offsetFrames: -15,
  });
});
