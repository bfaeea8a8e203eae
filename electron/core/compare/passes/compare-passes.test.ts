import { expect, it } from 'vitest';
import type { Alignment } from '#shared/domain/alignment.ts';
import { passIdSchema } from '#shared/domain/ids.ts';
import { passComparisonSchema } from '#shared/domain/pass-comparison.ts';
import type { ShownEvent } from '#shared/domain/qc.ts';
import { comparePasses, type JudgedPass } from './compare-passes.ts';

const found = (check: string, startFrame: number, endFrame = startFrame, more: Partial<ShownEvent> = {}) => ({
  ...{ check, startFrame, endFrame, severity: 'warn' as const, confidence: 1, evidence: {}, message: '' },
  ...more,
});

function judged(number: number, frames: number, events: ShownEvent[], chainName = 'U-matic'): JudgedPass {
  const id = passIdSchema.parse(`019a0000-0000-7000-8000-00000000000${number}`);
  const video = {
    ...{ width: 720, height: 576, frameRate: { num: 25, den: 1 }, fieldOrder: 'tff' as const },
    ...{ pixelFormat: 'yuv422p10le', standard: 'PAL' as const },
  };
  return { pass: { id, frames, video, chainName, sourceId: 'simulator:0' }, events };
}

/** B begins 100 frames earlier, and lost 10 frames at frame 1000 of A. */
const alignment: Alignment = {
  stretches: [
    { startFrameA: 0, frames: 1000, offsetFrames: 100 },
    { startFrameA: 1010, frames: 990, offsetFrames: 90 },
  ],
  soundOffsetMs: 0,
  confidence: 0.98,
};

it('tells what is on the tape from what a playback did, through the alignment', () => {
  const a = judged(1, 2000, [
    found('video-dropout', 200),
    found('video-dropout', 700),
    found('video-dropout', 1500, 1502),
    found('hum', 0, 1999),
    found('video-dropout', 1003, 1004),
    found('audio-dropout', 300, 300, { channels: [1] }),
  ]);
  const b = judged(2, 2080, [
    found('video-dropout', 302),
    found('video-dropout', 1592, 1593, { severity: 'fail' }),
    found('hum', 0, 2079),
    found('tracking-error', 500, 560),
    found('video-dropout', 20),
    found('audio-dropout', 400, 400, { channels: [2] }),
  ]);
  const compared = passComparisonSchema.parse(comparePasses(alignment, a, b));
  expect(
    compared.findings.map(({ check, origin, a: inA, b: inB }) => [
      check,
      origin,
      inA?.startFrame,
      inB?.startFrame,
    ]),
  ).toEqual([
    // A begins later: before all that both have.
    ['video-dropout', 'unknown', undefined, 20],
    ['hum', 'tape-or-chain', 0, 0],
    ['video-dropout', 'tape', 200, 302],
    ['audio-dropout', 'playback', 300, undefined],
    ['audio-dropout', 'playback', undefined, 400],
    ['tracking-error', 'playback', undefined, 500],
    ['video-dropout', 'playback', 700, undefined],
    // B lost those frames.
    ['video-dropout', 'unknown', 1003, undefined],
    ['video-dropout', 'tape', 1500, 1592],
  ]);
  expect(compared.findings.at(-1)?.severity).toBe('fail');
  expect(compared.counts).toEqual({ tape: 2, tapeOrChain: 1, playbackA: 2, playbackB: 2, unknown: 2 });
  expect(compared.onlyIn).toEqual({ a: 10, b: 90 });
  const otherChain = comparePasses(alignment, a, { ...b, pass: { ...b.pass, chainName: 'another deck' } });
  expect(otherChain.findings[1]?.origin).toBe('tape');
});

it('says which pass is better where, why, and which to choose', () => {
  const a = judged(1, 2000, [found('video-dropout', 1800)]);
  const b = judged(2, 2080, [
    found('tracking-error', 300, 350, { severity: 'fail' }),
    found('video-dropout', 320),
    found('video-dropout', 390, 391, { intended: undefined }),
    found('color-bars', 110, 300, { severity: 'info' }),
  ]);
  const { stretches, proposal } = comparePasses(alignment, a, b);
  expect(stretches).toEqual([
    {
      ...{ startFrame: 0, endFrame: 499, better: 'a' },
      against: [
        { side: 'b', check: 'tracking-error', count: 1, frames: 51 },
        { side: 'b', check: 'video-dropout', count: 2, frames: 3 },
      ],
    },
    { startFrame: 500, endFrame: 999, better: 'neither', against: [] },
    {
      ...{ startFrame: 1000, endFrame: 1249, better: 'a' },
      against: [{ side: 'b', check: 'frames-missing', count: 1, frames: 10 }],
    },
    { startFrame: 1250, endFrame: 1749, better: 'neither', against: [] },
    {
      ...{ startFrame: 1750, endFrame: 1999, better: 'b' },
      against: [{ side: 'a', check: 'video-dropout', count: 1, frames: 1 }],
    },
  ]);
  expect(proposal).toEqual({
    choose: 'a',
    reasons: [
      { key: 'lessDamage', values: { a: 1, b: 4 } },
      { key: 'longer', values: { side: 'B', seconds: 4 } },
      { key: 'otherBetterAt', values: { side: 'B', stretches: 1 } },
    ],
  });
});

