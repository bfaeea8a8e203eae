import { expect, it } from 'vitest';
import type { QcEvent } from '#shared/domain/qc.ts';
import { atEndsOfTape } from './ends-of-tape.ts';

const series = { frames: 1000, frameRate: { num: 25, den: 1 }, bitDepth: 10, channels: 2, standard: 'PAL' };
const severityOf = (check: string, startFrame: number, endFrame: number) =>
  atEndsOfTape<QcEvent>(
    { check, startFrame, endFrame, severity: 'fail', confidence: 0.9, evidence: {}, message: 'Seen.' },
    series,
  ).severity;

it.each([
  ['a mute before the programme', 'signal-loss', 0, 99, 'warn'],
  ['a mute behind it', 'signal-loss', 600, 999, 'warn'],
  ['a mute within it', 'signal-loss', 1, 99, 'fail'],
  ['a mute over more than half of the tape', 'signal-loss', 0, 500, 'fail'],
  ['a tape without a signal', 'signal-loss', 0, 999, 'fail'],
  ['a deck that locks', 'sync-loss', 0, 124, 'warn'],
  ['a deck that does not', 'sync-loss', 0, 125, 'fail'],
  ['a clogged head at the end', 'head-clog', 900, 999, 'fail'],
])('%s', (_what, check, startFrame, endFrame, severity) => {
  expect(severityOf(check, startFrame, endFrame)).toBe(severity);
});
