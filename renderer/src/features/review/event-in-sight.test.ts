import { expect, test } from 'vitest';
import type { ShownEvent } from '#shared/domain/qc.ts';
import { eventInSight, eventKey } from './event-in-sight.ts';

const event = (check: string, startFrame: number, endFrame: number): ShownEvent => ({
  ...{ check, startFrame, endFrame, severity: 'warn', confidence: 1, evidence: {}, message: '' },
});
const whole = event('matroska-crc', 0, 999);
const short = event('video-dropout', 100, 101);
const long = event('hum', 50, 400);

test('shows the shortest event under the cursor, and the one that was chosen while the cursor is in it', () => {
  const events = [whole, long, short];
  expect(eventInSight(events, 100, null)).toBe(short);
  expect(eventInSight(events, 200, null)).toBe(long);
  expect(eventInSight(events, 100, eventKey(whole))).toBe(whole);
  expect(eventInSight(events, 900, eventKey(short))).toBe(whole);
  expect(eventInSight([short], 5, eventKey(short))).toBeUndefined();
});

test('shows the graver one of two that are as long', () => {
  const lost: ShownEvent = { ...event('signal-loss', 100, 101), severity: 'fail' };
  expect(eventInSight([short, lost], 100, null)).toBe(lost);
  expect(eventInSight([lost, short], 100, null)).toBe(lost);
});
