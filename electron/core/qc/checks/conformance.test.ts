import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { qcEventSchema } from '#shared/domain/qc.ts';
import type { Check } from '../check.ts';
import { judge } from '../judge.ts';
import type { Series } from '../series.ts';
import { checks } from './registry.ts';

const profile = { id: 'test', name: '', description: '', checks: {} };
const noise = (frame: number, width: number) => ((frame * 7919) % 100) * (width / 100);

/** A healthy 10-bit PAL tape: moving picture with noise, programme sound on two channels. */
function healthy(frame: number): Record<string, number> {
  return {
    yMin: 40 + noise(frame, 8),
    yLow: 90,
    yAvg: 400 + noise(frame, 30),
    yHigh: 700,
    yMax: 930,
    uMin: 400,
    uMax: 620,
    vMin: 410,
    vMax: 640,
    ...{ tornShare: 0, rollLines: 0, topBendPixels: 0.3, borderBendPixels: 0.3, headChangeRows: 0 },
    ...{ streakLines: 0, streakLinesKept: 0, streakPixels: 0, repeatedLines: 0 },
    ...{ noisyBandRow: 0, noisyBandRows: 0, fieldPeakDb: 0.5, fieldLevelDifference: 0.2 },
    ...{ upperTexture: 12, lowerTexture: 12 },
    'peakDbfs.1': -12 + noise(frame, 6),
    'peakDbfs.2': -14 + noise(frame, 6),
    'flatFactor.1': 0,
    'flatFactor.2': 0,
  };
}

/** What each kind of frame changes. */
const kinds = {
  blue: { yMin: 164, yLow: 164, yHigh: 164, yMax: 164, uMin: 848, uMax: 848, vMin: 456, vMax: 456 },
  flatBlack: { yMin: 64, yLow: 64, yHigh: 64, yMax: 64, uMin: 512, uMax: 512, vMin: 512, vMax: 512 },
  noisyBlack: { yMin: 44, yLow: 56, yHigh: 74, yMax: 96, uMin: 498, uMax: 526, vMin: 499, vMax: 525 },
  digitalSilence: { 'peakDbfs.1': Number.NEGATIVE_INFINITY, 'peakDbfs.2': Number.NEGATIVE_INFINITY },
  titleCard: { yMin: 60, yLow: 64, yHigh: 66, yMax: 900, uMin: 505, uMax: 519, vMin: 505, vMax: 519 },
  quietRight: { 'peakDbfs.2': -75 },
  fullScaleTone: { 'peakDbfs.1': 0, 'flatFactor.1': 0 },
  torn: { tornShare: 0.5 },
  cloggedHead: { fieldPeakDb: 14, upperTexture: 60, noisyBandRows: 500 },
  noisyBand: { noisyBandRow: 300, noisyBandRows: 40 },
  streaks: { streakLines: 3, streakPixels: 96 },
  bentTop: { topBendPixels: 6, borderBendPixels: Number.NaN },
  headChange: { headChangeRows: 8 },
  clippedLeft: { 'peakDbfs.1': 0, 'flatFactor.1': 12 },
};

function tape(
  frames: number,
  change: (frame: number) => (keyof typeof kinds)[],
  { bitDepth = 10 }: { bitDepth?: number } = {},
): Series {
  const rows = Array.from({ length: frames }, (_, frame) => {
    const row = { ...healthy(frame) };
    for (const kind of change(frame)) Object.assign(row, kinds[kind]);
    return row;
  });
  const scale = 2 ** (bitDepth - 10);
  return {
    frames,
    frameRate: { num: 25, den: 1 },
    bitDepth,
    channels: 2,
    standard: 'PAL',
    column: (id) =>
      Float32Array.from(rows, (row) => (row[id] ?? Number.NaN) * (id.includes('.') ? 1 : scale)),
  };
}

/** Checks that this file's own bad tape is for. */
const foundOnBad = ['signal-loss', 'black', 'silence', 'audio-clipping'];

const within = (frame: number, from: number, to: number) => frame >= from && frame <= to;

