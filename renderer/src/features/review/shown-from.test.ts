import { expect, test } from 'vitest';
import { shownFrom } from './shown-from.ts';

const fields = { picturesPerSecond: 50, picturesPerFrame: 2 };
const frames = { picturesPerSecond: 25, picturesPerFrame: 1 };
const picture = (frame: number, presentedFrames: number, mediaTime = frame / 25) => ({
  ...{ frame, presentedFrames, mediaTime },
});

test('frames between two pictures count where the screen was given all of them', () => {
  expect(shownFrom(picture(10, 100), picture(14, 108), fields)).toBe(11);
  expect(shownFrom(picture(10, 100), picture(14, 104), frames)).toBe(11);
  // One field of one frame was left out: its other one was shown.
  expect(shownFrom(picture(10, 100), picture(14, 107), fields)).toBe(11);
});

test('where the screen was given fewer, only the picture that is told of counts', () => {
  expect(shownFrom(picture(10, 100), picture(14, 106), fields)).toBe(14);
  expect(shownFrom(picture(10, 100), picture(14, 103), frames)).toBe(14);
  // A machine that stutters: two seconds, and one picture.
  expect(shownFrom(picture(10, 100), picture(60, 101), fields)).toBe(60);
});

test('after a jump nothing lies in between', () => {
  expect(shownFrom(null, picture(14, 108), fields)).toBe(14);
  expect(shownFrom(picture(14, 108), picture(10, 109), fields)).toBe(10);
});
