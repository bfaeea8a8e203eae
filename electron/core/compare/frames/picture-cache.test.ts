import { expect, it } from 'vitest';
import { createPictureCache } from './picture-cache.ts';
import { createPlaneMemory } from './plane-memory.ts';

const picture = (frame: number, bytes = 100) => ({ frame, planes: new Uint8Array(bytes), damaged: false });

it('keeps what was used last, of all files together', () => {
  const cache = createPictureCache(300, createPlaneMemory(0));
  for (const frame of [1, 2, 3]) cache.keep('a', picture(frame));
  expect(cache.get('a', 1)?.frame).toBe(1);
  cache.keep('b', picture(1));
  expect([1, 2, 3].map((frame) => cache.has('a', frame))).toEqual([true, false, true]);
  expect(cache.has('b', 1)).toBe(true);
});

it('counts a picture once, however often it comes', () => {
  const cache = createPictureCache(300, createPlaneMemory(0));
  for (let turn = 0; turn < 5; turn += 1) cache.keep('a', picture(1));
  cache.keep('a', picture(2));
  cache.keep('a', picture(3));
  expect([1, 2, 3].map((frame) => cache.has('a', frame))).toEqual([true, true, true]);
  cache.keep('a', picture(4, 250));
  expect([1, 2, 3, 4].map((frame) => cache.has('a', frame))).toEqual([false, false, false, true]);
});
