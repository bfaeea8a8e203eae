import { expect, test } from 'vitest';
import type { Session } from '#shared/domain/live.ts';
import type { AlarmKind } from '#shared/domain/pass.ts';
import { rendered } from '../../ui/rendered.testbed.tsx';
import { EventLane } from './EventLane.tsx';

const alarm = (kind: AlarmKind, message: string) => ({
  ...{ kind, message, frame: 161, clearedFrame: null, at: '2026-11-23T10:00:00.000Z' },
});
const session = {
  ...{ state: 'recording', frames: 400, follower: { provedFrames: 0 }, marks: [], qcEvents: [] },
  video: { frameRate: { num: 25, den: 1 } },
} as unknown as Session;

test('of alarms at one frame the gravest is drawn last, over the others', () => {
  const alarms = [
    alarm('frames-dropped', 'lost'),
    alarm('write-slow', 'slow'),
    alarm('under-pressure', 'busy'),
  ];
  const marks =
    rendered(<EventLane session={{ ...session, alarms }} />).match(/data-kind="alarm"[^>]*/g) ?? [];
  expect(marks.map((mark) => /data-tone="(\w+)"/.exec(mark)?.[1])).toEqual(['warning', 'warning', 'failure']);
  expect(marks.at(-1)).toContain('title="lost"');
});
