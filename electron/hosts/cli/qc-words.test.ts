import { expect, it } from 'vitest';
import { intentionIdSchema, personIdSchema } from '#shared/domain/ids.ts';
import type { QcResult, ShownEvent } from '#shared/domain/qc.ts';
import { wordResult } from './qc-words.ts';

const event = (what: Partial<ShownEvent>): ShownEvent => ({
  ...{ check: 'black', startFrame: 0, endFrame: 9, severity: 'info', confidence: 1, evidence: {} },
  message: 'Found.',
  ...what,
});
const result = (events: ShownEvent[], what: Partial<QcResult> = {}): QcResult => ({
  ...{ file: '/t.mkv', frames: 1000, fps: '25/1', standard: 'PAL' },
  profile: { id: 'umatic', name: 'U-matic' },
  events,
  summary: { info: 0, warn: 0, fail: 0, intended: 0, checks: [], notJudged: [] },
  ...what,
});

it('tells the gravest first, each check once, its places as timecode, and not all of them', () => {
  const dropouts = [50, 100, 150, 200, 250, 300].map((startFrame) =>
    event({
      check: 'silence',
      severity: 'warn',
      startFrame,
      endFrame: startFrame,
      message: `At ${startFrame}.`,
    }),
  );
  const lines = wordResult(
    result(
      [
        event({}),
        ...dropouts,
        event({ check: 'signal-loss', severity: 'fail', startFrame: 0, endFrame: 999 }),
      ],
      {
        summary: { info: 1, warn: 6, fail: 1, intended: 0, checks: [], notJudged: [] },
      },
    ),
  ).split('\n');
  expect(lines[0]).toBe('1000 frames at 25 fps (PAL), judged as: U-matic (--profile umatic)');
  const heads = lines.filter((line) => /^(Failures|Warnings|Notes| {2}\S)/.test(line));
  expect(heads).toEqual([
    'Failures: these surely harm the transfer',
    '  Signal lost (signal-loss)',
    'Warnings: look at these',
    '  Silence (silence), 6 times',
    'Notes',
    '  Black picture (black)',
  ]);
  expect(lines).toContain('    throughout:  Found.');
  expect(lines).toContain('    00:00:02:00 (50):  At 50.');
  expect(lines).toContain('    and 2 more places');
  expect(lines.at(-2)).toBe('1 failure, 6 warnings, 1 note.');
});

it.each<[string, Partial<QcResult>]>([
  ['300 frames at 29.97 fps (NTSC)', { frames: 300, fps: '30000/1001', standard: 'NTSC' }],
  ['10 frames at 15 fps', { frames: 10, fps: '15/1', standard: 'other' }],
  ['A single picture, and no recording', { frames: 1 }],
  [
    '5.0 s of sound without a picture',
    {
      ...{ frames: 125, standard: 'other' },
      summary: {
        ...{ info: 0, warn: 0, fail: 0, intended: 0, checks: [] },
        notJudged: [{ check: 'black', reason: 'no-picture' }],
      },
    },
  ],
])('begins with what it is: %s', (words, what) => {
  expect(wordResult(result([], what))).toMatch(new RegExp(`^${words.replace(/[()]/g, '\\$&')}, judged as`));
});

it('says by reason what was not judged', () => {
  const text = wordResult(
    result([], {
      summary: {
        ...{ info: 0, warn: 0, fail: 0, intended: 0, checks: ['black'] },
        notJudged: [
          { check: 'hum', reason: 'no-sound' },
          { check: 'skew-error', reason: 'not-measured' },
          { check: 'silence', reason: 'no-sound' },
        ],
      },
    }),
  );
  expect(text).toContain(
    [
      'Not judged: that these found nothing says nothing',
      '  hum, silence: there is no sound.',
      '  skew-error: what it looks at could not be measured on any frame. The top of the picture needs upright detail in 136 lines, or 264 lines with edges at the sides.',
    ].join('\n'),
  );
  expect(wordResult(result([]))).not.toContain('Not judged');
});

it('says what is intended, and what was found of the file', () => {
  const intended = {
    intentionId: intentionIdSchema.parse('019a0000-0000-7000-8000-000000000001'),
    reason: 'The artist said so.',
    statedAt: '2026-11-23T03:00:00.000Z',
    statedBy: personIdSchema.parse('019a0000-0000-7000-8000-000000000002'),
  };
  const text = wordResult(
    result([event({ severity: 'fail', intended })], {
      summary: { info: 0, warn: 0, fail: 0, intended: 1, checks: [], notJudged: [] },
      media: {
        rules: [{ id: 'file-seal', ok: true, severity: 'fail', expected: '', measured: '', message: '' }],
        mediaconch: { notRun: 'MediaConch is not installed', applied: 0, passed: 0, problems: [] },
      },
    }),
  );
  expect(text).toContain('The artist said so. (withdraw: helical qc withdraw 019a');
  expect(text).not.toContain('Failures');
  expect(text).toContain('File: 1 of 1 rules hold.\nMediaConch was not asked: MediaConch is not installed.');
  expect(text).toMatch(/0 notes; 1 intended by the artist\.$/);
});
