import { expect, test } from 'vitest';
import {
  decisionIdSchema,
  fileIdSchema,
  noteIdSchema,
  type PersonId,
  passIdSchema,
  personIdSchema,
  qcRunIdSchema,
  verdictIdSchema,
} from '#shared/domain/ids.ts';
import type { Note } from '#shared/domain/note.ts';
import type { PassReview } from '#shared/domain/pass-review.ts';
import type { ShownEvent } from '#shared/domain/qc.ts';
import type { Verdict } from '#shared/domain/verdict.ts';
import { wordNote, wordQueue, wordReview } from './review-words.ts';

const id = '019a0000-0000-7000-8000-000000000001';
const passId = passIdSchema.parse(id);
const [ada, bo] = [id, id.replace(/1$/, '2')].map((one) => personIdSchema.parse(one)) as [PersonId, PersonId];
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

const decided = {
  ...{
    id: decisionIdSchema.parse(id),
    passId,
    qcRunId: qcRunIdSchema.parse(id),
    check: 'hum',
    channels: null,
  },
  ...{ startFrame: 1, endFrame: 9, remark: '', decidedAt: at },
} as const;
const rejected = verdict(2, 'reject');
const told: Verdict = {
  ...{ ...rejected, writtenBy: bo, master: { fileId: fileIdSchema.parse(id), sha256: 'b'.repeat(64) } },
  basis: {
    ...rejected.basis,
    judgedBy: [{ personId: bo, events: 1 }],
    watchedOf: { masterFrames: 5, copyFrames: 35 },
    files: { copy: 'good', master: 'as-sealed', provedAt: at },
  },
};

test('a review is told in words: what was judged, watched and said, and what stands no more', () => {
  const review: PassReview = {
    ...{ passId, outcome: 'rejected', holding: null, notes: [], opinions: [], qcRunId: null },
    ...{ masterSha256: null, names: { [ada]: 'Ada', [bo]: 'Bo' } },
    files: { copy: 'not-compared', master: 'as-sealed', provedAt: at },
    watched: [
      {
        ...{ personId: ada, ranges: [{ startFrame: 0, endFrame: 49 }] },
        ...{
          copyRanges: [{ startFrame: 0, endFrame: 44 }],
          masterRanges: [{ startFrame: 45, endFrame: 49 }],
        },
      },
    ],
    decisions: [
      { ...decided, decidedBy: ada, judgement: 'accepted', origin: 'tape' },
      { ...decided, decidedBy: bo, judgement: 'dismissed', origin: null, writtenBy: ada },
    ],
    verdicts: [verdict(1, 'accept'), told],
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
    '  1  1-9  warn  Hum: false alarm, written down by Ada for Bo; before: there, tape, by Ada',
    '  2  1-9  warn  Hum on channel 2: not judged',
    'Watched',
    '  head, middle, tail: 50 of 100 frames (0-99)',
    '  random tenth: 0 of 10 frames (90-99)',
    '  by risk: 50 of 85 frames (0-84)',
    '  by Ada: 0-49 (45 as the access copy, 5 as pictures of the master)',
    `Files: the access copy was never held against the master; by its size and date the master is unchanged; its bytes were last read and found right at ${at}`,
    `Earlier verdict: accepted, Ada, ${at}`,
    '  on 1 of 2 events judged; watched 30 of 90 frames of the plan random tenth, 40 frames in all',
    `Verdict: rejected, written down by Bo for Ada, ${at}`,
    '  Torn.',
    '  on 1 of 2 events judged (Bo 1); watched 30 of 90 frames of the plan random tenth, 40 frames in all (35 as the access copy, 5 as pictures of the master)',
    `  bound to the master with SHA-256 ${'b'.repeat(64)}`,
    `  then: the access copy was held against the master and holds what it should; by its size and date the master is unchanged; its bytes were last read and found right at ${at}`,
  ]);
  expect(wordQueue([])).toBe('No pass waits for review.');
});

test('a note says its term and severity in words, with the ids that the command takes', () => {
  const note: Note = {
    ...{ id: noteIdSchema.parse(id), passId, startFrame: 4, endFrame: 9, stillFrame: null, region: null },
    ...{ term: 'video-dropout', medium: null, words: 'Five lines.', origin: 'tape', severity: 'warn' },
    ...{ notedAt: at, notedBy: ada, withdrawn: null },
  };
  const terms = [{ id: 'video-dropout', title: { en: 'Dropout', nl: 'Uitval', fr: 'Drop-out' } }];
  expect(wordNote(note, terms)).toBe(
    `frames 4-9: Dropout [video-dropout], warning [warn], tape, Five lines. [${id}]`,
  );
  expect(wordNote({ ...note, term: 'gone', severity: null })).toContain('frames 4-9: gone, tape');
});
