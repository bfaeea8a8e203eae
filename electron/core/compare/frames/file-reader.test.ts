import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createDecoderSlots } from './decoder-slots.ts';
import { createFileReader } from './file-reader.ts';
import type { OpenedFile } from './opened-file.ts';
import { createPictureCache } from './picture-cache.ts';

/** A file of 100 frames whose decoder writes down what it was given, in order. */
function recordedReader() {
  const decoded: number[] = [];
  const source: OpenedFile['source'] = {
    frames: 100,
    isRunning: true,
    async decode(frame) {
      decoded.push(frame);
      return { frame, planes: new Uint8Array(1), damaged: false };
    },
    async rest() {},
    async close() {},
  };
  const reader = createFileReader({
    key: 'file',
    cache: createPictureCache(1000),
    slots: createDecoderSlots(1),
    idleMs: 60_000,
    open: async () => ({ source, described: { picture: {} } }) as OpenedFile,
  });
  return { decoded, reader };
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
