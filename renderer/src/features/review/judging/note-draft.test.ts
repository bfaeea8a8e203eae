import { expect, test } from 'vitest';
import { passIdSchema } from '#shared/domain/ids.ts';
import { draftOf, dropDraft, keepDraft } from './note-draft.ts';

const [one, other] = [1, 2].map((end) => passIdSchema.parse(`0190a0b0-0000-7000-8000-00000000000${end}`)) as [
  ReturnType<typeof passIdSchema.parse>,
  ReturnType<typeof passIdSchema.parse>,
];
const draft = (words: string) => ({
  ...{ at: 4, begun: { startFrame: 4, endFrame: 9, about: undefined }, startFrame: '4', endFrame: '9' },
  ...{ region: '', hasStill: true, term: null, origin: '', severity: '', words },
});

test('a note that has words is kept for its pass until it is written down or left', () => {
  keepDraft(one, draft('A streak,\nand another'));
  keepDraft(other, draft('Rain.'));
  expect(draftOf(one)?.words).toBe('A streak,\nand another');
  dropDraft(one);
  expect([draftOf(one), draftOf(other)?.words]).toEqual([undefined, 'Rain.']);
  keepDraft(other, draft(' '));
  expect(draftOf(other)).toBeUndefined();
});
