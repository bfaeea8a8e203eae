import { expect, test } from 'vitest';
import { passIdSchema, personIdSchema, verdictIdSchema } from '#shared/domain/ids.ts';
import type { PassReview } from '#shared/domain/pass-review.ts';
import type { Verdict } from '#shared/domain/verdict.ts';
import { rendered, textOf } from '../../../ui/rendered.testbed.tsx';
import { SpeaksAgainst } from './SpeaksAgainst.tsx';
import type { Judged, JudgedPass } from './useJudgedPass.ts';
import { VerdictPanel } from './VerdictPanel.tsx';
import { SkippedRemark } from './WatchedPart.tsx';

const id = (last: number) => `01a209b2-7a2e-706b-aad3-${String(last).padStart(12, '0')}`;
const [ada, bo] = [personIdSchema.parse(id(1)), personIdSchema.parse(id(2))];
const rate = { num: 25, den: 1 };
const pass: JudgedPass = {
  ...{ id: passIdSchema.parse(id(9)), state: 'sealed', frames: 250, qcEvents: [] },
  ...{ droppedFrames: 0, lostFrames: 0, endReason: 'operator' },
  video: { width: 720, height: 576, frameRate: rate },
};

function verdict(seq: number, givenBy: typeof ada, word: Verdict['verdict'], reason: string): Verdict {
  return {
    ...{ id: verdictIdSchema.parse(id(20 + seq)), seq, passId: pass.id, verdict: word, reason, givenBy },
    ...{ master: null, qcRunId: null, settles: false, givenAt: '2026-11-23T10:00:00.000Z' },
    basis: {
      ...{ events: 4, judgedEvents: 1, planId: 'head-middle-tail' as const },
      ...{ planFrames: 250, watchedPlanFrames: 0, watchedFrames: 0 },
    },
  };
}

function judgedAs(outcome: PassReview['outcome'], more: Partial<PassReview> = {}): Judged {
  return {
    said: {
      ...{ passId: pass.id, outcome, holding: null, decisions: [], notes: [], watched: [], opinions: [] },
      ...{ verdicts: [], qcRunId: null, masterSha256: null },
      files: { copy: null, master: 'as-sealed', provedAt: null },
      names: { [ada]: 'Ada', [bo]: 'Bo' },
      ...more,
    },
    ...{ error: null, me: undefined, sample: [], own: [], ofMaster: [], ofCopy: [] },
    planId: 'head-middle-tail',
    nameOf: (personId) => (personId === ada ? 'Ada' : 'Bo'),
  };
}

test.each([
  ['asked', 'en', '◑ a second opinion is asked for'],
  ['disputed', 'en', '◆ people disagree'],
  ['accepted', 'en', '◉ accepted'],
  ['rejected', 'nl', '▲ afgekeurd'],
  ['capture-again', 'fr', '▲ à capturer à nouveau'],
] as const)('an outcome heads the verdicts with its shape and its word: %s', (outcome, language, words) => {
  expect(textOf(<VerdictPanel pass={pass} judged={judgedAs(outcome)} />, language)).toContain(words);
});

test('a pass that waits has no outcome, and every verdict can be seen', () => {
  const said = textOf(<VerdictPanel pass={pass} judged={judgedAs('waiting')} />);
  expect(said).not.toMatch(/[◑◆◉▲]/);
  expect(said).toMatch(/Accept A .*With notes W .*Reject R .*Capture again C/);
});

test('who disagrees is named, the last word stands first, and an earlier one is struck', () => {
  const verdicts = [
    verdict(1, ada, 'accept', ''),
    verdict(2, bo, 'reject', 'The head is missing.'),
    verdict(3, ada, 'accept-with-notes', 'One dropout.'),
  ];
  const html = rendered(<VerdictPanel pass={pass} judged={judgedAs('disputed', { verdicts })} />);
  expect(html).toContain('Ada would accept this pass, Bo would not.');
  const words = [...html.matchAll(/<(b|s)>([^<]+)<\/\1><span>(\w+)</g)].map(([, tag, word, who]) => [
    tag,
    word,
    who,
  ]);
  expect(words).toEqual([
    ['b', 'accepted with notes', 'Ada'],
    ['b', 'rejected', 'Bo'],
    ['s', 'accepted', 'Ada'],
  ]);
  expect(html).toContain('The head is missing.');
});

test('what speaks against a pass is said before anybody judges it', () => {
  const whole = textOf(<VerdictPanel pass={pass} judged={judgedAs('waiting')} />);
  const lacking: JudgedPass = { ...pass, droppedFrames: 115, endReason: 'recorder-died' };
  const files = { copy: null, master: 'not-there' as const, provedAt: null };
  const said = textOf(<VerdictPanel pass={lacking} judged={judgedAs('waiting', { files })} />);
  expect(said).toContain('115 frames were dropped while the tape played · The recorder died.');
  expect(said).toContain('◆ The master’s file is not at this station now.');
  for (const words of ['dropped', 'recorder', 'at this station']) expect(whole).not.toContain(words);
});

test('what ran by without being shown is told, with how long it was', () => {
  const said = (frames: number) => textOf(<SkippedRemark skippedFrames={frames} rate={rate} />);
  expect(said(225)).toMatch(/^◆ 9 s went by without being shown/);
  expect(said(3)).toBe('3 frames were not shown, and do not count.');
  expect(said(0)).toBe('');
});

test('whoever accepts is told first which faults were confirmed', () => {
  const fault = { check: 'head-clog', startFrame: 5, endFrame: 9, severity: 'fail', evidence: {} };
  const said = (events: object[]) =>
    textOf(<SpeaksAgainst pass={{ ...pass, qcEvents: events as JudgedPass['qcEvents'] }} />);
  const confirmed = { ...fault, judged: { judgement: 'accepted', origin: 'playback' } };
  expect(said([fault, confirmed, { ...confirmed, intended: {} }, { ...confirmed, severity: 'info' }])).toBe(
    '◆ 1 fault was said to be there; of playback: 1.',
  );
  expect(said([fault])).toBe('');
});
