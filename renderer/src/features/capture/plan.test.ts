import { expect, test } from 'vitest';
import { askedPlan, noPlan, planProblems } from './plan.ts';

test('what is not set is not asked for', () => {
  expect(planProblems(noPlan)).toEqual([]);
  expect(askedPlan(noPlan)).toEqual({});
});

test('what is set is asked for in numbers', () => {
  const plan = {
    ...noPlan,
    ...{ startOn: 'timecode' as const, startTimecode: ' 10:00:00:00 ', stopTimecode: '10:20:00;02' },
    ...{ signalLostS: '5', tapeEndS: '12,5', segment: '2' },
  };
  expect(planProblems(plan)).toEqual([]);
  expect(askedPlan(plan)).toEqual({
    start: { on: 'timecode', timecode: '10:00:00:00' },
    stop: { timecode: '10:20:00;02', signalLostS: 5, tapeEndS: 12.5 },
    segment: 2,
  });
});

test.each([
  ['startTimecode', { startOn: 'timecode', startTimecode: '' }],
  ['startTimecode', { startOn: 'timecode', startTimecode: '10:61:00:00' }],
  ['stopTimecode', { stopTimecode: '10:00' }],
  ['signalLostS', { signalLostS: '0.5' }],
  ['tapeEndS', { tapeEndS: 'soon' }],
  ['segment', { segment: '0' }],
  ['segment', { segment: '1.5' }],
] as const)('%s is a problem of %o', (field, set) => {
  expect(planProblems({ ...noPlan, ...set })).toEqual([field]);
});
