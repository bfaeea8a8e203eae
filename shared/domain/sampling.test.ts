import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commonRanges, countFrames } from './frame-ranges.ts';
import { sampleOf, samplingPlanIds } from './sampling.ts';

const pass = (frames: number, id = 'a', num = 25, den = 1) => ({
  ...{ id, frames, video: { frameRate: { num, den } } },
});
const found = (startFrame: number, endFrame: number, severity: 'info' | 'warn' | 'fail' = 'warn') => ({
  ...{ startFrame, endFrame, severity, confidence: 1 },
});
const anyEvent = fc
  .tuple(fc.nat(200_000), fc.nat(5_000), fc.constantFrom('info', 'warn', 'fail'), fc.nat(100))
  .map(([startFrame, more, severity, sure]) => ({
    ...{ startFrame, endFrame: startFrame + more, severity: severity as 'warn', confidence: sure / 100 },
  }));

test('a plan lies within the pass, in order and apart, and is the same for whoever asks again', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...samplingPlanIds),
      fc.nat(180_000),
      fc.uuid(),
      fc.array(anyEvent, { maxLength: 20 }),
      (planId, frames, id, events) => {
        const plan = sampleOf(planId, pass(frames, id), events);
        expect(sampleOf(planId, pass(frames, id), events)).toEqual(plan);
        for (const [index, { startFrame, endFrame }] of plan.entries()) {
          expect(startFrame).toBeLessThanOrEqual(endFrame);
          expect(endFrame).toBeLessThan(frames);
          expect(startFrame).toBeGreaterThan(plan[index - 1]?.endFrame ?? -1);
        }
        if (frames > 0 && planId !== 'risk') expect(plan).not.toEqual([]);
      },
    ),
    { numRuns: 300 },
  );
});

test('head, middle and tail are 30 s each; a short pass is watched whole', () => {
  expect(sampleOf('head-middle-tail', pass(90_000), [])).toEqual([
    { startFrame: 0, endFrame: 749 },
    { startFrame: 44_625, endFrame: 45_374 },
    { startFrame: 89_250, endFrame: 89_999 },
  ]);
  expect(sampleOf('head-middle-tail', pass(1000), [])).toEqual([{ startFrame: 0, endFrame: 999 }]);
  // 30 s of NTSC are 899 frames.
  expect(countFrames(sampleOf('head-middle-tail', pass(90_000, 'a', 30_000, 1001), []))).toBe(2697);
});

test('the random share of a short work is a tenth too, in pieces that are not too short', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 180_000 }), fc.uuid(), (frames, id) => {
      expect(countFrames(sampleOf('random', pass(frames, id), []))).toBe(
        Math.max(1, Math.round(frames / 10)),
      );
    }),
    { numRuns: 200 },
  );
  // 40 s and 12 s of PAL.
  expect(sampleOf('random', pass(300), [])).toHaveLength(1);
  const pieces = Array.from(
    { length: 50 },
    (_, index) => sampleOf('random', pass(1000, `${index}`), []).length,
  );
  expect(Math.max(...pieces)).toBeGreaterThanOrEqual(3);
});

test('the random share is a tenth, and another one for another pass', () => {
  const one = sampleOf('random', pass(90_000, 'one'), []);
  const other = sampleOf('random', pass(90_000, 'other'), []);
  expect([countFrames(one), countFrames(other)]).toEqual([9000, 9000]);
  expect(one).not.toEqual(other);
});

test('random shares of many passes favour no part of the tape', () => {
  const hits = Array.from({ length: 10 }, () => 0);
  for (let index = 0; index < 500; index++) {
    const plan = sampleOf('random', pass(25_000, `pass ${index}`), []);
    for (const [tenth] of hits.entries()) {
      const part = [{ startFrame: tenth * 2500, endFrame: tenth * 2500 + 2499 }];
      hits[tenth] = (hits[tenth] ?? 0) + countFrames(commonRanges(plan, part)) / 250;
    }
  }
  // 5000 pieces over ten parts: 500 each, standard deviation 20.
  for (const count of hits) expect(Math.abs(count - 500)).toBeLessThan(100);
});

test('by risk the worst and surest come first, with what leads to them, and a tenth at most', () => {
  const plan = sampleOf('risk', pass(20_000), [
    ...Array.from({ length: 50 }, (_, index) => found(index * 300, index * 300)),
    found(19_000, 19_010, 'fail'),
  ]);
  expect(plan).toContainEqual({ startFrame: 18_925, endFrame: 19_085 });
  expect(countFrames(plan)).toBeLessThanOrEqual(2000);
  expect(countFrames(plan)).toBeGreaterThan(1500);
  expect(sampleOf('risk', pass(20_000), [])).toEqual([]);
});
