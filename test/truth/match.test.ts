import { expect, it } from 'vitest';
import type { Label } from './label.ts';
import { type Claim, matchTape } from './match.ts';
import { scoreTapes } from './score.ts';

const label: Label = {
  file: 'tape.mkv',
  generator: 'by hand',
  seed: 1,
  system: 'PAL',
  bits: 10,
  frames: 300,
  kind: 'fault',
  material: 'none',
  events: [
    { check: 'freeze', startFrame: 50, endFrame: 59, strength: 1 },
    { check: 'freeze', startFrame: 150, endFrame: 249, strength: 3 },
    { check: 'hum', startFrame: 0, endFrame: 299, strength: 2, channels: [1, 2] },
  ],
  alsoTrue: [{ check: 'black', startFrame: 10, endFrame: 40, strength: 1 }],
};

const claim = (check: string, startFrame: number, endFrame: number, more: Partial<Claim> = {}): Claim => ({
  check,
  startFrame,
  endFrame,
  severity: 'warn',
  ...more,
});

const outcomes = (claims: Claim[]) =>
  matchTape(label, claims).map(({ check, outcome, isFragment }) =>
    [check, outcome, ...(isFragment ? ['fragment'] : [])].join(' '),
  );

it('counts what was found, missed, and claimed of nothing', () => {
  expect(outcomes([claim('freeze', 51, 60), claim('freeze', 100, 110), claim('skew-error', 0, 9)])).toEqual([
    'freeze hit',
    'freeze miss',
    'hum miss',
    'freeze false-alarm',
    'skew-error false-alarm',
  ]);
});

it('takes two claims about one fault for a hit and a false alarm', () => {
  expect(outcomes([claim('freeze', 150, 180), claim('freeze', 190, 249)])).toEqual([
    'freeze miss',
    'freeze hit',
    'hum miss',
    'freeze false-alarm fragment',
  ]);
});

it('asks for overlap or for a near onset', () => {
  expect(outcomes([claim('freeze', 152, 160)])[1]).toBe('freeze hit');
  expect(outcomes([claim('freeze', 200, 220)])[1]).toBe('freeze miss');
});

it('holds the same claim about two channels for one, and a wrong channel for wrong', () => {
  const both = [claim('hum', 0, 299, { channels: [1] }), claim('hum', 2, 299, { channels: [2] })];
  expect(outcomes(both)).toEqual(['freeze miss', 'freeze miss', 'hum hit']);
  expect(outcomes([claim('hum', 0, 299, { channels: [3] })])).toContain('hum false-alarm fragment');
});

it('forgives what is true besides, and nothing beyond it', () => {
  expect(outcomes([claim('black', 12, 39)])).toHaveLength(3);
  expect(outcomes([claim('black', 12, 200)])).toContain('black false-alarm');
});

it('adds tapes up, and finds every fail on a tape in order', () => {
  const clean: Label = { ...label, file: 'clean.mkv', kind: 'clean', events: [], alsoTrue: [] };
  const score = scoreTapes([
    { label, claims: [claim('freeze', 50, 59), claim('hum', 0, 299)] },
    { label: clean, claims: [claim('freeze', 5, 9, { severity: 'fail' })] },
  ]);
  expect(score.checks).toMatchObject([
    { check: 'freeze', hits: 1, falseAlarms: 1, misses: 1, precision: 0.5, recall: 0.5, f1: 0.5 },
    { check: 'hum', hits: 1, falseAlarms: 0, misses: 0, f1: 1 },
  ]);
  expect(score.averageF1).toBe(0.75);
  expect(score.wrongFails).toMatchObject([{ file: 'clean.mkv' }]);
});
