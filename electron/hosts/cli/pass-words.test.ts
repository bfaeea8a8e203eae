import { expect, it } from 'vitest';
import type { CapturePlan } from '#shared/domain/capture-plan.ts';
import type { Pass } from '#shared/domain/pass.ts';
import { numberOf, wordPass } from './pass-words.ts';

const pass = (passNumber: number, plan: Partial<CapturePlan> = {}, more: Partial<Pass> = {}) =>
  ({
    id: `id-${passNumber}`,
    passNumber,
    state: 'sealed',
    chosen: false,
    programmeStartFrame: null,
    video: { frameRate: { num: 25, den: 1 } },
    plan: { start: { on: 'operator' }, stop: {}, ...plan },
    ...more,
  }) as Pass;

it('says which pass is chosen and that the others are kept', () => {
  const chosen = pass(2, {}, { chosen: true });
  const others = [pass(1), pass(3), pass(4, {}, { state: 'failed' })];
  expect(wordPass(chosen, others)).toEqual(['  chosen as the master of the tape; passes 1, 3 are kept']);
  expect(wordPass(pass(1), [chosen])).toEqual(['  kept; pass 2 is chosen as the master of the tape']);
  expect(wordPass(pass(1), [pass(3)])).toEqual([]);
});

it('holds segments apart, and names a retake', () => {
  const first = pass(1, { segment: 1 }, { chosen: true });
  const second = pass(2, { segment: 2, retakeOf: first.id }, { programmeStartFrame: 30 });
  expect(wordPass(first, [second])).toEqual([
    '  holds segment 1 of the tape',
    '  chosen as the master of segment 1 of the tape',
  ]);
  expect(wordPass(second, [first])).toEqual([
    '  holds segment 2 of the tape',
    '  a retake of pass 1',
    '  programme from frame 30 (00:00:01.200)',
  ]);
  expect(numberOf('id-9', [first])).toBe('pass id-9');
});
