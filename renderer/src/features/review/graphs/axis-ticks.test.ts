import { expect, test } from 'vitest';
import { axisTicks } from './axis-ticks.ts';

const pal = { num: 25, den: 1 };
const labels = (from: number, to: number, most = 8) =>
  axisTicks({ from, to }, pal, most).map(({ frame, label }) => `${frame} ${label}`);

test('labels stand at round times of the pass, wherever the range begins', () => {
  expect(labels(30, 300)).toEqual([
    '50 00:02',
    '100 00:04',
    '150 00:06',
    '200 00:08',
    '250 00:10',
    '300 00:12',
  ]);
  expect(labels(0, 900_000, 12).length).toBeLessThanOrEqual(12);
  expect(labels(0, 900_000, 12)[1]).toBe('90000 1:00:00');
});

test('labels are timecodes where frames are told apart', () => {
  expect(labels(24.5, 32)).toEqual([
    ...['25 00:00:01:00', '26 00:00:01:01', '27 00:00:01:02', '28 00:00:01:03'],
    ...['29 00:00:01:04', '30 00:00:01:05', '31 00:00:01:06', '32 00:00:01:07'],
  ]);
});
