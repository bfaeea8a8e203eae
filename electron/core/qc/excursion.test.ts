import { describe, expect, it } from 'vitest';
import { type ExcursionRequest, findExcursion } from './excursion.ts';
import { framesPerStep, stepsOf } from './sample-pyramid.ts';

/** Samples in memory as a store gives them, and how many of them were read. */
function seriesOf(samples: Float32Array) {
  let read = 0;
  return {
    frames: samples.length,
    steps: () => stepsOf(samples),
    range(_id: string, from: number, to: number) {
      read += to - from;
      return samples.slice(from, to);
    },
    samplesRead: () => read,
  };
}

/** The same by looking at every frame. */
function byEveryFrame(samples: Float32Array, request: Omit<ExcursionRequest, 'measure'>): number | undefined {
  const starts: number[] = [];
  let was = false;
  for (const [frame, sample] of samples.entries()) {
    if (Number.isNaN(sample)) continue;
    const is = request.side === 'above' ? sample > request.value : sample < request.value;
    if (is && !was) starts.push(frame);
    was = is;
  }
  return request.direction > 0
    ? starts.find((frame) => frame > request.fromFrame)
    : starts.findLast((frame) => frame < request.fromFrame);
}

const ask = (samples: Float32Array, request: Omit<ExcursionRequest, 'measure'>) =>
  findExcursion(seriesOf(samples), { measure: 'yMax', ...request });

describe('an excursion', () => {
  it('is where a stretch beyond the value begins, not every frame of it', () => {
    const samples = new Float32Array(1000);
    samples.fill(9, 300, 320).fill(9, 777, 778);
    const above = (fromFrame: number, direction: 1 | -1) =>
      ask(samples, { side: 'above', value: 5, fromFrame, direction });
    expect([above(0, 1), above(300, 1), above(310, 1), above(777, 1)]).toEqual([300, 777, 777, undefined]);
    expect([above(999, -1), above(777, -1), above(310, -1), above(300, -1)]).toEqual([
      777,
      300,
      300,
      undefined,
    ]);
    expect(ask(samples, { side: 'above', value: 9, fromFrame: 0, direction: 1 })).toBeUndefined();
    // Below: the tape begins beyond the value, and is there again behind each stretch.
    expect(ask(samples, { side: 'below', value: 5, fromFrame: 0, direction: 1 })).toBe(320);
    expect(ask(samples, { side: 'below', value: 5, fromFrame: 320, direction: -1 })).toBe(0);
  });

  it('goes through frames that were not measured, and finds digital silence below any level', () => {
    const samples = new Float32Array(600).fill(-20);
    samples.fill(Number.NEGATIVE_INFINITY, 150, 160).fill(Number.NaN, 152, 420);
    samples.fill(Number.NEGATIVE_INFINITY, 420, 430);
    expect(ask(samples, { side: 'below', value: -90, fromFrame: 0, direction: 1 })).toBe(150);
    expect(ask(samples, { side: 'below', value: -90, fromFrame: 150, direction: 1 })).toBeUndefined();
    expect(ask(samples, { side: 'below', value: -90, fromFrame: 599, direction: -1 })).toBe(150);
  });

  it('is the one that a look at every frame finds, on drawn tapes', () => {
    let seed = 7;
    const draw = (below: number) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    for (let tape = 0; tape < 150; tape++) {
      const samples = new Float32Array(1 + draw(9 * framesPerStep));
      for (let at = 0; at < samples.length; ) {
        const length = 1 + draw(draw(4) === 0 ? 3 * framesPerStep : 20);
        samples.fill(draw(7) === 0 ? Number.NaN : draw(5), at, Math.min(samples.length, at + length));
        at += length;
      }
      for (let question = 0; question < 12; question++) {
        const request = {
          side: draw(2) === 0 ? ('above' as const) : ('below' as const),
          value: draw(9) / 2,
          fromFrame: draw(samples.length),
          direction: draw(2) === 0 ? (1 as const) : (-1 as const),
        };
        expect(ask(samples, request), JSON.stringify({ tape, request })).toBe(byEveryFrame(samples, request));
      }
    }
  });

  it('of one frame in ten hours is found from a few hundred samples', () => {
    const samples = new Float32Array(900_000).fill(1);
    samples[654_321] = 2;
    const series = seriesOf(samples);
    const request = { measure: 'yMax', side: 'above', value: 1.5 } as const;
    expect(findExcursion(series, { ...request, fromFrame: 0, direction: 1 })).toBe(654_321);
    expect(findExcursion(series, { ...request, fromFrame: 899_999, direction: -1 })).toBe(654_321);
    expect(series.samplesRead()).toBeLessThan(1_000);
  });
});
