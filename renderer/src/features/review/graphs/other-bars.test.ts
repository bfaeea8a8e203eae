import { expect, test } from 'vitest';
import type { ComparedFinding } from '#shared/domain/pass-comparison.ts';
import { otherBarsOf } from './other-bars.ts';

/** B lost nothing; A lost ten frames after its frame 99. */
const alignment = {
  stretches: [
    { startFrameA: 0, frames: 100, offsetFrames: 5 },
    { startFrameA: 100, frames: 50, offsetFrames: 15 },
  ],
  ...{ soundOffsetMs: 0, confidence: 1 },
};
const finding = (check: string, b: [number, number] | null, a: [number, number] | null = null) => {
  const range = (one: [number, number] | null) => one && { startFrame: one[0], endFrame: one[1] };
  return { check, severity: 'warn', a: range(a), b: range(b), origin: 'playback' } as ComparedFinding;
};
const places = (findings: ComparedFinding[], shiftFrames = 0) =>
  otherBarsOf(findings, alignment, shiftFrames).map(({ startFrame, endFrame }) => [startFrame, endFrame]);

test('what B has alone lies at the frames of A that show the same', () => {
  expect(places([finding('black', [25, 34]), finding('black', [120, 129])])).toEqual([
    [20, 29],
    [105, 114],
  ]);
  expect(places([finding('black', [25, 34])], 2)).toEqual([[18, 27]]);
});

test('what A does not show lies where A goes on, and at the end behind its last frame', () => {
  expect(places([finding('black', [106, 109]), finding('black', [170, 180])])).toEqual([
    [100, 100],
    [149, 149],
  ]);
});

test('what both have, what A has alone and what is of the whole file is none of it', () => {
  expect(
    places([finding('black', [25, 34], [20, 29]), finding('black', null, [3, 4]), finding('file-x', [0, 9])]),
  ).toEqual([]);
});
