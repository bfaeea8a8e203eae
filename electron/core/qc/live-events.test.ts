import { expect, it } from 'vitest';
import type { QcEvent } from '#shared/domain/qc.ts';
import { joinLive } from './live-events.ts';

const event = (check: string, startFrame: number, endFrame: number, channels?: number[]): QcEvent => ({
  ...{ check, startFrame, endFrame, severity: 'warn', confidence: 1, evidence: {}, message: '' },
  ...(channels ? { channels } : {}),
});
const spans = (events: readonly QcEvent[]) =>
  events.map(({ check, startFrame, endFrame }) => [check, startFrame, endFrame]);

it('keeps what left the window, and takes everything else from what is found now', () => {
  const known = [event('black', 0, 99), event('freeze', 1200, 1210)];
  // The freeze was none, as what came later shows.
  expect(spans(joinLive(known, [event('black', 500, 600)], 1000))).toEqual([
    ['black', 0, 99],
    ['black', 1500, 1600],
  ]);
});

it('goes on with an event that began before the window', () => {
  const known = [event('black', 300, 1400), event('silence', 900, 1400, [1])];
  const found = [event('black', 0, 700), event('silence', 0, 700, [2]), event('silence', 0, 650, [1])];
  expect(spans(joinLive(known, found, 1000))).toEqual([
    ['black', 300, 1700],
    ['silence', 900, 1650],
    ['silence', 1000, 1700],
  ]);
});

it('keeps the part of an event that has left, when the window has no more of it', () => {
  expect(spans(joinLive([event('black', 900, 1001)], [], 1000))).toEqual([['black', 900, 999]]);
});
