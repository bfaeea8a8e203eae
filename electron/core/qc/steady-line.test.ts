import { expect, it } from 'vitest';
import { findLastingLines } from './steady-line.ts';

const frames = 240;
const windowFrames = 60;
/** A line at -53 dBFS that its window finds from a frame on, under sound that leaves pictures of such a level before and behind it. */
const linesFrom = (foundFrom: number, beforeDbfs: number) =>
  findLastingLines(
    {
      level: Float32Array.from({ length: frames }, (_, frame) => (frame < foundFrom ? Number.NaN : -53)),
      quietest: Float32Array.from({ length: frames }, (_, frame) => (frame < foundFrom ? beforeDbfs : -43)),
      windowFrames,
    },
    { leastFrames: windowFrames, leastShare: 0.5, muteFrames: 150 },
  );

it('reaches to the head of a tape over windows that were too loud to tell, and not over those that were not', () => {
  expect(linesFrom(115, -25)).toMatchObject([{ startFrame: 0, endFrame: 239 }]);
  expect(linesFrom(115, -44)).toMatchObject([{ startFrame: 85, endFrame: 239 }]);
  // The first window looks back on the head.
  expect(linesFrom(windowFrames, -44)).toMatchObject([{ startFrame: 0 }]);
});

it('reaches to the tail over loud sound, and not where that leaves less of the line than there was', () => {
  const endingAt = (afterDbfs: number) =>
    findLastingLines(
      {
        level: Float32Array.from({ length: frames }, (_, frame) => (frame < 170 ? -53 : afterDbfs)),
        quietest: Float32Array.from({ length: frames }, (_, frame) => (frame < 170 ? -43 : -25)),
        windowFrames,
      },
      { leastFrames: windowFrames, leastShare: 0.5, muteFrames: 150 },
    );
  expect(endingAt(Number.NaN)).toMatchObject([{ startFrame: 0, endFrame: 239 }]);
  expect(endingAt(-60)).toMatchObject([{ startFrame: 0, endFrame: 139 }]);
});
