import { expect, test } from 'vitest';
import { opinionIdSchema, passIdSchema, personIdSchema, verdictIdSchema } from './ids.ts';
import {
  type Opinion,
  openOpinions,
  outcomeOf,
  standingVerdicts,
  type Verdict,
  type VerdictWord,
} from './verdict.ts';

const uuid = (end: number) => `019a0000-0000-7000-8000-${String(end).padStart(12, '0')}`;
const [ada, bo, cy, di] = [1, 2, 3, 4].map((end) => personIdSchema.parse(uuid(end))) as [
  Verdict['givenBy'],
  Verdict['givenBy'],
  Verdict['givenBy'],
  Verdict['givenBy'],
];
const passId = passIdSchema.parse(uuid(9));
const at = '2026-11-22T10:00:00.000Z';
const gives = (seq: number, givenBy: Verdict['givenBy'], verdict: VerdictWord, settles = false): Verdict => ({
  ...{ id: verdictIdSchema.parse(uuid(seq)), seq, passId, verdict, reason: '', master: null, qcRunId: null },
  ...{ settles, givenAt: at, givenBy },
  basis: {
    ...{
      events: 0,
      judgedEvents: 0,
      planId: 'random',
      planFrames: 0,
      watchedPlanFrames: 0,
      watchedFrames: 0,
    },
  },
});
const asks = (seq: number, askedBy: Opinion['askedBy'], of: Opinion['of'], withdrawn = false): Opinion => ({
  ...{ id: opinionIdSchema.parse(uuid(seq)), seq, passId, askedBy, of, question: '', askedAt: at },
  withdrawn: withdrawn ? { at, by: askedBy, reason: '' } : null,
});

test.each([
  ['nobody said anything', [], [], 'waiting'],
  ['one accepts', [gives(1, ada, 'accept')], [], 'accepted'],
  [
    'both accept, one with notes',
    [gives(1, ada, 'accept'), gives(2, bo, 'accept-with-notes')],
    [],
    'accepted',
  ],
  ['they disagree', [gives(1, ada, 'accept'), gives(2, bo, 'reject')], [], 'disputed'],
  [
    'the first comes round',
    [gives(1, ada, 'accept'), gives(2, bo, 'reject'), gives(3, ada, 'reject')],
    [],
    'rejected',
  ],
  [
    'both refuse, one wants it again',
    [gives(1, ada, 'reject'), gives(2, bo, 'capture-again')],
    [],
    'capture-again',
  ],
  [
    'a manager settles it',
    [gives(1, ada, 'reject'), gives(2, bo, 'accept'), gives(3, cy, 'accept', true)],
    [],
    'accepted',
  ],
  [
    'somebody objects to what was settled',
    [gives(1, cy, 'accept', true), gives(2, bo, 'reject')],
    [],
    'disputed',
  ],
  [
    'somebody agrees with what was settled',
    [gives(1, ada, 'accept'), gives(2, bo, 'reject'), gives(3, cy, 'accept', true), gives(4, di, 'accept')],
    [],
    'accepted',
  ],
  [
    'who settled it says it again',
    [
      gives(1, ada, 'accept'),
      gives(2, bo, 'reject'),
      gives(3, cy, 'accept', true),
      gives(4, cy, 'accept-with-notes'),
    ],
    [],
    'accepted',
  ],
  [
    'one who objected before says it again',
    [gives(2, bo, 'reject'), gives(3, cy, 'accept', true), gives(4, bo, 'reject')],
    [],
    'disputed',
  ],
  [
    'who objected comes round',
    [
      gives(1, ada, 'accept'),
      gives(2, bo, 'reject'),
      gives(3, cy, 'accept', true),
      gives(4, di, 'reject'),
      gives(5, di, 'accept'),
    ],
    [],
    'accepted',
  ],
  [
    'who settled it takes it back',
    [gives(1, ada, 'accept'), gives(3, cy, 'accept', true), gives(4, cy, 'reject')],
    [],
    'disputed',
  ],
  [
    'a refusal is settled, and one who agrees wants it again',
    [gives(1, ada, 'accept'), gives(3, cy, 'reject', true), gives(4, di, 'capture-again')],
    [],
    'capture-again',
  ],
  ['accepted, an opinion asked', [gives(1, ada, 'accept')], [asks(2, ada, bo)], 'asked'],
  [
    'another one answers than who was asked',
    [gives(1, ada, 'accept'), gives(3, cy, 'accept')],
    [asks(2, ada, bo)],
    'asked',
  ],
  ['who was asked agrees', [gives(1, ada, 'accept'), gives(3, bo, 'accept')], [asks(2, ada, bo)], 'accepted'],
  ['who asks anyone cannot answer', [gives(3, ada, 'accept')], [asks(2, ada, null)], 'asked'],
  ['anyone else can', [gives(3, bo, 'accept')], [asks(2, ada, null)], 'accepted'],
  ['a word from before the question is no answer', [gives(1, bo, 'accept')], [asks(2, ada, bo)], 'asked'],
  ['it is no longer asked', [gives(1, ada, 'accept')], [asks(2, ada, bo, true)], 'accepted'],
] as const)('%s', (_what, given, opinions, outcome) => {
  expect(outcomeOf(given, opinions)).toBe(outcome);
});

test('of each person the last word stands', () => {
  const given = [gives(1, ada, 'accept'), gives(2, bo, 'reject'), gives(3, ada, 'reject')];
  expect(standingVerdicts(given).map(({ seq }) => seq)).toEqual([2, 3]);
  expect(openOpinions([asks(1, ada, null)], given)).toEqual([]);
});
