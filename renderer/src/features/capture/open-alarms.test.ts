import { expect, test } from 'vitest';
import type { AlarmKind } from '#shared/domain/pass.ts';
import { openAlarms } from './open-alarms.ts';

const alarm = (kind: AlarmKind, frame: number, clearedFrame: number | null = null) => ({
  ...{ kind, frame, clearedFrame, message: '', at: '2026-11-22T10:00:00.000Z' },
});
const video = {
  ...{ width: 720, height: 576, frameRate: { num: 25, den: 1 } },
  ...{ fieldOrder: 'tff' as const, pixelFormat: 'yuv422p10le', standard: 'PAL' as const },
};
const kindsOf = (alarms: ReturnType<typeof alarm>[], frames: number) =>
  openAlarms({ alarms, frames, video }).map(({ kind }) => kind);

test('an alarm that is over is not shown, and one that came back is', () => {
  expect(kindsOf([alarm('lag', 10, 20)], 100)).toEqual([]);
  expect(kindsOf([alarm('lag', 10, 20), alarm('lag', 50)], 100)).toEqual(['lag']);
});

test('what loses tape stands first and takes the place of what warned of it, then what came last', () => {
  const alarms = [alarm('frames-dropped', 10), alarm('disk', 20), alarm('lag', 30)];
  expect(kindsOf(alarms, 40)).toEqual(['frames-dropped', 'disk']);
});

test('alarms of a moment leave after a minute of tape, the others stay', () => {
  const alarms = [alarm('recorder-adopted', 0), alarm('disk', 0)];
  expect(kindsOf(alarms, 59 * 25)).toEqual(['recorder-adopted', 'disk']);
  expect(kindsOf(alarms, 60 * 25)).toEqual(['disk']);
});
