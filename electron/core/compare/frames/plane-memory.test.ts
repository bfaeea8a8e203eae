import { expect, it, onTestFinished, vi } from 'vitest';
import { createPlaneMemory } from './plane-memory.ts';

it('is used again when the last has released it, and not before', () => {
  const memory = createPlaneMemory(100);
  const first = memory.take(40);
  memory.hold(first);
  memory.release(first);
  const second = memory.take(40);
  expect(second).not.toBe(first);
  memory.release(first);
  expect(memory.take(40)).toBe(first);
});

it('is never given to two when one releases it twice', () => {
  const memory = createPlaneMemory(100);
  const first = memory.take(40);
  memory.release(first);
  memory.release(first);
  expect(memory.take(40)).toBe(first);
  expect(memory.take(40)).not.toBe(first);
});

it('gives up free memory of another size before it takes from the heap', () => {
  const memory = createPlaneMemory(100);
  const [one, other] = [memory.take(40), memory.take(40)];
  memory.release(one);
  expect(memory.take(60).buffer).toBeInstanceOf(SharedArrayBuffer);
  expect(memory.take(40).buffer).toBeInstanceOf(ArrayBuffer);
  memory.release(other);
  expect(memory.take(40)).toBe(other);
});

it('takes what was prepared, of which there is one and never more than there is room for', () => {
  const asked: number[] = [];
  class Counted extends SharedArrayBuffer {
    constructor(sizeBytes: number) {
      super(sizeBytes);
      asked.push(sizeBytes);
    }
  }
  vi.stubGlobal('SharedArrayBuffer', Counted);
  onTestFinished(() => void vi.unstubAllGlobals());
  const memory = createPlaneMemory(100);
  for (let time = 0; time < 3; time += 1) memory.prepare(40);
  expect(asked).toEqual([40]);
  memory.take(40);
  expect(asked).toEqual([40]);
  memory.prepare(61);
  expect(asked).toEqual([40]);
});
