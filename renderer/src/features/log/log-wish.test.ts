import { expect, it } from 'vitest';
import { everything, filterOf } from './log-wish.ts';

it('leaves out what is left open', () => {
  expect(filterOf(everything)).toEqual({});
  expect(filterOf({ ...everything, tape: 'BT-12', device: '10317' })).toEqual({
    tape: 'BT-12',
    device: '10317',
  });
});

it('takes both days whole, by the clock of this computer', () => {
  const { from, to } = filterOf({ ...everything, fromDay: '2026-03-28', untilDay: '2026-03-29' });
  expect([from, to]).toEqual([
    new Date(2026, 2, 28).toISOString(),
    // Where clocks go forward that day it has 23 hours.
    new Date(2026, 2, 30).toISOString(),
  ]);
});

it('waits while a day is being typed', () => {
  expect(filterOf({ ...everything, fromDay: '0002-13-40' })).toEqual({});
});
