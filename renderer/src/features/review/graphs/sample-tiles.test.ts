import { expect, test, vi } from 'vitest';
import type { DrawnSamples } from '#shared/domain/drawn-samples.ts';
import { answersTaken } from '../answers-taken.fixture.ts';
import { createSampleTiles, levelFor } from './sample-tiles.ts';

/** An engine whose answers a test gives one by one. */
function engine() {
  const asked: {
    from: number;
    to: number;
    points: number;
    signal: AbortSignal;
    answer(): void;
    fail(): void;
  }[] = [];
  const fetchSamples = (range: { from: number; to: number; points: number }, signal: AbortSignal) => {
    const { promise, resolve, reject } = Promise.withResolvers<DrawnSamples>();
    signal.addEventListener('abort', () => reject(signal.reason));
    const samples = { frames: Uint32Array.of(range.from), endFrame: range.to + 1, measures: new Map() };
    asked.push({ ...range, signal, answer: () => resolve(samples), fail: () => reject(new Error('no')) });
    return promise;
  };
  return { asked, fetchSamples };
}

test('pieces are as long as a pixel, or those of the pyramid where that is near enough', () => {
  expect([0.01, 1, 3.9, 16, 39, 40, 500, 900].map(levelFor)).toEqual([1, 1, 1, 16, 16, 100, 400, 1600]);
});

test('all of the pass is asked for first, then what is in sight, two at a time, the middle first', async () => {
  const { asked, fetchSamples } = engine();
  const onArrival = vi.fn();
  const tiles = createSampleTiles(900_000, fetchSamples, () => expect.unreachable());
  tiles.onArrival(onArrival);
  expect(asked).toMatchObject([{ from: 0, to: 899_999, points: 4000 }]);
  asked[0]?.answer();
  await answersTaken();
  expect(tiles.overview()?.endFrame).toBe(900_000);
  tiles.want({ from: 10_000, to: 13_000 }, 3);
  expect(asked.slice(1).map(({ from, to }) => [from, to])).toEqual([
    [11_264, 12_287],
    [10_240, 11_263],
  ]);
  asked[1]?.answer();
  await answersTaken();
  expect(asked).toHaveLength(4);
  expect(tiles.inSight({ from: 10_000, to: 13_000 }, 3).map(({ endFrame }) => endFrame)).toEqual([
    900_000, 12_288,
  ]);
  expect(onArrival).toHaveBeenCalledTimes(2);
});

test('what nobody looks at any more is given up, and no tile is asked for twice', async () => {
  const { asked, fetchSamples } = engine();
  const onError = vi.fn();
  const tiles = createSampleTiles(100_000, fetchSamples, onError);
  tiles.want({ from: 0, to: 900 }, 1);
  const [, first] = asked;
  tiles.want({ from: 50_000, to: 50_900 }, 1);
  expect(first?.signal.aborted).toBe(true);
  await answersTaken();
  const before = asked.length;
  asked.at(-1)?.fail();
  await answersTaken();
  tiles.want({ from: 50_000, to: 50_900 }, 1);
  await answersTaken();
  expect(onError).toHaveBeenCalledTimes(1);
  const ranges = asked.slice(before - 1).map(({ from }) => from);
  expect(new Set(ranges).size).toBe(ranges.length);
  tiles.close();
  expect(asked.filter(({ signal }) => !signal.aborted)).toEqual([]);
});
