import { expect, it } from 'vitest';
import type { Check } from './check.ts';
import { checks } from './checks/registry.ts';
import { judge } from './judge.ts';
import { whyNotJudged } from './not-judged.ts';
import type { Series } from './series.ts';

const profile = { id: 'test', name: '', description: '', checks: {} };

/** Ten frames on which everything was measured, but for what is named. */
function tape(absent: readonly string[], described: Partial<Series> = {}): Series {
  return {
    frames: 10,
    ...{ frameRate: { num: 25, den: 1 }, bitDepth: 10, channels: 2, standard: 'PAL' },
    ...described,
    column: (id) => {
      const isAbsent = absent.includes(id.split('.')[0] as string);
      return new Float32Array(10).fill(isAbsent ? Number.NaN : id === 'rollLines' ? 0 : 1);
    },
  };
}

function saidOf(series: Series): Record<string, string> {
  return Object.fromEntries(judge(series, profile).notJudged.map(({ check, reason }) => [check, reason]));
}

it('says of each check why it could not judge, and leaves it out of those that were applied', () => {
  expect(saidOf(tape([]))).toEqual({});
  const small = judge(tape(['topBendPixels', 'headChangeRows', 'tornShare']), profile);
  expect(small.notJudged).toEqual([
    { check: 'sync-loss', reason: 'not-measured' },
    { check: 'skew-error', reason: 'not-measured' },
    { check: 'head-switching', reason: 'not-measured' },
  ]);
  for (const { check } of small.notJudged) expect(small.checks).not.toContain(check);
  expect(small.checks).toHaveLength(checks.length - 3);
});

it('knows a file of eight bits, one channel, and what has no picture or no sound', () => {
  expect(saidOf(tape(['eightBitShare'], { bitDepth: 8 }))).toEqual({ 'eight-in-ten': 'eight-bit' });
  expect(saidOf(tape(['eightBitShare']))).toEqual({ 'eight-in-ten': 'not-measured' });
  expect(saidOf(tape([], { channels: 1 }))).toEqual({
    'dead-channel': 'one-channel',
    'channel-imbalance': 'one-channel',
    'phase-inversion': 'one-channel',
    'dual-mono': 'one-channel',
  });
  const silent = saidOf(tape([], { channels: 0 }));
  const deaf = checks.filter(({ medium }) => medium === 'audio').map(({ id }) => [id, 'no-sound']);
  expect(silent).toEqual(Object.fromEntries(deaf));
  const blind = saidOf(tape([], { hasPicture: false }));
  const seen = checks.filter(({ id, medium }) => medium === 'video' || id === 'av-length');
  expect(blind).toEqual(Object.fromEntries(seen.map(({ id }) => [id, 'no-picture'])));
});

it('counts a picture that rolls as judged, although its lines are too few to be laid side by side', () => {
  const small = tape(['tornShare']);
  const rolls = {
    ...small,
    column: (id: string) => small.column(id).fill(id === 'rollLines' ? 9 : Number.NaN),
  };
  const { checks: applied, events, notJudged } = judge(rolls, profile);
  expect(events.map(({ check }) => check)).toContain('sync-loss');
  expect(applied).toContain('sync-loss');
  expect(notJudged.map(({ check }) => check)).not.toContain('sync-loss');
});

it('asks of a pair only what is stored of its first channel', () => {
  const columns: string[] = [];
  const pairs = tape(['correlation']);
  const column = (id: string) => {
    columns.push(id);
    return pairs.column(id);
  };
  expect(saidOf({ ...pairs, column })).toMatchObject({ 'dual-mono': 'not-measured' });
  expect(columns).toContain('correlation.1');
  expect(columns).not.toContain('correlation.2');
});

it('is told by one frame that was measured', () => {
  const [syncLoss] = checks.filter(({ id }) => id === 'sync-loss') as unknown as Check[];
  const column = new Float32Array(10).fill(Number.NaN);
  const series = { ...tape([]), column: () => column };
  expect(whyNotJudged(syncLoss as Check, series)).toBe('not-measured');
  column[9] = 0;
  expect(whyNotJudged(syncLoss as Check, series)).toBeUndefined();
});
