import { expect, test } from 'vitest';
import { decisionIdSchema, passIdSchema, personIdSchema, verdictIdSchema } from '#shared/domain/ids.ts';
import type { PassReview } from '#shared/domain/pass-review.ts';
import type { ShownEvent } from '#shared/domain/qc.ts';
import type { Verdict } from '#shared/domain/verdict.ts';
import { wordQueue, wordReview } from './review-words.ts';

const id = '019a0000-0000-7000-8000-000000000001';
const [passId, ada] = [passIdSchema.parse(id), personIdSchema.parse(id)];
const at = '2026-11-23T09:00:00.000Z';
const verdict = (seq: number, word: Verdict['verdict']): Verdict => ({
  ...{ id: verdictIdSchema.parse(id), seq, passId, verdict: word, reason: word === 'accept' ? '' : 'Torn.' },
  ...{ master: null, qcRunId: null, settles: false, givenAt: at, givenBy: ada },
  basis: {
    ...{
      events: 2,
      judgedEvents: 1,
      planId: 'random',
      planFrames: 90,
      watchedPlanFrames: 30,
      watchedFrames: 40,
    },
  },
});

test('a review is told in words: what was judged, watched and said, and what stands no more', () => {
  const review: PassReview = {
    ...{ passId, outcome: 'rejected', holding: null, decisions: [], notes: [], opinions: [], qcRunId: null },
    ...{ masterSha256: null, names: { [ada]: 'Ada' } },
    watched: [{ personId: ada, ranges: [{ startFrame: 0, endFrame: 49 }] }],
    verdicts: [verdict(1, 'accept'), verdict(2, 'reject')],
  };
  const judged: NonNullable<ShownEvent['judged']> = {
    ...{ decisionId: decisionIdSchema.parse(id), judgement: 'accepted', origin: 'tape', remark: '' },
    ...{ decidedAt: at, decidedBy: ada },
  };
  const event: ShownEvent = {
    ...{
      check: 'hum',
      startFrame: 1,
      endFrame: 9,
      severity: 'warn',
      confidence: 1,
      evidence: {},
      message: '',
    },
  } as const;
  const pass = {
    ...{ id: passId, tapeIdentifier: 'T-1', passNumber: 1, frames: 100 },
    video: { frameRate: { num: 25, den: 1 } },
    qcEvents: [
      { ...event, judged },
      { ...event, channels: [2] },
    ],
  };
  expect(wordReview(pass, review).split('\n')).toEqual([
    'T-1, pass 1: rejected; with nobody',
    'Events, 1 of 2 judged',
    '  1  1-9  warn  hum: accepted, tape, by Ada',
    '  2  1-9  warn  hum on channel 2: not judged',
    'Watched',
    '  head-middle-tail: 50 of 100 frames (0-99)',
    '  random: 50 of 100 frames (0-99)',
    '  risk: 50 of 85 frames (0-84)',
    '  by Ada: 0-49',
    `Earlier verdict: accept, Ada, ${at}`,
    '  on 1 of 2 events judged; watched 30 of 90 frames of the plan random',
    `Verdict: reject, Ada, ${at}`,
    '  Torn.',
    '  on 1 of 2 events judged; watched 30 of 90 frames of the plan random',
  ]);
  expect(wordQueue([])).toBe('No pass waits for review.');
});
