import { expect, test } from 'vitest';
import { type TimecodeRun, timecodeAt } from './timecode-runs.ts';

const pal = { num: 25, den: 1 };
const ntsc = { num: 30_000, den: 1001 };
const runs: TimecodeRun[] = [
  { source: 'card', startFrame: 0, frames: 100, timecode: '09:59:58:00' },
  { source: 'card', startFrame: 102, frames: 50, timecode: '10:00:40:01' },
];

test('a frame has the timecode of its run, and none between runs', () => {
  const at = (frame: number) => timecodeAt(runs, frame, pal);
  expect([0, 50, 99, 100, 101, 102, 151, 152].map(at)).toEqual([
    '09:59:58:00',
    '10:00:00:00',
    '10:00:01:24',
    undefined,
    undefined,
    '10:00:40:01',
    '10:00:42:00',
    undefined,
  ]);
  expect(timecodeAt([], 3, pal)).toBeUndefined();
});

test('the numbers that are left out are counted over, and what is no timecode at the rate stands for itself', () => {
  const dropping: TimecodeRun = { source: 'card', startFrame: 10, frames: 9, timecode: '00:00:59;29' };
  expect(timecodeAt([dropping], 11, ntsc)).toBe('00:01:00;02');
  expect(timecodeAt([{ ...dropping, timecode: '00:00:59:29' }], 11, ntsc)).toBe('00:01:00:00');
  expect(timecodeAt([dropping], 10, pal)).toBe('00:00:59;29');
});
