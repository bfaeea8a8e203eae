import { expect, test } from 'vitest';
import { type Decision, decisionsOn, isJudged, isSameFinding, markJudged } from './decision.ts';
import { decisionIdSchema, passIdSchema, personIdSchema, qcRunIdSchema } from './ids.ts';
import type { ShownEvent } from './qc.ts';

const id = '019a0000-0000-7000-8000-000000000001';
const event = (startFrame: number, endFrame: number, channels?: number[]): ShownEvent => ({
  ...{ check: 'video-dropout', startFrame, endFrame, severity: 'warn', confidence: 1, evidence: {} },
  ...{ message: '', ...(channels ? { channels } : {}) },
});
const decision = (startFrame: number, endFrame: number, changes: Partial<Decision> = {}): Decision => ({
  ...{ id: decisionIdSchema.parse(id), passId: passIdSchema.parse(id), qcRunId: qcRunIdSchema.parse(id) },
  ...{ check: 'video-dropout', channels: null, startFrame, endFrame, judgement: 'accepted', origin: 'tape' },
  ...{ remark: '', decidedAt: '2026-11-22T10:00:00.000Z', decidedBy: personIdSchema.parse(id) },
  ...changes,
});

test.each([
  ['the same frames', [100, 110], [100, 110], true],
  ['ends that moved', [100, 110], [103, 112], true],
  ['one frame in two', [100, 100], [100, 101], true],
  ['one frame in three', [100, 100], [99, 101], false],
  ['joined with what follows', [100, 110], [100, 140], false],
  ['the larger part of what was split', [100, 140], [115, 140], true],
  ['its neighbour', [100, 110], [111, 120], false],
] as const)('%s: is it the same finding?', (_what, [a, b], [c, d], same) => {
  expect(isSameFinding(event(a, b), event(c, d))).toBe(same);
  expect(isSameFinding(event(c, d), event(a, b))).toBe(same);
});

test('another check or other channels are another finding', () => {
  expect(isSameFinding(event(1, 5), { ...event(1, 5), check: 'hum' })).toBe(false);
  expect(isSameFinding(event(1, 5, [1]), event(1, 5, [2]))).toBe(false);
  expect(isSameFinding(event(1, 5, [1, 2]), { ...event(1, 5), channels: [2, 1] })).toBe(true);
  expect(isSameFinding(event(1, 5), { ...event(1, 5), channels: null })).toBe(true);
});

test('the last word stands, an earlier one is kept, and one can be taken back', () => {
  const shown = [event(100, 110), event(300, 300)];
  const said = [decision(100, 110), decision(101, 112, { judgement: 'dismissed', origin: null })];
  expect(markJudged(shown, said).map(({ judged }) => judged?.judgement)).toEqual(['dismissed', undefined]);
  expect(decisionsOn(event(100, 110), said)).toHaveLength(2);
  const back = [...said, decision(100, 110, { judgement: 'reopened', origin: null })];
  expect(markJudged(shown, back).filter(isJudged)).toEqual([]);
});
