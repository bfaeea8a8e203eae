import fc from 'fast-check';
import { expect, it } from 'vitest';
import { frameOfB } from '#shared/domain/alignment.ts';
import { alignCurves } from './align-curves.ts';
import type { Curves } from './curves.ts';
import { played, playedFrames, seededNumbers, tapeScript } from './played-tape.fixture.ts';

/** Frames of A whose place in B is more than one frame from where the tape says it is; those that B lacks do not count. */
function wrongFrames(
  framesA: Int32Array,
  framesB: Int32Array,
  stretches: ReturnType<typeof alignCurves>['stretches'],
): { wrong: number; missed: number } {
  const placeInB = new Map<number, number>();
  for (const [place, frame] of framesB.entries()) if (!placeInB.has(frame)) placeInB.set(frame, place);
  let [wrong, missed] = [0, 0];
  for (const [place, frame] of framesA.entries()) {
    const found = frameOfB({ stretches }, place);
    if (found === undefined) missed += placeInB.has(frame) ? 1 : 0;
    else if (Math.abs((framesB[found] as number) - frame) > 1) wrong++;
  }
  return { wrong, missed };
}

it('lays two passes on each other that begin apart, at other levels and with noise', () => {
  const tape = tapeScript(3000, 1);
  const [framesA, framesB] = [playedFrames(100, 2900), playedFrames(0, 2700)];
  const a = played(tape, { seed: 2, frames: framesA });
  const b = played(tape, { seed: 3, frames: framesB, gain: 0.8, noise: 0.8, soundGain: -9 });
  const { stretches, confidence } = alignCurves(a, b);
  expect(stretches).toEqual([{ startFrameA: 0, frames: 2600, offsetFrames: 100 }]);
  expect(confidence).toBeGreaterThan(0.9);
});

it('finds where one pass lost frames and the other repeated some', () => {
  const tape = tapeScript(6000, 4, 0);
  const framesA = playedFrames(40, 6000, [
    { at: 1500, lost: 7 },
    { at: 4000, repeated: 1 },
  ]);
  const framesB = playedFrames(0, 5900, [
    { at: 800, lost: 1 },
    { at: 2600, lost: 90 },
    { at: 5000, repeated: 12 },
  ]);
  const { stretches, confidence } = alignCurves(
    played(tape, { seed: 5, frames: framesA }),
    played(tape, { seed: 6, frames: framesB, gain: 1.1 }),
  );
  const { wrong, missed } = wrongFrames(framesA, framesB, stretches);
  expect(stretches.map(({ offsetFrames }) => offsetFrames)).toEqual([40, 39, 46, -44, -45, -33]);
  expect(wrong + missed).toBeLessThan(12);
  expect(confidence).toBeGreaterThan(0.9);
});

/** A tape of 800 frames, played twice: the first time it shows something else for a while. */
function playedTwice(seed: number, at: number, frames: number): [Curves, Curves] {
  const tape = tapeScript(800, seed, 0.1);
  const a = played(tape, { seed: seed + 50, frames: playedFrames(0, 800) });
  const other = played(tapeScript(800, seed + 99, 0), { seed: 3, frames: playedFrames(0, 800) });
  for (const [curve, { values }] of a.curves.entries()) {
    values.set(other.curves[curve]?.values.subarray(at, at + frames) ?? [], at);
  }
  return [a, played(tape, { seed: seed + 70, frames: playedFrames(0, 800) })];
}

it('loses no frame where one of them shows something else for a second, or some at its ends, however little it resembles', () => {
  for (const [seed, at, frames] of [
    [1, 400, 30],
    [2, 25, 30],
    [4, 400, 30],
    [12, 400, 30],
    [5, 10, 100],
    [6, 690, 110],
  ] as const) {
    const [a, b] = playedTwice(seed, at, frames);
    expect(alignCurves(a, b).stretches).toEqual([{ startFrameA: 0, frames: 800, offsetFrames: 0 }]);
  }
});

it('says of no stretch of damage that it lies elsewhere, because chance found a place for it', () => {
  const others: number[] = [];
  for (const [seed, at, frames] of [
    [5, 400, 30],
    [26, 10, 60],
    [3, 10, 110],
    [21, 10, 110],
    [16, 400, 110],
    [6, 10, 200],
    [29, 400, 200],
    [15, 400, 200],
  ] as const) {
    const { stretches } = alignCurves(...playedTwice(seed, at, frames));
    others.push(...stretches.map(({ offsetFrames }) => offsetFrames).filter((offset) => offset !== 0));
  }
  expect(others).toEqual([]);
});

