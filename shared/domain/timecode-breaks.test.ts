import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rational } from './rational.ts';
import { formatTimecode } from './timecode.ts';
import { createTimecodeJudge, type TimecodeBreak } from './timecode-breaks.ts';

const pal = rational(25);
const ntsc = rational(30000, 1001);
const daysFrames = { pal: 24 * 3600 * 25, ntscDrop: 2_589_408 };

function judgeAll(values: readonly (string | null)[], rate = pal): TimecodeBreak[] {
  const judge = createTimecodeJudge(rate);
  return values.flatMap((value, frame) => judge.add(frame, value));
}

/** Values of `frames` frames from a count on. */
function run(first: number, frames: number, rate = pal, dropFrame = false): string[] {
  return Array.from({ length: frames }, (_, index) => formatTimecode(first + index, rate, dropFrame));
}

describe('a timecode that goes on', () => {
  it('has no break at any time of the day, midnight too', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: daysFrames.pal - 1 }),
        fc.integer({ min: 0, max: daysFrames.ntscDrop - 1 }),
        (first, firstDrop) => {
          expect(judgeAll(run(first, 60))).toEqual([]);
          expect(judgeAll(run(firstDrop, 60, ntsc, true), ntsc)).toEqual([]);
        },
      ),
    );
    expect(judgeAll(run(daysFrames.pal - 30, 60))).toEqual([]);
    expect(judgeAll(run(daysFrames.ntscDrop - 30, 60, ntsc, true), ntsc)).toEqual([]);
  });

  it('may leave numbers out without saying so, at the minutes where drop-frame counting does', () => {
    const dropped = run(0, 20_000, ntsc, true).map((value) => value.replace(';', ':'));
    expect(judgeAll(dropped, ntsc)).toEqual([]);
  });

  it('may leave out what the card has lost', () => {
    const judge = createTimecodeJudge(pal);
    const tapeFrames = [...Array.from({ length: 30 }, (_, frame) => frame), 37, 38, 39, 60];
    const found = tapeFrames.flatMap((tapeFrame, frame) =>
      judge.add(frame, formatTimecode(1000 + tapeFrame, pal), tapeFrame),
    );
    expect(found).toEqual([]);
    expect(judge.add(tapeFrames.length, formatTimecode(1090, pal), 61)).toMatchObject([{ kind: 'gap' }]);
  });

  it('may be missing for a few frames', () => {
    const values: (string | null)[] = run(1000, 50);
    values.fill(null, 20, 25);
    expect(judgeAll(values)).toEqual([]);
  });

  it.each([0, 1])('may count pairs of frames from 48 a second on, or each of them (phase %i)', (phase) => {
    const pairs = Array.from({ length: 200 }, (_, index) => formatTimecode((index + phase) >> 1, pal));
    expect(judgeAll(pairs, rational(50))).toEqual([]);
    expect(judgeAll(run(phase * 24, 200, rational(50)), rational(50))).toEqual([]);
  });
});

describe('a timecode that breaks', () => {
  it('is told by what it does, with the values on both sides', () => {
    const cases: [string[], TimecodeBreak['kind']][] = [
      [run(1100, 30), 'gap'],
      [run(900, 30), 'jump-back'],
      [new Array(30).fill('00:00:41:04'), 'repeat'],
    ];
    for (const [values, kind] of cases) {
      const [found, ...more] = judgeAll([...run(1000, 30), ...values]);
      const expected = { frame: 30, kind, before: '00:00:41:04', after: values[0] as string };
      expect(found).toEqual(expected);
      expect(more).toEqual([]);
    }
  });

  it('is a gap across midnight as well as before it', () => {
    const found = judgeAll([...run(daysFrames.pal - 3, 3), ...run(5, 3)]);
    expect(found.map(({ kind, frame }) => [kind, frame])).toEqual([['gap', 3]]);
  });

  it('is lost and comes back, and says whether it went on meanwhile', () => {
    const hole = new Array<null>(10).fill(null);
    const lost = { frame: 20, kind: 'lost', before: '00:00:40:19', after: null };
    expect(judgeAll([...run(1000, 20), ...hole, ...run(1030, 5)])).toEqual([
      lost,
      { frame: 30, kind: 'returned', before: '00:00:40:19', after: '00:00:41:05' },
    ]);
    expect(judgeAll([...run(1000, 20), ...hole, ...run(5000, 5)]).map(({ kind }) => kind)).toEqual([
      'lost',
      'returned',
      'gap',
    ]);
  });

  it('is found wherever it is, once, by as much as one frame', () => {
    const jump = fc.integer({ min: -40_000, max: 40_000 }).filter((frames) => frames !== 0 && frames !== -1);
    fc.assert(
      fc.property(fc.integer({ min: 50_000, max: 2_000_000 }), jump, fc.boolean(), (first, frames, drops) => {
        const rate = drops ? ntsc : pal;
        const values = [...run(first, 20, rate, drops), ...run(first + 20 + frames, 20, rate, drops)];
        const found = judgeAll(values, rate);
        expect(found.map(({ frame, kind }) => [frame, kind])).toEqual([
          [20, frames > 0 ? 'gap' : 'jump-back'],
        ]);
      }),
    );
  });

  it('is found at 50 frames a second, whether they are counted in pairs or not', () => {
    const pairs = (first: number) =>
      Array.from({ length: 40 }, (_, index) => formatTimecode(first + (index >> 1), pal));
    expect(judgeAll([...pairs(100), ...pairs(500)], rational(50)).map(({ frame }) => frame)).toEqual([40]);
    const each = [...run(100, 40, rational(50)), ...run(900, 40, rational(50))];
    expect(judgeAll(each, rational(50)).map(({ frame }) => frame)).toEqual([40]);
  });
});
