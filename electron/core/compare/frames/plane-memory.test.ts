import { expect, it } from 'vitest';
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