it('keeps a second between two losses that lies where neither neighbour does', () => {
  const tape = tapeScript(3000, 26, 0.1);
  const framesA = playedFrames(0, 2900, [{ at: 1380, lost: 11 }]);
  const framesB = playedFrames(0, 2900, [{ at: 1311, lost: 1 }]);
  const { stretches } = alignCurves(
    played(tape, { seed: 27, frames: framesA }),
    played(tape, { seed: 28, frames: framesB, gain: 0.9 }),
  );
  expect(stretches.map(({ offsetFrames }) => offsetFrames)).toEqual([0, -1, 10]);
});

it('says nothing of two tapes that have nothing in common', () => {
  const found = alignCurves(
    played(tapeScript(3000, 7), { seed: 8, frames: playedFrames(0, 3000) }),
    played(tapeScript(3000, 9), { seed: 10, frames: playedFrames(0, 3000) }),
  );
  expect(found).toEqual({ stretches: [], confidence: 0 });
});

it('lets the neighbouring stretch go on through a picture that stands still in silence', () => {
  const tape = tapeScript(2400, 11);
  for (const level of tape.levels) level.fill(300, 800, 1600);
  tape.motion.fill(0, 801, 1600);
  tape.sound.fill(-60, 790, 1610);
  const { stretches } = alignCurves(
    played(tape, { seed: 12, frames: playedFrames(30, 2400) }),
    played(tape, { seed: 13, frames: playedFrames(0, 2400) }),
  );
  expect(stretches).toEqual([{ startFrameA: 0, frames: 2370, offsetFrames: 30 }]);
});

it('lets sound decide where the picture stands still', () => {
  const tape = tapeScript(2400, 14);
  for (const level of tape.levels) level.fill(300, 700, 1700);
  tape.motion.fill(0, 701, 1700);
  const random = seededNumbers(21);
  for (let frame = 1100; frame < 1300; frame++) tape.sound[frame] = -50 + 30 * random();
  const framesB = playedFrames(0, 2400, [{ at: 1200, lost: 25 }]);
  const { stretches } = alignCurves(
    played(tape, { seed: 15, frames: playedFrames(0, 2400) }),
    played(tape, { seed: 16, frames: framesB }),
  );
  expect(stretches.map(({ offsetFrames }) => offsetFrames)).toEqual([0, -25]);
  expect(Math.abs((stretches[1]?.startFrameA ?? 0) - 1225)).toBeLessThan(5);
});

it('lets sound decide which of its repetitions a picture is that comes again and again', () => {
  const periodFrames = 600;
  for (const [seed, begin] of [
    [1, 700],
    [3, 100],
    [4, 650],
  ] as const) {
    const tape = tapeScript(3000, seed, 0.1);
    for (const values of [...tape.levels, tape.motion]) {
      for (let at = periodFrames; at < values.length; at += periodFrames)
        values.copyWithin(at, 0, periodFrames);
    }
    const { stretches } = alignCurves(
      played(tape, { seed: seed + 10, frames: playedFrames(begin, 3000) }),
      played(tape, { seed: seed + 20, frames: playedFrames(0, 3000), gain: 0.9 }),
    );
    expect(stretches).toEqual([{ startFrameA: 0, frames: 3000 - begin, offsetFrames: begin }]);
  }
});

it('holds for any beginning, level, noise and loss', () => {
  fc.assert(
    fc.property(
      fc.record({
        seed: fc.nat(10_000),
        from: fc.nat(300),
        gain: fc.double({ min: 0.7, max: 1.4, noNaN: true }),
        noise: fc.double({ min: 0.05, max: 1, noNaN: true }),
        faults: fc.uniqueArray(
          fc.record({ at: fc.integer({ min: 500, max: 2500 }), lost: fc.integer({ min: 1, max: 40 }) }),
          { maxLength: 3, selector: ({ at }) => Math.floor(at / 200) },
        ),
      }),
      ({ seed, from, gain, noise, faults }) => {
        const tape = tapeScript(3000, seed, 0.1);
        const framesA = playedFrames(from, 3000);
        const framesB = playedFrames(0, 2950, faults);
        const { stretches } = alignCurves(
          played(tape, { seed: seed + 1, frames: framesA }),
          played(tape, { seed: seed + 2, frames: framesB, gain, noise }),
        );
        const { wrong, missed } = wrongFrames(framesA, framesB, stretches);
        for (const [at, one] of stretches.entries()) {
          const next = stretches[at + 1];
          if (!next) continue;
          expect(one.startFrameA + one.frames).toBeLessThanOrEqual(next.startFrameA);
          expect(one.startFrameA + one.frames + one.offsetFrames).toBeLessThanOrEqual(
            next.startFrameA + next.offsetFrames,
          );
        }
        expect((wrong + missed) / framesA.length).toBeLessThan(0.02);
      },
    ),
    { numRuns: 12, seed: 5 },
  );
});
