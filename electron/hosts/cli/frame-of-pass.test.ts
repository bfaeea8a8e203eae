import { expect, test } from 'vitest';
import { frameOfPass } from './frame-of-pass.ts';

const rate = { num: 25, den: 1 };
const run = (startFrame: number, frames: number, timecode: string) => ({
  ...{ source: 'vitc-picture' as const, startFrame, frames, timecode },
});

test.each([
  ['12', [], 12],
  ['00:00:12:00', [], 300],
  // What the tape itself says of its frames.
  ['10:00:12:00', [run(0, 500, '10:00:00:00')], 300],
  ['00:00:12:00', [run(0, 500, '10:00:00:00')], 300],
  ['00:00:12:00', [run(0, 500, '00:00:00:00')], 300],
])('%s of a pass whose tape says %j is frame %i', (text, runs, frame) => {
  expect(frameOfPass(text, { frames: 500, rate, runs })).toBe(frame);
});

test.each([
  ['10:00:12:00', [], 'its tape offered no timecode'],
  ['11:00:12:00', [run(0, 500, '10:00:00:00')], 'begins at 10:00:00:00, has none either'],
  ['00:00:12:00', [run(0, 500, '00:00:10:00')], 'could be frame 300 or 50'],
  [
    '10:00:00:05',
    [run(0, 100, '10:00:00:00'), run(200, 100, '10:00:00:00')],
    'could be frame 5 or 205: one counted from the first frame, or one of several places',
  ],
  ['soon', [], 'names no frame'],
])('%s of a pass whose tape says %j is refused', (text, runs, why) => {
  expect(() => frameOfPass(text, { frames: 500, rate, runs })).toThrow(why);
});
