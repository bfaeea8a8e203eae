import { expect, test } from 'vitest';
import type { ShownEvent } from '#shared/domain/qc.ts';
import { unjudgedBySeverity } from './unjudged.ts';

const event = (check: string, severity: ShownEvent['severity'], frames: number): ShownEvent => ({
  ...{ check, severity, startFrame: 0, endFrame: frames - 1 },
  ...{ confidence: 1, evidence: {}, message: '' },
});

test('what nobody judged is named from the gravest on, and no fault hides behind notes', () => {
  const notes = ['color-bars', 'reference-tone', 'black', 'hum'].map((check) => event(check, 'info', 500));
  const faults = ['freeze', 'signal-loss', 'audio-dropout', 'head-clog', 'silence'];
  const found = unjudgedBySeverity([
    ...notes,
    ...faults.map((check, at) => event(check, 'fail', at + 1)),
    event('freeze', 'fail', 10),
  ]);
  expect(found).toEqual([
    {
      severity: 'fail',
      events: 6,
      checks: ['freeze', 'silence', 'head-clog', 'audio-dropout', 'signal-loss'],
      more: 0,
    },
    { severity: 'info', events: 4, checks: [], more: 4 },
  ]);
  expect(
    unjudgedBySeverity([event('black', 'warn', 1), ...notes]).map(({ checks, more }) => [
      checks.length,
      more,
    ]),
  ).toEqual([
    [1, 0],
    [3, 1],
  ]);
  expect(unjudgedBySeverity([])).toEqual([]);
});