describe.each([10, 8])('at %i bit', (bitDepth) => {
  const find = (frames: number, change: Parameters<typeof tape>[1]) =>
    judge(tape(frames, change, { bitDepth }), profile).events.map(
      ({ check, startFrame, endFrame, severity, channels }) => ({
        check,
        startFrame,
        endFrame,
        severity,
        channels,
      }),
    );

  it('finds nothing on a healthy tape', () => {
    expect(find(500, () => [])).toEqual([]);
  });

  it('finds a lost signal, and says fail when it lasts', () => {
    expect(find(500, (frame) => (within(frame, 100, 199) ? ['blue'] : []))).toEqual([
      { check: 'signal-loss', startFrame: 100, endFrame: 199, severity: 'fail', channels: undefined },
    ]);
    expect(find(500, (frame) => (within(frame, 100, 104) ? ['blue'] : []))).toMatchObject([
      { severity: 'warn' },
    ]);
  });

  it('takes a flat black with digital silence for a lost signal, but not with sound', () => {
    expect(find(300, (frame) => (frame < 100 ? ['flatBlack', 'digitalSilence'] : []))).toMatchObject([
      { check: 'signal-loss', startFrame: 0, endFrame: 99 },
      { check: 'silence', channels: [1, 2] },
    ]);
    expect(find(300, (frame) => (frame < 100 ? ['flatBlack'] : []))).toMatchObject([
      { check: 'black', startFrame: 0, endFrame: 99, severity: 'info' },
    ]);
  });

  it('finds black with its noise from a second on, bridging a disturbance', () => {
    expect(find(300, (frame) => (within(frame, 50, 73) ? ['noisyBlack'] : []))).toEqual([]);
    expect(find(300, (frame) => (within(frame, 50, 74) ? ['noisyBlack'] : []))).toMatchObject([
      { check: 'black', startFrame: 50, endFrame: 74 },
    ]);
    expect(find(300, (frame) => (frame % 4 ? ['noisyBlack'] : []))).toEqual([]);
    expect(
      find(300, (frame) => (within(frame, 50, 150) && !within(frame, 100, 101) ? ['noisyBlack'] : [])),
    ).toMatchObject([{ check: 'black', startFrame: 50, endFrame: 150 }]);
  });

  it('asks whether anything was connected where nothing but black is on the tape', () => {
    expect(find(300, () => ['noisyBlack'])).toMatchObject([{ check: 'black', severity: 'warn' }]);
    expect(find(300, (frame) => (frame >= 20 ? ['noisyBlack'] : []))).toMatchObject([
      { check: 'black', startFrame: 20, severity: 'info' },
    ]);
  });

  it('does not take a white title on black for black or for a lost signal', () => {
    expect(find(300, () => ['titleCard'])).toEqual([]);
  });

  it('names the silent channel, and warns where it is silent throughout', () => {
    expect(find(300, (frame) => (within(frame, 100, 199) ? ['quietRight'] : []))).toEqual([
      { check: 'silence', startFrame: 100, endFrame: 199, severity: 'info', channels: [2] },
    ]);
    expect(find(300, () => ['quietRight'])).toMatchObject([{ severity: 'warn', channels: [2] }]);
  });

  it('tells a clipped wave from a clean full-scale tone', () => {
    expect(find(300, () => ['fullScaleTone'])).toEqual([]);
    expect(find(300, (frame) => (within(frame, 10, 12) ? ['clippedLeft'] : []))).toEqual([
      { check: 'audio-clipping', startFrame: 10, endFrame: 12, severity: 'warn', channels: [1] },
    ]);
    expect(find(300, (frame) => (within(frame, 10, 40) ? ['clippedLeft'] : []))).toMatchObject([
      { severity: 'fail' },
    ]);
  });
});

describe.each(checks as readonly Check[])('$id', (check) => {
  it('gives every limit a unit and a source', () => {
    for (const limit of Object.values(check.limits)) {
      expect(Number.isFinite(limit.value)).toBe(true);
      expect(limit.unit).not.toBe('');
      expect(limit.source).not.toBe('');
    }
  });

  it('survives an empty tape, and one where nothing could be measured', () => {
    const limits = Object.fromEntries(Object.entries(check.limits).map(([name, { value }]) => [name, value]));
    for (const frames of [0, 100]) {
      const nothing = {
        ...tape(0, () => []),
        frames,
        column: () => new Float32Array(frames).fill(Number.NaN),
      };
      expect(check.evaluate(nothing, limits, new Map())).toEqual([]);
    }
  });

  it('gives events in the agreed form, with evidence', () => {
    if (!foundOnBad.includes(check.id)) {
      // Held against the form, and against the evidence it owes, by `findingsOf` (check-on.fixture.ts) in its own test.
      const own = readFileSync(join(import.meta.dirname, `${check.id}.test.ts`), 'utf8');
      expect(own).toMatch(/findingsOf|stretchesOf/);
      return;
    }
    const bad = tape(400, (frame) => [
      ...(within(frame, 0, 99) ? (['blue'] as const) : []),
      ...(within(frame, 150, 250) ? (['noisyBlack', 'quietRight', 'clippedLeft'] as const) : []),
      ...(within(frame, 262, 266) ? (['torn'] as const) : []),
      ...(within(frame, 280, 295) ? (['cloggedHead'] as const) : []),
      ...(within(frame, 310, 325) ? (['noisyBand'] as const) : []),
      ...(frame === 340 ? (['streaks'] as const) : []),
      ...(within(frame, 350, 399) ? (['bentTop', 'headChange'] as const) : []),
    ]);
    const events = judge(bad, profile).events.filter((event) => event.check === check.id);
    expect(events).not.toHaveLength(0);
    for (const event of events) {
      expect(qcEventSchema.parse(event)).toEqual(event);
      expect(Object.keys(event.evidence)).toEqual(expect.arrayContaining([...check.evidence]));
      expect(check.evidence).not.toHaveLength(0);
    }
  });
});

it('has no two checks of one name, and honours a profile that switches one off', () => {
  expect(new Set(checks.map((check) => check.id)).size).toBe(checks.length);
  const bad = tape(300, () => ['quietRight']);
  const off = { ...profile, checks: { silence: { enabled: false, limits: {} } } };
  expect(judge(bad, off)).toMatchObject({ events: [], checks: expect.not.arrayContaining(['silence']) });
});