it('calls neither pass longer by what both have and nothing laid on each other, and says how much that is', () => {
  const middle = { ...alignment, stretches: [{ startFrameA: 100, frames: 800, offsetFrames: 0 }] };
  const { proposal } = comparePasses(middle, judged(1, 1000, []), judged(2, 1050, []));
  expect(proposal.reasons).toEqual([
    { key: 'alike', values: { a: 0, b: 0 } },
    { key: 'longer', values: { side: 'B', seconds: 2 } },
    { key: 'apart', values: { seconds: 8 } },
  ]);
});

it('makes no damage of a playback of what was dismissed or meant in the other pass', () => {
  const dismissed = { judgement: 'dismissed' as const, origin: null, by: 'Ada', at: '2026-01-01T00:00:00Z' };
  const seen = found('head-clog', 200, 224);
  const word = { ...seen, judged: dismissed } as unknown as ShownEvent;
  expect(
    comparePasses(alignment, judged(1, 2000, [word]), judged(2, 2080, [found('head-clog', 300, 324)]))
      .findings,
  ).toEqual([]);
  expect(comparePasses(alignment, judged(1, 2000, [seen]), judged(2, 2080, [])).findings).toHaveLength(1);
});

it('counts frames as lost by as many as the other pass has more, and not what both have and nothing was found for', () => {
  const between = {
    ...alignment,
    stretches: [
      { startFrameA: 0, frames: 1000, offsetFrames: 0 },
      { startFrameA: 1050, frames: 500, offsetFrames: -10 },
      { startFrameA: 1600, frames: 400, offsetFrames: -10 },
    ],
  };
  const { stretches } = comparePasses(between, judged(1, 2000, []), judged(2, 1990, []));
  expect(stretches.flatMap(({ against }) => against)).toEqual([
    { side: 'b', check: 'frames-missing', count: 1, frames: 10 },
  ]);
});

it('proposes nothing where the passes could not be laid on each other, and neither where both are alike', () => {
  const [a, b] = [judged(1, 2000, [found('video-dropout', 10)]), judged(2, 2080, [])];
  const unsure = { ...alignment, confidence: 0.2 };
  expect(comparePasses(unsure, a, b).proposal).toEqual({
    choose: 'unknown',
    reasons: [{ key: 'notAligned', values: { confidence: 20 } }],
  });
  // By hand nothing is proven: a person answers for it.
  const byHand = { ...alignment, confidence: 0, isByHand: true };
  expect(comparePasses(byHand, a, b).proposal).toEqual(comparePasses(alignment, a, b).proposal);
  expect(comparePasses(byHand, a, b).proposal.choose).toBe('a');
  const half = { ...alignment, stretches: alignment.stretches.slice(0, 1) };
  expect(comparePasses(half, a, b).proposal).toEqual({
    choose: 'unknown',
    reasons: [{ key: 'littleAligned', values: { percent: 50 } }],
  });
  const whole = { ...alignment, stretches: [{ startFrameA: 0, frames: 2000, offsetFrames: 40 }] };
  const [same, alike] = [judged(1, 2000, [found('hum', 5)]), judged(2, 2040, [found('hum', 45)])];
  expect(comparePasses(whole, same, alike).proposal.choose).toBe('either');
});

it('leaves out what the artist meant', () => {
  const meant = {
    intentionId: '019a0000-0000-7000-8000-000000000009',
    reason: 'A dark work.',
    statedAt: '2026-11-23T06:00:00.000Z',
    statedBy: '019a0000-0000-7000-8000-000000000008',
  } as NonNullable<ShownEvent['intended']>;
  const a = judged(1, 2000, [found('black', 10, 500, { intended: meant })]);
  const b = judged(2, 2080, [found('black', 110, 600)]);
  expect(comparePasses(alignment, a, b)).toMatchObject({
    findings: [],
    // The word holds for the same in the other pass, of which nobody spoke: it is told once.
    setAside: { intended: 1, dismissed: 0 },
  });
});

it('counts nothing against a pass that a reviewer found to be no fault', () => {
  const said = (judgement: 'accepted' | 'dismissed') =>
    ({ judged: { judgement } }) as unknown as Partial<ShownEvent>;
  const a = judged(1, 2000, [
    found('video-dropout', 200, 200, said('dismissed')),
    found('video-dropout', 700, 700, said('accepted')),
  ]);
  const { findings, setAside } = comparePasses(alignment, a, judged(2, 2080, []));
  expect(findings.map(({ a: inA }) => inA?.startFrame)).toEqual([700]);
  expect(setAside).toEqual({ intended: 0, dismissed: 1 });
});
