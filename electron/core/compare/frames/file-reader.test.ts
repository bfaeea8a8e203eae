import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createDecoderSlots } from './decoder-slots.ts';
import { createFileReader } from './file-reader.ts';
import type { OpenedFile } from './opened-file.ts';
import { createPictureCache } from './picture-cache.ts';
import { createPlaneMemory } from './plane-memory.ts';

/** Pictures of one byte. */
const picture = { width: 1, height: 1, chromaWidth: 0, chromaHeight: 0, bitDepth: 8 };
const described = { picture } as OpenedFile['described'];

/** A file of 100 frames whose decoder writes down what it was given, in order. */
function recordedReader(cacheBytes = 1000) {
  const decoded: number[] = [];
  const memory = createPlaneMemory(cacheBytes + 10);
  const source: OpenedFile['source'] = {
    frames: 100,
    isRunning: true,
    async decode(frame) {
      decoded.push(frame);
      return { frame, planes: memory.take(1).fill(frame), damaged: false };
    },
    async rest() {},
    async close() {},
  };
  const reader = createFileReader({
    key: 'file',
    cache: createPictureCache(cacheBytes, memory),
    memory,
    slots: createDecoderSlots(1),
    idleMs: 60_000,
    open: async () => ({ source, described }) as OpenedFile,
  });
  return { decoded, reader, memory };
}

// The moment after an answer passes when a test says so.
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const aMomentMs = 100;

it('decodes ahead in the direction of travel when nobody asks', async () => {
  const { decoded, reader } = recordedReader();
  await reader.picture(10);
  await reader.picture(11);
  await vi.advanceTimersByTimeAsync(aMomentMs);
  expect(decoded).toEqual([10, 11, 12, 13, 14, 15, 16, 17]);
  await reader.picture(12);
  await vi.advanceTimersByTimeAsync(aMomentMs);
  expect(decoded.slice(8)).toEqual([18]);
  await reader.close();
});

it('keeps the decoder free for who asks again at once', async () => {
  const { decoded, reader } = recordedReader();
  for (const frame of [10, 90, 5, 80]) await reader.picture(frame);
  expect(decoded).toEqual([10, 90, 5, 80]);
  await vi.advanceTimersByTimeAsync(aMomentMs);
  expect(decoded.slice(4)).toEqual([81, 79]);
  await reader.close();
});

it('decodes nothing ahead any more when it was closed meanwhile', async () => {
  const { decoded, reader } = recordedReader();
  await reader.picture(10);
  await reader.close();
  await vi.advanceTimersByTimeAsync(aMomentMs);
  expect(decoded).toEqual([10]);
});

it('has memory ready for the next picture when it has nothing to do, and no sooner', async () => {
  const { reader, memory } = recordedReader();
  const prepare = vi.spyOn(memory, 'prepare');
  const one = await reader.picture(10);
  expect(prepare).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(aMomentMs);
  expect(prepare).toHaveBeenCalledExactlyOnceWith(one.planes.length);
  await reader.picture(50);
  expect(prepare).toHaveBeenCalledOnce();
  await reader.close();
});

it('uses the memory of a picture again when all who asked for it have read it', async () => {
  const { reader } = recordedReader(1);
  const [one, same] = await Promise.all([reader.picture(10), reader.picture(10)]);
  expect(same.planes).toBe(one.planes);
  one.release();
  for (const frame of [20, 30, 40]) (await reader.picture(frame)).release();
  expect([...same.planes]).toEqual([10]);
  same.release();
  const later = [await reader.picture(50), await reader.picture(60)];
  expect(later.map(({ planes }) => planes)).toContain(one.planes);
  await reader.close();
});

it('leaves who reads a picture alone when somebody else did not wait for it', async () => {
  const { reader } = recordedReader(1);
  const leaving = new AbortController();
  const left = reader.picture(10, leaving.signal);
  const one = reader.picture(10);
  leaving.abort();
  await expect(left).rejects.toThrow();
  const { planes } = await one;
  for (const frame of [20, 30, 40]) (await reader.picture(frame)).release();
  expect([...planes]).toEqual([10]);
  await reader.close();
});
