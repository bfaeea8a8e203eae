import { expect, test } from 'vitest';
import { barsOf, noteBarsOf } from './bars.ts';

const event = (check: string, severity: 'info' | 'warn' | 'fail', startFrame: number, endFrame: number) => ({
  ...{ check, severity, startFrame, endFrame, confidence: 1, evidence: {}, message: '' },
});
const intended = { intentionId: 'a' as never, reason: '', statedAt: '', statedBy: 'b' as never };

test('the gravest and the shortest event lies above; what is of the file has no place', () => {
  const bars = barsOf([
    event('black', 'fail', 10, 20),
    { ...event('freeze', 'fail', 0, 99), intended },
    event('file-x', 'fail', 0, 99),
    event('av-length', 'fail', 0, 99),
    event('hum', 'info', 0, 50),
    event('tear', 'fail', 10, 60),
    event('flaw', 'warn', 5, 6),
  ]);
  expect(bars.map(({ weight, endFrame }) => `${weight} ${endFrame}`)).toEqual([
    ...['intended 99', 'info 50', 'warn 6', 'fail 60', 'fail 20'],
  ]);
});

test('notes that were withdrawn are not drawn', () => {
  const withdrawn = { at: '', by: 'b' as never, reason: '' };
  expect(
    noteBarsOf([
      { startFrame: 5, endFrame: 5, withdrawn: null },
      { startFrame: 1, endFrame: 2, withdrawn },
      { startFrame: 0, endFrame: 9, withdrawn: null },
    ]).map(({ startFrame }) => startFrame),
  ).toEqual([0, 5]);
});
