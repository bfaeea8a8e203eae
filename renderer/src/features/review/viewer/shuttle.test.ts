import { describe, expect, test } from 'vitest';
import { frameTimeMs, shuttled, shuttleFrame } from './shuttle.ts';

const rate = { num: 25, den: 1 };
const all = { from: 0, to: 99 };

describe('J and L', () => {
  test.each([
    [0, 1, [1, 2, 4, 8, 8]],
    [0, -1, [-1, -2, -4, -8, -8]],
    [8, -1, [-1, -2]],
    [-4, 1, [1, 2]],
  ] as const)('from %i, towards %i', (start, direction, expected) => {
    let speed: number = start;
    expect(expected.map(() => (speed = shuttled(speed, direction)))).toEqual(expected);
  });
});

describe('the next frame of a shuttle', () => {
  test.each([
    [50, 1, 40, 51],
    [50, -1, 40, 49],
    [50, 8, 40, 58],
    [50, -8, 80, 34],
    // A picture that came at once is followed by its neighbour, not by itself.
    [50, -1, 2, 49],
    // One that took long does not let the tape run away.
    [50, 1, 10_000, 56],
    [90, 8, 40, 98],
    [95, 8, 40, 99],
    [99, 8, 40, undefined],
    [3, -2, 80, 0],
    [0, -2, 80, undefined],
  ])('from %i at %i times after %i ms is %s', (shown, speed, elapsedMs, expected) => {
    expect(shuttleFrame(shown, { speed, elapsedMs, rate }, all, false)).toBe(expected);
  });

  test('starts again at the other end of a loop', () => {
    const loop = { from: 20, to: 30 };
    expect(shuttleFrame(29, { speed: 2, elapsedMs: 40, rate }, loop, true)).toBe(20);
    expect(shuttleFrame(20, { speed: -1, elapsedMs: 40, rate }, loop, true)).toBe(30);
    expect(shuttleFrame(60, { speed: 1, elapsedMs: 40, rate }, loop, true)).toBe(20);
  });

  test('stays at least as long as a frame lasts', () => {
    expect([frameTimeMs(1, rate), frameTimeMs(-8, rate)]).toEqual([40, 40]);
  });
});
